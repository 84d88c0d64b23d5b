package causes

import (
	"regexp"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

func init() { register("network.refused", networkRefused) }

// networkRefused reads the words of client libraries: the operating system
// tells them that nobody listens, and they pass it on in their own spelling.
func networkRefused(c *Case) []faultline.Finding {
	said, broke := c.failure()
	if !broke || saysAny(said, unresolved...) || saysAny(said, distrust...) {
		return nil
	}
	switch {
	case bareConnect(said) && c.took() < silence, saysAny(said, "connection refused", "econnrefused", "actively refused", "err_connection_refused", "connection_refused",
		"connectionrefusederror", "wsaeconnrefused", "refused the connection", "connect: connection refused", "ns_error_connection_refused",
		"errno 111", "errno 61]", "os error 111", "os error 61", "(10061)", "all connection attempts failed", "connect call failed",
		"no connection could be made", "could not connect to the server", "connect failed: connection", ":econnrefused", "err_proxy_connection_failed",
		"cannot connect to host", "failed to open tcp connection", "connectionrefused", "unable to connect to the remote server",
		"error -1004", "code=-1004", ": 12029", "connection with the server could not be established", "internet_cannot_connect") && !saysAny(said, "timed out", "timeout", "etimedout"),
		saysAny(said, "curl: (7)", "curl error 7:", "couldn't connect to server", "could not connect to server",
			"failed to connect to") && !saysAny(said, "timed out", "timeout", "(28)") && c.took() < silence && !saidLong(said):
		return []faultline.Finding{c.nobodyListens(said)}
	case saysAny(said, "network is unreachable", "no route to host", "ehostunreach", "enetunreach", "host is unreachable", "err_address_unreachable",
		"err_internet_disconnected", "host is down", "network is down", "noroutetohostexception", "unreachable network", "unreachable host",
		"code=-1009", "error -1009", "connection appears to be offline", "os error 113", "os error 101", "errno 113", "errno 101", "(10051)", "(10065)"):
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
	switch strings.TrimSpace(first) {
	case "java.net.connectexception", "connectexception", "java.net.connectexception: null", "httpx.connecterror", "connectionrefusederror", "econnrefused":
		return true
	}
	return false
}

// silence is how long a connection takes to fail where nobody refuses it:
// systems try for one to two minutes, clients rarely less than ten seconds.
const silence = 10 * time.Second

var afterMS = regexp.MustCompile(`after (\d+) ms`)

// saidLong reports whether curl names a time that no refusal takes: it says
// "couldn't connect" for silence too.
func saidLong(said string) bool {
	m := afterMS.FindStringSubmatch(said)
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
