package causes

import (
	"fmt"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/jwt"
)

// TokenFacts are the parts of the bearer token that may be shown: what it says
// of its key, its issuer, its time and what it permits. Nil if none could be
// read.
func (c *Case) TokenFacts() []faultline.Evidence {
	_, claims, ok := c.token()
	if !ok {
		return nil
	}
	var facts []faultline.Evidence
	add := func(title, text string) {
		if text != "" {
			facts = append(facts, fact(title, text))
		}
	}
	header := "alg " + orNone(claims.Algorithm) + " · kid " + orNone(claims.KeyID)
	if claims.Type != "" {
		header += " · typ " + short(claims.Type)
	}
	add("header", header)
	if claims.Encrypted {
		add("claims", "encrypted (RFC 7516): only who holds the key can read them")
		return facts
	}
	add("issuer", short(claims.Issuer))
	add("audience", short(strings.Join(claims.Audience, ", ")))
	add("client", short(claims.Party))
	add("tenant", short(claims.Tenant))
	add("scopes", short(strings.Join(claims.Scopes, " ")))
	now := c.Exchange.Start
	add("issued", dated(claims.IssuedAt, now))
	add("not before", dated(claims.NotBefore, now))
	switch {
	case !claims.Expires.IsZero():
		add("expires", dated(claims.Expires, now))
	case claims.HasExpiry:
		add("expires", "not known: its `exp` is no date")
	default:
		add("expires", "never: it has no `exp`")
	}
	add("signature", fmt.Sprintf("%d bytes, not verified here", claims.Signature))
	return facts
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return short(text)
}

// dated is a time and how far it is away.
func dated(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	text := t.UTC().Format(time.RFC3339)
	switch {
	case jwt.Milliseconds(t):
		return text + "; as milliseconds it is " + time.UnixMilli(t.Unix()).UTC().Format(time.RFC3339)
	case now.IsZero():
		return text
	case t.After(now):
		return text + ", in " + span(t.Sub(now))
	}
	return text + ", " + span(now.Sub(t)) + " ago"
}
