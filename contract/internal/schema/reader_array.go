package schema

import (
	"github.com/faultline-http/faultline/internal/yaml"
)

func (r *reader) arrays() error {
	rule := arrRule{items: None, contains: None, minContains: 1, maxContains: -1, max: -1}
	var err error
	if rule.min, err = r.count("minItems", 0); err != nil {
		return err
	}
	if rule.max, err = r.count("maxItems", -1); err != nil {
		return err
	}
	if n := r.get("uniqueItems"); n != nil {
		if n.Kind != yaml.Bool {
			return r.bad(n, "uniqueItems", "true or false")
		}
		rule.unique = n.Text == "true"
	}
	if err := r.items(&rule); err != nil {
		return err
	}
	if err := r.contains(&rule); err != nil {
		return err
	}
	if r.f.unevaluatedArr, err = r.partOf("unevaluatedItems"); err != nil {
		return err
	}
	said := rule.items != None || rule.contains != None || len(rule.prefix) > 0 || rule.unique || rule.min > 0 || rule.max >= 0
	if said {
		r.f.arr = &rule
	}
	return nil
}

// items reads the keywords for items by their place. What is prefixItems and
// items since 2020-12 was items, as a list, and additionalItems before.
func (r *reader) items(rule *arrRule) error {
	var err error
	n := r.get("items")
	if n != nil && n.Kind == yaml.Array {
		if !r.dialect().tuples() {
			return &Error{
				Pos:    n.Pos,
				Msg:    "`items` must be one schema, this is an array of them",
				Remedy: "write `prefixItems` for a tuple (OpenAPI 3.1), or one schema",
			}
		}
		rule.prefix = r.parts(n.Items)
		rule.items, err = r.rest("additionalItems")
		return err
	}
	if rule.items, err = r.partOf("items"); err != nil {
		return err
	}
	if n := r.get("prefixItems"); n != nil {
		if n.Kind != yaml.Array {
			return r.bad(n, "prefixItems", "an array of schemas")
		}
		rule.prefix = r.parts(n.Items)
	}
	return nil
}

func (r *reader) parts(list []*yaml.Node) []ID {
	var out []ID
	for _, item := range list {
		out = append(out, r.part(item))
	}
	return out
}

// rest reads a schema for what the others leave, which was also a boolean
// before booleans were schemas.
func (r *reader) rest(keyword string) (ID, error) {
	n := r.get(keyword)
	if n != nil && n.Kind == yaml.Bool && !r.dialect().booleans() {
		at := r.at
		at.mode, at.plain, at.exempt, at.inner = modeOf(newest), false, "", false
		return r.b.want(n, at, ""), nil
	}
	return r.partOf(keyword)
}

func (r *reader) contains(rule *arrRule) error {
	var err error
	if rule.contains, err = r.partOf("contains"); err != nil {
		return err
	}
	// JSON Schema 2019-09 does not count what contains fits as evaluated.
	rule.marks = r.dialect() >= JSONSchema202012
	if rule.minContains, err = r.count("minContains", 1); err != nil {
		return err
	}
	rule.maxContains, err = r.count("maxContains", -1)
	return err
}
