package report

import (
	"unicode"
	"unicode/utf8"
)

// key is what was pressed: a character, or one of those below.
type key rune

const (
	keyNone key = -iota
	keyUp
	keyDown
	keyEnter
	keyEscape
	keyErase
	keyErased // the whole line
	keyQuit
)

// keysOf reads the bytes that a terminal in raw mode sends at once. An escape
// with nothing behind it is the key of that name; sequences of keys that have
// no meaning here are skipped whole.
func keysOf(in []byte) []key {
	var out []key
	for len(in) > 0 {
		k, n := firstKey(in)
		if k != keyNone {
			out = append(out, k)
		}
		in = in[n:]
	}
	return out
}

func firstKey(in []byte) (key, int) {
	switch in[0] {
	case 3, 4: // Ctrl-C, Ctrl-D
		return keyQuit, 1
	case '\r', '\n':
		return keyEnter, 1
	case 8, 127:
		return keyErase, 1
	case 21: // Ctrl-U
		return keyErased, 1
	case 27:
		return escaped(in)
	}
	r, n := utf8.DecodeRune(in)
	if r == utf8.RuneError || !unicode.IsPrint(r) {
		return keyNone, n
	}
	return key(r), n
}

// escaped reads what begins with an escape: ECMA-48, section 5.4, a control
// sequence ends with a byte from @ to ~.
func escaped(in []byte) (key, int) {
	if len(in) == 1 {
		return keyEscape, 1
	}
	if in[1] != '[' && in[1] != 'O' {
		return keyNone, 2
	}
	for i := 2; i < len(in); i++ {
		if in[i] < '@' || in[i] > '~' {
			continue
		}
		switch {
		case i == 2 && in[i] == 'A':
			return keyUp, 3
		case i == 2 && in[i] == 'B':
			return keyDown, 3
		}
		return keyNone, i + 1
	}
	return keyNone, len(in)
}
