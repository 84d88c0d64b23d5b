package proxy

import (
	"bytes"
	"html"
	"net/http"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/wire"
)

// mismatch is the type that all departures from the contract share in problem
// documents; it is no cause and has its page here.
const (
	mismatch     = "invalid-request"
	mismatchText = "# The request does not match the contract\n\n" +
		"The API describes what its requests look like, and this one departs from it. The members of `errors` in the answer say " +
		"where, each with a `code` that has a page of its own.\n\n"
)

// servePage answers requests for the pages of the causes, which the problem
// documents link to, and reports whether this was one. Such requests are ours
// and not counted as calls.
func (x *call) servePage() bool {
	slug, ok := x.p.pageFor(path(&x.req))
	if !ok {
		return false
	}
	x.complete = x.req.Framing.Kind == wire.NoBody
	x.kept = x.respond(x.p.page(slug, x.req.Method, strings.Join(x.req.Header.Values("Accept"), ",")))
	return true
}

// pageFor is the slug of the page that a target names; ok is false if it names none.
func (p *Proxy) pageFor(target string) (slug string, ok bool) {
	if p.opts.NoPages {
		return "", false
	}
	rest, ok := strings.CutPrefix(target, p.opts.Pages)
	if !ok {
		return "", false
	}
	rest, _, _ = strings.Cut(rest, "?")
	return strings.Trim(rest, "/"), rest == "" || rest[0] == '/'
}

func (p *Proxy) page(slug, method, accept string) guard.Answer {
	if method != http.MethodGet && method != http.MethodHead {
		a := pageAnswer(http.StatusMethodNotAllowed, "text/plain; charset=utf-8", []byte("pages are read with GET\n"))
		a.Header = append(a.Header, faultline.Field{Name: "Allow", Value: "GET, HEAD"})
		return a
	}
	text, ok := pageText(slug, p.opts.Pages)
	if !ok {
		return pageAnswer(http.StatusNotFound, "text/plain; charset=utf-8", []byte("no cause has this name; "+p.opts.Pages+" lists all of them\n"))
	}
	if strings.Contains(strings.ToLower(accept), "text/markdown") {
		return pageAnswer(http.StatusOK, "text/markdown; charset=utf-8", []byte(text))
	}
	return pageAnswer(http.StatusOK, "text/html; charset=utf-8", pageHTML(text))
}

// pageText is the Markdown of a page; the empty slug is the index.
func pageText(slug, pages string) (string, bool) {
	switch slug {
	case "":
		return "# Causes\n\n" + index(pages), true
	case mismatch:
		return mismatchText + index(pages), true
	}
	page, err := causes.PageOf(faultline.Slug(slug))
	if err != nil {
		cause, what, fix, ok := guard.Own(faultline.Slug(slug))
		return "# " + cause.Title + "\n\n`" + slug + "` · who has to act: the " + string(cause.Party) + "\n\n" + what + "\n\n## Fix\n\n" + fix + "\n", ok
	}
	return "# " + page.Title + "\n\n`" + slug + "` · who has to act: the " + string(page.Party) + "\n\n" + page.Body, true
}

func index(pages string) string {
	var b strings.Builder
	for _, page := range causes.Pages() {
		b.WriteString("- [`" + string(page.Slug) + "`](" + pages + "/" + string(page.Slug) + ") " + page.Title + "\n")
	}
	return b.String()
}

// markdown renders our own pages, which hold no HTML.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table))

func pageHTML(text string) []byte {
	title, _, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
	var out bytes.Buffer
	out.WriteString(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>` + html.EscapeString(title) + `</title><style>
:root { color-scheme: light dark }
body { margin: 24px auto; max-width: 720px; padding: 0 16px; font: 14px/20px system-ui, sans-serif }
h1 { font-size: 18px; line-height: 24px } h2 { font-size: 14px } li { margin: 4px 0 }
code, pre { font: 13px/20px ui-monospace, monospace } pre { border: 1px solid #8888; border-radius: 4px; padding: 8px; overflow-x: auto }
</style></head><body>
`)
	if err := markdown.Convert([]byte(text), &out); err != nil {
		return []byte(text)
	}
	out.WriteString("</body></html>\n")
	return out.Bytes()
}

func pageAnswer(status int, media string, body []byte) guard.Answer {
	return guard.Answer{Status: status, Body: body, Header: faultline.Header{
		{Name: "Content-Type", Value: media},
		{Name: "Vary", Value: "Accept"},
		{Name: "X-Content-Type-Options", Value: "nosniff"},
		{Name: "Content-Security-Policy", Value: "default-src 'none'; style-src 'unsafe-inline'"},
		{Name: "Content-Length", Value: strconv.Itoa(len(body))},
	}}
}
