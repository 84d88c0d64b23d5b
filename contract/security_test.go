package contract_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

const secured = head + `security: [{bearer: []}]
paths:
  /bearer: {get: {operationId: bearer}}
  /basic: {get: {operationId: basic, security: [{basic: []}]}}
  /key: {get: {operationId: key, security: [{header: []}]}}
  /query: {get: {operationId: query, security: [{query: []}]}}
  /cookie: {get: {operationId: cookie, security: [{cookie: []}]}}
  /both: {get: {operationId: both, security: [{header: [], bearer: []}]}}
  /either: {get: {operationId: either, security: [{header: []}, {oauth: [read]}]}}
  /open: {get: {operationId: open, security: []}}
  /optional: {get: {operationId: optional, security: [{}, {header: []}]}}
  /tls: {get: {operationId: tls, security: [{tls: []}]}}
components:
  securitySchemes:
    bearer: {type: http, scheme: Bearer, bearerFormat: JWT}
    basic: {type: http, scheme: basic}
    header: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: api_key}
    cookie: {type: apiKey, in: cookie, name: sid}
    oauth: {type: oauth2, flows: {}}
    tls: {type: mutualTLS}
`

func TestCredentialsAreJudgedByTheirForm(t *testing.T) {
	t.Parallel()
	c := load(t, secured)
	for _, tt := range []struct {
		target, line string
		valid        bool
		at           string // of the violation
		found        string
	}{
		{"/bearer", "Authorization: Bearer abc.def-_~+/==", true, "", ""},
		{"/bearer", "authorization: bearer abc", true, "", ""},
		{"/bearer", "X: y", false, "request header authorization", ""},
		{"/bearer", "Authorization: Bearer", false, "request header authorization", "the scheme `Bearer` without a credential"},
		{"/bearer", "Authorization: Bearer a b", false, "request header authorization", "the scheme `Bearer` with text that is not a token"},
		{"/bearer", "Authorization: Basic YTpi", false, "request header authorization", "the scheme `Basic`"},
		{"/bearer", "Authorization: sekret", false, "request header authorization", "an Authorization header without a scheme"},
		{"/bearer?access_token=x", "X: y", false, "request header authorization", "`access_token` in the query"},
		{"/basic", "Authorization: Basic YTpi", true, "", ""},
		{"/basic", "Authorization: Basic YWI=", false, "request header authorization", "the scheme `Basic` with text that is not base64 of name:password"},
		{"/basic", "Authorization: Basic a:b", false, "request header authorization", "the scheme `Basic` with text that is not base64 of name:password"},
		{"/key", "x-key: 1", true, "", ""},
		{"/key", "X-Key: ", false, "request header x-key", "an empty X-Key header"},
		{"/key", "Authorization: Bearer x", false, "request header x-key", "an Authorization header with the scheme `Bearer`"},
		{"/key?X-Key=1", "X: y", false, "request header x-key", "`X-Key` in the query"},
		{"/key?api-key=1", "X: y", false, "request header x-key", ""},
		{"/query", "X-Api-Key: 1", false, "query parameter api_key", "`X-Api-Key` as a header"},
		{"/query?apikey=1", "X: y", false, "query parameter api_key", "`apikey` in the query"},
		{"/query?api_key=1", "X: y", true, "", ""},
		{"/query?api_key=", "X: y", false, "query parameter api_key", ""},
		{"/cookie", "Cookie: a=b; sid=1", true, "", ""},
		{"/cookie", "Cookie: a=b", false, "cookie parameter sid", ""},
		{"/both", "X-Key: 1", false, "request header authorization", ""},
		{"/either", "X-Key: 1", true, "", ""},
		{"/either", "Authorization: Bearer x", true, "", ""},
		{"/either", "Authorization: Basic x", false, "request header x-key", "an Authorization header with the scheme `Basic`"},
		{"/open", "X: y", true, "", ""},
		{"/optional", "X: y", true, "", ""},
		{"/tls", "X: y", true, "", ""},
	} {
		valid, violations := judge(t, c, request("GET", tt.target, tt.line))
		if valid != tt.valid {
			t.Errorf("%s %q: got valid %v, want %v", tt.target, tt.line, valid, tt.valid)
			continue
		}
		if valid {
			continue
		}
		v := violations[0]
		if v.Kind != contract.Credential || len(v.Schemes) == 0 {
			t.Errorf("%s %q: got %+v, want a credential with its schemes", tt.target, tt.line, v)
		}
		if v.At.String() != tt.at || v.Found != tt.found {
			t.Errorf("%s %q: got %q found %q, want %q found %q", tt.target, tt.line, v.At, v.Found, tt.at, tt.found)
		}
		complete(t, tt.target, v)
	}
}

func TestSecretsAreNotQuoted(t *testing.T) {
	t.Parallel()
	c := load(t, secured)
	const secret = "s3cr3tTh4tMustNotLeak"
	for _, line := range []string{"Authorization: " + secret, "Authorization: Bearer " + secret + " x", "Authorization: Basic " + secret, "Cookie: sid2=" + secret} {
		for _, target := range []string{"/bearer", "/basic", "/key", "/cookie", "/either", "/bearer?access_token=" + secret} {
			_, violations := judge(t, c, request("GET", target, line))
			for _, v := range violations {
				said := v.Message + v.Want + v.Found
				if v.Detail.Found != nil {
					said += v.Detail.Found.Text
				}
				if strings.Contains(said, secret) {
					t.Errorf("%s %q: the secret is quoted in %q", target, line, said)
				}
			}
		}
	}
}

func TestOperationsTellWhatTheyTake(t *testing.T) {
	t.Parallel()
	c := load(t, secured)
	op := c.Match("GET", "/either").Operation
	sets := op.Security()
	if len(sets) != 2 || sets[0][0].Field != "X-Key" || sets[0][0].In != faultline.InHeader || sets[1][0].Scopes[0] != "read" {
		t.Errorf("got %+v, want two alternatives", sets)
	}
}
