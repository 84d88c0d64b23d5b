package fetch

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
)

const (
	// mostSafeValue and mostSafeValues are the bytes that a safelisted value,
	// and all of them together, may have (section 2.2.2, "CORS-safelisted
	// request-header" step 1 and "CORS-unsafe request-header names" step 5).
	mostSafeValue  = 128
	mostSafeValues = 1024
)

// SafelistedMethod reports whether a method needs no preflight (section 2.2.1,
// "CORS-safelisted method"). Methods are case-sensitive.
func SafelistedMethod(method string) bool {
	return method == "GET" || method == "HEAD" || method == "POST"
}

// NormalizeMethod is what a browser makes of the method that a script names
// (section 2.2.1, "normalize"): six names are put into upper case, `patch` is
// not among them.
func NormalizeMethod(method string) string {
	switch upper := strings.ToUpper(method); upper {
	case "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT":
		return upper
	}
	return method
}

// SafelistedHeader reports whether a request header needs no preflight (section
// 2.2.2, "CORS-safelisted request-header").
func SafelistedHeader(name, value string) bool {
	if len(value) > mostSafeValue {
		return false
	}
	switch strings.ToLower(name) {
	case "accept":
		return !hasUnsafeByte(value)
	case "accept-language", "content-language":
		return onlyLanguageBytes(value)
	case "content-type":
		return !hasUnsafeByte(value) && safeType(value)
	case "range":
		return simpleRange(value)
	}
	return false
}

// hasUnsafeByte: section 2.2.2, "CORS-unsafe request-header byte".
func hasUnsafeByte(value string) bool {
	for i := range len(value) {
		if b := value[i]; b < 0x20 && b != '\t' || b == 0x7f || strings.IndexByte(`"():<>?@[\]{}`, b) >= 0 {
			return true
		}
	}
	return false
}

func onlyLanguageBytes(value string) bool {
	for i := range len(value) {
		b := value[i]
		if !('0' <= b && b <= '9' || 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z' || strings.IndexByte(" *,-.;=", b) >= 0) {
			return false
		}
	}
	return true
}

// safeType: what an HTML form can send needs no preflight.
func safeType(value string) bool {
	essence, _, _ := strings.Cut(value, ";")
	switch strings.ToLower(strings.Trim(essence, " \t\r\n")) {
	case "application/x-www-form-urlencoded", "multipart/form-data", "text/plain":
		return true
	}
	return false
}

// simpleRange: section 2.2.2, "parse a single range header value"; the first
// byte has to be named.
func simpleRange(value string) bool {
	first, last, dash := strings.Cut(strings.TrimPrefix(value, "bytes="), "-")
	return dash && strings.HasPrefix(value, "bytes=") && first != "" && digits(first) && digits(last)
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// UnsafeNames are the names of the headers of a script that the server has to
// allow, in lower case and sorted (section 2.2.2, "CORS-unsafe request-header
// names").
func UnsafeNames(h faultline.Header) []string {
	var unsafe, maybe []string
	size := 0
	for _, f := range h {
		if ForbiddenName(f.Name) {
			continue
		}
		name := strings.ToLower(f.Name)
		if !SafelistedHeader(f.Name, f.Value) {
			unsafe = append(unsafe, name)
			continue
		}
		maybe = append(maybe, name)
		size += len(f.Value)
	}
	if size > mostSafeValues {
		unsafe = append(unsafe, maybe...)
	}
	slices.Sort(unsafe)
	return slices.Compact(unsafe)
}

// ForbiddenName reports whether a header is the browser's own: a script cannot
// set it (section 2.2.2, "forbidden request-header"), so no server has to allow
// it.
func ForbiddenName(name string) bool {
	name = strings.ToLower(name)
	if strings.HasPrefix(name, "sec-") || strings.HasPrefix(name, "proxy-") {
		return true
	}
	switch name {
	case "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method", "access-control-request-private-network",
		"connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive", "origin", "referer", "set-cookie",
		"te", "trailer", "transfer-encoding", "upgrade", "via":
		return true
	}
	return false
}

// ScriptHeaders are the headers of a request on the wire that its script may
// have set: neither forbidden ones nor those that browsers add to every call.
func ScriptHeaders(h faultline.Header) faultline.Header {
	var out faultline.Header
	for _, f := range h {
		switch strings.ToLower(f.Name) {
		case "user-agent", "priority", "cache-control", "pragma", "upgrade-insecure-requests", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip", "forwarded":
			continue
		}
		if !ForbiddenName(f.Name) {
			out = append(out, f)
		}
	}
	return out
}
