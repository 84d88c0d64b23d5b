package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("protocol.version", protocolVersion) }

// saysWebSocket is what servers say of a call that should have begun a WebSocket. Folded, the
// name is two words where it is spelt with a capital inside.
var saysWebSocket = topic("websocket",
	"can \"upgrade\" only to \"websocket\"", "can \"upgrade\" only to \"web socket\"", "upgrade only to websocket", "upgrade only to web socket", "not a websocket handshake request",
	"not a web socket handshake request", "not using the websocket protocol", "not using the web socket protocol", "websocket protocol violation", "web socket protocol violation",
	"websocket upgrade required", "web socket upgrade required", "expected websocket", "expected web socket", "websocket handshake",
	"web socket handshake", "no websocket upgrade hdr", "no web socket upgrade hdr", "missing upgrade", "invalid upgrade header*",
	"failed to open a websocket connection", "failed to open a web socket connection", "websocket connection expected", "web socket connection expected", "upgrade to websocket",
	"upgrade to web socket", "websocket request was expected", "web socket request was expected", "websocket connections only", "web socket connections only",
	"web socket: ", "requires websocket", "requires web socket", "websocket only", "web socket only",
	"is not a websocket request", "is not a web socket request", "bad websocket request", "bad web socket request", "invalid websocket*",
	"invalid web socket*", "connection header must include 'upgrade'", "unsupported websocket version", "unsupported web socket version", "sec websocket version*",
	"sec web socket version*", "sec websocket key*", "sec web socket key*", "err ws expected", "ws upgrade",
	"websocket endpoint", "web socket endpoint", "upgrade header is missing", "missing sec websocket*", "missing sec web socket*",
	"connection header ~ upgrade")

// saysVersion is what servers say of the version of a request.
var saysVersion = topic("version",
	"http version not supported", "unsupported http version", "unsupported http protocol version", "invalid http version", "http version ~ not supported", "use of the http/1.1 protocol", "http/1.1 required", "http 1 1 required", "upgrade required", "http/2 required", "requires http/2", "http/2 only endpoint", "sent to an http/2 only", "http/2 is required", "an http/1.x request was sent to an http/2", "http2 preface", "http/2 preface", "client preface", "grpc requires http/2", "http/1.0 is not supported", "protocol version not supported", "unsupported protocol version")

// saysOtherVersion is what clients say of a peer that speaks
// another version of HTTP, or nothing that is HTTP.
var saysOtherVersion = topic("other version",
	"http version not supported", "unsupported http version", "unsupported http protocol version", "invalid http version", "http version ~ not supported", "use of the http/1.1 protocol", "http/1.1 required", "http 1 1 required", "http_1_1_required", "upgrade required", "http/2 required", "requires http/2", "http/2 only endpoint", "sent to an http/2 only", "http/2 is required", "an http/1.x request was sent to an http/2",
	"http2 preface", "http/2 preface", "connection preface", "client preface", "server preface", "pri * http/2.0", "no_application_protocol", "no application protocol", "application protocol not negotiated", "alpn ~ negotiat*", "unexpected alpn protocol", "http/2 over tls was not negotiated", "frame too large", "looked like an http/1.1 header", "curl: (16)", "received http/0.9", "http/0.9 when not allowed",
	"malformed http response", "malformed http status*", "malformed http version", "invalid http response", "invalid status line", "illegal status line", "bad status line", "hpe_invalid_constant", "hpe_invalid_version", "expected http/", "err invalid http response", "ns error net ~ invalid http", "weird server reply", "curl: (8)", "curl: (1) received", "read loop peek fail locked: %!w", "unsolicited response received on idle http channel", "not a valid http response", "invalid response line",
	"unable to parse response status line", "invalid header signature", "the server returned an invalid or unrecognized response", "server returned an invalid or unrecognized response", "received an invalid http", "nghttp2_*", "http2 error*", "remote peer returned unexpected data while we expected settings frame", "unexpected data while we expected settings", "parse error: expected http", "protocol violation ~ http",
	"error reading server preface", "wrong http version", "http2: failed reading the frame payload", "unexpected eof ~ preface", "requestprotocol ~ upgrade", "http version required")

