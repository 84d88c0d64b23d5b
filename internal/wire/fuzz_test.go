package wire

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// FuzzReadRequestHead holds the reader against net/http: whatever it accepts,
// net/http accepts as well and understands alike. The exceptions: percent
// encoding and other contents of the target are the API's to judge, not the
// wire's; an empty line before the request is skipped (RFC 9112, section 2.2);
// HTTP/1.0 clients may send Host in any form.
func FuzzReadRequestHead(f *testing.F) {
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
		if err := readerOf(bytes.NewReader(in), 16).ReadRequest(&r, &lim); err != nil {
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
		target := r.Target
		if r.Method == "CONNECT" {
			target = "//" + target
		}
		if _, err := url.ParseRequestURI(target); err != nil {
			return
		}
		if _, err := url.Parse("http://" + r.Host); err != nil {
			return
		}
		want, err := http.ReadRequest(bufio.NewReader(strings.NewReader(r.Raw)))
		if err != nil {
			if strings.Contains(err.Error(), "bad trailer key") {
				return // what Trailer announces binds nobody
			}
			t.Fatalf("accepted %q, which net/http refuses: %v", r.Raw, err)
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
