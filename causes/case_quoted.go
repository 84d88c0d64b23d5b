package causes

import "strings"

// quoted is the value that the server names behind one of the markers, which
// are in lower case: "jwt issuer invalid. expected: https://id.example.com/",
// "Expected iss claim to be: X, but was: Y". It is empty if there is none, or
// if what stands there is prose.
func (c *Case) quoted(markers ...string) string {
	text := c.toHear()
	low := lowerASCII(text)
	for _, marker := range markers {
		at := strings.Index(low, marker)
		if at < 0 {
			continue
		}
		if value := firstValue(text[at+len(marker):]); value != "" {
			return value
		}
	}
	return ""
}

// lowerASCII keeps offsets: strings.ToLower changes the length of some letters,
// and of bytes that are none.
func lowerASCII(s string) string {
	out := []byte(s)
	for i, c := range out {
		if 'A' <= c && c <= 'Z' {
			out[i] = c + 'a' - 'A'
		}
	}
	return string(out)
}

// firstValue reads a value in quotes, or a word that is no prose.
func firstValue(text string) string {
	text = strings.TrimLeft(text, " :=([")
	if text == "" {
		return ""
	}
	if end := strings.IndexByte("\"'`", text[0]); end >= 0 {
		value, _, closed := strings.Cut(text[1:], text[:1])
		if !closed || value == "null" {
			return ""
		}
		return value
	}
	value := text
	if end := strings.IndexAny(text, " \t\r\n\"'`<>{}"); end >= 0 {
		value = text[:end]
	}
	value = strings.TrimRight(value, ",;.)]\"'")
	if !strings.ContainsAny(value, ":/-_0123456789") {
		return ""
	}
	return value
}
