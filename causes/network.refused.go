package causes

import (
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

func init() { register("network.refused", networkRefused) }

// saysNobodyListens is what the operating system says where nobody listens, as clients pass it on.
var saysNobodyListens = topic("refused",
	"connection refused*", "econnrefused", "actively refused*", "wsaeconnrefused", "refused the connection", "errno 111", "errno 61", "os error 111", "os error 61", "(10061)",
	"all connection attempts failed", "connect call failed", "no connection could be made", "could not connect to the server", "connect failed: connection", "err proxy connection failed",
	"cannot connect to host", "failed to open tcp connection", "unable to connect to the remote server", "error -1004", "code=-1004", ": 12029", "connection with the server could not be established",
	"internet cannot connect", "ns error proxy connection refused", "unable to connect. is the computer able", "failed to connect to all addresses", "http host connect exception", "connect error: connection refused")

// saysNotConnected is what curl says of a refusal and of silence alike.
var saysNotConnected = topic("not connected",
	"curl: (7)", "curl error 7:", "couldn't connect to server", "could not connect to server", "failed to connect to")

// saysNoRoute is said where no way leads to the address.
var saysNoRoute = topic("no route",
	"network is unreachable", "no route to host", "ehostunreach", "enetunreach", "host is unreachable", "err address unreachable", "err internet disconnected", "err network changed", "host is down", "network is down",
	"no route to host exception", "unreachable network", "unreachable host", "code=-1009", "error -1009", "connection appears to be offline", "os error 113", "os error 101", "errno 113", "errno 101", "(10051)", "(10065)",
	"ehostdown", "enetdown", "eaddrnotavail", "cannot assign requested address", "ns_error_offline", "internet connection appears", "no internet", "wsaehostunreach", "wsaenetunreach", "network_unreachable", "destination host unreachable", "icmp ~ unreachable")

// saysNoAnswerForPage is what Firefox says of any call of a page to another origin
// that got no answer at all: refused, a certificate that is not trusted, an extension.
var saysNoAnswerForPage = topic("no answer for a page", "cors request did not succeed")

// networkRefused reads the words of client libraries: the operating system
// tells them that nobody listens, and they pass it on in their own spelling.
func networkRefused(c *Case) []faultline.Finding {
	said, broke := c.failure()
	if !broke || c.clientSays(saysUnresolved) || c.distrusts() {
		return nil
	}
	late := c.clientSays(saysTimeout)
	switch {
	case bareConnect(said) && c.took() < silence,
		c.clientSays(saysNobodyListens) && !late,
		c.clientSays(saysNotConnected) && !late && c.took() < silence && !saidLong(said):
		return []faultline.Finding{c.nobodyListens(said)}
	case c.clientSays(saysNoAnswerForPage):
		f := c.connectionFinding(faultline.Possible, "the browser got no answer from "+c.peer()+", and CORS is not the reason", "no answer")
		f.Remedy = faultline.Remedy{Text: "open the address in a tab of its own: it shows whether nobody listens, the certificate is not trusted, or an extension blocks it", Applicability: faultline.Guess}
		f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "the line of the call in the browser's network tab"})
		return []faultline.Finding{f}
	case c.clientSays(saysNoRoute):
		f := c.connectionFinding(faultline.Likely, "no way leads to "+c.peer(), "network unreachable")
		f.Remedy = faultline.Remedy{Text: "check the network: VPN, routes, firewall, and whether the address is right", Applicability: faultline.Guess}
		f.Retry = "safe: nothing was sent"
		return []faultline.Finding{f}
	}
	return nil
}

// bareConnect reports whether the class of an exception is all that is said:
// Java's client drops the words of the system, and a late failure has a class of its own.
func bareConnect(said string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(said), "\n")
	first, _, _ = strings.Cut(first, " caused by: java.nio.channels.closedchannelexception") // what Java's client wraps
	switch strings.TrimSpace(first) {
	case "java.net.connectexception", "connectexception", "java.net.connectexception: null", "httpx.connecterror", "connectionrefusederror", "econnrefused":
		return true
	}
	return false
}

// silence is how long a connection takes to fail where nobody refuses it:
// systems try for one to two minutes, clients rarely less than ten seconds.
const silence = 10 * time.Second

var afterMS = lazily(`after (\d+) ms`)

// saidLong reports whether curl names a time that no refusal takes: it says
// "couldn't connect" for silence too.
func saidLong(said string) bool {
	m := afterMS().FindStringSubmatch(said)
	return m != nil && len(m[1]) > 4
}

func (c *Case) nobodyListens(said string) faultline.Finding {
	f := c.connectionFinding(faultline.Proven, "nothing listens at "+c.peer(), "nothing listens at "+c.peer())
	f.Retry = "safe: nothing was sent"
	f.Remedy = faultline.Remedy{Text: "start the server, or correct host and port", Applicability: faultline.Guess}
	switch {
	case c.local() && strings.Contains(said, "::1"):
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "the client tried ::1; a server that listens on 127.0.0.1 only is not found under localhost: use 127.0.0.1"})
	case c.local():
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "inside a container localhost is the container itself; use the service's name or host.docker.internal"})
	}
	f.RuledOut = []faultline.Rival{{Slug: "network.timeout", Why: "the refusal came at once"}}
	return f
}
