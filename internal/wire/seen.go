package wire

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// see reads a request as leniently as any server does: it takes every line
// end, joins folded lines, and passes over what it cannot read.
func see(raw string, lim Limits) *Seen {
	s := &Seen{}
	first, rest, _ := strings.Cut(strings.TrimLeft(raw, "\r\n"), "\n")
	words := strings.Fields(strings.TrimRight(first, "\r"))
	if len(words) == 0 || firstNot(words[0], &tokenByte) >= 0 {
		return s // what stands there may be a body, with its secrets
	}
	s.Method, words = words[0], words[1:]
	if n := len(words); n > 1 && len(words[n-1]) > 4 && lowerEqual(words[n-1][:4], "http") {
		words = words[:n-1]
	}
	// A space inside the target is meant as part of it.
	s.Target = withoutUser(strings.Join(words, "%20"))
	known := false // the line before was a field
	for rest != "" && len(s.Header) < lim.Fields {
		var text string
		text, rest, _ = strings.Cut(rest, "\n")
		text = strings.TrimSuffix(text, "\r")
		if text == "" {
			break
		}
		if folded := text[0] == ' ' || text[0] == '\t'; folded {
			if n := len(s.Header); n > 0 && known {
				s.Header[n-1].Value = strings.TrimSpace(s.Header[n-1].Value + " " + trimOWS(text))
			}
			continue
		}
		name, value, ok := strings.Cut(text, ":")
		name = trimOWS(name)
		value = trimOWS(value)
		if lowerEqual(name, "host") {
			value = value[strings.LastIndexByte(value, '@')+1:]
		}
		if known = ok && name != "" && firstNot(name, &tokenByte) < 0; known {
			s.Header = append(s.Header, faultline.Field{Name: name, Value: value})
		}
	}
	return s
}

// withoutUser takes user and password out of a URL: what they are for is not
// known, and they are nobody else's business.
func withoutUser(target string) string {
	scheme, rest, ok := strings.Cut(target, "://")
	authority := rest
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		authority = rest[:i]
	}
	at := strings.LastIndexByte(authority, '@')
	if !ok || at < 0 {
		return target
	}
	return scheme + "://" + rest[at+1:]
}

// nameOf is the name that a field line begins with, colon or not.
func nameOf(text string) string {
	if end := firstNot(text, &tokenByte); end >= 0 {
		return text[:end]
	}
	return ""
}
