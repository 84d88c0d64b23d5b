package contract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline/contract/internal/schema"
)

// readMultipart puts the parts together as the JSON object that they stand for.
func (c *Contract) readMultipart(m *media, parts []formPart, s *scratch) {
	root := s.nursery.root()
	byPiece := map[int]*formPart{} // by where the data begins
	for i := range parts {
		p := &parts[i]
		byPiece[p.at] = p
		name := strings.ToValidUTF8(p.name, "\uFFFD")
		c.addPart(m, root, name, piece{key: name, keyAt: p.nameAt, raw: string(p.text()), at: p.at, plain: true})
	}
	s.value.reset(s.value.keep)
	c.writeParts(m, root, byPiece, s)
}

// addPart puts a part where its name says. Unlike a urlencoded name it is not
// encoded.
func (c *Contract) addPart(m *media, root *branch, name string, v piece) {
	if _, declared := c.property(m.id, name); declared {
		root.grow([]string{name}, v)
		return
	}
	if open := strings.IndexByte(name, '['); open > 0 {
		if keys, ok := (&piece{raw: name[open:], plain: true}).keys([]string{name[:open]}); ok {
			root.grow(keys, v)
			return
		}
	}
	root.grow([]string{name}, v)
}

// text is the data of a part as text; of a file only that it is one.
func (p *formPart) text() []byte {
	if p.isFile() {
		return []byte("file")
	}
	return p.data
}

func (p *formPart) isFile() bool {
	return p.hasFile || len(p.data) > maxPartText || !utf8.Valid(p.data)
}

func (c *Contract) writeParts(m *media, root *branch, parts map[int]*formPart, s *scratch) {
	a := &s.value
	a.json = append(a.json, '{')
	for _, field := range root.children {
		a.key(field.key, field.start, field.end)
		id := memberOf(c.program, m.id, field.key)
		c.writePart(m, id, field, parts, a)
	}
	a.json = append(a.json, '}')
}

func (c *Contract) writePart(m *media, id schema.ID, field *branch, parts map[int]*formPart, a *assembly) {
	types := typesOf(c.program, id)
	isList := types&schema.ArrayType != 0 && (len(field.values) > 1 || types&scalarTypes == 0)
	if len(field.children) > 0 || len(field.values) == 0 {
		field.write(a, c.program, id)
		return
	}
	if len(field.values) == 1 && types&schema.ArrayType != 0 {
		if p := parts[field.values[0].at]; c.partIsJSON(m, id, field, p) && bytes.HasPrefix(bytes.TrimSpace(p.data), []byte("[")) {
			a.splice(p.data, p.at)
			return
		}
	}
	if !isList {
		c.writeValue(m, id, field, parts[field.values[len(field.values)-1].at], a)
		return
	}
	a.json = append(a.json, '[')
	for i := range field.values {
		a.item()
		c.writeValue(m, itemsOf(c.program, id), field, parts[field.values[i].at], a)
	}
	a.json = append(a.json, ']')
}

func (c *Contract) writeValue(m *media, id schema.ID, field *branch, p *formPart, a *assembly) {
	switch {
	case p.isFile() && isFileField(typesOf(c.program, id)):
		from := len(a.json)
		a.json = appendString(a.json, "file")
		a.mark(from, p.at, p.at+len(p.data), false)
	case c.partIsJSON(m, id, field, p):
		a.splice(p.data, p.at)
	default:
		a.value(c.program, id, &piece{raw: string(p.text()), at: p.at, plain: true})
	}
}

func isFileField(types schema.Types) bool { return types&schema.StringType != 0 }

// partIsJSON reports whether a part is well-formed JSON and meant as such: by
// its own type, by the contract's encoding, or since its schema is an object
// (OpenAPI 3.1.0, section 4.8.15.1).
func (c *Contract) partIsJSON(m *media, id schema.ID, field *branch, p *formPart) bool {
	if p == nil || len(p.data) > maxPartText {
		return false
	}
	types := typesOf(c.program, id)
	meant := isJSON(mediaTypeOf(p.contentType)) || isJSON(mediaTypeOf(m.fields[field.key].contentType)) ||
		types&(schema.ObjectType|schema.ArrayType) != 0 && types&schema.StringType == 0
	return meant && c.program.Valid(c.anything, p.data)
}
