package causes

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

func init() { register("url.syntax", urlSyntax) }

// saysBadURL is what clients say that cannot read the address they are given.
var saysBadURL = topic("bad url",
	"invalid url*", "url escape", "invalid control character in url", "unsupported protocol scheme", "no scheme supplied", "missing schema", "invalidurl", "malformed url*", "malformedurl*", "malformed input to a url", "url rejected*", "url malformed", "uri syntax exception", "url using bad", "illegal format", "uri format*",
	"failed to parse url*", "err invalid url", "invalid uri*", "illegal character in", "invalid character in host*", "unescaped characters", "no host in request url", "first path segment in url", "relative url without a base", "invalid port*", "curl: (3)", "curl error 3:", "unsupported protocol:", "unsupported url", "code=-1002", "code=-1000", "error -1000", "error -1002", "missing protocol scheme",
	"unknown url type*", "url scheme", "url must be absolute", "no host part in the url", "no host specified*", "an invalid request uri was provided", "invalid uri: the *", "badurl", "builder error*", "missing scheme", "only http(s) protocols are supported", "only absolute urls are supported", "path contains unescaped characters")

// urlSyntax reads the request target as RFC 3986 does. What no parser may
// accept is proven by the bytes; what many tolerate counts only when the
// answer is a bare refusal.
func urlSyntax(c *Case) []faultline.Finding {
	said := c.urlComplaint()
	if !c.Refused() && !said && c.Exchange.Failure == nil {
		return nil
	}
	if c.clientSays(saysBadPort) {
		return []faultline.Finding{c.badPort()}
	}
	target := c.Exchange.Request.Target
	if c.Exchange.Request.Host == "" && !strings.HasPrefix(target, "/") && !strings.Contains(target, "://") && target != "*" && (said || c.Unsent()) && c.Exchange.Request.Method != "CONNECT" {
		return []faultline.Finding{noScheme(target)}
	}
	slip, found := scanTarget(target)
	switch {
	case !found && said && len(c.blamed(words.Type, faultline.InPath, faultline.InQuery)) > 0:
		return nil // the URL is well formed, a part of it has the wrong type
	case !found && said && c.Status() == 404:
		return nil // "Invalid URL (POST /v1/v1/orders)": well formed, and leads nowhere
	case !found && said:
		return []faultline.Finding{c.slipFinding(urlSlip{what: "the URL is not well formed"}, faultline.Likely)}
	case !found && c.Status() == 400 && c.bareRefusal():
		return c.encodedSlash()
	case !found:
		return nil
	case said || slip.never:
		if !said && !c.Unsent() && c.Status() != 400 && c.Status() != 404 && c.Status() != 505 {
			return nil // the server read it and had another complaint
		}
		return []faultline.Finding{c.slipFinding(slip, faultline.Proven)}
	case c.Status() == 400 && c.bareRefusal():
		return []faultline.Finding{c.slipFinding(slip, faultline.Likely)}
	}
	return nil
}

// saysBadPort is what browsers, Node.js and Deno say of ports that they never connect to.
var saysBadPort = topic("bad port", "error: bad port", "cause: bad port", "bad port", "err unsafe port", "net error unsafe port", "ns error port access not allowed")

// badPort: the Fetch standard blocks ports of other protocols (section 2.9, "bad port").
func (c *Case) badPort() faultline.Finding {
	return faultline.Finding{
		Strength: faultline.Proven,
		At:       faultline.Location{In: faultline.InTarget},
		Message:  "the client never connects to the port of this address: `fetch` blocks it",
		Brief:    "blocked port",
		Expected: "a port that is not on the Fetch standard's list of bad ports",
		Evidence: c.clientWords(),
		Remedy:   faultline.Remedy{Text: "correct the port, or let the server listen at another, such as 8080", Applicability: faultline.Guess},
		Retry:    "as sent it fails every time",
		Rank:     30,
	}
}

