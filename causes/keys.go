package causes

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/faultline-http/faultline/causes/internal/jwks"
)

// Keys are what is known of an issuer: its name, and the keys that it signs
// tokens with. They do not change and are safe for concurrent use.
type Keys struct {
	Issuer string // empty: not known
	set    *jwks.Set
}

// ReadKeys reads a JWK Set (RFC 7517). The issuer may be empty.
func ReadKeys(jwkSet []byte, issuer string) (*Keys, error) {
	set, err := jwks.Read(jwkSet)
	if err != nil {
		return nil, err
	}
	return &Keys{Issuer: issuer, set: set}, nil
}

// MaxKeyDocument bounds the documents of an issuer that are worth reading.
const MaxKeyDocument = jwks.MaxDocument

// ReadOpenID reads the configuration of an issuer (OpenID Connect Discovery,
// section 4.2): its name, and where its keys are.
func ReadOpenID(document []byte) (issuer, jwksURI string, err error) {
	var d struct {
		Issuer  string `json:"issuer"`
		JWKSURI string `json:"jwks_uri"`
	}
	if err := json.Unmarshal(document, &d); err != nil {
		return "", "", fmt.Errorf("not an OpenID configuration: %w", err)
	}
	if d.Issuer == "" || !strings.Contains(d.JWKSURI, "://") {
		return "", "", fmt.Errorf("not an OpenID configuration: it lacks `issuer` or `jwks_uri`")
	}
	return d.Issuer, d.JWKSURI, nil
}

// verdict is what the given keys say of the bearer token; ok is false if there
// are no keys or no token that they could be for.
func (c *Case) verdict() (v jwks.Verdict, ok bool) {
	t := c.readToken()
	if c.Keys == nil || !t.isJWT {
		return v, false
	}
	v = c.known.verdict.get(func() jwks.Verdict { return c.Keys.set.Verify(t.cr.text) })
	return v, v.Outcome != jwks.Unreadable
}
