package report

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
)

// beyondOneCall are the words of the mock-ups that no engine can say that is
// given one call and the last good one, and what it says in their place.
var beyondOneCall = map[string][]struct{ mockup, engine, why string }{
	"c-rate": {
		{"       (4 retries came after 0.3 s: each was refused too)", "", "the earlier attempts are needed"},
		{", or let the proxy do it: faultline proxy --to … --pace auto", " (20 s), and wait longer after each refusal", "the proxy has no such flag yet"},
	},
	"e-gateway": {
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
			d := engine.Diagnose(ex)
			if name == "b-token" {
				ex, d, o.Seen = sixTimes(api, ex)
			}
			got := string(drawn(t, ex, d, o))
			if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s (-want +got):\n%s\n%s", name, diff, got)
			}
		})
	}
}

// sixTimes has the client of a call try again five times in 40 s. It returns the
// first call, its diagnosis among the others, and how often calls failed like it.
func sixTimes(api *contract.Contract, first *faultline.Exchange) (ex *faultline.Exchange, d *faultline.Diagnosis, seen string) {
	var around []*faultline.Exchange
	for i := range 6 {
		again, response := *first, *first.Response
		again.ID, again.Start = first.ID+strings.Repeat("x", i), first.Start.Add(time.Duration(i)*8*time.Second)
		// Each answer is made up to a second after its request was sent.
		date := again.Start.Add(150*time.Second + time.Duration(i%2)*900*time.Millisecond).Format(http.TimeFormat)
		response.Header = faultline.Header{{Name: "Date", Value: date}, {Name: "WWW-Authenticate", Value: first.Response.Header.Value("WWW-Authenticate")}}
		again.Response = &response
		around = append(around, &again)
	}
	engine := diagnose.New(diagnose.WithContract(api), diagnose.WithAround(func(*faultline.Exchange) []*faultline.Exchange { return around }))
	d = engine.Diagnose(around[0])
	var alike []time.Time
	for _, ex := range around {
		if engine.Diagnose(ex).Fingerprint == d.Fingerprint {
			alike = append(alike, ex.Start)
		}
	}
	return around[0], d, SeenAmong(around[0].Start, alike)
}
