package causes_test

import (
	"testing"
	"testing/fstest"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
)

const scopedContract = `openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
servers: [{url: "https://api.example.com"}]
paths:
  /v1/orders/{id}:
    get:
      operationId: getOrder
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      security: [{login: ["orders:read"]}]
      responses: {"200": {description: it}, "403": {description: no}}
components:
  securitySchemes:
    login: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://id.example.com/token", scopes: {"orders:read": read}}}}
`

// TestScopesHeldAndNeeded: what the credential may do is read where it stands, and held against what the
// call needs; wider scopes cover narrower ones.
func TestScopesHeldAndNeeded(t *testing.T) {
	t.Parallel()
	api, err := contract.Load(fstest.MapFS{"api.yaml": {Data: []byte(scopedContract)}}, "api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	ring := newKeyring(t)
	jwt := func(c claims) string { return "Bearer " + ring.sign(ring.rsa, "RS256", "rsa-1", good(c)) }
	const opaque = "Bearer made-up-opaque-token"
	for _, tt := range []struct {
		name, authorization string
		status              int
		header              faultline.Header
		contract            bool
		cause               faultline.Slug
		strength            faultline.Strength
		message             string
	}{
		{"github hides what may not be seen", opaque, 404, faultline.Header{{Name: "X-OAuth-Scopes", Value: "gist"}, {Name: "X-Accepted-OAuth-Scopes", Value: "repo"}}, false, "auth.insufficient-scope", faultline.Likely, "the credential lacks the scope `repo`"},
		{"github, one of several", opaque, 403, faultline.Header{{Name: "X-OAuth-Scopes", Value: "gist, user"}, {Name: "X-Accepted-OAuth-Scopes", Value: "admin:org, read:org"}}, false, "auth.insufficient-scope", faultline.Likely, "the call needs one of the scopes `admin:org`, `read:org`, and the credential has none of them"},
		{"github, a wider scope", opaque, 404, faultline.Header{{Name: "X-OAuth-Scopes", Value: "repo"}, {Name: "X-Accepted-OAuth-Scopes", Value: "public_repo"}}, false, "", 0, ""},
		{"github, admin reads", opaque, 404, faultline.Header{{Name: "X-OAuth-Scopes", Value: "admin:org"}, {Name: "X-Accepted-OAuth-Scopes", Value: "read:org"}}, false, "", 0, ""},
		{"contract, scope", jwt(claims{"scope": "orders:write"}), 403, nil, true, "auth.insufficient-scope", faultline.Likely, "the credential lacks the scope `orders:read`"},
		{"contract, scp as a list", jwt(claims{"scp": []string{"a", "b"}}), 403, nil, true, "auth.insufficient-scope", faultline.Likely, "the credential lacks the scope `orders:read`"},
		{"contract, roles", jwt(claims{"roles": []string{"orders:read"}}), 403, nil, true, "", 0, ""},
		{"contract, a star", jwt(claims{"scope": "orders:*"}), 403, nil, true, "", 0, ""},
		{"challenge", opaque, 401, faultline.Header{{Name: "WWW-Authenticate", Value: `Bearer error="insufficient_scope", scope="a b"`}}, false, "auth.insufficient-scope", faultline.Proven, "the call needs the scope `a`, `b`"},
	} {
		f := tokenFault{authorization: tt.authorization, status: tt.status}
		ex := f.exchange()
		ex.Response.Header = append(ex.Response.Header, tt.header...)
		var options []diagnose.Option
		if tt.contract {
			options = append(options, diagnose.WithContract(api))
		}
		d := diagnose.New(options...).Diagnose(ex)
		first, found := find(d, "auth.insufficient-scope")
		switch {
		case tt.cause == "" && found, tt.cause != "" && (!found || first.Strength != tt.strength || first.Message != tt.message):
			t.Errorf("%s: %s (%s): %q; want %s (%s): %q; all: %s", tt.name, first.Cause.Slug, first.Strength, first.Message, tt.cause, tt.strength, tt.message, slugs(d))
		}
	}
}
