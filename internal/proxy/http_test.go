package proxy

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/wire"
)

// mirror answers with the head that it got, as a body.
func mirror(t *testing.T) string {
	return rawServer(t, func(c net.Conn, r *bufio.Reader) {
		for {
			head := readHeadText(t, r)
			if head == "" {
				return
			}
			_, _ = fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(head), head)
		}
	})
}

func TestHeadsAreForwarded(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, base, send, want string
		change                 func(*Options)
	}{
		{
			"order, spelling and white space stay", "",
			"GET /a/../b//c?x=%zz&y HTTP/1.1\r\nhost: h\r\nX-b:  two \t\r\nx-A:one\r\nX-b:\r\n\r\n",
			"GET /a/../b//c?x=%zz&y HTTP/1.1\r\nhost: SERVER\r\nX-b:  two \t\r\nx-A:one\r\nX-b:\r\nVia: 1.1 ME\r\n\r\n", nil,
		},
		{
			"fields of the connection stay behind", "",
			"GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, X-Mine, content-length\r\nKeep-Alive: timeout=5\r\nX-Mine: 1\r\nProxy-Connection: x\r\nTE: gzip\r\nX-Yours: 2\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: SERVER\r\nX-Yours: 2\r\nVia: 1.1 ME\r\n\r\n", nil,
		},
		{
			"trailers stay wanted", "",
			"GET / HTTP/1.1\r\nHost: h\r\nTE: gzip, Trailers\r\nConnection: te\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: SERVER\r\nConnection: TE\r\nTE: trailers\r\nVia: 1.1 ME\r\n\r\n", nil,
		},
		{
			"absolute-form becomes origin-form", "",
			"GET http://Other.example:81/x?y HTTP/1.1\r\nHost: other.example:81\r\n\r\n",
			"GET /x?y HTTP/1.1\r\nHost: SERVER\r\nVia: 1.1 ME\r\n\r\n", nil,
		},
		{
			"absolute-form without a path", "",
			"GET http://other.example?y HTTP/1.1\r\nHost: other.example\r\n\r\n",
			"GET /?y HTTP/1.1\r\nHost: SERVER\r\nVia: 1.1 ME\r\n\r\n", nil,
		},
		{
			"the base path comes first", "/v1/",
			"GET /x HTTP/1.1\r\nHost: h\r\n\r\n",
			"GET /v1/x HTTP/1.1\r\nHost: SERVER\r\nVia: 1.1 ME\r\n\r\n", nil,
		},
		{
			"asterisk", "/v1",
			"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
			"OPTIONS * HTTP/1.1\r\nHost: SERVER\r\nVia: 1.1 ME\r\n\r\n", nil,
		},
		{
			"HTTP/1.0 gets a Host", "",
			"GET /old HTTP/1.0\r\n\r\n",
			"GET /old HTTP/1.1\r\nHost: SERVER\r\nVia: 1.0 ME\r\n\r\n", nil,
		},
		{
			"Via is added to", "",
			"GET / HTTP/1.1\r\nVia: 1.0 fred\r\nHost: h\r\n\r\n",
			"GET / HTTP/1.1\r\nVia: 1.0 fred\r\nHost: SERVER\r\nVia: 1.1 ME\r\n\r\n", nil,
		},
		{
			"the Host of the client on request", "",
			"GET / HTTP/1.1\r\nHost: api.example.com\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: api.example.com\r\nVia: 1.1 ME\r\n\r\n", func(o *Options) { o.Services[0].PreserveHost = true },
		},
		{
			"forwarded fields on request", "",
			"GET / HTTP/1.1\r\nHost: api.example.com\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: SERVER\r\nVia: 1.1 ME\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: api.example.com\r\n\r\n",
			func(o *Options) { o.Services[0].Forwarded = true },
		},
		{
			"a method of our own", "",
			"PURGE /x HTTP/1.1\r\nHost: h\r\n\r\n",
			"PURGE /x HTTP/1.1\r\nHost: SERVER\r\nVia: 1.1 ME\r\n\r\n", nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := mirror(t)
			addr, p := start(t, "http://"+server+tt.base, tt.change)
			c := dial(t, addr)
			c.send("%s", tt.send)
			_, got := c.read("GET")
			want := strings.NewReplacer("SERVER", server, "ME", p.via).Replace(tt.want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("head (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnswersAreReturned(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, send, answer, want string }{
		{
			"order, spelling and reason stay", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
			"HTTP/1.1 299 Quite  Fine\r\nset-cookie: a=1\r\nX-A:b\r\nSet-Cookie: c=2\r\ncontent-length: 2\r\n\r\nok",
			"HTTP/1.1 299 Quite  Fine\r\nset-cookie: a=1\r\nX-A:b\r\nSet-Cookie: c=2\r\ncontent-length: 2\r\n\r\nok",
		},
		{
			"no reason", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
			"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
		},
		{
			"fields of the connection stay behind", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
			"HTTP/1.1 200 OK\r\nConnection: close, X-Mine\r\nX-Mine: 1\r\nKeep-Alive: timeout=1\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
		},
		{
			"chunks with extensions and trailers", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n003;a=b;c=\"d e\"\r\nabc\r\n00\r\nX-Sum: 1\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n003;a=b;c=\"d e\"\r\nabc\r\n00\r\nX-Sum: 1\r\n\r\n",
		},
		{
			"interim answers", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
			"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
		},
		{
			"until close", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
			"HTTP/1.1 200 OK\r\n\r\nall of it", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it",
		},
		{
			"the client wants to close", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
		},
		{
			"an old server", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
			"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
		},
		{
			"an old client gets no chunks", "GET / HTTP/1.0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcde",
		},
		{
			"an old client that keeps its connection", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok",
		},
		{
			"HEAD has no body", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n",
		},
		{
			"204 and 304 have none", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
			"HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
		},
		{
			"426 names its protocol", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
			"HTTP/1.1 426 Upgrade Required\r\nUpgrade: h2c\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 426 Upgrade Required\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
				readHeadText(t, r)
				_, _ = io.WriteString(c, tt.answer)
			})
			addr, _ := start(t, "http://"+server, nil)
			c := dial(t, addr)
			c.send("%s", tt.send)
			got := make([]byte, len(tt.want))
			_, err := io.ReadFull(c.r, got)
			if diff := cmp.Diff(tt.want, string(got)); diff != "" || err != nil {
				t.Errorf("%v; answer (-want +got):\n%s", err, diff)
			}
			_ = c.c.CloseWrite()
			if rest := c.ended(); rest != "" {
				t.Errorf("%q follows the answer", rest)
			}
		})
	}
}

