package schema

import (
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

func (r *reader) objects() error {
	rule := objRule{index: map[string]int32{}, rest: None, names: None, max: -1}
	if err := r.properties(&rule); err != nil {
		return err
	}
	if err := r.required(&rule); err != nil {
		return err
	}
	var err error
	if n := r.get("additionalProperties"); n != nil && n.Kind == yaml.Bool && n.Text == "true" {
		rule.open = true
	} else if rule.rest, err = r.rest("additionalProperties"); err != nil {
		return err
	}
	if rule.min, err = r.count("minProperties", 0); err != nil {
		return err
	}
	if rule.max, err = r.count("maxProperties", -1); err != nil {
		return err
	}
	if err := r.patternProperties(&rule); err != nil {
		return err
	}
	if rule.names, err = r.partOf("propertyNames"); err != nil {
		return err
	}
	if r.f.unevaluated, err = r.partOf("unevaluatedProperties"); err != nil {
		return err
	}
	if err := r.dependent(&rule); err != nil {
		return err
	}
	if len(rule.slots) > 0 || len(rule.patterns) > 0 || rule.rest != None || rule.open || rule.names != None || rule.min > 0 || rule.max >= 0 {
		r.f.obj = &rule
	}
	return nil
}

// slot returns the slot of a name, and makes it if need be.
func (o *objRule) slot(name string, pos yaml.Pos) int32 {
	if i, ok := o.index[name]; ok {
		return i
	}
	i := int32(len(o.slots))
	o.index[name] = i
	o.slots = append(o.slots, slot{name: name, schema: None, then: None, source: pos})
	return i
}

func (r *reader) properties(rule *objRule) error {
	n := r.get("properties")
	if n == nil {
		return nil
	}
	if n.Kind != yaml.Object {
		return r.bad(n, "properties", "an object")
	}
	for i := range n.Members {
		m := &n.Members[i]
		rule.slots[rule.slot(m.Key, m.Pos)].schema = r.part(m.Value)
	}
	return nil
}

func (r *reader) required(rule *objRule) error {
	n := r.get("required")
	if n == nil {
		return nil
	}
	if n.Kind == yaml.Bool && r.tolerate(n, "schema-required", "`required` is no keyword of a property: it has no effect here", "list the name in `required` of the object that has the property") {
		return nil
	}
	if n.Kind != yaml.Array {
		return &Error{
			Pos:    n.Pos,
			Msg:    "`required` must be an array of names, this is " + kindWords(n),
			Remedy: "list the names of the required properties in the object that has them",
		}
	}
	exempt := r.exemptions(r.at.exempt)
	for _, item := range n.Items {
		if item.Kind != yaml.String {
			return r.bad(item, "required", "an array of names")
		}
		if strings.Contains(exempt, "\x00"+item.Text+"\x00") || strings.HasPrefix(exempt, item.Text+"\x00") {
			continue
		}
		if s := &rule.slots[rule.slot(item.Text, item.Pos)]; !s.required {
			s.required = true
			rule.required++
		}
	}
	return nil
}

func (r *reader) patternProperties(rule *objRule) error {
	n := r.get("patternProperties")
	if n == nil {
		return nil
	}
	if n.Kind != yaml.Object {
		return r.bad(n, "patternProperties", "an object")
	}
	for i := range n.Members {
		m := &n.Members[i]
		p, err := r.pattern(m.Pos, m.Key)
		if err != nil {
			return err
		}
		rule.patterns = append(rule.patterns, patternSlot{pattern: p, schema: r.part(m.Value)})
	}
	return nil
}
