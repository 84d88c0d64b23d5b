package contract

import (
	"fmt"

	"github.com/faultline-http/faultline/internal/yaml"
)

// itemKeywords are the keywords that Parameter, Items and Header Objects of
// OpenAPI 2.0 share with schemas, and x-nullable, which its tools agreed on.
var itemKeywords = [...]string{
	"type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
	"maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf",
	"x-nullable", "example", "x-example",
}

// parameter gives a parameter that is no part of a body the form of OpenAPI 3.
func (s *swagger) parameter(n *yaml.Node) (*yaml.Node, error) {
	if n.Kind != yaml.Object {
		return n, nil
	}
	if out := s.parameters[n]; out != nil {
		return out, nil
	}
	out := newObject(n.Pos)
	keep(out, n, "name", "in", "description", "required", "allowEmptyValue")
	schema := s.schema(n)
	set(out, "schema", schema)
	format, err := s.collectionFormat(n, schema)
	if err != nil {
		return nil, err
	}
	if style := n.Get("collectionFormat"); format != "" {
		at := orElse(style, n).Pos
		list := swaggerStyles[format]
		if in := text(n, "in"); format == "csv" && (in == "path" || in == "header") {
			list.style = simple
		}
		out.Members = append(out.Members, newText(at, "style", list.style.String()), newBool(at, "explode", list.explode))
	}
	s.parameters[n] = out
	return out, nil
}

// swaggerStyles are the values of collectionFormat as styles (OpenAPI 2.0,
// Parameter Object).
var swaggerStyles = map[string]struct {
	style   style
	explode bool
}{
	"csv":   {form, false},
	"ssv":   {spaceDelimited, false},
	"tsv":   {tabDelimited, false},
	"pipes": {pipeDelimited, false},
	"multi": {form, true},
}

// collectionFormat is how the items of an array are put together; empty if the
// value is no array.
func (s *swagger) collectionFormat(n, schema *yaml.Node) (string, error) {
	if text(schema, "type") != "array" {
		return "", nil
	}
	if items := schema.Get("items"); text(items, "type") == "array" {
		return "", &unsupportedError{s.l.docs.fail(items.Pos, fmt.Sprintf("`%s` is an array of arrays, which is not supported in parameters", text(n, "name")), "")}
	}
	c := n.Get("collectionFormat")
	if c == nil {
		return "csv", nil
	}
	if _, known := swaggerStyles[c.Text]; !known {
		return "", &unsupportedError{s.l.docs.fail(c.Pos, fmt.Sprintf("the collectionFormat `%s` is not known", c.Text), "write one of csv, ssv, tsv, pipes and multi")}
	}
	if in := text(n, "in"); c.Text == "multi" && in != "query" && in != "formData" {
		return "", &unsupportedError{s.l.docs.fail(c.Pos, fmt.Sprintf("the collectionFormat `multi` does not say how `%s` is written: a %s has no second place for it", text(n, "name"), in), "write `csv`, or another format with a separator")}
	}
	return c.Text, nil
}

// schema takes the keywords of a schema out of an object that is none; nil if
// there are none.
func (s *swagger) schema(n *yaml.Node) *yaml.Node {
	if own := n.Get("schema"); own != nil {
		s.l.tolerate(own.Pos, "parameter-schema", fmt.Sprintf("`%s` has its type below `schema`: OpenAPI 2.0 has it in the parameter itself", text(n, "name")),
			"move the members of `schema` one level up")
		return own
	}
	out := newObject(n.Pos)
	keep(out, n, itemKeywords[:]...)
	if len(out.Members) == 0 {
		s.l.tolerate(n.Pos, "parameter-type", fmt.Sprintf("`%s` has no `type`: any value is taken", orText(text(n, "name"), "the header")), "add its `type`")
		return nil
	}
	if isFile(out) {
		return object(n.Pos, newText(n.Pos, "type", "string"), newText(n.Pos, "format", "binary"))
	}
	return out
}

func isFile(schema *yaml.Node) bool { return text(schema, "type") == "file" }
