package schema

import (
	"strings"

	"github.com/faultline-http/faultline/contract/internal/yaml"
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
	if n := r.get("additionalProperties"); n != nil {
		switch {
		case n.Kind != yaml.Bool:
			rule.rest = r.part(n)
		case n.Text == "true":
			rule.open = true
		default:
			rule.rest = r.b.never(n, r.at)
		}
	}
	if rule.min, err = r.count("minProperties", 0); err != nil {
		return err
	}
	if rule.max, err = r.count("maxProperties", -1); err != nil {
		return err
	}
	if r.at.dialect == JSONSchema202012 {
		if err := r.objects2020(&rule); err != nil {
			return err
		}
	}
	if len(rule.slots) > 0 || len(rule.patterns) > 0 || rule.rest != None || rule.open || rule.names != None || rule.min > 0 || rule.max >= 0 {
		r.f.obj = &rule
	}
	return nil
}

// never is the schema false in the place of a boolean of OpenAPI before 3.1.
func (b *Builder) never(n *yaml.Node, at where) ID {
	at.dialect, at.plain, at.exempt = JSONSchema202012, false, ""
	return b.want(n, at, "")
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
	n := r.assertion("required")
	if n == nil {
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

func (r *reader) objects2020(rule *objRule) error {
	if n := r.get("patternProperties"); n != nil {
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
	}
	var err error
	if rule.names, err = r.partOf("propertyNames"); err != nil {
		return err
	}
	if r.f.unevaluated, err = r.partOf("unevaluatedProperties"); err != nil {
		return err
	}
	if err := r.dependentRequired(rule); err != nil {
		return err
	}
	if err := r.dependencies(rule); err != nil {
		return err
	}
	n := r.get("dependentSchemas")
	if n == nil {
		return nil
	}
	if n.Kind != yaml.Object {
		return r.bad(n, "dependentSchemas", "an object")
	}
	for i := range n.Members {
		m := &n.Members[i]
		if err := r.dependent(rule, m); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) dependent(rule *objRule, m *yaml.Member) error {
	s := &rule.slots[rule.slot(m.Key, m.Pos)]
	if s.then != None {
		return &Unsupported{Pos: m.Pos, What: "`dependencies` and `dependentSchemas` for one name"}
	}
	s.then = r.same(m.Value)
	rule.deps = true
	return nil
}

// dependencies reads the keyword of older drafts that dependentRequired and
// dependentSchemas came from. Authors go on writing it.
func (r *reader) dependencies(rule *objRule) error {
	n := r.get("dependencies")
	if n == nil {
		return nil
	}
	if n.Kind != yaml.Object {
		return r.bad(n, "dependencies", "an object")
	}
	for i := range n.Members {
		m := &n.Members[i]
		if m.Value.Kind != yaml.Array {
			if err := r.dependent(rule, m); err != nil {
				return err
			}
			continue
		}
		if err := r.needs(rule, "dependencies", m); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) dependentRequired(rule *objRule) error {
	n := r.assertion("dependentRequired")
	if n == nil {
		return nil
	}
	if n.Kind != yaml.Object {
		return r.bad(n, "dependentRequired", "an object of arrays")
	}
	for i := range n.Members {
		m := &n.Members[i]
		if m.Value.Kind != yaml.Array {
			return r.bad(m.Value, "dependentRequired", "an object of arrays")
		}
		if err := r.needs(rule, "dependentRequired", m); err != nil {
			return err
		}
	}
	return nil
}

// needs reads the names that must be there if another one is.
func (r *reader) needs(rule *objRule, keyword string, m *yaml.Member) error {
	own := rule.slot(m.Key, m.Pos)
	for _, item := range m.Value.Items {
		if item.Kind != yaml.String {
			return r.bad(item, keyword, "an array of names")
		}
		need := rule.slot(item.Text, item.Pos)
		rule.slots[own].needs = append(rule.slots[own].needs, need)
	}
	return nil
}
