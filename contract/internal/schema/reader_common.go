package schema

import (
	"slices"

	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

// common reads type, nullable, enum and const.
func (r *reader) common() error {
	if err := r.names(); err != nil {
		return err
	}
	if err := r.types(); err != nil {
		return err
	}
	if err := r.nullable(); err != nil {
		return err
	}
	if n := r.get("enum"); n != nil {
		if n.Kind != yaml.Array {
			return r.bad(n, "enum", "an array")
		}
		r.f.enum = make([]constant, 0, len(n.Items))
		for _, item := range n.Items {
			r.f.enum = append(r.f.enum, newConstant(item))
		}
		r.f.among = indexEnum(r.f.enum)
		// OpenAPI 3.0.4, section 4.7.24.2: other constraints "may prevent the use of null".
		isNull := func(c constant) bool { return c.kind == tape.Null }
		r.f.nullable = r.f.nullable && (r.dialect() != OpenAPI30 || slices.ContainsFunc(r.f.enum, isNull))
	}
	if n := r.get("const"); n != nil {
		c := newConstant(n)
		r.f.constant = &c
	}
	return nil
}

// names looks at the keywords that are texts. Descriptions of the wild have
// others there (`format: null`), which do no harm.
func (r *reader) names() error {
	if !r.b.opts.Standard {
		return nil
	}
	for _, keyword := range [...]string{"$schema", r.dialect().identifier(), "$anchor", "$dynamicAnchor", "format"} {
		if n := r.get(keyword); n != nil && n.Kind != yaml.String && keyword != "" {
			return r.bad(n, keyword, "a string")
		}
	}
	for _, keyword := range [...]string{"$anchor", "$dynamicAnchor"} {
		if n := r.get(keyword); n != nil && !isAnchor(n.Text) {
			return r.bad(n, keyword, "a letter or _, and then letters, digits, -, _ or .")
		}
	}
	return nil
}

// isAnchor is section 8.2.2 of 2020-12, with the colon that 2019-09 allows.
func isAnchor(name string) bool {
	for i := range len(name) {
		c := name[i]
		switch {
		case c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_':
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.' || c == ':'):
		default:
			return false
		}
	}
	return name != ""
}

// nullable reads the ways in which OpenAPI before 3.1 allows null. OpenAPI 2.0
// has none; x-nullable is what its tools agreed on.
func (r *reader) nullable() error {
	keyword := "nullable"
	switch r.dialect() {
	case OpenAPI20:
		keyword = "x-nullable"
	case OpenAPI30:
	default:
		return nil
	}
	n := r.get(keyword)
	if n == nil {
		return nil
	}
	if n.Kind != yaml.Bool {
		return r.bad(n, keyword, "true or false")
	}
	r.f.nullable = n.Text == "true"
	return nil
}

func (r *reader) types() error {
	n := r.get("type")
	if n == nil {
		return nil
	}
	names := n.Items
	switch {
	case n.Kind == yaml.String:
		names = []*yaml.Node{n}
	case n.Kind == yaml.Array && r.dialect().openAPI() && !r.newerTypes(n):
		return &Error{
			Pos:    n.Pos,
			Msg:    "`type` must be one name in " + r.dialect().String() + ", this is an array",
			Remedy: "write one type and `nullable: true`, or say `openapi: 3.1.0`",
		}
	case n.Kind != yaml.Array || len(names) == 0:
		return r.bad(n, "type", "the name of a type")
	}
	r.f.types = 0
	for _, name := range names {
		bit, ok := typeBit(text(name))
		if !ok || bit == NullType && r.dialect().openAPI() && !r.newerTypes(n) {
			known := "string, number, integer, boolean, array, object"
			if !r.dialect().openAPI() {
				known += ", null"
			}
			return &Error{
				Pos:    name.Pos,
				Msg:    kindWords(name) + " is not a type",
				Remedy: "write one of " + known,
			}
		}
		r.f.types |= bit
	}
	return nil
}

func typeBit(name string) (Types, bool) {
	i := slices.Index(typeNames[:], name)
	switch {
	case i < 0:
		return 0, false
	case name == "number":
		return NumberType | IntegerType, true
	}
	return 1 << i, true
}

// elsewhere are keywords that assert something in one dialect and mean nothing
// in OpenAPI before 3.1. An author who writes them there expects them to be checked.
var elsewhere = [...]string{
	"const", "contains", "minContains", "maxContains", "prefixItems", "patternProperties", "propertyNames",
	"dependentRequired", "dependentSchemas", "dependencies", "if", "unevaluatedItems", "unevaluatedProperties",
	"$dynamicRef", "$recursiveRef",
}

// newer are keywords of OpenAPI 3.0 that 2.0 does not have.
var newer = [...]string{"oneOf", "anyOf", "not", "nullable"}

func (r *reader) foreignToOpenAPI() error {
	keywords := elsewhere[:]
	if r.dialect() == OpenAPI20 {
		keywords = append(newer[:], keywords...)
	}
	for _, keyword := range keywords {
		if n := r.node.Get(keyword); n != nil {
			return &Unsupported{Pos: n.Pos, What: "`" + keyword + "` in " + r.dialect().String() + ", which does not have it,"}
		}
	}
	return nil
}

// foreign refuses to pass over what the dialect does not know and the author
// meant to be checked.
func (r *reader) foreign() error {
	if r.dialect().openAPI() {
		return r.foreignToOpenAPI()
	}
	if r.b.opts.Standard || r.dialect() != JSONSchema202012 {
		return nil
	}
	if n := r.node.Get("additionalItems"); n != nil && (r.get("prefixItems") != nil || r.get("items") != nil) {
		return &Unsupported{Pos: n.Pos, What: "`additionalItems`, which JSON Schema 2020-12 does not have,"}
	}
	return nil
}
