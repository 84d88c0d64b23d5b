package schema

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// A child is a schema that extends another one by allOf.
type child struct {
	name string
	node *yaml.Node
}

// discriminator reads the hint of OpenAPI which branch is meant.
func (r *reader) discriminator() error {
	n := r.get("discriminator")
	if n == nil || r.b.opts.Standard && !r.dialect().openAPI() || r.at.plain && r.get("oneOf") == nil && r.get("anyOf") == nil {
		return nil
	}
	property := text(n.Get("propertyName"))
	if r.dialect() == OpenAPI20 {
		property = text(n) // OpenAPI 2.0, Schema Object: the name of the property itself
	}
	if property == "" {
		return nil // in JSON Schema without OpenAPI the word means nothing
	}
	d := &discriminator{property: property, branches: map[string]ID{}, other: None}
	r.fallback(d, n)
	for _, keyword := range [...]string{"oneOf", "anyOf"} {
		if list := r.get(keyword); list != nil {
			r.branches(d, n, list.Items)
			r.f.disc = d
			return nil
		}
	}
	d.base = true
	r.extensions(d, n)
	if len(d.branches) > 0 || d.other != None {
		r.f.disc = d
	}
	return nil
}

// branches finds the texts of the branches of oneOf or anyOf: those that the
// mapping gives, and the names of the components.
func (r *reader) branches(d *discriminator, n *yaml.Node, list []*yaml.Node) {
	d.strict = true
	for _, item := range list {
		ref := text(item.Get("$ref"))
		if ref == "" {
			d.strict = false // what it is called is not known
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

// fallback reads defaultMapping (OpenAPI 3.2, Discriminator Object).
func (r *reader) fallback(d *discriminator, n *yaml.Node) {
	if node := r.mappingTarget(text(n.Get("defaultMapping"))); node != nil {
		d.other = r.b.want(node, r.at, "")
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
		id := r.b.want(c.node, r.inside(r.at), c.name)
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
	if r.dialect() == OpenAPI20 {
		components = root.Get("definitions")
	}
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
