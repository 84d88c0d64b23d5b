// Package jwt reads JSON Web Tokens (RFC 7519) without verifying them: it says
// what a token claims, or what exactly keeps it from being a token. It trusts
// nothing that it reads; whether the signature is good is for the server to
// say.
package jwt

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"strings"
	"time"
)

// maxToken bounds what is decoded. Servers refuse header fields of more than 8
// to 64 KiB, so a longer token never arrives.
const maxToken = 64 << 10

// Claims are the registered parts of a token: what may be shown of it.
type Claims struct {
	Algorithm string // header: alg
	KeyID     string // header: kid
	Type      string // header: typ

	Issuer    string
	Audience  []string
	ID        string
	IssuedAt  time.Time // zero if absent
	NotBefore time.Time
	Expires   time.Time
	Length    int  // of the token, in characters
	Signature int  // of the signature, in bytes
	Encrypted bool // a JWE (RFC 7516): only its header can be read
}

// A Mistake is a way in which text fails to be a token.
type Mistake string

// The mistakes, by what a sender did.
const (
	Quoted    Mistake = "quotes"       // "…" or '…' around the token
	Twice     Mistake = "scheme twice" // "Bearer " inside the token
	Broken    Mistake = "line break"   // a line break or other white space inside, also percent-encoded
	Bracketed Mistake = "placeholder"  // <token>, {{token}}, ${TOKEN}: never filled in
	Literal   Mistake = "no value"     // undefined, null, [object Object]
	Opaque    Mistake = "opaque"       // no dots at all: some other kind of token
	Segments  Mistake = "segments"     // not three parts
	Alphabet  Mistake = "alphabet"     // a character that is not base64url
	Padding   Mistake = "padding"      // "=" where none may stand
	Coding    Mistake = "base64"       // a length that no base64url text has
	NotJSON   Mistake = "not JSON"     // header or claims do not parse
	Unsigned  Mistake = "unsigned"     // alg none, or an empty signature
	TooLong   Mistake = "too long"
)

// An Error says what keeps text from being a token. Start and End mark the
// bytes of the text that it is about.
type Error struct {
	Mistake    Mistake
	Message    string // never quotes the token
	Start, End int
	Part       string // "header", "claims", "signature", if it is about one
	Cut        bool   // the text looks like the beginning of a token
	Mended     string // the token without the mistake, if that is certain
}

func (e *Error) Error() string { return e.Message }

// Looks reports whether text looks like a token that was meant to be a JWT: it
// begins as the encoding of `{"` does, or its second part of three does.
func Looks(text string) bool {
	text = strings.TrimLeft(text, " \t\"'")
	if _, claims, ok := strings.Cut(text, "."); ok && strings.HasPrefix(claims, "eyJ") && strings.Count(claims, ".") == 1 {
		return true // its beginning was cut off
	}
	return strings.HasPrefix(text, "eyJ") || strings.HasPrefix(text, "ewo") || strings.HasPrefix(text, "eyA")
}

// Decode reads a token. If only its signature is wrong or absent, the claims
// are returned with the error.
func Decode(text string) (Claims, *Error) {
	if len(text) > maxToken {
		return Claims{}, &Error{Mistake: TooLong, Message: "the token is longer than any server accepts", End: len(text)}
	}
	if err := wrapping(text); err != nil {
		return Claims{}, err
	}
	parts := strings.Split(text, ".")
	if err := counted(text, parts); err != nil {
		return Claims{}, err
	}
	claims := Claims{Length: len(text), Encrypted: len(parts) == 5}
	at := 0
	for i, part := range parts {
		data, err := segment(part, at, partNames[min(i, 2)])
		if err != nil && i == 2 && !claims.Encrypted {
			return claims, err
		}
		if err != nil {
			return Claims{}, err
		}
		if i == 2 && !claims.Encrypted {
			claims.Signature = len(data)
		}
		if err := claims.read(i, data, at, len(part)); err != nil {
			return Claims{}, err
		}
		at += len(part) + 1
	}
	if strings.EqualFold(claims.Algorithm, "none") {
		return claims, &Error{Mistake: Unsigned, Message: "the token is not signed: its algorithm is `none`", End: len(parts[0]), Part: "header"}
	}
	if len(parts) == 3 && parts[2] == "" {
		return claims, &Error{Mistake: Unsigned, Message: "the token has no signature: its third part is empty", Start: len(text) - 1, End: len(text), Part: "signature"}
	}
	return claims, nil
}

