package fetch

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// Reason is why a browser keeps an answer from the script that asked for it.
type Reason uint8

// The reasons, in the order in which they are checked.
const (
	Allowed            Reason = iota
	NotOK                     // the preflight's status is not 200 to 299 (section 4.8, step 7)
	Redirected                // the preflight is answered with a redirect (section 4.8: its redirect mode is not "follow")
	NoAllowOrigin             // Access-Control-Allow-Origin is absent (section 4.10, step 2)
	SeveralOrigins            // it occurs twice, or names several (section 4.10, step 4)
	OtherOrigin               // it names another origin (section 4.10, step 4)
	StarForCredentials        // it is "*" for a call with credentials (section 4.10, steps 3 and 4)
	NoCredentials             // Access-Control-Allow-Credentials is not "true" (section 4.10, steps 6 to 8)
	BadMethods                // Access-Control-Allow-Methods is no list of methods (section 4.8, step 7.3)
	BadHeaders                // Access-Control-Allow-Headers is no list of names (section 4.8, step 7.3)
	MethodRefused             // the method is not among those allowed (section 4.8, step 7.5)
	HeaderRefused             // a header is not among those allowed (section 4.8, steps 7.6 and 7.7)
	PrivateRefused            // Access-Control-Allow-Private-Network is not "true" (Private Network Access, section 3.4)
	RedirectScheme            // a redirect leads to something that is neither http nor https (section 4.5)
	RedirectUserinfo          // a redirect's address holds a name and password (section 4.5)
	NotHTTP                   // the address itself is neither http nor https (section 4.1)
	Hidden                    // a header of the answer is not exposed to the script (section 2.2.6, "CORS filtered response")
	Blocked                   // the browser says that it was CORS and no more
	NoAnswer                  // the browser speaks of CORS, and got no answer at all
)

// Verdict is what was found wrong with one answer.
type Verdict struct {
	Reason Reason
	Name   string // the method or header that is refused
	Value  string // what the field held that decided
}

// redirects reports whether a status is a redirect (section 2.2.3, "redirect
// status"): 300 and 304 are none.
func redirects(status int) bool {
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308
}

// Get is the value of a field as the standard reads it: all lines joined by a
// comma (section 2.2.2, "get").
func Get(h faultline.Header, name string) (string, bool) {
	values := h.Values(name)
	return strings.Join(values, ", "), len(values) > 0
}

// CORSCheck is the CORS check (section 4.10): may a page of this origin read an
// answer with these fields, if the call had credentials or not?
func CORSCheck(origin string, credentials bool, h faultline.Header) Verdict {
	allowed, present := Get(h, "Access-Control-Allow-Origin")
	switch {
	case !present:
		return Verdict{Reason: NoAllowOrigin}
	case allowed == "*" && !credentials:
		return Verdict{}
	case allowed == "*":
		return Verdict{Reason: StarForCredentials, Value: allowed}
	case allowed != origin && (strings.Contains(allowed, ",") || strings.Contains(strings.TrimSpace(allowed), " ")):
		return Verdict{Reason: SeveralOrigins, Value: allowed}
	case allowed != origin:
		return Verdict{Reason: OtherOrigin, Value: allowed}
	case !credentials:
		return Verdict{}
	}
	if value, _ := Get(h, "Access-Control-Allow-Credentials"); value != "true" {
		return Verdict{Reason: NoCredentials, Value: value}
	}
	return Verdict{}
}

// Exposed reports whether a script may read a header of a cross-origin answer
// (section 2.2.2, "CORS-safelisted response-header name", and
// Access-Control-Expose-Headers in section 3, "HTTP responses").
func Exposed(name string, credentials bool, h faultline.Header) bool {
	switch strings.ToLower(name) {
	case "cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma":
		return true
	case "set-cookie", "set-cookie2":
		return false // forbidden response-header names
	}
	names, _ := list(h, "Access-Control-Expose-Headers")
	for _, n := range names {
		if strings.EqualFold(n, name) || n == "*" && !credentials {
			return true
		}
	}
	return false
}

// TimingAllowed is the TAO check (section 4.11): may the page see how long the
// parts of the call took?
func TimingAllowed(origin string, h faultline.Header) bool {
	value, _ := Get(h, "Timing-Allow-Origin")
	for v := range strings.SplitSeq(value, ",") {
		if v = strings.Trim(v, " \t"); v == "*" || v == origin {
			return true
		}
	}
	return false
}

// VariesByOrigin reports whether an answer says that it depends on who asks
// (section 3, "CORS protocol and HTTP caches"). Without it a cache hands
// the answer that names one origin to a page of another.
func VariesByOrigin(h faultline.Header) bool {
	names, _ := list(h, "Vary")
	for _, n := range names {
		if n == "*" || strings.EqualFold(n, "Origin") {
			return true
		}
	}
	return false
}

// mostListed bounds how many members of a list are read.
const mostListed = 1000

// list is the members of a field (section 2.2.2, "extract header list values");
// valid is false if one of them is no token (RFC 9110, section 5.6.2).
func list(h faultline.Header, name string) (members []string, valid bool) {
	valid = true
	for _, f := range h {
		if !strings.EqualFold(f.Name, name) {
			continue
		}
		for m := range strings.SplitSeq(f.Value, ",") {
			m = strings.Trim(m, " \t")
			switch {
			case m == "": // empty members count for nothing (RFC 9110, section 5.6.1.2)
			case len(members) == mostListed:
				return members, valid
			default:
				members = append(members, m)
				valid = valid && token(m)
			}
		}
	}
	return members, valid
}

func token(s string) bool {
	for i := range len(s) {
		b := s[i]
		if !('0' <= b && b <= '9' || 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z' || strings.IndexByte("!#$%&'*+-.^_`|~", b) >= 0) {
			return false
		}
	}
	return s != ""
}
