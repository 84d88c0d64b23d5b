package format

import "strings"

// token is one of RFC 9110, section 5.6.2, and ends where b[end] is no longer
// of it.
func token(b []byte, i int) (end int) {
	for end = i; end < len(b); end++ {
		if c := b[end]; !alnum(c) && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			break
		}
	}
	return end
}

// mediaRange is media-range of RFC 9110, section 12.5.1.
func mediaRange(b []byte) fault {
	slash := token(b, 0)
	if slash == 0 || slash == len(b) || b[slash] != '/' {
		return fault{slash, "a slash separates type and subtype"}
	}
	i := token(b, slash+1)
	if i == slash+1 {
		return fault{i, "the subtype is missing"}
	}
	if b[0] == '*' && slash == 1 && (b[slash+1] != '*' || i != slash+2) {
		return fault{slash + 1, "only * follows */"}
	}
	for i < len(b) {
		var f fault
		if i, f = mediaParameter(b, i); f.is() {
			return f
		}
	}
	return none
}

// mediaParameter is one of *( OWS ";" OWS [ parameter ] ), section 5.6.6.
func mediaParameter(b []byte, i int) (int, fault) {
	if i = spaces(b, i); i == len(b) || b[i] != ';' {
		return i, fault{i, "a semicolon stands before a parameter"}
	}
	i = spaces(b, i+1)
	name := token(b, i)
	if name == i {
		return i, none
	}
	if name == len(b) || b[name] != '=' {
		return i, fault{name, "a parameter has a value after ="}
	}
	i = name + 1
	if i < len(b) && b[i] == '"' {
		return quotedString(b, i)
	}
	end := token(b, i)
	if end == i {
		return i, fault{i, "the value of the parameter is missing"}
	}
	return end, none
}

func spaces(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t') {
		i++
	}
	return i
}

// quotedString is RFC 9110, section 5.6.4.
func quotedString(b []byte, i int) (int, fault) {
	for i++; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			return i + 1, none
		case c == '\\':
			if i++; i == len(b) {
				return i, fault{i, "the closing quote is missing"}
			}
			if b[i] < ' ' && b[i] != '\t' || b[i] == 0x7f {
				return i, fault{i, "a value cannot have this character"}
			}
		case c < ' ' && c != '\t' || c == 0x7f:
			return i, fault{i, "a value cannot have this character"}
		}
	}
	return i, fault{i, "the closing quote is missing"}
}
