package guard

import (
	"bytes"
	"html/template"
	"strings"

	"github.com/faultline-http/faultline"
)

// page is the document for a person with a browser: no script and no request
// to anywhere. html/template escapes what came over the wire.
var page = template.Must(template.New("problem").Funcs(template.FuncMap{"web": webLink, "words": codeSpans}).Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{.Status}} {{.Title}}</title>
<style>
:root { color-scheme: light dark; --ground: #fff; --line: #d9dde3; --text: #1b1f24; --muted: #57606a; --bad: #b3261e; --link: #0b57d0 }
@media (prefers-color-scheme: dark) { :root { --ground: #0e1116; --line: #30363d; --text: #e6edf3; --muted: #9da7b3; --bad: #ff8a80; --link: #6cb0ff } }
body { margin: 24px auto; max-width: 720px; padding: 0 16px; background: var(--ground); color: var(--text); font: 14px/20px system-ui, sans-serif }
h1 { font-size: 18px; line-height: 24px; font-weight: 600 } h1 span { color: var(--bad) }
section { border-top: 1px solid var(--line); padding: 8px 0 }
code, h2 { font: 13px/20px ui-monospace, monospace } h2 { font-weight: 600; margin: 8px 0 0 }
p { margin: 4px 0; overflow-wrap: anywhere } .muted { color: var(--muted) } a { color: var(--link) }
</style>
</head>
<body>
<h1><span>{{.Status}}</span> {{words .Title}}</h1>
{{with .Detail}}<p>{{words .}}</p>{{end}}
{{if .Party}}<p class="muted">who has to act: the {{.Party}} ({{.Strength}})</p>{{end}}
{{range .Errors}}<section>
<h2>{{.Code}}{{with .Pointer}} {{.}}{{end}}{{with .Parameter}} {{.}}{{end}}{{with .Header}} {{.}}{{end}}</h2>
<p>{{words .Detail}}</p>
{{with .Remedy}}<p>fix: {{words .Text}}</p>{{end}}
{{with .Contract}}<p class="muted">{{.}}</p>{{end}}
{{with web .Doc}}<p><a href="{{.}}">{{.}}</a></p>{{end}}
</section>
{{end}}{{with .Omitted}}<p class="muted">and {{.}} more</p>{{end}}
{{with .Retry}}<p class="muted">{{if .Safe}}sending it again does nothing twice{{else}}sending it again may do it twice{{end}}</p>{{end}}
<section><p class="muted">id <code>{{.ID}}</code>{{with .Operation}} · operation <code>{{.}}</code>{{end}}</p></section>
</body>
</html>
`))

func problemHTML(p *faultline.Problem) []byte {
	cut := *p
	for {
		var out bytes.Buffer
		if err := page.Execute(&out, &cut); err != nil {
			return []byte("<!doctype html>\n<title>" + template.HTMLEscapeString(p.Title) + "</title>\n")
		}
		if out.Len() <= maxAnswer || len(cut.Errors) == 0 {
			return out.Bytes()
		}
		cut.Errors = cut.Errors[:len(cut.Errors)-1]
		cut.Omitted++
	}
}

// codeSpans shows what stands between backticks as code. Every piece is escaped;
// a backtick without its partner stays one.
func codeSpans(s string) template.HTML {
	pieces := strings.Split(s, "`")
	var b strings.Builder
	for i, piece := range pieces {
		text := template.HTMLEscapeString(piece)
		switch {
		case i%2 == 0:
			b.WriteString(text)
		case i == len(pieces)-1:
			b.WriteString("`" + text)
		default:
			b.WriteString("<code>" + text + "</code>")
		}
	}
	return template.HTML(b.String()) // escaped piece by piece above
}

// webLink passes addresses of pages only.
func webLink(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "/") {
		return s
	}
	return ""
}