// urlComplaint reports whether client library or server says that the URL is
// what it cannot read.
func (c *Case) urlComplaint() bool {
	if c.Exchange.Failure != nil && c.Exchange.Response == nil {
		return c.clientSays(saysBadURL)
	}
	return c.Status() >= 400 && c.BodySays("invalid url", "bad url", "malformed url", "invalid uri", "malformed uri", "not a valid url component", "urierror", "uri malformed",
		"invalid percent", "percent-encod", "failed to decode param", "invalid character found in the request target", "invalid request target", "url is malformed", "invalid %-encoding", "illegal character in path", "illegal character in query")
}

func saysAny(said string, phrases ...string) bool {
	for _, p := range phrases {
		if strings.Contains(said, p) {
			return true
		}
	}
	return false
}

// bareRefusal reports whether a 400 is a parser's: a page or a few words that
// name nothing of the request.
func (c *Case) bareRefusal() bool {
	said := c.Said()
	return len(said) < 40 || c.ResponseType() == "text/html" && saysAny(said, "bad request", "invalid request")
}

// A urlSlip is the first thing in a request target that does not belong there.
type urlSlip struct {
	start, end int
	what       string // "`%zz` is no percent-encoding"
	caret      string
	never      bool // no parser may accept it
	mend       string
	checked    bool // the mend keeps the meaning for certain
}

// scanTarget finds the first slip. RFC 3986, section 2: a target consists of
// unreserved and reserved characters and of percent-encoded bytes.
func scanTarget(target string) (urlSlip, bool) {
	for i := 0; i < len(target); i++ {
		ch := target[i]
		switch {
		case ch == '%' && !escape(target[i:]):
			end := min(i+3, len(target))
			return urlSlip{
				start: i, end: end, never: true, mend: "%25" + target[i+1:end],
				what:  "`" + target[i:end] + "` is not a percent-encoding",
				caret: "`%` is followed by two hexadecimal digits; a percent sign itself is `%25`",
			}, true
		case ch == '%':
			i += 2
		case ch == ' ':
			return urlSlip{start: i, end: i + 1, never: true, checked: true, mend: "%20", what: "a space stands in the URL as it is", caret: "write `%20`"}, true
		case ch < ' ' || ch == 0x7f:
			return urlSlip{
				start: i, end: i + 1, never: true, checked: true, mend: fmt.Sprintf("%%%02X", ch),
				what: fmt.Sprintf("a control character (0x%02X) stands in the URL", ch), caret: "drop it, or percent-encode it",
			}, true
		case ch >= utf8.RuneSelf:
			_, n := utf8.DecodeRuneInString(target[i:])
			return urlSlip{
				start: i, end: i + n, checked: true, never: true, mend: percent(target[i : i+n]),
				what: "`" + strings.ToValidUTF8(target[i:i+n], "\uFFFD") + "` stands in the URL as it is", caret: "percent-encode its UTF-8 bytes: `" + percent(target[i:i+n]) + "`",
			}, true
		case strings.IndexByte("\"<>\\^`{|}", ch) >= 0:
			return urlSlip{
				start: i, end: i + 1, checked: true, mend: fmt.Sprintf("%%%02X", ch),
				what: "the character `" + string(ch) + "` may not stand in a URL as it is", caret: fmt.Sprintf("write `%%%02X`", ch),
			}, true
		}
	}
	return urlSlip{}, false
}

func escape(s string) bool {
	return len(s) >= 3 && hexDigit(s[1]) && hexDigit(s[2])
}

func hexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func percent(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "%%%02X", s[i])
	}
	return b.String()
}

// mendTarget is the target with every slip written as it should be.
func mendTarget(target string) (string, bool) {
	checked := true
	for range len(target) {
		slip, found := scanTarget(target)
		if !found {
			break
		}
		checked = checked && slip.checked
		target = target[:slip.start] + slip.mend + target[slip.end:]
	}
	return target, checked
}

