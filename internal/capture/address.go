package capture

import (
	"strings"

	faultline "github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/coding"
)

// setURL splits an address into scheme, host and target. The target keeps its
// bytes as they were written, spaces, raw UTF-8 and broken escapes included:
// they are what a diagnosis is about. An address without a scheme stays in the
// target as a whole, since nobody can tell whether it begins with a host.
func setURL(r *faultline.Request, address string) {
	rest := address
	if scheme, after, ok := strings.Cut(address, "://"); ok && isScheme(scheme) {
		r.Scheme, rest = strings.ToLower(scheme), after
	} else if strings.HasPrefix(address, "//") {
		rest = address[2:]
	} else {
		r.Target = address
		return
	}
	end := strings.IndexAny(rest, "/?#\\")
	if end < 0 {
		end = len(rest)
	}
	authority := rest[:end]
	// RFC 3986, section 3.2: user information ends at the last "@".
	r.Host = authority[strings.LastIndexByte(authority, '@')+1:]
	if r.Host == "" && r.Scheme != "" {
		r.Scheme, r.Target = "", address // no host: the slip itself has to stay visible
		return
	}
	r.Target = rest[end:]
	if !strings.HasPrefix(r.Target, "/") {
		r.Target = "/" + r.Target // RFC 9112, section 3.2.1: an empty path is sent as "/"
	}
}

// userinfo returns the name and password inside an address.
func userinfo(address string) (string, bool) {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		return "", false
	}
	if end := strings.IndexAny(rest, "/?#\\"); end >= 0 {
		rest = rest[:end]
	}
	at := strings.LastIndexByte(rest, '@')
	if at < 0 {
		return "", false
	}
	return rest[:at], true
}

// isScheme follows RFC 3986, section 3.1.
func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		letter := 'a' <= c && c <= 'z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+-.", rune(s[i]))) {
			return false
		}
	}
	return s != ""
}

// hostFromHeader lets the Host field win over the address: it is what the
// server was told (RFC 9110, section 7.2).
func hostFromHeader(r *faultline.Request) {
	if host, ok := r.Header.Get("Host"); ok {
		r.Host = host
	}
}

// address is the inverse of setURL, as far as an address can say it: a target
// such as "*" has to be kept beside it.
func address(r *faultline.Request) string {
	absolute := strings.Contains(r.Target, "://") && !strings.HasPrefix(r.Target, "/")
	if absolute || r.Host == "" {
		return r.Target
	}
	prefix := "//"
	if r.Scheme != "" {
		prefix = r.Scheme + "://"
	}
	if strings.HasPrefix(r.Target, "/") {
		return prefix + r.Host + r.Target
	}
	if r.Scheme == "" && r.Header.Has("Host") {
		return r.Target
	}
	return prefix + r.Host + "/"
}

// decodeBody removes the content coding. An error is no reason to drop the
// exchange: it may be the very cause, and the body's note says what it was.
func decodeBody(b *faultline.Body, h faultline.Header) {
	if b.Empty() {
		return
	}
	_ = coding.Decode(b, contentEncoding(h), maxDecoded)
}

func contentEncoding(h faultline.Header) string {
	return strings.Join(h.Values("Content-Encoding"), ",")
}
