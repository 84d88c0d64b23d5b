package causes

import (
	"bytes"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/lexicon"
)

// oauthStep is what a call is in the flows of OAuth 2.0 (RFC 6749, section 1.2).
type oauthStep uint8

const (
	noStep      oauthStep = iota
	atAuthorize           // a browser is sent to the authorisation server, or a request is pushed there (RFC 9126)
	atCallback            // the browser comes back to the client
	atToken               // the token endpoint
	atClientAPI           // introspection, revocation, device authorisation: a client authenticates itself
)

// oauthCall is a call of a flow, and what is wrong with it.
type oauthCall struct {
	step        oauthStep
	code        string // error, lower case
	description string
	slug        faultline.Slug // empty: nothing of this family
	proof       *flowProof     // what the calls before prove, if they do
	heard       *lexicon.Reading
}

// oauth is the call as a step of a flow.
func (c *Case) oauth() *oauthCall {
	if !c.known.oauth.done {
		c.known.oauth.done = true
		c.known.oauth.value = c.readOAuth()
	}
	return &c.known.oauth.value
}

func (c *Case) readOAuth() oauthCall {
	o := oauthCall{step: c.oauthStep()}
	if o.step == noStep && c.returnsFromLogin() {
		o.step = atCallback
	}
	if o.step == noStep || c.Exchange.Response == nil {
		return o
	}
	var elsewhere bool // code and description do not stand in the body
	o.code, o.description, elsewhere = c.oauthError(o.step)
	status := c.Status()
	if o.code == "" && status < 400 && !c.ErrorInside() || status == 404 || status == 405 || status == 415 || status == 429 || status >= 500 && o.step != atCallback {
		return o
	}
	o.heard = c.heard()
	if elsewhere {
		r := book.Read(lexicon.Fold(o.code + " . " + o.description))
		if o.step == atCallback && o.heard.About(topicState) {
			r = *o.heard
		}
		o.heard = &r
	}
	o.slug = o.classify()
	if o.slug == "oauth.invalid-grant" && c.sendsParam("assertion") {
		// RFC 7523: the assertion is a token like others.
		switch {
		case o.heard.About(topicClock):
			o.slug = ""
			return o
		case o.heard.About(topicSignature):
			o.slug = "auth.token-signature"
			return o
		}
	}
	// Who names the verifier or the redirect URI has found the code, whatever was tried with it before.
	reread := o.slug == "oauth.pkce" || o.slug == "oauth.redirect-uri"
	if proof, ok := c.flowProof(&o); ok && !(reread && proof.slug == "oauth.invalid-grant") {
		o.proof, o.slug = &proof, proof.slug
	}
	return o
}

// oauthStep tells by what the request carries; addresses differ everywhere.
func (c *Case) oauthStep() oauthStep {
	r := &c.Exchange.Request
	path, query := r.Path(), r.Query()
	if c.noRequest() && flowError(c.answer().Get("error").Text()) {
		return atToken
	}
	switch r.Method {
	case "POST":
		mayType := strings.Contains(query, "_type") || bytes.Contains(r.Body.Bytes(), []byte("_type"))
		switch {
		case strings.HasSuffix(path, "/par") || mayType && c.sendsParam("response_type"):
			return atAuthorize
		case mayType && c.sendsParam("grant_type"):
			return atToken
		// The path is asked first: it is short, and the body is searched for every name.
		case (strings.Contains(path, "introspect") || strings.Contains(path, "revo")) && c.sendsParam("token"),
			strings.Contains(path, "device") && c.sendsParam("client_id"):
			return atClientAPI
		case tokenPath(path) && (c.sendsParam("client_id") || c.sendsParam("refresh_token") || c.sendsParam("code")):
			return atToken
		case strings.Contains(path, "callback") && (c.sendsParam("code") || c.sendsParam("error")) && c.sendsParam("state"):
			return atCallback // response_mode=form_post
		}
	case "GET":
		switch {
		case query == "":
			return noStep
		case c.sendsParam("response_type") && c.sendsParam("client_id"), c.sendsParam("client_id") && c.sendsParam("redirect_uri") && !c.sendsParam("client_secret"):
			return atAuthorize
		case c.sendsParam("grant_type") || tokenPath(path) && c.sendsSecret():
			return atToken
		case c.sendsParam("error") && (c.sendsParam("state") || c.sendsParam("error_description") || strings.Contains(path, "callback") || strings.Contains(path, "oauth")),
			c.sendsParam("code") && (strings.Contains(path, "callback") || c.sendsParam("state") && c.longState()):
			return atCallback
		}
	}
	return noStep
}

// longState: a state of OAuth is random and long; other things that are called
// state are not.
func (c *Case) longState() bool {
	f, ok := c.oauthParam("state")
	return ok && len(f.text) >= 8
}

