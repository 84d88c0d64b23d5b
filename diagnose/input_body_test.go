package diagnose_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// TestOfABareBodyOnlyTheRequestIsUnknown: what the server says of the request
// counts, and what the request lacks because nobody showed it does not.
func TestOfABareBodyOnlyTheRequestIsUnknown(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range []struct {
		status int // 0: not known
		body   string
		cause  faultline.Slug
		at     string
	}{
		{0, `{"message":"The email field is required.","errors":{"email":["The email field is required."]}}`, "body.missing-field", "request body  /email"},
		{0, `{"email":["Enter a valid email address."]}`, "body.value", "request body  /email"},
		{0, `{"success":false,"error":{"issues":[{"code":"invalid_type","expected":"string","received":"number","path":["name"],"message":"Expected string, received number"}],"name":"ZodError"}}`, "body.type", "request body  /name"},
		{0, `{"error":"invalid_grant","error_description":"Code was already redeemed."}`, "oauth.invalid-grant", "request body  /code"},
		{400, `{"title":"One or more validation errors occurred.","status":400,"errors":{"$.price":["The JSON value could not be converted to System.Decimal. Path: $.price | LineNumber: 0 | BytePositionInLine: 15."]}}`, "body.type", "request body  /price"},
		{400, `{"status":400,"error":"Bad Request","exception":"#<ActionController::ParameterMissing: param is missing or the value is empty: order>"}`, "body.missing-field", "request body  /order"},
		{400, `{"code":400,"message":"invalid character '}' looking for beginning of object key string"}`, "body.syntax", "request body"},
		{403, `{"error":{"code":403,"message":"Request had insufficient authentication scopes.","status":"PERMISSION_DENIED"}}`, "auth.insufficient-scope", "request header authorization"},
		{405, `{"timestamp":"2026-01-01T00:00:00.000+00:00","status":405,"error":"Method Not Allowed","path":"/orders"}`, "route.method-not-allowed", "request method"},
		{413, "<html>\n<head><title>413 Request Entity Too Large</title></head>\n<body><center><h1>413 Request Entity Too Large</h1></center><hr><center>nginx/1.18.0</center></body></html>", "content.too-large", "request body"},
	} {
		ex := piece(faultline.InputBody, faultline.UnseenMessages&^faultline.UnseenResponseBody)
		ex.Response = &faultline.Response{Status: tt.status, Body: faultline.NewBody([]byte(tt.body))}
		if tt.status == 0 {
			ex.Unseen |= faultline.UnseenStatus
		}
		d := engine.Diagnose(ex)
		f, found := d.Primary()
		switch {
		case !found:
			t.Errorf("%s: nothing found, want %s", tt.body, tt.cause)
		case f.Cause.Slug != tt.cause || f.At.String() != tt.at:
			t.Errorf("%s: %s at %s, want %s at %s", tt.body, f.Cause.Slug, f.At, tt.cause, tt.at)
		case len(d.Findings) > 1:
			t.Errorf("%s: beside %s also %s", tt.body, tt.cause, d.Findings[1].Cause.Slug)
		}
	}
}

// TestOfALineOfALogNothingIsSaidThatItDoesNotShow: neither the form of the answer
// nor the fields that it has or lacks.
func TestOfALineOfALogNothingIsSaidThatItDoesNotShow(t *testing.T) {
	t.Parallel()
	ex := &faultline.Exchange{
		Unseen: faultline.UnseenMessages, Request: faultline.Request{Method: "GET", Target: "/v1/orders"},
		Response: &faultline.Response{Status: 502},
	}
	d := diagnose.New().Diagnose(ex)
	f, found := d.Primary()
	if !found || f.Cause.Slug.Family() != "gateway" {
		t.Fatalf("found %v", d.Findings)
	}
	for _, e := range f.Evidence {
		for _, l := range e.Lines {
			if l.Text != "client ──ok──▶ the gateway ──refused──✗ API" {
				t.Errorf("evidence that no log shows: %s %q", e.Title, l.Text)
			}
		}
	}
	for _, r := range d.RuledOut {
		if r.Slug == "server.exception" {
			t.Errorf("ruled out by what is not shown: %s", r.Why)
		}
	}
}

// TestAnAnswerAloneDoesNotProveWhatWasSent: `curl -i` prints no request.
func TestAnAnswerAloneDoesNotProveWhatWasSent(t *testing.T) {
	t.Parallel()
	ex := &faultline.Exchange{Response: &faultline.Response{
		Status: 401, Header: faultline.Header{{Name: "WWW-Authenticate", Value: "Bearer"}},
		Body: faultline.NewBody([]byte(`{"detail":"Authentication credentials were not provided."}`)),
	}}
	d := diagnose.New().Diagnose(ex)
	if f, _ := d.Primary(); f.Cause.Slug != "auth.missing" || f.Strength == faultline.Proven {
		t.Errorf("%s %s, want auth.missing and not proven", f.Cause.Slug, f.Strength)
	}
	ex.Response.Header[0].Value, ex.Response.Body = `Bearer error="invalid_token"`, faultline.Body{}
	if f, _ := diagnose.New().Diagnose(ex).Primary(); f.Cause.Slug != "auth.invalid-credentials" {
		t.Errorf("%s, want auth.invalid-credentials: the challenge says that there was a token", f.Cause.Slug)
	}
}

// TestTheStatusIsNotSaidTwice: that the server failed goes without saying where the cause of it is shown.
func TestTheStatusIsNotSaidTwice(t *testing.T) {
	t.Parallel()
	ex := &faultline.Exchange{
		Request:  faultline.Request{Method: "GET", Scheme: "http", Host: "api.example.com", Target: "/v1/x"},
		Response: &faultline.Response{Status: 500, Body: faultline.NewBody([]byte("Traceback (most recent call last):\n  File \"app.py\", line 3, in get\nKeyError: 'x'\n"))},
	}
	d := diagnose.New().Diagnose(ex)
	if f, _ := d.Primary(); f.Cause.Slug != "server.exception" || len(d.Findings) != 1 {
		t.Errorf("%d findings, first %s", len(d.Findings), f.Cause.Slug)
	}
}
