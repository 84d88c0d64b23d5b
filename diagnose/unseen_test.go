package diagnose_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
)

// unauthorized is a 401 as an access log shows it, or with all its parts.
func unauthorized(unseen faultline.Unseen) *faultline.Exchange {
	return &faultline.Exchange{
		Request: faultline.Request{Method: "GET", Scheme: "https", Host: "api.example.com", Target: "/v1/orders"},
		Response: &faultline.Response{
			Status: 401, Header: faultline.Header{{Name: "WWW-Authenticate", Value: "Bearer"}},
		},
		Unseen: unseen,
	}
}

func TestWhatIsUnseenIsNotCalledMissing(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	seen, _ := engine.Diagnose(unauthorized(0)).Primary()
	if seen.Cause.Slug != "auth.missing" || seen.Strength != faultline.Proven {
		t.Fatalf("with all parts: %s, %v, want auth.missing, proven", seen.Cause.Slug, seen.Strength)
	}
	hidden, _ := engine.Diagnose(unauthorized(faultline.UnseenMessages)).Primary()
	if hidden.Cause.Slug != "auth.missing" || hidden.Strength != faultline.Possible {
		t.Errorf("of a log: %s, %v, want auth.missing, possible", hidden.Cause.Slug, hidden.Strength)
	}
	if strings.Contains(hidden.Message, "no credential was sent") {
		t.Errorf("message = %q claims what was not shown", hidden.Message)
	}
	last := hidden.Notes[len(hidden.Notes)-1]
	if last.Label != "settle it" || !strings.Contains(last.Text, "request header authorization") {
		t.Errorf("note = %+v, want what would settle it", last)
	}
}

func TestContractMissesNothingInWhatIsUnseen(t *testing.T) {
	t.Parallel()
	const description = `
openapi: 3.1.0
info: {title: Orders, version: "1"}
paths:
  /v1/orders:
    get:
      parameters:
        - {name: X-Tenant, in: header, required: true, schema: {type: string}}
        - {name: limit, in: query, required: true, schema: {type: integer}}
      responses: {"200": {description: fine}, "401": {description: no}}
`
	api, err := contract.Load(fstest.MapFS{"api.yaml": {Data: []byte(description)}}, "api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	engine := diagnose.New(diagnose.WithContract(api))
	slugs := func(unseen faultline.Unseen) (out []string) {
		for _, f := range engine.Diagnose(unauthorized(unseen)).Findings {
			out = append(out, string(f.Cause.Slug))
		}
		return out
	}
	if got := strings.Join(slugs(0), " "); !strings.Contains(got, "header.missing") || !strings.Contains(got, "param.missing") {
		t.Errorf("with all parts found %s, want header.missing and param.missing", got)
	}
	if got := strings.Join(slugs(faultline.UnseenRequestHeader), " "); strings.Contains(got, "header.missing") || !strings.Contains(got, "param.missing") {
		t.Errorf("without headers found %s, want param.missing alone of the two", got)
	}
}
