package causes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("route.method-not-allowed", methodNotAllowed) }

// methodNotAllowed believes the contract first: many servers answer 404, 403
// or 501 to a method that a path does not have.
func methodNotAllowed(c *Case) []faultline.Finding {
	if !c.Refused() || c.preflight() {
		return nil
	}
	method, allowed := c.Exchange.Request.Method, c.allowHeader()
	if c.Unrouted() && c.Match.Route != "" && method != "OPTIONS" {
		f := c.methodFinding(c.Match.Allowed, faultline.Proven)
		f.Caret = "the contract has `" + c.Match.Route + "` with other methods"
		return []faultline.Finding{f}
	}
	switch {
	case c.Status() == 405 && len(allowed) > 0 && !slices.Contains(allowed, method):
		return []faultline.Finding{c.methodFinding(allowed, faultline.Proven)}
	case c.Status() == 405:
		return []faultline.Finding{c.methodFinding(allowed, faultline.Likely)}
	case c.Status() >= 400 && c.saysMethod():
		return []faultline.Finding{c.methodFinding(allowed, faultline.Likely)}
	case c.Status() == 501 && method != "GET" && c.ResponseType() != "application/json" && c.BodySays("501 not implemented", "unsupported method"):
		// Web servers that only hand out files know GET and HEAD alone.
		return []faultline.Finding{c.methodFinding(allowed, faultline.Likely)}
	case c.Status() == 501 && !commonMethod(method):
		// RFC 9110, section 15.6.2: 501 is the answer to a method that the server does not know at all.
		return []faultline.Finding{c.methodFinding(allowed, faultline.Likely)}
	}
	return nil
}

// allowHeader are the methods of the Allow fields (RFC 9110, section 10.2.1).
func (c *Case) allowHeader() []string {
	if c.Exchange.Response == nil {
		return nil
	}
	var out []string
	for _, v := range c.Exchange.Response.Header.Values("Allow") {
		for m := range strings.SplitSeq(v, ",") {
			if m = strings.TrimSpace(m); m != "" && len(out) < 20 {
				out = append(out, m)
			}
		}
	}
	return out
}

// saysMethodRefused are words about the method of the request, with any status.
var saysMethodRefused = topic("the method",
	"method ~ is not supported", "method ~ not supported for", "method ~ is not allowed", "method ~ not allowed", "method ~ is not implemented", "not configured to allow the http request method", "only post requests are*", "only get requests are*", "only put requests are*", "only accepts post*", "only accepts get*", "only supports post*", "only supports get*",
	"accepts only post*", "accepts only get*", "use post instead", "use get instead", "must be a post request", "must be a get request", "must use post", "must use get", "post method required", "method must be post", "invalid request method", "request method ~ not supported", "expected http method", "http method ~ not permitted", "bad request method", "wrong http method", "incorrect http method", "unknown http method", "no such method for this*")

func (c *Case) saysMethod() bool {
	return c.says(saysMethodRefused) || c.BodySays("method not allowed", "method is not allowed", "method not supported", "method is not supported", "unsupported method",
		"unsupported http method", "unsupported http verb", "method not implemented", "does not support the provided http method", "http verb used",
		"invalid http method", "http_method_not_supported", "method_not_allowed", "not a supported http method", "not configured to allow the http request method",
		"method is not supported by this url", "method is not supported for this url", "is not supported by this endpoint", "supports only get", "supports only post",
		"only get requests are allowed", "only post requests are allowed", "only get and head", "the http method is not allowed", "request method not supported")
}

func commonMethod(method string) bool {
	return slices.Contains([]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}, method)
}

func (c *Case) methodFinding(allowed []string, s faultline.Strength) faultline.Finding {
	r := &c.Exchange.Request
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtMethod(),
		Message:  fmt.Sprintf("`%s` does not take `%s`", shownPath(r.Path()), r.Method),
		Brief:    r.Method + " not allowed",
		Found:    r.Method,
		Expected: "another method",
		Remedy: faultline.Remedy{
			Text:          "use a method that the path has, or the path that has the method",
			Applicability: faultline.Guess,
		},
		Retry: "as sent it fails every time",
		Rank:  10,
	}
	switch path := shownPath(r.Path()); {
	case r.Method == "" && path == "":
		f.Message, f.Brief, f.Found = "the path does not take the method of the call", "method not allowed", ""
	case r.Method == "":
		f.Message, f.Brief, f.Found = "`"+path+"` does not take the method of the call", "method not allowed", ""
	case path == "":
		f.Message = "the path does not take `" + r.Method + "`"
	}
	if slices.Contains(allowed, r.Method) {
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "the answer contradicts itself: its `Allow` names " + r.Method})
		f.Expected, f.Remedy.Text = "a method that the path has", "look the call up in the server's log: it refuses a method that it says it allows"
		return f
	}
	if len(allowed) > 0 {
		f.Expected = strings.Join(allowed, ", ")
		f.Detail.Enum = allowed
		f.Brief = fmt.Sprintf("%s not allowed, has %s", r.Method, f.Expected)
		f.Remedy.Text = "use " + strings.Join(allowed, " or ")
	}
	if like := likelyMethod(r.Method, allowed); like != "" {
		f.Remedy.Text = "use " + like
		f.Remedy.Patch = []faultline.Edit{{Op: "replace", In: faultline.InTarget, Name: "method", Value: like}}
	}
	return f
}

// likelyMethod is the allowed method that was most likely meant: one that differs in case (methods are
// case-sensitive: RFC 9110, section 9.1), or the other one of PUT and PATCH, which are mixed up most.
func likelyMethod(method string, allowed []string) string {
	for _, m := range allowed {
		if strings.EqualFold(m, method) {
			return m
		}
	}
	other := map[string]string{"PUT": "PATCH", "PATCH": "PUT"}[method]
	if other != "" && slices.Contains(allowed, other) {
		return other
	}
	return ""
}
