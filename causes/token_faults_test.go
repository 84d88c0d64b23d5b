package causes_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/diagnose"
)

// The time of every call in this table, on both clocks.
var callTime = time.Date(2026, 11, 20, 14, 31, 2, 0, time.UTC)

// keyring makes real tokens: the keys are those of an issuer and of others.
type keyring struct {
	t             *testing.T
	rsa, otherRSA *rsa.PrivateKey
	ec, otherEC   *ecdsa.PrivateKey
	ed, otherEd   ed25519.PrivateKey
	secret        []byte
}

func newKeyring(t *testing.T) *keyring {
	t.Helper()
	k := &keyring{t: t, secret: []byte("a-shared-secret-of-32-characters")}
	var err [6]error
	k.rsa, err[0] = rsa.GenerateKey(rand.Reader, 2048)
	k.otherRSA, err[1] = rsa.GenerateKey(rand.Reader, 2048)
	k.ec, err[2] = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	k.otherEC, err[3] = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	_, k.ed, err[4] = ed25519.GenerateKey(rand.Reader)
	_, k.otherEd, err[5] = ed25519.GenerateKey(rand.Reader)
	for _, e := range err {
		if e != nil {
			t.Fatal(e)
		}
	}
	return k
}

// set is the JWK Set that the issuer publishes.
func (k *keyring) set() []byte {
	out, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: &k.rsa.PublicKey, KeyID: "rsa-1", Algorithm: "RS256", Use: "sig"},
		{Key: &k.ec.PublicKey, KeyID: "ec-1", Algorithm: "ES256", Use: "sig"},
		{Key: k.ed.Public(), KeyID: "ed-1", Use: "sig"},
		{Key: &k.otherRSA.PublicKey, KeyID: "enc-1", Use: "enc"},
	}})
	if err != nil {
		k.t.Fatal(err)
	}
	return out
}

func (k *keyring) keys(jwkSet []byte) *causes.Keys {
	keys, err := causes.ReadKeys(jwkSet, causes.Issuer{Name: "https://id.example.com/"})
	if err != nil {
		k.t.Fatal(err)
	}
	return keys
}

type claims map[string]any

// good are claims that nothing is wrong with, and changes to them; nil takes one out.
func good(changes claims) claims {
	out := claims{"iss": "https://id.example.com/", "aud": "orders-api", "sub": "cus_42", "iat": callTime.Unix() - 60, "exp": callTime.Unix() + 3600}
	for name, v := range changes {
		out[name] = v
		if v == nil {
			delete(out, name)
		}
	}
	return out
}

func encode(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// sign makes a token; the key decides how the bytes are signed, alg what the token says.
func (k *keyring) sign(key any, alg, kid string, c claims) string {
	header := map[string]string{"alg": alg, "typ": "JWT"}
	if kid != "" {
		header["kid"] = kid
	}
	input := encode(header) + "." + encode(c)
	return input + "." + base64.RawURLEncoding.EncodeToString(k.signature(key, alg, input))
}

func (k *keyring) signature(key any, alg, input string) []byte {
	sum := sha256.Sum256([]byte(input))
	switch key := key.(type) {
	case *rsa.PrivateKey:
		digest, hash := sum[:], crypto.SHA256
		if alg == "RS512" {
			long := sha512.Sum512([]byte(input))
			digest, hash = long[:], crypto.SHA512
		}
		out, err := rsa.SignPKCS1v15(rand.Reader, key, hash, digest)
		if err != nil {
			k.t.Fatal(err)
		}
		return out
	case *ecdsa.PrivateKey:
		r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
		if err != nil {
			k.t.Fatal(err)
		}
		return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
	case ed25519.PrivateKey:
		return ed25519.Sign(key, []byte(input))
	case []byte:
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(input))
		return mac.Sum(nil)
	}
	k.t.Fatalf("no way to sign with %T", key)
	return nil
}

// A tokenFault is one way in which a call with a token fails.
type tokenFault struct {
	name          string
	authorization string
	status        int           // 401 if 0
	challenge     string        // WWW-Authenticate
	words         string        // the body
	keys          []byte        // given to the engine
	skew          time.Duration // of the client's clock, slow
	cause         faultline.Slug
	message       string // that no other fault has
}

