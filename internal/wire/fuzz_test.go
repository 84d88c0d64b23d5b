package wire

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

// taken is what we take and net/http refuses, by net/http's words, each with
// an example and the reason. Anything else that it refuses has to be refused
// here, too.
var taken = []struct{ words, example, why string }{
	{
		"bad trailer key", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: Content-Length\r\n\r\n",
		"RFC 9110, section 6.6.2: what Trailer announces binds nobody; the trailer section itself is checked",
	},
	{
		"invalid URL escape", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
		"RFC 3986, section 2.1: a `%` that encodes nothing ends no part of the message; it is passed as it came, and the API judges it",
	},
}

// TestTakenKnowingly: each row is true of both.
func TestTakenKnowingly(t *testing.T) {
	t.Parallel()
	for _, row := range taken {
		if err := ExplainRequest([]byte(row.example), Limits{}); err != nil {
			t.Errorf("%s: we refuse it: %v", row.words, err)
		}
		if _, err := http.ReadRequest(bufio.NewReader(strings.NewReader(row.example))); err == nil || !strings.Contains(err.Error(), row.words) {
			t.Errorf("%s: net/http says %v", row.words, err)
		}
	}
}

// takenKnowingly reports whether a refusal of net/http has a reason above.
func takenKnowingly(err error) bool {
	for _, t := range taken {
		if strings.Contains(err.Error(), t.words) {
			return true
		}
	}
	return false
}

// FuzzReadRequestHead holds the reader against net/http: whatever it accepts,
// net/http accepts as well and understands alike, but for what is listed.
func FuzzReadRequestHead(f *testing.F) {
	for _, file := range []string{"requests.txt", "foreign.txt"} {
		cases, _ := readCorpus(f, file)
		for _, c := range cases {
			if len(c.Bytes) < 1000 {
				f.Add([]byte(c.Bytes))
			}
		}
	}
	for _, seed := range []string{
		"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
		"POST /x?y HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
		"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n",
		"GET http://a/b HTTP/1.0\r\nX : y\r\n\r\n",
		"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close, te\r\n\r\n",
		"\r\nGET / HTTP/1.1\r\nHost: a\r\nA: b\r\n c\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		var r Request
		lim := Limits{}.WithDefaults()
		explained := ExplainRequest(in, lim)
		checkPlace(t, in, explained)
		if err := readerOf(bytes.NewReader(in), 16).ReadRequest(&r, &lim); err != nil {
			if explained == nil && bytes.Contains(bytes.TrimPrefix(in, []byte("\r\n")), []byte("\r\n\r\n")) {
				t.Fatalf("the scanner refuses %q, and nothing is wrong with it: %v", in, err)
			}
			return
		}
		if wrong := r.explain([]byte(r.Raw), lim); wrong != nil {
			t.Fatalf("the scanner takes %q, and there is something wrong with it: %v", r.Raw, wrong)
		}
		if !bytes.Contains(in, []byte(r.Raw)) {
			t.Fatalf("Raw %q is no part of the input", r.Raw)
		}
		var lines strings.Builder
		for i := range r.Header {
			lines.WriteString(r.FieldLine(i))
		}
		if end := strings.IndexByte(r.Raw, '\n') + 1; r.Raw[end:] != lines.String()+"\r\n" {
			t.Fatalf("the field lines %q are not those of %q", lines.String(), r.Raw)
		}
		want, err := http.ReadRequest(bufio.NewReader(strings.NewReader(r.Raw)))
		if err != nil {
			if !takenKnowingly(err) {
				t.Fatalf("accepted %q, which net/http refuses: %v", r.Raw, err)
			}
			return
		}
		if want.Method != r.Method {
			t.Errorf("Method = %q, net/http says %q", r.Method, want.Method)
		}
		length := map[Kind]int64{NoBody: 0, Length: r.Framing.Length, Chunked: -1}[r.Framing.Kind]
		if want.ContentLength != length {
			t.Errorf("framing of %q = %+v, net/http says length %d", r.Raw, r.Framing, want.ContentLength)
		}
		for name, values := range want.Header {
			if got := r.Header.Values(name); strings.Join(got, "|") != strings.Join(values, "|") {
				t.Errorf("%s = %q, net/http says %q", name, got, values)
			}
		}
	})
}

