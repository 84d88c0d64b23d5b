package hop

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/lexicon"
)

// TestEverySystemIsFound asks of each system with marks that its marks are enough to see it, and of
// each tell that its words are read as what they mean.
func TestEverySystemIsFound(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			known := seesMarks(t, s)
			for i := range s.Tells {
				hearsTell(t, known, &s.Tells[i])
			}
		})
	}
}

// seesMarks asks for each mark and returns the fields that show all of them.
func seesMarks(t *testing.T, s *System) faultline.Header {
	var known faultline.Header
	for _, m := range s.Marks {
		a := Answer{Status: 502, Text: lexicon.Fold(sample(m.Page)), Markup: []byte(m.Markup)}
		if m.Field != "" {
			a.Header = faultline.Header{{Name: strings.ReplaceAll(m.Field, "*", "x"), Value: "x " + m.Value + " x"}}
			known = append(known, a.Header...)
		}
		if r := Read(a); !sees(&r, s.Name) {
			t.Errorf("the mark %+v is not seen", m)
		}
	}
	return known
}

// hearsTell asks for each phrase of a tell whether it is read as its cause.
func hearsTell(t *testing.T, known faultline.Header, tell *Tell) {
	status := tell.Status
	if status == 0 {
		status = 502
	}
	for _, says := range tell.Says {
		r := Read(Answer{Status: status, Header: known, Text: lexicon.Fold(sample(says))})
		got := faultline.Slug("")
		if r.Tell != nil {
			got = r.Tell.Cause
		}
		if got != tell.Cause {
			t.Errorf("%d %q means %q, want %q", status, says, got, tell.Cause)
		}
	}
}

// sample is a text that has the phrase.
func sample(phrase string) string {
	return strings.ReplaceAll(strings.ReplaceAll(phrase, "*", "x"), "~", "y")
}

func sees(r *Reading, name string) bool {
	for _, seen := range r.Way {
		if seen.System.Name == name {
			return true
		}
	}
	return false
}

func TestWriterIsLast(t *testing.T) {
	t.Parallel()
	r := Read(Answer{
		Status: 503, Text: "no healthy upstream",
		Header: faultline.Header{{Name: "Server", Value: "envoy"}, {Name: "CF-RAY", Value: "8a-FRA"}, {Name: "Via", Value: "1.1 varnish"}},
	})
	var way []string
	for _, seen := range r.Way {
		way = append(way, seen.System.Name)
	}
	if got, want := strings.Join(way, " > "), "Cloudflare > Varnish > Envoy"; got != want {
		t.Errorf("way = %s, want %s", got, want)
	}
	if r.Writer == nil || r.Writer.Name != "Envoy" || r.Words != "no healthy upstream" {
		t.Errorf("writer = %v, by %q", r.Writer, r.Words)
	}
}

func TestWhoIsBehindWroteIt(t *testing.T) {
	t.Parallel()
	r := Read(Answer{
		Status: 500, Text: `{"error":"boom"}`,
		Header: faultline.Header{{Name: "Server", Value: "envoy"}, {Name: "X-Envoy-Upstream-Service-Time", Value: "7"}},
	})
	if r.Writer != nil || r.Way[0].Role != Behind {
		t.Errorf("writer = %v, role of %s = %d", r.Writer, r.Way[0].System.Name, r.Way[0].Role)
	}
	if r := Read(Answer{Status: 500, Header: faultline.Header{{Name: "X-Powered-By", Value: "Express"}}}); r.Writer == nil || r.Writer.Kind != Origin {
		t.Errorf("writer = %v, want Express", r.Writer)
	}
}

func TestCookiesAreNotQuoted(t *testing.T) {
	t.Parallel()
	r := Read(Answer{Status: 403, Header: faultline.Header{{Name: "Set-Cookie", Value: "BIGipServerpool=secret-value"}}})
	if len(r.Way) != 1 || strings.Contains(r.Way[0].Sign, "secret") {
		t.Errorf("way = %+v", r.Way)
	}
}

func BenchmarkRead(b *testing.B) {
	a := Answer{
		Status: 502, Text: lexicon.Fold("502 Bad Gateway nginx"),
		Header: faultline.Header{{Name: "Server", Value: "nginx"}, {Name: "Date", Value: "x"}, {Name: "Content-Type", Value: "text/html"}, {Name: "X-Request-Id", Value: "x"}, {Name: "Connection", Value: "close"}},
	}
	b.ReportAllocs()
	for b.Loop() {
		Read(a)
	}
}
