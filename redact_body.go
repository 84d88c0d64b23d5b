package faultline

import (
	"bytes"
	"strings"
)

// body masks a body by its media type, each byte by one byte.
func (m *masker) body(b *Body, contentType string) {
	if len(b.Tail) > 0 {
		m.json(b.Tail) // events and Connect hold JSON; what is none is left
		copy(b.Tail, m.tokens(string(b.Tail)))
	}
	view := b.Bytes()
	if len(view) == 0 {
		return
	}
	before := m.count
	media, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	media = strings.TrimSpace(media)
	first := bytes.TrimLeft(view, " \t\r\n")
	switch {
	case media == "application/x-www-form-urlencoded":
		copy(view, m.pairs(string(view)))
	case strings.HasPrefix(media, "multipart/"):
		m.multipart(view, contentType)
	case strings.Contains(media, "json") || len(first) > 0 && (first[0] == '{' || first[0] == '['):
		m.json(view)
	case strings.Contains(media, "xml") || media != "text/html" && len(first) > 0 && first[0] == '<':
		m.xml(view)
	}
	if bytes.Contains(view, []byte("eyJ")) {
		copy(view, m.tokens(string(view)))
	}
	if m.count > before && b.Decoded != nil && len(b.Raw) > 0 && &b.Raw[0] != &b.Decoded[0] {
		// The bytes that travelled hold the secret inside the content coding.
		b.Raw = nil
		b.Note = "the encoded bytes are not kept, because they hold a secret"
	}
}

// json masks the values of secret members. It walks the tokens without a
// parser, so that malformed and cut bodies are masked as well.
func (m *masker) json(b []byte) {
	depth := 0
	hidden := 0     // depth of the container all of which is secret; 0: none
	secret := false // is the member whose value comes next
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '"':
			end := stringEnd(b, i)
			content := b[i+1 : max(end-1, i+1)]
			if end == len(b) && (len(content) == 0 || b[end-1] != '"' || end-1 == i) {
				content = b[i+1:] // cut off inside the string
			}
			next := skipSpace(b, end)
			switch {
			case next < len(b) && b[next] == ':':
				var room [usualName]byte
				secret = m.secretLow(lower(room[:0], content))
				end = next + 1
			case hidden > 0 || secret:
				copy(content, m.cover(string(content)))
				secret = false
			default:
				secret = false
			}
			i = end
		case c == '{' || c == '[':
			depth++
			if hidden == 0 && secret {
				hidden = depth
			}
			secret = false
			i++
		case c == '}' || c == ']':
			if hidden == depth {
				hidden = 0
			}
			depth--
			secret = false
			i++
		case c == '-' || '0' <= c && c <= '9':
			end := i
			for end < len(b) && strings.IndexByte("+-.eE0123456789", b[end]) >= 0 {
				end++
			}
			if hidden > 0 || secret {
				m.number(b[i:end])
			}
			secret = false
			i = end
		case c|0x20 >= 'a' && c|0x20 <= 'z' && (hidden > 0 || secret):
			i = m.bare(b, i)
			secret = false
		default:
			if c == ',' {
				secret = false
			}
			i++
		}
	}
}

// number masks digits by ones, so that it stays a number.
func (m *masker) number(b []byte) {
	if len(bytes.Trim(b, "1")) == 0 {
		return
	}
	m.note(string(b))
	for i, c := range b {
		if '0' <= c && c <= '9' {
			b[i] = '1'
		}
	}
}

// stringEnd returns the index after the closing quote of the string that
// begins at i, or the end of the text.
func stringEnd(b []byte, i int) int {
	for j := i + 1; j < len(b); j++ {
		switch b[j] {
		case '\\':
			j++
		case '"':
			return j + 1
		}
	}
	return len(b)
}

func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}

// multipart masks the content of parts whose name is that of a secret (RFC
// 7578, section 4.2).
func (m *masker) multipart(b []byte, contentType string) {
	_, boundary, ok := strings.Cut(contentType, "boundary=")
	if !ok {
		return
	}
	boundary, _ = cutAny(strings.TrimPrefix(boundary, `"`), `";`)
	delimiter := []byte("--" + boundary)
	for {
		i := bytes.Index(b, delimiter)
		if i < 0 {
			return
		}
		b = b[i+len(delimiter):]
		head, content, ok := bytes.Cut(b, []byte("\r\n\r\n"))
		if !ok {
			return
		}
		if end := bytes.Index(content, append([]byte("\r\n"), delimiter...)); end >= 0 {
			content = content[:end]
		}
		if name, ok := partName(string(head)); ok && m.secret(name) {
			copy(content, m.cover(string(content)))
		}
	}
}

func partName(head string) (string, bool) {
	_, rest, ok := strings.Cut(head, ` name="`)
	if !ok {
		return "", false
	}
	name, _, ok := strings.Cut(rest, `"`)
	return name, ok
}
