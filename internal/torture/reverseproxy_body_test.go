package torture

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

var bodyBehaviours = []behaviour{
	{
		name: "TestReverseProxyFlushInterval", // what the server has sent, the client has, before the server goes on
		serve: func(_ *testing.T, c *peer) {
			if _, _, err := c.request(); err == nil {
				c.send("HTTP/1.1 200 OK\r\n\r\ndata: 0\n\n")
				_, _ = c.Peek(1) // until the client has gone: held back, nothing would ever come to it
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			c.send("%s", get(""))
			if first, _ := c.head(t); first != "HTTP/1.1 200 OK" {
				t.Errorf("first line = %q", first)
			}
			if line, err := c.ReadString('\n'); line != "data: 0\n" {
				t.Errorf("line = %q, %v", line, err)
			}
			_ = c.Close()
		},
	},
	{
		name: "TestReverseProxyFlushIntervalHeaders", // the head comes before there is any body
		serve: func(_ *testing.T, c *peer) {
			if _, _, err := c.request(); err == nil {
				c.send("HTTP/1.1 200 OK\r\nMyHeader: a\r\nTransfer-Encoding: chunked\r\n\r\n")
				_, _ = c.Peek(1) // until the client has gone
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			c.send("%s", get(""))
			if _, fields := c.head(t); fields.Get("MyHeader") != "a" {
				t.Errorf("fields = %v", fields)
			}
			_ = c.Close()
		},
	},
	{
		name: "TestReverseProxyCancellation", // a client that goes away takes the server's connection with it
		serve: func(t *testing.T, c *peer) {
			if req, _, err := c.request(); err != nil || req.URL.Path != "/x" {
				return
			}
			c.send("HTTP/1.1 103 Early Hints\r\n\r\n")
			if _, err := c.Peek(1); err == nil {
				t.Error("the server's connection goes on, want it ended")
			} else if ne := net.Error(nil); errors.As(err, &ne) && ne.Timeout() {
				t.Error("the server's connection stayed open after the client had gone")
			}
		},
		call: func(t *testing.T, c *peer, r *running) {
			c.send("%s", get(""))
			if first, _ := c.head(t); !strings.Contains(first, "103") {
				t.Errorf("first line = %q", first)
			}
			_ = c.Close()
			// The next caller shows that the proxy has come through it.
			next := dial(t, r.addr)
			next.send("GET /other HTTP/1.1\r\nHost: a\r\n\r\n")
			if resp, _ := next.answer(t, "GET"); resp.StatusCode != http.StatusBadGateway {
				t.Errorf("status = %d", resp.StatusCode)
			}
		},
	},
	{
		name:  "TestNilBody, TestReverseProxy_NilBody", // no body stays none, neither length nor chunks are added
		serve: echo,
		call:  arrives("", []string{`body="" transfer=[]`}, []string{"Content-Length", "Transfer-Encoding"}),
	},
	{
		name:  "TestReverseProxy_Post",
		serve: echo,
		call: func(t *testing.T, c *peer, _ *running) {
			sent := strings.Repeat("a body of some size ", 5000)
			c.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s", len(sent), sent)
			if _, body := c.answer(t, "POST"); !strings.Contains(body, fmt.Sprintf("body=%q transfer=[]", sent)) {
				t.Errorf("the server got %.200s", body)
			}
			c.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
			if _, body := c.answer(t, "POST"); !strings.Contains(body, `body="abcde" transfer=[chunked]`) {
				t.Errorf("the server got %.200s", body)
			}
		},
	},
	{
		name: "TestReverseProxy_CopyBuffer", // an answer that breaks off is no complete one
		serve: func(_ *testing.T, c *peer) {
			if _, _, err := c.request(); err == nil {
				c.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			c.send("%s", get(""))
			resp, err := http.ReadResponse(c.Reader, nil)
			if err != nil {
				t.Fatal(err)
			}
			if body, err := io.ReadAll(resp.Body); err == nil {
				t.Errorf("body = %q without an error", body)
			}
		},
	},
	{
		name: "TestReverseProxy_PanicBodyError, TestModifyResponseClosesBody", // the server's connection is not used again after an answer that broke off
		serve: func(_ *testing.T, c *peer) {
			for i := 0; ; i++ {
				if _, _, err := c.request(); err != nil {
					return
				}
				if i > 0 {
					c.send("HTTP/1.1 500 Used Again\r\nContent-Length: 0\r\n\r\n")
					return
				}
				c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\nno size\r\n")
			}
		},
		call: func(t *testing.T, c *peer, r *running) {
			for range 3 {
				c.send("%s", get(""))
				resp, err := http.ReadResponse(c.Reader, nil)
				if err != nil {
					t.Fatal(err)
				}
				if resp.StatusCode != 200 {
					t.Errorf("status = %d: a connection was used again whose last answer broke", resp.StatusCode)
				}
				if _, err := io.ReadAll(resp.Body); err == nil {
					t.Error("the body ended without an error")
				}
				c = dial(t, r.addr)
			}
		},
	},
	{
		name: "TestReverseProxy_PanicClosesIncomingBody", // a client that sends on after an answer that broke off ends, too
		serve: func(_ *testing.T, c *peer) {
			if _, err := http.ReadRequest(c.Reader); err == nil {
				c.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			c.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhalf")
			resp, err := http.ReadResponse(c.Reader, nil)
			if err != nil {
				return // ended before the head was read: as good
			}
			if _, err := io.ReadAll(resp.Body); err == nil {
				t.Error("the body ended without an error")
			}
		},
	},
	{
		name: "TestUnannouncedTrailer",
		serve: func(_ *testing.T, c *peer) {
			if _, _, err := c.request(); err == nil {
				c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Unannounced-Trailer: unannounced_value\r\n\r\n")
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			c.send("%s", get(""))
			if resp, _ := c.answer(t, "GET"); resp.Trailer.Get("X-Unannounced-Trailer") != "unannounced_value" {
				t.Errorf("trailer = %v", resp.Trailer)
			}
		},
	},
	{
		name: "Test1xxResponses, Test1xxHeadersNotModifiedAfterRoundTrip", // each interim answer with its own fields
		serve: func(_ *testing.T, c *peer) {
			if _, _, err := c.request(); err == nil {
				c.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\nLink: </b>\r\n\r\nHTTP/1.1 102 Processing\r\nFoo: 1\r\n\r\n%s", ok)
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			c.send("%s", get(""))
			for i, want := range []int{1, 2, 0} {
				if _, fields := c.head(t); len(fields["Link"]) != want {
					t.Errorf("interim answer %d has the links %q, want %d", i+1, fields["Link"], want)
				}
			}
			if resp, body := c.answer(t, "GET"); resp.Header["Link"] != nil || resp.Header["Foo"] != nil || body != "ok" {
				t.Errorf("the final answer has %v %q", resp.Header, body)
			}
		},
	},
	{
		name: "TestReverseProxyInvalidUpstream100ContinueDoNotHang", // 100 that nobody asked for, and then none of the body read
		serve: func(_ *testing.T, c *peer) {
			if _, err := http.ReadRequest(c.Reader); err == nil {
				c.send("HTTP/1.1 101 Not Asked For\r\n\r\n")
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			c.send("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
			if first, _ := c.head(t); !strings.Contains(first, " 502 ") {
				t.Errorf("first line = %q, want a 502: the server switched to a protocol that nobody asked for", first)
			}
		},
	},
}
