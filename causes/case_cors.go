package causes

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/console"
	"github.com/faultline-http/faultline/internal/fetch"
)

// corsView is a call as the browser saw it that made it for a page.
type corsView struct {
	preflight   bool            // it is the browser's question before the call that failed
	gaveUp      bool            // the page's script got no answer, as far as is known
	credentials bool            // the call had credentials, or would have had
	origin      string          // of the page
	method      string          // of the call itself
	wrong       []fetch.Verdict // what keeps the answer from the page, the first thing first
	told        console.Message // what the browser said; Reason is fetch.Allowed if nothing
	words       bool            // the server's words tell it, not its fields
	vague       bool            // another reason is possible too
	shown       *Case           // the call that shows it, if not this one: the preflight before it
}

// cors is the call as a browser sees it, nil if no browser holds it against
// the CORS protocol: no page is known to have made it, or one of the same
// origin did.
func (c *Case) cors() *corsView {
	return c.known.cors.get(func() *corsView {
		r := &c.Exchange.Request
		var told console.Message
		if f := c.Exchange.Failure; f != nil {
			told, _ = console.Read(f.Text)
		}
		if told.Reason == fetch.NoAnswer {
			told = console.Message{} // the call broke below HTTP
		}
		checked := fetch.Checked(r)
		if told.Reason == fetch.Allowed && !checked && !c.onlyScriptKnows() {
			return nil
		}
		v := &corsView{
			preflight: fetch.IsPreflight(r), origin: r.Header.Value("Origin"), method: r.Method, told: told,
			gaveUp:      told.Reason != fetch.Allowed || c.clientSays(saysScriptFailed),
			credentials: fetch.WithCredentials(r) || told.Reason == fetch.StarForCredentials || told.Reason == fetch.NoCredentials,
		}
		if v.preflight {
			v.method = r.Header.Value("Access-Control-Request-Method")
		}
		if v.origin == "" {
			v.origin = told.Origin
		}
		if checked && c.Status() > 0 {
			c.judgeCORS(v)
		}
		v.believe()
		if len(v.wrong) == 0 && c.Status() == 0 {
			c.askPreflight(v)
		}
		return v
	})
}

// onlyScriptKnows reports whether nothing is known of a call but what a
// browser lets the page's script know. Where it went cannot be told.
func (c *Case) onlyScriptKnows() bool {
	r := &c.Exchange.Request
	return c.Exchange.Failure != nil && c.Status() == 0 && !r.Header.Has("Origin") && !strings.EqualFold(r.Header.Value("Sec-Fetch-Site"), "same-origin") &&
		c.clientSays(saysBrowserFailed) && !c.namesNetwork()
}

// namesNetwork reports whether the browser gives a code of its network stack
// beside its bare words.
func (c *Case) namesNetwork() bool {
	said := c.failureWords()
	return strings.Contains(said, "ns_error_") || strings.Contains(said, "net::err_") && !strings.Contains(said, "net::err_failed")
}

// askPreflight looks for the question that went before a call of which no
// answer is known: where that was refused, the call was never sent.
func (c *Case) askPreflight(v *corsView) {
	address := c.Exchange.Request.URL()
	around := c.Around[max(0, len(c.Around)-mostAround):]
	for i := len(around) - 1; i >= 0; i-- {
		ex := around[i]
		if ex == c.Exchange || !fetch.IsPreflight(&ex.Request) || ex.Request.URL() != address {
			continue
		}
		asked := &Case{Exchange: ex}
		if before := asked.cors(); before != nil && len(before.wrong) > 0 {
			*v = *before
			v.gaveUp, v.shown = true, asked
		}
		return
	}
}

// saysScriptFailed is all that browsers let a page's script know of a call
// that they stopped (Fetch, section 4.1: a network error).
var saysScriptFailed = topic("the script got no answer",
	"failed to fetch", "networkerror when attempting to fetch", "load failed", "network error", "err network", "err failed", "0 unknown error",
	"unknown error", "xmlhttprequest error", "opaque response", "status code 0", "blocked by client side")

// saysBrowserFailed is what only browsers say of it.
var saysBrowserFailed = topic("a browser's script got no answer",
	"failed to fetch", "net::err_failed", "networkerror when attempting to fetch", "typeerror: load failed", "0 unknown error", "xmlhttprequest error")

// judgeCORS fills in what is wrong with the answer: by its fields, and by its
// words where the server refuses and says why.
func (c *Case) judgeCORS(v *corsView) {
	resp := c.Exchange.Response
	switch {
	case v.preflight:
		q := fetch.QuestionOf(&c.Exchange.Request)
		q.Credentials = v.credentials
		all := fetch.Preflight(q, resp)
		if len(all) == 0 && v.gaveUp && resp.Header.Value("Access-Control-Allow-Credentials") == "true" {
			// `*` would have been no wildcard for the credentials that the API expects.
			q.Credentials, v.vague = true, v.told.Reason == fetch.Allowed
			all = fetch.Preflight(q, resp)
		}
		v.wrong = c.preflightWrong(v, all)
	case c.refusedQuestion():
		v.preflight = true
		v.wrong = []fetch.Verdict{{Reason: fetch.NotOK}}
	default:
		if w := fetch.Answer(v.origin, v.credentials, resp); w.Reason != fetch.Allowed {
			v.wrong = []fetch.Verdict{c.answerWrong(v, w)}
		}
	}
	if len(v.wrong) == 0 && v.gaveUp && v.told.Reason == fetch.Allowed && resp.Status < 400 {
		v.wrong, v.vague = unlessCredentials(v.origin, resp.Header), true
	}
}

