package causes

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/challenge"
)

func init() { register("auth.missing", authMissing) }

// authMissing is for calls without a credential, and for those that carry one
// where the server does not look.
func authMissing(c *Case) []faultline.Finding {
	if c.lostOnRedirect() != nil {
		return nil // it was sent, and lost on the way: a cause of its own
	}
	if f, ok := c.missingByContract(); ok {
		return []faultline.Finding{f}
	}
	if strength, why, ok := c.sentToLogin(); ok && !c.signsIn() {
		return []faultline.Finding{c.missingFinding(strength, why)}
	}
	if c.keylessGateway() {
		f := c.missingFinding(faultline.Likely, "no API key was sent, and the gateway wants one")
		f.At, f.Remedy = faultline.AtHeader("X-API-Key"), c.sendRemedy(faultline.AtHeader("X-API-Key"))
		f.Expected = "a credential in " + f.At.String()
		return []faultline.Finding{f}
	}
	if c.Status() == 403 && len(c.credentials()) == 0 && c.says(saysNoInvoker) {
		return []faultline.Finding{c.missingFinding(faultline.Likely, "no credential was sent, and the service is not public")}
	}
	if !c.deniesIdentity() && !(c.Status() == 403 && c.authSays()&saysLogin != 0 && !c.preflight()) || c.atTokenEndpoint() || c.Status() == 407 {
		return nil
	}
	says := c.authSays()
	if cr, sent := c.authorization(); sent && (cr.text != "" || says&saysScheme != 0) {
		return c.notArrived(&cr) // there is one: in the wrong form, or wrong, or lost on the way
	}
	switch others := c.elsewhere(); {
	case len(others) > 0 && says&saysAbsent != 0 && says&(saysExpired|saysRefused) == 0:
		f := c.missingFinding(faultline.Likely, "the credential is not where the server looks for it")
		f.Found = "a credential in " + others[0].at.String()
		f.Remedy.Text = "send the credential in " + f.At.String() + " instead of " + others[0].at.String()
		return []faultline.Finding{f}
	case len(others) > 0, says&saysAbsent == 0 && c.sendsPassword():
		return nil
	case says&(saysOther|saysExpired|saysClock) != 0 && says&(saysAbsent|saysLogin) == 0:
		return nil
	case c.noRequest() && says&saysAbsent == 0 && c.challengedToken():
		return nil // RFC 6750, section 3.1: there was a token, and it is refused
	case says&saysAbsent != 0, len(c.Challenges()) > 0 && c.Status() == 401:
		return []faultline.Finding{c.missingFinding(faultline.Proven, "no credential was sent")}
	case c.Status() == 401, says&saysLogin != 0:
		return []faultline.Finding{c.missingFinding(faultline.Likely, "no credential was sent")}
	}
	return nil
}

// challengedToken reports whether the challenge is the answer to a token that is refused.
func (c *Case) challengedToken() bool {
	return slices.ContainsFunc(c.Challenges(), func(ch challenge.Challenge) bool {
		return slices.ContainsFunc(ch.Params, func(p challenge.Param) bool {
			return strings.EqualFold(p.Name, "error") && (p.Value == "invalid_token" || p.Value == "insufficient_scope")
		})
	})
}

// saysNoInvoker is what Google's front end says to strangers of a service of Cloud Run, Cloud Functions or App Engine that wants an ID token.
var saysNoInvoker = topic("a service that is not public", "your client does not have permission to get url", "your client does not have permission to the requested url", "the request was not authenticated")

// missingByContract: the contract names the credential, and it is not there.
func (c *Case) missingByContract() (faultline.Finding, bool) {
	v, violated := c.credentialViolated()
	if cr, sent := c.authorization(); !violated || sent && cr.text != "" {
		return faultline.Finding{}, false
	}
	f := c.asFinding(v)
	f.At, f.Strength, f.Rank = v.At, faultline.Proven, missingRank
	f.Message = "no credential was sent, and the operation requires one"
	f.Brief = "no credential"
	if others := c.elsewhere(); len(others) > 0 {
		f.Message = "the credential is not where the contract wants it"
		f.Found = "a credential in " + others[0].at.String()
		f.Brief = "credential in the " + string(others[0].at.In) + ", not in " + v.At.String()
	}
	f.Expected, f.Source = v.Want, v.Source
	f.Evidence = c.serverWords()
	f.Remedy = c.sendRemedy(f.At)
	f.Retry = "as sent it fails every time"
	return f, true
}

