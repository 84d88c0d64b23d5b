package causes_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// refusalsOfTokens are what libraries, gateways and services say of a token, in their own words. The
// token itself is in order as far as its bytes show: only the words tell.
var refusalsOfTokens = []struct {
	who    string
	status int
	says   string // a body, or a challenge if it begins with Bearer
	cause  faultline.Slug
}{
	// jsonwebtoken, express-jwt, jose, fast-jwt (Node)
	{"jsonwebtoken", 401, `{"name":"JsonWebTokenError","message":"invalid signature"}`, "auth.token-signature"},
	{"jsonwebtoken", 401, `{"message":"jwt issuer invalid. expected: https://id.example.com/"}`, "auth.token-issuer"},
	{"express-jwt", 401, `{"code":"revoked_token","message":"The token has been revoked."}`, "auth.token-revoked"},
	{"jose", 401, `{"code":"ERR_JWS_SIGNATURE_VERIFICATION_FAILED","message":"signature verification failed"}`, "auth.token-signature"},
	{"jose", 401, `{"code":"ERR_JWT_CLAIM_VALIDATION_FAILED","message":"unexpected \"aud\" claim value"}`, "auth.token-audience"},
	{"jose", 401, `{"code":"ERR_JWT_CLAIM_VALIDATION_FAILED","message":"unexpected \"iss\" claim value"}`, "auth.token-issuer"},
	{"jose", 401, `{"code":"ERR_JWKS_NO_MATCHING_KEY","message":"no applicable key found in the JSON Web Key Set"}`, "auth.token-signature"},
	{"jose", 401, `{"code":"ERR_JOSE_ALG_NOT_ALLOWED","message":"\"alg\" (Algorithm) Header Parameter value not allowed"}`, "auth.token-signature"},
	{"jwks-rsa", 401, `{"message":"Unable to find a signing key that matches 'abc'"}`, "auth.token-signature"},
	// PyJWT, python-jose, Simple JWT, Flask-JWT-Extended (Python)
	{"pyjwt", 401, `{"detail":"Signature verification failed"}`, "auth.token-signature"},
	{"pyjwt", 401, `{"detail":"Audience doesn't match"}`, "auth.token-audience"},
	{"pyjwt", 401, `{"detail":"Token is missing the \"aud\" claim"}`, "auth.token-audience"},
	{"pyjwt", 401, `{"detail":"Invalid issuer"}`, "auth.token-issuer"},
	{"pyjwt", 401, `{"detail":"The specified alg value is not allowed"}`, "auth.token-signature"},
	{"python-jose", 401, `{"detail":"Invalid audience"}`, "auth.token-audience"},
	{"simplejwt", 401, `{"detail":"Token is blacklisted","code":"token_not_valid"}`, "auth.token-revoked"},
	{"flask-jwt-extended", 401, `{"msg":"Token has been revoked"}`, "auth.token-revoked"},
	// Spring, Nimbus, jjwt, java-jwt, Quarkus (Java)
	{"spring", 401, `Bearer error="invalid_token", error_description="The iss claim is not valid", error_uri="https://tools.ietf.org/html/rfc6750#section-3.1"`, "auth.token-issuer"},
	{"spring", 401, `Bearer error="invalid_token", error_description="The aud claim is not valid"`, "auth.token-audience"},
	{"spring", 401, `Bearer error="invalid_token", error_description="An error occurred while attempting to decode the Jwt: Signed JWT rejected: Invalid signature"`, "auth.token-signature"},
	{"spring", 401, `Bearer error="invalid_token", error_description="An error occurred while attempting to decode the Jwt: Signed JWT rejected: Another algorithm expected, or no matching key(s) found"`, "auth.token-signature"},
	{"spring", 403, `Bearer error="insufficient_scope", error_description="The request requires higher privileges than provided by the access token.", error_uri="https://tools.ietf.org/html/rfc6750#section-3.1"`, "auth.insufficient-scope"},
	{"nimbus", 401, `{"error":"JWT audience rejected: [billing]"}`, "auth.token-audience"},
	{"jjwt", 401, `{"error":"JWT signature does not match locally computed signature. JWT validity cannot be asserted and should not be trusted."}`, "auth.token-signature"},
	{"jjwt", 401, `{"error":"Expected iss claim to be: https://id.example.com/, but was: https://id.example.com."}`, "auth.token-issuer"},
	{"java-jwt", 401, `{"error":"The Claim 'aud' value doesn't contain the required audience."}`, "auth.token-audience"},
	{"java-jwt", 401, `{"error":"The Token's Signature resulted invalid when verified using the Algorithm: HmacSHA256"}`, "auth.token-signature"},
	// ASP.NET
	{"asp.net", 401, `Bearer error="invalid_token", error_description="The signature is invalid"`, "auth.token-signature"},
	{"asp.net", 401, `Bearer error="invalid_token", error_description="The audience 'billing' is invalid"`, "auth.token-audience"},
	{"asp.net", 401, `Bearer error="invalid_token", error_description="The issuer 'https://id.example.com' is invalid"`, "auth.token-issuer"},
	{"identitymodel", 401, `{"error":"IDX10501: Signature validation failed. Unable to match key: kid: 'abc'."}`, "auth.token-signature"},
	{"identitymodel", 401, `{"error":"IDX10214: Audience validation failed. Audiences: 'billing'. Did not match: validationParameters.ValidAudience: 'orders'."}`, "auth.token-audience"},
	{"identitymodel", 401, `{"error":"IDX10205: Issuer validation failed. Issuer: 'https://id.example.com'. Did not match: validationParameters.ValidIssuer: 'https://id.example.com/'."}`, "auth.token-issuer"},
	// Go, Ruby, PHP, Rust, Elixir
	{"golang-jwt", 401, `{"error":"token signature is invalid: signature is invalid"}`, "auth.token-signature"},
	{"golang-jwt", 401, `{"error":"token has invalid claims: token has invalid audience"}`, "auth.token-audience"},
	{"golang-jwt", 401, `{"error":"token is unverifiable: error while executing keyfunc: unexpected signing method: HS256"}`, "auth.token-signature"},
	{"go-oidc", 401, `{"error":"oidc: expected audience \"orders\" got [\"billing\"]"}`, "auth.token-audience"},
	{"go-oidc", 401, `{"error":"oidc: id token issued by a different provider, expected \"https://id.example.com/\" got \"https://id.example.com\""}`, "auth.token-issuer"},
	{"go-oidc", 401, `{"error":"failed to verify signature: failed to verify id token signature"}`, "auth.token-signature"},
	{"ruby-jwt", 401, `{"error":"Invalid audience. Expected orders, received billing"}`, "auth.token-audience"},
	{"ruby-jwt", 401, `{"error":"Signature verification failed"}`, "auth.token-signature"},
	{"ruby-jwt", 401, `{"error":"Could not find public key for kid abc"}`, "auth.token-signature"},
	{"php-jwt", 401, `{"error":"\"kid\" invalid, unable to lookup correct key"}`, "auth.token-signature"},
	{"php-jwt", 401, `{"error":"Incorrect key for this algorithm"}`, "auth.token-signature"},
	{"lcobucci", 401, `{"error":"The token is not allowed to be used by this audience"}`, "auth.token-audience"},
	{"lcobucci", 401, `{"error":"Token signature mismatch"}`, "auth.token-signature"},
	{"rust", 401, `{"error":"InvalidSignature"}`, "auth.token-signature"},
	{"rust", 401, `{"error":"InvalidAudience"}`, "auth.token-audience"},
	{"guardian", 401, `{"error":"invalid_issuer"}`, "auth.token-issuer"},
	{"firebase", 401, `{"error":"Firebase ID token has incorrect \"aud\" (audience) claim. Expected \"shop\" but got \"other\"."}`, "auth.token-audience"},
	{"firebase", 401, `{"code":"auth/id-token-revoked","message":"The Firebase ID token has been revoked."}`, "auth.token-revoked"},
	// gateways
	{"envoy", 401, `Jwt verification fails`, "auth.token-signature"},
	{"envoy", 401, `Jwks doesn't have key to match kid or alg from Jwt`, "auth.token-signature"},
	{"envoy", 403, `Audiences in Jwt are not allowed`, "auth.token-audience"},
	{"istio", 401, `Jwt issuer is not configured`, "auth.token-issuer"},
	{"kong", 401, `{"message":"No credentials found for given 'iss'"}`, "auth.token-issuer"},
	{"kong", 401, `{"message":"Invalid signature"}`, "auth.token-signature"},
	{"kong", 403, `{"message":"Invalid algorithm"}`, "auth.token-signature"},
	{"api gateway", 401, `Bearer scope="" error="invalid_token" error_description="invalid issuer"`, "auth.token-issuer"},
	{"api gateway", 401, `Bearer error="invalid_token", error_description="signing method RS512 is invalid"`, "auth.token-signature"},
	{"apigee", 401, `{"fault":{"faultstring":"JWT Audience mismatch: policy(Verify-JWT)","detail":{"errorcode":"steps.jwt.JwtAudienceMismatch"}}}`, "auth.token-audience"},
	{"apigee", 401, `{"fault":{"faultstring":"JWT Issuer mismatch: policy(Verify-JWT)","detail":{"errorcode":"steps.jwt.JwtIssuerMismatch"}}}`, "auth.token-issuer"},
	{"apigee", 403, `{"fault":{"faultstring":"Required scope(s) : orders.write","detail":{"errorcode":"steps.oauth.v2.InsufficientScope"}}}`, "auth.insufficient-scope"},
	// services
	{"hasura", 200, `{"errors":[{"extensions":{"path":"$","code":"invalid-jwt"},"message":"Could not verify JWT: JWSError JWSInvalidSignature"}]}`, "auth.token-signature"},
	{"hasura", 200, `{"errors":[{"extensions":{"path":"$","code":"invalid-jwt"},"message":"Could not verify JWT: JWTNotInAudience"}]}`, "auth.token-audience"},
	{"postgrest", 401, `{"code":"PGRST301","details":null,"hint":null,"message":"JWSError JWSInvalidSignature"}`, "auth.token-signature"},
	{"supabase", 401, `{"code":401,"error_code":"bad_jwt","msg":"invalid JWT: unable to parse or verify signature, token signature is invalid: signature is invalid"}`, "auth.token-signature"},
	{"supabase", 403, `{"code":403,"error_code":"session_not_found","msg":"Session from session_id claim in JWT does not exist"}`, "auth.token-revoked"},
	{"kubernetes", 401, `{"kind":"Status","status":"Failure","message":"invalid bearer token, token audiences [\"a\"] is invalid for the target audiences [\"b\"]","code":401}`, "auth.token-audience"},
	{"gitlab", 401, `{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}`, "auth.token-revoked"},
	{"gitlab", 403, `{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api"}`, "auth.insufficient-scope"},
	{"graph", 401, `{"error":{"code":"InvalidAuthenticationToken","message":"Access token validation failure. Invalid audience."}}`, "auth.token-audience"},
	{"google", 403, `{"error":{"code":403,"message":"Request had insufficient authentication scopes.","status":"PERMISSION_DENIED","details":[{"reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}`, "auth.insufficient-scope"},
	{"facebook", 400, `{"error":{"message":"Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.","type":"OAuthException","code":190,"error_subcode":460}}`, "auth.token-revoked"},
	{"slack", 200, `{"ok":false,"error":"missing_scope","needed":"chat:write","provided":"users:read"}`, "auth.insufficient-scope"},
	{"twitch", 401, `{"error":"Unauthorized","status":401,"message":"Missing scope: channel:read:subscriptions"}`, "auth.insufficient-scope"},
	{"spotify", 403, `{"error":{"status":403,"message":"Insufficient client scope"}}`, "auth.insufficient-scope"},
	{"atlassian", 401, `{"code":401,"message":"Unauthorized; scope does not match"}`, "auth.insufficient-scope"},
	{"zoom", 400, `{"code":4711,"message":"Invalid access token, does not contain scopes:[meeting:read]."}`, "auth.insufficient-scope"},
	{"hubspot", 403, `{"status":"error","message":"This app hasn't been granted all required scopes to make this call.","category":"MISSING_SCOPES"}`, "auth.insufficient-scope"},
	{"github", 403, `{"message":"Resource not accessible by personal access token","documentation_url":"https://docs.github.com/rest"}`, "auth.insufficient-scope"},
}

func TestRefusalsOfTokens(t *testing.T) {
	t.Parallel()
	ring := newKeyring(t)
	token := ring.sign(ring.rsa, "RS256", "rsa-1", good(claims{"aud": "billing", "iss": "https://id.example.com"}))
	engine := diagnose.New()
	for _, tt := range refusalsOfTokens {
		f := tokenFault{authorization: "Bearer " + token, status: tt.status, words: tt.says}
		if strings.HasPrefix(tt.says, "Bearer ") {
			f.words, f.challenge = "", tt.says
		}
		d := engine.Diagnose(f.exchange())
		first, _ := d.Primary()
		if first.Cause.Slug != tt.cause {
			t.Errorf("%s %d %s\nis %s: %s; want %s; all: %s", tt.who, tt.status, tt.says, first.Cause.Slug, first.Message, tt.cause, slugs(d))
		}
	}
}
