package faultline_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/google/go-cmp/cmp"
)

// TestCloneSharesNothing: a copy that is masked leaves the original as it was.
func TestCloneSharesNothing(t *testing.T) {
	t.Parallel()
	with := func() *faultline.Exchange {
		message := func() (faultline.Header, faultline.Body) {
			return faultline.Header{{Name: "Authorization", Value: "Bearer one-two-three"}, {Name: "Content-Type", Value: "application/json"}},
				faultline.NewBody([]byte(`{"password":"hunter22"}`))
		}
		ex := &faultline.Exchange{ID: "x", Labels: map[string]string{"a": "b"}, Failure: &faultline.Failure{Text: "https://a:b@example.com"}, Response: &faultline.Response{Status: 200}}
		ex.Request.Target = "/v1?token=secret-of-mine"
		ex.Request.Header, ex.Request.Body = message()
		ex.Response.Header, ex.Response.Body = message()
		ex.Hops = []faultline.Hop{{Response: &faultline.Response{Status: 302}, Failure: &faultline.Failure{Text: "t"}}}
		ex.Hops[0].Request.Header, ex.Hops[0].Request.Body = message()
		return ex
	}
	original := with()
	shown := original.Clone()
	if diff := cmp.Diff(original, shown); diff != "" {
		t.Errorf("the copy differs:\n%s", diff)
	}
	if n := (&faultline.Redactor{}).Redact(shown, nil); n == 0 {
		t.Error("nothing was masked")
	}
	shown.Labels["a"] = "c"
	if diff := cmp.Diff(with(), original); diff != "" {
		t.Errorf("the original changed with its copy:\n%s", diff)
	}
}
