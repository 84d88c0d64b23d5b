package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("tls.plain-http-to-https", plainToTLS) }

// saysSentPlain is what servers say of a request without TLS at a port with it.
var saysSentPlain = topic("plain request",
	"plain http request was sent to https port", "client sent an http request to an https server", "speaking plain http to an ssl enabled server port", "combination of host and port requires tls", "http request was sent to https", "ssl is required", "requires tls", "https required", "https is required", "ssl required", "must use https", "use the https scheme", "only https ~ supported", "please use https", "https only",
	"received plaintext http traffic", "sent to an https port", "on an https port", "plain http to an https")

// saysPlain is what clients say when they speak TLS and the other side does not:
// OpenSSL, LibreSSL, Schannel, Go, Java, .NET, Node, rustls, GnuTLS, browsers.
var saysPlain = topic("plain answer",
	"server gave http response to https client", "wrong version number", "wrong_version_number", "first record does not look like a tls handshake", "unsupported or unrecognized ssl message", "unrecognized ssl message", "plaintext connection?", "ssl error rx record too long", "record too long",
	"packet length too long", "packet_length_too_long", "err ssl packet length too long", "oversized record received", "unexpected tls packet", "unable to parse tls packet header", "tls packet with unexpected length", "invalid content type*", "invalidcontenttype", "invalidmessage(invalidcontenttype)", "frame size or a corrupted frame", "unexpected packet format", "not an ssl/tls record", "not ssl tls record",
	"ssl routines:*http request", "https proxy request", "sec e invalid token", "0x80090308", "err ssl protocol error", "received corrupt message", "http response to https", "plaintext http", "server does not support ssl", "the server does not speak tls", "tlsv1 alert ~ http request",
	"record layer failure", "err_ssl_wrong_version_number", "unknown protocol:s23", "ssl23_get_server_hello:unknown protocol")

// tlsRecord are the beginnings of a TLS alert or handshake record in the words
// of clients that took it for HTTP.
var tlsRecord = []string{`\x15\x03`, `\x16\x03`, `\u0015\u0003`, "\x15\x03", "^u^c", `\025\003`, `%15%03`}

// plainToTLS is for a port that speaks TLS where the client does not, or the
// other way round.
func plainToTLS(c *Case) []faultline.Finding {
	if c.Exchange.Response != nil {
		if c.Status() == 497 || (c.Status() == 400 || c.Status() == 403 || c.Status() == 426) && c.says(saysSentPlain) {
			f := c.plainFinding(true, faultline.Proven)
			f.Evidence = c.serverWords()
			return []faultline.Finding{f}
		}
		return nil
	}
	said, broke := c.failure()
	switch {
	case !broke:
		return nil
	case saysAny(said, tlsRecord...):
		return []faultline.Finding{c.plainFinding(true, faultline.Proven)}
	case c.clientSays(saysPlain) && !c.distrusts():
		return []faultline.Finding{c.plainFinding(c.Exchange.Request.Scheme == "http" && !c.clientSays(saysServerPlain), faultline.Likely)}
	}
	return nil
}

// saysServerPlain is said by clients that began with TLS.
var saysServerPlain = topic("plain server", "server gave http response to https client", "wrong version number", "first record does not look like a tls handshake", "packet length too long", "record too long", "unrecognized ssl message")

func (c *Case) plainFinding(toTLS bool, s faultline.Strength) faultline.Finding {
	f := c.connectionFinding(s, "plain HTTP was spoken to a port of "+c.peer()+" that speaks TLS", "HTTP on a TLS port")
	f.Expected, f.Found = "TLS at this port: https://", "http://"
	f.Remedy = faultline.Remedy{Text: "begin the address with `https://`", Applicability: faultline.Guess}
	f.Retry = failsAlways
	if !toTLS {
		f.Message, f.Brief = "TLS was spoken to a port of "+c.peer()+" that answers without it", "TLS on a plain port"
		f.Expected, f.Found = "plain HTTP at this port: http://, or the port that speaks TLS", "https://"
		f.Remedy.Text = "begin the address with `http://`, or use the port at which the server speaks TLS"
		if port := portOf(c.Exchange.Request.Host); port == "" || port == "443" {
			f.Notes = []faultline.Note{{Label: "note", Text: "at port 443 the server itself has TLS switched off, or a proxy on the way answers in its place"}}
		}
	}
	return f
}

func portOf(host string) string {
	if bare := withoutPort(host); len(bare) < len(host) {
		return strings.TrimPrefix(host[len(bare):], ":")
	}
	return ""
}
