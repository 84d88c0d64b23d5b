package contract

import (
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// An xmlShape is how values of a schema are written in XML: which elements and
// attributes its members are (OpenAPI 3.2.0, section 4.26).
type xmlShape struct {
	types schema.Types
	name  string // that the element has by itself; empty: any
	space string // namespace

	members  []xmlMember
	elements map[string]int32 // local name to member
	attrs    map[string]int32
	text     int32 // the member that the text of the element is; -1

	prefix []schema.ID // of the first items
	item   schema.ID   // of the other ones
	items  []string    // names that an element of an item may have; empty: any

	unread string // what cannot be read of it; empty if all can
}

// An xmlMember is a property.
type xmlMember struct {
	name      string
	id        schema.ID
	space     string
	attribute bool
	list      bool // an array
	wrapped   bool // in an element of its own
	required  bool
	null      bool // null is one of its values
	items     []string
	item      schema.ID
}

// compileXML works out the shapes of all schemas that XML may be held to.
func (c *Contract) compileXML() {
	c.xml = map[schema.ID]*xmlShape{}
	var roots []*media
	for op := range c.everyOperation() {
		if op.body != nil {
			roots = inXML(roots, op.body.media)
		}
		for i := range op.responses {
			roots = inXML(roots, op.responses[i].media)
		}
	}
	unread := false
	for _, m := range roots {
		unread = c.addShapes(m.id) || unread
	}
	for _, m := range roots {
		if unread && m.how == asXML {
			c.leaveOut(m)
		}
	}
}

// inXML collects the entries whose content is or may be XML.
func inXML(out []*media, list []media) []*media {
	for i := range list {
		if m := &list[i]; !m.anySchema && (m.how == asXML || m.typ == "*" || m.sub == "*") {
			out = append(out, m)
		}
	}
	return out
}

// addShapes adds the shape of a schema and of all that it is made of, and reports
// whether one of the new ones cannot be read.
func (c *Contract) addShapes(root schema.ID) (unread bool) {
	for queue := []schema.ID{root}; len(queue) > 0; {
		id := queue[0]
		queue = queue[1:]
		if id == schema.None || c.xml[id] != nil {
			continue
		}
		shape := newXMLShape(c.program, id)
		c.xml[id] = shape
		unread = unread || shape.unread != ""
		queue = shape.parts(c.program, id, queue)
	}
	return unread
}

// parts appends the schemas of the members and items.
func (s *xmlShape) parts(prog *schema.Program, id schema.ID, out []schema.ID) []schema.ID {
	out = append(append(out, s.item), s.prefix...)
	for i := range s.members {
		out = append(out, s.members[i].id)
	}
	rest, _ := prog.Property(id, "\x00") // a name that nobody declares
	return append(out, rest)
}

// leaveOut makes an entry unjudged if a part of its schema cannot be read.
func (c *Contract) leaveOut(m *media) {
	seen := map[schema.ID]bool{}
	for queue := []schema.ID{m.id}; len(queue) > 0; {
		id := queue[0]
		queue = queue[1:]
		shape := c.xml[id]
		if shape == nil || seen[id] {
			continue
		}
		seen[id] = true
		if shape.unread != "" {
			m.how, m.why = unjudged, shape.unread
			return
		}
		queue = shape.parts(c.program, id, queue)
	}
}

func newXMLShape(prog *schema.Program, id schema.ID) *xmlShape {
	x := prog.XML(id)
	s := &xmlShape{types: typesOf(prog, id), name: x.Name, space: x.Namespace, text: -1, item: prog.Items(id), prefix: prog.Prefix(id)}
	if s.name == "" {
		s.name = x.Component
	}
	if s.item != schema.None {
		if own := prog.XML(s.item); own.Name != "" {
			s.items = []string{own.Name}
		}
	}
	s.elements, s.attrs = map[string]int32{}, map[string]int32{}
	aliases := map[string]int32{}
	for i, p := range prog.Properties(id) {
		s.addMember(prog, &p, int32(i), aliases)
	}
	for name, i := range aliases {
		if _, taken := s.elements[name]; !taken {
			s.elements[name] = i
		}
	}
	return s
}

// addMember finds the names of a property: by itself it has its own, the one of
// its XML Object before that. A reference to a component may be written under the
// name of either: 3.2 says the component's, tools of earlier versions wrote the
// property's.
func (s *xmlShape) addMember(prog *schema.Program, p *schema.Property, i int32, aliases map[string]int32) {
	x := prog.XML(p.ID)
	types := typesOf(prog, p.ID)
	m := xmlMember{
		name: p.Name, id: p.ID, space: x.Namespace, required: p.Required,
		attribute: x.Node == "attribute", null: types&schema.NullType != 0 && types != schema.AnyType,
		list: isList(types), item: schema.None,
	}
	name, alias := p.Name, x.Component
	if x.Name != "" {
		name, alias = x.Name, ""
	}
	switch {
	case m.attribute:
		s.attrs[name] = i
	case x.Node == "text", x.Node == "cdata":
		s.text = i
	case m.list:
		m.wrapped = x.Node == "element"
		name, alias = m.ofList(prog, name)
		s.elements[name] = i
	case x.Node == "none" && types&schema.ObjectType != 0:
		s.unread = "members without an element of their own (`nodeType: none` of `" + p.Name + "`) are not supported"
	default:
		s.elements[name] = i
	}
	if alias != "" && !m.attribute {
		aliases[alias] = i
	}
	s.members = append(s.members, m)
}

// ofList finds the names of an array and of its items. The name of an array that
// is not wrapped has no effect.
func (m *xmlMember) ofList(prog *schema.Program, outer string) (name, alias string) {
	m.item = prog.Items(m.id)
	own := schema.XML{}
	if m.item != schema.None {
		own = prog.XML(m.item)
	}
	if m.wrapped {
		m.items = []string{outer, m.name}
		if own.Name != "" {
			m.items = []string{own.Name}
		} else if own.Component != "" {
			m.items = append(m.items, own.Component)
		}
		return outer, ""
	}
	m.space = own.Namespace
	if own.Name != "" {
		return own.Name, ""
	}
	return m.name, own.Component
}

// isList reports whether values are arrays and no objects or scalars.
func isList(types schema.Types) bool {
	return types&schema.ArrayType != 0 && types&(schema.ObjectType|scalarTypes&^schema.NullType) == 0
}
