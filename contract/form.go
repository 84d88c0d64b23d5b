package contract

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/schema"
)

// readForm puts a urlencoded form together as the JSON object that it stands
// for: each field under the name that the schema declares, the others by their
// brackets.
func (c *Contract) readForm(m *media, body string, s *scratch) {
	root := s.nursery.root()
	fields := 0
	for pair := pairsIn(body, 0); pair.next(); {
		if fields++; fields > maxBranches {
			break
		}
		if pair.key == "" && pair.raw == "" {
			continue
		}
		c.addField(m, root, pair.piece)
	}
	s.value.reset(s.value.keep)
	c.writeFields(m, root, s)
}

// addField puts a field where its name says.
func (c *Contract) addField(m *media, root *branch, pair piece) {
	name := strings.ToValidUTF8((&piece{raw: pair.key, plus: pair.plus}).text(), "\uFFFD")
	if _, declared := c.property(m.id, name); declared {
		c.addDeclared(m, root, name, pair)
		return
	}
	if owner := c.owner(m, name); owner != "" {
		root.grow([]string{owner, name}, pair)
		return
	}
	if open := strings.IndexByte(name, '['); open > 0 {
		if keys, ok := (&piece{raw: name[open:], plain: true}).keys([]string{name[:open]}); ok {
			root.grow(keys, pair)
			return
		}
	}
	root.grow([]string{name}, pair)
}

// owner is the object whose members are fields of their own, and which declares
// this one: R=100&G=200 (OpenAPI 3.1.1, section 4.8.12.4, form and exploded).
func (c *Contract) owner(m *media, name string) string {
	for _, field := range m.spread {
		if !m.fields[field].explode {
			continue
		}
		if _, declared := c.property(memberOf(c.program, m.id, field), name); declared {
			return field
		}
	}
	return ""
}

// addDeclared splits a field that is an array or an object in one of the delimited
// styles: R,100,G,200.
func (c *Contract) addDeclared(m *media, root *branch, name string, pair piece) {
	e, ok := m.fields[name]
	if !ok || e.explode || e.style == deepObject {
		root.grow([]string{name}, pair)
		return
	}
	q := parameter{style: e.style}
	items := dropEmpty(cut(pair, q.delimiter(pair.raw), false, nil))
	if slices.Contains(m.spread, name) && len(items)%2 == 0 {
		for i := 0; i < len(items); i += 2 {
			items[i+1].key, items[i+1].keyAt = items[i].raw, items[i].at
			root.grow([]string{name, items[i].text()}, items[i+1])
		}
		return
	}
	for _, item := range items {
		item.key, item.keyAt = pair.key, pair.keyAt
		root.grow([]string{name}, item)
	}
}

func (c *Contract) property(id schema.ID, name string) (schema.ID, bool) {
	if id == schema.None {
		return schema.None, false
	}
	return c.program.Property(id, name)
}

// writeFields writes the object. A field whose schema is an object and whose
// text is one is taken as JSON: that is the default encoding of objects
// (OpenAPI 3.1.0, section 4.8.15.1).
func (c *Contract) writeFields(m *media, root *branch, s *scratch) {
	a := &s.value
	a.json = append(a.json, '{')
	for _, field := range root.children {
		a.key(field.key, field.start, field.end)
		id := memberOf(c.program, m.id, field.key)
		if v, ok := c.jsonField(m, id, field); ok {
			a.spliceText(v)
			continue
		}
		field.write(a, c.program, id)
	}
	a.json = append(a.json, '}')
}

// jsonField returns the field that is sent as JSON and is well formed: anything
// else is a text like others.
func (c *Contract) jsonField(m *media, id schema.ID, field *branch) (v *piece, ok bool) {
	if len(field.values) != 1 || len(field.children) > 0 {
		return nil, false
	}
	types := typesOf(c.program, id)
	e := m.fields[field.key]
	declared := e.says(isJSON)
	if e.styled {
		return nil, false
	}
	if !declared && (types&(schema.ObjectType|schema.ArrayType) == 0 || types&schema.StringType != 0) {
		return nil, false
	}
	v = &field.values[0]
	text := v.text()
	if !declared && (text == "" || text[0] != '{' && text[0] != '[') {
		return nil, false
	}
	return v, c.program.Valid(c.anything, []byte(text))
}
