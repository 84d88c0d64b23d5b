package causes

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/jwt"
)

// describe says what a credential is without quoting it.
func (cr *credential) describe() string {
	what := fmt.Sprintf("[%s, %d characters]", cr.kind(), len(cr.text))
	if cr.scheme != "" {
		return cr.scheme + " " + what
	}
	return what
}

func (cr *credential) kind() string {
	switch {
	case jwt.Looks(cr.text):
		return "JWT"
	case strings.EqualFold(cr.scheme, "Basic"):
		return "name and password"
	}
	return "token"
}

// describeClaims adds what the registered claims of a JWT say.
func describeClaims(cr *credential, claims *jwt.Claims) string {
	out := cr.describe()
	var more []string
	if claims.Algorithm != "" {
		more = append(more, claims.Algorithm)
	}
	if claims.KeyID != "" {
		more = append(more, "kid "+short(claims.KeyID))
	}
	if claims.Issuer != "" {
		more = append(more, "iss "+short(claims.Issuer))
	}
	if len(claims.Audience) > 0 {
		more = append(more, "aud "+short(strings.Join(claims.Audience, " ")))
	}
	if len(more) > 0 {
		out += " " + strings.Join(more, ", ")
	}
	return out
}

// serverWords is what the server said about the credential: its challenge if
// that names an error, else the beginning of its body.
func (c *Case) serverWords() []faultline.Evidence {
	if c.Exchange.Response == nil {
		return nil
	}
	for _, v := range c.Exchange.Response.Header.Values("WWW-Authenticate") {
		if strings.Contains(strings.ToLower(v), "error") {
			return []faultline.Evidence{said("WWW-Authenticate: " + c.withoutSecrets(v))}
		}
	}
	if body := c.ResponseBody(); c.Said() != "" && c.ResponseType() != "text/html" && !markup(body) {
		return []faultline.Evidence{said(c.withoutSecrets(string(body[:min(len(body), maxQuoted)])))}
	}
	if v := c.Exchange.Response.Header.Value("WWW-Authenticate"); v != "" {
		return []faultline.Evidence{said("WWW-Authenticate: " + v)}
	}
	return nil
}

// maxQuoted bounds what is read of an answer to be quoted; less of it is shown.
const maxQuoted = 1 << 10

// withoutSecrets masks the credentials of the request in the server's words:
// some servers repeat what they refuse.
func (c *Case) withoutSecrets(text string) string {
	for _, cr := range c.credentials() {
		if len(cr.text) > 3 {
			text = strings.ReplaceAll(text, cr.text, "["+cr.kind()+"]")
		}
	}
	return text
}

// markup reports whether a body is a page, whatever its media type says: pages are quoted without their tags.
func markup(body []byte) bool {
	head := strings.ToLower(string(bytes.TrimSpace(body[:min(len(body), 64)])))
	return strings.HasPrefix(head, "<html") || strings.HasPrefix(head, "<!doctype html")
}
