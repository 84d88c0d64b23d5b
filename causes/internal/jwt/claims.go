package jwt

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"
)

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
	HasExpiry bool // exp is there, a date or not

	Tenant  string   // tid: Microsoft Entra
	Home    string   // tenant, org and their like: whose user it is for
	Party   string   // azp, appid, cid or client_id: whom it was issued to
	Scopes  []string // scope, scp, permissions, roles
	Granted bool     // one of them is there, if empty
	Kind    Kind

	Length    int  // of the token, in characters
	Signature int  // of the signature, in bytes
	Encrypted bool // a JWE (RFC 7516): only its header can be read

	badDate string
}

// A Kind is what a token is for, if it says so.
type Kind uint8

// The kinds of tokens.
const (
	Unknown Kind = iota
	Access
	ID      // says to the client who signed in: OpenID Connect Core, section 2
	Refresh // is for the token endpoint alone
)

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
		var p payload
		err := json.Unmarshal(data, &p)
		if _, wrongType := err.(*json.UnmarshalTypeError); err != nil && !wrongType {
			return notJSON("claims", at, length)
		}
		c.take(&p)
	}
	return nil
}

// payload are the claims that are looked at. Those of any type are taken only
// if they have the right one: some issuers write numbers where text belongs.
type payload struct {
	Iss         any `json:"iss"`
	Aud         any `json:"aud"`
	Jti         any `json:"jti"`
	Iat         any `json:"iat"`
	Nbf         any `json:"nbf"`
	Exp         any `json:"exp"`
	Tid         any `json:"tid"`
	TenantName  any `json:"tenant"`
	TenantID    any `json:"tenant_id"`
	Org         any `json:"org"`
	OrgID       any `json:"org_id"`
	OrgName     any `json:"org_name"`
	Workspace   any `json:"workspace"`
	Account     any `json:"account"`
	Azp         any `json:"azp"`
	AppID       any `json:"appid"`
	Cid         any `json:"cid"`
	ClientID    any `json:"client_id"`
	Scope       any `json:"scope"`
	Scp         any `json:"scp"`
	Roles       any `json:"roles"`
	Permissions any `json:"permissions"`
	TokenUse    any `json:"token_use"`
	TokenType   any `json:"token_type"`
	Typ         any `json:"typ"`
	Type        any `json:"type"`
	Nonce       any `json:"nonce"`
	AtHash      any `json:"at_hash"`
}

func (c *Claims) take(p *payload) {
	c.Issuer, c.ID, c.Audience = text(p.Iss), text(p.Jti), texts(p.Aud)
	c.IssuedAt, c.NotBefore, c.Expires = c.date("iat", p.Iat), c.date("nbf", p.Nbf), c.date("exp", p.Exp)
	c.HasExpiry = p.Exp != nil
	c.Tenant = text(p.Tid)
	for _, home := range []any{p.TenantName, p.TenantID, p.Org, p.OrgName, p.OrgID, p.Workspace, p.Account} {
		if c.Home == "" {
			c.Home = text(home)
		}
	}
	for _, party := range []any{p.Azp, p.AppID, p.Cid, p.ClientID} {
		if c.Party == "" {
			c.Party = text(party)
		}
	}
	for _, granted := range []any{p.Scope, p.Scp, p.Permissions, p.Roles} {
		c.Granted = c.Granted || granted != nil
		c.Scopes = appendScopes(c.Scopes, granted)
	}
	c.Kind = c.kind(p)
}

// maxScopes bounds a list of what a token may do.
const maxScopes = 100

// appendScopes reads a list in one text (RFC 8693, section 4.2) or in an array.
func appendScopes(have []string, v any) []string {
	items, _ := v.([]any)
	if one, isText := v.(string); isText {
		items = []any{one}
	}
	for _, item := range items {
		s, _ := item.(string)
		for word := range strings.FieldsSeq(s[:min(len(s), 8<<10)]) {
			if len(have) < maxScopes && len(word) <= maxText && !slices.Contains(have, word) {
				have = append(have, strings.ToValidUTF8(word, "\uFFFD"))
			}
		}
	}
	return have
}

// kind reads what issuers write into tokens to tell them apart: token_use
// (Cognito), typ in the header (RFC 9068) or among the claims (Keycloak),
// token_type (Simple JWT), type (Flask-JWT-Extended); nonce and at_hash stand
// in ID tokens only.
func (c *Claims) kind(p *payload) Kind {
	for _, said := range []string{text(p.TokenUse), text(p.Typ), text(p.TokenType), text(p.Type), c.Type} {
		switch strings.ToLower(said) {
		case "id", "id_token", "id+jwt":
			return ID
		case "refresh", "refresh_token", "offline":
			return Refresh
		case "access", "access_token", "at+jwt", "application/at+jwt", "bearer":
			return Access
		}
	}
	if text(p.AtHash) != "" || text(p.Nonce) != "" && !c.Granted {
		return ID
	}
	return Unknown
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
func (c *Claims) date(name string, v any) time.Time {
	seconds, isNumber := v.(float64)
	if v != nil && !isNumber {
		c.badDate = name
	}
	if math.IsNaN(seconds) || seconds <= 0 || seconds > 1<<45 {
		return time.Time{}
	}
	whole, fraction := math.Modf(seconds)
	return time.Unix(int64(whole), int64(fraction*1e9)).UTC()
}

// Milliseconds reports whether a date only makes sense as milliseconds: no
// token lasts beyond the year 3000.
func Milliseconds(t time.Time) bool { return t.Unix() > 32_503_680_000 }
