package causes_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func lines(f *faultline.Finding, kind faultline.EvidenceKind) string {
	var b strings.Builder
	for _, e := range f.Evidence {
		if e.Kind != kind {
			continue
		}
		b.WriteString("[" + e.Title + "]\n")
		for _, l := range e.Lines {
			b.WriteString(l.Text)
			if !l.Span.IsZero() {
				b.WriteString(" ^" + l.Text[l.Span.Start:l.Span.End])
			}
			if l.Note != "" {
				b.WriteString(" # " + l.Note)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// TestExpiredTokenShowsBothClocks is the picture of a client whose clock is slow.
func TestExpiredTokenShowsBothClocks(t *testing.T) {
	t.Parallel()
	part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	token := part(`{"alg":"RS256","kid":"2026-09"}`) + "." + part(`{"iss":"https://id.example.com","aud":"orders-api","exp":1795185010}`) + "."
	token += strings.Repeat("A", 342) // 256 bytes, as RS256 makes them
	ex := &faultline.Exchange{
		Start:   at("2026-11-20T14:28:32Z"),
		Request: faultline.Request{Method: "GET", Scheme: "https", Host: "api.example.com", Target: "/v1/me", Header: faultline.Header{{Name: "Authorization", Value: "Bearer " + token}}},
		Response: &faultline.Response{Status: 401, Header: faultline.Header{
			{Name: "Date", Value: "Fri, 20 Nov 2026 14:31:02 GMT"},
			{Name: "WWW-Authenticate", Value: `Bearer error="invalid_token", error_description="the token expired"`},
		}},
		Timing: faultline.Timing{Total: 38 * time.Millisecond},
	}
	f, _ := diagnose.New().Diagnose(ex).Primary()
	if want := "the token expired 52 s ago on the server's clock; the client's clock gives it 98 s more"; f.Message != want {
		t.Errorf("message = %q, want %q", f.Message, want)
	}
	want := `[request header authorization]
Bearer [JWT, 477 characters] RS256, kid 2026-09, iss https://id.example.com, aud orders-api
exp 2026-11-20T14:30:10Z ^2026-11-20T14:30:10Z # passed
[clocks when the request was sent]
client 14:28:32Z # 98 s before exp, so the client did not refresh
server 14:31:02Z # 52 s after exp, from its Date header (1 s resolution, round trip 38 ms)
skew   150 s slow # from one answer
`
	if got := lines(&f, faultline.Excerpt); got != want {
		t.Errorf("evidence:\n%s\nwant:\n%s", got, want)
	}
	if len(f.Remedy.Steps) != 3 || f.Remedy.Steps[0].Command != "timedatectl set-ntp true" {
		t.Errorf("steps = %v", f.Remedy.Steps)
	}
	ex.Vantage = faultline.AtProxy
	f, _ = diagnose.New().Diagnose(ex).Primary()
	if !strings.Contains(lines(&f, faultline.Excerpt), "\nhere   14:28:32Z # 98 s before exp\n") {
		t.Errorf("away from the client its clock is not ours:\n%s", lines(&f, faultline.Excerpt))
	}
}

// TestRateLimitComputesWaitAndPace is the picture of a limit that its server declares.
func TestRateLimitComputesWaitAndPace(t *testing.T) {
	t.Parallel()
	ex := &faultline.Exchange{
		Start:   at("2026-11-20T14:31:04Z"),
		Request: faultline.Request{Method: "GET", Scheme: "https", Host: "api.example.com", Target: "/v1/search"},
		Response: &faultline.Response{Status: 429, Header: faultline.Header{
			{Name: "Date", Value: "Fri, 20 Nov 2026 14:31:04 GMT"},
			{Name: "RateLimit-Policy", Value: `"burst";q=100;w=60, "daily";q=5000;w=86400`},
			{Name: "RateLimit", Value: `"burst";r=0;t=19, "daily";r=4113;t=34136`},
			{Name: "Retry-After", Value: "20"},
		}},
	}
	f, _ := diagnose.New().Diagnose(ex).Primary()
	if want := `policy "burst" allows 100 requests in 60 s and is used up`; f.Message != want {
		t.Errorf("message = %q, want %q", f.Message, want)
	}
	if f.Brief != "wait 20 s" {
		t.Errorf("brief = %q, want %q", f.Brief, "wait 20 s")
	}
	want := `[response headers]
RateLimit-Policy: "burst";q=100;w=60, "daily";q=5000;w=86400
RateLimit: "burst";r=0;t=19, "daily";r=4113;t=34136 ^r=0 # none left
Retry-After: 20 ^20 # takes precedence over t=19
`
	if got := lines(&f, faultline.Excerpt); got != want {
		t.Errorf("evidence:\n%s\nwant:\n%s", got, want)
	}
	notes := []faultline.Note{
		{Label: "wait", Text: "20 s, until 14:31:24Z; add 0 to 2 s of random delay"},
		{Label: "pace", Text: `at most 1.6 requests/s keeps inside "burst"; "daily" has 4113 left until 00:00Z`},
	}
	if len(f.Notes) != 2 || f.Notes[0] != notes[0] || f.Notes[1] != notes[1] {
		t.Errorf("notes = %q, want %q", f.Notes, notes)
	}
}

// TestRefusedGatewaySaysWhoAnswered is the picture of nginx in front of an API that is down.
func TestRefusedGatewaySaysWhoAnswered(t *testing.T) {
	t.Parallel()
	page := "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
	ex := &faultline.Exchange{
		Start:   at("2026-11-20T14:31:09Z"),
		Request: faultline.Request{Method: "POST", Scheme: "https", Host: "api.example.com", Target: "/v1/payments"},
		Response: &faultline.Response{Status: 502, Body: faultline.NewBody([]byte(page)), Header: faultline.Header{
			{Name: "Server", Value: "nginx"}, {Name: "Date", Value: "Fri, 20 Nov 2026 14:31:09 GMT"}, {Name: "Content-Type", Value: "text/html"},
		}},
		Timing: faultline.Timing{Total: 12 * time.Millisecond, Connect: 2 * time.Millisecond},
	}
	good := &faultline.Exchange{Response: &faultline.Response{Status: 201, Header: faultline.Header{{Name: "X-Request-Id", Value: "1"}}}}
	engine := diagnose.New(diagnose.WithBaseline(func(*faultline.Exchange) *faultline.Exchange { return good }))
	d := engine.Diagnose(ex)
	f, _ := d.Primary()
	if f.Cause.Slug != "gateway.upstream-refused" || f.Strength != faultline.Likely {
		t.Fatalf("%s, %s", f.Cause.Slug, f.Strength)
	}
	if got, want := lines(&f, faultline.Hops), "[]\nclient ──ok 2 ms──▶ nginx ──refused──✗ API (no sign of it in the answer)\n"; got != want {
		t.Errorf("hops = %q, want %q", got, want)
	}
	want := "[evidence]\nServer: nginx · text/html, " + "150 bytes · the API always sends x-request-id, this answer has none\n[evidence]\nanswered in 12 ms: refused at once, not timed out\n"
	if got := lines(&f, faultline.Fact); got != want {
		t.Errorf("facts:\n%s\nwant:\n%s", got, want)
	}
	if want := "on the gateway: connect() failed (111: Connection refused) in its error log at 14:31:09Z"; len(f.Notes) != 1 || f.Notes[0].Text != want {
		t.Errorf("notes = %v, want %q", f.Notes, want)
	}
	if want := "only with an Idempotency-Key: that the API never saw the payment is likely, not proven"; f.Retry != want {
		t.Errorf("retry = %q, want %q", f.Retry, want)
	}
	if len(d.RuledOut) != 3 || d.RuledOut[0].Slug != "gateway.upstream-timeout" || d.RuledOut[0].Why != "12 ms" {
		t.Errorf("ruled out = %v", d.RuledOut)
	}
}
