package causes

import (
	"bytes"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/challenge"
	"github.com/faultline-http/faultline/causes/internal/jwt"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/fetch"
	"github.com/faultline-http/faultline/internal/tape"
)

// A credential is what a request carries to say who calls, and where.
type credential struct {
	at     faultline.Location
	scheme string // of an Authorization field, as it is spelt; empty if there is none
	text   string // without the scheme; a secret
	offset int    // of text in the field's value
}

// credentials are all that the request carries, those in Authorization first.
func (c *Case) credentials() []credential {
	return c.known.creds.get(func() []credential {
		var fields, others []credential
		r := &c.Exchange.Request
		for _, f := range r.Header {
			if strings.EqualFold(f.Name, "Authorization") {
				fields = append(fields, readCredential(f))
			} else if credentialName(f.Name) && f.Value != "" {
				others = append(others, credential{at: faultline.AtHeader(f.Name), text: f.Value})
			}
		}
		for _, p := range pairs(r.Query(), "&") {
			if p.value != "" && (credentialName(p.name) || queryCredential(p.name)) {
				others = append(others, credential{at: faultline.AtQuery(p.name), text: p.value})
			}
		}
		for _, p := range pairs(r.Header.Value("Cookie"), ";") {
			if p.value != "" && sessionName(p.name) {
				others = append(others, credential{at: faultline.Location{In: faultline.InCookie, Name: p.name}, text: p.value})
			}
		}
		if len(fields)+len(others) == 0 {
			if text := pathCredential(r.Path()); text != "" {
				others = append(others, credential{at: c.atPath(), text: text})
			}
		}
		return append(fields, others...)
	})
}

// pathCredential is the credential that some APIs take as a part of the path: Telegram's
// /bot110201543:AAH…/sendMessage, and webhooks of Slack and Discord.
func pathCredential(path string) string {
	if rest, ok := strings.CutPrefix(path, "/bot"); ok {
		token, _, more := strings.Cut(rest, "/")
		if id, secret, both := strings.Cut(token, ":"); more && both && idLike(id) && secret != "" {
			return token
		}
	}
	for _, base := range []string{"/webhooks/", "/services/T"} {
		_, rest, ok := strings.Cut(path, base)
		if token := rest[strings.LastIndexByte(rest, '/')+1:]; ok && strings.Contains(rest, "/") && len(token) >= 20 {
			return token
		}
	}
	return ""
}

// maxPairs bounds the parameters and cookies that are looked at.
const maxPairs = 200

type pair struct{ name, value string }

func pairs(text, separator string) []pair {
	var out []pair
	for text != "" && len(out) < maxPairs {
		var one string
		one, text, _ = strings.Cut(text, separator)
		name, value, _ := strings.Cut(one, "=")
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, pair{name, value})
		}
	}
	return out
}

// readCredential takes scheme and credential of an Authorization field apart.
// Without a space the value is one or the other, by its look.
func readCredential(f faultline.Field) credential {
	out := credential{at: faultline.AtHeader("Authorization"), text: f.Value}
	scheme, rest, spaced := strings.Cut(f.Value, " ")
	switch {
	case !schemeName(scheme):
	case spaced:
		text := strings.TrimLeft(rest, " ")
		out.scheme, out.text, out.offset = scheme, text, len(f.Value)-len(text)
	case knownScheme(scheme):
		out.scheme, out.text, out.offset = scheme, "", len(f.Value)
	}
	return out
}

// knownScheme reports whether a word is a scheme that is in use: those of the
// IANA registry and those that well-known APIs made up.
func knownScheme(word string) bool {
	switch strings.ToLower(word) {
	case "basic", "bearer", "digest", "dpop", "gnap", "hoba", "mutual", "negotiate", "oauth", "privatetoken", "scram-sha-1", "scram-sha-256", "vapid",
		"ntlm",
		"token", "apikey", "api-key", "key", "jwt", "ssws", "bot", "hmac", "signature", "aws4-hmac-sha256", "aws", "sharedkey",
		"sharedaccesssignature", "googlelogin", "zoho-oauthtoken", "genie", "genie-key", "apptoken":
		return true
	}
	return false
}

// schemeName is a token (RFC 9110, section 11.1) that is short enough to be no
// secret: the longest scheme in use has 21 characters.
func schemeName(word string) bool {
	if word == "" || len(word) > 24 || jwt.Looks(word) {
		return false
	}
	for i := range len(word) {
		ch := word[i]
		if !('a' <= ch|0x20 && ch|0x20 <= 'z' || '0' <= ch && ch <= '9' || ch == '-' || ch == '_') {
			return false
		}
	}
	return true
}

