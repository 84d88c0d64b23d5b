package torture

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// brokenAnswers are answers that a server breaks off at every byte.
var brokenAnswers = map[string]string{
	"length":            "HTTP/1.1 200 OK\r\nContent-Length: 12\r\nX: y\r\n\r\nhello, world",
	"chunks":            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n",
	"chunks, trailers":  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n",
	"length, HTTP/1.0":  "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
	"gzip":              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00",
	"none":              "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n",
	"interim first":     "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
	"error with length": "HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\noops",
	"events":            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\n",
	"until close":       "HTTP/1.1 200 OK\r\nX: y\r\n\r\nhello, world",
}

// TestAnswerThatBreaksOffAtEveryByte lets the server go after every byte of an
// answer, by an end and by a reset. A client must be able to tell what is left
// from a complete answer: it gets the 502 of the proxy, or an error.
func TestAnswerThatBreaksOffAtEveryByte(t *testing.T) {
	t.Parallel()
	for name, text := range brokenAnswers {
		for _, reset := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, reset %v", name, reset), func(t *testing.T) {
				t.Parallel()
				server := serve(t, func(c *peer) {
					req, _, err := c.request()
					if err != nil {
						return
					}
					n, _ := strconv.Atoi(req.URL.Query().Get("n")) // our own number
					_, _ = io.WriteString(c.Conn, text[:n])
					if reset {
						_ = c.Conn.(*net.TCPConn).SetLinger(0)
					}
				})
				r := start(t, server, nil)
				var wg sync.WaitGroup
				for _, version := range []string{"HTTP/1.1", "HTTP/1.0"} {
					wg.Go(func() {
						for n := range len(text) + 1 {
							breakAt(t, r, name, text, n, version, reset)
						}
					})
				}
				wg.Wait()
			})
		}
	}
}

func breakAt(t *testing.T, r *running, name, text string, n int, version string, reset bool) {
	c := dial(t, r.addr)
	defer func() { _ = c.Close() }()
	c.send("GET /?n=%d %s\r\nHost: a\r\n\r\n", n, version)
	got, complete := whole(c)
	switch {
	case got == nil && n == len(text) && !reset:
		t.Errorf("%s %s: the whole answer did not arrive", version, name)
	case got == nil || !complete, got.Header.Get("Faultline-Action") != "" && got.StatusCode == http.StatusBadGateway:
		if n == len(text) && !reset {
			t.Errorf("%s %s: the whole answer arrived as %v", version, name, got)
		}
	case n == len(text):
	case name == "until close" && n >= strings.Index(text, "\r\n\r\n")+4:
		// Nobody can tell the end of such a body from its breaking off. A reset can be told, where it
		// comes before the kernel has handed the bytes over.
	default:
		t.Errorf("%s %s, broken off after byte %d of %d: passed off as complete: %v", version, name, n, len(text), got)
	}
}

// whole reads an answer and reports whether a client must take it as complete.
func whole(c *peer) (*http.Response, bool) {
	for {
		resp, err := http.ReadResponse(c.Reader, nil)
		if err != nil {
			return nil, false
		}
		if resp.StatusCode < 200 {
			continue
		}
		_, err = io.ReadAll(resp.Body)
		return resp, err == nil
	}
}

// TestClientThatGoesAtEveryByte lets the client go after every byte of a
// request. The server must never take a part for the whole, and the next
// caller must not notice.
func TestClientThatGoesAtEveryByte(t *testing.T) {
	t.Parallel()
	requests := map[string]string{
		"length": "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\nhello, world",
		"chunks": "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n",
		"none":   "GET /x HTTP/1.1\r\nHost: a\r\n\r\n",
	}
	for name, text := range requests {
		for _, reset := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, reset %v", name, reset), func(t *testing.T) {
				t.Parallel()
				seen, server := newRecorder(t)
				r := start(t, server, nil)
				for n := range len(text) {
					c := dial(t, r.addr)
					_, _ = io.WriteString(c.Conn, text[:n])
					if reset {
						_ = c.Conn.(*net.TCPConn).SetLinger(0)
					}
					_ = c.Close()
					after := fmt.Sprintf("/after-%d", n)
					if err := askAfter(r.addr, after); err != nil {
						t.Errorf("after byte %d: %v", n, err)
					}
					if got := seen.take(after); len(got) > 0 {
						t.Errorf("after byte %d the server took this for whole: %q", n, got)
					}
				}
			})
		}
	}
}

// TestClientThatGoesDuringTheAnswer lets clients go after a part of a large
// answer: the proxy goes on for the others.
func TestClientThatGoesDuringTheAnswer(t *testing.T) {
	t.Parallel()
	body := strings.Repeat("0123456789abcdef", 1<<14)
	server := serve(t, func(c *peer) {
		for {
			if _, _, err := c.request(); err != nil {
				return
			}
			c.send("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
		}
	})
	r := start(t, server, nil)
	for n := 1; n < len(body); n = n*3 + 1 {
		c := dial(t, r.addr)
		c.send("%s", get(""))
		if _, err := io.CopyN(io.Discard, c, int64(n)); err != nil {
			t.Fatal(err)
		}
		_ = c.Close()
		next := dial(t, r.addr)
		next.send("%s", get(""))
		if _, got := next.answer(t, "GET"); got != body {
			t.Errorf("after %d bytes: the next caller got %d bytes that differ", n, len(got))
		}
	}
}
