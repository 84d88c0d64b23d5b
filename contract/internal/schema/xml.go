package schema

import "github.com/faultline-http/faultline/internal/yaml"

// An XML is how a value is written in XML (OpenAPI 3.2, XML Object).
type XML struct {
	Name, Namespace, Prefix string
	Node                    string // "element", "attribute", "text", "cdata" or "none"; empty: not said
	Component               string // the component that the schema is or refers to; empty if none
}

// xml reads the XML Object. attribute and wrapped are the older words for two
// of the types of nodes.
func (r *reader) xml() {
	n := r.get("xml")
	if n == nil || n.Kind != yaml.Object {
		return
	}
	x := &XML{Name: text(n.Get("name")), Namespace: text(n.Get("namespace")), Prefix: text(n.Get("prefix")), Node: text(n.Get("nodeType"))}
	switch {
	case x.Node != "":
	case isTrue(n.Get("attribute")):
		x.Node = "attribute"
	case isTrue(n.Get("wrapped")):
		x.Node = "element"
	}
	r.f.xml = x
}

func isTrue(n *yaml.Node) bool { return n != nil && n.Kind == yaml.Bool && n.Text == "true" }

// XML returns how values of the schema are written in XML: as it says itself,
// and what it leaves open as the schema says that it refers to.
func (p *Program) XML(id ID) XML {
	var out XML
	for depth := 0; id >= 0 && int(id) < len(p.forms) && depth < deepestChain; depth++ {
		f := &p.forms[id]
		if out.Component == "" {
			out.Component = f.name
		}
		if f.xml != nil {
			out.fill(f.xml)
		}
		switch {
		case f.ref != None:
			id = f.ref
		case len(f.allOf) == 1: // how OpenAPI 3.0 puts something beside a reference
			id = f.allOf[0]
		default:
			return out
		}
	}
	return out
}

func (x *XML) fill(from *XML) {
	if x.Name == "" {
		x.Name = from.Name
	}
	if x.Namespace == "" && x.Prefix == "" {
		x.Namespace, x.Prefix = from.Namespace, from.Prefix
	}
	if x.Node == "" {
		x.Node = from.Node
	}
}

// Prefix returns the schemas of the first items of an array, one by one.
func (p *Program) Prefix(id ID) []ID {
	var out []ID
	p.walk(id, func(f *form) bool {
		if f.arr != nil {
			out = f.arr.prefix
		}
		return out == nil
	})
	return out
}

// Length returns the bounds on the length of a text; most is -1 if there is
// none.
func (p *Program) Length(id ID) (least, most int) {
	most = -1
	p.surely(id, func(f *form) bool {
		if f.str == nil {
			return true
		}
		least = max(least, f.str.min)
		if f.str.max >= 0 && (most < 0 || f.str.max < most) {
			most = f.str.max
		}
		return true
	})
	return least, most
}

// Format returns the format of a text; empty if none is said.
func (p *Program) Format(id ID) (name string) {
	p.surely(id, func(f *form) bool {
		if f.str != nil {
			name = f.str.name
		}
		return name == ""
	})
	return name
}