// sendsSecret reports whether the query carries what a client proves itself
// with, as Facebook and WeChat want it.
func (c *Case) sendsSecret() bool {
	return c.sendsParam("client_secret") || c.sendsParam("secret") || c.sendsParam("appsecret")
}

func tokenPath(path string) bool {
	low := strings.ToLower(strings.TrimSuffix(path, "/"))
	for _, end := range []string{"/token", "/access_token", "/oauth.v2.access", "/oauth.access", "/accesstoken"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}

// sendsParam reports whether the request has the parameter, by a look at its
// bytes: cheap enough to ask of every failed call.
func (c *Case) sendsParam(name string) bool {
	r := &c.Exchange.Request
	if hasParam(r.Query(), name) {
		return true
	}
	if r.Method == "GET" {
		return false
	}
	text := c.known.paramText.get(func() string {
		body := r.Body.Bytes()
		return strings.TrimLeft(string(body[:min(len(body), maxAuthText)]), " \r\n")
	})
	return hasParam(text, name) || strings.HasPrefix(text, "{") && hasMember(text, name)
}

// hasMember reports whether a JSON text has the name between quotes.
func hasMember(text, name string) bool {
	return hasNamed(text, name, func(before byte, _ int) bool { return before == '"' }, '"')
}

// hasParam reports whether a form has the name.
func hasParam(text, name string) bool {
	return hasNamed(text, name, func(before byte, at int) bool { return at == 0 || before == '&' }, '=')
}

// hasNamed reports whether a text has a name with the right byte before it and
// the byte after behind it.
func hasNamed(text, name string, begins func(before byte, at int) bool, after byte) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return false
		}
		at += from
		before, end := byte(0), at+len(name)
		if at > 0 {
			before = text[at-1]
		}
		if begins(before, at) && end < len(text) && text[end] == after {
			return true
		}
		from = end
	}
}

// oauthParam is a parameter of the step, from the body or the query.
func (c *Case) oauthParam(name string) (reqField, bool) {
	if bytes.Contains(c.RequestBody(), []byte(name)) || c.body().format != jsonBody {
		for _, f := range c.body().fields() {
			if len(f.steps) == 1 && f.steps[0] == name {
				return f, true
			}
		}
	}
	for _, f := range c.queryFields() {
		if f.name() == name {
			return f, true
		}
	}
	return reqField{}, false
}

// oauthAt is the place of a parameter, or where it should be.
func (c *Case) oauthAt(name string) faultline.Location {
	if f, ok := c.oauthParam(name); ok {
		return f.at()
	}
	if c.oauth().step == atCallback || c.hasNoBody() && !c.noRequest() {
		return faultline.AtQuery(name)
	}
	return faultline.AtBody("/"+name, faultline.Span{})
}

// oauthError is the error of the answer (RFC 6749, sections 4.1.2.1 and 5.2): in
// the address that a browser is sent to, in a JSON or form body, in a challenge;
// at the callback in the request itself.
func (c *Case) oauthError(step oauthStep) (code, description string, elsewhere bool) {
	if step == atCallback {
		if f, ok := c.oauthParam("error"); ok {
			d, _ := c.oauthParam("error_description")
			return strings.ToLower(f.text), d.text, true
		}
		return "", "", false
	}
	if to := c.Exchange.Response.Header.Value("Location"); to != "" {
		_, query, _ := strings.Cut(to, "?")
		if before, fragment, ok := strings.Cut(to, "#"); ok && !strings.Contains(before, "error=") {
			query = fragment
		}
		if code, description = formError(query); code != "" {
			return code, description, true
		}
	}
	body := c.answer()
	for _, name := range []string{"error", "error_code", "errorCode", "code"} {
		n := body.Get(name)
		for _, inner := range []string{"code", "type", "status"} {
			if n.Text() == "" && n.Get(inner).Text() != "" {
				n = n.Get(inner)
			}
		}
		if n.Text() != "" {
			return strings.ToLower(n.Text()), firstText(body.Get("error_description").Text(), body.Get("error").Get("message").Text(), body.Get("message").Text()), false
		}
	}
	if raw := c.ResponseBody(); body == nil && len(raw) > 0 && len(raw) < maxAuthText {
		if code, description = formError(string(raw)); code != "" {
			return code, description, true // GitHub, unless asked for JSON
		}
	}
	for _, ch := range c.Challenges() {
		if e := ch.Get("error"); e != "" {
			return strings.ToLower(e), ch.Get("error_description"), false
		}
	}
	return "", "", false
}

func firstText(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func formError(text string) (code, description string) {
	for _, p := range pairs(text[:min(len(text), maxAuthText)], "&") {
		switch p.name {
		case "error":
			code = strings.ToLower(unescapeForm(p.value))
		case "error_description":
			description = unescapeForm(p.value)
		}
	}
	return code, description
}

// flowError reports whether a code is one with which token endpoints alone answer (RFC 6749, section 5.2).
func flowError(code string) bool {
	switch code {
	case "invalid_grant", "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope":
		return true
	}
	return false
}
