package causes

import (
	"net/url"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/jwt"
)

// tokenRead is the bearer token as its bytes show it.
type tokenRead struct {
	cr     credential
	claims jwt.Claims
	isJWT  bool // its claims, or at least its header, could be read
}

// token decodes the bearer token if it is a JWT.
func (c *Case) token() (credential, jwt.Claims, bool) {
	t := c.readToken()
	return t.cr, t.claims, t.isJWT
}

func (c *Case) readToken() *tokenRead {
	if !c.known.token.done {
		c.known.token.done = true
		c.known.token.value = c.decodeToken()
	}
	return &c.known.token.value
}

func (c *Case) decodeToken() tokenRead {
	cr, ok := c.bearer()
	if !ok {
		return tokenRead{}
	}
	claims, err := jwt.Decode(cr.text)
	if err != nil && err.Mended != "" {
		// "Bearer Bearer x": another rule's mistake, and the claims still count.
		claims, err = jwt.Decode(err.Mended)
	}
	return tokenRead{cr, claims, err == nil || claims.Length > 0}
}

// tokenOutOfTime reports whether the token's own times say that it is not valid
// now, by the server's clock.
func (c *Case) tokenOutOfTime() bool {
	t := c.readToken()
	now, _ := c.serverClock()
	return t.isJWT && !now.IsZero() && (!t.claims.Expires.IsZero() && !now.Before(t.claims.Expires) || t.claims.NotBefore.After(now))
}

// refusesToken reports whether the answer may be about the token that was sent:
// a refusal of the caller, a 403, or words about this word of a token.
func (c *Case) refusesToken(about authWord) bool {
	if c.Exchange.Response == nil || c.preflight() {
		return false
	}
	status := c.Status()
	if status == 401 || status == 403 {
		return true
	}
	return c.authSays()&about != 0 && (c.says(topicToken) || c.onlyToken()) && (status >= 400 && status != 404 && status != 429 || c.ErrorInside())
}

// onlyToken reports whether a refusal can be about nothing but the token: Flask-JWT-Extended and others answer 422 or
// 400 to a JWT that they cannot use, in words such as "Signature verification failed".
func (c *Case) onlyToken() bool {
	if status := c.Status(); status != 422 && status != 400 || !c.namesNothing() {
		return false
	}
	t := c.readToken()
	return t.isJWT && (c.hasNoBody() || !c.sendsPassword())
}

// presented is the credential that a refusal is about: the bearer token, else
// the first of all.
func (c *Case) presented() (credential, bool) {
	if cr, ok := c.bearer(); ok {
		return cr, true
	}
	all := c.credentials()
	if len(all) == 0 {
		return credential{}, false
	}
	return all[0], true
}

// claimShown shows a token by its registered claims, and one of them with
// carets below its value.
func claimShown(cr *credential, claims *jwt.Claims, name, value, note string) faultline.Evidence {
	line := name + " " + short(value)
	return faultline.Evidence{Kind: faultline.Excerpt, Title: cr.at.String(), Lines: []faultline.Line{
		{Text: describeClaims(cr, claims)},
		{Text: line, Span: faultline.Span{Start: len(name) + 1, End: len(line)}, Note: note},
	}}
}

// hostOf is the host of an identifier that is an address, in lower case.
func hostOf(identifier string) string {
	if !strings.Contains(identifier, "://") {
		return ""
	}
	u, err := url.Parse(identifier)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// sameSite reports whether two hosts belong to one site, judged by their last
// two labels: good enough to hold a claim for plausible, not to prove anything.
func sameSite(a, b string) bool { return site(a) == site(b) }

func site(host string) string {
	labels := strings.Split(host, ".")
	if len(labels) > 2 {
		keep := 2
		if second := labels[len(labels)-2]; len(labels[len(labels)-1]) == 2 && len(second) <= 3 {
			keep = 3 // example.co.uk
		}
		labels = labels[max(0, len(labels)-keep):]
	}
	return strings.Join(labels, ".")
}
