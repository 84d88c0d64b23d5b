package faultline

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// Secrets that stand inside others, and copies of them elsewhere: servers
// repeat what they refuse, decoded and without what stood around it.

// know remembers a secret that the words of a diagnosis and the answer may
// repeat, and that is masked where it stands as a part of something else.
func (m *masker) know(secret string) {
	if len(secret) >= 4 && !Unfilled(secret) {
		m.seen = append(m.seen, secret)
	}
}

// inside remembers the parts of a credential: the password of Basic (RFC 7617)
// and the values of authentication parameters (RFC 9110, section 11.4).
func (m *masker) inside(scheme, rest string) {
	if strings.HasPrefix(rest, dots) {
		return
	}
	if strings.EqualFold(scheme, "Basic") {
		decoded, err := base64.StdEncoding.DecodeString(rest)
		if err != nil {
			decoded, _ = base64.RawURLEncoding.DecodeString(rest)
		}
		_, password, _ := strings.Cut(string(decoded), ":")
		m.know(password)
		return
	}
	const most = 20
	for range most {
		_, value, found := strings.Cut(rest, `="`)
		if !found {
			break
		}
		value, rest, _ = strings.Cut(value, `"`)
		if len(value) >= 12 {
			m.know(value) // shorter ones are names: of a user, a realm, an algorithm
		}
	}
	_, last, _ := strings.Cut(rest, " ")
	m.know(last) // Bearer Bearer eyJ…
}

// mostSwept bounds the secrets that are looked for in an answer.
const mostSwept = 64

// echoed masks what an answer repeats of the secrets of its request.
func (m *masker) echoed(b *Body) {
	before := m.count
	m.sweep(b.Bytes())
	if m.count > before && b.Decoded != nil && len(b.Raw) > 0 && &b.Raw[0] != &b.Decoded[0] {
		b.Raw, b.Note = nil, "the encoded bytes are not kept, because they hold a secret"
	}
}

// sweep takes what the request keeps secret out of a text of the answer, byte by byte.
func (m *masker) sweep(view []byte) {
	for _, secret := range m.seen[:min(len(m.seen), mostSwept)] {
		if len(secret) < 8 {
			continue // too short to be told from words
		}
		for from := 0; ; {
			i := bytes.Index(view[from:], []byte(secret))
			if i < 0 {
				break
			}
			from += i
			copy(view[from:], strings.Repeat("*", len(secret)))
			m.count++
		}
	}
}

// xml masks the text of elements whose name is that of a secret.
func (m *masker) xml(b []byte) {
	for i := 0; i < len(b); {
		open := bytes.IndexByte(b[i:], '<')
		if open < 0 {
			return
		}
		i += open + 1
		end := bytes.IndexByte(b[i:], '>')
		if end < 0 {
			return
		}
		name, _ := cutAny(string(b[i:i+min(end, 100)]), " \t\r\n/>")
		if colon := strings.IndexByte(name, ':'); colon >= 0 {
			name = name[colon+1:]
		}
		i += end + 1
		if name == "" || b[i-2] == '/' || !m.secret(name) {
			continue
		}
		text := b[i:]
		if end = bytes.IndexByte(text, '<'); end >= 0 {
			text = text[:end]
		}
		if len(bytes.TrimSpace(text)) > 0 {
			copy(text, m.cover(string(text)))
		}
	}
}

// bare masks a value that stands in JSON without quotes, and returns where it ends.
func (m *masker) bare(b []byte, i int) int {
	end := i
	for end < len(b) && strings.IndexByte(",}] \t\r\n\"", b[end]) < 0 {
		end++
	}
	switch word := string(b[i:end]); word {
	case "true", "false", "null":
	default:
		copy(b[i:end], m.cover(word))
	}
	return end
}