// faults are told apart by their cause and by what the finding says.
func (k *keyring) faults() []tokenFault {
	set := k.set()
	ok := k.sign(k.rsa, "RS256", "rsa-1", good(nil))
	with := func(c claims) string { return "Bearer " + k.sign(k.rsa, "RS256", "rsa-1", good(c)) }
	part := strings.Split(ok, ".")
	tampered := part[0] + "." + encode(good(claims{"sub": "cus_1"})) + "." + part[2]
	oct, err := json.Marshal(jose.JSONWebKey{Key: k.secret, KeyID: "shared", Algorithm: "HS256"})
	if err != nil {
		k.t.Fatal(err)
	}
	const malformed, scheme = "auth.token-malformed", "auth.scheme"
	const audience, issuer, signature = "auth.token-audience", "auth.token-issuer", "auth.token-signature"
	tenant := func(id, rest string) string { return "https://" + rest + "/" + id }
	return []tokenFault{
		{name: "quotes around", authorization: `Bearer "` + ok + `"`, cause: malformed, message: "the token stands in quotes"},
		{name: "one quote", authorization: `Bearer "` + ok, cause: malformed, message: "the token begins with a quote"},
		{name: "quote inside", authorization: `Bearer ` + ok[:30] + `"` + ok[30:], cause: malformed, message: "a quote stands in the token"},
		{name: "undefined", authorization: "Bearer undefined", cause: malformed, message: "the word `undefined` was sent"},
		{name: "null", authorization: "Bearer null", cause: malformed, message: "the word `null` was sent"},
		{name: "object", authorization: "Bearer [object Object]", cause: malformed, message: "the word `[object object]` was sent"},
		{name: "placeholder", authorization: "Bearer ${TOKEN}", cause: malformed, message: "a placeholder was sent"},
		{name: "escaped line break", authorization: "Bearer " + ok + "%0A", cause: malformed, message: "an escaped line break or space stands at the end"},
		{name: "white space inside", authorization: "Bearer " + ok[:60] + " " + ok[60:], cause: malformed, message: "white space stands inside the token"},
		{name: "two parts", authorization: "Bearer " + part[0] + "." + part[1], cause: malformed, message: "the token has 2 parts"},
		{name: "four parts", authorization: "Bearer " + ok + ".x", cause: malformed, message: "the token has 4 parts"},
		{name: "six parts", authorization: "Bearer " + ok + ".x.y.z", cause: malformed, message: "the token has more than 5 parts"},
		{name: "header alone", authorization: "Bearer " + part[0], cause: malformed, message: "the token has no dots"},
		{name: "standard base64", authorization: "Bearer " + part[0] + "." + part[1] + ".+/" + part[2][2:], cause: malformed, message: "standard base64"},
		{name: "padding", authorization: "Bearer " + part[0] + "=." + part[1] + "." + part[2], cause: malformed, message: "ends with padding"},
		{name: "stray character", authorization: "Bearer " + part[0] + "." + part[1][:8] + "~" + part[1][9:] + "." + part[2], cause: malformed, message: "a character that base64url does not have"},
		{name: "lost characters", authorization: "Bearer " + part[0] + "." + part[1][:(len(part[1])/4)*4-3] + "." + part[2], cause: malformed, message: "a length that no base64url text has"},
		{name: "claims cut", authorization: "Bearer " + part[0] + "." + part[1][:(len(part[1])/4)*4-4] + "." + part[2], cause: malformed, message: "the claims of the token are not JSON"},
		{name: "beginning cut", authorization: "Bearer " + part[0][4:] + "." + part[1] + "." + part[2], cause: malformed, message: "the header of the token are not JSON"},
		{name: "alg none", authorization: "Bearer " + encode(map[string]string{"alg": "none"}) + "." + part[1] + ".", cause: malformed, message: "its algorithm is `none`"},
		{name: "alg none, two parts", authorization: "Bearer " + encode(map[string]string{"alg": "none"}) + "." + part[1], cause: malformed, message: "its algorithm is `none` and the signature is missing"},
		{name: "no signature", authorization: "Bearer " + part[0] + "." + part[1] + ".", cause: malformed, message: "its third part is empty"},
		{name: "signature cut", authorization: "Bearer " + ok[:len(ok)-40], cause: malformed, message: "RS256 makes 256"},
		{name: "whole answer", authorization: `Bearer {"access_token":"` + ok + `","token_type":"Bearer"}`, cause: malformed, message: "the whole JSON answer of the token endpoint"},
		{name: "exp as text", authorization: with(claims{"exp": "2026-11-20T15:31:02Z"}), words: `{"message":"invalid exp value"}`, cause: malformed, message: "`exp` of the token is not a number"},
		{name: "encrypted", authorization: "Bearer " + encode(map[string]string{"alg": "RSA-OAEP", "enc": "A256GCM"}) + ".AAAA.AAAA.AAAA.AAAA", words: `{"message":"jwt malformed"}`, cause: malformed, message: "the token is encrypted"},
		{name: "opaque", authorization: "Bearer 8f14e45fceea167a5a36dedd4bea2543", words: `{"message":"jwt malformed"}`, cause: malformed, message: "the server wants a JWT, and the token is of another kind"},

		{name: "expired", authorization: with(claims{"exp": callTime.Unix() - 52}), cause: "auth.token-expired", message: "the token expired 52 s ago"},
		{name: "expired, slow client", authorization: with(claims{"exp": callTime.Unix() - 52}), skew: 150 * time.Second, cause: "auth.token-expired", message: "the client's clock gives it 98 s more"},
		{name: "expired by word", authorization: with(nil), words: `{"message":"jwt expired"}`, cause: "auth.token-expired", message: "its exp lies 60 min ahead"},
		{name: "not before", authorization: with(claims{"nbf": callTime.Unix() + 300}), cause: "auth.token-not-yet-valid", message: "the token is valid only in 300 s"},
		{name: "issued ahead", authorization: with(claims{"iat": callTime.Unix() + 200}), cause: "auth.token-not-yet-valid", message: "the token was issued 200 s in the future"},
		{name: "milliseconds", authorization: with(claims{"nbf": callTime.UnixMilli()}), cause: "auth.token-not-yet-valid", message: "`nbf` of the token counts milliseconds"},

		{name: "other audience", authorization: with(claims{"aud": "billing-api"}), words: `{"message":"jwt audience invalid. expected: orders-api"}`, cause: audience, message: "the token was issued for `billing-api`, and the API wants `orders-api`"},
		{name: "other audience, not named", authorization: with(claims{"aud": "billing-api"}), challenge: `Bearer error="invalid_token", error_description="The audience is invalid"`, cause: audience, message: "the token was issued for `billing-api`, which is not this API"},
		{name: "no audience", authorization: with(claims{"aud": nil}), words: `{"message":"jwt audience invalid. expected: orders-api"}`, cause: audience, message: "the token has no `aud`"},
		{name: "audience with slash", authorization: with(claims{"aud": "https://orders.example.com/"}), words: `{"message":"jwt audience invalid. expected: https://orders.example.com"}`, cause: audience, message: "`aud` of the token and the audience of the API differ by a slash"},
		{name: "audience in other letters", authorization: with(claims{"aud": "Orders-API"}), words: `{"message":"jwt audience invalid. expected: orders-api"}`, cause: audience, message: "differ in case"},
		{name: "audience with prefix", authorization: with(claims{"aud": "api://orders-api"}), words: `{"message":"jwt audience invalid. expected: orders-api"}`, cause: audience, message: "differ by the prefix `api://`"},
		{name: "ID token", authorization: with(claims{"aud": "web-client", "nonce": "n-1", "at_hash": "abc"}), cause: audience, message: "an ID token was sent"},
		{name: "refresh token", authorization: with(claims{"token_type": "refresh"}), words: `{"detail":"Given token not valid for any token type","messages":[{"message":"Token has wrong type"}]}`, cause: audience, message: "a refresh token was sent"},
		{name: "another service's", authorization: with(claims{"aud": "00000003-0000-0000-c000-000000000000"}), cause: audience, message: "and this is `api.example.com`"},

		{name: "issuer with slash", authorization: with(claims{"iss": "https://id.example.com"}), words: `{"message":"jwt issuer invalid. expected: https://id.example.com/"}`, cause: issuer, message: "`iss` of the token and the issuer that the server trusts differ by a slash"},
		{name: "issuer over http", authorization: with(claims{"iss": "http://id.example.com/"}), words: `{"message":"jwt issuer invalid. expected: https://id.example.com/"}`, cause: issuer, message: "begins with `http`"},
		{name: "v1 for v2", authorization: with(claims{"iss": tenant("11111111-1111-4111-8111-111111111111/", "sts.windows.net")}), words: `{"message":"jwt issuer invalid. expected: https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/v2.0"}`, cause: issuer, message: "issued by the v1.0 endpoint"},
		{name: "another tenant", authorization: with(claims{"iss": tenant("22222222-2222-4222-8222-222222222222/v2.0", "login.microsoftonline.com")}), words: `{"message":"jwt issuer invalid. expected: https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/v2.0"}`, cause: issuer, message: "issued by the tenant"},
		{name: "another realm", authorization: with(claims{"iss": "https://sso.example.com/realms/dev"}), words: `{"message":"jwt issuer invalid. expected: https://sso.example.com/realms/shop"}`, cause: issuer, message: "issued by the realm `dev`"},
		{name: "path /auth", authorization: with(claims{"iss": "https://sso.example.com/auth/realms/shop"}), words: `{"message":"jwt issuer invalid. expected: https://sso.example.com/realms/shop"}`, cause: issuer, message: "differ by the path `/auth`"},
		{name: "container's name", authorization: with(claims{"iss": "http://localhost:8080/realms/shop"}), words: `{"message":"jwt issuer invalid. expected: http://sso.example.com:8080/realms/shop"}`, cause: issuer, message: "issued under the name `localhost:8080`"},
		{name: "another environment", authorization: with(claims{"iss": "https://id.staging.example.com/oauth2"}), words: `{"message":"jwt issuer invalid. expected: https://id.example.com/"}`, cause: issuer, message: "the token comes from another environment"},
		{name: "no issuer", authorization: with(claims{"iss": nil}), words: `{"message":"jwt issuer invalid. expected: https://id.example.com/"}`, cause: issuer, message: "the token has no `iss`"},
		{name: "a stranger", authorization: with(claims{"iss": "https://other.example.net/"}), words: `{"message":"Jwt issuer is not configured"}`, cause: issuer, message: "the server does not trust the issuer"},
		{name: "not the configured issuer", authorization: with(claims{"iss": "https://other.example.net/"}), keys: set, cause: issuer, message: "the token comes from `https://other.example.net/`"},

		{name: "changed after signing", authorization: "Bearer " + tampered, keys: set, cause: signature, message: "the signature does not fit: the token was changed after it was signed, or signed with another key than the RSA key rsa-1"},
		{name: "rotated key", authorization: "Bearer " + k.sign(k.otherEC, "ES256", "ec-0", good(nil)), keys: set, cause: signature, message: "the issuer has no key `ec-0`"},
		{name: "kid of another key", authorization: "Bearer " + k.sign(k.rsa, "RS256", "ec-1", good(nil)), keys: set, cause: signature, message: "the token names the key `ec-1`, and the RSA key rsa-1"},
		{name: "HS256 with a public key", authorization: "Bearer " + k.sign(k.secret, "HS256", "rsa-1", good(nil)), keys: set, cause: signature, message: "the token is signed with `HS256`, and the issuer's key is an RSA key rsa-1"},
		{name: "RS512 with a key for RS256", authorization: "Bearer " + k.sign(k.rsa, "RS512", "rsa-1", good(nil)), keys: set, cause: signature, message: "the token is signed with `RS512`, and the key is the RSA key rsa-1 for RS256"},
		{name: "key for encryption", authorization: "Bearer " + k.sign(k.otherRSA, "RS256", "enc-1", good(nil)), keys: set, cause: signature, message: "which is not for signatures"},
		{name: "other EC key", authorization: "Bearer " + k.sign(k.otherEC, "ES256", "ec-1", good(nil)), keys: set, cause: signature, message: "signed with another key than the EC key ec-1"},
		{name: "other Ed25519 key", authorization: "Bearer " + k.sign(k.otherEd, "EdDSA", "ed-1", good(nil)), keys: set, cause: signature, message: "signed with another key than the OKP key ed-1"},
		{name: "no kid, no key fits", authorization: "Bearer " + k.sign(k.otherEd, "EdDSA", "", good(nil)), keys: set, cause: signature, message: "none of the issuer's keys signed the token"},
		{name: "other secret", authorization: "Bearer " + k.sign([]byte("another-secret-of-32-characters!"), "HS256", "shared", good(nil)), keys: oct, cause: signature, message: "signed with another key than the oct key shared"},
		{name: "good by the keys", authorization: "Bearer " + ok, keys: set, words: `{"message":"invalid signature"}`, cause: signature, message: "the signature is good by the RSA key rsa-1"},
		{name: "server names the signature", authorization: "Bearer " + ok, words: `{"message":"invalid signature"}`, cause: signature, message: "the server cannot verify the signature"},
		{name: "server names the algorithm", authorization: "Bearer " + ok, words: `{"message":"invalid algorithm"}`, cause: signature, message: "the server does not take that algorithm"},
		{name: "server names the key", authorization: "Bearer " + ok, words: `{"message":"Jwks doesn't have key to match kid or alg from Jwt"}`, cause: signature, message: "the server has no key `rsa-1`"},
		{name: "server names nothing", authorization: "Bearer " + ok, words: `{"message":"invalid token"}`, cause: signature, message: "its signature may not fit"},

		{name: "revoked", authorization: "Bearer " + ok, words: `{"message":"Token has been revoked"}`, cause: "auth.token-revoked", message: "the credential was revoked"},
		{name: "expired or revoked", authorization: "Bearer 8f14e45fceea167a5a36dedd4bea2543", words: `{"message":"The token is expired or revoked"}`, cause: "auth.token-revoked", message: "expired or was revoked"},
		{name: "scope missing", authorization: with(claims{"scope": "orders:read"}), status: 403, challenge: `Bearer error="insufficient_scope", scope="orders:write"`, cause: "auth.insufficient-scope", message: "the credential lacks the scope `orders:write`"},

		{name: "scheme twice", authorization: "Bearer Bearer " + ok, cause: scheme, message: "the scheme stands twice"},
		{name: "no scheme", authorization: ok, cause: scheme, message: "without a scheme"},
		{name: "no space", authorization: "Bearer" + ok, cause: scheme, message: "no single space stands"},
		{name: "colon", authorization: "Bearer: " + ok, cause: scheme, message: "a colon stands behind the scheme"},
		{name: "behind Basic", authorization: "Basic " + ok, cause: scheme, message: "a JWT stands behind `Basic`"},
		{name: "lower case", authorization: "bearer " + ok, words: `{"message":"No authorization token was found"}`, cause: scheme, message: "the scheme is written `bearer`"},
		{name: "other scheme", authorization: "Token " + ok, challenge: `Bearer realm="api"`, cause: scheme, message: "sent under the scheme `Token`"},
	}
}

