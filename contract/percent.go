package contract

import "strings"

// unescape removes percent-encoding (RFC 3986, section 2.1); what is not well
// formed stays as it is.
func unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	return string(appendUnescaped(make([]byte, 0, len(s)), s, false))
}

// appendUnescaped appends s to dst without its percent-encoding, and with a
// space for each plus if plus is set, as in queries and forms.
func appendUnescaped(dst []byte, s string, plus bool) []byte {
	for i := 0; i < len(s); i++ {
		c, n := octet(s[i:], plus)
		dst = append(dst, c)
		i += n - 1
	}
	return dst
}

// octet returns the first byte that s stands for, and how much of s it takes.
func octet(s string, plus bool) (c byte, n int) {
	switch {
	case s[0] == '+' && plus:
		return ' ', 1
	case s[0] == '%' && len(s) >= 3:
		hi, lo := hexDigit(s[1]), hexDigit(s[2])
		if hi >= 0 && lo >= 0 {
			return byte(hi<<4 | lo), 3
		}
	}
	return s[0], 1
}

func hexDigit(c byte) int {
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
