package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("redirect.method-lost", methodLost) }

// methodLost is for writes that are answered with a redirect which clients
// follow with GET and without the body (RFC 9110, sections 15.4.2 to 15.4.4).
func methodLost(c *Case) []faultline.Finding {
	if f, ok := c.lostOnTheWay(); ok {
		return []faultline.Finding{f}
	}
	status := c.Status()
	if status != 301 && status != 302 && status != 303 || !writes(c.Exchange.Request.Method) {
		return nil
	}
	to := c.Exchange.Response.Header.Value("Location")
	if to == "" || !c.sameTarget(to) || c.pointsToItself() {
		return nil
	}
	f := c.lostFinding(status, c.Exchange.Request.Method, to)
	return []faultline.Finding{f}
}

func writes(method string) bool {
	switch method {
	case "POST", "PUT", "PATCH", "DELETE":
		return true
	}
	return false
}

// lostOnTheWay finds the write among the steps of a call that ended as a read.
func (c *Case) lostOnTheWay() (faultline.Finding, bool) {
	if c.Exchange.Request.Method != "GET" && c.Exchange.Request.Method != "HEAD" {
		return faultline.Finding{}, false
	}
	for i := range c.Exchange.Hops {
		hop := &c.Exchange.Hops[i]
		if hop.Response == nil || !writes(hop.Request.Method) || hop.Response.Status < 301 || hop.Response.Status > 302 {
			continue
		}
		f := c.lostFinding(hop.Response.Status, hop.Request.Method, hop.Response.Header.Value("Location"))
		f.Strength = faultline.Proven
		f.Message = fmt.Sprintf("the %s became a GET when the client followed a %d, and its body was dropped", hop.Request.Method, hop.Response.Status)
		return f, true
	}
	return faultline.Finding{}, false
}

// sameTarget reports whether a redirect leads to the same thing at another
// address: other scheme, other host, another case. One that leads to another
// page is the way that forms are answered. A slash has its own cause.
func (c *Case) sameTarget(to string) bool {
	path := strings.TrimSuffix(c.Exchange.Request.Path(), "/")
	to, _, _ = strings.Cut(to, "?")
	to, _, _ = strings.Cut(to, "#")
	absolute := false
	if _, rest, ok := strings.Cut(to, "://"); ok {
		host, p, _ := strings.Cut(rest, "/")
		to = "/" + p
		absolute = !sameHost(host, c.Exchange.Request.Host) || strings.HasPrefix(c.Exchange.Response.Header.Value("Location"), "https:") && c.Exchange.Request.Scheme != "https"
	}
	if slashOnly(c.Exchange.Request.Path(), to) && !absolute {
		return false
	}
	to = strings.TrimSuffix(to, "/")
	return strings.EqualFold(to, path) || path != "" && strings.HasSuffix(strings.ToLower(to), strings.ToLower(path)) || strings.EqualFold(withoutDoubles(path), to)
}

// withoutDoubles takes out doubled slashes, which some servers redirect.
func withoutDoubles(path string) string {
	for range 8 {
		path = strings.ReplaceAll(path, "//", "/")
	}
	return path
}

func (c *Case) lostFinding(status int, method, to string) faultline.Finding {
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtResponseHeader("Location"),
		Message:  fmt.Sprintf("the %s is answered with a %d, which clients follow with GET and without the body", method, status),
		Brief:    fmt.Sprintf("%s answered with a %d", method, status),
		Expected: "a " + method + " sent to the address that the redirect names",
		Found:    fmt.Sprintf("%d to %s", status, short(to)),
		Remedy:   faultline.Remedy{Text: "send the " + method + " to `" + short(to) + "` at once", Applicability: faultline.Guess},
		Retry:    "as sent it fails every time; the work was not done",
		Rank:     10,
		Notes:    []faultline.Note{{Label: "note", Text: "a server that wants method and body kept answers 307 or 308"}},
	}
	if strings.HasPrefix(to, "https://") && c.Exchange.Request.Scheme == "http" {
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "body and credentials of this call travelled unencrypted"})
	}
	return f
}
