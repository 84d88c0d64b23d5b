package proxy

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
)

// caught is a sink that hands over what it gets.
type caught chan delivered

type delivered struct {
	ex *faultline.Exchange
	d  *faultline.Diagnosis
}

func (c caught) Deliver(_ context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	c <- delivered{ex, d}
}

// watched starts a proxy whose exchanges can be read from the channel.
func watched(t *testing.T, to string, change func(*Options)) (addr string, p *Proxy, seen caught) {
	t.Helper()
	seen = make(caught, 100)
	addr, p = start(t, to, func(o *Options) {
		o.Sinks = []guard.Sink{guard.Everything(seen)}
		if change != nil {
			change(o)
		}
	})
	return addr, p, seen
}

// rawServer answers each connection by the function, as servers do that are
// no net/http.
func rawServer(t *testing.T, serve func(c net.Conn, r *bufio.Reader)) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = c.Close() }()
				serve(c, bufio.NewReader(c))
			}()
		}
	}()
	t.Cleanup(func() {
		_ = ln.Close()
		<-done
	})
	return ln.Addr().String()
}

// readHeadText reads through the empty line.
func readHeadText(t *testing.T, r *bufio.Reader) string {
	var b strings.Builder
	for {
		line, err := r.ReadString('\n')
		b.WriteString(line)
		if err != nil || line == "\r\n" {
			return b.String()
		}
	}
}

type rawClient struct {
	t *testing.T
	c *net.TCPConn
	r *bufio.Reader
}

func dial(t *testing.T, addr string) *rawClient {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return &rawClient{t, c.(*net.TCPConn), bufio.NewReader(c)}
}

func (c *rawClient) send(format string, args ...any) {
	c.t.Helper()
	text := format
	if len(args) > 0 {
		text = fmt.Sprintf(format, args...)
	}
	if _, err := io.WriteString(c.c, text); err != nil {
		c.t.Fatalf("sending: %v", err)
	}
}

// read reads one answer to a request with the method.
func (c *rawClient) read(method string) (*http.Response, string) {
	c.t.Helper()
	resp, err := http.ReadResponse(c.r, &http.Request{Method: method})
	if err != nil {
		c.t.Fatalf("reading the answer: %v", err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatalf("reading the body: %v", err)
	}
	return resp, string(body)
}

// ended reads to the end of the connection.
func (c *rawClient) ended() string {
	rest, _ := io.ReadAll(c.r)
	return string(rest)
}

func request(t *testing.T, method, url string, body io.Reader) *http.Request {
	t.Helper()
	req, err := http.NewRequest(method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

func sinks(c caught) []guard.Sink { return []guard.Sink{guard.Everything(c)} }
