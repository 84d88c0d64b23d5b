// Package fetch is the part of the Fetch standard (https://fetch.spec.whatwg.org)
// that decides whether a page's script may make a call and read its answer:
// origins, the safelists, the CORS-preflight fetch and the CORS check. It looks
// at messages and says what a browser does with them; it sends nothing.
//
//	q, needed := fetch.Call{Origin: "https://app.example.com", URL: "https://api.example.com/", Method: "PUT"}.Question()
//	if needed {
//		problems := fetch.Preflight(q, response)
//	}
//
// What browsers do beyond the standard is not here: it says nothing of
// extensions, of content security policies and of certificates.
package fetch

import (
	"net/url"
	"strings"

	"github.com/faultline-http/faultline"
)

// Origin is a tuple origin (HTML, section 7.1.1): scheme, host and port of a
// page or of an address, in lower case, without the scheme's usual port.
type Origin struct{ Scheme, Host, Port string }

// ParseOrigin reads an Origin field value or the beginning of an address. It
// is false for what names no origin, such as "null" (section 3, "Origin header").
func ParseOrigin(text string) (Origin, bool) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Scheme == "" || u.Hostname() == "" {
		return Origin{}, false
	}
	o := Origin{strings.ToLower(u.Scheme), strings.ToLower(u.Hostname()), u.Port()}
	if o.Scheme == "http" && o.Port == "80" || o.Scheme == "https" && o.Port == "443" {
		o.Port = ""
	}
	return o, true
}

// String is the origin as browsers put it into the Origin field.
func (o Origin) String() string {
	host := o.Host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if o.Port != "" {
		host += ":" + o.Port
	}
	return o.Scheme + "://" + host
}

// CrossOrigin reports whether a request goes to another origin than the page
// that made it. It is false where no page is known to have made it.
func CrossOrigin(r *faultline.Request) bool {
	origin, sent := r.Header.Get("Origin")
	if !sent || strings.EqualFold(r.Header.Value("Sec-Fetch-Site"), "same-origin") {
		return false
	}
	if IsPreflight(r) {
		return true // only a cross-origin call is asked for (section 4.8)
	}
	page, ok := ParseOrigin(origin)
	if !ok {
		return strings.TrimSpace(origin) == "null" // an opaque origin is the same as no other
	}
	if r.Host == "" && !strings.Contains(r.Target, "://") {
		return strings.Contains(strings.ToLower(r.Header.Value("Sec-Fetch-Site")), "-site")
	}
	api, ok := ParseOrigin(r.URL())
	if !ok {
		return false
	}
	if r.Scheme == "" {
		// Seen behind a gateway that ended TLS: the scheme is not known.
		return page.Host != api.Host || page.Port != api.Port
	}
	return page != api
}

// IsPreflight reports whether a request is a CORS-preflight request (section
// 3, "HTTP requests"): it asks whether the call after it is understood.
func IsPreflight(r *faultline.Request) bool {
	return r.Method == "OPTIONS" && r.Header.Has("Origin") && r.Header.Has("Access-Control-Request-Method")
}

// Checked reports whether a browser holds the answer to this request against
// the CORS protocol: made by a page for another origin, and neither a
// navigation, nor a web socket, nor in mode "no-cors" (section 4.1, main
// fetch).
func Checked(r *faultline.Request) bool {
	if !CrossOrigin(r) {
		return false
	}
	switch strings.ToLower(r.Header.Value("Sec-Fetch-Mode")) {
	case "cors":
		return true
	case "":
		// A form that is sent carries Origin too; browsers ask for an upgrade of pages only.
		return !r.Header.Has("Upgrade-Insecure-Requests") && !strings.EqualFold(r.Header.Value("Upgrade"), "websocket")
	}
	return false
}

// ByBrowser reports whether a request shows that a browser sent it: fetch
// metadata that scripts cannot set (Fetch Metadata, section 2), or its name.
func ByBrowser(r *faultline.Request) bool {
	return r.Header.Has("Sec-Fetch-Mode") || r.Header.Has("Sec-Fetch-Site") || strings.HasPrefix(r.Header.Value("User-Agent"), "Mozilla/5.0")
}

// WithCredentials reports whether the browser added credentials of its own to
// the request, which it does only in credentials mode "include". A preflight
// never has any (section 4.8), so of the call behind it nothing is known.
func WithCredentials(r *faultline.Request) bool { return r.Header.Has("Cookie") }
