package proxy

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
)

// TestServerThatCannotBeReachedIsExplained holds that every way in which a
// server gives no answer becomes a problem document and a recorded failure.
func TestServerThatCannotBeReachedIsExplained(t *testing.T) {
	t.Parallel()
	refused, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = refused.Close()
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	secure.Config.ErrorLog = nil
	t.Cleanup(secure.Close)
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	released := make(chan struct{})
	t.Cleanup(func() { close(released) })
	tests := []struct {
		name   string
		to     string
		status int
		phase  faultline.Phase
	}{
		{"refused", "http://" + refused.Addr().String(), 502, faultline.PhaseConnect},
		{"no such name", "http://api.invalid", 502, faultline.PhaseResolve},
		{"certificate", secure.URL, 502, faultline.PhaseHandshake},
		{"plain behind https", strings.Replace(plain.URL, "http:", "https:", 1), 502, faultline.PhaseHandshake},
		{"closes at once", "http://" + rawServer(t, func(c net.Conn, r *bufio.Reader) { readHeadText(t, r) }), 502, faultline.PhaseWait},
		{"resets", "http://" + rawServer(t, func(c net.Conn, r *bufio.Reader) {
			readHeadText(t, r)
			_ = c.(*net.TCPConn).SetLinger(0)
		}), 502, faultline.PhaseWait},
		{"says nothing", "http://" + rawServer(t, func(c net.Conn, r *bufio.Reader) { <-released }), 504, faultline.PhaseWait},
		{"speaks no HTTP", "http://" + rawServer(t, func(c net.Conn, r *bufio.Reader) {
			readHeadText(t, r)
			_, _ = io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n")
		}), 502, faultline.PhaseReceive},
		{"contradicts itself", "http://" + rawServer(t, func(c net.Conn, r *bufio.Reader) {
			readHeadText(t, r)
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc")
		}), 502, faultline.PhaseReceive},
		{"ends inside its head", "http://" + rawServer(t, func(c net.Conn, r *bufio.Reader) {
			readHeadText(t, r)
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-")
		}), 502, faultline.PhaseReceive},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			addr, _, seen := watched(t, tt.to, func(o *Options) {
				if tt.status == http.StatusGatewayTimeout {
					o.Limits.FirstByte = 50 * time.Millisecond
				}
			})
			c := dial(t, addr)
			c.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
			resp, body := c.read("GET")
			if resp.StatusCode != tt.status {
				t.Errorf("status = %d, want %d", resp.StatusCode, tt.status)
			}
			if got := resp.Header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("Content-Type = %q, want application/problem+json", got)
			}
			if got := resp.Header.Get("Faultline-Action"); got != "answered" {
				t.Errorf("Faultline-Action = %q, want answered", got)
			}
			party := "gateway"
			if strings.HasPrefix(tt.name, "contradicts") || strings.HasPrefix(tt.name, "ends inside") {
				party = "server" // it speaks HTTP, with a mistake
			}
			if !strings.Contains(body, `"party": "`+party+`"`) {
				t.Errorf("the document does not name the %s: %s", party, body)
			}
			it := <-seen
			if it.ex.Failure == nil || it.ex.Failure.Phase != tt.phase {
				t.Errorf("Failure = %+v, want phase %s", it.ex.Failure, tt.phase)
			}
			if f, _ := it.d.Primary(); f.Cause.Slug.Family() != "gateway" {
				t.Errorf("first cause = %q, want one of gateway.*: %+v", f.Cause.Slug, it.ex.Failure)
			}
			// The client's connection is as good as before.
			c.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
			if resp, _ := c.read("GET"); resp.StatusCode != tt.status {
				t.Errorf("second status = %d, want %d", resp.StatusCode, tt.status)
			}
		})
	}
}

// TestBrokenAnswerIsNeverComplete holds that what breaks off behind the proxy
// breaks off in front of it.
func TestBrokenAnswerIsNeverComplete(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"short length":    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
		"open chunk":      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
		"no last chunk":   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
		"bad chunk size":  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nxyz\r\n",
		"trailers missed": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nA: b\r\n",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
				readHeadText(t, r)
				_, _ = io.WriteString(c, text)
			})
			addr, _, seen := watched(t, "http://"+server, nil)
			c := dial(t, addr)
			c.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
			resp, err := http.ReadResponse(c.r, nil)
			if err != nil {
				t.Fatal(err)
			}
			if body, err := io.ReadAll(resp.Body); err == nil {
				t.Errorf("body = %q and no error, want one", body)
			}
			it := <-seen
			if it.ex.Failure == nil || it.ex.Failure.Phase != faultline.PhaseReceive || !it.ex.Response.Body.Truncated {
				t.Errorf("Failure = %+v, Truncated = %v, want a failure to receive", it.ex.Failure, it.ex.Response.Body.Truncated)
			}
		})
	}
}

