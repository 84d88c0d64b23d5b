package malformed_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/capture"
	"github.com/faultline-http/faultline/internal/malformed"
	"github.com/faultline-http/faultline/internal/wire"
	"github.com/faultline-http/faultline/internal/wiretest"
)

// explain is what is said of the first call of an input; nothing if it cannot be read.
func explain(t *testing.T, input string) *faultline.Diagnosis {
	t.Helper()
	for ex, err := range capture.Read("-", strings.NewReader(input)) {
		if err != nil {
			break
		}
		d := diagnose.New().Diagnose(ex)
		malformed.Explain(ex, d)
		return d
	}
	return &faultline.Diagnosis{}
}

// fault is the fault that is named for an input.
func fault(t *testing.T, input string) string {
	t.Helper()
	f, _ := explain(t, input).Primary()
	return f.Detail.Fault
}

// proxied is what the proxy says of the same bytes.
func proxied(t *testing.T, raw string) *faultline.Diagnosis {
	t.Helper()
	err := wire.ExplainRequest([]byte(raw), wire.Limits{})
	if err == nil {
		t.Fatalf("nothing is wrong with %q", raw)
	}
	var d *faultline.Diagnosis
	g := guard.New(guard.Options{Sinks: []guard.Sink{guard.SinkFunc(func(_ context.Context, _ *faultline.Exchange, of *faultline.Diagnosis) { d = of })}})
	c, r := g.BeginMalformed(&faultline.Exchange{}, err)
	c.Answer(r, guard.Client{})
	c.End()
	if err := g.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

func corpus(t *testing.T, file string) []wiretest.Malformed {
	t.Helper()
	all, _, err := wiretest.ReadMalformed(filepath.Join("..", "wire", "testdata", "malformed", file))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// refusals are the answers of parsers: Node.js, nginx, uvicorn.
var refusals = []string{
	"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
	"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>\r\n<head><title>400 Bad Request</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
	"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\nInvalid HTTP request received.",
}

// unlike are malformed requests that cannot be told from other things that
// people paste, and why.
var unlike = map[string]string{
	"two empty lines first":             "empty lines around a text are the editor's",
	"method in quotes":                  "a line of a log",
	"method beyond ASCII":               "a line of a text",
	"vertical tab after the method":     "a line of a text",
	"only a method":                     "a word",
	"RTSP":                              "not a method of HTTP",
	"SIP":                               "no version of HTTP",
	"a URL alone":                       "a file of requests",
	"simple request of HTTP/0.9":        "a file of requests",
	"line of HTTP/0.9 with fields":      "a file of requests",
	"HTTP/2.0":                          "tools show HTTP/2 so",
	"HTTP/2 as curl prints it":          "tools show HTTP/2 so",
	"HTTP/3":                            "tools show HTTP/3 so",
	"pseudo-header of HTTP/2":           "tools show HTTP/2 so",
	"escape character in the target":    "colours of a terminal are taken out",
	"escape character in a value":       "colours of a terminal are taken out",
	"long request line":                 "which length the server takes is not known",
	"long request line without its end": "which length the server takes is not known",
	"large head":                        "which size the server takes is not known",
	"many fields":                       "which number the server takes is not known",
}

// TestPastedRequestsAreExplainedAsByTheProxy holds what is said of the bytes of
// each malformed request to what the proxy says, alone and with a refusal behind it.
func TestPastedRequestsAreExplainedAsByTheProxy(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, m := range corpus(t, "requests.txt") {
		if unlike[m.Name] != "" {
			continue
		}
		inputs := []string{m.Bytes}
		if strings.HasSuffix(m.Bytes, "\r\n\r\n") {
			for _, answer := range refusals {
				inputs = append(inputs, m.Bytes+answer)
			}
		}
		names[m.Fault()] = true
		want := proxied(t, m.Bytes)
		for _, input := range inputs {
			got := explain(t, input)
			if diff := cmp.Diff(want.Findings, got.Findings); diff != "" || want.Fingerprint != got.Fingerprint {
				t.Errorf("%s: %q: findings differ (-proxy +pasted)\n%s", m.Name, input, diff)
			}
			if diff := cmp.Diff(want.Corrected, got.Corrected); diff != "" {
				t.Errorf("%s: the corrected requests differ (-proxy +pasted)\n%s", m.Name, diff)
			}
		}
	}
	if len(names) < 69 {
		t.Errorf("%d faults of requests are named, want at least 69", len(names))
	}
}

// TestPastedBytesOfOtherProtocols: those that are hardly anything else.
func TestPastedBytesOfOtherProtocols(t *testing.T) {
	t.Parallel()
	named := 0
	for _, m := range corpus(t, "foreign.txt") {
		if got := fault(t, m.Bytes); got == m.Fault() {
			named++
		} else if got != "" {
			t.Errorf("%s is named %s, want %s or nothing", m.Name, got, m.Fault())
		}
	}
	if named < 14 {
		t.Errorf("%d other protocols are named, want at least 14", named)
	}
}

// TestPastedChunks: a body in chunks is a part of the message that was pasted.
func TestPastedChunks(t *testing.T) {
	t.Parallel()
	const head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
	named := 0
	for _, m := range corpus(t, "chunked.txt") {
		for _, input := range []string{head + m.Bytes, head + m.Bytes + "\r\n\r\n" + refusals[0]} {
			switch got := fault(t, input); got {
			case m.Fault():
				named++
			case "":
			default:
				t.Errorf("%s is named %s, want %s or nothing:\n%q", m.Name, got, m.Fault(), input)
			}
		}
	}
	if named < 50 {
		t.Errorf("%d bodies in chunks are named, want at least 50", named)
	}
}

// TestPastedAnswers: an answer that no client can read is the server's mistake.
func TestPastedAnswers(t *testing.T) {
	t.Parallel()
	named := 0
	for _, m := range corpus(t, "answers.txt") {
		d := explain(t, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"+m.Bytes)
		f, found := d.Primary()
		switch {
		case f.Detail.Fault == m.Fault():
			named++
			if f.Cause.Slug != "gateway.bad-response" || f.WhoActs() != faultline.Server || f.At.Side != faultline.ResponseSide {
				t.Errorf("%s: %s of %s at %s, want gateway.bad-response of the server", m.Name, f.Cause.Slug, f.WhoActs(), f.At)
			}
		case found && f.Detail.Fault != "":
			t.Errorf("%s is named %s, want %s or nothing", m.Name, f.Detail.Fault, m.Fault())
		}
	}
	if named < 12 {
		t.Errorf("%d malformed answers are named, want at least 12", named)
	}
}

// TestTextIsNoFault: what an editor did to line ends is nobody's mistake, and
// what else is wrong with the text has its line and column.
func TestTextIsNoFault(t *testing.T) {
	t.Parallel()
	const bare = "\nHTTP/1.1 400 Bad Request\nConnection: close\n"
	for _, tt := range []struct{ name, input, want string }{
		{"a request", "GET / HTTP/1.1\nHost: a\n", ""},
		{"refused", "GET / HTTP/1.1\nHost: a\n" + bare, ""},
		{"without its empty line", "GET / HTTP/1.1\r\nHost: a", ""},
		{"a body without its length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello\r\n", ""},
		{"mixed", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", "bare-lf"},
		{"space before the colon", "GET / HTTP/1.1\nHost : a\n" + bare, "space-before-colon"},
		{"two lengths", "POST / HTTP/1.1\nHost: a\nContent-Length: 5\nContent-Length: 6\n\nhello\n" + bare, "length-conflicting"},
		{"no size of a chunk", "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\nxyz\nhello\n0\n" + bare, "chunk-size-invalid"},
		{"chunks put together", "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n{\"a\":1}\n" + bare, ""},
		{"no Host", "GET / HTTP/1.1\nAccept: */*\n", "host-missing"},
		{"no Host, refused", "GET / HTTP/1.1\nAccept: */*\n" + bare, "host-missing"},
		{"a Host to be filled in", "GET / HTTP/1.1\nHost: <host>\n", ""},
		{"an answer of documentation", "HTTP/1.1 200 OK\nContent-Length: nnn\n\nhello\n", ""},
		{"what curl prints of HTTP/2", "HTTP/2 200 \r\ncontent-type: text/plain\r\n\r\nhello", ""},
		{"chunks that curl put together", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello", ""},
	} {
		if got := fault(t, tt.input); got != tt.want {
			t.Errorf("%s: fault = %q, want %q", tt.name, got, tt.want)
		}
	}
	f, _ := explain(t, "GET / HTTP/1.1\nX: b\nHost : a\n"+bare).Primary()
	if want := (faultline.Span{Start: 24, End: 25, Line: 3, Column: 5}); f.At.Span != want {
		t.Errorf("span = %+v, want that of the text as it stands, %+v", f.At.Span, want)
	}
}

// TestOtherAnswersAreNotExplainedByBytes: a server that speaks of the content
// has read the message.
func TestOtherAnswersAreNotExplainedByBytes(t *testing.T) {
	t.Parallel()
	for _, head := range []string{"GET /v1/orders HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", "GET /v1/orders HTTP/1.1\r\nHost : a\r\n\r\n", "GET /v1/orders HTTP/1.1\nAccept: */*\n\n"} {
		for _, answer := range []string{
			"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[]",
			"HTTP/1.1 204 No Content\r\n\r\n",
			"HTTP/1.1 304 Not Modified\r\n\r\n",
			"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\n\r\n",
			"HTTP/1.1 403 Forbidden\r\n\r\n",
			"HTTP/1.1 404 Not Found\r\n\r\n",
			"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 5\r\n\r\n",
			"HTTP/1.1 500 Internal Server Error\r\n\r\n",
			"HTTP/1.1 503 Service Unavailable\r\n\r\n",
			"HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n{\"errors\":[{\"field\":\"quantity\",\"message\":\"must be an integer\"}]}",
			"HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n{\"message\":\"the header X-Tenant is missing\"}",
			"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head><body><center><h1>400 Bad Request</h1></center><center>The plain HTTP request was sent to HTTPS port</center></body></html>",
		} {
			if got := fault(t, head+answer); got != "" {
				t.Errorf("fault = %q for %q", got, head+answer)
			}
		}
	}
}

// TestSecretsOfPastedBytesAreHidden: what is told of a message, and what is kept of it.
func TestSecretsOfPastedBytesAreHidden(t *testing.T) {
	t.Parallel()
	for _, input := range []string{
		"GET / HTTP/1.1\r\nHost: a\r\nAuthorization : Bearer s3cr3tXYZ\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer s3cr\x00s3cr3tXYZ\r\n\r\n",
		"GET / HTTP/1.1\nHost: a\nAuthorization Bearer s3cr3tXYZ\n\n",
		"GET / HTTP/1.1\r\nHost: a\r\nAuthorization\r\n s3cr3tXYZ\r\n\r\n",
		"GET /?a=b c&access_token=s3cr3tXYZ HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET http://user:s3cr3tXYZ@a/ HTTP/1.1\r\nHost: a\r\n\r\n",
		"password=s3cr3tXYZGET / HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET / HTTP/1.1\r\n{\"password\": \"s3cr3tXYZ\"}\r\n\r\n",
	} {
		for ex, err := range capture.Read("-", strings.NewReader(input)) {
			if err != nil {
				if strings.Contains(err.Error(), "s3cr3t") {
					t.Errorf("the error tells the secret: %v", err)
				}
				break
			}
			d := diagnose.New().Diagnose(ex)
			malformed.Explain(ex, d)
			(&faultline.Redactor{}).Redact(ex, d)
			if all := fmt.Sprintf("%+v %+v %+v", *ex, *d, d.Corrected); strings.Contains(all, "s3cr3t") {
				t.Errorf("the secret is told: %s", all)
			}
		}
	}
}
