package faultline

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// DetailLevel says how much a problem document tells its receiver.
type DetailLevel string

// The levels of detail.
const (
	FullDetail    DetailLevel = "full"    // everything, the server's own words included
	SafeDetail    DetailLevel = "safe"    // what the public contract says anyway; no value, no place in our files, no host
	MinimalDetail DetailLevel = "minimal" // type, title, status, id
)

// The bounds of a problem document: a client reads it on a phone, a log line holds it.
const (
	maxProblemErrors = 20
	maxProblemBytes  = 16 << 10
	maxProblemText   = 500 // bytes of one text in it
)

// quotaExceeded is the type that draft-ietf-httpapi-ratelimit-headers registers
// for an exhausted quota; clients know it from other servers.
const quotaExceeded = "https://iana.org/assignments/http-problem-types#quota-exceeded"

// ProblemOptions is what a diagnosis does not know about the answer that tells of it.
type ProblemOptions struct {
	Base     string      // put before "/" and a slug to make type and doc; empty: no links
	Detail   DetailLevel // empty: SafeDetail
	Status   int
	Title    string // empty: the cause's own, or that of contract mismatches
	Text     string // the detail member, where no finding says it
	Instance string // a URI for this occurrence
	ID       string // of the exchange; empty: the diagnosis's
	TraceID  string
	Upstream string        // the server's own words, for FullDetail
	Retry    *ProblemRetry // nil: derived from the first finding
	Wait     time.Duration // of a 429: when the next request may be sent
	Policies []string      // of a 429: the names of the policies that are used up
}

// A Problem is the document of RFC 9457 that tells a client what is wrong with
// its call.
type Problem struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail,omitempty"`
	Instance  string         `json:"instance,omitempty"`
	ID        string         `json:"id,omitempty"`
	TraceID   string         `json:"trace_id,omitempty"`
	Error     string         `json:"error,omitempty"` // code of RFC 6750, section 3.1
	Party     Party          `json:"party,omitempty"`
	Strength  string         `json:"strength,omitempty"`
	Operation string         `json:"operation,omitempty"`
	Policies  []string       `json:"violated-policies,omitempty"`
	Retry     *ProblemRetry  `json:"retry,omitempty"`
	Upstream  string         `json:"upstream,omitempty"`
	Errors    []ProblemError `json:"errors,omitempty"`
	Omitted   int            `json:"errors_omitted,omitempty"` // errors beyond the bounds of the document
}

// ProblemRetry says whether sending again may help.
type ProblemRetry struct {
	Safe             bool  `json:"safe"` // sending again does nothing twice
	SameCanSucceed   *bool `json:"same_request_can_succeed,omitempty"`
	AfterSeconds     int   `json:"after_s,omitempty"`
	NeedsIdempotency bool  `json:"needs_idempotency_key,omitempty"` // safe only with an Idempotency-Key
}

// Problem tells of the diagnosis in the form of RFC 9457, cut to the detail
// that its receiver may have.
func (d *Diagnosis) Problem(o ProblemOptions) Problem {
	if o.Detail == "" {
		o.Detail = SafeDetail
	}
	p := Problem{Type: "about:blank", Status: o.Status, ID: o.ID}
	if p.ID == "" {
		p.ID = d.Exchange
	}
	if o.Detail != FullDetail && (o.Status >= 500 || o.Status == 401 || o.Status == 403) {
		return d.discreet(p, o)
	}
	p.Type, p.Title = d.problemType(o)
	if o.Detail == MinimalDetail {
		return p
	}
	d.describe(&p, o)
	return p
}

// discreet is the document of an answer whose reason is nobody's business: an
// attacker learns nothing about a credential, and nothing about what stands
// behind a gateway.
func (d *Diagnosis) discreet(p Problem, o ProblemOptions) Problem {
	p.Title = statusTitle(o.Status)
	if f, ok := d.Primary(); ok && o.Status < 500 && o.Detail == SafeDetail {
		p.Error = bearerCode(f.Cause.Slug)
	}
	return p
}

// bearerCode is the code of RFC 6750, section 3.1, for a cause. A request
// without any credential gets none.
func bearerCode(slug Slug) string {
	switch {
	case slug == "auth.missing" || slug.Family() != "auth":
		return ""
	case slug == "auth.scope":
		return "insufficient_scope"
	case strings.HasPrefix(string(slug), "auth.token") || slug == "auth.clock-skew":
		return "invalid_token"
	}
	return "invalid_request"
}

