package ecma

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// syntaxCharacters and the slash stand for themselves after a backslash with
// the u flag.
const syntaxCharacters = `^$\.*+?()[]{}|/`

// atomEscape reads what follows a backslash outside of brackets.
func (p *parser) atomEscape(at int) (*node, bool) {
	switch c := p.peek(); {
	case c == 'b' || c == 'B':
		p.i++
		if c == 'b' {
			return &node{op: opWord}, false
		}
		return &node{op: opNotWord}, false
	case c >= '1' && c <= '9':
		if n, ok := p.backreference(at); ok {
			return n, true
		}
	case c == 'k' && (p.unicode || len(p.names) > 0):
		p.i++
		return p.namedReference(at)
	}
	if s, ok := p.classEscape(at); ok {
		return &node{op: opSet, set: s}, true
	}
	return one(p.characterEscape(at, false)), true
}

// backreference reads \1. Without the u flag, a number above that of the
// groups is an old octal escape.
func (p *parser) backreference(at int) (*node, bool) {
	start := p.i
	n, _ := p.number()
	if n <= p.total {
		return &node{op: opBackref, index: n}, true
	}
	p.i = start
	if p.unicode {
		p.fail(at, "there is no group of this number")
		return nil, true
	}
	return nil, false
}

// namedReference reads <name> after \k. The group may come later.
func (p *parser) namedReference(at int) (*node, bool) {
	if !p.eat("<") {
		p.fail(at, `a name in angle brackets follows \k`)
		return nil, false
	}
	name := p.groupName()
	index := p.names[name]
	if index == 0 {
		p.fail(at, "there is no group of the name "+name)
	}
	return &node{op: opBackref, index: index}, true
}

// groupName reads RegExpIdentifierName up to its closing bracket.
func (p *parser) groupName() string {
	at := p.i
	var name strings.Builder
	for p.more() && p.peek() != '>' {
		r := p.rune()
		if r == '\\' {
			if p.peek() != 'u' {
				p.fail(at, "this is no name of a group")
				return ""
			}
			p.i++
			r, _ = p.unicodeEscape(true)
		}
		ok := r == '$' || r == '_' || idStart().has(r) || name.Len() > 0 && (r == 0x200c || r == 0x200d || idContinue().has(r))
		if !ok {
			p.fail(at, "this is no name of a group")
			return ""
		}
		name.WriteRune(r)
	}
	if name.Len() == 0 || !p.eat(">") {
		p.fail(at, "this is no name of a group")
		return ""
	}
	return name.String()
}

// classEscape reads \d, \s, \w, \p and their opposites.
func (p *parser) classEscape(at int) (set, bool) {
	c := p.peek()
	var s set
	switch c | 0x20 {
	case 'd':
		s = digitSet()
	case 's':
		s = spaceSet()
	case 'w':
		s = wordSet()
	case 'p':
		if !p.unicode {
			return nil, false
		}
		p.i++
		s = p.property(at)
		if c == 'P' {
			s = s.not()
		}
		return s, true
	default:
		return nil, false
	}
	if p.i++; c < 'a' {
		s = s.not()
	}
	return s, true
}

// property reads the braces after \p.
func (p *parser) property(at int) set {
	end := strings.IndexByte(p.src[p.i:], '}')
	if p.peek() != '{' || end < 0 {
		p.fail(at, `braces with the name of a property follow \p`)
		return nil
	}
	text := p.src[p.i+1 : p.i+end]
	p.i += end + 1
	if s, ok := p.known[text]; ok {
		return s
	}
	s, ok := lookupProperty(text)
	if !ok {
		p.fail(at, "there is no Unicode property "+text)
	}
	p.known[text] = s
	return s
}

