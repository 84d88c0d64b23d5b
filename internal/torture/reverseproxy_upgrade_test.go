package torture

import (
	"errors"
	"io"
	"net"
	"strings"
	"testing"
)

const (
	upgrade  = "Connection: Upgrade\r\nUpgrade: websocket\r\n"
	switched = "HTTP/1.1 101 Switching Protocols\r\nX-Header: X-Value\r\nConnection: upgrade\r\nUpgrade: WebSocket\r\n\r\n"
)

// upgraded reads the request and switches, and tells whether that was asked for.
func upgraded(t *testing.T, c *peer) bool {
	req, _, err := c.request()
	if err != nil {
		return false
	}
	if !strings.EqualFold(req.Header.Get("Upgrade"), "websocket") || !strings.EqualFold(req.Header.Get("Connection"), "upgrade") {
		t.Errorf("the request to upgrade arrived with %v", req.Header)
	}
	c.send(switched)
	return true
}

// opened asks for the upgrade and reads the 101.
func opened(t *testing.T, c *peer) {
	t.Helper()
	c.send("%s", get(upgrade))
	first, fields := c.head(t)
	if !strings.HasPrefix(first, "HTTP/1.1 101 ") || fields.Get("X-Header") != "X-Value" || !strings.EqualFold(fields.Get("Upgrade"), "websocket") || !strings.EqualFold(fields.Get("Connection"), "upgrade") {
		t.Errorf("the answer to the upgrade is %q %v", first, fields)
	}
}

func closeWrite(t *testing.T, c *peer) {
	t.Helper()
	if err := c.Conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Error(err)
	}
}

var upgradeBehaviours = []behaviour{
	{
		name: "TestReverseProxyWebSocket",
		serve: func(t *testing.T, c *peer) {
			if upgraded(t, c) {
				line, _ := c.ReadString('\n')
				c.send("backend got %q\n", line)
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			opened(t, c)
			c.send("Hello\n")
			if line, err := c.ReadString('\n'); line != "backend got \"Hello\\n\"\n" {
				t.Errorf("line = %q, %v", line, err)
			}
		},
	},
	{
		name: "TestReverseProxyWebSocketCancellation", // a client that goes away ends the server's side
		serve: func(t *testing.T, c *peer) {
			if !upgraded(t, c) {
				return
			}
			c.send("one\n")
			if _, err := c.ReadByte(); !errors.Is(err, io.EOF) {
				if ne := net.Error(nil); err == nil || errors.As(err, &ne) && ne.Timeout() {
					t.Errorf("the server's side = %v, want it ended", err)
				}
			}
			c.send("two\n")
		},
		call: func(t *testing.T, c *peer, r *running) {
			opened(t, c)
			if line, _ := c.ReadString('\n'); line != "one\n" {
				t.Errorf("line = %q", line)
			}
			_ = c.Close()
			r.stop() // ends when the tunnel has
		},
	},
	{
		name: "TestReverseProxyWebSocketHalfTCP (client first)",
		serve: func(t *testing.T, c *peer) {
			if upgraded(t, c) {
				all, err := io.ReadAll(c)
				c.send("%d bytes, %v", len(all), err)
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			opened(t, c)
			c.send("%s", strings.Repeat("x", 100_000))
			closeWrite(t, c)
			if all, err := io.ReadAll(c); string(all) != "100000 bytes, <nil>" || err != nil {
				t.Errorf("got %q, %v", all, err)
			}
		},
	},
	{
		name: "TestReverseProxyWebSocketHalfTCP (server first)",
		serve: func(t *testing.T, c *peer) {
			if upgraded(t, c) {
				c.send("%s", strings.Repeat("y", 100_000))
				closeWrite(t, c)
				_, _ = io.ReadAll(c)
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			opened(t, c)
			if all, err := io.ReadAll(c); len(all) != 100_000 || err != nil {
				t.Errorf("got %d bytes, %v", len(all), err)
			}
		},
	},
	{
		name: "TestReverseProxyUpgradeNoCloseWrite", // a server that just goes ends the client's side
		serve: func(t *testing.T, c *peer) {
			upgraded(t, c)
		},
		call: func(t *testing.T, c *peer, _ *running) {
			opened(t, c)
			if all, _ := io.ReadAll(c); len(all) != 0 {
				t.Errorf("got %q", all)
			}
		},
	},
	{
		name: "TestReverseProxyHijackCopyError", // bytes that came with the request, and with the 101, are not lost
		serve: func(t *testing.T, c *peer) {
			if req, _, err := c.request(); err == nil && req.Header.Get("Upgrade") != "" {
				c.send("%searly", switched)
				line, _ := c.ReadString('\n')
				c.send(" and %s", line)
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			c.send("%s", get(upgrade)+"with the request\n")
			_, _ = c.head(t)
			if all, err := io.ReadAll(c); string(all) != "early and with the request\n" || err != nil {
				t.Errorf("got %q, %v", all, err)
			}
		},
	},
	{
		name: "TestReverseProxy (an upgrade refused)", // the answer is an answer like any other
		serve: func(_ *testing.T, c *peer) {
			for {
				if _, _, err := c.request(); err != nil {
					return
				}
				c.send(ok)
			}
		},
		call: func(t *testing.T, c *peer, _ *running) {
			for range 2 {
				c.send("%s", get(upgrade))
				if resp, body := c.answer(t, "GET"); resp.StatusCode != 200 || body != "ok" {
					t.Errorf("got %d %q", resp.StatusCode, body)
				}
			}
		},
	},
}
