package curlcmd

import "strings"

// segmentsOfHeader replaces the secret part of a field's value by a variable.
func segmentsOfHeader(name, value string, s Style) []segment {
	if s.Verbatim || !secretHeader(name) || value == "" {
		return []segment{literal(value)}
	}
	switch name {
	case "authorization", "proxy-authorization":
		return credential(name, value)
	case "cookie":
		return []segment{variable("COOKIE")}
	}
	return []segment{variable(variableName(name))}
}

// credential keeps the scheme, which is public and often the mistake.
func credential(name, value string) []segment {
	scheme, rest, ok := strings.Cut(value, " ")
	if !ok || strings.TrimSpace(rest) == "" || !isToken(scheme) {
		return []segment{variable(variableName(name))}
	}
	prefix := ""
	if name == "proxy-authorization" {
		prefix = "PROXY_"
	}
	switch strings.ToLower(scheme) {
	case "basic":
		return []segment{literal(scheme + " "), variable(prefix + "CREDENTIALS")}
	case "bearer", "token", "dpop":
		return []segment{literal(scheme + " "), variable(prefix + "TOKEN")}
	}
	return []segment{literal(scheme + " "), variable(prefix + "CREDENTIAL")}
}

func isToken(s string) bool {
	for i := range len(s) {
		if !isNameByte(s[i]) && s[i] != '-' {
			return false
		}
	}
	// A long first word is a key with a space behind it, not a scheme.
	return s != "" && len(s) <= 20
}

// notSecret are fields whose names sound secret and are not.
var notSecret = map[string]bool{
	"idempotency-key": true, "x-idempotency-key": true, "sec-websocket-key": true, "surrogate-key": true, "x-cache-key": true,
	"page_token": true, "next_token": true, "continuation_token": true, "x-ms-continuation-token": true, "key": true, "token_type": true,
}

func secretHeader(name string) bool {
	switch name {
	case "authorization", "proxy-authorization", "cookie":
		return true
	}
	return secretName(name)
}

// secretName reports whether a header or parameter of that name, in lower
// case, carries a credential.
func secretName(name string) bool {
	if notSecret[name] {
		return false
	}
	for _, end := range []string{"key", "token", "secret", "password", "passwd", "signature", "credential", "session", "assertion"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	switch name {
	case "sig", "auth", "x-auth", "pwd", "jwt", "code_verifier", "sid":
		return true
	}
	return strings.HasPrefix(name, "x-auth-") || strings.HasPrefix(name, "x-api-key")
}

// variableName makes a shell variable of a header or parameter name:
// X-Api-Key is API_KEY.
func variableName(name string) string {
	name = strings.TrimPrefix(strings.ToLower(name), "x-")
	var b strings.Builder
	for i := range len(name) {
		if isNameByte(name[i]) {
			b.WriteByte(name[i])
		} else {
			b.WriteByte('_')
		}
	}
	out := strings.ToUpper(strings.Trim(b.String(), "_"))
	if out == "" || '0' <= out[0] && out[0] <= '9' {
		return "SECRET"
	}
	return out
}

// segmentsOfURL replaces the values of secret query parameters, and a password
// before the host, by variables.
func segmentsOfURL(address string, s Style) []segment {
	if s.Verbatim {
		return []segment{literal(address)}
	}
	before, query, ok := strings.Cut(address, "?")
	parts := []segment{literal(before)}
	if scheme, rest, found := strings.Cut(before, "://"); found {
		authority, _, _ := strings.Cut(rest, "/")
		if at := strings.LastIndexByte(authority, '@'); at >= 0 {
			parts = []segment{literal(scheme + "://"), variable("CREDENTIALS"), literal(rest[at:])}
		}
	}
	if !ok {
		return parts
	}
	separator := "?"
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		low := strings.ToLower(name)
		if value != "" && (secretName(low) || low == "key") {
			parts = append(parts, literal(separator+name+"="), variable(variableName(name)))
		} else {
			parts = append(parts, literal(separator+pair))
		}
		separator = "&"
	}
	return merge(parts)
}

// merge joins neighbouring literals, so that a word is not quoted in pieces.
func merge(parts []segment) []segment {
	out := parts[:1]
	for _, p := range parts[1:] {
		last := &out[len(out)-1]
		if !p.variable && !last.variable {
			last.text += p.text
			continue
		}
		out = append(out, p)
	}
	return out
}
