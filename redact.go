package faultline

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// A Redactor takes secrets out of exchanges and diagnoses before anybody keeps
// or shows them. The zero value knows the common places: credentials in header
// fields, cookies, the user information and query of addresses, members of
// JSON bodies, fields of forms, and JSON Web Tokens wherever they stand.
//
// In header fields a secret becomes "••• JWT exp 14:25Z #1f3c"; names, schemes
// and attributes stay. In addresses and bodies every mask is as long as what it
// covers, so that spans still point at their bytes.
type Redactor struct {
	Key   []byte   // of the keyed hash by which equal secrets can be told apart; empty: no hash is shown
	Names []string // further names of fields, parameters and members that hold secrets
}

// Redact masks the secrets of the exchange, and of its diagnosis if d is not
// nil, in place and returns how many values it masked. The bodies' bytes are
// overwritten. Redacting twice changes nothing.
func (r *Redactor) Redact(ex *Exchange, d *Diagnosis) int {
	m := &masker{key: r.Key}
	if len(r.Names) > 0 {
		m.names = make(map[string]bool, len(r.Names))
	}
	for _, name := range r.Names {
		m.names[strings.ToLower(name)] = true
	}
	m.request(&ex.Request)
	m.response(ex.Response)
	for i := range ex.Hops {
		m.request(&ex.Hops[i].Request)
		m.response(ex.Hops[i].Response)
		m.failure(ex.Hops[i].Failure)
	}
	m.failure(ex.Failure)
	ex.Malformed = nil
	for name, value := range ex.Labels {
		if masked := m.tokens(m.address(value)); masked != value {
			ex.Labels[name] = masked
		}
	}
	masked := m.count
	m.diagnosis(d)
	return masked
}

// masker is one run of a Redactor. It remembers what it masked, so that the
// same text is found again in the words of a diagnosis.
type masker struct {
	key   []byte
	names map[string]bool
	seen  []string
	count int
}

func (m *masker) request(r *Request) {
	r.Target = m.target(r.Target)
	r.Header = m.fields(r.Header)
	r.Trailer = m.fields(r.Trailer)
	m.body(&r.Body, r.Header.Value("Content-Type"))
}

func (m *masker) response(r *Response) {
	if r == nil {
		return
	}
	r.Header = m.fields(r.Header)
	r.Trailer = m.fields(r.Trailer)
	m.body(&r.Body, r.Header.Value("Content-Type"))
	m.echoed(&r.Body)
}

func (m *masker) failure(f *Failure) {
	if f != nil {
		f.Text = m.tokens(m.address(f.Text))
	}
}

// fields returns the fields with their secrets masked; the ones given stay,
// since they may be shared.
func (m *masker) fields(h Header) Header {
	out := h
	for i, f := range h {
		masked := m.field(f.Name, f.Value)
		if masked == f.Value {
			continue
		}
		if &out[0] == &h[0] {
			out = slices.Clone(h)
		}
		out[i].Value = masked
	}
	return out
}

func (m *masker) field(name, value string) string {
	if value == "" {
		return value
	}
	var room [usualName]byte
	low := lower(room[:0], name)
	switch string(low) {
	case "authorization", "proxy-authorization":
		return m.credential(value)
	case "cookie":
		return m.cookies(value)
	case "set-cookie":
		first, attributes, more := strings.Cut(value, ";")
		first = m.cookie(first)
		if more {
			first += ";" + attributes
		}
		return first
	case "location", "referer", "content-location", "link":
		return m.tokens(m.address(value))
	}
	if m.secretLow(low) {
		return m.mask(value)
	}
	return m.tokens(value)
}

// credential keeps the scheme, which is public and often the mistake.
func (m *masker) credential(value string) string {
	scheme, rest, ok := strings.Cut(value, " ")
	if !ok || rest == "" || len(scheme) > maxScheme {
		return m.mask(value)
	}
	m.inside(scheme, rest)
	return scheme + " " + m.mask(rest)
}

// maxScheme tells a scheme from a key with a space behind it; the longest
// registered one is "SCRAM-SHA-256".
const maxScheme = 20

func (m *masker) cookies(value string) string {
	parts := strings.Split(value, ";")
	for i, part := range parts {
		parts[i] = m.cookie(part)
	}
	return strings.Join(parts, ";")
}

// cookie masks every value: which cookie is a session is the server's secret too.
func (m *masker) cookie(pair string) string {
	name, value, ok := strings.Cut(pair, "=")
	if !ok {
		if strings.TrimSpace(pair) == "" {
			return pair
		}
		return m.mask(pair)
	}
	if value == "" {
		return pair
	}
	return name + "=" + m.mask(value)
}

// dots begin every mask of a header field.
const dots = "•••"

// mask is what is shown in place of a secret where its length does not matter.
func (m *masker) mask(secret string) string {
	if strings.HasPrefix(secret, dots) {
		return secret
	}
	m.note(secret)
	out := dots
	if exp, ok := jwtExpiry(secret); ok {
		out += " JWT"
		if !exp.IsZero() {
			out += " exp " + exp.UTC().Format("15:04Z")
		}
	}
	if hash := m.hash(secret); hash != "" {
		out += " #" + hash
	}
	return out
}

