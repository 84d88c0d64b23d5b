package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// failure is what the client library said in lower case, for calls that got no
// answer.
func (c *Case) failure() (said string, broke bool) {
	if c.Exchange.Failure == nil || c.Exchange.Response != nil {
		return "", false
	}
	return c.failureWords(), true
}

// unresolved are words for what breaks before there is a connection and is
// no refusal: names that do not resolve.
var unresolved = []string{
	"no such host", "could not resolve", "couldn't resolve", "enotfound", "eai_again", "getaddrinfo", "name or service not known", "name resolution",
	"nameresolutionerror", "err_name_not_resolved", "unknownhostexception",
	"nodename nor servname", "server misbehaving", "resolving timed out", "temporary failure in name", "no address associated",
	"name does not resolve", "dns lookup failed", "dns error", "specified hostname could not be found", "failed to lookup", "nxdomain",
	"remote name could not be resolved", "no such device or address", "gaierror", "failed host lookup",
	"bad hostname", "error -1003", "code=-1003", "12007", "(11001)", "wsahost_not_found",
}

// distrust are words of clients that were connected and did not like the
// certificate. Some of them wrap it as a failure to connect.
var distrust = []string{
	"certificate", "cert_has_expired", "hostname verification failed", "peerunverified", "pkix", "error -1202", "code=-1202",
}

// cancelled are the words for a caller that gave up on purpose.
var cancelled = []string{
	"context canceled", "aborterror", "operation was aborted.", "the user aborted", "request aborted", "operation was canceled",
	"taskcanceledexception: a task was canceled", "cancellederror", "err_aborted", "err_canceled", "ns_binding_aborted", "error -999", "code=-999",
}

// connectionFinding is the common part of findings about the connection.
func (c *Case) connectionFinding(s faultline.Strength, message, brief string) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtConnection(),
		Message:  message,
		Brief:    brief,
		Expected: "an answer from " + c.peer(),
		Found:    "no answer",
	}
	if said := c.Exchange.Failure; said != nil {
		f.Evidence = []faultline.Evidence{{Kind: faultline.Fact, Title: "client said", Lines: []faultline.Line{{Text: short(c.withoutSecrets(said.Text[:min(len(said.Text), maxAuthText)]))}}}}
	}
	return f
}

// peer is the other side of the connection, as the address names it.
func (c *Case) peer() string {
	if host := c.Exchange.Request.Host; host != "" {
		return short(host)
	}
	return "the server"
}

// local reports whether the call goes to the machine that it comes from.
func (c *Case) local() bool {
	host := strings.ToLower(withoutPort(c.Exchange.Request.Host))
	return host == "localhost" || strings.HasPrefix(host, "127.") || host == "[::1]" || strings.HasSuffix(host, ".localhost")
}
