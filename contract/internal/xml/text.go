package xml

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// text reads character data up to the next tag: a run goes on over CDATA
// sections, comments and instructions.
func (d *Doc) text(at int) (int, *Error) {
	start, marked, i := at, false, at
	for i < len(d.Src) {
		length := bytes.IndexByte(d.Src[i:], '<')
		if length < 0 {
			length = len(d.Src) - i
		}
		if err := d.references(i, i+length); err != nil {
			return at, err
		}
		marked = marked || bytes.ContainsAny(d.Src[i:i+length], "&\r")
		i += length
		next, err := d.inside(i)
		if err != nil {
			return at, err
		}
		if next == i {
			break
		}
		i, marked = next, true
	}
	if len(d.open) > 0 {
		_, err := d.add(Node{Kind: Text, Marked: marked, Start: int32(start), End: int32(i)})
		return i, err
	}
	if outside := space(d.Src, start); outside < i && d.Src[outside] != '<' || marked && bytes.Contains(d.Src[start:i], []byte("<![CDATA[")) {
		return at, d.fail("text stands outside of the root element", "one element around everything", found(d.Src, outside), outside, outside+1)
	}
	return i, nil
}

// inside passes over one piece of markup that does not end a run of text.
func (d *Doc) inside(at int) (int, *Error) {
	rest := d.Src[at:]
	switch {
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return d.skip(at, 9, "]]>", "a CDATA section")
	case bytes.HasPrefix(rest, []byte("<!--")), bytes.HasPrefix(rest, []byte("<?")):
		return d.markup(at)
	}
	return at, nil
}

// references checks the references and characters of some text (XML 1.0,
// sections 2.2 and 4.1).
func (d *Doc) references(start, end int) *Error {
	for i := start; i < end; i++ {
		switch c := d.Src[i]; {
		case c == '&':
			length := bytes.IndexByte(d.Src[i:min(end, i+maxReference)], ';')
			if length < 0 {
				return d.fail("a raw `&`", "`&amp;` for the character itself", "`&`", i, i+1)
			}
			if _, ok := entity(d.Src[i+1 : i+length]); !ok {
				return d.fail("the reference `"+string(d.Src[i:i+length+1])+"` names no known character",
					"one of `&lt;`, `&gt;`, `&amp;`, `&quot;`, `&apos;` and `&#...;`", "`"+string(d.Src[i:i+length+1])+"`", i, i+length+1)
			}
			i += length
		case c < 0x20 && c != '\t' && c != '\n' && c != '\r':
			return d.fail("the control character 0x"+strconv.FormatUint(uint64(c), 16)+" stands in the document", "characters that XML allows", "0x"+strconv.FormatUint(uint64(c), 16), i, i+1)
		}
	}
	return nil
}

// maxReference is longer than every reference that is known.
const maxReference = 16

// entity is the character that a reference without & and ; stands for.
func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	n, base := name[1:], rune(10)
	if n[0] == 'x' {
		n, base = n[1:], 16
	}
	return charRef(n, base)
}

func charRef(digits []byte, base rune) (rune, bool) {
	var r rune
	for _, c := range digits {
		v := rune(c - '0')
		if c|0x20 >= 'a' && c|0x20 <= 'f' {
			v = rune(c|0x20-'a') + 10
		} else if c < '0' || c > '9' {
			return 0, false
		}
		if v >= base {
			return 0, false
		}
		if r = r*base + v; r > utf8.MaxRune {
			return 0, false
		}
	}
	allowed := r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r != 0xFFFE && r != 0xFFFF
	return r, len(digits) > 0 && allowed && utf8.ValidRune(r)
}

// AppendText appends the characters that a run of text stands for.
func (d *Doc) AppendText(dst []byte, n *Node) []byte {
	if !n.Marked {
		return append(dst, d.Src[n.Start:n.End]...)
	}
	for i := int(n.Start); i < int(n.End); {
		rest := d.Src[i:n.End]
		switch {
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			end := i + 9 + bytes.Index(rest[9:], []byte("]]>"))
			dst = appendLines(dst, d.Src[i+9:end])
			i = end + 3
		case rest[0] == '<':
			i, _ = d.inside(i)
		default:
			length := bytes.IndexByte(rest, '<')
			if length < 0 {
				length = len(rest)
			}
			dst = appendDecoded(dst, rest[:length], false)
			i += length
		}
	}
	return dst
}

// AppendValue appends the characters that the value of an attribute stands for
// (XML 1.0, section 3.3.3).
func (d *Doc) AppendValue(dst []byte, a *Attr) []byte {
	value := d.Src[a.Start:a.End]
	if !a.Marked {
		return append(dst, value...)
	}
	return appendDecoded(dst, value, true)
}

// appendLines makes every line end one newline (XML 1.0, section 2.11).
func appendLines(dst, text []byte) []byte {
	for i := 0; i < len(text); i++ {
		if text[i] != '\r' {
			dst = append(dst, text[i])
			continue
		}
		dst = append(dst, '\n')
		if i+1 < len(text) && text[i+1] == '\n' {
			i++
		}
	}
	return dst
}

func appendDecoded(dst, text []byte, attribute bool) []byte {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '&':
			length := bytes.IndexByte(text[i:], ';')
			r, _ := entity(text[i+1 : i+length])
			dst = utf8.AppendRune(dst, r)
			i += length
		case c == '\r' && i+1 < len(text) && text[i+1] == '\n':
		case c == '\r' && !attribute:
			dst = append(dst, '\n')
		case attribute && (c == '\r' || c == '\n' || c == '\t'):
			dst = append(dst, ' ')
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// Blank reports whether a run of text is white space only.
func (d *Doc) Blank(n *Node) bool {
	return space(d.Src[:n.End], int(n.Start)) == int(n.End)
}
