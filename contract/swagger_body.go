package contract

import (
	"fmt"
	"slices"

	"github.com/faultline-http/faultline/internal/yaml"
)

// swaggerBody are the parameters of a body: one that is the whole of it, or the
// fields of a form.
type swaggerBody struct{ whole, fields []*yaml.Node }

// inherit adds the parameters of a path item, which those of the operation
// override.
func (b swaggerBody) inherit(more swaggerBody) swaggerBody {
	if len(b.whole)+len(b.fields) == 0 {
		return more
	}
	if len(b.whole) > 0 || len(more.whole) > 0 {
		return b
	}
	names := map[string]bool{}
	for _, f := range b.fields {
		names[text(f, "name")] = true
	}
	for _, f := range more.fields {
		if !names[text(f, "name")] {
			b.fields = append(b.fields, f)
		}
	}
	return b
}

// Media types of forms.
const (
	urlencoded = "application/x-www-form-urlencoded"
	formData   = "multipart/form-data"
)

// requestBody is the body that the parameters describe; nil if there are none.
func (s *swagger) requestBody(b swaggerBody, consumes *yaml.Node) (*yaml.Node, error) {
	switch {
	case len(b.whole) > 0 && len(b.fields) > 0:
		return nil, &unsupportedError{s.l.docs.fail(b.fields[0].Pos, "the operation has parameters in `body` and in `formData`, which cannot both be the body", "keep those of one kind")}
	case len(b.whole) > 1:
		return nil, &unsupportedError{s.l.docs.fail(b.whole[1].Pos, "the operation has two parameters in `body`, of which only one can be the body", "keep one of the two")}
	case len(b.whole) == 1:
		return s.wholeBody(b.whole[0], consumes), nil
	case len(b.fields) > 0:
		return s.form(b.fields, consumes)
	}
	return nil, nil
}

func (s *swagger) wholeBody(n, consumes *yaml.Node) *yaml.Node {
	out := newObject(n.Pos)
	keep(out, n, "description", "required")
	entry := newObject(n.Pos)
	keep(entry, n, "schema")
	if len(entry.Members) == 0 {
		s.l.tolerate(n.Pos, "parameter-schema", fmt.Sprintf("the body parameter `%s` has no `schema`: any body is taken", text(n, "name")), "add its `schema`")
	}
	return set(out, "content", contentOf(n.Pos, entry, consumes))
}

// contentOf makes one entry for each media type. Without any, the document does
// not say what the body is: what of it is JSON is judged.
func contentOf(at yaml.Pos, entry, types *yaml.Node) *yaml.Node {
	out := newObject(at)
	if types == nil || len(types.Items) == 0 {
		return set(out, "*/*", entry)
	}
	for _, t := range types.Items {
		if out.Get(t.Text) == nil {
			out.Members = append(out.Members, yaml.Member{Key: t.Text, Pos: t.Pos, Value: entry})
		}
	}
	return out
}

// form is the body of fields in formData (OpenAPI 2.0, Parameter Object).
func (s *swagger) form(fields []*yaml.Node, consumes *yaml.Node) (*yaml.Node, error) {
	at := fields[0].Pos
	properties, encoding, required := newObject(at), newObject(at), &yaml.Node{Kind: yaml.Array, Pos: at}
	for _, f := range fields {
		name := f.Get("name")
		if name == nil || name.Text == "" {
			return nil, s.l.docs.fail(f.Pos, "a parameter without `name`", "add its name")
		}
		if properties.Get(name.Text) != nil {
			s.l.tolerate(f.Pos, "parameter-unique", fmt.Sprintf("the form field `%s` is declared twice: the first declaration counts", name.Text), "keep one of the two")
			continue
		}
		schema := orElse(s.schema(f), newObject(f.Pos))
		properties.Members = append(properties.Members, yaml.Member{Key: name.Text, Pos: f.Pos, Value: schema})
		if isTrue(f.Get("required")) {
			required.Items = append(required.Items, name)
		}
		format, err := s.collectionFormat(f, schema)
		if err != nil {
			return nil, err
		}
		if format != "" {
			list := swaggerStyles[format]
			set(encoding, name.Text, object(f.Pos, newText(f.Pos, "style", list.style.String()), newBool(f.Pos, "explode", list.explode)))
		}
	}
	schema := object(at, newText(at, "type", "object"), newMember("properties", properties))
	if len(required.Items) > 0 {
		set(schema, "required", required)
	}
	entry := set(set(newObject(at), "schema", schema), "encoding", encoding)
	out := object(at, newBool(at, "required", len(required.Items) > 0))
	return set(out, "content", s.formContent(at, entry, fields, consumes)), nil
}

// formContent makes an entry for each form among the media types. What else is
// listed is taken as it comes: formData says nothing of it. Where no form is
// listed, the fields say that one is sent.
func (s *swagger) formContent(at yaml.Pos, entry *yaml.Node, fields []*yaml.Node, consumes *yaml.Node) *yaml.Node {
	out := newObject(at)
	forms := 0
	if consumes != nil {
		for _, t := range consumes.Items {
			value := newObject(t.Pos)
			if name := mediaTypeOf(t.Text); name == urlencoded || name == formData {
				value = entry
				forms++
			}
			if out.Get(t.Text) == nil {
				out.Members = append(out.Members, yaml.Member{Key: t.Text, Pos: t.Pos, Value: value})
			}
		}
	}
	if forms > 0 {
		return out
	}
	if consumes != nil && len(consumes.Items) > 0 {
		s.l.tolerate(fields[0].Pos, "consumes-form", "the operation has parameters in `formData` and `consumes` no form: it is taken to consume one",
			"add `consumes: ["+urlencoded+"]`, or multipart/form-data, to the operation")
	}
	out = newObject(at)
	if !hasFile(fields) {
		set(out, urlencoded, entry)
	}
	return set(out, formData, entry)
}

func hasFile(fields []*yaml.Node) bool {
	return slices.ContainsFunc(fields, isFile)
}
