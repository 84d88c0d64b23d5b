package tape

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// A Fault is what stops a scan.
type Fault uint8

// The faults of strings and numbers.
const (
	NoFault      Fault = iota
	Unterminated       // the text ends inside the string
	Control            // a control character that is not escaped
	BadEscape          // a backslash that begins no escape
	BadUTF8            // bytes that are not UTF-8
)

// SkipSpace returns the offset of the first byte from at on that is no white
// space of JSON, or len(src).
func SkipSpace(src []byte, at int) int {
	for at < len(src) {
		if c := src[at]; c > ' ' || c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return at
		}
		at++
	}
	return at
}

const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// Eight is the eight bytes at src[i], the first in the lowest bits. The caller
// knows that they are there. The bound on the capacity lets the compiler do
// with one load: 8 % of a verdict.
func Eight(src []byte, i int) uint64 {
	return binary.LittleEndian.Uint64(src[i : i+8 : i+8])
}

// NotPlain has the high bit of each byte set, from the lowest wrong byte on,
// that is a quote, a backslash, a control character or not ASCII.
func NotPlain(w uint64) uint64 {
	quote := w ^ (lows * '"')
	slash := w ^ (lows * '\\')
	return (w | (w - lows*0x20) | (quote - lows) | (slash - lows)) & highs
}

// ScanString goes over the string that begins with the quote at src[at]. end is
// behind the closing quote, or where the fault is: the backslash, the control
// character, the byte that is not UTF-8, len(src).
//
// A lone surrogate in an escape is let pass: RFC 8259, section 8.2, allows it.
func ScanString(src []byte, at int) (end int, escaped bool, fault Fault) {
	return ScanRest(src, at+1)
}

// ScanRest is ScanString from a character within the string on.
func ScanRest(src []byte, i int) (end int, escaped bool, fault Fault) {
	for {
		for i+8 <= len(src) {
			odd := NotPlain(Eight(src, i))
			if odd != 0 {
				i += bits.TrailingZeros64(odd) >> 3
				break
			}
			i += 8
		}
		for {
			if i >= len(src) {
				return i, escaped, Unterminated
			}
			c := src[i]
			if c == '"' {
				return i + 1, escaped, NoFault
			}
			if c < ' ' {
				return i, escaped, Control
			}
			if c == '\\' {
				n := escapeLen(src, i)
				if n == 0 {
					return i, escaped, BadEscape
				}
				escaped = true
				i += n
				break
			}
			if c >= utf8.RuneSelf {
				n := runeLen(src, i)
				if n == 0 {
					return i, escaped, BadUTF8
				}
				i += n
				break
			}
			i++
		}
	}
}

// escapeLen is the length of the escape at src[i], 0 if it is none.
func escapeLen(src []byte, i int) int {
	if i+1 >= len(src) {
		return 0
	}
	switch src[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if i+6 > len(src) {
			return 0
		}
		for _, c := range src[i+2 : i+6] {
			if !isHex(c) {
				return 0
			}
		}
		return 6
	}
	return 0
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// runeLen is the length of the UTF-8 sequence at src[i], which is not ASCII, 0 if
// it is none (RFC 3629, section 4).
func runeLen(src []byte, i int) int {
	if i+1 >= len(src) || src[i+1]&0xc0 != 0x80 {
		return 0
	}
	c, next := src[i], src[i+1]
	switch {
	case c < 0xc2:
		return 0
	case c < 0xe0:
		return 2
	case i+2 >= len(src) || src[i+2]&0xc0 != 0x80:
		return 0
	case c < 0xf0:
		if c == 0xe0 && next < 0xa0 || c == 0xed && next > 0x9f {
			return 0 // too long a form, or a surrogate
		}
		return 3
	case i+3 >= len(src) || src[i+3]&0xc0 != 0x80:
		return 0
	case c > 0xf4 || c == 0xf0 && next < 0x90 || c == 0xf4 && next > 0x8f:
		return 0
	}
	return 4
}

// ScanNumber goes over the number at src[at] as RFC 8259, section 6, writes it.
// If it is none, end is where a digit is missing.
func ScanNumber(src []byte, at int) (end int, ok bool) {
	i := at
	if i < len(src) && src[i] == '-' {
		i++
	}
	switch {
	case i >= len(src):
		return i, false
	case src[i] == '0':
		i++
	case src[i] >= '1' && src[i] <= '9':
		i = digits(src, i)
	default:
		return i, false
	}
	if i < len(src) && src[i] == '.' {
		first := i + 1
		if i = digits(src, first); i == first {
			return i, false
		}
	}
	if i < len(src) && src[i]|0x20 == 'e' {
		i++
		if i < len(src) && (src[i] == '+' || src[i] == '-') {
			i++
		}
		first := i
		if i = digits(src, first); i == first {
			return i, false
		}
	}
	return i, true
}

func digits(src []byte, i int) int {
	for i < len(src) && src[i]-'0' <= 9 {
		i++
	}
	return i
}

// ScanLiteral returns the end of true, false or null at src[at].
func ScanLiteral(src []byte, at int) (end int, ok bool) {
	switch rest := src[at:]; {
	case len(rest) >= 4 && (string(rest[:4]) == "true" || string(rest[:4]) == "null"):
		return at + 4, true
	case len(rest) >= 5 && string(rest[:5]) == "false":
		return at + 5, true
	}
	return at, false
}
