package challenge_test

import (
	"testing"

	"github.com/faultline-http/faultline/causes/internal/challenge"
	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	t.Parallel()
	type params = []challenge.Param
	for _, tt := range []struct {
		name   string
		fields []string
		want   []challenge.Challenge
	}{
		{"scheme alone", []string{"Bearer"}, []challenge.Challenge{{Scheme: "Bearer"}}},
		{
			"parameters",
			[]string{`Bearer realm="api", error="invalid_token", error_description="the \"exp\" has passed"`},
			[]challenge.Challenge{{Scheme: "Bearer", Params: params{{"realm", "api"}, {"error", "invalid_token"}, {"error_description", `the "exp" has passed`}}}},
		},
		{
			"two in one field",
			[]string{`Basic realm="a, b", Bearer scope=x`},
			[]challenge.Challenge{{Scheme: "Basic", Params: params{{"realm", "a, b"}}}, {Scheme: "Bearer", Params: params{{"scope", "x"}}}},
		},
		{"two fields", []string{"Negotiate", "NTLM"}, []challenge.Challenge{{Scheme: "Negotiate"}, {Scheme: "NTLM"}}},
		{
			"two schemes without parameters",
			[]string{"Negotiate, Basic realm=x"},
			[]challenge.Challenge{{Scheme: "Negotiate"}, {Scheme: "Basic", Params: params{{"realm", "x"}}}},
		},
		{
			"token68",
			[]string{"Negotiate oYGFAK+/==, Basic realm=x"},
			[]challenge.Challenge{{Scheme: "Negotiate", Token68: "oYGFAK+/=="}, {Scheme: "Basic", Params: params{{"realm", "x"}}}},
		},
		{
			"no commas between parameters",
			[]string{`Bearer scope="" error="invalid_token"`},
			[]challenge.Challenge{{Scheme: "Bearer", Params: params{{"scope", ""}, {"error", "invalid_token"}}}},
		},
		{"no scheme", []string{`realm="x"`}, []challenge.Challenge{{Params: params{{"realm", "x"}}}}},
		{"open quote", []string{`Basic realm="x`}, []challenge.Challenge{{Scheme: "Basic", Params: params{{"realm", "x"}}}}},
		{"empty", []string{"", " , ,"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, challenge.Parse(tt.fields...)); diff != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", tt.fields, diff)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`Bearer realm="api", Basic realm=x, Negotiate oYGF==`)
	f.Add(`"=,=" a`)
	f.Fuzz(func(t *testing.T, field string) {
		for _, c := range challenge.Parse(field) {
			if c.Scheme == "" && len(c.Params) == 0 && c.Token68 == "" {
				t.Errorf("an empty challenge in %q", field)
			}
		}
	})
}
