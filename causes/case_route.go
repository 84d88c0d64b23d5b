package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// Unsent reports whether nothing is known of what became of the request: it is
// looked at before it is sent, or stands in a file without its answer.
func (c *Case) Unsent() bool { return c.Exchange.Response == nil && c.Exchange.Failure == nil }

// Refused reports whether the answer turned the request down, or nothing is
// known of an answer: when a rule may speak of mistakes in the request.
func (c *Case) Refused() bool {
	if c.Unsent() || c.Status() >= 400 {
		return true
	}
	return c.Exchange.Response != nil && c.ErrorInside()
}

// Unrouted reports whether the contract knows no operation for the request.
func (c *Case) Unrouted() bool { return c.Contract != nil && c.Match.Operation == nil }

// pathSpan is where the path stands in the request target.
func (c *Case) pathSpan() faultline.Span {
	path := c.Exchange.Request.Path()
	start := strings.Index(c.Exchange.Request.Target, path)
	if path == "" || start < 0 {
		return faultline.Span{}
	}
	return faultline.Span{Start: start, End: start + len(path)}
}

// atPath is the place of the path as a whole.
func (c *Case) atPath() faultline.Location {
	at := faultline.AtPath("")
	at.Span = c.pathSpan()
	return at
}

// newPath is the edit that sends the request to another path.
func newPath(path string) []faultline.Edit {
	return []faultline.Edit{{Op: "replace", In: faultline.InPath, Value: path}}
}

// shownPath is the path as messages quote it: bounded, since a path may be
// many kilobytes long.
func shownPath(path string) string {
	const most = 120
	if len(path) > most {
		return path[:most] + "…"
	}
	return path
}

// locationPath is the path that a redirect points to, resolved against the
// request's path (RFC 3986, section 5.2); "" if the answer is no redirect that
// keeps the host.
func (c *Case) locationPath() string {
	status := c.Status()
	if status < 301 || status > 308 || status == 304 {
		return ""
	}
	to := c.Exchange.Response.Header.Value("Location")
	to, _, _ = strings.Cut(to, "#")
	to, _, _ = strings.Cut(to, "?")
	if _, rest, absolute := strings.Cut(to, "://"); absolute {
		host, path, _ := strings.Cut(rest, "/")
		if !sameHost(host, c.Exchange.Request.Host) {
			return ""
		}
		return "/" + path
	}
	if to == "" || strings.HasPrefix(to, "/") {
		return to
	}
	path := c.Exchange.Request.Path()
	return path[:strings.LastIndexByte(path, '/')+1] + strings.TrimPrefix(to, "./")
}

// sameHost compares authorities without their ports: a server behind a proxy
// often does not know the port that it is reached by.
func sameHost(a, b string) bool {
	return b == "" || strings.EqualFold(withoutPort(a), withoutPort(b))
}

func withoutPort(host string) string {
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		return host[:i]
	}
	return host
}

// slashOnly reports whether two paths differ by a slash at the end alone.
func slashOnly(a, b string) bool {
	return a != b && a != "" && b != "" && strings.TrimSuffix(a, "/") == strings.TrimSuffix(b, "/")
}
