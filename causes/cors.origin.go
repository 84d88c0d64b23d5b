package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

func init() { register("cors.origin", corsOrigin) }

// corsOrigin compares byte by byte, as Fetch's CORS check does (section 4.10):
// a slash at the end or another port is another origin.
func corsOrigin(c *Case) []faultline.Finding {
	c, v, wrong := c.corsWrong(fetch.OtherOrigin)
	if len(wrong) == 0 {
		return nil
	}
	w := wrong[0]
	origin := shortField(v.origin)
	f := c.corsFinding(v, wrong[0].Reason, faultline.Proven, faultline.AtHeader("Origin"), "the server does not allow pages on `"+origin+"`")
	f.Brief = "`" + origin + "` not allowed"
	f.Expected, f.Found = "an answer that names "+origin, "an answer that does not"
	slip := originSlip(v.origin, w.Value)
	switch {
	case v.origin == "" && w.Value != "":
		f.Message, f.Brief = "the server does not allow the page's origin, it names `"+shortField(w.Value)+"`", "another origin is allowed"
	case v.origin == "":
		f.Message, f.Brief = "the server does not allow the page's origin", "origin not allowed"
	case v.origin == "null":
		f.Message, f.Brief = "the page has no origin: it sends `null`, and the server does not allow that", "`null` not allowed"
	case w.Value != "":
		f.Message = "the answer is for pages on `" + shortField(w.Value) + "`, and this page is on `" + origin + "`"
		f.Found = shortField(w.Value)
	}
	if w.Value == "" && (v.words || v.vague || v.told.Reason != fetch.Allowed) {
		f.Strength = faultline.Likely
	}
	if v.words {
		f.Evidence = append(f.Evidence, said(c.refusalWords()))
	}
	note := "not listed by the server"
	if slip != "" {
		note = slip
	}
	f.Evidence = append(f.Evidence, c.corsPicture(v, mark{field: "Origin", note: "the page"}, mark{field: "Access-Control-Allow-Origin", note: note})...)
	f.Remedy = c.corsRemedy(v, "add `"+origin+"` to the origins that the API allows", c.answerWith(v), c.allFields(v))
	c.advisePage(v, &f)
	c.adviseCache(&f, w.Value)
	return []faultline.Finding{f}
}

// refusalWords are the words with which the server refused the page.
func (c *Case) refusalWords() string {
	resp := c.Exchange.Response
	if rack := resp.Header.Value("X-Rack-CORS"); rack != "" {
		return "X-Rack-CORS: " + rack
	}
	if said := c.Said(); said != "" {
		return said
	}
	return resp.Reason
}

// originSlip is how two origins differ that were meant to be the same.
func originSlip(page, allowed string) string {
	switch {
	case page == "" || allowed == "" || page == "null":
		return ""
	case strings.TrimSuffix(allowed, "/") == page:
		return "no slash at the end"
	case strings.HasSuffix(allowed, "/*") || strings.HasPrefix(allowed, page+"/"):
		return "an origin has no path"
	case strings.Contains(allowed, "*"):
		return "browsers know no patterns: answer the page's own origin"
	case strings.Contains(allowed, "$") || strings.HasPrefix(allowed, "^"):
		return "a pattern or variable that was not filled in"
	case strings.EqualFold(allowed, page):
		return "browsers compare upper and lower case"
	case !strings.Contains(allowed, "://"):
		return "the scheme is missing"
	}
	p, pageOK := fetch.ParseOrigin(page)
	a, allowedOK := fetch.ParseOrigin(allowed)
	switch {
	case !pageOK || !allowedOK:
		return ""
	case p.Host == a.Host && p.Port == a.Port:
		return "another scheme"
	case p.Host == a.Host:
		return "another port"
	case strings.TrimPrefix(p.Host, "www.") == strings.TrimPrefix(a.Host, "www."):
		return "`www.` makes another origin"
	case loopback(p.Host) && loopback(a.Host):
		return "localhost and 127.0.0.1 are two origins"
	}
	return "another site"
}

func loopback(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// advisePage says where `null` comes from: no server should allow it, since
// every sandboxed frame has it (Fetch, section 3, "CORS protocol and HTTP
// caches"; HTML, section 7.1.1, "opaque origin").
func (c *Case) advisePage(v *corsView, f *faultline.Finding) {
	if v.origin != "null" {
		return
	}
	f.Remedy = faultline.Remedy{Text: "serve the page from a web server, such as http://localhost, and allow that origin", Applicability: faultline.Guess}
	why := "pages opened from a file, in a sandboxed frame or from a `data:` address send `null`; allowing it would allow every such page"
	for _, hop := range c.Exchange.Hops {
		if fetch.TaintedBy(hop.Request.Header.Value("Origin"), hop.Request.URL(), c.Exchange.Request.URL()) {
			why = "a redirect led from one foreign origin to another: from there on browsers send `null`"
			f.Remedy.Text = "call `" + short(c.Exchange.Request.URL()) + "` directly, without the redirect"
		}
	}
	f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: why})
}

// adviseCache recognises the answer of a cache that was made for another page:
// Fetch, section 3, "CORS protocol and HTTP caches".
func (c *Case) adviseCache(f *faultline.Finding, allowed string) {
	resp := c.Exchange.Response
	if resp == nil || allowed == "" || allowed == "*" || fetch.VariesByOrigin(resp.Header) {
		return
	}
	text := "the answer names one origin and has no `Vary: Origin`: a cache hands it to pages of other origins too"
	if fromCache(resp.Header) {
		text = "a cache answered with what was made for another page: send `Vary: Origin`, and empty the cache"
	}
	f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: text})
}

func fromCache(h faultline.Header) bool {
	if age := h.Value("Age"); age != "" && age != "0" {
		return true
	}
	for _, name := range []string{"X-Cache", "CF-Cache-Status", "X-Cache-Status", "X-Proxy-Cache", "X-Vercel-Cache"} {
		if strings.Contains(strings.ToLower(h.Value(name)), "hit") {
			return true
		}
	}
	return false
}
