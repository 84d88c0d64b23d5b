package report

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
)

const (
	// maxSaid is how much of an answer is quoted: what a server says about a
	// failure fits, a stack trace does not.
	maxSaid = 160

	// maxSearched bounds the search for names in an answer.
	maxSearched = 64 << 10
)

// serverSaid quotes the answer, and says whether it names what is wrong:
// whoever read it alone knows then what they could not know. Where evidence
// quotes the server already, it is not said again.
func (t *text) serverSaid() {
	if t.ex.Response == nil || t.ex.Response.Status < 400 {
		return
	}
	for i := range t.d.Findings {
		if len(t.d.Findings[i].Evidence) > 0 {
			return
		}
	}
	body := t.ex.Response.Body.Bytes()
	said := quoteBody(body)
	if said == "" {
		return
	}
	line := t.aside("server said  "+said, t.names(body))
	t.p.wrapped(13, line...)
}

// quoteBody is the beginning of a text body on one line; empty if it is no text.
func quoteBody(body []byte) string {
	head := body[:min(len(body), 8*maxSaid)]
	if !utf8.Valid(trimPartial(head)) || bytes.IndexByte(head, 0) >= 0 {
		return ""
	}
	text := strings.Join(strings.Fields(withoutMarkup(string(trimPartial(head)))), " ")
	if len(text) > maxSaid || len(head) < len(body) {
		return strings.ToValidUTF8(text[:min(len(text), maxSaid)], "") + "…"
	}
	return text
}

// unseen is what a page holds besides its words. The end may be cut off.
var unseen = regexp.MustCompile(`(?is)<(style|script)\b.*?(</(style|script)\s*>|$)|<!--.*?(-->|$)`)

// withoutMarkup takes the tags and escapes out of an HTML page.
func withoutMarkup(s string) string {
	s = strings.TrimPrefix(s, "\ufeff")
	if !strings.HasPrefix(strings.TrimLeft(s, " \t\r\n"), "<") {
		return s
	}
	s = unseen.ReplaceAllString(s, " ")
	var b strings.Builder
	tag := false
	for _, r := range s {
		switch {
		case r == '<':
			tag = true
			b.WriteByte(' ')
		case r == '>' && tag:
			tag = false
		case !tag:
			b.WriteRune(r)
		}
	}
	return html.UnescapeString(b.String())
}

// names says which of the findings' fields the answer names.
func (t *text) names(body []byte) string {
	body = body[:min(len(body), maxSearched)]
	var named []string
	fields := fieldsOf(t.d.Findings)
	for _, field := range fields {
		for _, name := range field {
			if bytes.Contains(body, []byte(name)) {
				named = append(named, name)
				break
			}
		}
	}
	switch n := len(fields); {
	case n == 0:
		return ""
	case len(named) == n && n == 1:
		return "names the field"
	case len(named) == n && n == 2:
		return "names both fields"
	case len(named) == n:
		return "names all fields"
	case len(named) > 0:
		return "names only `" + strings.Join(named, "` and `") + "`"
	case n == 1:
		return "does not name the field"
	case n == 2:
		return "names neither field"
	}
	return "names none of the fields"
}

// fieldsOf are the names by which a server could have named the place of each
// finding in the request.
func fieldsOf(findings []faultline.Finding) [][]string {
	var out [][]string
	for i := range findings {
		f := &findings[i]
		if f.At.Side != faultline.RequestSide {
			continue
		}
		var names []string
		switch {
		case f.At.In == faultline.InBody && f.At.Pointer != "" && !isIndex(lastStep(f.At.Pointer)):
			names = append(names, lastStep(f.At.Pointer))
		case f.At.In == faultline.InQuery || f.At.In == faultline.InCookie || f.At.In == faultline.InPath || f.At.In == faultline.InHeader:
			if f.At.Name != "" {
				names = append(names, f.At.Name, strings.ToLower(f.At.Name))
			}
		}
		if f.At.In == faultline.InBody && f.Detail.Field != "" {
			names = append(names, f.Detail.Field)
		}
		if len(names) > 0 {
			out = append(out, names)
		}
	}
	return out
}
