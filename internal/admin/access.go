package admin

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// guarded lets in who has the token or, where there is none, the programs of
// this machine. A browser is a program of this machine, too, and runs pages of
// strangers: what a page asks of another origin is refused, and so is a name
// that was made to lead here (DNS rebinding).
func (s *Server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case s.token != "" && !s.hasToken(r):
			w.Header().Set("WWW-Authenticate", `Bearer realm="faultline admin"`)
			http.Error(w, "send the token of `admin.token`: Authorization: Bearer …", http.StatusUnauthorized)
		case s.token == "" && !local(r.Host):
			http.Error(w, "this address is called by its number or as localhost, not by a name", http.StatusForbidden)
		case s.token == "" && !asksItself(r):
			http.Error(w, "pages of other origins are not answered", http.StatusForbidden)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// hasToken compares digests, so that the time it takes tells nothing.
func (s *Server) hasToken(r *http.Request) bool {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	got, want := sha256.Sum256([]byte(strings.TrimSpace(token))), sha256.Sum256([]byte(s.token))
	return strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// local reports whether a Host field is one that no name server can make up.
func local(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil || host == "localhost" || host == ""
}

// asksItself reports whether a request comes from no page, or from one of this
// address (Fetch Metadata, section 2.1).
func asksItself(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return true
	case "":
		return r.Header.Get("Origin") == ""
	}
	return false
}