// missingRank puts a credential that is not there before what else may be
// wrong with it.
const missingRank = 30

// elsewhere are the credentials outside the Authorization field.
func (c *Case) elsewhere() []credential {
	var out []credential
	for _, cr := range c.credentials() {
		if !cr.inAuthorization() {
			out = append(out, cr)
		}
	}
	return out
}

func (c *Case) missingFinding(s faultline.Strength, message string) faultline.Finding {
	at := c.credentialPlace()
	f := faultline.Finding{
		Strength: s,
		At:       at,
		Message:  message,
		Brief:    "no credential",
		Expected: "a credential in " + at.String(),
		Evidence: c.serverWords(),
		Remedy:   c.sendRemedy(at),
		Retry:    "as sent it fails every time",
		Rank:     missingRank,
	}
	if c.Exchange.Unseen.Any(faultline.UnseenRequestHeader) || c.noRequest() {
		if c.noRequest() {
			f.Strength = min(f.Strength, faultline.Likely) // the words of the answer alone
		}
		f.Message, f.Brief = "the server asks for a credential; whether one was sent is not shown", "credential asked for"
	}
	if cr, sent := c.authorization(); sent && cr.text == "" {
		f.Message = "the Authorization header carries no credential behind its scheme"
		f.Found = "the scheme `" + cr.scheme + "` alone"
	}
	return f
}

// credentialPlace is where the server looks: as its challenge or its words say,
// else the Authorization field.
func (c *Case) credentialPlace() faultline.Location {
	said := c.authText()
	if name := credentialNamed(said); name != "" {
		return faultline.AtHeader(name)
	}
	for _, ch := range c.Challenges() {
		switch fold(ch.Scheme) {
		case "basic", "bearer", "digest", "negotiate":
			return faultline.AtHeader("Authorization")
		case "key":
			return faultline.AtHeader("apikey") // Kong's key-auth
		case "apikey", "xapikey":
			return faultline.AtHeader("X-API-Key")
		}
	}
	switch {
	case saysAny(said, "subscription key"):
		return faultline.AtHeader("Ocp-Apim-Subscription-Key") // Azure API Management
	case saysAny(said, "no api key found in request", "missing api key found in request", "missing api key in request"):
		return faultline.AtHeader("apikey") // Kong, APISIX
	}
	return faultline.AtHeader("Authorization")
}

// credentialNamed is the first header field for a credential that a text names, as
// its makers spell it: "please add a header X-Postmark-Server-Token".
func credentialNamed(said string) string {
	for from := 0; from < len(said); {
		if !fieldByte(said[from]) {
			from++
			continue
		}
		end := from
		for end < len(said) && fieldByte(said[end]) {
			end++
		}
		word := strings.Trim(said[from:end], "-_")
		if strings.ContainsAny(word, "-_") && len(word) <= maxFieldName && credentialField(word) {
			return titled(word)
		}
		from = end
	}
	return ""
}

// maxFieldName bounds what is taken for the name of a header field.
const maxFieldName = 48

func fieldByte(ch byte) bool { return wordChar(ch) || ch == '-' || 'A' <= ch && ch <= 'Z' }

