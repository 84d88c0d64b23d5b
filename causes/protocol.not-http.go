package causes

import "github.com/faultline-http/faultline"

func init() { register("protocol.not-http", notHTTP) }

// saysGotHTTP is what clients of other protocols say when HTTP answers them:
// the letters `HTTP` are a length of 1213486160, and `H` is no reply of theirs.
var saysGotHTTP = topic("got http",
	"invalid response to ssl negotiation: h", "got 'h' as reply type byte", "got \"h\" as reply type byte", "unknown reply type: h", "1213486160", "0x48545450",
	"banner line contains invalid characters", "unexpected packet type http", "not an mqtt", "socks version ~ 72", "unexpected socks version 72", "invalid socks version 72")

// saysGotOther is what servers say whose parser got something of another protocol.
var saysGotOther = topic("got other",
	"proxy protocol ~ unexpected", "unexpected proxy protocol", "invalid proxy protocol header", "1195725856", "1347375956", "0x47455420", "0x504f5354")

// notHTTP rests on what the two sides read the first bytes of the other as.
func notHTTP(c *Case) []faultline.Finding {
	switch {
	case c.Exchange.Response == nil && c.clientSays(saysGotHTTP):
		f := c.connectionFinding(faultline.Likely, "an HTTP server answers at this port, and the client speaks another protocol", "HTTP answered another protocol")
		f.Expected, f.Found = "the protocol that the client speaks", "an answer that begins with `HTTP`"
		f.Remedy = faultline.Remedy{Text: "connect to the port of that protocol: at this one HTTP is spoken", Applicability: faultline.Guess}
		f.Retry = failsAlways
		return []faultline.Finding{f}
	case c.Status() == 400 && c.says(saysGotOther):
		f := c.versionFinding(faultline.Likely, "the server got bytes of another protocol than HTTP")
		f.Expected, f.Found = "a request line", "the beginning of another protocol"
		f.Remedy = faultline.Remedy{Text: "speak HTTP/1.1 to this port; switch the PROXY protocol on at both ends or at neither", Applicability: faultline.Guess}
		return []faultline.Finding{f}
	}
	return nil
}
