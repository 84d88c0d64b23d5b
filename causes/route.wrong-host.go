package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("route.wrong-host", wrongHost) }

// saysHost are the words of servers that do not serve the name they are asked
// by: frameworks with a list of hosts, platforms with a table of names.
var saysHost = topic("the host", "invalid host header", "invalid http host header", "disallowed host", "host not allowed", "host is not allowed", "this host is not allowed", "blocked hosts*", "blocked host", "host ~ not in the list of allowed hosts", "add ~ to allowed hosts",
	"host not trusted", "host is not trusted", "untrusted host", "host header ~ not allowed", "host header is invalid", "host header ~ does not match", "host ~ is not configured", "host not recognized", "unrecognized host", "unknown host header", "unknown virtual host", "unknown domain", "invalid hostname", "invalid host name",
	"hostname is invalid", "request hostname is invalid", "host does not match sni", "invalid sni", "misdirected request", "domain is not configured", "domain not configured", "domain is not linked", "domain not found", "no site configured", "there isn't a github pages site here", "there isn't a git hub pages site here", "site not found", "web site not found",
	"there is no app configured at that hostname", "no such app", "no service for this host", "this domain is not connected", "tenant not found for host", "no tenant for host", "unknown tenant host", "unknown subdomain", "invalid subdomain", "no help desk at",
	"wrong region", "incorrect region", "different region", "wrong data center", "wrong datacenter", "wrong data centre", "use the regional endpoint", "must be addressed using the specified endpoint", "incorrect endpoint ~ account", "wrong endpoint ~ region", "account is located in another region", "moved to a different instance", "sending this request to all replicas not supported",
	"wrong instance url", "please use ~ instance url", "host not in whitelist", "host not whitelisted", "illegal host", "bad host header", "direct ip access not allowed", "direct ip access is not allowed")

// wrongHost is for servers that were reached and do not serve the name in the
// Host field. RFC 9110, section 15.5.20: 421 says just that.
func wrongHost(c *Case) []faultline.Finding {
	status := c.Status()
	if status < 300 {
		return nil
	}
	t := c.hop().Tell
	told := t != nil && t.Cause == "route.wrong-host"
	if status < 400 && (c.Exchange.Response.Header.Has("Location") || !c.says(saysHost)) {
		return nil // S3 redirects to the region of the bucket, without a Location
	}
	switch {
	case told, status == 421:
	case status <= 404 || status == 409 || status == 410 || status >= 500:
		if !c.says(saysHost) || c.upstreamSays() {
			return nil
		}
	default:
		return nil
	}
	host := c.Exchange.Request.Host
	if h, ok := c.Exchange.Request.Header.Get("Host"); ok {
		host = h
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtHeader("Host"),
		Message:  fmt.Sprintf("the server that was reached does not serve the name `%s`", short(host)),
		Brief:    short(host) + " is not served there",
		Expected: "a name that this server serves",
		Found:    short(host),
		Remedy: faultline.Remedy{Text: "send the request to the API's own name; if this is it, add it to the names that the server serves", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "compare scheme, name, region and subdomain with the API's documentation, letter by letter"},
			{Text: "see where the name leads", Command: "getent hosts " + hostForShell(host)},
			{Text: "if the name is right: add it at the server (`ALLOWED_HOSTS`, `config.hosts`, `server_name`, custom domain), and let proxies pass the Host field on"},
		}},
		Retry: failsAgain,
		Rank:  15,
	}
	if c.quotesPath() && !c.BodySays(strings.ToLower(withoutPort(host))) {
		f.At = c.atPath() // a domain that the path names
	}
	if told && t.Hint != "" {
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: t.Hint})
	}
	f.Evidence = c.saidOnPage()
	return []faultline.Finding{f}
}

// upstreamSays reports whether who answered speaks of what is behind it.
func (c *Case) upstreamSays() bool {
	t := c.hop().Tell
	return t != nil && t.Cause.Family() == "gateway"
}

// hostForShell is a host that is safe to paste, or a placeholder.
func hostForShell(host string) string {
	host = withoutPort(host)
	for i := range len(host) {
		if ch := host[i] | 0x20; (ch < 'a' || ch > 'z') && (host[i] < '0' || host[i] > '9') && host[i] != '.' && host[i] != '-' {
			return "HOST"
		}
	}
	if host == "" || len(host) > 253 || host[0] == '-' {
		return "HOST"
	}
	return host
}
