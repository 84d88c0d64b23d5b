package report

import (
	"bytes"
	"encoding/base64"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a golden file, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// looks are the ways in which each picture is drawn for its golden files.
var looks = map[string]Options{
	"plain":    {},
	"120":      {Width: 120, TTY: true},
	"60":       {Width: 60, TTY: true},
	"ascii":    {ASCII: true},
	"ascii-60": {ASCII: true, Width: 60, TTY: true},
	"color":    {Color: true, Width: 120, TTY: true},
	"links":    {Color: true, Hyperlinks: true, Width: 120, TTY: true},
}

// mockups are the pictures of the design that show one exchange.
var mockups = map[string]func() (*faultline.Exchange, *faultline.Diagnosis, Options){
	"a-violations": twoViolations,
	"b-token":      expiredToken,
	"c-rate":       rateLimited,
	"d-cors":       refusedPreflight,
	"e-gateway":    badGateway,
}

func TestTextIsTheMockup(t *testing.T) {
	t.Parallel()
	for name, make := range mockups {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(filepath.Join("testdata", "ux", name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			for _, width := range []int{0, 120} {
				ex, d, o := make()
				o.Width = width
				if diff := cmp.Diff(string(want), string(drawn(t, ex, d, o))); diff != "" {
					t.Errorf("width %d (-want +got):\n%s", width, diff)
				}
			}
		})
	}
}

func TestTextLooks(t *testing.T) {
	t.Parallel()
	for name, make := range mockups {
		for look, o := range looks {
			t.Run(name+"/"+look, func(t *testing.T) {
				t.Parallel()
				ex, d, from := make()
				o.Seen, o.Page = from.Seen, from.Page
				out := drawn(t, ex, d, o)
				golden(t, name+"."+look+".txt", out)
				checkLook(t, o, out)
			})
		}
	}
}

// mayBeLonger are the lines that are never broken: the command that is copied,
// and words without a space.
var mayBeLonger = regexp.MustCompile(`^(curl |  -H |\S+$)`)

var colorCodes = regexp.MustCompile("\x1b\\[[0-9;]*m|\x1b\\]8;;[^\x1b]*\x1b\\\\")

func checkLook(t *testing.T, o Options, out []byte) {
	t.Helper()
	bare := colorCodes.ReplaceAll(out, nil)
	if !o.Color && bytes.ContainsRune(out, '\x1b') {
		t.Errorf("colour where none is wanted")
	}
	if bytes.ContainsRune(bare, '\x1b') {
		t.Errorf("an escape sequence that is no colour of ours: %q", bare)
	}
	for line := range bytes.Lines(bare) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		if n := width(string(line)); o.Width > 0 && n > o.Width && !mayBeLonger.Match(line) {
			t.Errorf("line of %d columns, want at most %d: %s", n, o.Width, line)
		}
		if bytes.HasSuffix(line, []byte(" ")) {
			t.Errorf("line ends with a space: %q", line)
		}
		if o.ASCII && !isASCII(line) {
			t.Errorf("line is not ASCII: %s", line)
		}
	}
}

