package schema

import (
	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A reader turns one schema of a document into a form.
type reader struct {
	b    *Builder
	f    *form
	node *yaml.Node
	at   where
}

func (r *reader) read() error {
	if res := r.b.lib.inner[r.node]; res != nil && res != r.at.res {
		r.at.res, r.at.mode = res, res.mode
	}
	if err := r.at.res.err; err != nil {
		return err
	}
	if r.node.Kind == yaml.Bool && r.dialect().booleans() {
		r.f.never = r.node.Text == "false"
		return nil
	}
	if r.node.Kind != yaml.Object {
		return r.notSchema()
	}
	r.at.scope = r.b.extend(r.at.scope, r.at.res)
	if ref := r.node.Get("$ref"); ref != nil && r.dialect().aloneRefs() && (ref.Kind == yaml.String || r.dialect().openAPI()) {
		// OpenAPI 2.0 and 3.0, Reference Object, and JSON Schema draft 7,
		// section 8.3: what stands beside it is ignored.
		return r.reference(ref, "$ref")
	}
	r.xml()
	if flag := r.node.Get("$recursiveAnchor"); flag != nil && flag.Text == "true" {
		r.at.around = r.node
	}
	for _, group := range [...]func() error{r.common, r.references, r.numbers, r.strings, r.arrays, r.objects, r.combined, r.foreign} {
		if err := group(); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) dialect() Dialect { return r.at.mode.dialect }

func (r *reader) notSchema() error {
	want, remedy := "an object", "write an object with keywords such as `type`"
	if r.dialect().booleans() {
		want += " or a boolean"
	}
	return &Error{Pos: r.node.Pos, Msg: "a schema must be " + want + ", this is " + kindWords(r.node), Remedy: remedy}
}

// get is the value of a keyword, or nil if it is not there or not one of the
// mode.
func (r *reader) get(keyword string) *yaml.Node {
	n := r.node.Get(keyword)
	if n == nil || !r.at.mode.has(keyword) || r.absent(keyword, n) {
		return nil
	}
	return n
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

// enter is the surroundings of a schema in another resource that speaks of the
// same value.
func (r *reader) enter(res *resource) where {
	at := r.at
	if res != at.res {
		at.res, at.mode = res, res.mode
		at.scope = r.b.extend(at.scope, res)
	}
	return at
}

// same is a subschema for the same value.
func (r *reader) same(n *yaml.Node) ID { return r.b.want(n, r.inside(r.at), "") }

// inside is the surroundings of a schema that is a part of one for the same
// value.
func (r *reader) inside(at where) where {
	at.inner = r.b.opts.CloseObjects
	return at
}

// part is a subschema for a part of the value.
func (r *reader) part(n *yaml.Node) ID {
	at := r.at
	at.plain, at.exempt, at.inner = false, "", false
	return r.b.want(n, at, "")
}

func (r *reader) partOf(keyword string) (ID, error) {
	n := r.get(keyword)
	if n == nil {
		return None, nil
	}
	return r.part(n), nil
}