// credentialField: with a hyphen inside, what ends so is a header field.
func credentialField(word string) bool {
	if strings.HasPrefix(word, "www-") || strings.HasPrefix(word, "proxy-") || strings.Contains(word, "csrf") || strings.Contains(word, "xsrf") || strings.Contains(word, "idempotency") {
		return false
	}
	if credentialName(word) && !strings.Contains(word, "_") {
		return strings.HasPrefix(word, "x-") || strings.Count(word, "-") >= 1 && !plainCompound(word)
	}
	if !strings.HasPrefix(word, "x-") {
		return false
	}
	for _, end := range []string{"-token", "-key", "-auth", "-secret", "-authorization", "-credential", "-session", "-login", "-password"} {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

// plainCompound are words of prose that are spelt with a hyphen now and then.
func plainCompound(word string) bool {
	switch word {
	case "access-token", "auth-token", "api-token", "session-token", "id-token":
		return true
	}
	return false
}

// titled writes a field name in the usual way: x-api-key becomes X-Api-Key.
func titled(name string) string {
	out := []byte(name)
	for i := range out {
		if 'a' <= out[i] && out[i] <= 'z' && (i == 0 || out[i-1] == '-') {
			out[i] -= 'a' - 'A'
		}
	}
	return string(out)
}

// sendRemedy holds a placeholder: only the caller has the credential.
func (c *Case) sendRemedy(at faultline.Location) faultline.Remedy {
	value, text := "<key>", "send the key in "+at.String()
	if strings.EqualFold(at.Name, "Authorization") {
		value, text = c.wantedScheme()+" <token>", "send a token in the Authorization header"
		if strings.HasPrefix(value, "Basic") {
			value, text = "Basic <base64 of name:password>", "send name and password in the Authorization header"
		}
	}
	op := "add"
	if c.Exchange.Request.Header.Has(at.Name) {
		op = "replace"
	}
	return faultline.Remedy{
		Text: text, Applicability: faultline.Template,
		Patch: []faultline.Edit{{Op: op, In: at.In, Name: at.Name, Value: value}},
	}
}

// wantedScheme is the scheme that contract or server ask for.
func (c *Case) wantedScheme() string {
	if v, ok := c.credentialViolated(); ok {
		for _, set := range v.Schemes {
			for _, s := range set {
				if s.Type == "http" && s.Scheme != "" {
					return strings.ToUpper(s.Scheme[:1]) + s.Scheme[1:]
				}
			}
		}
	}
	for _, ch := range c.Challenges() {
		if ch.Scheme != "" {
			return short(ch.Scheme)
		}
	}
	return "Bearer"
}

// sentToLogin recognises servers that answer an API call without a session
// with their login page, or with the way there.
func (c *Case) sentToLogin() (faultline.Strength, string, bool) {
	r := &c.Exchange.Request
	if c.Exchange.Response == nil || loginPath(strings.ToLower(r.Path())) || strings.Contains(r.Header.Value("Accept"), "text/html") {
		return 0, "", false
	}
	switch status := c.Status(); {
	case status == 302 || status == 303 || status == 307 || status == 301:
		to := strings.ToLower(c.Exchange.Response.Header.Value("Location"))
		if loginPath(to) && !c.sendsPassword() {
			return faultline.Likely, "the server sends the call to a login page", true
		}
	case (status == 200 || status == 203) && c.ResponseType() == "text/html":
		body := strings.ToLower(string(c.ResponseBody()[:min(len(c.ResponseBody()), maxLoginPage)]))
		if strings.Contains(body, `type="password"`) || strings.Contains(body, `type='password'`) || strings.Contains(body, "type=password") || loginTitle(body) {
			return faultline.Likely, "the server answers with its login page", true
		}
	}
	return 0, "", false
}

// signsIn reports whether the call carries a credential in Authorization: then a page that asks for a login
// means that it is not accepted.
func (c *Case) signsIn() bool {
	cr, sent := c.authorization()
	return sent && cr.text != "" && c.Status() < 300
}

// loginTitle reports whether the title of a page asks for a login: the form itself may be elsewhere.
func loginTitle(page string) bool {
	_, rest, _ := strings.Cut(page, "<title")
	title, _, closed := strings.Cut(rest, "</title")
	return closed && len(title) < 300 && saysAny(title, "sign in", "sign-in", "signin", "log in", "login", "logon")
}

func loginPath(address string) bool {
	path, _, _ := strings.Cut(address, "?")
	for _, word := range []string{
		"login", "signin", "sign-in", "sign_in", "/sso", "sso.", "/oauth2/authorize", "/oauth/authorize", "/authorize",
		"/auth/realms", "openid-connect/auth", "/saml", "accounts/log", "/oauth2/start", "//login.", "//auth.",
	} {
		if strings.Contains(path, word) {
			return true
		}
	}
	return false
}

// maxLoginPage is how much of a page is searched for a password field: script
// and style stand before it.
const maxLoginPage = 64 << 10
