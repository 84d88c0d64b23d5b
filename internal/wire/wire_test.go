package wire

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
)

func readRequest(text string, lim Limits) (*Request, error) {
	var r Request
	lim = lim.WithDefaults()
	err := readerOf(strings.NewReader(text), 7).ReadRequest(&r, &lim)
	return &r, err
}

// readerOf reads src in pieces of n bytes at most.
func readerOf(src io.Reader, n int) *Reader {
	var rd Reader
	rd.Reset(pieces{src, n})
	return &rd
}

type pieces struct {
	src io.Reader
	n   int
}

func (p pieces) Read(b []byte) (int, error) { return p.src.Read(b[:min(len(b), p.n)]) }

func TestRequestKeepsWhatWasSent(t *testing.T) {
	t.Parallel()
	const text = "POST /a?b=c%zz HTTP/1.1\r\nhOST: example.com:80\r\nX-A:  one \t\r\nx-a:two\r\nX-Empty:\r\nContent-Length: 5\r\nConnection: close\r\n\r\n"
	r, err := readRequest(text, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := faultline.Header{
		{Name: "hOST", Value: "example.com:80"},
		{Name: "X-A", Value: "one"},
		{Name: "x-a", Value: "two"},
		{Name: "X-Empty", Value: ""},
		{Name: "Content-Length", Value: "5"},
		{Name: "Connection", Value: "close"},
	}
	if diff := cmp.Diff(want, r.Header); diff != "" {
		t.Errorf("Header (-want +got):\n%s", diff)
	}
	if r.Raw != text {
		t.Errorf("Raw = %q, want %q", r.Raw, text)
	}
	if got, want := r.FieldLine(1), "X-A:  one \t\r\n"; got != want {
		t.Errorf("FieldLine(1) = %q, want %q", got, want)
	}
	if r.Method != "POST" || r.Target != "/a?b=c%zz" || r.Host != "example.com:80" || !r.Close || r.Framing != (Framing{Length, 5}) {
		t.Errorf("got %+v", r)
	}
}

func TestRequestsThatAreTaken(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"an empty line before":  "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
		"no Host in HTTP/1.0":   "GET / HTTP/1.0\r\n\r\n",
		"a later minor version": "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
		"an empty Host":         "GET / HTTP/1.1\r\nHost:\r\n\r\n",
		"an IPv6 Host":          "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
		"absolute-form":         "GET HTTP://a.example/b HTTP/1.1\r\nHost: A.example:80\r\n\r\n",
		"asterisk-form":         "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
		"authority-form":        "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n",
		"bytes above ASCII":     "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\nX: \xc3\xa9\r\n\r\n",
		"odd target":            "GET /{a}|\"<>\\^` HTTP/1.1\r\nHost: a\r\n\r\n",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := readRequest(text, Limits{}); err != nil {
				t.Errorf("error = %v, want none", err)
			}
		})
	}
}

func TestConnectionThatEndsBetweenRequests(t *testing.T) {
	t.Parallel()
	if _, err := readRequest("", Limits{}); !errors.Is(err, io.EOF) {
		t.Errorf("error = %v, want io.EOF", err)
	}
}

