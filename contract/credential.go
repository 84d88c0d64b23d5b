package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// satisfied reports whether the request meets one of the security requirements
// in form: something of the right shape stands at the right place. Whether a
// credential is good is the server's to say.
func (op *Operation) satisfied(r *faultline.Request) bool {
	if op.security.optional() {
		return true
	}
	for _, set := range op.security.sets {
		if meetsAll(set, r) {
			return true
		}
	}
	return false
}

func meetsAll(set []SecurityScheme, r *faultline.Request) bool {
	for i := range set {
		if !set[i].met(r) {
			return false
		}
	}
	return true
}

// met reports whether the request carries a credential of the scheme. A client
// certificate (mutualTLS) cannot be seen from here and is taken as given.
func (s *SecurityScheme) met(r *faultline.Request) bool {
	switch s.Type {
	case "apiKey":
		return s.hasKey(r)
	case "http":
		if s.Scheme == "basic" {
			return hasAuthorization(r, isBasic)
		}
		return s.hasScheme(r)
	case "oauth2", "openIdConnect":
		return hasAuthorization(r, isBearerOrDPoP)
	}
	return true
}

func (s *SecurityScheme) hasKey(r *faultline.Request) bool {
	switch s.In {
	case faultline.InHeader:
		for i := range r.Header {
			if r.Header[i].Is(s.Field) && r.Header[i].Value != "" {
				return true
			}
		}
	case faultline.InQuery:
		for pair := queryPairs(r); pair.next(); {
			if pair.raw != "" && sameName(pair.key, s.Field) {
				return true
			}
		}
	case faultline.InCookie:
		for i := range r.Header {
			if r.Header[i].Is("Cookie") && hasCookie(r.Header[i].Value, s.Field) {
				return true
			}
		}
	}
	return false
}

func hasCookie(value, name string) bool {
	for pair := cookiesIn(value); pair.next(); {
		if pair.key == name && pair.raw != "" {
			return true
		}
	}
	return false
}

func hasAuthorization(r *faultline.Request, fits func(string) bool) bool {
	for i := range r.Header {
		if r.Header[i].Is("Authorization") && fits(r.Header[i].Value) {
			return true
		}
	}
	return false
}

// authScheme splits an Authorization field (RFC 9110, section 11.4).
func authScheme(value string) (scheme, rest string) {
	scheme, rest, _ = strings.Cut(value, " ")
	return scheme, strings.TrimLeft(rest, " ")
}

func isBearerOrDPoP(value string) bool {
	scheme, token := authScheme(value)
	return (strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "DPoP")) && isToken68(token)
}

// isToken68 reports whether a token has the characters that RFC 6750, section
// 2.1, allows.
func isToken68(s string) bool {
	s = strings.TrimRight(s, "=")
	if s == "" {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !isAlnum(c) && !strings.ContainsRune("-._~+/", rune(c)) {
			return false
		}
	}
	return true
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
