package schema

import (
	"github.com/faultline-http/faultline/contract/internal/yaml"
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
	if n := r.assertion("uniqueItems"); n != nil {
		if n.Kind != yaml.Bool {
			return r.bad(n, "uniqueItems", "true or false")
		}
		rule.unique = n.Text == "true"
	}
	if rule.items, err = r.partOf("items"); err != nil {
		return err
	}
	if r.at.dialect == JSONSchema202012 {
		if err := r.arrays2020(&rule); err != nil {
			return err
		}
	}
	said := rule.items != None || rule.contains != None || len(rule.prefix) > 0 || rule.unique || rule.min > 0 || rule.max >= 0
	if said {
		r.f.arr = &rule
	}
	return nil
}

func (r *reader) arrays2020(rule *arrRule) error {
	if n := r.get("prefixItems"); n != nil {
		if n.Kind != yaml.Array {
			return r.bad(n, "prefixItems", "an array of schemas")
		}
		for _, item := range n.Items {
			rule.prefix = append(rule.prefix, r.part(item))
		}
	}
	var err error
	if rule.contains, err = r.partOf("contains"); err != nil {
		return err
	}
	if rule.minContains, err = r.count("minContains", 1); err != nil {
		return err
	}
	if rule.maxContains, err = r.count("maxContains", -1); err != nil {
		return err
	}
	r.f.unevaluatedArr, err = r.partOf("unevaluatedItems")
	return err
}