func TestResponseFraming(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, method, text string
		want               Framing
		reason             string
	}{
		{"length", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", Framing{Length, 3}, ""},
		{"length zero", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Framing{}, ""},
		{"equal lengths", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n", Framing{Length, 3}, ""},
		{"other lengths", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n", Framing{}, "the message has a second Content-Length: `4` after `3`"},
		{"chunked", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n", Framing{Kind: Chunked}, ""},
		{"until close", "GET", "HTTP/1.1 200 OK\r\n\r\n", Framing{Kind: UntilClose}, ""},
		{"HEAD", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", Framing{}, ""},
		{"204", "GET", "HTTP/1.1 204 No Content\r\n\r\n", Framing{}, ""},
		{"304", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n", Framing{}, ""},
		{"both", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", Framing{}, "the message has both Transfer-Encoding and Content-Length: readers differ in which one counts"},
		{"chunked in HTTP/1.0", "GET", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", Framing{}, "Transfer-Encoding stands in an HTTP/1.0 message, which does not know it"},
		{"no HTTP", "GET", "220 smtp\r\n\r\n", Framing{}, "a mail or FTP server greets with `220`"},
		{"TLS alert", "GET", "\x15\x03\x01\x00\x02\x02\x28", Framing{}, "the server answered with the TLS alert `handshake_failure` to plain HTTP: its address wants https://"},
		{"bad status", "GET", "HTTP/1.1 this\r\n\r\n", Framing{}, "the status is not a number of three digits"},
		{"long status", "GET", "HTTP/1.1 2000 OK\r\n\r\n", Framing{}, "the status is not a number of three digits"},
		{"HTTP/2", "GET", "HTTP/2 200\r\n\r\n", Framing{}, "the answer names the version HTTP/2 in a status line, which is the form of HTTP/1.1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var r Response
			lim := Limits{}.WithDefaults()
			err := readerOf(strings.NewReader(tt.text), 16).ReadResponse(&r, tt.method, &lim)
			var wrong *Error
			if errors.As(err, &wrong) {
				if wrong.Reason != tt.reason || wrong.Status != 502 {
					t.Errorf("error = %d %s, want 502 %s", wrong.Status, wrong.Reason, tt.reason)
				}
				return
			}
			if err != nil || tt.reason != "" || r.Framing != tt.want {
				t.Errorf("Framing = %+v, %v, want %+v, %q", r.Framing, err, tt.want, tt.reason)
			}
		})
	}
}

func readBody(text string, f Framing, buffer int) (wire, data string, trailer faultline.Header, err error) {
	var b Body
	lim := Limits{}.WithDefaults()
	b.Reset(readerOf(strings.NewReader(text), buffer), f, &lim)
	for {
		w, d, err := b.Next()
		wire, data = wire+string(w), data+string(d)
		if err != nil {
			if errors.Is(err, io.EOF) && b.Done() {
				err = nil
			}
			return wire, data, b.Trailer, err
		}
	}
}

func TestBodies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text   string
		framing      Framing
		wire, data   string
		reason       string
		cut          bool
		trailerCount int
	}{
		{name: "length", text: "helloGET /", framing: Framing{Length, 5}, wire: "hello", data: "hello"},
		{name: "length cut", text: "hel", framing: Framing{Length, 5}, wire: "hel", data: "hel", cut: true},
		{name: "until close", text: "hello", framing: Framing{Kind: UntilClose}, wire: "hello", data: "hello"},
		{name: "none", text: "GET /", framing: Framing{}},
		{name: "chunks", text: "3\r\nabc\r\n0a;x=y\r\n0123456789\r\n0\r\n\r\nGET", framing: Framing{Kind: Chunked}, wire: "3\r\nabc\r\n0a;x=y\r\n0123456789\r\n0\r\n\r\n", data: "abc0123456789"},
		{name: "trailers", text: "0\r\nX-Sum: 1\r\nX-More:\r\n\r\n", framing: Framing{Kind: Chunked}, wire: "0\r\nX-Sum: 1\r\nX-More:\r\n\r\n", trailerCount: 2},
		{name: "chunk cut", text: "5\r\nabc", framing: Framing{Kind: Chunked}, wire: "5\r\nabc", data: "abc", cut: true},
		{name: "no end", text: "3\r\nabc\r\n", framing: Framing{Kind: Chunked}, wire: "3\r\nabc\r\n", data: "abc", cut: true},
		{name: "no size", text: "\r\n", framing: Framing{Kind: Chunked}, reason: "body, byte 0: the chunk has no size"},
		{name: "bad size", text: "3\r\nabc\r\n-1\r\n", framing: Framing{Kind: Chunked}, wire: "3\r\nabc\r\n", data: "abc", reason: "body, byte 8: the chunk size `-1` has a sign"},
		{name: "size with 0x", text: "0x3\r\nabc\r\n", framing: Framing{Kind: Chunked}, reason: "body, byte 1: the chunk size `0x3` is written with `0x`"},
		{name: "huge size", text: "10000000000000000\r\n", framing: Framing{Kind: Chunked}, reason: "body, byte 0: the chunk size `10000000000000000` is too large"},
		{name: "LF alone", text: "3\nabc\r\n", framing: Framing{Kind: Chunked}, reason: "body, byte 1: a chunk size line ends with LF alone, and HTTP ends lines with CR LF"},
		{name: "longer than its size", text: "3\r\nabcd\r\n", framing: Framing{Kind: Chunked}, wire: "3\r\nabc", data: "abc", reason: "body, byte 6: the data of the chunk goes on after its size: `d` stands where CR LF should"},
		{name: "control in an extension", text: "3;a\x01\r\nabc\r\n", framing: Framing{Kind: Chunked}, reason: "body, byte 3: the control character 0x01 stands in a chunk extension"},
		{name: "length in a trailer", text: "0\r\nContent-Length: 1\r\n\r\n", framing: Framing{Kind: Chunked}, wire: "0\r\n", reason: "body, byte 3: the field `Content-Length` cannot stand in a trailer section"},
		{name: "bad trailer", text: "0\r\nX Y: 1\r\n\r\n", framing: Framing{Kind: Chunked}, wire: "0\r\n", reason: "body, byte 4: the field name `X` is followed by white space and no colon"},
		{name: "long extension", text: "3;" + strings.Repeat("a", 5000) + "\r\nabc\r\n", framing: Framing{Kind: Chunked}, reason: "body, byte 0: a chunk size line is longer than 4096 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			wire, data, trailer, err := readBody(tt.text, tt.framing, 8<<10)
			if wire != tt.wire || data != tt.data || len(trailer) != tt.trailerCount {
				t.Errorf("wire %q, data %q, trailer %v, want %q, %q, %d", wire, data, trailer, tt.wire, tt.data, tt.trailerCount)
			}
			switch {
			case tt.cut:
				if !errors.Is(err, ErrCut) {
					t.Errorf("error = %v, want ErrCut", err)
				}
			case tt.reason == "" && err != nil, tt.reason != "" && (err == nil || err.Error() != tt.reason):
				t.Errorf("error = %v, want %q", err, tt.reason)
			}
		})
	}
}

func TestExtensionsTogetherAreBounded(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("1;"+strings.Repeat("a", 4000)+"\r\nx\r\n", 20)
	_, data, _, err := readBody(text, Framing{Kind: Chunked}, 8<<10)
	if err == nil || !strings.Contains(err.Error(), "together") || len(data) != 16 {
		t.Errorf("%d bytes and error %v, want 16 and one about extensions together", len(data), err)
	}
}
