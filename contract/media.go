package contract

import "strings"

// mediaTypeOf is a media type in lower case and without parameters.
func mediaTypeOf(contentType string) string {
	t, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(t))
}

// isJSON reports whether a media type, in any case and without parameters, is
// JSON or has its suffix (RFC 6839, section 3.1).
func isJSON(t string) bool {
	return equalFold(t, "application/json") || equalFold(t, "text/json") || hasSuffixFold(t, "+json")
}

func equalFold(a, b string) bool { return strings.EqualFold(a, b) }

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}