// credentialName recognises fields and parameters that carry a credential by
// their names: X-Api-Key, apikey, X-Auth-Token, X-Shopify-Access-Token.
func credentialName(name string) bool {
	n := fold(name)
	switch {
	case !saysAny(n, "token", "key", "auth", "secret", "signature", "jwt") && n != "xapi":
		return false // as most fields: then the many words below are not looked for
	case strings.Contains(n, "csrf"), strings.Contains(n, "xsrf"), strings.Contains(n, "pagetoken"), strings.Contains(n, "nexttoken"), strings.Contains(n, "synctoken"), strings.Contains(n, "continuationtoken"),
		strings.Contains(n, "antiforgery"), strings.HasPrefix(n, "sec"), strings.Contains(n, "proxy"), strings.Contains(n, "device"):
		return false
	case strings.Contains(n, "apikey"), strings.Contains(n, "accesstoken"), strings.Contains(n, "authtoken"), strings.Contains(n, "accesskey"), strings.Contains(n, "subscriptionkey"), strings.Contains(n, "sessiontoken"),
		strings.Contains(n, "authkey"), strings.Contains(n, "idtoken"), strings.Contains(n, "privatetoken"), strings.Contains(n, "securitytoken"), strings.Contains(n, "apitoken"), strings.Contains(n, "apisecret"), strings.Contains(n, "adminsecret"), strings.Contains(n, "servertoken"), strings.Contains(n, "accounttoken"), strings.Contains(n, "appkey"), strings.Contains(n, "applicationkey"), strings.Contains(n, "masterkey"):
		return true
	}
	return n == "token" || n == "xtoken" || n == "jwt" || n == "xauth" || n == "xauthorization" || n == "xapi" || strings.HasSuffix(n, "signature") && n != "xrequestsignature" || n == "xvaulttoken"
}

// queryCredential are parameters that only in a query are credentials.
func queryCredential(name string) bool {
	switch strings.ToLower(name) {
	case "key", "sig", "auth", "x-amz-signature", "x-goog-signature", "appid", "app_id", "secret", "oauth_token", "oauth_consumer_key":
		return true
	}
	return false
}

// sessionName recognises cookies that carry a session.
func sessionName(name string) bool {
	n := fold(name)
	if strings.Contains(n, "csrf") || strings.Contains(n, "xsrf") || strings.Contains(n, "antiforgery") {
		return false
	}
	for _, part := range []string{"sess", "sid", "auth", "token", "jwt", "login", "identity", "remember"} {
		if strings.Contains(n, part) {
			return true
		}
	}
	return false
}

// authorization is the credential in the Authorization field.
func (c *Case) authorization() (credential, bool) {
	all := c.credentials()
	if len(all) == 0 || !all[0].inAuthorization() {
		return credential{}, false
	}
	return all[0], true
}

func (cr *credential) inAuthorization() bool {
	return cr.at.In == faultline.InHeader && strings.EqualFold(cr.at.Name, "Authorization")
}

// BearerToken is the token of the Authorization field: what follows "Bearer",
// or a JWT that stands there alone.
func (c *Case) BearerToken() (string, bool) {
	cr, ok := c.bearer()
	return cr.text, ok
}

// bearer is the first credential that is a token: in Authorization, else a JWT
// in another field, a parameter or a cookie.
func (c *Case) bearer() (credential, bool) {
	for _, cr := range c.credentials() {
		switch {
		case cr.inAuthorization():
			switch strings.ToLower(cr.scheme) {
			case "oauth":
				if !strings.Contains(cr.text, "oauth_") { // RFC 5849 signs the request: no token that stands for itself
					return cr, true
				}
			case "bearer", "jwt", "token", "dpop":
				return cr, true
			case "":
				if jwt.Looks(cr.text) {
					return cr, true
				}
			}
		case jwt.Looks(cr.text):
			return cr, true
		}
	}
	if len(c.credentials()) == 0 && !c.atTokenEndpoint() {
		return c.tokenInBody()
	}
	return credential{}, false
}

// tokenInBody is the access token of APIs that take it as a field: Cognito's AccessToken, Slack's token of old.
func (c *Case) tokenInBody() (credential, bool) {
	if !c.mentionsToken() {
		return credential{}, false
	}
	v := c.body()
	if v.format == jsonBody {
		return tokenOnTape(v.tape)
	}
	fields := v.fields()
	for i := range fields[:min(len(fields), maxMentioned)] {
		if f := &fields[i]; namesToken(f.name()) && f.kind == "string" && f.text != "" {
			return credential{at: f.at(), text: f.text}, true
		}
	}
	return credential{}, false
}

// mentionsToken is a quick look for the letters of such names: nearly all
// bodies have none.
func (c *Case) mentionsToken() bool {
	body := c.RequestBody()
	for _, word := range []string{"oken", "OKEN", "jwt", "JWT", "Jwt"} {
		if bytes.Contains(body, []byte(word)) {
			return true
		}
	}
	return false
}

func namesToken(name string) bool {
	switch fold(name) {
	case "accesstoken", "token", "authtoken", "sessiontoken", "jwt", "idtoken":
		return true
	}
	return false
}