func TestPipelinedRequestsAreAnsweredInOrder(t *testing.T) {
	t.Parallel()
	addr, _ := start(t, "http://"+mirror(t), nil)
	c := dial(t, addr)
	c.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n")
	for i := 1; i <= 3; i++ {
		if _, body := c.read("GET"); !strings.HasPrefix(body, fmt.Sprintf("GET /%d ", i)) {
			t.Errorf("answer %d is for %.10q", i, body)
		}
	}
}

// TestContinueIsAskedOfTheServer holds that 100 comes from the server, and that
// a client which is refused is not asked for its body.
func TestContinueIsAskedOfTheServer(t *testing.T) {
	t.Parallel()
	const head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"
	t.Run("go on", func(t *testing.T) {
		t.Parallel()
		server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
			readHeadText(t, r)
			_, _ = io.WriteString(c, "HTTP/1.1 100 Go On\r\n\r\n")
			body := make([]byte, 4)
			_, _ = io.ReadFull(r, body)
			_, _ = fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n%s", body)
		})
		addr, _ := start(t, "http://"+server, nil)
		c := dial(t, addr)
		c.send(head)
		if got, want := readHeadText(t, c.r), "HTTP/1.1 100 Go On\r\n\r\n"; got != want {
			t.Fatalf("interim answer = %q, want %q", got, want)
		}
		c.send("body")
		if _, body := c.read("POST"); body != "body" {
			t.Errorf("answer = %q, want the body", body)
		}
	})
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
			readHeadText(t, r)
			_, _ = io.WriteString(c, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
		})
		addr, _ := start(t, "http://"+server, nil)
		c := dial(t, addr)
		c.send(head)
		want := "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
		if got := c.ended(); got != want {
			t.Errorf("answer = %q, want %q", got, want)
		}
	})
}

