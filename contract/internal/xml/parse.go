package xml

import (
	"bytes"
	"strconv"
)

// Parse reads src, which is valid UTF-8. It keeps src.
func (d *Doc) Parse(src []byte) *Error {
	d.Src, d.Nodes, d.Attrs, d.open, d.bindings = src, d.Nodes[:0], d.Attrs[:0], d.open[:0], d.bindings[:0]
	at := 0
	if bytes.HasPrefix(src, []byte("\xEF\xBB\xBF")) {
		at = 3
	}
	for at < len(src) {
		var err *Error
		if src[at] == '<' {
			at, err = d.markup(at)
		} else {
			at, err = d.text(at)
		}
		if err != nil {
			return err
		}
	}
	if n := len(d.open); n > 0 {
		node := &d.Nodes[d.open[n-1].node]
		return d.fail("the element `"+string(d.Name(node))+"` is not closed", "`</"+string(d.Name(node))+">`", "the end of the document", max(0, len(src)-1), len(src))
	}
	if len(d.Nodes) == 0 {
		return d.fail("the document has no element", "one element around everything", "none", 0, min(1, len(src)))
	}
	return nil
}

func (d *Doc) fail(msg, want, found string, start, end int) *Error {
	return &Error{Msg: msg, Want: want, Found: found, Start: start, End: min(end, len(d.Src))}
}

// markup reads what begins with <.
func (d *Doc) markup(at int) (int, *Error) {
	rest := d.Src[at:]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return d.skip(at, 4, "-->", "a comment")
	case bytes.HasPrefix(rest, []byte("<?")):
		return d.skip(at, 2, "?>", "a processing instruction")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return d.text(at)
	case bytes.HasPrefix(rest, []byte("<!DOCTYPE")):
		err := d.fail("the document declares a document type, which is not read", "a document without DOCTYPE", "a DOCTYPE", at, at+9)
		err.Unread = true
		return at, err
	case bytes.HasPrefix(rest, []byte("</")):
		return d.close(at)
	}
	return d.element(at)
}

// skip passes over a comment or an instruction; inside of text it marks the run.
func (d *Doc) skip(at, head int, end, what string) (int, *Error) {
	i := bytes.Index(d.Src[at+head:], []byte(end))
	if i < 0 {
		return at, d.fail(what+" is not closed", "`"+end+"`", "the end of the document", at, at+head)
	}
	return at + head + i + len(end), nil
}

func (d *Doc) element(at int) (int, *Error) {
	end := nameEnd(d.Src, at+1)
	if end == at+1 {
		return at, d.fail("a `<` that begins no tag", "`&lt;` for the character itself", "a raw `<`", at, at+1)
	}
	if len(d.open) == 0 && len(d.Nodes) > 0 {
		return at, d.fail("a second element stands behind the first", "one element around everything", "`<"+string(d.Src[at+1:end])+">`", at, end)
	}
	if len(d.open) >= MaxDepth {
		return at, d.fail("the document nests deeper than "+strconv.Itoa(MaxDepth)+" elements", "a document that is less deep", "one more element", at, end)
	}
	n, err := d.add(Node{Kind: Element, Start: int32(at), NameStart: int32(at + 1), NameEnd: int32(end), Attrs: int32(len(d.Attrs))})
	if err != nil {
		return at, err
	}
	scope := int32(len(d.bindings))
	end, closed, err := d.attributes(end, n)
	if err != nil {
		return at, err
	}
	d.name(n)
	d.Nodes[n].End = int32(end)
	if closed {
		d.bindings = d.bindings[:scope]
		return end, nil
	}
	d.open = append(d.open, frame{node: int32(n), last: -1, bindings: scope})
	return end, nil
}

// add appends a node as the next child of the element that is open.
func (d *Doc) add(n Node) (int, *Error) {
	if len(d.Nodes) >= MaxNodes {
		return 0, d.fail("the document has more than "+strconv.Itoa(MaxNodes)+" nodes", "a document with fewer", "one more", int(n.Start), int(n.Start)+1)
	}
	n.First, n.Next = -1, -1
	i := int32(len(d.Nodes))
	d.Nodes = append(d.Nodes, n)
	if top := len(d.open); top > 0 {
		f := &d.open[top-1]
		if f.last < 0 {
			d.Nodes[f.node].First = i
		} else {
			d.Nodes[f.last].Next = i
		}
		f.last = i
	}
	return int(i), nil
}

func (d *Doc) close(at int) (int, *Error) {
	end := nameEnd(d.Src, at+2)
	name := d.Src[at+2 : end]
	stop := space(d.Src, end)
	if stop >= len(d.Src) || d.Src[stop] != '>' {
		return at, d.fail("a closing tag that does not end", "`>`", found(d.Src, stop), at, stop+1)
	}
	top := len(d.open) - 1
	if top < 0 {
		return at, d.fail("`</"+string(name)+">` closes nothing", "no closing tag here", "`</"+string(name)+">`", at, stop+1)
	}
	n := &d.Nodes[d.open[top].node]
	if !bytes.Equal(d.Name(n), name) {
		return at, d.fail("the element `"+string(d.Name(n))+"` is closed by `</"+string(name)+">`",
			"`</"+string(d.Name(n))+">`", "`</"+string(name)+">`", at, stop+1)
	}
	n.End = int32(stop + 1)
	d.bindings = d.bindings[:d.open[top].bindings]
	d.open = d.open[:top]
	return stop + 1, nil
}

func found(src []byte, at int) string {
	if at >= len(src) {
		return "the end of the document"
	}
	return "`" + string(src[at:at+1]) + "`"
}

// nameEnd is where a name that begins at i ends (XML 1.0, production 5): wider
// than the standard for code points above ASCII.
func nameEnd(src []byte, i int) int {
	if i >= len(src) || !nameStart(src[i]) {
		return i
	}
	for i < len(src) && (nameStart(src[i]) || src[i] == '-' || src[i] == '.' || src[i]-'0' <= 9) {
		i++
	}
	return i
}

func nameStart(c byte) bool {
	return c|0x20-'a' <= 'z'-'a' && c|0x20 >= 'a' || c == '_' || c == ':' || c >= 0x80
}

func space(src []byte, i int) int {
	for i < len(src) && (src[i] == ' ' || src[i] == '\n' || src[i] == '\t' || src[i] == '\r') {
		i++
	}
	return i
}
