package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("redirect.loop", redirectLoop) }

// saysLoop is what clients say who have followed enough redirects.
var saysLoop = topic("redirect loop",
	"stopped after 10 redirects", "stopped after ~ redirects", "too many redirects", "too_many_redirects", "toomanyredirects", "exceeded ~ redirects", "maximum ~ redirects", "redirects followed", "redirect count exceeded", "err too many redirects", "err_fr_too_many_redirects", "number of redirects exceeded", "ns error redirect loop", "too many follow up requests", "redirected too many times",
	"circular redirect*", "redirect limit*", "redirect loop*", "redirection loop*", "redirections exceeded", "redirect too deep", "automatic redirections*", "will not follow more than", "curl: (47)", "curl error 47:", "error -1007", "code=-1007", "too many http redirects", "max redirects*", "maxredirects*", "too many http redirections", "redirect cycle", "cyclic redirect*", "redirect error that would lead to an infinite loop", "infinite redirect*", "redirect ~ infinite")

// redirectLoop is for calls that are sent round in a circle: the client says
// so, an answer points to itself, or a step comes twice.
func redirectLoop(c *Case) []faultline.Finding {
	r := c.Exchange.Response
	switch {
	case c.clientSays(saysLoop):
		return []faultline.Finding{c.loopFinding(faultline.Proven, "the redirects lead on and on, and the client gave up")}
	case r == nil || r.Status < 301 || r.Status > 308 || r.Status == 304:
		return nil
	case c.pointsToItself():
		f := c.loopFinding(faultline.Proven, "the redirect leads to the very address that was asked for")
		f.Found = "Location: " + short(r.Header.Value("Location"))
		return []faultline.Finding{f}
	case c.comesBack():
		return []faultline.Finding{c.loopFinding(faultline.Proven, "the redirects go round in a circle")}
	}
	return nil
}

// pointsToItself compares Location with the address of the request, where that
// is known with its scheme. A cookie that is set on the way ends some circles.
func (c *Case) pointsToItself() bool {
	q := &c.Exchange.Request
	to := c.Exchange.Response.Header.Value("Location")
	to, _, _ = strings.Cut(to, "#")
	if to == "" || c.Exchange.Response.Header.Has("Set-Cookie") || q.Method == "POST" && c.Status() == 303 {
		return false
	}
	if scheme, rest, absolute := strings.Cut(to, "://"); absolute {
		return strings.EqualFold(scheme, q.Scheme) && sameAddress(rest, q.Host+q.Target)
	}
	return to == q.Target
}

// sameAddress compares host and target; the default ports may be left out.
func sameAddress(a, b string) bool {
	clean := func(s string) string {
		host, path, _ := strings.Cut(s, "/")
		host = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(host), ":443"), ":80")
		return host + "/" + path
	}
	return clean(a) == clean(b)
}

// comesBack reports whether an earlier step of the call had the address that the answer points to.
func (c *Case) comesBack() bool {
	to := c.Exchange.Response.Header.Value("Location")
	for i := range c.Exchange.Hops {
		if from := &c.Exchange.Hops[i].Request; to != "" && from.Method == c.Exchange.Request.Method && (to == from.URL() || to == from.Target && from.Host == c.Exchange.Request.Host) {
			return true
		}
	}
	return false
}

func (c *Case) loopFinding(s faultline.Strength, message string) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtResponseHeader("Location"),
		Message:  message,
		Brief:    "redirect loop",
		Expected: "a redirect that leads to an answer",
		Found:    "redirects without an end",
		Evidence: c.clientWords(),
		Remedy: faultline.Remedy{Text: "find the rules that send the call to each other", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "find the rules that send the call to each other: http against https, with a slash and without, `www` and bare, a login that needs a login"},
			{Text: "list the steps", Command: "curl -sIL --max-redirs 5 " + c.shellAddress() + " | grep -i -e ^HTTP -e ^location"},
			{Text: "behind a proxy that ends TLS, let the application trust `X-Forwarded-Proto`; at Cloudflare use the mode Full (strict)"},
		}},
		Retry: "it fails every time, until a redirect is mended",
		Rank:  deeper,
	}
	for i := range min(len(c.Exchange.Hops), 6) {
		hop := &c.Exchange.Hops[i]
		if hop.Response == nil {
			continue
		}
		if i == 0 {
			f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Excerpt, Title: "the steps"})
		}
		last := &f.Evidence[len(f.Evidence)-1]
		last.Lines = append(last.Lines, faultline.Line{Text: short(hop.Request.URL()) + " → " + short(hop.Response.Header.Value("Location"))})
	}
	return f
}

// shellAddress is the address of the call as an argument of a command, or the name of a
// variable if it is not known.
func (c *Case) shellAddress() string {
	url := c.Exchange.Request.URL()
	if c.Exchange.Request.Host == "" || strings.ContainsAny(url, "'?") {
		return `"$URL"` // a query may hold a secret
	}
	return short(url)
}
