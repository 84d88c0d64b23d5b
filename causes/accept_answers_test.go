package causes_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// TestAcceptFields tells which of the fields of negotiation excludes every answer.
func TestAcceptFields(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for name, tt := range map[string]struct {
		header faultline.Header
		status int
		body   string
		at     string // empty: nothing but the status speaks for this cause
	}{
		"type":                 {faultline.Header{{Name: "Accept", Value: "text/csv"}}, 406, "", "Accept"},
		"type, by GitHub":      {faultline.Header{{Name: "Accept", Value: "application/foo"}}, 415, `{"message":"Unsupported 'Accept' header: 'application/foo'. Must accept 'application/json'."}`, "Accept"},
		"language":             {faultline.Header{{Name: "Accept", Value: "*/*"}, {Name: "Accept-Language", Value: "tlh"}}, 406, "", "Accept-Language"},
		"coding":               {faultline.Header{{Name: "Accept-Encoding", Value: "br, identity;q=0"}}, 406, "", "Accept-Encoding"},
		"charset, in words":    {faultline.Header{{Name: "Accept", Value: "application/json"}, {Name: "Accept-Charset", Value: "ebcdic"}}, 406, "charset not available", "Accept-Charset"},
		"coding that all send": {faultline.Header{{Name: "Accept", Value: "text/csv"}, {Name: "Accept-Encoding", Value: "gzip, deflate"}}, 406, "", "Accept"},
		"nothing excluded":     {faultline.Header{{Name: "Accept", Value: "*/*"}, {Name: "Accept-Encoding", Value: "gzip"}}, 406, "", ""},
	} {
		ex := &faultline.Exchange{
			Request:  faultline.Request{Method: "GET", Scheme: "https", Host: "api.example.com", Target: "/v1/orders", Header: tt.header},
			Response: &faultline.Response{Status: tt.status, Body: faultline.NewBody([]byte(tt.body))},
		}
		first, _ := engine.Diagnose(ex).Primary()
		if is := first.Cause.Slug == "content.not-acceptable" && first.Strength > faultline.Possible; is != (tt.at != "") || is && first.At.Name != tt.at {
			t.Errorf("%s: %s at %s, want Accept field %q", name, first.Cause.Slug, first.At, tt.at)
		}
	}
}
