package demo

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// issuer makes and checks the access tokens of the demo: JWTs signed with
// HS256 (RFC 7519). Its key is good for nothing outside this process.
type issuer struct{ key []byte }

const (
	tokenIssuer   = "https://id.example.com"
	tokenAudience = "orders-api"
)

var (
	errToken   = errors.New("not a token of ours")
	errExpired = errors.New("the token expired")
)

// claims are the registered claims that the demo uses.
type claims struct {
	Issuer    string `json:"iss"`
	Audience  string `json:"aud"`
	Subject   string `json:"sub"`
	IssuedAt  int64  `json:"iat"`
	NotBefore int64  `json:"nbf,omitempty"`
	Expires   int64  `json:"exp"`
}

// token returns a token that was issued at one time and expires at another.
func (i issuer) token(issued, expires time.Time) string {
	body, err := json.Marshal(claims{
		Issuer: tokenIssuer, Audience: tokenAudience, Subject: "user-17",
		IssuedAt: issued.Unix(), NotBefore: issued.Unix(), Expires: expires.Unix(),
	})
	if err != nil {
		panic(err) // a struct of strings and numbers
	}
	encode := base64.RawURLEncoding.EncodeToString
	signed := encode([]byte(`{"alg":"HS256","typ":"JWT","kid":"2026-09"}`)) + "." + encode(body)
	return signed + "." + encode(i.sign(signed))
}

func (i issuer) sign(signed string) []byte {
	mac := hmac.New(sha256.New, i.key)
	mac.Write([]byte(signed))
	return mac.Sum(nil)
}

func (i issuer) verify(token string, now time.Time) error {
	dot := strings.LastIndexByte(token, '.')
	if dot < 0 {
		return errToken
	}
	signature, err := base64.RawURLEncoding.DecodeString(token[dot+1:])
	if err != nil || !hmac.Equal(signature, i.sign(token[:dot])) {
		return errToken
	}
	_, payload, _ := strings.Cut(token[:dot], ".")
	body, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return errToken
	}
	var c claims
	if json.Unmarshal(body, &c) != nil || c.Audience != tokenAudience || now.Unix() < c.NotBefore {
		return errToken
	}
	if now.Unix() >= c.Expires {
		return errExpired
	}
	return nil
}
