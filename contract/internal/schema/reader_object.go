package schema

import (
	"slices"
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

// never is the schema false in the place of a boolean of OpenAPI 3.0.
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

// mark is the annotation that takes a property out of required in a direction:
// OpenAPI 3.0, Schema Object: "the required will take effect on the response
// only" for readOnly, and the other way round for writeOnly.
func (d Direction) mark() string {
	if d == Request {
		return "readOnly"
	}
	return "writeOnly"
}

// deepestAnnotation bounds the search for readOnly behind references.
const deepestAnnotation = 8

// exemptions are the names of the properties of this object, whichever schema
// declares them, that are not required in this direction.
func (r *reader) exemptions(inherited string) string {
	names := map[string]bool{}
	for _, name := range strings.Split(inherited, "\x00") {
		if name != "" {
			names[name] = true
		}
	}
	r.collectExempt(r.node, r.at, names, 0)
	if len(names) == 0 {
		return ""
	}
	sorted := make([]string, 0, len(names))
	for name := range names {
		sorted = append(sorted, name)
	}
	slices.Sort(sorted)
	return strings.Join(sorted, "\x00") + "\x00"
}

func (r *reader) collectExempt(node *yaml.Node, at where, names map[string]bool, depth int) {
	if node.Kind != yaml.Object || depth > deepestAnnotation {
		return
	}
	if ref := text(node.Get("$ref")); ref != "" && (depth > 0 || at.dialect != OpenAPI30) {
		if t, err := r.b.lib.resolve(at.res, ref); err == nil {
			next := at
			next.res = t.res
			r.collectExempt(t.node, next, names, depth+1)
		}
	}
	if properties := node.Get("properties"); properties != nil {
		for i := range properties.Members {
			m := &properties.Members[i]
			if r.marked(m.Value, at, 0) {
				names[m.Key] = true
			}
		}
	}
	if all := node.Get("allOf"); all != nil {
		for _, item := range all.Items {
			r.collectExempt(item, at, names, depth+1)
		}
	}
}

// marked reports whether a property carries the annotation, itself or through
// references and allOf.
func (r *reader) marked(node *yaml.Node, at where, depth int) bool {
	if node.Kind != yaml.Object || depth > deepestAnnotation {
		return false
	}
	ref := text(node.Get("$ref"))
	if ref == "" || at.dialect != OpenAPI30 {
		if flag := node.Get(at.dir.mark()); flag != nil && flag.Text == "true" {
			return true
		}
	}
	if ref != "" {
		t, err := r.b.lib.resolve(at.res, ref)
		if err != nil {
			return false
		}
		at.res = t.res
		return r.marked(t.node, at, depth+1)
	}
	if all := node.Get("allOf"); all != nil {
		for _, item := range all.Items {
			if r.marked(item, at, depth+1) {
				return true
			}
		}
	}
	return false
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
	n := r.get("dependentSchemas")
	if n == nil {
		return nil
	}
	if n.Kind != yaml.Object {
		return r.bad(n, "dependentSchemas", "an object")
	}
	for i := range n.Members {
		m := &n.Members[i]
		rule.slots[rule.slot(m.Key, m.Pos)].then = r.same(m.Value)
		rule.deps = true
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
		var needs []int32
		for _, item := range m.Value.Items {
			if item.Kind != yaml.String {
				return r.bad(item, "dependentRequired", "an array of names")
			}
			needs = append(needs, rule.slot(item.Text, item.Pos))
		}
		rule.slots[rule.slot(m.Key, m.Pos)].needs = needs
	}
	return nil
}

// A child is a schema that extends another one by allOf.
type child struct {
	name string
	node *yaml.Node
}

// discriminator reads the hint of OpenAPI which branch is meant.
func (r *reader) discriminator() error {
	n := r.get("discriminator")
	if n == nil || r.at.plain && r.get("oneOf") == nil && r.get("anyOf") == nil {
		return nil
	}
	property := text(n.Get("propertyName"))
	if property == "" {
		return nil // in JSON Schema without OpenAPI the word means nothing
	}
	d := &discriminator{property: property, branches: map[string]ID{}}
	for _, keyword := range [...]string{"oneOf", "anyOf"} {
		if list := r.get(keyword); list != nil {
			r.branches(d, n, list.Items)
			r.f.disc = d
			return nil
		}
	}
	d.base = true
	r.extensions(d, n)
	if len(d.branches) > 0 {
		r.f.disc = d
	}
	return nil
}

// branches finds the texts of the branches of oneOf or anyOf: those that the
// mapping gives, and the names of the components.
func (r *reader) branches(d *discriminator, n *yaml.Node, list []*yaml.Node) {
	for _, item := range list {
		ref := text(item.Get("$ref"))
		if ref == "" {
			continue
		}
		t, err := r.b.lib.resolve(r.at.res, ref)
		if err != nil {
			continue // said where the branch is read
		}
		id := r.same(item)
		for _, value := range r.mapped(n, t.node) {
			d.add(value, id)
		}
		if t.name != "" {
			d.add(t.name, id)
		}
	}
}

func (d *discriminator) add(value string, id ID) {
	if _, taken := d.branches[value]; taken {
		return
	}
	d.branches[value] = id
	d.order = append(d.order, value)
}

// mapped are the texts that the mapping leads to a schema.
func (r *reader) mapped(n, schema *yaml.Node) []string {
	var out []string
	mapping := n.Get("mapping")
	if mapping == nil {
		return nil
	}
	for i := range mapping.Members {
		m := &mapping.Members[i]
		if r.mappingTarget(text(m.Value)) == schema {
			out = append(out, m.Key)
		}
	}
	return out
}

// mappingTarget reads a value of a mapping, which is a name or a reference.
func (r *reader) mappingTarget(value string) *yaml.Node {
	if value == "" {
		return nil
	}
	if !strings.ContainsAny(value, "/#.") {
		value = "#/components/schemas/" + value
	}
	t, err := r.b.lib.resolve(r.at.res, value)
	if err != nil {
		return nil
	}
	return t.node
}

// extensions finds the components that extend this schema by allOf.
func (r *reader) extensions(d *discriminator, n *yaml.Node) {
	root := r.at.res.root
	index := r.b.children[root]
	if index == nil {
		index = r.childIndex(root)
		r.b.children[root] = index
	}
	for _, c := range index[r.node] {
		id := r.b.want(c.node, r.at, c.name)
		for _, value := range r.mapped(n, c.node) {
			d.add(value, id)
		}
		d.add(c.name, id)
	}
}

// childIndex lists, for each schema, the components that name it in allOf, also
// through others.
func (r *reader) childIndex(root *yaml.Node) map[*yaml.Node][]child {
	direct := map[*yaml.Node][]child{}
	components := root.Get("components").Get("schemas")
	if components == nil {
		return direct
	}
	for i := range components.Members {
		m := &components.Members[i]
		all := m.Value.Get("allOf")
		if all == nil {
			continue
		}
		for _, item := range all.Items {
			if t, err := r.b.lib.resolve(r.at.res, text(item.Get("$ref"))); err == nil && t.node != m.Value && text(item.Get("$ref")) != "" {
				direct[t.node] = append(direct[t.node], child{m.Key, m.Value})
			}
		}
	}
	out := map[*yaml.Node][]child{}
	for base := range direct {
		seen := map[*yaml.Node]bool{base: true}
		queue := slices.Clone(direct[base])
		for len(queue) > 0 {
			c := queue[0]
			queue = queue[1:]
			if seen[c.node] {
				continue
			}
			seen[c.node] = true
			out[base] = append(out[base], c)
			queue = append(queue, direct[c.node]...)
		}
	}
	return out
}