// cover masks a secret with as many bytes as it has.
func (m *masker) cover(secret string) string {
	if strings.Trim(secret, "*") == "" || strings.HasPrefix(secret, "****") {
		return secret
	}
	m.note(secret)
	if hash := m.hash(secret); hash != "" && len(secret) >= 12 {
		return "****" + hash + strings.Repeat("*", len(secret)-8)
	}
	return strings.Repeat("*", len(secret))
}

func (m *masker) note(secret string) {
	m.count++
	// Shorter ones would be found by chance in the words of a diagnosis.
	if len(secret) >= 4 && !Unfilled(secret) {
		m.seen = append(m.seen, secret)
	}
}

// hash tells equal secrets apart without showing them: 16 bits of a keyed hash
// give nothing to guess against.
func (m *masker) hash(secret string) string {
	if len(m.key) == 0 {
		return ""
	}
	mac := hmac.New(sha256.New, m.key)
	mac.Write([]byte(secret))
	return hex.EncodeToString(mac.Sum(nil)[:2])
}

// jwtExpiry reports whether the text is a JSON Web Token, and its exp claim.
func jwtExpiry(s string) (exp time.Time, ok bool) {
	parts := strings.Split(s, ".")
	if len(parts) != 3 || !strings.HasPrefix(s, "eyJ") {
		return time.Time{}, false
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return time.Time{}, true
	}
	var claims struct {
		Exp float64 `json:"exp"`
	}
	if json.Unmarshal(payload, &claims) != nil || claims.Exp <= 0 || claims.Exp > 1<<40 {
		return time.Time{}, true
	}
	return time.Unix(int64(claims.Exp), 0), true
}

// address masks the password and the secret parameters of an address or a
// request target.
func (m *masker) address(s string) string {
	s = m.userinfo(s)
	if before, fragment, ok := strings.Cut(s, "#"); ok && strings.Contains(fragment, "=") {
		fragment, rest := cutAny(fragment, " \"'>")
		s = before + "#" + m.pairs(fragment) + rest // the implicit flow: RFC 6749, section 4.2.2
	}
	before, query, ok := strings.Cut(s, "?")
	if !ok {
		return s
	}
	query, rest := cutAny(query, "# \"'>")
	return before + "?" + m.pairs(query) + rest
}

// target is address for a text that is nothing else: what would end an address
// in a sentence is a mistake inside of this one.
func (m *masker) target(s string) string {
	s = m.address(s)
	i := strings.IndexByte(s, '?') + 1
	if i == 0 || !strings.ContainsAny(s[i:], " \"'>") {
		return s
	}
	query, fragment := cutAny(s[i:], "#")
	return s[:i] + m.pairs(query) + fragment
}

func (m *masker) userinfo(s string) string {
	scheme := strings.Index(s, "://")
	if scheme < 0 {
		return s
	}
	start := scheme + 3
	authority, _ := cutAny(s[start:], "/?# \"'>")
	at := strings.LastIndexByte(authority, '@')
	colon := strings.IndexByte(authority, ':')
	if at < 0 || colon < 0 || colon > at || colon+1 == at {
		return s
	}
	return s[:start+colon+1] + m.cover(authority[colon+1:at]) + s[start+at:]
}

// longCode is the length from which on a code is taken for one of OAuth.
const longCode = 16

// pairs masks the secrets of a query or a form (name=value&name=value).
func (m *masker) pairs(s string) string {
	parts := strings.Split(s, "&")
	// "code" is a secret in OAuth alone; elsewhere it is a currency or a coupon,
	// which is short.
	oauth := strings.Contains(s, "state=") || strings.Contains(s, "grant_type=")
	for i, part := range parts {
		name, value, ok := strings.Cut(part, "=")
		if !ok || value == "" {
			continue
		}
		if low := strings.ToLower(name); m.secret(name) || low == "key" || low == "code" && (oauth || len(value) >= longCode) {
			parts[i] = name + "=" + m.cover(value)
		} else {
			parts[i] = name + "=" + m.tokens(value)
		}
	}
	return strings.Join(parts, "&")
}

// tokens masks JSON Web Tokens that stand somewhere in a text: the header of
// one may be seen, claims and signature not.
func (m *masker) tokens(s string) string {
	for from := 0; ; {
		start, end := findJWT(s, from)
		if start < 0 {
			return s
		}
		dot := start + strings.IndexByte(s[start:end], '.') + 1
		s = s[:dot] + m.cover(s[dot:end]) + s[end:]
		from = end
	}
}

// findJWT finds the next "eyJ….….…" from an index on.
func findJWT(s string, from int) (start, end int) {
	for {
		i := strings.Index(s[from:], "eyJ")
		if i < 0 {
			return -1, -1
		}
		start = from + i
		end = start
		for end < len(s) && (isBase64URL(s[end]) || s[end] == '.') {
			end++
		}
		for s[end-1] == '.' {
			end-- // of the sentence
		}
		if strings.Count(s[start:end], ".") == 2 && end-start > 20 {
			return start, end
		}
		from = max(end, start+3)
	}
}

func isBase64URL(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

// cutAny cuts s before the first of the bytes.
func cutAny(s, bytes string) (before, after string) {
	if i := strings.IndexAny(s, bytes); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}
