package schema

import (
	"github.com/faultline-http/faultline/internal/yaml"
)

// dependent reads what holds only if a member is there.
func (r *reader) dependent(rule *objRule) error {
	if err := r.dependentRequired(rule); err != nil {
		return err
	}
	then := map[string]*yaml.Node{}
	if err := r.dependencies(rule, then); err != nil {
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
		schema := m.Value
		if first := then[m.Key]; first != nil {
			schema = bothOf(first, schema)
		}
		r.then(rule, m, schema)
	}
	return nil
}

// bothOf is the schema of what two schemas say.
func bothOf(a, b *yaml.Node) *yaml.Node {
	all := &yaml.Node{Kind: yaml.Array, Items: []*yaml.Node{a, b}, Pos: b.Pos}
	return &yaml.Node{Kind: yaml.Object, Members: []yaml.Member{{Key: "allOf", Pos: b.Pos, Value: all}}, Pos: b.Pos}
}

func (r *reader) then(rule *objRule, m *yaml.Member, schema *yaml.Node) {
	rule.slots[rule.slot(m.Key, m.Pos)].then = r.same(schema)
	rule.deps = true
}

// dependencies reads the keyword of older drafts that dependentRequired and
// dependentSchemas came from. Authors go on writing it.
func (r *reader) dependencies(rule *objRule, then map[string]*yaml.Node) error {
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
			then[m.Key] = m.Value
			r.then(rule, m, m.Value)
			continue
		}
		if err := r.needs(rule, "dependencies", m); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) dependentRequired(rule *objRule) error {
	n := r.get("dependentRequired")
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