// protocolVersion: 426 and 505 say by definition that version or protocol are
// the trouble (RFC 9110, sections 15.5.22 and 15.6.6).
func protocolVersion(c *Case) []faultline.Finding {
	if c.Exchange.Response == nil {
		return c.strangeAnswer()
	}
	switch status := c.Status(); {
	case status == 505:
		f := c.versionFinding(faultline.Proven, "the server does not speak the version of HTTP that the request is written in")
		f.Expected, f.Found = "HTTP/1.1", "another version"
		if p := c.Exchange.Request.Proto; p != "" {
			f.Found = short(p)
		}
		return []faultline.Finding{f}
	case status == 426 && !c.says(saysSentPlain):
		return []faultline.Finding{c.upgradeFinding(faultline.Proven)}
	case c.hop().Tell != nil && c.hop().Tell.Cause == "protocol.version":
		return []faultline.Finding{c.versionFinding(faultline.Likely, "the balancer cannot hand the request on in the version of HTTP that it was sent in")}
	case status == 400 || status == 403 || status == 404 || status == 405 || status == 500 || status == 501:
		if c.says(saysWebSocket) && !strings.EqualFold(c.Exchange.Request.Header.Value("Upgrade"), "websocket") {
			return []faultline.Finding{c.upgradeFinding(faultline.Likely)}
		}
		if status != 404 && (c.says(saysVersion) || c.Exchange.Request.Method == "PRI") {
			return []faultline.Finding{c.versionFinding(faultline.Likely, "the server wants another version of HTTP")}
		}
		if status == 400 && c.says(saysWebSocket) {
			return []faultline.Finding{c.brokenUpgrade()}
		}
	}
	return nil
}

// upgradeFinding: the server names what it wants in Upgrade, and a WebSocket
// where it names nothing.
func (c *Case) upgradeFinding(s faultline.Strength) faultline.Finding {
	want := strings.TrimSpace(c.Exchange.Response.Header.Value("Upgrade"))
	if want == "" && c.says(saysWebSocket) {
		want = "websocket"
	}
	f := c.versionFinding(s, "the server wants the connection to change to another protocol")
	f.At = faultline.AtHeader("Upgrade")
	f.Expected, f.Found = "a request that asks for the upgrade", "an ordinary request"
	switch low := strings.ToLower(want); {
	case strings.HasPrefix(low, "websocket"):
		f.Message, f.Brief = "the server expects a WebSocket handshake here", "WebSocket handshake expected"
		f.Expected = "Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Key, Sec-WebSocket-Version: 13"
		f.Remedy.Text = "connect with a WebSocket client (`wss://`); let proxies on the way pass `Upgrade` and `Connection` on"
	case want != "":
		f.Message = "the server wants `" + short(want) + "`"
		f.Expected = short(want)
		f.Remedy.Text = "speak " + short(want) + " with this server"
	}
	return f
}

func (c *Case) brokenUpgrade() faultline.Finding {
	f := c.versionFinding(faultline.Likely, "the WebSocket handshake is not complete")
	f.At = faultline.AtHeader("Sec-WebSocket-Key")
	f.Expected = "Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Key, Sec-WebSocket-Version: 13"
	f.Found = "a handshake that the server refuses"
	f.Remedy.Text = "leave the handshake to a WebSocket client; let proxies on the way pass `Connection: Upgrade` on"
	h := c.Exchange.Request.Header
	switch {
	case !strings.Contains(strings.ToLower(h.Value("Connection")), "upgrade"):
		f.At, f.Found = faultline.AtHeader("Connection"), "no `upgrade` in Connection: a proxy on the way takes it out"
	case h.Value("Sec-WebSocket-Version") != "13":
		f.At, f.Found = faultline.AtHeader("Sec-WebSocket-Version"), "Sec-WebSocket-Version: "+short(h.Value("Sec-WebSocket-Version"))
	}
	return f
}

