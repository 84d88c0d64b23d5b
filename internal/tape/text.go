package tape

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

var pool = sync.Pool{New: func() any { return new(Tape) }}

// keepTokens is how large a tape may be to go back to the pool: one huge body
// should not hold its memory for good.
const keepTokens = 1 << 16

func get() *Tape { return pool.Get().(*Tape) }

func put(t *Tape) {
	t.Src = nil
	if cap(t.Tokens) <= keepTokens {
		pool.Put(t)
	}
}

// Text is the value of the string at token i, with its escapes undone.
func (t *Tape) Text(i int) string {
	tok := t.Tokens[i]
	content := t.Src[tok.Start+1 : tok.End-1]
	if !tok.Escaped {
		return string(content)
	}
	return string(AppendUnescaped(nil, content))
}

// AppendText appends the value of the string at token i to dst.
func (t *Tape) AppendText(dst []byte, i int) []byte {
	tok := t.Tokens[i]
	content := t.Src[tok.Start+1 : tok.End-1]
	if !tok.Escaped {
		return append(dst, content...)
	}
	return AppendUnescaped(dst, content)
}

// AppendUnescaped appends what stands between the quotes of a sound JSON
// string, with its escapes undone. A lone surrogate becomes U+FFFD.
func AppendUnescaped(dst, content []byte) []byte {
	for {
		i := bytes.IndexByte(content, '\\')
		if i < 0 || i+1 >= len(content) {
			return append(dst, content...)
		}
		dst = append(dst, content[:i]...)
		c := content[i+1]
		content = content[i+2:]
		if c != 'u' {
			dst = append(dst, plainEscape(c))
			continue
		}
		r := hexRune(content)
		content = content[4:]
		if utf16.IsSurrogate(r) {
			pair := rune(utf8.RuneError)
			if len(content) >= 6 && content[0] == '\\' && content[1] == 'u' {
				pair = utf16.DecodeRune(r, hexRune(content[2:]))
			}
			if r = pair; pair != utf8.RuneError {
				content = content[6:]
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
}

func plainEscape(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

func hexRune(b []byte) rune {
	var r rune
	for _, c := range b[:4] {
		d := rune(c | 0x20)
		if d >= 'a' {
			d -= 'a' - 10
		} else {
			d = rune(c - '0')
		}
		r = r<<4 | d
	}
	return r
}

// Quote returns s as JSON text: escaped no more than JSON asks for.
func Quote(s string) string { return string(AppendQuoted(nil, s)) }

// AppendQuoted appends s as a JSON string.
func AppendQuoted[T string | []byte](dst []byte, s T) []byte {
	return append(AppendEscaped(append(dst, '"'), s), '"')
}

// AppendEscaped appends what stands between the quotes of a JSON string. Bytes
// that are no UTF-8 are replaced.
func AppendEscaped[T string | []byte](dst []byte, s T) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := decodeRune(s[i:])
			if r == utf8.RuneError && n == 1 {
				dst = append(append(dst, s[from:i]...), "\uFFFD"...)
				from = i + 1
			}
			i += n
			continue
		}
		if i++; c < ' ' || c == '"' || c == '\\' {
			dst = appendEscape(append(dst, s[from:i-1]...), c)
			from = i
		}
	}
	return append(dst, s[from:]...)
}

func decodeRune[T string | []byte](s T) (rune, int) {
	var char [utf8.UTFMax]byte
	return utf8.DecodeRune(char[:copy(char[:], s)])
}

const shortEscapes = "\b\f\n\r\t\"\\"

// appendEscape appends one character.
func appendEscape(dst []byte, c byte) []byte {
	if i := strings.IndexByte(shortEscapes, c); i >= 0 {
		return append(dst, '\\', "bfnrt\"\\"[i])
	}
	if c < ' ' {
		const hex = "0123456789abcdef"
		return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
	}
	return append(dst, c)
}

// LineColumn returns the place of an offset as people count: lines end with a
// line feed, columns are code points, both begin with 1. An offset behind the
// end means the end.
func LineColumn(text []byte, offset int) (line, column int) {
	before := text[:max(0, min(offset, len(text)))]
	line = 1 + bytes.Count(before, []byte{'\n'})
	if nl := bytes.LastIndexByte(before, '\n'); nl >= 0 {
		before = before[nl+1:]
	}
	return line, 1 + utf8.RuneCount(before)
}

// A Twin is a key that stands twice in one object.
type Twin struct {
	First, Second int // tokens of the two keys
	In            int // token of the object
}

// Duplicates lists the keys that stand twice in one object, in the order of the
// second ones, and stops when it has that many. Keys are compared with their
// escapes undone.
func (t *Tape) Duplicates(most int) []Twin {
	var out []Twin
	var seen map[string]int
	for i, tok := range t.Tokens {
		if len(out) >= most {
			break
		}
		if tok.Kind != Object || tok.Count < 2 || t.plainlyDifferent(i) {
			continue
		}
		if seen == nil || len(seen) > fewKeys {
			seen = map[string]int{} // to clear a map costs what it once held
		}
		clear(seen)
		for key := range t.members(i) {
			name := t.Text(key)
			if first, twice := seen[name]; twice {
				if out = append(out, Twin{First: first, Second: key, In: i}); len(out) >= most {
					break
				}
				continue
			}
			seen[name] = key
		}
	}
	slices.SortFunc(out, func(a, b Twin) int { return a.Second - b.Second })
	return out
}

// plainlyDifferent reports whether an object of a few members has no twins, as
// a look at the bytes of their keys shows.
func (t *Tape) plainlyDifferent(object int) bool {
	const few = 24
	if t.Tokens[object].Count > few {
		return false
	}
	var keys [few]int
	n := 0
	for key := range t.members(object) {
		if t.Tokens[key].Escaped {
			return false
		}
		for _, other := range keys[:n] {
			if bytes.Equal(t.Bytes(key), t.Bytes(other)) {
				return false
			}
		}
		keys[n] = key
		n++
	}
	return true
}

// fewKeys is how many keys an object usually has.
const fewKeys = 64

// members yields the tokens of key and value of each member of the object.
func (t *Tape) members(object int) func(func(key, value int) bool) {
	return func(yield func(key, value int) bool) {
		end := int(t.Tokens[object].Next)
		for i := object + 1; i < end; i = int(t.Tokens[i+1].Next) {
			if !yield(i, i+1) {
				return
			}
		}
	}
}

// items yields the token of each item of the array.
func (t *Tape) items(array int) func(func(int) bool) {
	return func(yield func(int) bool) {
		end := int(t.Tokens[array].Next)
		for i := array + 1; i < end; i = int(t.Tokens[i].Next) {
			if !yield(i) {
				return
			}
		}
	}
}
