package wire

import "strings"

// forName are the words for a name that was asked for.
func forName(name string) string {
	if name == "" {
		return ""
	}
	return ", for the name `" + clip(name) + "`"
}

// serverName reads the server_name extension of a ClientHello (RFC 8446,
// section 4.1.2, and RFC 6066, section 3) as far as it has arrived. "" where it
// has none, or where the bytes are not what they seem.
func serverName(raw string) string {
	s := skip(raw, 5+4+2+32) // the headers of record and handshake, version, random
	s = skipVector(s, 1)     // session id
	s = skipVector(s, 2)     // cipher suites
	s = skipVector(s, 1)     // compression methods
	s = skip(s, 2)           // length of the extensions
	for len(s) >= 4 {
		kind, length := int(s[0])<<8|int(s[1]), int(s[2])<<8|int(s[3])
		body := s[4:min(len(s), 4+length)]
		if kind == 0 {
			// A list of one name of type 0: list length, type, length, name.
			if name := skip(body, 5); len(name) > 0 && firstNot(name, &hostByte) < 0 && !strings.Contains(name, ":") {
				return name
			}
			return ""
		}
		s = skip(s, 4+length)
	}
	return ""
}

func skip(s string, n int) string { return s[min(n, len(s)):] }

// skipVector leaves out a vector whose length stands in so many bytes before it.
func skipVector(s string, width int) string {
	if len(s) < width {
		return ""
	}
	length := 0
	for i := range width {
		length = length<<8 | int(s[i])
	}
	return skip(s, width+length)
}
