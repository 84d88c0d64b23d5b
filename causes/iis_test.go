package causes_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// TestRequestFilterOfIIS: IIS says 404 to what is too large or too long. What was announced of the body
// counts where the body itself is not at hand, and the limit of a query is 2048 bytes of it alone.
func TestRequestFilterOfIIS(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		want   faultline.Slug
		target string
		length string
		words  string
	}{
		{"content.too-large", "/api/pictures", "41943040", "404.13 - Not Found: The request filtering module is configured to deny a request that exceeds the request content length."},
		{"url.too-long", "/api/find?codes=" + strings.Repeat("a1,", 600), "", "404.15 - Not Found: The request filtering module is configured to deny a request where the query string is too long."},
		{"route.unknown-path", "/api/pictures", "", "404.0 - Not Found: The resource you are looking for has been removed, had its name changed, or is temporarily unavailable."},
	} {
		ex := &faultline.Exchange{Request: faultline.Request{Method: "POST", Scheme: "https", Host: "api.example.com", Target: c.target}}
		if c.length != "" {
			ex.Request.Header = faultline.Header{{Name: "Content-Length", Value: c.length}}
		}
		ex.Response = &faultline.Response{
			Status: 404, Header: faultline.Header{{Name: "Server", Value: "Microsoft-IIS/10.0"}, {Name: "Content-Type", Value: "text/html"}},
			Body: faultline.NewBody([]byte("<html><head><title>IIS Detailed Error</title></head><body><h3>HTTP Error " + c.words + "</h3></body></html>")),
		}
		if first, _ := diagnose.New().Diagnose(ex).Primary(); first.Cause.Slug != c.want {
			t.Errorf("%q: %s, want %s", c.words, first.Cause.Slug, c.want)
		}
	}
}
