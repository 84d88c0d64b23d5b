// Package jwks verifies the signatures of tokens with the keys of an issuer (RFC
// 7517), and tells in which way a signature fails: a key that is not there, a
// key for something else, the wrong algorithm, or other bytes than were signed.
//
//	set, err := jwks.Read(document)
//	if v := set.Verify(token); v.Outcome != jwks.Good {
//		fmt.Println(v.Outcome, v.Key)
//	}
//
// It fetches nothing, and leaves the mathematics to go-jose.
package jwks

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/faultline-http/faultline/causes/internal/jwt"
)

// MaxDocument bounds a key set: those of large issuers have a few dozen keys.
const MaxDocument = 1 << 20

// maxKeys bounds the keys that are tried.
const maxKeys = 100

// A Set holds the keys of an issuer. It does not change and is safe for
// concurrent use.
type Set struct{ keys []jose.JSONWebKey }

// Read reads a JWK Set or one JWK. Keys of kinds that are not known are passed
// over (RFC 7517, section 5); it is an error if none is left.
func Read(document []byte) (*Set, error) {
	if len(document) > MaxDocument {
		return nil, fmt.Errorf("the key set is larger than %d bytes", MaxDocument)
	}
	var raw struct {
		Keys []json.RawMessage `json:"keys"`
		Kty  string            `json:"kty"`
	}
	if err := json.Unmarshal(document, &raw); err != nil {
		return nil, fmt.Errorf("not a JWK Set: %w", err)
	}
	if raw.Kty != "" {
		raw.Keys = []json.RawMessage{document}
	}
	s := &Set{}
	var first error
	for _, one := range raw.Keys[:min(len(raw.Keys), maxKeys)] {
		var k jose.JSONWebKey
		err := k.UnmarshalJSON(one)
		if err == nil && shortRSA(&k) {
			err = errors.New("the key is too short")
		}
		if err != nil {
			first = errors.Join(first, err)
			continue
		}
		if !k.IsPublic() {
			if public := k.Public(); public.Key != nil {
				k = public // a private key was given: its public half is enough
			}
		}
		s.keys = append(s.keys, k)
	}
	if len(s.keys) == 0 {
		if first != nil {
			return nil, fmt.Errorf("no key of the set can be used: %w", first)
		}
		return nil, errors.New(`not a JWK Set: it has no "keys"`)
	}
	return s, nil
}

// shortRSA: keys of less than 1024 bits verify nothing that anybody trusts.
func shortRSA(k *jose.JSONWebKey) bool {
	public, isRSA := k.Key.(*rsa.PublicKey)
	return isRSA && public.N.BitLen() < 1024
}

// An Outcome is what verifying a token showed.
type Outcome string

// The outcomes.
const (
	Good       Outcome = "good"
	Unreadable Outcome = "unreadable"      // no signed token, or an algorithm that nobody knows
	UnknownKey Outcome = "unknown key"     // kid names none of the keys
	OtherKey   Outcome = "other key"       // kid names one key, and another one signed
	WrongKind  Outcome = "wrong kind"      // the algorithm needs a key of another kind: HS256 with an RSA key
	WrongAlg   Outcome = "wrong algorithm" // the key is for another algorithm of its kind
	WrongUse   Outcome = "wrong use"       // the key is for encryption
	Mismatch   Outcome = "mismatch"        // the right key, and the signature does not fit the bytes
	NoFit      Outcome = "no fit"          // no kid, and none of the keys signed this
)

// A Verdict is an outcome and the keys that it is about.
type Verdict struct {
	Outcome   Outcome
	Algorithm string   // of the token
	KeyID     string   // of the token
	Key       string   // the key that was tried or that signed: "RSA key 2026-09"
	Known     []string // the ids of the keys at hand
}

// Verify says whether a key of the set signed the token, and if not, why not.
func (s *Set) Verify(token string) Verdict {
	claims, wrong := jwt.Decode(token)
	v := Verdict{Outcome: Unreadable, Algorithm: claims.Algorithm, KeyID: claims.KeyID}
	for i := range s.keys {
		v.Known = append(v.Known, s.keys[i].KeyID)
	}
	kind := kindOf(claims.Algorithm)
	if wrong != nil || claims.Encrypted || kind == "" {
		return v
	}
	named, signed := s.find(claims.KeyID), s.signer(token, claims.Algorithm)
	switch {
	case signed != nil && (claims.KeyID == "" || signed.KeyID == "" || signed.KeyID == claims.KeyID):
		v.Outcome, v.Key = Good, describe(signed)
		if signed.Use == "enc" {
			v.Outcome = WrongUse
		} else if signed.Algorithm != "" && signed.Algorithm != claims.Algorithm {
			v.Outcome = WrongAlg
		}
	case signed != nil:
		v.Outcome, v.Key = OtherKey, describe(signed)
	case named == nil && claims.KeyID == "":
		v.Outcome = NoFit
		if len(s.keys) == 1 {
			return v.judge(&s.keys[0], kind)
		}
	case named == nil:
		v.Outcome = UnknownKey
	default:
		return v.judge(named, kind)
	}
	return v
}

// judge says why the one key that should have signed the token did not.
func (v Verdict) judge(key *jose.JSONWebKey, kind string) Verdict {
	v.Outcome, v.Key = Mismatch, describe(key)
	switch {
	case kindOfKey(key) != kind:
		v.Outcome = WrongKind
	case key.Use == "enc":
		v.Outcome = WrongUse
	case key.Algorithm != "" && key.Algorithm != v.Algorithm:
		v.Outcome = WrongAlg
	}
	return v
}

func (s *Set) find(id string) *jose.JSONWebKey {
	for i := range s.keys {
		if id != "" && s.keys[i].KeyID == id {
			return &s.keys[i]
		}
	}
	return nil
}

// signer is the key that verifies the token.
func (s *Set) signer(token, algorithm string) *jose.JSONWebKey {
	parsed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.SignatureAlgorithm(algorithm)})
	if err != nil {
		return nil
	}
	for i := range s.keys {
		if kindOfKey(&s.keys[i]) != kindOf(algorithm) {
			continue
		}
		if _, err := parsed.Verify(s.keys[i].Key); err == nil {
			return &s.keys[i]
		}
	}
	return nil
}

// kindOf is the kind of key that an algorithm needs (RFC 7518, section 3.1, and
// RFC 8037), empty for one that nobody signs with.
func kindOf(algorithm string) string {
	switch {
	case algorithm == "EdDSA":
		return "OKP"
	case strings.HasPrefix(algorithm, "HS"):
		return "oct"
	case strings.HasPrefix(algorithm, "RS"), strings.HasPrefix(algorithm, "PS"):
		return "RSA"
	case strings.HasPrefix(algorithm, "ES"):
		return "EC"
	}
	return ""
}

func kindOfKey(k *jose.JSONWebKey) string {
	switch k.Key.(type) {
	case *rsa.PublicKey:
		return "RSA"
	case *ecdsa.PublicKey:
		return "EC"
	case ed25519.PublicKey:
		return "OKP"
	case []byte:
		return "oct"
	}
	return ""
}

func describe(k *jose.JSONWebKey) string {
	out := kindOfKey(k) + " key"
	if k.KeyID != "" {
		out += " " + k.KeyID
	}
	if k.Algorithm != "" {
		out += " for " + k.Algorithm
	}
	if k.Use == "enc" {
		out += " for encryption"
	}
	return out
}