// signatures are the lengths that algorithms give their signatures, in bytes
// (RFC 7518, sections 3.2 to 3.4; RFC 8037). An RSA signature is as long as
// its key, 2048 bits being the shortest allowed.
var signatures = map[string]struct {
	length int
	longer bool
}{
	"HS256": {32, false}, "HS384": {48, false}, "HS512": {64, false},
	"ES256": {64, false}, "ES384": {96, false}, "ES512": {132, false}, "EdDSA": {64, false},
	"RS256": {256, true}, "RS384": {256, true}, "RS512": {256, true}, "PS256": {256, true}, "PS384": {256, true}, "PS512": {256, true},
}

// SignatureCut reports whether the signature is shorter than its algorithm
// makes it: the end of the token is missing.
func (c *Claims) SignatureCut() (want int, cut bool) {
	s, known := signatures[c.Algorithm]
	return s.length, known && c.Signature > 0 && c.Signature < s.length
}

var partNames = [...]string{"header", "claims", "signature"}

// wrapping finds what stands around or between the characters of a token.
func wrapping(text string) *Error {
	if n := len(text); n >= 2 && (text[0] == '"' || text[0] == '\'' || text[0] == '`') {
		e := &Error{Mistake: Quoted, Message: "the token stands in quotes", End: 1, Mended: strings.Trim(text, "\"'` ")}
		if text[n-1] != text[0] {
			e.Message = "the token begins with a quote"
		}
		return e
	}
	if i := strings.IndexAny(text, "\"'`"); i >= 0 {
		return &Error{Mistake: Quoted, Message: "a quote stands in the token", Start: i, End: i + 1, Mended: strings.Trim(text, "\"'`")}
	}
	low := lower(text)
	for _, scheme := range []string{"bearer ", "jwt ", "token "} {
		if strings.HasPrefix(low, scheme) {
			return &Error{Mistake: Twice, Message: "the scheme stands twice before the token", End: len(scheme) - 1, Mended: strings.TrimSpace(text[len(scheme):])}
		}
	}
	for _, end := range []string{"%0a", "%0d", "%20", `\n`, `\r`} {
		if i := strings.Index(low, end); i >= 0 {
			e := &Error{Mistake: Broken, Message: "an escaped line break or space stands in the token", Start: i, End: i + len(end)}
			if i+len(end) == len(text) {
				e.Message, e.Mended = "an escaped line break or space stands at the end of the token", text[:i]
			}
			return e
		}
	}
	for i := range len(text) {
		if text[i] <= ' ' || text[i] == 0x7f {
			return &Error{Mistake: Broken, Message: "white space stands inside the token", Start: i, End: i + 1}
		}
	}
	return unfilled(text, low)
}

// unfilled finds what programs send when they had no token to send.
func unfilled(text, low string) *Error {
	switch low {
	case "undefined", "null", "none", "nil", "nan", "[object", "[object object]", "false", "true":
		return &Error{Mistake: Literal, Message: "the word `" + low + "` was sent in place of a token", End: len(text)}
	}
	open := strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">") || strings.HasPrefix(text, "{") && strings.HasSuffix(text, "}") ||
		strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") || strings.HasPrefix(text, "$")
	switch {
	case open && len(text) <= 80, low == "your_token", low == "your-token", low == "access_token", low == "token", strings.HasPrefix(low, "your_") && len(low) < 40:
		return &Error{Mistake: Bracketed, Message: "a placeholder was sent in place of a token", End: len(text)}
	}
	return nil
}

func counted(text string, parts []string) *Error {
	switch n := len(parts); {
	case n == 1:
		return &Error{Mistake: Opaque, Message: "the token has no dots: it is not a JWT", End: len(text), Cut: Looks(text)}
	case n == 3, n == 5:
		return nil
	case n == 2:
		e := &Error{Mistake: Segments, Message: "the token has 2 parts, a JWT has 3", Start: len(text), End: len(text), Part: "signature", Cut: true}
		if algorithm(parts[0]) == "none" {
			e.Mistake, e.Message = Unsigned, "the token is not signed: its algorithm is `none` and the signature is missing"
			e.Start, e.End, e.Part, e.Cut = 0, len(parts[0]), "header", false
		}
		return e
	default:
		third := len(parts[0]) + len(parts[1]) + len(parts[2]) + 2
		if n == 4 {
			return &Error{Mistake: Segments, Message: "the token has 4 parts, a JWT has 3", Start: third, End: len(text)}
		}
		return &Error{Mistake: Segments, Message: "the token has more than 5 parts, a JWT has 3", Start: third, End: len(text)}
	}
}

