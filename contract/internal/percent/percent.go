// Package percent reads percent-encoded text (RFC 3986, section 2.1). What is
// not well formed stands for itself.
package percent

import "strings"

// Octet returns the first byte that s stands for, and how many bytes of s it
// takes; a plus stands for a space if plus is set. s must not be empty.
func Octet(s string, plus bool) (c byte, n int) {
	switch {
	case s[0] == '+' && plus:
		return ' ', 1
	case s[0] == '%' && len(s) >= 3:
		hi, lo := digit(s[1]), digit(s[2])
		if hi >= 0 && lo >= 0 {
			return byte(hi<<4 | lo), 3
		}
	}
	return s[0], 1
}

func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// Decode returns the text that s stands for. It allocates only if there is
// something to decode.
func Decode(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	return string(Append(make([]byte, 0, len(s)), s, false))
}

// Append appends the text that s stands for to dst, with a space for each plus
// if plus is set, as in queries and forms.
func Append(dst []byte, s string, plus bool) []byte {
	for s != "" {
		c, n := Octet(s, plus)
		dst = append(dst, c)
		s = s[n:]
	}
	return dst
}