func isASCII(line []byte) bool {
	for _, c := range line {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

func drawn(t *testing.T, ex *faultline.Exchange, d *faultline.Diagnosis, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Text(&b, ex, d, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func cause(slug faultline.Slug, party faultline.Party, title string) faultline.Cause {
	return faultline.Cause{Slug: slug, Party: party, Title: title}
}

const orderAsSent = `{
  "custmer_id": "cus_42",
  "currency": "eur",
  "items": [{"sku": "A-1", "quantity": "3"}]
}`

const orderMended = `{
  "customer_id": "cus_42",
  "currency": "eur",
  "items": [{"sku": "A-1", "quantity": 3}]
}`

func orderRequest(body string) faultline.Request {
	return faultline.Request{
		Method: "POST", Scheme: "http", Host: "localhost:8080", Target: "/v1/orders", Proto: "HTTP/1.1",
		Header: faultline.Header{{Name: "content-type", Value: "application/json"}, {Name: "authorization", Value: "Bearer s3cr3t-t0k3n"}},
		Body:   faultline.NewBody([]byte(body)),
	}
}

// orderExchange is the call of mock-up (a).
func orderExchange() *faultline.Exchange {
	return &faultline.Exchange{
		ID: "k7m2q", Start: time.Date(2026, 11, 20, 14, 31, 2, 0, time.UTC), Request: orderRequest(orderAsSent),
		Response: &faultline.Response{
			Status: 400, Reason: "Bad Request", Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}},
			Body: faultline.NewBody([]byte(`{"error":"Bad Request"}`)),
		},
		Timing: faultline.Timing{Total: 41 * time.Millisecond},
	}
}

func twoViolations() (*faultline.Exchange, *faultline.Diagnosis, Options) {
	corrected := orderRequest(orderMended)
	return orderExchange(), &faultline.Diagnosis{
		Exchange: "k7m2q", Operation: "createOrder", Failed: true, Contract: "orders.yaml 1.4.0", Fingerprint: "5f0c7d2e",
		Corrected: &corrected, Checked: faultline.Checked,
		Findings: []faultline.Finding{
			{
				Cause:    cause("body.unknown-field", faultline.Client, "The body has a field that the contract does not know"),
				Strength: faultline.Proven,
				At:       faultline.AtBody("/custmer_id", faultline.Span{Start: 4, End: 16, Line: 2, Column: 3}),
				Message:  "`custmer_id` is not a field of OrderCreate",
				Brief:    "`custmer_id` → `customer_id`",
				Expected: "customer_id, a string (required)",
				Found:    "custmer_id, a string",
				Caret:    "did you mean `customer_id`? it is required and missing",
				Source:   faultline.Source{File: "orders.yaml", Line: 41},
				Detail: faultline.Detail{
					Field: "customer_id", Types: []string{"string"}, Required: true,
					Found: &faultline.Value{Field: "custmer_id", Type: "string", Text: `"cus_42"`},
				},
				Remedy: faultline.Remedy{
					Text: "rename to `customer_id`", Applicability: faultline.Checked,
					Patch: []faultline.Edit{{Op: "move", From: "/custmer_id", Path: "/customer_id"}},
				},
				Retry: "as sent it fails every time; send the fixed one",
			},
			{
				Cause:    cause("body.type", faultline.Client, "A value has another type than the contract says"),
				Strength: faultline.Proven,
				At:       faultline.AtBody("/items/0/quantity", faultline.Span{Start: 88, End: 91, Line: 4, Column: 40}),
				Message:  "`quantity` must be an integer",
				Brief:    "`quantity` is a string",
				Expected: "integer, at least 1",
				Found:    `string "3"`,
				Caret:    "a string that holds a number: drop the quotes",
				Source:   faultline.Source{File: "orders.yaml", Line: 58},
				Detail:   faultline.Detail{Types: []string{"integer"}, Found: &faultline.Value{Type: "string", Text: `"3"`}},
				Remedy: faultline.Remedy{
					Text: "send `3` without quotes", Applicability: faultline.Checked,
					Patch: []faultline.Edit{{Op: "replace", Path: "/items/0/quantity", Value: "3"}},
				},
				Retry: "as sent it fails every time; send the fixed one",
			},
		},
	}, Options{Page: "http://127.0.0.1:7070"}
}

// token612 is a JSON Web Token of 612 characters. Its signature is none.
func token612() string {
	encode := base64.RawURLEncoding.EncodeToString
	head := encode([]byte(`{"alg":"RS256","kid":"2026-09","typ":"JWT"}`))
	exp := time.Date(2026, 11, 20, 14, 30, 10, 0, time.UTC).Unix()
	claims := encode(fmt.Appendf(nil, `{"iss":"https://id.example.com","aud":"orders-api","exp":%d,"sub":"cus_42","note":"%s"}`, exp, strings.Repeat("x", 55)))
	return head + "." + claims + "." + strings.Repeat("A", 612-len(head)-len(claims)-2)
}

func expiredToken() (*faultline.Exchange, *faultline.Diagnosis, Options) {
	ex := &faultline.Exchange{
		// The client's clock is 150 s slow.
		ID: "m3x9a", Start: time.Date(2026, 11, 20, 14, 28, 32, 0, time.UTC), Vantage: faultline.AtClient, Timing: faultline.Timing{Total: 38 * time.Millisecond},
		Request: faultline.Request{
			Method: "GET", Host: "localhost:8080", Target: "/v1/me", Proto: "HTTP/1.1",
			Header: faultline.Header{{Name: "authorization", Value: "Bearer " + token612()}},
		},
		Response: &faultline.Response{Status: 401, Header: faultline.Header{
			{Name: "WWW-Authenticate", Value: `Bearer error="invalid_token", error_description="the token expired"`},
			{Name: "Date", Value: "Fri, 20 Nov 2026 14:31:02 GMT"},
		}},
	}
	return ex, &faultline.Diagnosis{
		Exchange: "m3x9a", Operation: "getMe", Failed: true, Contract: "orders.yaml 1.4.0",
		Findings: []faultline.Finding{{
			Cause:    cause("auth.token-expired", faultline.Client, "The access token has expired"),
			Strength: faultline.Proven,
			At:       faultline.AtHeader("Authorization"),
			Message:  "the token expired 52 s ago on the server's clock; the client's clock gives it 98 s more",
			Brief:    "52 s ago, client clock 150 s slow",
			Expected: "a token that is valid at 2026-11-20T14:31:02Z",
			Found:    "a token that expired at 2026-11-20T14:30:10Z",
			Evidence: []faultline.Evidence{
				{Title: "request header authorization", Lines: []faultline.Line{
					{Text: "Bearer [JWT, 612 characters] RS256, kid 2026-09, iss https://id.example.com, aud orders-api"},
					{Text: "exp 2026-11-20T14:30:10Z", Span: faultline.Span{Start: 4, End: 24}, Note: "passed"},
				}},
				{Title: "clocks when the request was sent", Lines: []faultline.Line{
					{Text: "client 14:28:32Z", Note: "98 s before exp, so the client did not refresh"},
					{Text: "server 14:31:02Z", Note: "52 s after exp, from its Date header (1 s resolution, round trip 38 ms)"},
					{Text: "skew   150 s slow", Note: "6 of 6 answers agree within 1 s"},
				}},
				{Kind: faultline.Fact, Title: "server said", Lines: []faultline.Line{
					{Text: `WWW-Authenticate: Bearer error="invalid_token", error_description="the token expired"`},
				}},
			},
			RuledOut: []faultline.Rival{
				{Slug: "auth.token-signature", Why: "server named expiry"},
				{Slug: "auth.token-audience", Why: "aud matches the contract"},
			},
			Remedy: faultline.Remedy{Text: "set the client's clock and fetch a new token", Steps: []faultline.Step{
				{Text: "set the client's clock", Command: "timedatectl set-ntp true"},
				{Text: "fetch a new token, then send the request again"},
				{Text: "refresh 60 s before exp, counting in server time"},
			}},
			Retry: "safe after step 2; the same token will fail every time",
		}},
	}, Options{Seen: "first of 6 in 40 s"}
}

func rateLimited() (*faultline.Exchange, *faultline.Diagnosis, Options) {
	response := faultline.Header{
		{Name: "RateLimit-Policy", Value: `"burst";q=100;w=60, "daily";q=5000;w=86400`},
		{Name: "RateLimit", Value: `"burst";r=0;t=19, "daily";r=4113;t=34136`},
		{Name: "Retry-After", Value: "20"},
		{Name: "Date", Value: "Fri, 20 Nov 2026 14:31:04 GMT"},
	}
	ex := &faultline.Exchange{
		ID: "p8d4t", Start: time.Date(2026, 11, 20, 14, 31, 4, 0, time.UTC),
		Request:  faultline.Request{Method: "GET", Host: "localhost:8080", Target: "/v1/search?q=chair", Proto: "HTTP/1.1"},
		Response: &faultline.Response{Status: 429, Header: response},
	}
	return ex, &faultline.Diagnosis{
		Exchange: "p8d4t", Operation: "searchOrders", Failed: true, Contract: "orders.yaml 1.4.0",
		Findings: []faultline.Finding{{
			Cause:    cause("limit.rate", faultline.Client, "Too many requests in the time that a policy counts"),
			Strength: faultline.Proven,
			At:       faultline.AtResponseHeader("RateLimit"),
			Message:  `policy "burst" allows 100 requests in 60 s and is used up`,
			Brief:    "wait 20 s",
			Evidence: []faultline.Evidence{{Title: "response headers", Lines: []faultline.Line{
				{Text: `RateLimit-Policy: "burst";q=100;w=60, "daily";q=5000;w=86400`},
				{Text: `RateLimit: "burst";r=0;t=19, "daily";r=4113;t=34136`, Span: faultline.Span{Start: 19, End: 22}, Note: "none left"},
				{Text: "Retry-After: 20", Span: faultline.Span{Start: 13, End: 15}, Note: "takes precedence over t=19"},
			}}},
			Remedy: faultline.Remedy{Text: "honour Retry-After, or let the proxy do it: faultline proxy --to … --pace auto"},
			Notes: []faultline.Note{
				{Label: "wait", Text: "20 s, until 14:31:24Z; add 0 to 2 s of random delay\t(4 retries came after 0.3 s: each was refused too)"},
				{Label: "pace", Text: `at most 1.6 requests/s keeps inside "burst"; "daily" has 4113 left until 00:00Z`},
			},
		}},
	}, Options{Seen: "38 of these in 41 s"}
}

func badGateway() (*faultline.Exchange, *faultline.Diagnosis, Options) {
	ex := &faultline.Exchange{
		ID: "g5h1w", Start: time.Date(2026, 11, 20, 14, 31, 9, 0, time.UTC),
		Request:  faultline.Request{Method: "POST", Host: "203.0.113.9", Target: "/v1/payments", Proto: "HTTP/1.1", Body: faultline.NewBody([]byte(`{"amount": 1200}`))},
		Response: &faultline.Response{Status: 502, Reason: "Bad Gateway", Header: faultline.Header{{Name: "Server", Value: "nginx"}, {Name: "Content-Type", Value: "text/html"}, {Name: "Date", Value: "Fri, 20 Nov 2026 14:31:09 GMT"}}},
		Timing:   faultline.Timing{Connect: 2 * time.Millisecond, Total: 12 * time.Millisecond},
	}
	ex.Response.Body = faultline.NewBody([]byte("<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n"))
	return ex, &faultline.Diagnosis{
		Exchange: "g5h1w", Operation: "createPayment", Failed: true, Contract: "orders.yaml 1.4.0",
		Findings: []faultline.Finding{{
			Cause:    cause("gateway.upstream-refused", faultline.Gateway, "The gateway could not reach the API behind it"),
			Strength: faultline.Likely,
			At:       faultline.AtStatus(),
			Message:  "the gateway answered for an API it could not reach",
			Evidence: []faultline.Evidence{
				{Kind: faultline.Hops, Lines: []faultline.Line{{Text: "client ──ok 2 ms──▶ nginx 203.0.113.9 ──refused──✗ API (no sign of it in the answer)"}}},
				{Kind: faultline.Fact, Title: "evidence", Lines: []faultline.Line{
					{Text: "Server: nginx · text/html, 157 bytes · the API always sends x-request-id, this answer has none"},
					{Text: "answered in 12 ms: refused at once, not timed out"},
				}},
			},
			RuledOut: []faultline.Rival{
				{Slug: "gateway.upstream-timeout", Why: "12 ms"},
				{Slug: "server.exception", Why: "no API headers"},
				{Slug: "network.refused", Why: "nginx answers"},
			},
			Notes: []faultline.Note{{Label: "settle it", Text: "on the gateway: connect() failed (111: Connection refused) in its error log at 14:31:09Z"}},
			Retry: "only with an Idempotency-Key: that the API never saw the payment is likely, not proven",
		}},
	}, Options{Seen: "6 of 6 requests since 14:31:09Z"}
}

func TestRequestWithoutAnswerIsNoError(t *testing.T) {
	t.Parallel()
	ex, d, o := twoViolations()
	ex.Response = nil
	for _, tt := range []struct {
		name     string
		contract string
		failure  *faultline.Failure
		code     string
		fix      string
	}{
		{"not sent", "orders.yaml 1.4.0", nil, "✗ -    POST", "2 edits, checked: this request passes the contract"},
		{"not sent, no contract", "", nil, "✗ -    POST", "2 edits, checked: this request is well formed"},
		{"broken", "orders.yaml 1.4.0", &faultline.Failure{Text: "connection reset"}, "✗ ERR  POST", "passes the contract"},
	} {
		ex.Failure, d.Contract = tt.failure, tt.contract
		var b bytes.Buffer
		if err := Text(&b, ex, d, o); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{tt.code, tt.fix} {
			if !bytes.Contains(b.Bytes(), []byte(want)) {
				t.Errorf("%s: want %q in\n%s", tt.name, want, b.Bytes())
			}
		}
	}
}
