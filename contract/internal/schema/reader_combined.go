package schema

import (
	"github.com/faultline-http/faultline/internal/yaml"
)

func (r *reader) sameList(keyword string) ([]ID, error) {
	n := r.get(keyword)
	if n == nil {
		return nil, nil
	}
	if n.Kind != yaml.Array || len(n.Items) == 0 {
		return nil, r.bad(n, keyword, "an array of at least one schema")
	}
	out := make([]ID, len(n.Items))
	for i, item := range n.Items {
		out[i] = r.same(item)
	}
	return out, nil
}

// combined reads the keywords that combine schemas.
func (r *reader) combined() error {
	var err error
	if err = r.discriminator(); err != nil {
		return err
	}
	if r.f.anyOf, err = r.sameList("anyOf"); err != nil {
		return err
	}
	if r.f.oneOf, err = r.sameList("oneOf"); err != nil {
		return err
	}
	if n := r.get("not"); n != nil {
		r.f.not = r.same(n)
	}
	if n := r.get("if"); n != nil {
		r.f.when = r.same(n)
		if n := r.get("then"); n != nil {
			r.f.yes = r.same(n)
		}
		if n := r.get("else"); n != nil {
			r.f.no = r.same(n)
		}
	}
	return r.all()
}

// all reads allOf. Its members are parts of one object: a property that is not
// required for its readOnly in one of them is not required in the others, and
// the discriminator of a base does not pick again.
func (r *reader) all() error {
	n := r.get("allOf")
	if n == nil {
		return nil
	}
	if n.Kind != yaml.Array || len(n.Items) == 0 {
		return r.bad(n, "allOf", "an array of at least one schema")
	}
	at := r.inside(r.at)
	at.plain = true
	at.exempt = r.exemptions(r.at.exempt)
	for _, item := range n.Items {
		r.f.allOf = append(r.f.allOf, r.b.want(item, at, ""))
	}
	return nil
}
