package torture

import (
	"net/http"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/proxy"
)

var headerBehaviours = []behaviour{
	{
		name: "TestReverseProxy", // the common call: hop-by-hop fields stay, cookies and trailers pass
		serve: func(t *testing.T, c *peer) {
			req, _, err := c.request()
			if err != nil {
				return
			}
			for _, name := range []string{"Connection", "Keep-Alive", "Proxy-Connection", "Upgrade"} {
				if v := req.Header.Get(name); v != "" && v != "TE" { // which TE asks for (RFC 9110, section 10.1.4)
					t.Errorf("%s arrived: %q", name, v)
				}
			}
			c.send("HTTP/1.1 418 I'm a teapot\r\nTrailer: X-Trailer\r\nX-Foo: bar\r\nUpgrade: foo\r\nSet-Cookie: flavor=chocolateChip\r\n" +
				"Connection: close, Te\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Trailer: trailer_value\r\nX-Unannounced: yes\r\n\r\n")
		},
		call: func(t *testing.T, c *peer, _ *running) {
			c.send("%s", get("Connection: close, Upgrade, X-Secret\r\nTE: trailers\r\nKeep-Alive: 300\r\nProxy-Connection: should be deleted\r\nX-Secret: x\r\n"))
			resp, body := c.answer(t, "GET")
			if resp.StatusCode != 418 || resp.Header.Get("X-Foo") != "bar" || resp.Header.Get("Set-Cookie") != "flavor=chocolateChip" || body != "hi" {
				t.Errorf("got %d %v %q", resp.StatusCode, resp.Header, body)
			}
			if v := resp.Header["Upgrade"]; v != nil {
				t.Errorf("Upgrade came back: %q", v)
			}
			if resp.Trailer.Get("X-Trailer") != "trailer_value" || resp.Trailer.Get("X-Unannounced") != "yes" {
				t.Errorf("trailer = %v", resp.Trailer)
			}
		},
	},
	{
		name:  "TestReverseProxyStripHeadersPresentInConnection",
		serve: echo,
		call: arrives("Connection: upgrade, fakeConnectionToken\r\nConnection: someConnHeader\r\nfakeConnectionToken: 1\r\nSomeConnHeader: 2\r\nKept: 3\r\n",
			[]string{"Kept: 3"}, []string{"Fakeconnectiontoken", "Someconnheader"}),
	},
	{
		name: "TestReverseProxyStripHeadersPresentInConnection (answer)",
		serve: func(_ *testing.T, c *peer) {
			if _, _, err := c.request(); err == nil {
				c.send("HTTP/1.1 200 OK\r\nConnection: X-Hop, close\r\nX-Hop: 1\r\nKept: 2\r\nContent-Length: 2\r\n\r\nok")
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			c.send("%s", get(""))
			if resp, _ := c.answer(t, "GET"); resp.Header["X-Hop"] != nil || resp.Header.Get("Kept") != "2" {
				t.Errorf("fields = %v", resp.Header)
			}
		},
	},
	{
		name:  "TestReverseProxyStripEmptyConnection",
		serve: echo,
		call:  arrives("Connection: \r\nConnection: ,, x-one ,\r\nX-One: 1\r\n", []string{"GET /x"}, []string{"X-One", "Connection"}),
	},
	{
		name:    "TestXForwardedFor",
		options: func(o *proxy.Options) { o.Services[0].Forwarded = true },
		serve:   echo,
		call:    arrives("X-Forwarded-For: 10.0.0.1\r\n", []string{"10.0.0.1", "127.0.0.1", "X-Forwarded-Proto: http", "X-Forwarded-Host: front.example"}, nil),
	},
	{
		name:  "TestXForwardedFor_Omit", // nothing is added unless it was asked for
		serve: echo,
		call:  arrives("", nil, []string{"X-Forwarded"}),
	},
	{
		name:  "TestReverseProxyRewriteStripsForwarded (kept: the client's own fields are the client's)",
		serve: echo,
		call:  arrives("Forwarded: for=1.2.3.4\r\nX-Forwarded-Proto: https\r\n", []string{"Forwarded: for=1.2.3.4", "X-Forwarded-Proto: https"}, nil),
	},
	{
		name:  "TestUserAgentHeader", // none is made up, and one that is there is kept
		serve: echo,
		call: func(t *testing.T, c *peer, r *running) {
			arrives("", nil, []string{"User-Agent"})(t, c, r)
			arrives("User-Agent: explicit UA\r\n", []string{"User-Agent: explicit UA"}, nil)(t, c, r)
		},
	},
	{
		name:  "TestReverseProxyQuery and QueryParameterSmuggling", // the target goes on byte for byte
		serve: echo,
		call: func(t *testing.T, c *peer, _ *running) {
			for _, target := range []string{"/x?a=1&b=2", "/x?a=1;b=2", "/x?a=%zz", "/x?a=1&a=%zz&b=3", "/x??", "/x?", "//x", "/%2e/", "/?utf8=\u2713"} {
				c.send("GET %s HTTP/1.1\r\nHost: a\r\n\r\n", target)
				if _, body := c.answer(t, "GET"); !strings.HasPrefix(body, "GET "+target+"\n") {
					t.Errorf("the target %q arrived as %.60q", target, body)
				}
			}
		},
	},
	{
		name: "TestSetURL, TestSingleJoinSlash, TestJoinURLPath", // a path in the server's address
		options: func(o *proxy.Options) {
			o.Services[0].To.Path, o.Services[0].To.RawPath = "/base/a/b", "/base/a%2Fb"
		},
		serve: echo,
		call: func(t *testing.T, c *peer, _ *running) {
			for target, want := range map[string]string{"/": "/base/a%2Fb/", "/x": "/base/a%2Fb/x", "/x%2Fy?q": "/base/a%2Fb/x%2Fy?q", "//x": "/base/a%2Fb//x", "/?q": "/base/a%2Fb/?q"} {
				c.send("GET %s HTTP/1.1\r\nHost: a\r\n\r\n", target)
				if _, body := c.answer(t, "GET"); !strings.HasPrefix(body, "GET "+want+"\n") {
					t.Errorf("the target %q arrived as %.60q, want %q", target, body, want)
				}
			}
		},
	},
	{
		name: "TestReverseProxyErrorHandler", // a server that answers nothing is a 502, and the connection goes on
		serve: func(_ *testing.T, c *peer) {
			_, _, _ = c.request()
		},
		call: func(t *testing.T, c *peer, _ *running) {
			for range 2 {
				c.send("%s", get(""))
				if resp, _ := c.answer(t, "GET"); resp.StatusCode != http.StatusBadGateway {
					t.Errorf("status = %d, want 502", resp.StatusCode)
				}
			}
		},
	},
}
