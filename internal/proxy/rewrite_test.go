package proxy_test

import (
	"regexp"
	"testing"

	"github.com/faultline-http/faultline/internal/proxy"
)

func TestRewrite(t *testing.T) {
	t.Parallel()
	pets := []proxy.Replacement{{Match: regexp.MustCompile(`^/pet/([^/]+)`), With: "/pets/$1"}}
	for _, tt := range []struct {
		name     string
		r        proxy.Rewrite
		in, want string
	}{
		{"nothing to do", proxy.Rewrite{}, "/a?b=/api", "/a?b=/api"},
		{"strip", proxy.Rewrite{StripPrefix: "/api"}, "/api/orders?x=1", "/orders?x=1"},
		{"strip the whole path", proxy.Rewrite{StripPrefix: "/api"}, "/api", "/"},
		{"strip leaves the query alone", proxy.Rewrite{StripPrefix: "/api"}, "/api?next=/api/2", "/?next=/api/2"},
		{"strip takes segments only", proxy.Rewrite{StripPrefix: "/api"}, "/apis/1", "/apis/1"},
		{"strip with a slash at its end", proxy.Rewrite{StripPrefix: "/api/"}, "/api/1", "/1"},
		{"what is encoded stays so", proxy.Rewrite{StripPrefix: "/api"}, "/api/a%2Fb", "/a%2Fb"},
		{"an encoded prefix is another path", proxy.Rewrite{StripPrefix: "/api"}, "/%61pi/1", "/%61pi/1"},
		{"add", proxy.Rewrite{AddPrefix: "/v2"}, "/orders", "/v2/orders"},
		{"strip, then add", proxy.Rewrite{StripPrefix: "/api", AddPrefix: "/v2/"}, "/api/orders", "/v2/orders"},
		{"replace", proxy.Rewrite{Replace: pets}, "/pet/7/toys?pet=/pet/8", "/pets/7/toys?pet=/pet/8"},
		{"a replacement keeps the path a path", proxy.Rewrite{Replace: []proxy.Replacement{{Match: regexp.MustCompile(`^/`), With: ""}}}, "/a/b", "/a/b"},
		{"no path at all", proxy.Rewrite{AddPrefix: "/v2"}, "*", "*"},
		{"nor in a CONNECT", proxy.Rewrite{AddPrefix: "/v2"}, "example.com:443", "example.com:443"},
	} {
		if got := tt.r.Target(tt.in); got != tt.want {
			t.Errorf("%s: %q became %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

// Not parallel: AllocsPerRun counts what the whole process allocates.
func TestRewriteOfNothingAllocatesNothing(t *testing.T) {
	r := proxy.Rewrite{}
	if n := testing.AllocsPerRun(100, func() { r.Target("/v1/orders?expand=items") }); n != 0 {
		t.Errorf("Target allocates %v times", n)
	}
}
