package xml

import "bytes"

// attributes reads the rest of an opening tag of node n.
func (d *Doc) attributes(at, n int) (end int, closed bool, err *Error) {
	for {
		next := space(d.Src, at)
		if next >= len(d.Src) {
			return at, false, d.fail("an opening tag that does not end", "`>`", "the end of the document", int(d.Nodes[n].Start), next)
		}
		switch {
		case d.Src[next] == '>':
			return next + 1, false, d.uniqueAttrs(n)
		case d.Src[next] == '/' && next+1 < len(d.Src) && d.Src[next+1] == '>':
			return next + 2, true, d.uniqueAttrs(n)
		case next == at:
			return at, false, d.fail("an opening tag with `"+string(d.Src[at:at+1])+"` in it", "a space, an attribute or `>`", found(d.Src, at), at, at+1)
		}
		if at, err = d.attribute(next); err != nil {
			return at, false, err
		}
		d.Nodes[n].AttrsEnd = int32(len(d.Attrs))
	}
}

func (d *Doc) attribute(at int) (int, *Error) {
	a := Attr{NameStart: int32(at)}
	end := nameEnd(d.Src, at)
	if end == at {
		return at, d.fail("an opening tag with something in it that is no attribute", "a name", found(d.Src, at), at, at+1)
	}
	a.NameEnd = int32(end)
	i := space(d.Src, end)
	if i >= len(d.Src) || d.Src[i] != '=' {
		return at, d.fail("the attribute `"+string(d.Src[at:end])+"` has no value", "`=\"...\"` behind the name", found(d.Src, i), at, end)
	}
	i = space(d.Src, i+1)
	if i >= len(d.Src) || d.Src[i] != '"' && d.Src[i] != '\'' {
		return at, d.fail("the value of the attribute `"+string(d.Src[at:end])+"` is not in quotes", "a quoted value", found(d.Src, i), at, end)
	}
	length := bytes.IndexByte(d.Src[i+1:], d.Src[i])
	if length < 0 {
		return at, d.fail("the value of the attribute `"+string(d.Src[at:end])+"` is not closed", "a closing quote", "the end of the document", i, i+1)
	}
	a.Start, a.End = int32(i+1), int32(i+1+length)
	value := d.Src[a.Start:a.End]
	if lt := bytes.IndexByte(value, '<'); lt >= 0 {
		return at, d.fail("a raw `<` in an attribute", "`&lt;`", "`<`", i+1+lt, i+2+lt)
	}
	a.Marked = bytes.ContainsAny(value, "&\r\n\t")
	if err := d.references(int(a.Start), int(a.End)); err != nil {
		return at, err
	}
	d.Attrs = append(d.Attrs, a)
	d.bind(&a)
	return i + 2 + length, nil
}

// bind notes a namespace declaration (Namespaces in XML 1.0, section 3).
func (d *Doc) bind(a *Attr) {
	switch name := d.AttrName(a); {
	case bytes.Equal(name, []byte("xmlns")):
		d.bindings = append(d.bindings, binding{uri: Range{a.Start, a.End}})
	case bytes.HasPrefix(name, []byte("xmlns:")):
		d.bindings = append(d.bindings, binding{prefix: Range{a.NameStart + 6, a.NameEnd}, uri: Range{a.Start, a.End}})
	}
}

// name finds the namespaces of an element and its attributes.
func (d *Doc) name(n int) {
	node := &d.Nodes[n]
	node.NS = d.lookup(prefixOf(d.Name(node)))
	for i := node.Attrs; i < node.AttrsEnd; i++ {
		if prefix := prefixOf(d.AttrName(&d.Attrs[i])); len(prefix) > 0 {
			d.Attrs[i].NS = d.lookup(prefix)
		}
	}
}

// maxLookup bounds how many declarations are looked through: honest documents
// have a handful in scope.
const maxLookup = 64

func (d *Doc) lookup(prefix []byte) Range {
	for i := len(d.bindings) - 1; i >= max(0, len(d.bindings)-maxLookup); i-- {
		if bytes.Equal(d.bytes(d.bindings[i].prefix), prefix) {
			return d.bindings[i].uri
		}
	}
	return Range{}
}

func prefixOf(name []byte) []byte { return name[:max(0, bytes.IndexByte(name, ':'))] }

// fewAttrs is where comparing each with each is cheaper than a map.
const fewAttrs = 16

// uniqueAttrs holds an element to one attribute of a name (XML 1.0, section 3.1).
func (d *Doc) uniqueAttrs(n int) *Error {
	attrs := d.Attrs[d.Nodes[n].Attrs:max(d.Nodes[n].Attrs, d.Nodes[n].AttrsEnd)]
	if len(attrs) > fewAttrs {
		return d.uniqueMany(attrs)
	}
	for i := range attrs {
		for j := range attrs[:i] {
			if bytes.Equal(d.AttrName(&attrs[i]), d.AttrName(&attrs[j])) {
				return d.twice(&attrs[i])
			}
		}
	}
	return nil
}

func (d *Doc) uniqueMany(attrs []Attr) *Error {
	seen := make(map[string]bool, len(attrs))
	for i := range attrs {
		name := d.AttrName(&attrs[i])
		if seen[string(name)] {
			return d.twice(&attrs[i])
		}
		seen[string(name)] = true
	}
	return nil
}

func (d *Doc) twice(a *Attr) *Error {
	name := string(d.AttrName(a))
	return d.fail("the attribute `"+name+"` stands twice in one element", "each attribute once", "`"+name+"` again", int(a.NameStart), int(a.NameEnd))
}
