package causes

import (
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

// flowStep is an earlier step of the same flow: its parameters, and when.
type flowStep struct {
	params []pair // decoded
	at     time.Time
	failed bool
}

func (s *flowStep) get(name string) string {
	for _, p := range s.params {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

// flow is what the calls around this one show of the login that it belongs to.
type flow struct {
	authorize *flowStep // the request for authorisation
	callback  *flowStep // the answer to it, with the code
	tokens    []flowStep
}

// flowOf gathers the earlier steps. The request for authorisation is seen when a
// browser makes it, or when the client sends the browser there.
func (c *Case) flowOf(client string) flow {
	var f flow
	for _, ex := range c.Around {
		if ex == c.Exchange || ex.ID != "" && ex.ID == c.Exchange.ID || ex.Start.After(c.Exchange.Start) {
			continue
		}
		other := Case{Exchange: ex}
		switch other.oauthStep() {
		case atAuthorize:
			if other.authorizationRefused() {
				continue
			}
			f.authorized(&other, decoded(ex.Request.Query()), decoded(formText(&other)), client)
		case atCallback:
			if params := append(decoded(ex.Request.Query()), decoded(formText(&other))...); valueIn(params, "code") != "" {
				f.callback = &flowStep{params: params, at: ex.Start}
			}
		case atToken:
			f.tokens = append(f.tokens, flowStep{params: append(decoded(formText(&other)), decoded(ex.Request.Query())...), at: ex.Start, failed: other.Status() >= 400})
		}
		if ex.Response == nil {
			continue
		}
		_, query, _ := strings.Cut(ex.Response.Header.Value("Location"), "?")
		switch params := decoded(query); {
		case valueIn(params, "response_type") != "" && valueIn(params, "client_id") != "":
			f.authorized(&other, params, nil, client)
		case valueIn(params, "code") != "" && f.callback == nil && valueIn(params, "client_id") == "":
			f.callback = &flowStep{params: params, at: ex.Start}
		}
	}
	return f
}

// returnsFromLogin reports whether the call goes to the address that an authorisation
// request before it named: then it is the callback, whatever it brings.
func (c *Case) returnsFromLogin() bool {
	if len(c.Around) == 0 || c.Exchange.Request.Method != "GET" || !c.sendsParam("code") && !c.sendsParam("error") {
		return false
	}
	f := c.flowOf("")
	if f.authorize == nil {
		return false
	}
	back, _, _ := strings.Cut(f.authorize.get("redirect_uri"), "?")
	here, _, _ := strings.Cut(c.Exchange.Request.URL(), "?")
	return back == here
}

// authorizationRefused reports whether a request for authorisation was answered with an error (RFC 6749,
// section 4.1.2.1): no code came of it.
func (c *Case) authorizationRefused() bool {
	if c.Exchange.Response == nil {
		return false
	}
	// Implicit and hybrid flows answer in the fragment (OpenID Connect Core 1.0, section 3.2.2.6).
	for part := range strings.FieldsFuncSeq(c.Exchange.Response.Header.Value("Location"), func(r rune) bool { return r == '?' || r == '#' }) {
		if valueIn(decoded(part), "error") != "" {
			return true
		}
	}
	return c.Status() >= 400
}

// authorized keeps the last request for authorisation of this client.
func (f *flow) authorized(c *Case, query, body []pair, client string) {
	params := append(query, body...)
	if id := valueIn(params, "client_id"); client != "" && id != "" && id != client {
		return
	}
	f.authorize = &flowStep{params: params, at: c.Exchange.Start}
}

// formText is a form body as text, empty for other bodies.
func formText(c *Case) string {
	body := c.Exchange.Request.Body.Bytes()
	if len(body) > maxAuthText || len(body) > 0 && (body[0] == '{' || body[0] == '<') {
		return ""
	}
	return string(body)
}

func decoded(query string) []pair {
	if query == "" {
		return nil
	}
	out := pairs(query[:min(len(query), maxAuthText)], "&")
	for i := range out {
		out[i].value = unescapeForm(out[i].value)
	}
	return out
}

func valueIn(params []pair, name string) string {
	for _, p := range params {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

// flowProof is what the earlier steps, or the bytes of this one, prove.
type flowProof struct {
	slug    faultline.Slug
	param   string // the parameter that it is about
	message string
	brief   string
	found   string
	want    string
	shown   []faultline.Line
	title   string // of what is shown
	remedy  string
}

// flowProof holds a refused step against the steps before it.
func (c *Case) flowProof(o *oauthCall) (flowProof, bool) {
	client, _ := c.oauthParam("client_id")
	var f flow
	if len(c.Around) > 0 {
		f = c.flowOf(client.text)
	}
	switch {
	case o.step == atCallback:
		return c.stateProof(&f)
	case o.step != atToken || o.slug == "oauth.invalid-client" || o.slug == "oauth.scope" || o.slug == "oauth.unsupported-grant":
		return flowProof{}, false
	}
	proofs := []func(*Case, *flow) (flowProof, bool){redirectProof, pkceProof, codeProof}
	if c.sendsParam("refresh_token") {
		proofs = []func(*Case, *flow) (flowProof, bool){refreshProof}
	}
	for _, prove := range proofs {
		if p, ok := prove(c, &f); ok {
			return p, true
		}
	}
	return flowProof{}, false
}

// redirectProof: RFC 6749, section 4.1.3: redirect_uri must be identical to the
// one of the authorisation request, byte by byte.
func redirectProof(c *Case, f *flow) (flowProof, bool) {
	if f.authorize == nil {
		return flowProof{}, false
	}
	asked := f.authorize.get("redirect_uri")
	sent, has := c.oauthParam("redirect_uri")
	if asked == "" || asked == sent.text || !c.sendsParam("code") {
		return flowProof{}, false
	}
	p := flowProof{
		slug: "oauth.redirect-uri", param: "redirect_uri", brief: "differs from the authorisation request",
		message: "`redirect_uri` differs from the one of the authorisation request: " + howURIsDiffer(sent.text, asked),
		want:    asked, found: sent.text, title: "redirect_uri, byte by byte",
		remedy: "send the same `redirect_uri` in both requests: keep it in one place",
	}
	if !has {
		p.message, p.found = "the authorisation request had a `redirect_uri`, and the token request has none", ""
		p.brief = "missing in the token request"
		return p, true
	}
	p.shown = urisBeside(asked, sent.text)
	return p, true
}

// urisBeside shows two addresses with carets from the first byte in which they
// differ.
func urisBeside(asked, sent string) []faultline.Line {
	at := differAt(asked, sent)
	line := func(label, uri string) faultline.Line {
		text := label + short(uri)
		l := faultline.Line{Text: text}
		if from := len(label) + at; from < len(text) {
			l.Span = faultline.Span{Start: from, End: len(text)}
		}
		return l
	}
	first, second := line("authorize ", asked), line("token     ", sent)
	switch {
	case second.Span.IsZero():
		second.Note = "ends here"
	case first.Span.IsZero():
		first.Note = "ends here"
		second.Note = "is more"
	default:
		second.Note = "first difference"
	}
	return []faultline.Line{first, second}
}

// howURIsDiffer names the usual differences.
func howURIsDiffer(sent, asked string) string {
	a, b := strings.TrimSuffix(sent, "/"), strings.TrimSuffix(asked, "/")
	switch {
	case a == b:
		return "a slash at the end"
	case strings.EqualFold(sent, asked):
		return "upper and lower case"
	case strings.TrimPrefix(sent, "http://") == strings.TrimPrefix(asked, "https://"), strings.TrimPrefix(sent, "https://") == strings.TrimPrefix(asked, "http://"):
		return "`http` and `https`"
	case unescape(sent) == unescape(asked):
		return "percent-encoding"
	case strings.Replace(sent, "127.0.0.1", "localhost", 1) == strings.Replace(asked, "127.0.0.1", "localhost", 1):
		return "`localhost` and `127.0.0.1`"
	case hostOf(sent) != hostOf(asked):
		return "the host"
	case strings.HasPrefix(sent, asked+"?"), strings.HasPrefix(asked, sent+"?"):
		return "the query"
	case withoutPortOf(sent) == withoutPortOf(asked):
		return "the port"
	}
	return "the path"
}

func withoutPortOf(uri string) string {
	scheme, rest, ok := strings.Cut(uri, "://")
	if !ok {
		return uri
	}
	authority, path, _ := strings.Cut(rest, "/")
	return scheme + "://" + withoutPort(authority) + "/" + path
}

// stateProof: RFC 6749, section 10.12: what comes back must be what was sent.
func (c *Case) stateProof(f *flow) (flowProof, bool) {
	if f.authorize == nil || c.Status() < 400 {
		return flowProof{}, false
	}
	sent, back := f.authorize.get("state"), ""
	if p, ok := c.oauthParam("state"); ok {
		back = p.text
	}
	if sent == back {
		return flowProof{}, false
	}
	p := flowProof{
		slug: "oauth.state", param: "state", brief: "not the one that was sent",
		message: "`state` at the callback is not the one that was sent with the authorisation request",
		want:    secretShown(sent), found: secretShown(back),
		remedy: "keep `state` with the session that began the login, and compare it once: two logins in two tabs overwrite each other",
	}
	switch {
	case back == "":
		p.message, p.brief = "the authorisation request had a `state`, and the callback has none", "lost on the way"
	case sent == "":
		p.message, p.brief = "the callback has a `state`, and the authorisation request had none", "was never sent"
	}
	return p, true
}
