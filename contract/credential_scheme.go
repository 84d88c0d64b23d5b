package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// schemeParams are the parameters that credentials of a registered scheme
// cannot do without, by the name of the scheme in lower case. Alternatives are
// separated by a bar.
var schemeParams = map[string][]string{
	"digest":        {"username|username*", "realm", "nonce", "uri", "response"},                     // RFC 7616, section 3.4
	"hoba":          {"result"},                                                                      // RFC 7486, section 3
	"mutual":        {"version"},                                                                     // RFC 8120, section 4
	"oauth":         {"oauth_consumer_key|oauth_token", "oauth_signature_method", "oauth_signature"}, // RFC 5849, section 3.1
	"vapid":         {"t", "k"},                                                                      // RFC 8292, section 3
	"privatetoken":  {"token"},                                                                       // RFC 9577, section 2.2
	"concealed":     {"k", "a", "p", "s", "v"},                                                       // RFC 9729, section 4
	"scram-sha-1":   {"data"},                                                                        // RFC 7804, section 5
	"scram-sha-256": {"data"},
}

// schemeTokens are the schemes whose credentials are one token68.
var schemeTokens = map[string]bool{
	"bearer": true, "dpop": true, "gnap": true, // RFC 6750, RFC 9449, RFC 9635
	"negotiate": true, // RFC 4559, section 4
}

// hasScheme reports whether the request has credentials of an HTTP scheme in
// their form. Of a scheme that is not known they only have to be there.
func (s *SecurityScheme) hasScheme(r *faultline.Request) bool {
	for i := range r.Header {
		if !r.Header[i].Is("Authorization") {
			continue
		}
		scheme, rest := authScheme(r.Header[i].Value)
		if strings.EqualFold(scheme, s.Scheme) && hasForm(s.Scheme, rest) {
			return true
		}
	}
	return false
}

func hasForm(scheme, rest string) bool {
	if schemeTokens[scheme] {
		return isToken68(rest)
	}
	for _, names := range schemeParams[scheme] {
		if !hasAuthParam(rest, names) {
			return false
		}
	}
	return rest != ""
}

// hasAuthParam reports whether a list of parameters (RFC 9110, section 11.2)
// has one of the names.
func hasAuthParam(list, names string) bool {
	for list != "" {
		list = strings.TrimLeft(list, " \t,")
		end := strings.IndexByte(list, '=')
		if end < 0 {
			return false
		}
		name := strings.TrimRight(list[:end], " \t")
		value, after := authParamValue(strings.TrimLeft(list[end+1:], " \t"))
		if value != "" && isOneOf(name, names) {
			return true
		}
		list = after
	}
	return false
}

// authParamValue takes a token or a quoted string off a list; the quotes are
// left where they are.
func authParamValue(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexByte(s, ',')
		if end < 0 {
			return s, ""
		}
		return s[:end], s[end:]
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return s[:i+1], s[i+1:]
		}
	}
	return "", ""
}

func isOneOf(name, names string) bool {
	for names != "" {
		var one string
		one, names, _ = strings.Cut(names, "|")
		if strings.EqualFold(name, one) {
			return true
		}
	}
	return false
}
