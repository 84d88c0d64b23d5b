package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
)

// beyondOneCall are the words of the mock-ups that no engine can say that is
// given one call and the last good one, and what it says in their place.
var beyondOneCall = map[string][]struct{ mockup, engine, why string }{
	"b-token": {
		{"6 of 6 answers agree within 1 s", "from one answer", "the answers to earlier calls are needed"},
	},
	"c-rate": {
		{"       (4 retries came after 0.3 s: each was refused too)", "", "the earlier attempts are needed"},
		{", or let the proxy do it: faultline proxy --to … --pace auto", " (20 s), and wait longer after each refusal", "the proxy has no such flag yet"},
	},
	"e-gateway": {
		{"nginx 203.0.113.9", "nginx", "an exchange does not know the peer's address"},
		{"settle it  ", "fix    start the API behind nginx, or correct the address that it is reached by\nsettle it  ", "each finding says its fix"},
	},
}

// TestEngineGivesTheMockup has the engine diagnose the calls of the mock-ups,
// so that the pictures are not of diagnoses alone that a test made up.
func TestEngineGivesTheMockup(t *testing.T) {
	t.Parallel()
	api, err := contract.Load(os.DirFS("testdata"), "orders.yaml")
	if err != nil {
		t.Fatal(err)
	}
	good := &faultline.Exchange{Response: &faultline.Response{Status: 201, Header: faultline.Header{{Name: "X-Request-Id", Value: "r-1"}}}}
	engine := diagnose.New(diagnose.WithContract(api), diagnose.WithBaseline(func(*faultline.Exchange) *faultline.Exchange { return good }))
	for name, make := range mockups {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mockup, err := os.ReadFile(filepath.Join("testdata", "ux", name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			want := string(mockup)
			for _, b := range beyondOneCall[name] {
				if !strings.Contains(want, b.mockup) {
					t.Fatalf("the mock-up has no %q any more", b.mockup)
				}
				want = strings.Replace(want, b.mockup, b.engine, 1)
			}
			ex, _, o := make()
			got := string(drawn(t, ex, engine.Diagnose(ex), o))
			if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s (-want +got):\n%s\n%s", name, diff, got)
			}
		})
	}
}