func algorithm(header string) string {
	data, err := base64.RawURLEncoding.DecodeString(header)
	if err != nil {
		return ""
	}
	var h struct {
		Alg string `json:"alg"`
	}
	if json.Unmarshal(data, &h) != nil {
		return ""
	}
	return strings.ToLower(h.Alg)
}

// segment decodes one part. RFC 7515, section 2: base64url without padding.
func segment(part string, at int, name string) ([]byte, *Error) {
	for i := range len(part) {
		c := part[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' {
			continue
		}
		e := &Error{Mistake: Alphabet, Part: name, Start: at + i, End: at + i + 1, Message: "the " + name + " of the token holds a character that base64url does not have"}
		switch c {
		case '+', '/':
			e.Message = "the " + name + " of the token is written in standard base64 (`+` and `/`), not in base64url (`-` and `_`)"
		case '=':
			e.Mistake, e.End = Padding, at+len(part)
			e.Message = "the " + name + " of the token ends with padding (`=`), which a JWT never has"
		}
		return nil, e
	}
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		// Every length but 4n+1 is possible: this text was cut, or lost a character.
		return nil, &Error{Mistake: Coding, Part: name, Start: at, End: at + len(part), Cut: true, Message: "the " + name + " of the token has a length that no base64url text has: characters are missing"}
	}
	return data, nil
}

// read takes the parts that are JSON: header and, unless encrypted, claims.
func (c *Claims) read(index int, data []byte, at, length int) *Error {
	switch {
	case index == 0:
		var h struct {
			Alg any `json:"alg"`
			Kid any `json:"kid"`
			Typ any `json:"typ"`
		}
		if json.Unmarshal(data, &h) != nil {
			return notJSON("header", at, length)
		}
		c.Algorithm, c.KeyID, c.Type = text(h.Alg), text(h.Kid), text(h.Typ)
	case index == 1 && !c.Encrypted:
		var p struct {
			Iss any      `json:"iss"`
			Aud any      `json:"aud"`
			Jti any      `json:"jti"`
			Iat *float64 `json:"iat"`
			Nbf *float64 `json:"nbf"`
			Exp *float64 `json:"exp"`
		}
		err := json.Unmarshal(data, &p)
		if _, wrongType := err.(*json.UnmarshalTypeError); err != nil && !wrongType {
			return notJSON("claims", at, length)
		}
		c.Issuer, c.ID, c.Audience = text(p.Iss), text(p.Jti), texts(p.Aud)
		c.IssuedAt, c.NotBefore, c.Expires = date(p.Iat), date(p.Nbf), date(p.Exp)
	}
	return nil
}

func notJSON(name string, at, length int) *Error {
	return &Error{Mistake: NotJSON, Part: name, Start: at, End: at + length, Cut: true, Message: "the " + name + " of the token are not JSON: it was cut or changed"}
}

// lower keeps offsets: strings.ToLower makes invalid bytes longer.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// maxText bounds a claim that is shown.
const maxText = 200

func text(v any) string {
	s, _ := v.(string)
	if len(s) > maxText {
		s = s[:maxText]
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// maxAudiences bounds a list that is shown.
const maxAudiences = 8

func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{text(v)}
	case []any:
		var out []string
		for _, item := range v {
			if s := text(item); s != "" && len(out) < maxAudiences {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// date reads a NumericDate (RFC 7519, section 2): seconds, with fractions
// allowed. Milliseconds, a common mistake, give a year that shows it.
func date(seconds *float64) time.Time {
	if seconds == nil || math.IsNaN(*seconds) || *seconds <= 0 || *seconds > 1<<45 {
		return time.Time{}
	}
	whole, fraction := math.Modf(*seconds)
	return time.Unix(int64(whole), int64(fraction*1e9)).UTC()
}
