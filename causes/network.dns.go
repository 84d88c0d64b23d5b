package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("network.dns", networkDNS) }

// saysUnresolved is what systems and libraries say of a name that does not
// resolve: curl, Go, Node, Python, Java, .NET, Ruby, PHP, Rust, Dart, Erlang, Apple, Windows, browsers.
var saysUnresolved = topic("unresolved",
	"no such host*", "could not resolve*", "couldn't resolve*", "can't resolve*", "cannot resolve*", "unable to resolve*", "failed to resolve*", "enotfound", "eai again", "eai_noname", "eai nodata", "eai fail",
	"getaddrinfo*", "name or service not known", "name resolution*", "name resolution error", "err name not resolved", "err name resolution failed", "err dns timed out", "err dns*", "unknown host*", "nodename nor servname*",
	"server misbehaving", "resolving timed out", "temporary failure in name*", "temporary failure resolving", "no address associated*", "name does not resolve", "dns lookup*", "dns error", "dns resolution*", "dns query*",
	"dns_probe*", "specified hostname could not be found", "hostname could not be found", "failed to lookup*", "nxdomain", "servfail", "remote name could not be resolved", "no such device or address",
	"gaierror", "gai error", "failed host lookup", "bad hostname", "error -1003", "code=-1003", "error -1006", "code=-1006", ": 12007", "(11001)", "(11002)", "(11004)", "wsahost_not_found", "wsatry_again", "wsano_data", "no data record of requested type",
	"no such host is known", "host not found", "unresolved address*", "unresolved host*", "unresolvedaddressexception", "domain name not found", "name not resolved", "ns_error_unknown_host", "ns error unknown proxy host", "nonexistent domain",
	"unknown_host", "lookup ~ no such host", "name_not_resolved", "could not be resolved", "curl: (6)", "curl error 6:", "curl: (5)", "unable to resolve host", "resolve host ~ failed", ":nxdomain", "query refused ~ dns", "hostname resolution failed",
	"the name could not be resolved", "no dns", "can't find host", "dns server returned*", "efailed_dns", "name resolver error", "socket.gaierror", "no address for host")

// saysResolverDown is the share of these that speaks of the resolver, not of
// the name: it did not answer, or not now.
var saysResolverDown = topic("resolver down",
	"eai again", "temporary failure*", "server misbehaving", "resolving timed out", "servfail", "(11002)", "wsatry_again", "err dns timed out", "dns ~ timed out", "dns ~ timeout", "try again", "lookup ~ i/o timeout", "error -1006", "code=-1006")

// networkDNS is for names that do not resolve: before there is a connection.
func networkDNS(c *Case) []faultline.Finding {
	if _, broke := c.failure(); !broke || !c.clientSays(saysUnresolved) {
		return nil
	}
	if c.Exchange.Request.Host == "" {
		return []faultline.Finding{c.nameUnknown()}
	}
	host := withoutPort(c.peer())
	f := c.connectionFinding(faultline.Proven, "the name `"+host+"` does not resolve to an address", "`"+host+"` does not resolve")
	f.Expected, f.Found = "an address for "+host, "none"
	f.Retry = "safe: nothing was sent"
	fix := "correct the host name, or add it where the client looks names up"
	f.RuledOut = []faultline.Rival{{Slug: "network.refused", Why: "no address was found to connect to"}}
	switch {
	case c.clientSays(saysResolverDown):
		f.Strength = faultline.Likely
		f.Message, f.Brief = "the resolver gave no answer for `"+host+"`", "no answer from the resolver for `"+host+"`"
		fix = "check that the client's machine reaches its DNS server; the name itself may be right"
		f.Retry = "safe: nothing was sent; the resolver may answer later"
	case !strings.Contains(host, "."):
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "`" + host + "` has no domain: such names resolve inside one Compose project, cluster namespace or search domain only"})
	case strings.HasSuffix(host, ".svc") || strings.Contains(host, ".svc.") || strings.HasSuffix(host, ".internal") || strings.HasSuffix(host, ".local"):
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "this name resolves inside its cluster or network only: is the client there, or on its VPN"})
	}
	f.Remedy = faultline.Remedy{Text: fix, Applicability: faultline.Guess, Steps: []faultline.Step{
		{Text: fix}, {Text: "ask for the name on the client's machine", Command: "getent hosts " + host},
	}}
	return []faultline.Finding{f}
}

// nameUnknown is the finding where the client does not say which name it asked for.
func (c *Case) nameUnknown() faultline.Finding {
	f := c.connectionFinding(faultline.Proven, "the name of the server does not resolve to an address", "the server's name does not resolve")
	f.Expected, f.Found = "an address for the server's name", "none"
	f.Retry = "safe: nothing was sent"
	f.RuledOut = []faultline.Rival{{Slug: "network.refused", Why: "no address was found to connect to"}}
	fix := "correct the host name in the address, or add it where the client looks names up"
	if c.clientSays(saysResolverDown) {
		f.Strength = faultline.Likely
		f.Message, f.Brief = "the resolver gave no answer", "no answer from the resolver"
		fix = "check that the client's machine reaches its DNS server; the name itself may be right"
		f.Retry = "safe: nothing was sent; the resolver may answer later"
	}
	f.Remedy = faultline.Remedy{Text: fix, Applicability: faultline.Guess}
	return f
}
