package proxy_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/proxy"
)

func TestHeaderRules(t *testing.T) {
	t.Parallel()
	sent := func() faultline.Header {
		return faultline.Header{{Name: "accept", Value: "a"}, {Name: "X-Debug", Value: "1"}, {Name: "Accept", Value: "b"}, {Name: "x-debug", Value: "2"}}
	}
	for _, tt := range []struct {
		name  string
		rules proxy.HeaderRules
		want  faultline.Header
	}{
		{"none", proxy.HeaderRules{}, sent()},
		{"remove", proxy.HeaderRules{Remove: []string{"X-DEBUG", "absent"}}, faultline.Header{{Name: "accept", Value: "a"}, {Name: "Accept", Value: "b"}}},
		{
			"set takes the first one's place",
			proxy.HeaderRules{Set: faultline.Header{{Name: "X-Debug", Value: "3"}}},
			faultline.Header{{Name: "accept", Value: "a"}, {Name: "X-Debug", Value: "3"}, {Name: "Accept", Value: "b"}},
		},
		{"set what is absent", proxy.HeaderRules{Set: faultline.Header{{Name: "A", Value: "1"}}}, append(sent(), faultline.Field{Name: "A", Value: "1"})},
		{"add beside what is there", proxy.HeaderRules{Add: faultline.Header{{Name: "Accept", Value: "c"}}}, append(sent(), faultline.Field{Name: "Accept", Value: "c"})},
		{
			"remove, then add",
			proxy.HeaderRules{Remove: []string{"accept", "x-debug"}, Add: faultline.Header{{Name: "Accept", Value: "c"}}},
			faultline.Header{{Name: "Accept", Value: "c"}},
		},
	} {
		if diff := cmp.Diff(tt.want, tt.rules.Apply(sent())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if got, want := mapOf(tt.want), applied(tt.rules, mapOf(sent())); !cmp.Equal(got, want) {
			t.Errorf("%s: the rules come to another result on a map: %s", tt.name, cmp.Diff(got, want))
		}
	}
}

func mapOf(h faultline.Header) http.Header {
	out := http.Header{}
	for _, f := range h {
		out.Add(f.Name, f.Value)
	}
	return out
}

func applied(r proxy.HeaderRules, h http.Header) http.Header {
	r.ApplyMap(h)
	return h
}

func TestOwnFieldsAreNotForRules(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"content-length": "Content-Length", "HOST": "Host", "te": "TE", "Accept": "", "": ""} {
		if got := proxy.OwnField(name); got != want {
			t.Errorf("OwnField(%q) = %q, want %q", name, got, want)
		}
	}
}
