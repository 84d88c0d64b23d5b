package schema

import (
	"errors"

	"github.com/faultline-http/faultline/internal/yaml"
)

// references reads $ref and those whose target depends on the way that led to
// them. A schema can have several; the first is the form's own.
func (r *reader) references() error {
	for _, keyword := range [...]string{"$ref", "$dynamicRef", "$recursiveRef"} {
		ref := r.get(keyword)
		if ref == nil {
			continue
		}
		if err := r.reference(ref, keyword); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) reference(ref *yaml.Node, keyword string) error {
	if ref.Kind != yaml.String {
		return r.bad(ref, keyword, "a string")
	}
	if keyword == "$recursiveRef" {
		if r.dialect() != JSONSchema201909 {
			return r.recursiveLater(ref)
		}
		if ref.Text != "#" {
			return r.bad(ref, keyword, "`#`")
		}
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
			Err:    err,
		}
	}
	if keyword == "$recursiveRef" && t.res.dynamic[recursiveAnchor] != nil {
		t.dynamic = recursiveAnchor
	}
	if bound, ok := r.b.scopes[r.at.scope][t.dynamic]; ok && keyword != "$ref" && t.dynamic != "" {
		t.node, t.res = bound.node, bound.res
	}
	at := r.inside(r.enter(t.res))
	at.around = nil
	r.refer(r.b.want(t.node, at, t.name))
	return nil
}

func (r *reader) refer(id ID) {
	if r.f.ref == None {
		r.f.ref = id
		return
	}
	r.f.allOf = append(r.f.allOf, id)
}

// recursiveLater reads $recursiveRef in JSON Schema 2020-12, which has
// $dynamicRef instead. Descriptions of today still write it, and mean the schema
// around it that carries $recursiveAnchor.
func (r *reader) recursiveLater(n *yaml.Node) error {
	if r.b.opts.Standard {
		return nil
	}
	if r.at.around == nil || n.Text != "#" {
		return &Unsupported{Pos: n.Pos, What: "`$recursiveRef`, of JSON Schema 2019-09,"}
	}
	at := r.inside(r.at)
	at.around = nil
	r.refer(r.b.want(r.at.around, at, ""))
	return nil
}
