package fetch

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
)

// Question is what a preflight asks: may a page of this origin make a call with
// this method and these headers?
type Question struct {
	Origin         string
	Method         string
	Headers        []string // the unsafe names, in lower case
	Credentials    bool     // the call behind it will have credentials
	PrivateNetwork bool     // it goes from a public page to a private address
}

// QuestionOf reads the question out of a preflight on the wire. Whether the
// call behind it will have credentials is not said there.
func QuestionOf(r *faultline.Request) Question {
	headers, _ := list(r.Header, "Access-Control-Request-Headers")
	for i, name := range headers {
		headers[i] = strings.ToLower(name)
	}
	return Question{
		Origin: r.Header.Value("Origin"), Method: r.Header.Value("Access-Control-Request-Method"), Headers: headers,
		PrivateNetwork: r.Header.Value("Access-Control-Request-Private-Network") == "true",
	}
}

// Preflight is steps 7 and 8 of the CORS-preflight fetch (section 4.8), and the
// check of Private Network Access: everything that is wrong with the answer to
// a preflight, what a browser meets first standing first. None: the call is
// sent.
func Preflight(q Question, resp *faultline.Response) []Verdict {
	if redirects(resp.Status) {
		return []Verdict{{Reason: Redirected, Value: resp.Header.Value("Location")}}
	}
	var out []Verdict
	if resp.Status < 200 || resp.Status > 299 {
		out = append(out, Verdict{Reason: NotOK})
	}
	if v := CORSCheck(q.Origin, q.Credentials, resp.Header); v.Reason != Allowed {
		out = append(out, v)
	}
	if v := q.methodCheck(resp.Header); v.Reason != Allowed {
		out = append(out, v)
	}
	out = append(out, q.headerCheck(resp.Header)...)
	if q.PrivateNetwork {
		if value, _ := Get(resp.Header, "Access-Control-Allow-Private-Network"); value != "true" {
			out = append(out, Verdict{Reason: PrivateRefused, Value: value})
		}
	}
	return out
}

// methodCheck is step 7.5. Methods are case-sensitive; "*" stands for all of
// them unless the call has credentials.
func (q *Question) methodCheck(h faultline.Header) Verdict {
	methods, valid := list(h, "Access-Control-Allow-Methods")
	value, _ := Get(h, "Access-Control-Allow-Methods")
	switch {
	case !valid:
		return Verdict{Reason: BadMethods, Name: q.Method, Value: value}
	case SafelistedMethod(q.Method) || slices.Contains(methods, q.Method) || !q.Credentials && slices.Contains(methods, "*"):
		return Verdict{}
	}
	return Verdict{Reason: MethodRefused, Name: q.Method, Value: value}
}

// headerCheck is steps 7.6 and 7.7. "*" stands for all names but Authorization
// ("CORS non-wildcard request-header name"), unless the call has credentials.
func (q *Question) headerCheck(h faultline.Header) []Verdict {
	names, valid := list(h, "Access-Control-Allow-Headers")
	value, _ := Get(h, "Access-Control-Allow-Headers")
	if !valid {
		return []Verdict{{Reason: BadHeaders, Value: value}}
	}
	allowed := make(map[string]bool, len(names))
	for _, n := range names {
		allowed[strings.ToLower(n)] = true
	}
	star := !q.Credentials && allowed["*"]
	var out []Verdict
	for _, name := range q.Headers {
		if !allowed[name] && (!star || name == "authorization") {
			out = append(out, Verdict{Reason: HeaderRefused, Name: name, Value: value})
		}
	}
	return out
}
