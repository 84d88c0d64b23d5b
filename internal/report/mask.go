package report

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

// masked is the sign of a value that was taken out. Whoever recorded the
// exchange may have put it there already.
const masked = "•••"

// secretNames are the ends of names of header fields and parameters that carry
// credentials.
var secretNames = []string{"token", "secret", "password", "passwd", "signature", "credential", "credentials", "api-key", "api_key", "apikey", "assertion"}

// secretWords are such names as a whole.
var secretWords = map[string]bool{
	"authorization": true, "proxy-authorization": true, "cookie": true, "set-cookie": true, "sig": true, "auth": true, "pwd": true,
	"jwt": true, "key": true, "code_verifier": true, "sid": true, "session": true, "sessionid": true, "x-auth": true, "code": true,
}

// notSecret sound like credentials and are not.
var notSecret = map[string]bool{
	"page_token": true, "next_token": true, "next_page_token": true, "continuation_token": true, "x-ms-continuation-token": true,
	"page-token": true, "pagetoken": true, "nextpagetoken": true,
}

func secretName(name string) bool {
	name = strings.ToLower(name)
	if notSecret[name] {
		return false
	}
	if secretWords[name] {
		return true
	}
	for _, end := range secretNames {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// fieldLine writes a header field as one line. Of a credential it keeps the
// scheme, which is public and often the mistake, and the length.
func fieldLine(f faultline.Field, span faultline.Span) (text string, shown faultline.Span) {
	prefix := f.Name + ": "
	at := len(prefix)
	if !secretName(f.Name) || strings.Contains(f.Value, masked) || f.Value == "" {
		if span.IsZero() {
			return prefix + f.Value, faultline.Span{Start: at, End: at + len(f.Value)}
		}
		return prefix + f.Value, faultline.Span{Start: at + span.Start, End: at + span.End}
	}
	value, secret := maskValue(f)
	end := at + len(value)
	if !span.IsZero() && span.End <= secret {
		return prefix + value, faultline.Span{Start: at + span.Start, End: at + span.End}
	}
	if !span.IsZero() && span.Start >= secret {
		return prefix + value, faultline.Span{Start: at + secret, End: end}
	}
	return prefix + value, faultline.Span{Start: at, End: end}
}

// maskValue describes a credential. secret is where the description begins.
func maskValue(f faultline.Field) (text string, secret int) {
	const longestScheme = 20 // a long first word is a key with a space behind it
	if scheme, rest, ok := strings.Cut(f.Value, " "); ok && len(scheme) <= longestScheme && strings.HasSuffix(strings.ToLower(f.Name), "authorization") {
		what := "credential"
		switch {
		case strings.Count(rest, ".") == 2 && strings.HasPrefix(rest, "ey"):
			what = "JWT"
		case strings.EqualFold(scheme, "bearer"):
			what = "token"
		}
		return fmt.Sprintf("%s [%s, %d characters]", scheme, what, len(rest)), len(scheme) + 1
	}
	return fmt.Sprintf("[%d characters]", len(f.Value)), 0
}

// edit is a replacement of bytes in a line.
type edit struct {
	start, end int
	text       string
}

// maskTarget takes the values of secret query parameters, and a password
// before the host, out of a request target.
func maskTarget(target string) (string, []edit) {
	var edits []edit
	path, query, ok := strings.Cut(target, "?")
	if scheme := strings.Index(path, "://"); scheme > 0 {
		authority, _, _ := strings.Cut(path[scheme+3:], "/")
		if at := strings.LastIndexByte(authority, '@'); at > 0 {
			edits = append(edits, edit{scheme + 3, scheme + 3 + at, masked})
		}
	}
	at := len(path) + 1
	for ok {
		pair, rest, more := strings.Cut(query, "&")
		name, value, _ := strings.Cut(pair, "=")
		if value != "" && secretName(name) && !strings.Contains(value, masked) {
			start := at + len(name) + 1
			edits = append(edits, edit{start, start + len(value), masked})
		}
		at += len(pair) + 1
		query, ok = rest, more
	}
	return apply(target, edits), edits
}

func apply(text string, edits []edit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.start] + e.text)
		at = e.end
	}
	return b.String() + text[at:]
}

// moved is where a span of the text is after the edits.
func moved(span faultline.Span, edits []edit) faultline.Span {
	return faultline.Span{Start: movedOffset(span.Start, edits, false), End: movedOffset(span.End, edits, true)}
}

func movedOffset(offset int, edits []edit, end bool) int {
	shift := 0
	for _, e := range edits {
		switch {
		case offset >= e.end:
			shift += len(e.text) - (e.end - e.start)
		case offset > e.start && end:
			return e.start + shift + len(e.text)
		case offset > e.start:
			return e.start + shift
		}
	}
	return offset + shift
}