// exchange is the call of a fault, and its refusal.
func (f *tokenFault) exchange() *faultline.Exchange {
	status := f.status
	if status == 0 {
		status = 401
	}
	ex := &faultline.Exchange{
		Start: callTime.Add(-f.skew),
		Request: faultline.Request{
			Method: "GET", Scheme: "https", Host: "api.example.com", Target: "/v1/orders/7",
			Header: faultline.Header{{Name: "Authorization", Value: f.authorization}},
		},
		Response: &faultline.Response{
			Status: status, Header: faultline.Header{{Name: "Date", Value: "Fri, 20 Nov 2026 14:31:02 GMT"}, {Name: "Content-Type", Value: "application/json"}},
			Body: faultline.NewBody([]byte(f.words)),
		},
	}
	if f.challenge != "" {
		ex.Response.Header = append(ex.Response.Header, faultline.Field{Name: "WWW-Authenticate", Value: f.challenge})
	}
	return ex
}

// TestTokenFaultsAreToldApart makes real tokens, breaks each in another way, and asks for the cause and
// for words that no other fault gets. No token is ever quoted.
func TestTokenFaultsAreToldApart(t *testing.T) {
	t.Parallel()
	ring := newKeyring(t)
	faults := ring.faults()
	messages := make([]string, len(faults))
	for i := range faults {
		f := &faults[i]
		var options []diagnose.Option
		if f.keys != nil {
			options = append(options, diagnose.WithKeys(ring.keys(f.keys)))
		}
		d := diagnose.New(options...).Diagnose(f.exchange())
		first, _ := d.Primary()
		messages[i] = string(first.Cause.Slug) + " " + first.Message
		if first.Cause.Slug != f.cause || !strings.Contains(first.Message, f.message) {
			t.Errorf("%s: %s: %q, want %s: %q; all: %s", f.name, first.Cause.Slug, first.Message, f.cause, f.message, slugs(d))
		}
		if n := len(f.authorization); n > 80 && strings.Contains(fmt.Sprintf("%+v", d), f.authorization[n-24:n-2]) {
			t.Errorf("%s: the diagnosis quotes the token", f.name)
		}
	}
	for i := range faults {
		for j := range faults {
			if i != j && strings.Contains(messages[j], faults[i].message) && faults[i].cause == faults[j].cause && len(faults[j].message) <= len(faults[i].message) {
				t.Errorf("%q says of %q what it says of %q", faults[i].message, faults[i].name, faults[j].name)
			}
		}
	}
	t.Logf("%d faults", len(faults))
}