// strangeAnswer is for clients that got bytes and could not read them as the
// version of HTTP that they speak.
func (c *Case) strangeAnswer() []faultline.Finding {
	said, broke := c.failure()
	if broke && c.plainHTTP2() {
		f := c.connectionFinding(faultline.Likely, "HTTP/2 was spoken without TLS, and "+c.peer()+" hung up: it speaks HTTP/1.1 there", "HTTP/2 against HTTP/1.1")
		f.Expected, f.Found = "HTTP/1.1, unless both sides were told otherwise", "HTTP/2 from the first byte on"
		f.Remedy = faultline.Remedy{Text: "speak HTTP/1.1 at this port, or HTTP/2 over TLS", Applicability: faultline.Guess}
		f.Retry = failsAlways
		f.RuledOut = []faultline.Rival{{Slug: "network.refused", Why: "the connection was there"}}
		return []faultline.Finding{f}
	}
	if !broke || !c.clientSays(saysOtherVersion) || nothingCame(said) || c.distrusts() || saysAny(said, tlsRecord...) || c.clientSays(saysPlain, saysLargeAnswerHead) || c.cut() {
		return nil
	}
	f := c.connectionFinding(faultline.Likely, c.peer()+" answered with something that is not the HTTP that the client speaks", "an answer that is no HTTP/1.1")
	if saysAny(said, "malformed http", "invalid status line \"http", "unable to parse response status line") {
		f.Party = faultline.Server // it means to speak HTTP, and does not
	}
	f.Expected, f.Found = "an answer of HTTP/1.1", "other bytes"
	f.Remedy = faultline.Remedy{Text: "check the port: another service listens there, or one that speaks another version of HTTP", Applicability: faultline.Guess}
	f.Retry = failsAlways
	switch {
	case saysAny(said, `\x00\x00`, "http/2", "http2", "http_1_1_required", "preface", "alpn", "frame too large", "settings", "curl: (16)"):
		f.Message, f.Brief = "client and "+c.peer()+" do not speak the same version of HTTP: one HTTP/2, the other HTTP/1.1", "HTTP/2 against HTTP/1.1"
		f.Party = ""
		f.Found = "frames of HTTP/2, or none where they were expected"
		f.Remedy.Text = "let the client speak the version that the server has at this port: without TLS that is HTTP/1.1 unless both were told otherwise"
		f.Remedy.Steps = []faultline.Step{{Text: f.Remedy.Text}, {Text: "see which version the server speaks", Command: "curl -v --http1.1 " + short(c.Exchange.Request.URL())}}
	case saysAny(said, "ssh-", "220 ", "220-", "mysql", "+ok", "-err"):
		f.Party = ""
		f.Brief = "another service at this port"
		f.Message = "at this port of " + c.peer() + " another service listens, not HTTP"
	}
	return []faultline.Finding{f}
}

// plainHTTP2 reports whether a call in HTTP/2 without TLS was cut: a server of HTTP/1.1 takes the preface
// for garbage (RFC 9113, section 3.3).
func (c *Case) plainHTTP2() bool {
	q := &c.Exchange.Request
	return q.Scheme == "http" && strings.HasPrefix(q.Proto, "HTTP/2") && c.clientSays(saysReset) && !c.clientSays(saysClientLeft)
}

// nothingCame: Python calls the end of a connection a bad status line.
func nothingCame(said string) bool {
	return saysAny(said, "no status line received", `badstatusline("''")`, "badstatusline('')")
}

func (c *Case) versionFinding(s faultline.Strength, message string) faultline.Finding {
	return faultline.Finding{
		Strength: s,
		At:       faultline.Location{In: faultline.InTarget},
		Message:  message,
		Brief:    message,
		Expected: "another version of the protocol",
		Evidence: c.serverWords(),
		Remedy:   faultline.Remedy{Text: "speak the version that the server wants, mostly HTTP/1.1", Applicability: faultline.Guess},
		Retry:    failsAlways,
		Rank:     deeper,
	}
}
