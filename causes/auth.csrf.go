package causes

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/provider"
)

func init() { register("auth.csrf", authCSRF) }

// saysCSRF adds to topicForgery the words of those who do not name the attack.
var saysCSRF = topic("forgery in other words", "authenticity token", "invalid authenticity token", "page expired", "page has expired", "cookie check failed", "cookie nonce is invalid", "nonce is invalid",
	"invalid nonce", "nonce verification failed", "security token did not match", "security token is missing", "cross-site request", "cross-origin request detected", "cross origin request blocked",
	"cross-site post form submissions are forbidden", "origin checking failed", "referer checking failed", "does not match any trusted origins", "the change you wanted was rejected",
	"invalid form key", "invalid server actions request", "double submit", "request verification token", "anti forgery", "antiforgery", "invalid xsrf", "state changing request ~ header",
	"missing custom header", "does not match origin header")

// saysOriginWanted are refusals that look at the Origin field instead of a token.
var saysOriginWanted = topic("origin instead of a token", "cross-origin request detected", "origin checking failed", "cross-site post form submissions", "does not match any trusted origins", "does not match origin header")

// authCSRF is for writes that lack the token against forged requests, or carry
// one that does not fit the session. A program that calls with a cookie has to
// fetch the token first; one with a bearer token rarely needs it.
func authCSRF(c *Case) []faultline.Finding {
	if c.Exchange.Response == nil || c.preflight() || c.Status() < 400 && !c.ErrorInside() || c.Status() == 404 || c.Status() == 405 || c.Status() == 429 || c.Status() >= 500 {
		return nil
	}
	n, named := c.named("auth.csrf")
	strength := faultline.Likely
	switch {
	case named:
		strength = n.strength()
	case c.namedOther("auth.csrf"), c.oauth().slug != "":
		return nil
	case c.Status() == 419, c.authSays()&saysForgery != 0, c.says(saysCSRF), c.wantsToken():
	case c.bareAntiforgery(), c.crossOriginForm():
		strength = faultline.Possible
	default:
		return nil
	}
	at, sent := c.forgeryToken()
	f := faultline.Finding{
		Strength: strength,
		At:       n.place(at),
		Message:  "the token against forged requests is missing",
		Brief:    "no CSRF token",
		Expected: "the token that the server gave to this session",
		Found:    fmt.Sprintf("status %d", c.Status()),
		Remedy: faultline.Remedy{Text: "fetch a token in the same session, and send it with the write", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "make a GET request that sets the cookie or gives the token, and keep all cookies of its answer"},
			{Text: "send the token back in " + at.String() + ", or in the field of the form that the framework names"},
		}},
		Retry: "as sent it fails every time; with a fresh token of the session it works",
		Rank:  30,
	}
	if named {
		f.Evidence = append(f.Evidence, n.evidence())
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	switch {
	case c.says(saysOriginWanted), strength == faultline.Possible && c.crossOriginForm():
		f.At = faultline.AtHeader("Origin")
		f.Message, f.Brief = "the server takes writes of its own pages alone, and this one says that it comes from another origin", "origin not trusted"
		f.Expected = "an Origin that the server trusts"
		f.Remedy = faultline.Remedy{Text: "add the origin to the server's list of trusted ones, or call without a browser and without the Origin field", Applicability: faultline.Guess}
	case sent:
		f.Message, f.Brief = "the token against forged requests is not the one of this session", "wrong CSRF token"
		f.Found = "a token that does not fit"
		if c.forgeryPairDiffers(at) {
			f.Message = "the token in " + at.String() + " is not the one in the cookie"
		}
	case !c.Exchange.Request.Header.Has("Cookie"):
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "the request carries no cookie: token and session cookie go together"})
	}
	if strength == faultline.Possible {
		f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "the server's log names antiforgery, or the call works with the token of the form"})
	}
	return []faultline.Finding{f}
}

// formToken is the field of a form that the token goes into, as the answer names it or as the framework
// that speaks so calls it.
func (c *Case) formToken(said string) (faultline.Location, bool) {
	if f := c.body().format; f != formBody && f != multipartBody {
		return faultline.Location{}, false
	}
	for _, name := range forgeryParams {
		if len(name) > 4 && holdsWord(said, strings.ToLower(name)) && strings.ContainsAny(name, "_T") {
			return faultline.AtBody("/"+name, faultline.Span{}), true
		}
	}
	switch {
	case strings.Contains(said, "the csrf token is missing"), strings.Contains(said, "the csrf session token is missing"), strings.Contains(said, "the csrf tokens do not match"):
		return faultline.AtBody("/csrf_token", faultline.Span{}), true // Flask-WTF
	case strings.Contains(said, "authenticity"):
		return faultline.AtBody("/authenticity_token", faultline.Span{}), true // Rails
	}
	return faultline.Location{}, false
}