func statusTitle(status int) string {
	switch {
	case status == 401:
		return "Unauthorized"
	case status == 403:
		return "Forbidden"
	case status == 502:
		return "Bad Gateway"
	case status == 503:
		return "Service Unavailable"
	case status == 504:
		return "Gateway Timeout"
	case status >= 500:
		return "Internal Server Error"
	}
	return "The request was refused"
}

// describe fills in what the receiver may know beyond type and status.
func (d *Diagnosis) describe(p *Problem, o ProblemOptions) {
	p.Instance, p.TraceID, p.Operation = o.Instance, o.TraceID, d.Operation
	p.Detail = clip(o.Text)
	p.Retry = o.Retry
	if o.Detail == FullDetail {
		p.Upstream = clip(o.Upstream)
	}
	if o.Status == 429 {
		p.Policies = o.Policies
		if p.Retry == nil && o.Wait > 0 {
			p.Retry = &ProblemRetry{Safe: true, AfterSeconds: wholeSeconds(o.Wait)}
		}
	}
	f, ok := d.Primary()
	if !ok {
		return
	}
	p.Party, p.Strength = f.WhoActs(), f.Strength.String()
	p.Detail = d.problemDetail(o)
	if p.Retry == nil && contractMismatch(&f) {
		no := false
		p.Retry = &ProblemRetry{Safe: true, SameCanSucceed: &no}
	}
	for i := range d.Findings[:min(len(d.Findings), maxProblemErrors)] {
		p.Errors = append(p.Errors, problemError(&d.Findings[i], o))
	}
	p.Omitted = len(d.Findings) - len(p.Errors) + d.More
}

// wholeSeconds rounds up: a client that comes early is refused again.
func wholeSeconds(wait time.Duration) int { return int((wait + time.Second - 1) / time.Second) }

// contractMismatch reports whether a finding says that the request breaks its
// contract. Such findings share one type, so that clients switch on the code.
func contractMismatch(f *Finding) bool {
	switch f.Cause.Slug.Family() {
	case "body", "param", "header", "content":
		return f.At.Side == RequestSide
	}
	return false
}

func (d *Diagnosis) problemType(o ProblemOptions) (uri, title string) {
	f, ok := d.Primary()
	switch {
	case !ok:
		uri, title = "about:blank", statusTitle(o.Status)
	case o.Status == 429 && f.Cause.Slug.Family() == "limit":
		uri, title = quotaExceeded, f.Cause.Title
	case contractMismatch(&f):
		uri, title = link(o.Base, "invalid-request"), "The request does not match the contract"
	default:
		uri, title = link(o.Base, string(f.Cause.Slug)), f.Cause.Title
	}
	if o.Title != "" {
		title = o.Title
	}
	return uri, title
}

func link(base, name string) string {
	if base == "" {
		return "about:blank"
	}
	return strings.TrimSuffix(base, "/") + "/" + name
}

// problemDetail is one sentence: how many mistakes, and the first of them.
func (d *Diagnosis) problemDetail(o ProblemOptions) string {
	f := &d.Findings[0]
	text := f.Message
	if hint, _, ok := strings.Cut(f.Caret, "?"); ok && strings.HasPrefix(hint, "did you mean") && (o.Detail == FullDetail || !configured(f)) {
		text += ", " + hint + "?"
	}
	if o.Detail != FullDetail && quotesValue(text, f) {
		text = withoutValue(f)
	}
	if n := len(d.Findings) + d.More; n > 1 {
		text = fmt.Sprintf("%d mistakes; the first: %s", n, text)
	}
	return clip(text)
}

// configured reports whether what was meant is known from the configuration of a
// gateway: other hosts and paths that it has are no outsider's business.
func configured(f *Finding) bool {
	return f.Cause.Slug == "route.wrong-host" || f.Cause.Slug == "route.gateway-no-match"
}

// MarshalJSON leaves errors out from the end until the document fits its bound.
func (p Problem) MarshalJSON() ([]byte, error) {
	type plain Problem
	for {
		out, err := json.Marshal(plain(p))
		if err != nil || len(out) <= maxProblemBytes || len(p.Errors) == 0 {
			return out, err
		}
		p.Errors = p.Errors[:len(p.Errors)-1]
		p.Omitted++
	}
}

// clip bounds a text of the document without cutting a character in two.
func clip(s string) string {
	if len(s) <= maxProblemText {
		return s
	}
	return strings.ToValidUTF8(s[:maxProblemText], "") + "…"
}

// fragment writes a JSON Pointer as a URI fragment (RFC 6901, section 6).
func fragment(pointer string) string {
	return "#" + (&url.URL{Fragment: pointer}).EscapedFragment()
}