// TestClientThatHangsUp holds that the server is let go and the call recorded.
func TestClientThatHangsUp(t *testing.T) {
	t.Parallel()
	reached, ended := make(chan struct{}), make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			close(reached)
			_, err := io.Copy(io.Discard, r.Body)
			ended <- err
			return
		}
		close(reached)
		<-r.Context().Done()
		ended <- r.Context().Err()
	}))
	t.Cleanup(server.Close)
	for _, tt := range []struct {
		name, send string
		phase      faultline.Phase
	}{
		{"inside the body", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nhalf of it", faultline.PhaseSend},
		{"while it waits", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", faultline.PhaseWait},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reached = make(chan struct{})
			addr, p, seen := watched(t, server.URL, nil)
			c := dial(t, addr)
			c.send("%s", tt.send)
			<-reached
			_ = c.c.Close()
			if err := <-ended; err == nil {
				t.Error("the server saw a complete call, want an error")
			}
			it := <-seen
			if it.ex.Failure == nil || it.ex.Failure.Phase != tt.phase {
				t.Errorf("Failure = %+v, want phase %s", it.ex.Failure, tt.phase)
			}
			if got := p.Counts(); got.Failed != 1 || got.Seen != 1 {
				t.Errorf("Counts = %+v, want one seen and failed", got)
			}
		})
	}
}

func TestClientThatHangsUpDuringTheAnswer(t *testing.T) {
	t.Parallel()
	ended := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "data: 1\n\n")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
		close(ended)
	}))
	t.Cleanup(server.Close)
	addr, _, seen := watched(t, server.URL, nil)
	c := dial(t, addr)
	c.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	if _, err := c.r.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	_ = c.c.Close()
	<-ended
	if it := <-seen; it.ex.Failure == nil || !strings.Contains(it.ex.Failure.Text, "client") {
		t.Errorf("Failure = %+v, want one that names the client", it.ex.Failure)
	}
}

// TestStaleConnectionIsReplaced holds that a pooled connection which the server
// has closed is not the client's trouble.
func TestStaleConnectionIsReplaced(t *testing.T) {
	t.Parallel()
	connections := make(chan net.Conn, 10)
	server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
		connections <- c
		for range 2 {
			if readHeadText(t, r) == "" {
				return
			}
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
		}
		// The third request on a connection finds it closing: answered by silence.
		readHeadText(t, r)
	})
	addr, _, seen := watched(t, "http://"+server, nil)
	c := dial(t, addr)
	for i := range 3 {
		c.send("GET /%d HTTP/1.1\r\nHost: a\r\n\r\n", i)
		if resp, _ := c.read("GET"); resp.StatusCode != 200 {
			t.Errorf("request %d: status = %d, want 200", i, resp.StatusCode)
		}
	}
	if got := len(connections); got != 2 {
		t.Errorf("%d connections to the server, want 2", got)
	}
	var last delivered
	for range 3 {
		last = <-seen
	}
	if last.ex.Labels["faultline.retried"] != "1" {
		t.Errorf("Labels = %v, want the retry noted", last.ex.Labels)
	}
}

// TestClosedConnectionIsNotKept holds that a connection which was closed by the
// sweep in the very moment of its answer is not given to another call.
func TestClosedConnectionIsNotKept(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }))
	t.Cleanup(server.Close)
	addr, p := start(t, server.URL, nil)
	cl := dial(t, addr)
	for range 3 {
		cl.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")
		if resp, body := cl.read("POST"); resp.StatusCode != http.StatusOK || body != "ok" {
			t.Fatalf("answer = %d %q, want 200 ok", resp.StatusCode, body)
		}
		for _, s := range p.table.Load().services {
			s.pool.mu.Lock()
			for _, u := range s.pool.idle {
				u.close()
			}
			s.pool.mu.Unlock()
		}
	}
	if n := p.Counts(); n.Failed > 0 || n.Retried > 0 {
		t.Errorf("counts = %+v, want no failure and no second try", n)
	}
}

func TestTLSUpstream(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Proto+" "+r.Host)
	}))
	t.Cleanup(server.Close)
	addr, _ := start(t, server.URL, func(o *Options) {
		o.Services[0].TLS = &tls.Config{RootCAs: server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}
	})
	c := dial(t, addr)
	for range 2 {
		c.send("GET / HTTP/1.1\r\nHost: elsewhere\r\n\r\n")
		_, body := c.read("GET")
		if want := "HTTP/1.1 " + server.Listener.Addr().String(); body != want {
			t.Errorf("body = %q, want %q", body, want)
		}
	}
}

// TestServerThatDropsAnUpload holds that a server which goes away in the middle
// of an upload is not laid at the client's door.
func TestServerThatDropsAnUpload(t *testing.T) {
	t.Parallel()
	server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
		readHeadText(t, r)
		_ = c.(*net.TCPConn).SetLinger(0)
	})
	addr, _, seen := watched(t, "http://"+server, nil)
	c := dial(t, addr)
	c.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhalf")
	if resp, _ := c.read("POST"); resp.StatusCode != http.StatusBadGateway {
		t.Errorf("status = %d, want 502", resp.StatusCode)
	}
	if it := <-seen; it.ex.Failure == nil || strings.Contains(it.ex.Failure.Text, "client") {
		t.Errorf("Failure = %+v, want the server's", it.ex.Failure)
	}
}
