package yaml

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// str reads a string; p.pos is at its opening quote.
func (p *jsonParser) str() (string, error) {
	start := p.pos + 1
	for i := start; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '"':
			p.pos = i + 1
			text := p.text[start:i]
			if !utf8.ValidString(text) {
				p.pos = start
				return "", p.fail("the string is not valid UTF-8", "save the file as UTF-8")
			}
			return text, nil
		case c == '\\':
			p.pos = i
			return p.escaped(start)
		case c < 0x20:
			p.pos = i
			return "", p.fail("a control character inside a string", "write it as an escape, such as \\n")
		}
	}
	return "", p.fail("the string has no end", "close it with a double quote")
}

// escaped goes on with a string from its first escape on.
func (p *jsonParser) escaped(start int) (string, error) {
	var b strings.Builder
	from := start
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == '"':
			b.WriteString(p.text[from:p.pos])
			p.pos++
			if !utf8.ValidString(b.String()) {
				return "", p.fail("the string is not valid UTF-8", "save the file as UTF-8")
			}
			return b.String(), nil
		case c == '\\':
			b.WriteString(p.text[from:p.pos])
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			b.WriteRune(r)
			from = p.pos
		case c < 0x20:
			return "", p.fail("a control character inside a string", "write it as an escape, such as \\n")
		default:
			p.pos++
		}
	}
	p.pos = len(p.text)
	return "", p.fail("the string has no end", "close it with a double quote")
}

const simpleEscapes = "\"\\/bfnrt"

func (p *jsonParser) escape() (rune, error) {
	if p.pos+1 >= len(p.text) {
		return 0, p.fail("the string has no end", "close it with a double quote")
	}
	c := p.text[p.pos+1]
	if c == 'u' {
		return p.unicode()
	}
	i := strings.IndexByte(simpleEscapes, c)
	if i < 0 {
		return 0, p.fail(fmt.Sprintf("`\\%c` is not an escape of JSON", rune(c)), "write \\\\ for a backslash")
	}
	p.pos += 2
	return rune("\"\\/\b\f\n\r\t"[i]), nil
}

// unicode reads \uXXXX, and a pair of them where the first is a surrogate. A
// lone surrogate becomes U+FFFD.
func (p *jsonParser) unicode() (rune, error) {
	r, ok := p.hex(p.pos)
	if !ok {
		return 0, p.fail("`\\u` without four hexadecimal digits", "")
	}
	p.pos += 6
	if !utf16.IsSurrogate(r) {
		return r, nil
	}
	if low, ok := p.hex(p.pos); ok {
		if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
			p.pos += 6
			return pair, nil
		}
	}
	return utf8.RuneError, nil
}

func (p *jsonParser) hex(at int) (rune, bool) {
	if at+6 > len(p.text) || p.text[at] != '\\' || p.text[at+1] != 'u' {
		return 0, false
	}
	v, err := strconv.ParseUint(p.text[at+2:at+6], 16, 32)
	return rune(v), err == nil
}