// checkPlace holds an error to the bytes that it is about.
func checkPlace(t *testing.T, in []byte, e *Error) {
	t.Helper()
	switch {
	case e == nil:
	case e.Offset < 0 || e.End < e.Offset || e.Offset > int64(len(in)) || e.TextAt > e.Offset || len(e.Text) > maxText:
		t.Fatalf("bytes %d-%d of %q, text at %d: %v", e.Offset, e.End, in, e.TextAt, e)
	case !bytes.HasPrefix(in[e.TextAt:], []byte(e.Text)):
		t.Fatalf("%q does not stand at %d of %q", e.Text, e.TextAt, in)
	case strings.Contains(e.Reason, "(MISSING)"), strings.Contains(e.Reason, "%!(EXTRA"):
		t.Fatalf("words without their arguments: %s", e.Reason)
	}
}

// FuzzReadResponseHead does for answers what FuzzReadRequestHead does for requests.
func FuzzReadResponseHead(f *testing.F) {
	cases, _ := readCorpus(f, "answers.txt")
	for _, c := range cases {
		if len(c.Bytes) < 1000 {
			f.Add([]byte(c.Bytes), false)
		}
	}
	for _, seed := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "HTTP/1.0 200\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n",
		"HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	} {
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, in []byte, head bool) {
		method := http.MethodGet
		if head {
			method = http.MethodHead
		}
		lim := Limits{}.WithDefaults()
		explained := ExplainResponse(in, method, lim)
		checkPlace(t, in, explained)
		var r Response
		if err := readerOf(bytes.NewReader(in), 16).ReadResponse(&r, method, &lim); err != nil {
			if explained == nil && bytes.Contains(in, []byte("\r\n\r\n")) {
				t.Fatalf("the scanner refuses %q, and nothing is wrong with it: %v", in, err)
			}
			return
		}
		if explained != nil {
			t.Fatalf("the scanner takes %q, and there is something wrong with it: %v", r.Raw, explained)
		}
		want, err := http.ReadResponse(bufio.NewReader(strings.NewReader(r.Raw)), &http.Request{Method: method})
		if err != nil {
			if !takenKnowingly(err) {
				t.Fatalf("accepted %q, which net/http refuses: %v", r.Raw, err)
			}
			return
		}
		if want.StatusCode != r.Status {
			t.Errorf("Status = %d, net/http says %d", r.Status, want.StatusCode)
		}
		length := map[Kind]int64{NoBody: 0, Length: r.Framing.Length, Chunked: -1, UntilClose: -1}[r.Framing.Kind]
		if !head && r.Status >= 200 && want.ContentLength != length {
			t.Errorf("framing of %q = %+v, net/http says length %d", r.Raw, r.Framing, want.ContentLength)
		}
	})
}

// FuzzChunked holds the body reader against that of net/http: what it accepts
// has the same content and the same length on the wire there.
func FuzzChunked(f *testing.F) {
	for _, seed := range []string{
		"3\r\nabc\r\n0\r\n\r\n", "0\r\nX: y\r\n\r\nrest", "a;b=c\r\n0123456789\r\n00\r\n\r\n", "3\nabc\n0\n\n", "3 \r\nabc\r\n0\r\n\r\n",
		"ffffffffffffffff\r\n", "1\r\na\r\n1\r\nb\r\n0\r\n\r\n", "0\r\nContent-Length: 1\r\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	const head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
	f.Fuzz(func(t *testing.T, in []byte) {
		wire, data, _, err := readBody(string(in), Framing{Kind: Chunked}, 4<<10)
		if !strings.HasPrefix(string(in), wire) {
			t.Fatalf("wire %q is no beginning of %q", wire, in)
		}
		if err != nil {
			var wrong *Error
			if !errors.As(err, &wrong) && !errors.Is(err, ErrCut) {
				t.Fatalf("error = %v, want an *Error or ErrCut", err)
			}
			return
		}
		// net/http refuses a trailer section that does not fit into its reader's buffer; ours has a limit of its own.
		src := bufio.NewReaderSize(strings.NewReader(head+string(in)), 1<<20)
		req, err := http.ReadRequest(src)
		if err != nil {
			t.Fatal(err)
		}
		want, err := io.ReadAll(req.Body)
		if err != nil {
			t.Fatalf("accepted %q, which net/http refuses: %v", in, err)
		}
		if data != string(want) {
			t.Errorf("content = %q, net/http says %q", data, want)
		}
		rest, _ := io.ReadAll(src)
		if got := string(in[len(wire):]); got != string(rest) {
			t.Errorf("rest = %q, net/http says %q", got, rest)
		}
	})
}
