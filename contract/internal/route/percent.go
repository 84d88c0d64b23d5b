package route

import "strings"

// octet returns the byte at the beginning of s with percent-encoding removed,
// and how many bytes of s it takes.
func octet(s string) (c byte, n int) {
	if s[0] == '%' && len(s) >= 3 {
		hi, lo := hex(s[1]), hex(s[2])
		if hi >= 0 && lo >= 0 {
			return byte(hi<<4 | lo), 3
		}
	}
	return s[0], 1
}

// unit is how many bytes of s its first octet takes.
func unit(s string) int {
	if s == "" {
		return 0
	}
	_, n := octet(s)
	return n
}

func hex(c byte) int {
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

// decode removes percent-encoding; what is not well formed stays as it is.
func decode(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for s != "" {
		c, n := octet(s)
		out = append(out, c)
		s = s[n:]
	}
	return string(out)
}
