package format

import (
	"bytes"
	"unicode/utf8"
)

// base64 is RFC 4648, section 4, with its padding. What the last bits are
// worth is left to the decoder (section 3.5).
func base64(b []byte) fault {
	if f := base64Chars(b, '+', '/'); f.is() {
		return f
	}
	if len(b)%4 != 0 {
		return fault{len(b), "base64 comes in groups of four characters, padded with ="}
	}
	return none
}

// base64URL is RFC 4648, section 5. Its padding may be left out.
func base64URL(b []byte) fault {
	if f := base64Chars(b, '-', '_'); f.is() {
		return f
	}
	padded := bytes.IndexByte(b, '=') >= 0
	if padded && len(b)%4 != 0 || len(b)%4 == 1 {
		return fault{len(b), "base64url has another number of characters"}
	}
	return none
}

// base64Chars allows up to two = at the end.
func base64Chars(b []byte, c62, c63 byte) fault {
	end := len(b)
	for end > 0 && len(b)-end < 2 && b[end-1] == '=' {
		end--
	}
	for i, c := range b[:end] {
		if !alnum(c) && c != c62 && c != c63 {
			return fault{i, "this character is not of the alphabet"}
		}
	}
	if end%4 == 1 || end < len(b) && end%4 == 0 {
		return fault{end, "the last group is of another length"}
	}
	return none
}

func char(b []byte) fault {
	switch utf8.RuneCount(b) {
	case 0:
		return fault{0, "it is empty"}
	case 1:
		return none
	}
	_, n := utf8.DecodeRune(b)
	return fault{n, "it has more than one character"}
}

// decimal is a fixed point number in the form of JSON's, RFC 8259, section 6,
// without an exponent.
func decimal(b []byte) fault {
	n, _, f := fixedPoint(b)
	if !f.is() && n < len(b) {
		f = fault{n, "a decimal number has digits and a point"}
	}
	return f
}

// decimal128 may have an exponent, and at most the 34 significant digits of
// IEEE 754's format of this name.
func decimal128(b []byte) fault {
	n, significant, f := fixedPoint(b)
	if f.is() {
		return f
	}
	if significant > 34 {
		return fault{n, "it has more than 34 digits"}
	}
	if n == len(b) {
		return none
	}
	if b[n]|0x20 != 'e' {
		return fault{n, "a decimal number has digits, a point and an exponent"}
	}
	if n++; n < len(b) && (b[n] == '+' || b[n] == '-') {
		n++
	}
	if n == len(b) || digits(b[n:]) != len(b)-n {
		return fault{n, "the exponent is a whole number"}
	}
	return none
}

// fixedPoint reads a number up to its exponent and counts its digits, those of
// leading zeros not.
func fixedPoint(b []byte) (end, significant int, f fault) {
	if len(b) > 0 && b[0] == '-' {
		end = 1
	}
	start := end
	n := digits(b[start:])
	if n == 0 {
		return 0, 0, fault{start, "a number begins with a digit"}
	}
	if n > 1 && b[start] == '0' {
		return 0, 0, fault{start, "a number has no leading zero"}
	}
	end += n
	if end < len(b) && b[end] == '.' {
		n = digits(b[end+1:])
		if n == 0 {
			return 0, 0, fault{end + 1, "digits follow the point"}
		}
		end += 1 + n
	}
	for _, c := range b[start:end] {
		if c != '.' && (c != '0' || significant > 0) {
			significant++
		}
	}
	return end, significant, none
}