// tokenOnTape is tokenInBody of JSON, whose fields need not be listed for it.
func tokenOnTape(t *tape.Tape) (credential, bool) {
	values := 0
	for i := range t.Tokens {
		if !t.IsKey(i) {
			if values++; values >= maxMentioned {
				break
			}
			continue
		}
		value := i + 1
		if v := t.Tokens[value]; v.Kind == tape.String && v.End-v.Start > 2 && bytes.ContainsAny(t.Bytes(i), "kKjJ") && namesToken(t.Text(i)) {
			at := faultline.AtBody(t.Pointer(value), faultline.Span{Start: int(v.Start), End: int(v.End)})
			return credential{at: at, text: t.Text(value)}, true
		}
	}
	return credential{}, false
}

// Challenges are the ways in which the server lets itself be convinced.
func (c *Case) Challenges() []challenge.Challenge {
	if c.Exchange.Response == nil {
		return nil
	}
	h := c.Exchange.Response.Header
	fields := h.Values("WWW-Authenticate")
	if len(fields) == 0 {
		// Amazon API Gateway renames the field of the server behind it.
		fields = h.Values("X-Amzn-Remapped-WWW-Authenticate")
	}
	return challenge.Parse(fields...)
}

// credentialViolated is what the contract says about the credential.
func (c *Case) credentialViolated() (contract.Violation, bool) {
	for _, v := range c.Violations {
		if v.Kind == contract.Credential && v.At.Side == faultline.RequestSide {
			return v, true
		}
	}
	return contract.Violation{}, false
}

// deniesIdentity reports whether the answer refuses the caller rather than the
// call: by its status, or by words where the status is another.
func (c *Case) deniesIdentity() bool {
	status := c.Status()
	if c.preflight() || c.unroutedGateway() {
		return false
	}
	const words = saysAbsent | saysScheme | saysForm | saysExpired | saysEarly | saysClock | saysMaybe
	switch {
	case status == 401 || status == 407 || status == 440 || status == 498 || status == 499 && c.BodySays("token"):
		return true
	case status == 400 && c.namesField():
		return false
	case status == 400 && c.asksForScheme():
		return true
	case status == 422:
		_, sent := c.authorization()
		return sent && !c.namesField() && c.authSays()&words != 0
	case status == 403 || status == 400 || status == 419 || status >= 500:
		return c.authSays()&words != 0
	case status >= 200 && status <= 299:
		return c.ErrorInside() && c.authSays()&(words|saysLogin) != 0
	}
	return false
}

// namesField reports whether the answer names a field of the body apart from
// its sentences: then prose such as "not well-formed" is about that field.
func (c *Case) namesField() bool {
	for _, b := range c.blames() {
		if b.sure && b.in == faultline.InBody && len(b.complaint.Field) > 0 && !secretName(b.name) {
			return true
		}
	}
	return false
}

// asksForScheme reports whether a 400 is about the Authorization field: RFC
// 6750, section 3.1, answers a malformed one so. Its bytes show the mistake,
// and the answer names the scheme or speaks of headers.
func (c *Case) asksForScheme() bool {
	cr, sent := c.authorization()
	if !sent {
		return false
	}
	slip, ok := slipOf(&cr)
	return ok && (len(c.Challenges()) > 0 || !slip.harmless && c.BodySays("header", "auth", "credential", "token"))
}

// preflight reports whether the call is a browser's question before another
// call. Fetch, section 4.8: it never carries credentials.
func (c *Case) preflight() bool { return fetch.IsPreflight(&c.Exchange.Request) }

// unroutedGateway reports whether Amazon API Gateway says "Missing
// Authentication Token", by which it means that it has no such route.
func (c *Case) unroutedGateway() bool {
	return c.Status() == 403 && c.Exchange.Response.Header.Has("x-amz-apigw-id") && c.BodySays("missing authentication token")
}

// atTokenEndpoint reports whether the call asks an authorisation server for a
// token: what it says of grants and clients is not about a resource.
func (c *Case) atTokenEndpoint() bool {
	if step := c.oauth().step; step == atToken || step == atClientAPI || c.oauth().slug != "" {
		return true
	}
	if c.Exchange.Request.Method != "POST" {
		return false
	}
	body := c.RequestBody()
	if len(body) > maxAuthText {
		body = body[:maxAuthText]
	}
	has := func(word string) bool { return bytes.Contains(body, []byte(word)) }
	return has("grant_type") || c.authSays()&saysClient != 0 && (has("client_id") || has("refresh"))
}

// sendsPassword reports whether the body carries what a person or client logs
// in with: then a refusal is about that.
func (c *Case) sendsPassword() bool {
	body := c.RequestBody()
	if len(body) > maxAuthText {
		body = body[:maxAuthText]
	}
	text := strings.ToLower(string(body))
	for _, name := range []string{"password", "passwd", "client_secret", "client_assertion", "refresh_token", "refreshtoken", `"refresh"`, "grant_type", "assertion=", "api_key", "apikey", "access_token", `"pin"`, `"otp"`, `"token"`} {
		if strings.Contains(text, name) {
			return true
		}
	}
	return false
}
