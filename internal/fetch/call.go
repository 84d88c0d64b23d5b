package fetch

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// Call is a call as a script makes it.
type Call struct {
	Origin      string // of the page
	URL         string
	Method      string
	Header      faultline.Header // as the script set it
	Credentials bool             // credentials mode "include"
	Listened    bool             // an XMLHttpRequest with listeners for its upload ("use-CORS-preflight flag")
	Streamed    bool             // the body is a stream of unknown length
	Private     bool             // a public page calls a private address
}

// Question is the preflight that a browser sends before the call, and whether
// it sends one (section 4.1, main fetch, and section 4.4, HTTP fetch): for a method or header beyond the safelists, for an upload that
// somebody listens to, for a body that is streamed.
func (c Call) Question() (q Question, needed bool) {
	page, pageKnown := ParseOrigin(c.Origin)
	api, _ := ParseOrigin(c.URL)
	q = Question{
		Origin: c.Origin, Method: NormalizeMethod(c.Method), Headers: UnsafeNames(c.Header), Credentials: c.Credentials, PrivateNetwork: c.Private,
	}
	if pageKnown && page == api {
		return q, false
	}
	return q, !SafelistedMethod(q.Method) || len(q.Headers) > 0 || c.Listened || c.Streamed || c.Private
}

// Step is the part of a call in which a browser stops.
type Step uint8

// The steps of a call.
const (
	Done Step = iota
	AtPreflight
	AtAnswer
)

// Judge says what a browser does with the answers to a call: it stops at the
// preflight, keeps the answer from the script, or hands it over.
func (c Call) Judge(preflight, answer *faultline.Response) (Step, []Verdict) {
	page, pageKnown := ParseOrigin(c.Origin)
	if api, ok := ParseOrigin(c.URL); ok && pageKnown && page == api {
		return Done, nil
	}
	if q, needed := c.Question(); needed && preflight != nil {
		if v := Preflight(q, preflight); len(v) > 0 {
			return AtPreflight, v
		}
	}
	if answer == nil {
		return Done, nil
	}
	if v := Answer(c.Origin, c.Credentials, answer); v.Reason != Allowed {
		return AtAnswer, []Verdict{v}
	}
	return Done, nil
}

// Answer is what a browser makes of the answer to a cross-origin call itself:
// the CORS check, which an error or a redirect has to pass too (section 4.4,
// HTTP fetch), and what a redirect may lead to (section 4.5, HTTP-redirect
// fetch).
func Answer(origin string, credentials bool, resp *faultline.Response) Verdict {
	if resp.Status == 304 {
		return Verdict{} // the fields of the stored answer count (section 4.6, HTTP-network-or-cache fetch)
	}
	if v := CORSCheck(origin, credentials, resp.Header); v.Reason != Allowed {
		return v
	}
	to := resp.Header.Value("Location")
	if !redirects(resp.Status) || to == "" {
		return Verdict{}
	}
	scheme, rest, absolute := strings.Cut(to, "://")
	if !absolute || strings.ContainsAny(scheme, "/?#") {
		return Verdict{}
	}
	if !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return Verdict{Reason: RedirectScheme, Value: to}
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	if strings.Contains(rest, "@") {
		return Verdict{Reason: RedirectUserinfo, Value: to}
	}
	return Verdict{}
}

// TaintedBy reports whether a redirect makes the browser send `Origin: null`
// from there on (section 3, "byte-serializing a request origin", and section
// 4.5, HTTP-redirect fetch): one that leads from another origin than the page's to a third one.
func TaintedBy(origin, from, to string) bool {
	page, ok := ParseOrigin(origin)
	source, sourceKnown := ParseOrigin(from)
	target, targetKnown := ParseOrigin(to)
	return ok && sourceKnown && targetKnown && source != page && source != target
}
