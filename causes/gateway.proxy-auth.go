package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("gateway.proxy-auth", proxyAuth) }

// saysProxyLogin is what clients say of a proxy that wants a login before it opens a tunnel.
var saysProxyLogin = topic("proxy login",
	"response 407", "http code 407*", "407 proxy authentication required", "tunnel connection failed: 407", "proxy authentication required", "proxy authentication is required", "proxy auth*", "err proxy auth*", "proxy returns \"http/1.1 407", "failed with status code '407'", "status code 407", "407 authenticationrequired", "407 authentication required", "ns error proxy authentication*", "error 407", "proxy responded with 407", "407 proxy", ": 12209", "cache access denied")

// proxyAuth: RFC 9110, section 15.5.8: 407 comes from a proxy on the way, and
// the credential of the API has no part in it.
func proxyAuth(c *Case) []faultline.Finding {
	if c.Status() != 407 && !(c.Exchange.Response == nil && c.clientSays(saysProxyLogin)) {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Proven,
		At:       faultline.AtHeader("Proxy-Authorization"),
		Message:  "a proxy on the way asks for its own login",
		Brief:    "the proxy wants a login",
		Expected: "Proxy-Authorization with a name and password of the proxy",
		Found:    "no Proxy-Authorization",
		Evidence: c.clientWords(),
		Remedy: faultline.Remedy{Text: "give the client the proxy's login, or let it pass the proxy by", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "give the client the proxy's login", Command: "curl --proxy-user \"$PROXY_USER:$PROXY_PASSWORD\""},
			{Text: "or name the host in NO_PROXY, if it can be reached without the proxy"},
		}},
		Retry: "as sent it fails every time; the API did not see the request",
		RuledOut: []faultline.Rival{
			{Slug: "auth.missing", Why: "407 is about the proxy; the API's own refusal is 401"},
		},
		Rank: deeper,
	}
	if c.Exchange.Request.Header.Has("Proxy-Authorization") {
		f.Message, f.Brief = "the proxy does not take the login that was sent", "the proxy refuses the login"
		f.Found = "a Proxy-Authorization that it does not take"
		f.Expected = "a login that the proxy knows"
	}
	if r := c.Exchange.Response; r != nil {
		f.Evidence = c.serverWords()
		if v := r.Header.Value("Proxy-Authenticate"); v != "" {
			f.Evidence = []faultline.Evidence{said("Proxy-Authenticate: " + short(v))}
			if scheme, _, _ := strings.Cut(v, " "); !strings.EqualFold(scheme, "Basic") {
				f.Notes = []faultline.Note{{Label: "note", Text: "the proxy asks for " + short(scheme) + "; with curl that is --proxy-negotiate, --proxy-ntlm or --proxy-anyauth"}}
			}
		}
	}
	return []faultline.Finding{f}
}
