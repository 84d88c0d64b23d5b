package contract

import "strings"

// isBasic reports whether the credentials are base64 of name and password with
// a colon between them (RFC 7617, section 2). In which charset the two are
// written is left open there, so that it is not looked at.
func isBasic(value string) bool {
	scheme, text := authScheme(value)
	if !strings.EqualFold(scheme, "Basic") || len(text)%4 != 0 {
		return false
	}
	digits := strings.TrimRight(text, "=")
	if len(text)-len(digits) > 2 { // RFC 4648, section 4
		return false
	}
	colon := false
	var bits, n uint32
	for i := 0; i < len(digits); i++ {
		v, ok := base64Digit(digits[i])
		if !ok {
			return false
		}
		bits, n = bits<<6|v, n+6
		if n < 8 {
			continue
		}
		n -= 8
		c := byte(bits >> n)
		if c < ' ' || c == 0x7f { // no control characters in either
			return false
		}
		colon = colon || c == ':'
	}
	return colon
}

func base64Digit(c byte) (uint32, bool) {
	switch {
	case c >= 'A' && c <= 'Z':
		return uint32(c - 'A'), true
	case c >= 'a' && c <= 'z':
		return uint32(c-'a') + 26, true
	case c >= '0' && c <= '9':
		return uint32(c-'0') + 52, true
	case c == '+':
		return 62, true
	case c == '/':
		return 63, true
	}
	return 0, false
}
