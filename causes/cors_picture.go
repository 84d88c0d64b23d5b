package causes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/console"
	"github.com/faultline-http/faultline/internal/fetch"
)

// onlyBrowsers is what misleads everybody who meets CORS first.
var onlyBrowsers = faultline.Note{Label: "note", Text: "curl and Postman will succeed: only browsers enforce this"}

// corsFinding is what findings about a page's call have in common. What a
// browser meets first stands first.
func (c *Case) corsFinding(v *corsView, why fetch.Reason, s faultline.Strength, at faultline.Location, message string) faultline.Finding {
	f := faultline.Finding{Strength: s, At: at, Message: message, Notes: []faultline.Note{onlyBrowsers}}
	f.Rank = -max(0, slices.IndexFunc(v.wrong, func(w fetch.Verdict) bool { return w.Reason == why }))
	if v.vague && why != fetch.OtherOrigin {
		f.Strength = faultline.Possible
		f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "the browser's console: a call without credentials would have passed"})
	}
	if v.told.Reason != fetch.Allowed && (len(v.wrong) == 0 || c.Exchange.Response == nil || !fetch.Checked(&c.Exchange.Request)) {
		f.Evidence = append(f.Evidence, browserSaid(v))
	}
	return f
}

// browserSaid is the sentence of the console, and of which call it is.
func browserSaid(v *corsView) faultline.Evidence {
	title := string(v.told.Engine) + " said"
	if v.told.Engine == console.Other {
		title = "client said"
	}
	return faultline.Evidence{Kind: faultline.Fact, Title: title, Lines: []faultline.Line{{Text: short(v.told.Sentence)}}}
}

// mark is a place in the picture: carets under a part of a field's value, or
// under all of it if part is empty, and the words beside them.
type mark struct{ field, part, note string }

// corsPicture is the two sides of the exchange beside each other: what the
// browser asked, and what the server answered.
func (c *Case) corsPicture(v *corsView, marks ...mark) []faultline.Evidence {
	r, resp := &c.Exchange.Request, c.Exchange.Response
	if resp == nil || !fetch.Checked(r) {
		return nil
	}
	asked := faultline.Evidence{Kind: faultline.Excerpt, Title: "the browser asked, for a page on " + shortField(v.origin)}
	if v.preflight {
		asked.Lines = fieldLines(r.Header, marks, "Access-Control-Request-Method", "Access-Control-Request-Headers", "Access-Control-Request-Private-Network")
	} else {
		asked.Lines = fieldLines(r.Header, marks, "Origin")
		if fetch.WithCredentials(r) {
			asked.Lines = append(asked.Lines, faultline.Line{Text: "Cookie: [not shown]", Note: "credentials"})
		}
	}
	answered := faultline.Evidence{Kind: faultline.Excerpt, Title: "the server answered"}
	answered.Lines = fieldLines(resp.Header, append(marks, v.matches(resp.Header, marks)...),
		"Location", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers",
		"Access-Control-Allow-Private-Network", "Access-Control-Expose-Headers", "X-Rack-CORS", "Age", "X-Cache", "CF-Cache-Status")
	for _, m := range marks {
		if strings.HasPrefix(m.field, "Access-Control-Allow-") && !resp.Header.Has(m.field) {
			answered.Lines = append(answered.Lines, faultline.Line{Text: "no " + m.field, Note: m.note})
		}
	}
	if len(answered.Lines) == 0 {
		answered.Lines = []faultline.Line{{Text: fmt.Sprintf("status %d, and no Access-Control field", resp.Status)}}
	}
	var out []faultline.Evidence
	if len(asked.Lines) > 0 {
		out = append(out, asked)
	}
	return append(out, answered)
}

// matches marks the fields of the answer that are as they should be.
func (v *corsView) matches(h faultline.Header, taken []mark) []mark {
	var out []mark
	add := func(field string, good bool) {
		if good && !slices.ContainsFunc(taken, func(m mark) bool { return m.field == field }) {
			out = append(out, mark{field: field, note: "matches", part: "-"})
		}
	}
	check := fetch.CORSCheck(v.origin, v.credentials, h)
	add("Access-Control-Allow-Origin", check.Reason == fetch.Allowed || check.Reason == fetch.NoCredentials)
	if v.preflight {
		refused := slices.ContainsFunc(v.wrong, func(w fetch.Verdict) bool { return w.Reason == fetch.MethodRefused || w.Reason == fetch.BadMethods })
		add("Access-Control-Allow-Methods", !refused)
		refused = slices.ContainsFunc(v.wrong, func(w fetch.Verdict) bool { return w.Reason == fetch.HeaderRefused || w.Reason == fetch.BadHeaders })
		add("Access-Control-Allow-Headers", !refused)
	}
	return out
}

// fieldLines are the lines of some fields, as they were sent, with their marks.
func fieldLines(h faultline.Header, marks []mark, names ...string) []faultline.Line {
	var out []faultline.Line
	for _, name := range names {
		for _, f := range h {
			if strings.EqualFold(f.Name, name) && len(out) < mostFieldLines {
				out = append(out, fieldLine(name, shortField(f.Value), marks))
			}
		}
	}
	return out
}

// mostFieldLines bounds a picture: a field may occur a thousand times.
const mostFieldLines = 12

func fieldLine(name, value string, marks []mark) faultline.Line {
	l := faultline.Line{Text: name + ": " + value}
	for _, m := range marks {
		if m.field != name {
			continue
		}
		l.Note = m.note
		if m.part == "-" {
			return l
		}
		start, end := len(name)+2, len(l.Text)
		if i := memberAt(value, m.part); m.part != "" && i >= 0 {
			start, end = start+i, start+i+len(m.part)
		}
		if end > start {
			l.Span = faultline.Span{Start: start, End: end}
		}
		return l
	}
	return l
}

// memberAt is where a member of a comma-separated list stands, -1 if nowhere.
func memberAt(list, member string) int {
	at := 0
	for part := range strings.SplitSeq(list, ",") {
		trimmed := strings.TrimLeft(part, " \t")
		if strings.EqualFold(strings.TrimRight(trimmed, " \t"), member) {
			return at + len(part) - len(trimmed)
		}
		at += len(part) + 1
	}
	return -1
}

// shortField is the value of a field on one line: hostile ones are long.
func shortField(value string) string {
	const most = 400
	value = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, value[:min(len(value), most)])
	return strings.ToValidUTF8(value, "\uFFFD")
}

// codeList is names as people list them: `a`, `b` and `c`.
func codeList(names []string) string {
	const most = 6
	if len(names) > most {
		return "`" + strings.Join(names[:most], "`, `") + fmt.Sprintf("` and %d more", len(names)-most)
	}
	if len(names) == 1 {
		return "`" + names[0] + "`"
	}
	last := len(names) - 1
	return "`" + strings.Join(names[:last], "`, `") + "` and `" + names[last] + "`"
}