// TestEarlyAnswerIsSeen holds that a server which refuses an upload half way
// is heard, although the client is still sending.
func TestEarlyAnswerIsSeen(t *testing.T) {
	t.Parallel()
	server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
		readHeadText(t, r)
		_, _ = io.WriteString(c, "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig")
		_ = c.(*net.TCPConn).CloseWrite()
		_, _ = io.Copy(io.Discard, r)
	})
	addr, _ := start(t, "http://"+server, nil)
	c := dial(t, addr)
	c.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nbeginning")
	if resp, body := c.read("POST"); resp.StatusCode != 413 || body != "big" {
		t.Errorf("answer = %d %q, want the server's 413", resp.StatusCode, body)
	}
}

func TestMalformedRequestsAreExplained(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a malformed request reached the server")
	}))
	t.Cleanup(server.Close)
	tests := []struct {
		name, send string
		status     int
		say        string
		cause      faultline.Slug
	}{
		{"two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na", 400, "second Content-Length", "content.length-mismatch"},
		{"length and coding", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "both Transfer-Encoding and Content-Length", "content.length-mismatch"},
		{"no Host", "GET / HTTP/1.1\r\n\r\n", 400, "no Host", "header.missing"},
		{"space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "%20", "url.syntax"},
		{"bad chunk", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400, "chunk size", "content.length-mismatch"},
		{"unknown coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501, "gzip, chunked", "content.length-mismatch"},
		{"HTTP/2", "PRI * HTTP/2.1\r\n\r\nSM\r\n\r\n", 505, "HTTP/2", "protocol.version"},
		{"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "TLS", "tls.plain-http-to-https"},
		{"binary", "\x00\x01\x02\x03", 400, "NUL", "protocol.not-http"},
		{"long line", "GET /" + strings.Repeat("a", wire.DefaultLine) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414, "longer than", "url.too-long"},
		{"large head", "GET / HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("a", wire.DefaultHead) + "\r\n\r\n", 431, "longer than", "header.too-large"},
		{"CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 501, "forward prox", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			addr, p, seen := watched(t, server.URL, nil)
			c := dial(t, addr)
			c.send("%s", tt.send)
			resp, body := c.read("GET")
			if strings.Contains(body, "http:///") {
				t.Errorf("a link without a host in %s", body)
			}
			if resp.StatusCode != tt.status || !strings.Contains(body, tt.say) {
				t.Errorf("answer = %d %s, want %d that says %q", resp.StatusCode, body, tt.status, tt.say)
			}
			it := <-seen
			if f, ok := it.d.Primary(); ok != (tt.cause != "") || f.Cause.Slug != tt.cause {
				t.Errorf("cause = %q, want %q", f.Cause.Slug, tt.cause)
			}
			if got := p.Counts(); got.Blocked != 1 || got.Failed != 1 {
				t.Errorf("Counts = %+v, want one blocked", got)
			}
		})
	}
}

func TestLimitsOfTime(t *testing.T) {
	t.Parallel()
	addr, _ := start(t, "http://"+mirror(t), func(o *Options) {
		o.Limits.Head, o.Limits.Idle = 30*time.Millisecond, 30*time.Millisecond
	})
	slow := dial(t, addr)
	slow.send("GET / HTTP/1.1\r\nHost")
	if resp, _ := slow.read("GET"); resp.StatusCode != http.StatusRequestTimeout {
		t.Errorf("status for a head that never ends = %d, want 408", resp.StatusCode)
	}
	if got := dial(t, addr).ended(); got != "" {
		t.Errorf("an idle connection got %q, want its end", got)
	}
}

func TestProxyDoesNotForwardToItself(t *testing.T) {
	t.Parallel()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr, _ := start(t, "http://"+ln.Addr().String(), nil)
	go func() {
		c, err := ln.Accept()
		if err != nil {
			return
		}
		defer func() { _ = c.Close() }()
		up, err := net.Dial("tcp", addr)
		if err != nil {
			return
		}
		defer func() { _ = up.Close() }()
		go func() { _, _ = io.Copy(up, c) }()
		_, _ = io.Copy(c, up)
	}()
	t.Cleanup(func() { _ = ln.Close() })
	c := dial(t, addr)
	c.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
	if resp, _ := c.read("GET"); resp.StatusCode != http.StatusLoopDetected {
		t.Errorf("status = %d, want 508", resp.StatusCode)
	}
}

func TestPagesOfTheCauses(t *testing.T) {
	t.Parallel()
	addr, p := start(t, "http://"+mirror(t), nil)
	tests := []struct {
		path, accept string
		status       int
		media, say   string
	}{
		{"/.faultline/causes", "text/html", 200, "text/html; charset=utf-8", `href="/.faultline/causes/server.error"`},
		{"/.faultline/causes/server.error", "*/*", 200, "text/html; charset=utf-8", "<h1>"},
		{"/.faultline/causes/server.error", "text/markdown", 200, "text/markdown; charset=utf-8", "## Fix"},
		{"/.faultline/causes/invalid-request", "", 200, "text/html; charset=utf-8", "departs from it"},
		{"/.faultline/causes/<script>", "", 404, "text/plain; charset=utf-8", "no cause"},
	}
	c := dial(t, addr)
	for _, tt := range tests {
		c.send("GET %s HTTP/1.1\r\nHost: a\r\nAccept: %s\r\n\r\n", tt.path, tt.accept)
		resp, body := c.read("GET")
		if resp.StatusCode != tt.status || resp.Header.Get("Content-Type") != tt.media || !strings.Contains(body, tt.say) {
			t.Errorf("%s as %q = %d %s %s, want %d %s that says %q", tt.path, tt.accept, resp.StatusCode, resp.Header.Get("Content-Type"), body, tt.status, tt.media, tt.say)
		}
		if got := resp.Header.Get("Content-Security-Policy"); !strings.Contains(got, "default-src 'none'") {
			t.Errorf("%s: Content-Security-Policy = %q", tt.path, got)
		}
	}
	if got := p.Counts().Seen; got != 0 {
		t.Errorf("%d calls counted, want none", got)
	}
	off, _ := start(t, "http://"+mirror(t), func(o *Options) { o.NoPages = true })
	c = dial(t, off)
	c.send("GET /.faultline/causes HTTP/1.1\r\nHost: a\r\n\r\n")
	if _, body := c.read("GET"); !strings.HasPrefix(body, "GET /.faultline/causes ") {
		t.Errorf("switched off, the server gets the request; body = %q", body)
	}
}

func TestNewRefusesWhatCannotBe(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"localhost:3000", "ftp://a", "http://", "http://a?b", "http://u:p@a"} {
		u := request(t, "GET", to, nil).URL
		if _, err := New(Options{Services: []Service{{To: u}}}); err == nil {
			t.Errorf("New(To: %s) succeeds, want an error", to)
		}
	}
	if _, err := New(Options{}); err == nil {
		t.Error("New without a service succeeds, want an error")
	}
}

func TestHistogram(t *testing.T) {
	t.Parallel()
	var h histogram
	if got := h.quantile(0.5); got != 0 {
		t.Errorf("quantile of nothing = %v, want 0", got)
	}
	for i := range 1000 {
		h.add(time.Duration(i+1) * time.Microsecond)
	}
	for q, want := range map[float64]time.Duration{0.5: 500 * time.Microsecond, 0.99: 990 * time.Microsecond} {
		if got := h.quantile(q); got < want || float64(got) > 1.13*float64(want) {
			t.Errorf("quantile(%v) = %v, want %v and at most 13 %% more", q, got, want)
		}
	}
}

// TestEveryAnswerLinksToAPage holds that the causes which the guard names by
// itself can be read about where its documents point.
func TestEveryAnswerLinksToAPage(t *testing.T) {
	t.Parallel()
	for _, slug := range []string{"gateway.upstream-dns", "gateway.upstream-tls", "gateway.upstream-refused", "gateway.upstream-timeout", "gateway.bad-response", "protocol.version", "content.length-mismatch"} {
		text, ok := pageText(slug, DefaultPages)
		if !ok || !strings.Contains(text, "## Fix") {
			t.Errorf("page of %s = %q, %v, want one with a fix", slug, text, ok)
		}
	}
}
