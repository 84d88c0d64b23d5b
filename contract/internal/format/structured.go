package format

import "strings"

// sfString is sf-string of RFC 9651, section 3.3.3, with its quotes.
func sfString(b []byte) fault {
	if len(b) == 0 || b[0] != '"' {
		return fault{0, "a string begins with a quote"}
	}
	for i := 1; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"' && i == len(b)-1:
			return none
		case c == '"':
			return fault{i + 1, "nothing follows the closing quote"}
		case c == '\\':
			if i++; i == len(b) || b[i] != '"' && b[i] != '\\' {
				return fault{i, "a backslash stands before a quote or a backslash"}
			}
		case c < ' ' || c > '~':
			return fault{i, "a string has printable ASCII characters"}
		}
	}
	return fault{len(b), "the closing quote is missing"}
}

// sfToken is sf-token of RFC 9651, section 3.3.4.
func sfToken(b []byte) fault {
	if len(b) == 0 || !letter(b[0]) && b[0] != '*' {
		return fault{0, "a token begins with a letter or *"}
	}
	for i, c := range b {
		if !alnum(c) && strings.IndexByte("!#$%&'*+-.^_`|~:/", c) < 0 {
			return fault{i, "a token cannot have this character"}
		}
	}
	return none
}

// sfBinary is sf-binary of RFC 9651, section 3.3.5: base64 between colons,
// whose padding a reader may miss (section 4.2.7).
func sfBinary(b []byte) fault {
	if len(b) < 2 || b[0] != ':' || b[len(b)-1] != ':' {
		return fault{0, "a byte sequence stands between colons"}
	}
	return base64Chars(b[1:len(b)-1], '+', '/').from(1)
}

// sfBoolean is sf-boolean of RFC 9651, section 3.3.6.
func sfBoolean(b []byte) fault {
	if string(b) != "?0" && string(b) != "?1" {
		return fault{0, "a boolean is ?0 or ?1"}
	}
	return none
}
