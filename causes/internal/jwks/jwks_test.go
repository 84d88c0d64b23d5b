package jwks

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

var encode = base64.RawURLEncoding.EncodeToString

func key(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func publicJWK(k ed25519.PrivateKey, id string) string {
	return fmt.Sprintf(`{"kty":"OKP","crv":"Ed25519","kid":%q,"x":%q}`, id, encode(k.Public().(ed25519.PublicKey)))
}

func signed(k ed25519.PrivateKey, header string) string {
	input := encode([]byte(header)) + "." + encode([]byte(`{"sub":"x"}`))
	return input + "." + encode(ed25519.Sign(k, []byte(input)))
}

func TestVerify(t *testing.T) {
	t.Parallel()
	set, err := Read([]byte(`{"keys":[` + publicJWK(key(1), "one") + `,` + publicJWK(key(2), "two") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	one, err := Read([]byte(publicJWK(key(1), "")))
	if err != nil {
		t.Fatal(err)
	}
	good := signed(key(1), `{"alg":"EdDSA","kid":"one"}`)
	for _, tt := range []struct {
		name, token string
		set         *Set
		want        Outcome
	}{
		{"good", good, set, Good},
		{"good without kid", signed(key(2), `{"alg":"EdDSA"}`), set, Good},
		{"one key without id", good, one, Good},
		{"changed", good[:len(good)-4] + "AAAA", set, Mismatch},
		{"the other key", signed(key(2), `{"alg":"EdDSA","kid":"one"}`), set, OtherKey},
		{"unknown key", signed(key(3), `{"alg":"EdDSA","kid":"three"}`), set, UnknownKey},
		{"no kid, many keys", signed(key(3), `{"alg":"EdDSA"}`), set, NoFit},
		{"no kid, one key", signed(key(3), `{"alg":"EdDSA"}`), one, Mismatch},
		{"kind", signed(key(1), `{"alg":"RS256","kid":"one"}`), set, WrongKind},
		{"not signed", encode([]byte(`{"alg":"none"}`)) + "." + encode([]byte(`{}`)) + ".", set, Unreadable},
		{"unknown algorithm", signed(key(1), `{"alg":"XX1","kid":"one"}`), set, Unreadable},
		{"opaque", "abc", set, Unreadable},
	} {
		if got := tt.set.Verify(tt.token); got.Outcome != tt.want {
			t.Errorf("%s: %s (%s), want %s", tt.name, got.Outcome, got.Key, tt.want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]string{
		"":                     "not a JWK Set",
		"[]":                   "not a JWK Set",
		`{"issuer":"x"}`:       `no "keys"`,
		`{"keys":[]}`:          `no "keys"`,
		`{"keys":[{"kty":1}]}`: "no key of the set can be used",
		`{"keys":[{"kty":"RSA","n":"AA","e":"AQAB"}]}`: "no key of the set can be used",
		strings.Repeat(" ", MaxDocument+1):             "larger than",
	} {
		if _, err := Read([]byte(document)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Read(%.40q) = %v, want %q", document, err, want)
		}
	}
}

func FuzzVerify(f *testing.F) {
	set, err := Read([]byte(`{"keys":[` + publicJWK(key(1), "one") + `]}`))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(signed(key(1), `{"alg":"EdDSA","kid":"one"}`))
	f.Add("a.b.c")
	f.Fuzz(func(t *testing.T, token string) {
		if v := set.Verify(token); v.Outcome == Good && strings.Count(token, ".") != 2 {
			t.Errorf("%q is good", token)
		}
	})
}