func (c *Case) slipFinding(slip urlSlip, s faultline.Strength) faultline.Finding {
	target := c.Exchange.Request.Target
	f := faultline.Finding{
		Strength: s,
		At:       c.targetPlace(slip),
		Message:  slip.what,
		Brief:    slip.what,
		Caret:    slip.caret,
		Expected: "a URL as in RFC 3986",
		Found:    shownPath(target[slip.start:max(slip.start, min(len(target), slip.start+40))]),
		Remedy:   faultline.Remedy{Text: "percent-encode each part of the URL before it is put together", Applicability: faultline.Guess},
		Retry:    "as sent it fails every time",
		Rank:     30,
	}
	if slip.end == 0 || len(target) > maxMend {
		return f
	}
	mended, checked := mendTarget(target)
	f.Expected = shownPath(mended[slip.start:])
	f.Remedy.Patch = targetEdits(target, mended)
	if checked {
		f.Remedy.Applicability = faultline.Checked
	}
	return f
}

// maxMend bounds the targets that are written anew: longer ones are not typed
// by anybody, and mending them is quadratic.
const maxMend = 8 << 10

// targetPlace is the query parameter that the slip is in, else the path.
func (c *Case) targetPlace(slip urlSlip) faultline.Location {
	target := c.Exchange.Request.Target
	span := faultline.Span{Start: slip.start, End: slip.end}
	at := faultline.AtPath("")
	if q := strings.IndexByte(target, '?'); q >= 0 && slip.start > q {
		start := strings.LastIndexByte(target[:slip.start], '&') + 1
		name, _, _ := strings.Cut(target[max(start, q+1):], "=")
		name, _, _ = strings.Cut(name, "&")
		at = faultline.AtQuery(name)
	}
	at.Span = span
	return at
}

// targetEdits turns the mended target into edits of the path and of each
// query parameter that changed.
func targetEdits(target, mended string) []faultline.Edit {
	path, query, _ := strings.Cut(target, "?")
	newP, newQ, _ := strings.Cut(mended, "?")
	var out []faultline.Edit
	if path != newP {
		out = append(out, newPath(newP)...)
	}
	olds, news := strings.Split(query, "&"), strings.Split(newQ, "&")
	for i := range min(len(olds), len(news)) {
		if olds[i] == news[i] {
			continue
		}
		name, _, _ := strings.Cut(olds[i], "=")
		_, value, _ := strings.Cut(news[i], "=")
		out = append(out, faultline.Edit{Op: "replace", In: faultline.InQuery, Name: name, Value: value})
	}
	return out
}

// encodedSlash is the refusal that no byte of the URL deserves: servers that
// map paths to folders answer 400 to %2F and %5C, for safety's sake.
func (c *Case) encodedSlash() []faultline.Finding {
	path := c.Exchange.Request.Path()
	i := max(indexFold(path, "%2f"), indexFold(path, "%5c"))
	if i < 0 {
		return nil
	}
	start := c.pathSpan().Start + i
	f := c.slipFinding(urlSlip{
		start: start, end: start + 3,
		what:  "the path has an encoded slash, `" + path[i:i+3] + "`, which many servers refuse",
		caret: "send the name as a query parameter, or allow encoded slashes at the server",
	}, faultline.Likely)
	f.Expected, f.Found = "a path without encoded slashes", path[i:i+3]
	f.Remedy = faultline.Remedy{Text: "send the value as a query parameter, or allow encoded slashes at the server", Applicability: faultline.Guess}
	return []faultline.Finding{f}
}

func noScheme(target string) faultline.Finding {
	return faultline.Finding{
		Strength: faultline.Proven,
		At:       faultline.Location{In: faultline.InTarget},
		Message:  "the URL has no scheme",
		Brief:    "URL without https://",
		Expected: "https://" + shownPath(target),
		Found:    shownPath(target),
		Caret:    "begins with `https://` or `http://`",
		Remedy:   faultline.Remedy{Text: "put `https://` in front of the URL", Applicability: faultline.Guess},
		Retry:    "nothing was sent",
		Rank:     30,
	}
}
