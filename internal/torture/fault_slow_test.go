package torture

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline/internal/proxy"
)

// short is a limit that a test waits for. Nothing else in these tests takes
// time, and nothing is asserted about how long it took.
const short = 100 * time.Millisecond

// TestServerThatStandsStill stops the server in each phase: the client gets an
// answer that says so, or an answer that is seen to be cut.
func TestServerThatStandsStill(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		limit func(*proxy.Options)
		say   string // before it stands still
		want  string // the beginning of the first line; empty: an answer that breaks off
	}{
		"accepts, and no handshake": {func(o *proxy.Options) { o.Limits.Connect = short; secure(&o.Services[0]) }, "", "HTTP/1.1 504"},
		"says nothing":              {func(o *proxy.Options) { o.Limits.FirstByte = short }, "", "HTTP/1.1 504"},
		"half a status line":        {func(o *proxy.Options) { o.Limits.FirstByte, o.Limits.BodyIdle = short, short }, "HTTP/1.1 2", "HTTP/1.1 50"},
		"half a head":               {func(o *proxy.Options) { o.Limits.FirstByte, o.Limits.BodyIdle = short, short }, "HTTP/1.1 200 OK\r\nX: y\r\n", "HTTP/1.1 50"},
		"only interim answers":      {func(o *proxy.Options) { o.Limits.FirstByte, o.Limits.BodyIdle = short, short }, "HTTP/1.1 103 Early Hints\r\n\r\n", "HTTP/1.1 50"},
		"half a body":               {func(o *proxy.Options) { o.Limits.BodyIdle = short }, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", ""},
		"between two chunks":        {func(o *proxy.Options) { o.Limits.BodyIdle = short }, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", ""},
		"before the trailers":       {func(o *proxy.Options) { o.Limits.BodyIdle = short }, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n", ""},
		"body until close":          {func(o *proxy.Options) { o.Limits.BodyIdle = short }, "HTTP/1.1 200 OK\r\n\r\nhalf", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, func(c *peer) {
				if tt.say != "" {
					if _, _, err := c.request(); err != nil {
						return
					}
					c.send("%s", tt.say)
				}
				_, _ = io.Copy(io.Discard, c) // until the proxy gives up
			})
			c := dial(t, start(t, server, tt.limit).addr)
			c.send("%s", get(""))
			for {
				resp, err := http.ReadResponse(c.Reader, nil)
				if err != nil {
					t.Fatalf("no answer: %v", err)
				}
				if resp.StatusCode < 200 {
					continue
				}
				_, err = io.ReadAll(resp.Body)
				if tt.want == "" && err == nil {
					t.Error("the answer ended without an error")
				}
				if line := resp.Proto + " " + resp.Status; tt.want != "" && (err != nil || !strings.HasPrefix(line, tt.want)) {
					t.Errorf("got %s (%v), want %s", line, err, tt.want)
				}
				return
			}
		})
	}
}

func secure(s *proxy.Service) { s.To.Scheme, s.TLS = "https", &tls.Config{} }

// TestClientThatStandsStill is slowloris in each phase: the connection is
// taken back, and the server is let go.
func TestClientThatStandsStill(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		limit func(*proxy.Limits)
		say   string
	}{
		"says nothing":         {func(l *proxy.Limits) { l.Idle = short }, ""},
		"half a request line":  {func(l *proxy.Limits) { l.Head = short }, "GET /x HT"},
		"a field for ever":     {func(l *proxy.Limits) { l.Head = short }, "GET /x HTTP/1.1\r\nHost: a\r\nX: "},
		"no end of the head":   {func(l *proxy.Limits) { l.Head = short }, "GET /x HTTP/1.1\r\nHost: a\r\n"},
		"half a body":          {func(l *proxy.Limits) { l.BodyIdle = short }, "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf"},
		"no body at all":       {func(l *proxy.Limits) { l.BodyIdle = short }, "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n"},
		"half a chunk":         {func(l *proxy.Limits) { l.BodyIdle = short }, "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha"},
		"no trailers":          {func(l *proxy.Limits) { l.BodyIdle = short }, "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"},
		"idle after an answer": {func(l *proxy.Limits) { l.Idle = short }, get("")},
	}
	for name, tt := range tests {
		for _, blocks := range []bool{false, true} {
			t.Run(name+map[bool]string{true: ", blocking"}[blocks], func(t *testing.T) {
				t.Parallel()
				seen, server := newRecorder(t)
				r := start(t, server, func(o *proxy.Options) {
					tt.limit(&o.Limits)
					if blocks {
						o.Services[0].Guard = blocking(t)
					}
				})
				c := dial(t, r.addr)
				c.send("%s", strings.Replace(tt.say, "POST /x", "POST /", 1))
				_, err := io.ReadAll(c)
				if ne := net.Error(nil); errors.As(err, &ne) && ne.Timeout() {
					t.Error("the connection stays open")
				}
				if err := askAfter(r.addr, "/after"); err != nil {
					t.Error(err)
				}
				if got := seen.take("/after"); len(got) > 0 && tt.say != get("") {
					t.Errorf("the server saw %q", got)
				}
			})
		}
	}
}

// TestByteByByte is the patient slowloris: it is served, since it may be a
// person on a bad line.
func TestByteByByte(t *testing.T) {
	t.Parallel()
	_, server := newRecorder(t)
	c := dial(t, start(t, server, nil).addr)
	for _, b := range []byte("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n") {
		c.send("%c", b)
	}
	if _, body := c.answer(t, "POST"); body != `saw POST /x "hello"` {
		t.Errorf("body = %q", body)
	}
}
