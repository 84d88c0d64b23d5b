package format

// pointer is a JSON Pointer of RFC 6901, section 3.
func pointer(b []byte) fault {
	if len(b) > 0 && b[0] != '/' {
		return fault{0, "a JSON Pointer is empty or begins with /"}
	}
	for i, c := range b {
		if c == '~' && (i+1 == len(b) || b[i+1] != '0' && b[i+1] != '1') {
			return fault{i, "0 or 1 follows a ~"}
		}
	}
	return none
}

// relativePointer is of draft-bhutton-relative-json-pointer-00, section 3, with
// the index manipulation that it has before a # in its examples too.
func relativePointer(b []byte) fault {
	n := digits(b)
	switch {
	case n == 0:
		return fault{0, "a relative JSON Pointer begins with a number"}
	case n > 1 && b[0] == '0':
		return fault{0, "the number has no leading zero"}
	}
	if n < len(b) && (b[n] == '+' || b[n] == '-') {
		by := digits(b[n+1:])
		switch {
		case by == 0:
			return fault{n + 1, "a number follows a sign"}
		case by > 1 && b[n+1] == '0':
			return fault{n + 1, "the number has no leading zero"}
		}
		n += 1 + by
	}
	if string(b[n:]) == "#" {
		return none
	}
	return pointer(b[n:]).from(n)
}

// uuid is the form of RFC 9562, section 4. Every version and variant is let
// pass: the specification of the format names none.
func uuid(b []byte) fault {
	for i, c := range b {
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return fault{i, "hyphens separate 8, 4, 4, 4 and 12 digits"}
			}
		case 36:
			return fault{36, "a UUID has 36 characters, it has more"}
		default:
			if !hexDigit(c) {
				return fault{i, "this character is no hexadecimal digit"}
			}
		}
	}
	if len(b) < 36 {
		return fault{len(b), "a UUID has 36 characters, it has fewer"}
	}
	return none
}