// preflightWrong picks from all that is wrong with the answer to a preflight
// what was its reason: where a middleware refuses, the fields that it left out
// are no mistakes of their own.
func (c *Case) preflightWrong(v *corsView, all []fetch.Verdict) []fetch.Verdict {
	if len(all) == 0 || all[0].Reason == fetch.Redirected {
		return all
	}
	h := c.Exchange.Response.Header
	if why := c.corsWords(); why != fetch.Allowed {
		v.words = true
		return only(all, why)
	}
	told := shown(all)
	refused := sendsCORS(h) || fetch.VariesByOrigin(h)
	switch {
	case all[0].Reason == fetch.NotOK && (plainError(c.Status()) || !sendsCORS(h)):
		return all[:1]
	case refused && !h.Has("Access-Control-Allow-Origin"):
		v.vague = !sendsCORS(h)
		return append([]fetch.Verdict{{Reason: fetch.OtherOrigin}}, told...)
	case all[0].Reason == fetch.NotOK && len(told) > 0:
		return told
	case all[0].Reason == fetch.NotOK || all[0].Reason == fetch.NoAllowOrigin:
		return all[:1]
	}
	return all
}

// plainError reports whether a status says by itself why a preflight fails,
// whatever fields a layer in front has added.
func plainError(status int) bool {
	return status == 401 || status == 404 || status == 405 || status == 407 || status == 429 || status >= 500
}

// only is the verdicts with one reason, or that reason without particulars.
func only(all []fetch.Verdict, why fetch.Reason) []fetch.Verdict {
	var out []fetch.Verdict
	for _, w := range all {
		if w.Reason == why {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		out = []fetch.Verdict{{Reason: why}}
	}
	return out
}

// shown are the verdicts that rest on a field that is there.
func shown(all []fetch.Verdict) []fetch.Verdict {
	var out []fetch.Verdict
	for _, w := range all {
		if w.Value != "" && w.Reason != fetch.NotOK {
			out = append(out, w)
		}
	}
	return out
}

// sendsCORS reports whether somebody who knows CORS made the answer.
func sendsCORS(h faultline.Header) bool {
	return slices.ContainsFunc(h, func(f faultline.Field) bool {
		return len(f.Name) > 21 && strings.EqualFold(f.Name[:21], "Access-Control-Allow-") || strings.EqualFold(f.Name, "Access-Control-Max-Age")
	})
}

// answerWrong is what is wrong with the answer to the call itself.
func (c *Case) answerWrong(v *corsView, w fetch.Verdict) fetch.Verdict {
	if w.Reason != fetch.NoAllowOrigin {
		return w
	}
	h := c.Exchange.Response.Header
	if why := c.corsWords(); why != fetch.Allowed && why != fetch.NotOK {
		v.words = true
		return fetch.Verdict{Reason: why}
	}
	switch {
	case sendsCORS(h):
		return fetch.Verdict{Reason: fetch.OtherOrigin}
	case c.Status() < 300 && fetch.VariesByOrigin(h):
		v.vague = true
		return fetch.Verdict{Reason: fetch.OtherOrigin}
	}
	return w
}

// unlessCredentials is what is wrong with an answer that a call without
// credentials may read, and that was kept from the page all the same.
func unlessCredentials(origin string, h faultline.Header) []fetch.Verdict {
	if w := fetch.CORSCheck(origin, true, h); w.Reason != fetch.Allowed {
		return []fetch.Verdict{w}
	}
	return nil
}

// believe takes the browser's word where the answer shows no reason, or a
// lesser one: the call that is seen may be another than the one that failed.
func (v *corsView) believe() {
	t := &v.told
	if t.Reason == fetch.Allowed {
		return
	}
	if len(v.wrong) > 0 && (v.wrong[0].Reason != fetch.NoAllowOrigin || t.Reason == fetch.Blocked || t.Reason == fetch.NoAllowOrigin || t.Engine == console.WebKit) {
		return
	}
	v.preflight = v.preflight || t.Preflight
	if t.Method != "" {
		v.method = t.Method
	}
	name := t.Header
	if t.Reason == fetch.MethodRefused || t.Reason == fetch.BadMethods {
		name = t.Method
	}
	v.wrong = []fetch.Verdict{{Reason: t.Reason, Name: name, Value: t.Value}}
}

// corsWrong are the verdicts of some reasons, none if the call is not under
// the CORS protocol or passes it, and the case that shows them: this one, or
// that of the preflight before it.
func (c *Case) corsWrong(reasons ...fetch.Reason) (*Case, *corsView, []fetch.Verdict) {
	if !c.Exchange.Request.Header.Has("Origin") && c.Exchange.Failure == nil {
		return c, nil, nil
	}
	v := c.cors()
	if v == nil {
		return c, nil, nil
	}
	shown := c
	if v.shown != nil {
		shown = v.shown
	}
	var out []fetch.Verdict
	for _, w := range v.wrong {
		if slices.Contains(reasons, w.Reason) {
			out = append(out, w)
		}
	}
	return shown, v, out
}

// byBrowser reports whether the call shows that a browser made it: others send
// an Origin too, and read the answer whatever it allows. Nobody else asks first.
func (c *Case) byBrowser(v *corsView) bool {
	return v.gaveUp || v.preflight || fetch.ByBrowser(&c.Exchange.Request)
}
