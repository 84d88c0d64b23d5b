package faultline_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
)

// TestWhatTheAnswerRepeatsOfASecretIsMasked: servers quote what they refuse,
// decoded and in their own form.
func TestWhatTheAnswerRepeatsOfASecretIsMasked(t *testing.T) {
	t.Parallel()
	const secret = "hunter2-correct-horse"
	const xmlType = "application/xml"
	for _, tt := range []struct{ name, target, header, value, kind, body string }{
		{"Basic", "/x", "Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte("ada:"+secret)), "", ""},
		{"parameter", "/x", "Authorization", `Token token="` + secret + `"`, "", ""},
		{"without scheme", "/x", "Authorization", secret, "", ""},
		{"doubled scheme", "/x", "Authorization", "Bearer Bearer " + secret, "", ""},
		{"cookie", "/x", "Cookie", "sid=" + secret, "", ""},
		{"fragment", "/cb#access_token=" + secret, "", "", "", ""},
		{"XML", "/x", "", "", xmlType, "<a><n:password>" + secret + "</n:password></a>"},
		{"XML, empty before", "/x", "", "", xmlType, "<a><password/><token type='x'>" + secret + "</token></a>"},
		{"JSON without quotes", "/x", "", "", "application/json", `{"password": ` + secret + `}`},
	} {
		ex := &faultline.Exchange{
			Request:  faultline.Request{Method: "POST", Target: tt.target, Body: faultline.NewBody([]byte(tt.body))},
			Response: &faultline.Response{Status: 400, Body: faultline.NewBody([]byte(`{"error":"bad value ` + secret + `"}`))},
		}
		if tt.header != "" {
			ex.Request.Header = faultline.Header{{Name: tt.header, Value: tt.value}}
		}
		if tt.kind != "" {
			ex.Request.Header = faultline.Header{{Name: "Content-Type", Value: tt.kind}}
		}
		d := &faultline.Diagnosis{Findings: []faultline.Finding{{Message: "found " + secret}}}
		new(faultline.Redactor).Redact(ex, d)
		for _, text := range []string{ex.Request.Target, string(ex.Request.Body.Bytes()), string(ex.Response.Body.Bytes()), d.Findings[0].Message} {
			if strings.Contains(text, secret) {
				t.Errorf("%s: %q", tt.name, text)
			}
		}
		if got := len(ex.Request.Body.Bytes()); got != len(tt.body) {
			t.Errorf("%s: the body has %d bytes, had %d", tt.name, got, len(tt.body))
		}
	}
}
