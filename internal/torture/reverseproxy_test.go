package torture

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline/internal/proxy"
)

// A behaviour is one that net/http/httputil.ReverseProxy has a test for; name
// is the name of that test. Those about its Go interface (Director, Rewrite,
// ModifyResponse, buffer pools) have no counterpart here.
type behaviour struct {
	name    string
	options func(*proxy.Options)
	serve   func(t *testing.T, c *peer)             // the server's part on each connection
	call    func(t *testing.T, c *peer, r *running) // the client's
}

// TestReverseProxyBehaviours holds the proxy to what Go's own reverse proxy
// does for its users.
func TestReverseProxyBehaviours(t *testing.T) {
	t.Parallel()
	for _, list := range [][]behaviour{headerBehaviours, bodyBehaviours, upgradeBehaviours} {
		for _, b := range list {
			t.Run(b.name, func(t *testing.T) {
				t.Parallel()
				r := start(t, serve(t, func(c *peer) { b.serve(t, c) }), b.options)
				b.call(t, dial(t, r.addr), r)
			})
		}
	}
}

// peer is one end of a connection, read and written by hand.
type peer struct {
	*bufio.Reader
	net.Conn
}

func (p *peer) Read(b []byte) (int, error) { return p.Reader.Read(b) }

func newPeer(c net.Conn) *peer {
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	return &peer{bufio.NewReader(c), c}
}

func dial(t *testing.T, addr string) *peer {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return newPeer(c)
}

// serve lets the function serve each connection, which ends when it returns.
func serve(t *testing.T, f func(c *peer)) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = c.Close() }()
				f(newPeer(c))
			}()
		}
	}()
	return ln.Addr().String()
}

func (p *peer) send(format string, args ...any) {
	_, _ = fmt.Fprintf(p.Conn, format, args...) // what did not arrive is missed at the other end
}

// head reads through the empty line: the first line and the fields.
func (p *peer) head(t *testing.T) (string, http.Header) {
	t.Helper()
	tp := textproto.NewReader(p.Reader)
	first, err := tp.ReadLine()
	if err != nil {
		t.Errorf("reading a first line: %v", err)
		return "", nil
	}
	fields, err := tp.ReadMIMEHeader()
	if err != nil {
		t.Errorf("reading fields: %v", err)
	}
	return first, http.Header(fields)
}

// request reads a request with its body.
func (p *peer) request() (*http.Request, string, error) {
	req, err := http.ReadRequest(p.Reader)
	if err != nil {
		return nil, "", err
	}
	body, err := io.ReadAll(req.Body)
	return req, string(body), err
}

// answer reads an answer to a request with the method.
func (p *peer) answer(t *testing.T, method string) (*http.Response, string) {
	t.Helper()
	resp, err := http.ReadResponse(p.Reader, &http.Request{Method: method})
	if err != nil {
		t.Fatalf("reading the answer: %v", err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Errorf("reading the body: %v", err)
	}
	return resp, string(body)
}

func get(fields string) string {
	return "GET /x HTTP/1.1\r\nHost: front.example\r\n" + fields + "\r\n"
}

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

// echo answers every request with the fields that it came with, as a body.
func echo(_ *testing.T, c *peer) {
	for {
		req, body, err := c.request()
		if err != nil {
			return
		}
		var text bytes.Buffer
		fmt.Fprintf(&text, "%s %s\nHost: %s\n", req.Method, req.RequestURI, req.Host)
		_ = req.Header.Write(&text)
		fmt.Fprintf(&text, "body=%q transfer=%v", body, req.TransferEncoding)
		c.send("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", text.Len(), text.String())
	}
}

// arrives sends a request with the fields and looks into what the server got.
func arrives(fields string, want, not []string) func(*testing.T, *peer, *running) {
	return func(t *testing.T, c *peer, _ *running) {
		c.send("%s", get(fields))
		_, body := c.answer(t, "GET")
		for _, w := range want {
			if !strings.Contains(body, w) {
				t.Errorf("the server got\n%s\nwithout %q", body, w)
			}
		}
		for _, n := range not {
			if strings.Contains(body, n) {
				t.Errorf("the server got\n%s\nwith %q", body, n)
			}
		}
	}
}