// crossOriginForm: middleware that compares Origin with Host (Hono, SvelteKit, Go's CrossOriginProtection)
// refuses what a form of another origin can send without a preflight, often without a word.
func (c *Case) crossOriginForm() bool {
	r := &c.Exchange.Request
	origin := r.Header.Value("Origin")
	if c.Status() != 403 || origin == "" || r.Method == "GET" || r.Header.Has("Authorization") || !c.bareRefusal() {
		return false
	}
	switch c.RequestType() {
	case formType, "multipart/form-data", "text/plain":
		_, host, _ := strings.Cut(origin, "://")
		return r.Host != "" && !strings.EqualFold(host, r.Host)
	}
	return false
}

// wantsToken: SAP's gateway and those who answer like it refuse with the field
// that the token is fetched by.
func (c *Case) wantsToken() bool {
	return c.Status() == 403 && strings.EqualFold(c.Exchange.Response.Header.Value("X-CSRF-Token"), "Required")
}

// bareAntiforgery: ASP.NET Core refuses with a 400 that says nothing; the cookie
// of its antiforgery service shows what is wanted. Spring does so with 403.
func (c *Case) bareAntiforgery() bool {
	cookie := c.Exchange.Request.Header.Value("Cookie")
	if cookie == "" || !c.takesBody() && c.Exchange.Request.Method != "DELETE" || c.Exchange.Request.Header.Has("Authorization") {
		return false
	}
	if _, sent := c.forgeryToken(); sent || len(c.blames()) > 0 {
		return false
	}
	switch c.Status() {
	case 400:
		return strings.Contains(cookie, ".AspNetCore.Antiforgery") || strings.Contains(cookie, "__RequestVerificationToken")
	case 403:
		return strings.Contains(cookie, "JSESSIONID") && c.answer().Get("timestamp") != nil && c.answer().Get("path") != nil || strings.Contains(strings.ToLower(cookie), "xsrf-token=")
	}
	return false
}

// forgeryFields are the header fields for the token, each as its framework spells it.
var forgeryFields = []string{
	"X-CSRF-Token", "X-XSRF-TOKEN", "X-CSRFToken", "RequestVerificationToken", "X-WP-Nonce", "Jenkins-Crumb", "kbn-xsrf", "osd-xsrf", "X-Atlassian-Token", "NX-ANTI-CSRF-TOKEN", "X-TC-CSRF-Token", "X-SYNO-TOKEN", "X-Gerrit-Auth", "requesttoken", "CSRF-Token", "XSRF-TOKEN",
	"X-CSRF-Header", "X-Requested-With", "X-Requested-By",
}

// forgeryParams are the names in forms and queries.
var forgeryParams = []string{
	"csrf_token", "_csrf", "csrfmiddlewaretoken", "authenticity_token", "_token", "__RequestVerificationToken", "csrf", "form_key", "_wpnonce", ".crumb", "csrfToken", "xsrf",
	"_xsrf", "crumb",
}

// forgeryToken is where the token stands, else where this server looks for it.
func (c *Case) forgeryToken() (at faultline.Location, sent bool) {
	r := &c.Exchange.Request
	for _, name := range forgeryFields[:len(forgeryFields)-2] {
		if r.Header.Has(name) {
			return faultline.AtHeader(name), true
		}
	}
	for _, name := range forgeryParams {
		if f := findHead(c.body().fields(), []string{name}); f != nil {
			return f.at(), true
		}
	}
	said := c.Said()
	if at, ok := c.formToken(said); ok {
		return at, false
	}
	for _, name := range forgeryFields {
		if strings.Contains(said, strings.ToLower(name)) {
			return faultline.AtHeader(name), false
		}
	}
	cookie := strings.ToLower(r.Header.Value("Cookie"))
	switch {
	case strings.Contains(cookie, "csrftoken="):
		return faultline.AtHeader("X-CSRFToken"), false // Django
	case strings.Contains(cookie, "xsrf-token="):
		return faultline.AtHeader("X-XSRF-TOKEN"), false // Angular, Laravel, Spring
	case strings.Contains(cookie, "antiforgery"):
		return faultline.AtHeader("RequestVerificationToken"), false // ASP.NET Core
	case provider.Sends(c.Exchange.Response.Header, "X-AREQUESTID", "Atl-*"):
		return faultline.AtHeader("X-Atlassian-Token"), false
	case provider.Sends(c.Exchange.Response.Header, "X-Jenkins*"), c.BodySays("crumb"):
		return faultline.AtHeader("Jenkins-Crumb"), false
	}
	return faultline.AtHeader("X-CSRF-Token"), false
}

// forgeryPairDiffers compares the field with the cookie of the same token, where
// the two are meant to be equal (double submit).
func (c *Case) forgeryPairDiffers(at faultline.Location) bool {
	if at.In != faultline.InHeader {
		return false
	}
	sent := c.Exchange.Request.Header.Value(at.Name)
	for _, p := range pairs(c.Exchange.Request.Header.Value("Cookie"), ";") {
		if name := fold(p.name); strings.Contains(name, "csrf") || strings.Contains(name, "xsrf") {
			plain, err := url.QueryUnescape(p.value)
			return p.value != sent && (err != nil || plain != sent)
		}
	}
	return false
}
