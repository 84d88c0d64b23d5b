package causes

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/faultline-http/faultline/causes/internal/jwks"
)

// An Issuer is what is known of one from its configuration (OpenID Connect
// Discovery, section 4.2). What is empty is not known.
type Issuer struct {
	Name    string   `json:"issuer"`
	JWKSURI string   `json:"jwks_uri"`                              // where its keys are
	Methods []string `json:"token_endpoint_auth_methods_supported"` // in which clients may prove themselves
}

// Keys are an issuer with the keys that it signs tokens with. They do not
// change and are safe for concurrent use.
type Keys struct {
	Issuer
	set *jwks.Set
}

// ReadKeys reads a JWK Set (RFC 7517). Of the issuer nothing need be known.
func ReadKeys(jwkSet []byte, of Issuer) (*Keys, error) {
	set, err := jwks.Read(jwkSet)
	if err != nil {
		return nil, err
	}
	return &Keys{Issuer: of, set: set}, nil
}

// MaxKeyDocument bounds the documents of an issuer that are worth reading.
const MaxKeyDocument = jwks.MaxDocument

// ReadIssuer reads the configuration of an issuer.
func ReadIssuer(document []byte) (Issuer, error) {
	var of Issuer
	if err := json.Unmarshal(document, &of); err != nil {
		return Issuer{}, fmt.Errorf("not an OpenID configuration: %w", err)
	}
	if of.Name == "" || !strings.Contains(of.JWKSURI, "://") {
		return Issuer{}, fmt.Errorf("not an OpenID configuration: it lacks `issuer` or `jwks_uri`")
	}
	return of, nil
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

// unsentWithKeys reports whether a request is judged before it is sent: then the
// keys alone say whether its token would be taken.
func (c *Case) unsentWithKeys() bool { return c.Keys != nil && c.Unsent() }
