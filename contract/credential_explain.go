package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// explainSecurity says which credential is missing: one violation, since one
// of the alternatives is enough.
func (op *Operation) explainSecurity(r *faultline.Request) []Violation {
	if op.satisfied(r) {
		return nil
	}
	s := op.likelyScheme(r)
	v := Violation{
		Kind:    Credential,
		Keyword: "security",
		At:      s.place(),
		Message: "the credential that `" + op.ID + "` requires is absent",
		Want:    wantCredentials(op.security.sets),
		Source:  op.security.source,
		Schemes: op.security.sets,
	}
	v.Field = v.At.Name
	v.Detail = faultline.Detail{Field: v.Field, Types: []string{"string"}, Required: true}
	if found, malformed := s.found(r); found != "" {
		v.Found = found
		v.Message = "the credential is not one that `" + op.ID + "` takes"
		if malformed {
			v.Message = "the credential does not have the form that `" + op.ID + "` requires"
		}
		v.Detail.Found = &faultline.Value{Field: v.Field, Type: "string"}
	}
	return []Violation{v}
}

// likelyScheme is the unmet scheme of the alternative that the request comes
// nearest to.
func (op *Operation) likelyScheme(r *faultline.Request) *SecurityScheme {
	var best *SecurityScheme
	most := -1
	for _, set := range op.security.sets {
		score := 0
		var unmet *SecurityScheme
		for i := range set {
			switch {
			case set[i].met(r):
				score += 2
			case unmet == nil:
				unmet = &set[i]
				switch found, malformed := set[i].found(r); {
				case malformed:
					score += 2
				case found != "":
					score++
				}
			}
		}
		if unmet != nil && score > most {
			best, most = unmet, score
		}
	}
	return best
}

// place is where a credential of the scheme stands.
func (s *SecurityScheme) place() faultline.Location {
	if s.Type == "apiKey" {
		return faultline.Location{In: s.In, Name: s.Field}
	}
	return faultline.AtHeader("Authorization")
}

// found says what the request carries in the place of a credential, never the
// secret itself. malformed tells a broken one of the right scheme from another.
func (s *SecurityScheme) found(r *faultline.Request) (words string, malformed bool) {
	if s.Type == "apiKey" {
		return s.foundKey(r)
	}
	value, ok := r.Header.Get("Authorization")
	if !ok {
		return s.foundElsewhere(r), false
	}
	scheme, rest := authScheme(value)
	wanted := s.Scheme
	if s.Type != "http" {
		wanted = "bearer"
	}
	switch {
	case value == "":
		return "an empty Authorization header", true
	case strings.EqualFold(scheme, wanted) && rest == "":
		return "the scheme `" + scheme + "` without a credential", true
	case strings.EqualFold(scheme, wanted) && wanted == "basic":
		return "the scheme `" + scheme + "` with text that is not base64 of name:password", true
	case strings.EqualFold(scheme, wanted) && schemeParams[wanted] != nil:
		return "the scheme `" + scheme + "` without all of the parameters that it needs", true
	case strings.EqualFold(scheme, wanted):
		return "the scheme `" + scheme + "` with text that is not a token", true
	case rest == "" || !isSchemeName(scheme):
		return "an Authorization header without a scheme", false
	}
	return "the scheme `" + scheme + "`", false
}

func (s *SecurityScheme) foundKey(r *faultline.Request) (words string, malformed bool) {
	if s.In == faultline.InHeader {
		if value, ok := r.Header.Get(s.Field); ok && value == "" {
			return "an empty " + s.Field + " header", true
		}
	}
	if value, ok := r.Header.Get("Authorization"); ok && !strings.EqualFold(s.Field, "Authorization") {
		scheme, rest := authScheme(value)
		if rest == "" || !isSchemeName(scheme) {
			return "an Authorization header without a scheme", false
		}
		return "an Authorization header with the scheme `" + scheme + "`", false
	}
	return s.foundElsewhere(r), false
}

// foundElsewhere looks for the credential where it does not belong: under its
// name, or one like it, in another part.
func (s *SecurityScheme) foundElsewhere(r *faultline.Request) string {
	name := s.Field
	if s.Type != "apiKey" {
		name = "access_token" // RFC 6750, section 2.3
	}
	for i := range r.Header {
		f := &r.Header[i]
		if equalFold(f.Name, "Cookie") {
			if found := cookieLike(name, f.Value); found != "" && s.In != faultline.InCookie {
				return "`" + found + "` as a cookie"
			}
			continue
		}
		if f.Value != "" && sameKey(f.Name, name) && !(s.In == faultline.InHeader && equalFold(f.Name, name)) {
			return "`" + f.Name + "` as a header"
		}
	}
	for pair := queryPairs(r); pair.next(); {
		key := (&piece{raw: pair.key, plus: true}).text()
		if pair.raw != "" && sameKey(key, name) && !(s.In == faultline.InQuery && key == name) {
			return "`" + short(key) + "` in the query"
		}
	}
	return ""
}

func cookieLike(name, value string) string {
	for pair := cookiesIn(value); pair.next(); {
		if pair.raw != "" && sameKey(pair.key, name) {
			return short(pair.key)
		}
	}
	return ""
}

// sameKey reports whether two names of a key differ only in spelling: X-Api-Key
// and api_key.
func sameKey(a, b string) bool {
	x, y := plainKey(a), plainKey(b)
	return x != "" && x == y
}

func plainKey(s string) string {
	out := make([]byte, 0, len(s))
	for _, c := range []byte(strings.ToLower(s)) {
		if isAlnum(c) {
			out = append(out, c)
		}
	}
	return strings.TrimPrefix(string(out), "x")
}

// isSchemeName reports whether a word can be the name of an authentication
// scheme and not a secret: short, and of the characters of a token.
func isSchemeName(s string) bool {
	if s == "" || len(s) > 20 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !isAlnum(s[i]) && s[i] != '-' && s[i] != '_' {
			return false
		}
	}
	return true
}

// wantCredentials puts the alternatives into words.
func wantCredentials(sets [][]SecurityScheme) string {
	var out []string
	for _, set := range sets {
		var all []string
		for i := range set {
			all = append(all, set[i].words())
		}
		out = append(out, strings.Join(all, " and "))
	}
	return strings.Join(out, ", or ")
}

func (s *SecurityScheme) words() string {
	switch s.Type {
	case "apiKey":
		switch s.In {
		case faultline.InHeader:
			return "an API key in the header `" + s.Field + "`"
		case faultline.InQuery:
			return "an API key in the query parameter `" + s.Field + "`"
		}
		return "an API key in the cookie `" + s.Field + "`"
	case "http":
		switch s.Scheme {
		case "bearer":
			return "`Authorization: Bearer` with a token"
		case "basic":
			return "`Authorization: Basic` with name and password"
		}
		return "`Authorization` with the scheme `" + s.Scheme + "`"
	case "mutualTLS":
		return "a client certificate"
	}
	return "`Authorization: Bearer` with an access token"
}