// characterEscape reads an escape that stands for one character.
func (p *parser) characterEscape(at int, inClass bool) rune {
	if !p.more() {
		p.fail(at, "nothing follows the backslash")
		return 0
	}
	start := p.i
	r := p.rune()
	switch r {
	case 't':
		return '\t'
	case 'n':
		return '\n'
	case 'v':
		return '\v'
	case 'f':
		return '\f'
	case 'r':
		return '\r'
	case 'c':
		return p.controlEscape(at, start, inClass)
	case 'x':
		if v, ok := p.hex(2); ok {
			return v
		}
		if p.unicode {
			p.fail(at, `two hexadecimal digits follow \x`)
		}
		return r
	case 'u':
		if v, ok := p.unicodeEscape(p.unicode); ok {
			return v
		}
		if p.unicode {
			p.fail(at, `four hexadecimal digits follow \u, or any in braces`)
		}
		return r
	}
	if r >= '0' && r <= '9' {
		return p.octalEscape(at, start)
	}
	return p.identityEscape(at, r, inClass)
}

// controlEscape reads \cX. Where no letter follows, the backslash stands for
// itself without the u flag.
func (p *parser) controlEscape(at, start int, inClass bool) rune {
	c := p.peek()
	letter := c|0x20 >= 'a' && c|0x20 <= 'z'
	if letter || inClass && !p.unicode && (c == '_' || p.more() && c-'0' <= 9) {
		p.i++
		return rune(c & 31)
	}
	if p.unicode {
		p.fail(at, `a letter follows \c`)
		return 0
	}
	p.i = start
	return '\\'
}

// octalEscape reads \0, and without the u flag \1 to \377.
func (p *parser) octalEscape(at, start int) rune {
	first := p.src[start]
	if p.unicode {
		if first != '0' || p.more() && p.peek()-'0' <= 9 {
			p.fail(at, "a number after the backslash is no character here")
		}
		return 0
	}
	if first >= '8' {
		return rune(first)
	}
	v := rune(first - '0')
	for most := start + 3; p.i < most && p.more() && p.peek() >= '0' && p.peek() <= '7' && v*8+rune(p.peek()-'0') <= 0o377; p.i++ {
		v = v*8 + rune(p.peek()-'0')
	}
	return v
}

func (p *parser) identityEscape(at int, r rune, inClass bool) rune {
	switch {
	case !p.unicode:
		if r == 'k' && len(p.names) > 0 {
			p.fail(at, `a name in angle brackets follows \k`)
		}
	case inClass && r == '-':
	case r > unicode.MaxASCII || !strings.ContainsRune(syntaxCharacters, r):
		p.fail(at, "ECMA-262 has no escape \\"+string(r))
	}
	return r
}

// unicodeEscape reads what follows \u. Two surrogates are one character.
func (p *parser) unicodeEscape(braces bool) (rune, bool) {
	if braces && p.peek() == '{' {
		return p.codePoint()
	}
	start := p.i
	r, ok := p.hex(4)
	if !ok {
		p.i = start
		return 0, false
	}
	if utf16.IsSurrogate(r) && p.peek() == '\\' && p.byteAt(p.i+1) == 'u' {
		back := p.i
		p.i += 2
		low, ok := p.hex(4)
		if pair := utf16.DecodeRune(r, low); ok && pair != unicode.ReplacementChar {
			return pair, true
		}
		p.i = back
	}
	return r, true
}

// codePoint reads {1F600}.
func (p *parser) codePoint() (rune, bool) {
	start := p.i
	p.i++
	v, n := rune(0), 0
	for ; p.more() && p.peek() != '}'; p.i++ {
		d := hexValue(p.peek())
		if d < 0 || v > unicode.MaxRune {
			p.i = start
			return 0, false
		}
		v = v<<4 | d
		n++
	}
	if n == 0 || v > unicode.MaxRune || !p.eat("}") {
		p.i = start
		return 0, false
	}
	return v, true
}

func (p *parser) hex(n int) (rune, bool) {
	v := rune(0)
	for k := range n {
		d := hexValue(p.byteAt(p.i + k))
		if d < 0 {
			return 0, false
		}
		v = v<<4 | d
	}
	p.i += n
	return v, true
}

func hexValue(c byte) rune {
	switch {
	case c-'0' <= 9:
		return rune(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return rune(c|0x20) - 'a' + 10
	}
	return -1
}
