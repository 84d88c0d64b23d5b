package schema

import (
	"errors"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/yaml"
	"github.com/faultline-http/faultline/internal/tape"
)

// A reader turns one schema of a document into a form.
type reader struct {
	b    *Builder
	f    *form
	node *yaml.Node
	at   where
}

func (r *reader) read() error {
	if !r.at.dialect.openAPI() && r.at.dialect != JSONSchema202012 {
		return &Unsupported{Pos: r.node.Pos, What: r.at.dialect.String()}
	}
	if r.node.Kind == yaml.Bool && r.at.dialect == JSONSchema202012 {
		r.f.never = r.node.Text == "false"
		return nil
	}
	if r.node.Kind != yaml.Object {
		return &Error{Pos: r.node.Pos, Msg: "a schema must be an object, this is " + kindWords(r.node), Remedy: "write an object with keywords such as `type`"}
	}
	if res := r.b.lib.inner[r.node]; res != nil && res != r.at.res {
		r.at.res = res
	}
	r.at.scope = r.b.extend(r.at.scope, r.at.res)
	if err := r.dialect(); err != nil {
		return err
	}
	if r.at.dialect.openAPI() {
		if ref := r.node.Get("$ref"); ref != nil {
			// OpenAPI 2.0 and 3.0, Reference Object: what stands beside it is ignored.
			return r.reference(ref, false)
		}
	}
	if flag := r.node.Get("$recursiveAnchor"); flag != nil && flag.Text == "true" {
		r.at.around = r.node
	}
	for _, group := range [...]func() error{r.common, r.numbers, r.strings, r.arrays, r.objects, r.combined, r.foreign} {
		if err := group(); err != nil {
			return err
		}
	}
	return nil
}

// dialect honours $schema.
func (r *reader) dialect() error {
	uri := text(r.node.Get("$schema"))
	if uri == "" || r.at.dialect.openAPI() {
		return nil
	}
	if d, ok := DialectOf(uri); ok && (d == JSONSchema202012 || d.openAPI()) {
		r.at.dialect = d
		r.at.silent = false
		return nil
	}
	unsupported := &Unsupported{Pos: r.node.Get("$schema").Pos, What: "the dialect `" + uri + "`"}
	to, err := r.b.lib.find(r.at.res, strings.TrimSuffix(uri, "#"))
	if err != nil {
		return unsupported
	}
	vocabulary := to.root.Get("$vocabulary")
	if vocabulary == nil {
		return unsupported
	}
	r.at.silent = true
	for _, m := range vocabulary.Members {
		switch m.Key {
		case "https://json-schema.org/draft/2020-12/vocab/validation":
			r.at.silent = false
		case "https://json-schema.org/draft/2020-12/vocab/core", "https://json-schema.org/draft/2020-12/vocab/applicator",
			"https://json-schema.org/draft/2020-12/vocab/unevaluated", "https://json-schema.org/draft/2020-12/vocab/meta-data",
			"https://json-schema.org/draft/2020-12/vocab/format-annotation", "https://json-schema.org/draft/2020-12/vocab/format-assertion",
			"https://json-schema.org/draft/2020-12/vocab/content":
		default:
			if m.Value.Text == "true" {
				return unsupported
			}
		}
	}
	return nil
}

func (r *reader) get(keyword string) *yaml.Node { return r.node.Get(keyword) }

// assertion is get for keywords of the validation vocabulary.
func (r *reader) assertion(keyword string) *yaml.Node {
	if r.at.silent {
		return nil
	}
	return r.node.Get(keyword)
}

func (r *reader) bad(n *yaml.Node, keyword, want string) error {
	return &Error{Pos: n.Pos, Msg: "`" + keyword + "` must be " + want + ", this is " + kindWords(n), Remedy: "write " + want}
}

func kindWords(n *yaml.Node) string {
	switch n.Kind {
	case yaml.Null:
		return "null"
	case yaml.Bool, yaml.Number:
		return "`" + n.Text + "`"
	case yaml.String:
		return "the string `" + tape.Printable([]byte(n.Text), 60) + "`"
	case yaml.Array:
		return "an array"
	}
	return "an object"
}

func (r *reader) reference(ref *yaml.Node, dynamic bool) error {
	if ref.Kind != yaml.String {
		return r.bad(ref, "$ref", "a string")
	}
	t, err := r.b.lib.resolve(r.at.res, ref.Text)
	var unsupported *Unsupported
	if errors.As(err, &unsupported) {
		return &Unsupported{Pos: ref.Pos, What: unsupported.What}
	}
	if err != nil {
		return &Error{
			Pos:    ref.Pos,
			Msg:    "the reference `" + ref.Text + "` leads nowhere: " + err.Error(),
			Remedy: "write the address of a schema that is there",
		}
	}
	if bound, ok := r.b.scopes[r.at.scope][t.dynamic]; ok && dynamic && t.dynamic != "" {
		t.node, t.res = bound.node, bound.res
	}
	at := r.enter(t.res)
	at.around = nil
	r.f.ref = r.b.want(t.node, at, t.name)
	return nil
}

// enter is the surroundings of a schema in another resource that speaks of the
// same value.
func (r *reader) enter(res *resource) where {
	at := r.at
	if res != at.res {
		at.res = res
		at.scope = r.b.extend(at.scope, res)
	}
	return at
}

// same is a subschema for the same value.
func (r *reader) same(n *yaml.Node) ID { return r.b.want(n, r.at, "") }

// part is a subschema for a part of the value.
func (r *reader) part(n *yaml.Node) ID {
	at := r.at
	at.plain, at.exempt = false, ""
	return r.b.want(n, at, "")
}

func (r *reader) partOf(keyword string) (ID, error) {
	n := r.get(keyword)
	if n == nil {
		return None, nil
	}
	if n.Kind == yaml.Array && keyword == "items" {
		return None, &Error{
			Pos:    n.Pos,
			Msg:    "`items` must be one schema, this is an array of them",
			Remedy: "write `prefixItems` for a tuple (OpenAPI 3.1), or one schema",
		}
	}
	return r.part(n), nil
}
