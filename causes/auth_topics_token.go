package causes

// What servers say about a token: its form, its times, who made it and for whom.

var topicForm = topic("token malformed",
	"'none' algorithm", "alg none", "bad token format", "base64 decod*", "cannot be parsed as jwt", "cannot decode token", "compact jws*", "compact token parsing failed*",
	"could not be parsed", "could not decode token", "decode error*", "error decoding token", "error in parsing*", "failed to decode header",
	"failed to decode the token", "failed to decode token", "failed to parse token", "idx12709*", "idx12741*", "idx14100*", "idx12729*", "idx10400*",
	"illegal base64*", "illegal character in token", "incorrect padding*", "invalid authorization token: malformed", "invalid base64*",
	"invalid compact*", "invalid crypto padding*", "invalid header padding*", "invalid jwt format*", "invalid jwt serialization*",
	"invalid jwt structure*", "invalid number of segments", "invalid payload padding*", "invalid serialization*", "invalid token format*",
	"invalid token specified*", "invalid token structure*", "invalid token: malformed", "is not a valid token", "jws protected header is invalid*",
	"jwt could not be decoded", "jwt decode*", "jwt header is an invalid*", "jwt header is not*", "jwt is malformed", "jwt malformed",
	"jwt payload is an invalid*", "jwt payload is not*", "jwt string*", "malformed access token", "malformed jwt*", "malformed token",
	"must have 3 parts", "must have three parts", "not a json web token", "not a jwt", "not a valid jwt", "not enough or too many segments",
	"not enough segments", "too many segments", "not in the form of header.payload.signature", "not well formed", "signature is required",
	"signing method none*", "the token was expected to have*", "three parts", "three segments", "token contains an invalid number*",
	"token could not be decoded", "token format invalid", "token format is invalid", "token is malformed", "token is not valid base64*",
	"token malformed", "token parsing failed", "unable to decode*", "unable to parse jwt*", "unparsable token", "unsecured", "unsigned authorization token*",
	"unsigned token*", "wrong number of segments",
)

// topicExpired is a credential that a sentence says has expired; other things
// expire too (topicOtherExpired).
var topicExpired = topic("credential expired", append(append(
	eachOf(expiringThings, []string{"~"}, []string{"expired", "expire"}),
	eachOf([]string{"expired ~", "expire ~"}, expiredThings)...),
	"idx10223*", "lifetime validation ~ expire*", "lifetime validation failed", `"exp" claim*`, "'exp' claim*", "exp claim*", "exp not satisfied",
	"past its expir*", "expiry time*", "signature not valid in the specified time frame", "time frame ~ expiry", "pgrst303*",
	"no longer valid", "timed out session", "session timed out", "session has timed out", "session timeout", "login time out", "login timeout",
	`"exp" ~ check failed`, "exp ~ check failed", "jwtexpired", "tokenexpired",
)...)

var (
	expiringThings = []string{
		"token", "tokens", "jwt", "jwts", "session", "sessions", "api key", "apikey", "api keys", "key", "keys", "credential", "credentials",
		"bearer", "assertion", "ticket", "sas", "request", "url", "signature", "authentication", "authorization", "login", "secret",
		"jwttoken", "accesstoken",
	}
	expiredThings = []string{"token*", "jwt*", "session*", "api key*", "apikey*", "key*", "credential*", "authorization*", "authentication*", "signature*"}
)

// topicOtherExpired are cards, coupons, pages and grants: they have lifetimes of
// their own.
var topicOtherExpired = topic("something else expired", append(append(
	eachOf([]string{
		"card", "coupon", "promo", "certificate", "invitation", "invite", "offer", "trial", "subscription", "plan", "password", "quote", "cart",
		"reservation", "domain", "license", "licence", "csrf", "page", "cursor", "page token", "sync token", "upload", "verification", "reset", "otp",
		"refresh token", "client secret", "secret key", "secret keys", "authorization code",
	}, []string{"~"}, []string{"expired", "expire"}),
	eachOf([]string{"expired", "expire"}, []string{"card", "coupon", "promo", "certificate", "page", "cursor", "invite", "otp", "code"})...),
	"expired csrf*",
)...)

var topicAccessToken = topic("access token", "access token*", "accesstoken*", "jwt*", "jwt expired")

// topicToken: the answer speaks of a token at all. Audiences, issuers and types
// are things of other trades too.
var topicToken = topic("token", "token*", "jwt*", "bearer*", "jws*", "claim*", "idx10*")

var topicMaybe = topic("perhaps expired",
	"been revoked or has expired", "could have expired", "expired or does not exist", "expired or invalid", "expired or is invalid",
	"expired or is otherwise invalid", "expired or missing", "expired or not valid", "expired or revoked", "expired or unknown",
	"expired, revoked*", "expired/invalid", "has expired, or*", "incorrect or expired", "invalid or already expired", "invalid or expired",
	"invalid or has expired", "invalid or is expired", "invalid, expired*", "invalid, or has expired", "invalid/expired", "malformed or expired",
	"may have expired", "might have expired", "missing or expired", "not found or expired", "not found or has expired", "not valid or expired",
	"not valid or has expired", "revoked or expired", "unauthorized or expired", "unknown or expired", "wrong or expired",
	"invalid or may have expired", "invalid or missing or expired", "has expired or is invalid", "expired or already used",
)

var topicEarly = topic("token not valid yet",
	`"nbf*`, "'nbf'", "before it was issued", "before nbf", "iat check failed", "iat claim timestamp check*", "idx10222*", "immature signature*",
	"in the future", "inactive token", "isn't valid yet", "jwt inactive", "jwt not yet*", "nbf check*", "nbf claim*", "not active", "not before*",
	"not valid before*", "not valid yet", "not yet active", "not yet valid", "premature jwt*", "premature token*", "token is not yet*",
	"token not yet*", "used before issued", "used too early", "will be active at*",
)

var topicClock = topic("clocks disagree",
	"ahead of the server*", "auth failure.signature expire*", "behind the server*", "check your clock", "clock is not*", "clock skew*", "clocks are*",
	"date header is out*", "date header is too*", "date header outside*", "date is too old", "expired timestamp", "invalid timestamp*",
	"is now earlier than*", "oauth timestamp*", "outside of the recv*", "outside of the tolerance*", "outside the tolerance*",
	"reasonable timeframe", "recv window*", "recvwindow*", "request date header too old", "request has a date that is too*",
	"request has expired due to clock*", "request is too old", "request time and the current time*", "request time is too*", "request timestamp*",
	"request expired*", "request is too late*", "request time skewed", "request time too skewed", "server time", "server's time",
	"signature not yet current", "skewed", "stale timestamp", "synchronize your clock*", "system clock*", "time difference*", "time skew*",
	"timestamp expired", "timestamp for this request*", "timestamp has expired", "timestamp is expired", "timestamp is not within*",
	"timestamp is out*", "timestamp is too*", "timestamp not within*", "timestamp out of*", "timestamp outside*", "timestamp refused",
	"timestamp too*", "timestamp was out*", "tolerance zone*", "too far in the*", "valid date or x date header*", "x ms date*",
)

// topicAudience: in the words of jsonwebtoken, jose, PyJWT, Nimbus, jjwt, java-jwt, Microsoft.IdentityModel (IDX10208, 10214, 10206), golang-jwt,
// go-oidc, firebase, lcobucci, ruby-jwt, Envoy, Apigee, Hasura, PostgREST and Kubernetes.
var topicAudience = topic("audience",
	"audience*", "jwt audience*", "aud claim*", `"aud" claim*`, "'aud' claim*", "claim 'aud'*", `claim "aud"*`, "invalid aud", "aud invalid", "audience invalid",
	"wrong recipient", "not in audience", "jwt not in audience", "idx10208*", "idx10214*", "idx10206*", "not intended for this*", "not issued for this*",
	"issued for another*", "issued for a different*", "not meant for this*", "aud mismatch", "claim mismatched: aud*", "claim value mismatch: aud*", "aadsts500131",
	"no api product match found*", "audiences in jwt are not allowed",
)

// topicIssuer: IDX10205, 10211 and 10212 are Microsoft's.
var topicIssuer = topic("issuer",
	"issuer*", "jwt issuer*", "iss claim*", `"iss" claim*`, "'iss' claim*", "claim 'iss'*", `claim "iss"*`, "invalid iss", "iss mismatch", "issued by a different provider",
	"not in issuer", "jwt not in issuer", "idx10205*", "idx10211*", "idx10212*", "no credentials found for given*", "no mandatory 'iss'*", "untrusted iss*",
	"not issued by the given*", "unknown iss*", "iss invalid", "claim mismatched: iss*",
)

// topicSignature: IDX10500 to 10517 are Microsoft's.
var topicSignature = topic("token signature",
	"bad signature", "invalid algorithm*", "invalid signature*", "kid not*", "no matching key*", "no matching public key*",
	"signature does not match*", "signature doesn't match*", "signature did not match*", "signature didn't match*", "signature invalid", "signature is invalid",
	"signature is not valid", "signature key*", "signature mismatch*", "signature validation*", "signature verification*", "verify ~ signature", "jwt verification fails", "token signature*", "jwt signature*",
	"jws signature*", "invalid jws*", "jws invalid signature",
	"unexpected signing method*", "unexpected jws algorithm*", "unexpected jwt alg*", "unknown kid*", "verify signature*", "wrong key*",
	"crypto error", "error in cryptographic primitive", "signing key*", "no applicable key found*", "no suitable key*", "unable to find a signing key*",
	"unable to find a key*", "unable to find jwk*", "could not find public key*", "key id not*", "key id ~ not found", `"kid"*`, "'kid'*", "kid invalid", "invalid kid*", "kid mismatch",
	"no key id*", "jwks", "idx1050*", "idx1051*", "algorithm not allowed*", "algorithm not supported*", "algorithm mismatch*",
	"algorithm is not allowed*", "algorithm is not supported*", `"alg"*`, "'alg'*", "alg not allowed", "alg value is not allowed", "specified alg*", "signature resulted invalid", "disallowed alg*", "disallowed algorithm*",
	"incorrect key for this algorithm*", "wrong algorithm*", "expected a different algorithm*", "signing method*", "signature is not trusted", "unrecognized signature*",
	"signed jwt rejected*", "another algorithm expected*", "invalid jwt signature*", "untrusted signature*", "signature error", "unverified signature*",
	"failed to validate signature*", "signature could not be*", "signature cannot be*", "not signed by*", "signature was invalid*",
)

// topicUnverified names no reason: any of signature, times, issuer and audience.
var topicUnverified = topic("token unverified",
	"failed to verify*", "fails to verify*", "unable to verify*", "could not verify*", "cannot verify*", "can't verify*", "verification fail*", "verification error*",
	"token could not be verified", "token verification*", "jwt verification*", "invalid token", "invalid jwt*", "token is invalid", "jwt is invalid", "jwt invalid",
	"token invalid", "token validation fail*", "jwt validation fail*", "jwt fails*", "not a valid access token", "invalid access token", "invalid bearer token",
)

var topicRevoked = topic("revoked",
	"been withdrawn", "blacklisted", "black listed", "blocklist*", "denylist*", "denylisted", "has been invalidated", "been invalidated", "revoked", "revocation*",
	"session terminated", "user session not found", "session has been terminated", "session was terminated", "has been logged out", "was logged out",
	"been signed out", "was signed out", "user logged out", "session doesn't exist", "session does not exist", "session from session id claim*",
	"issued before revocation*", "token issued before*", "changed the password", "changed their password", "password was changed", "password has been changed",
	"not authorized application", "has not authorized application", "deauthorized", "app uninstalled", "application was removed",
	"token was deleted", "token has been deleted", "token has been deactivated", "token deactivated", "token is deactivated", "token has been removed",
	"no longer authorized", "access has been removed", "has been disconnected", "been rotated", "was rotated", "token reuse*", "withdrawn",
	"user has signed out", "session was invalidated", "session is invalid", "session invalidated", "key has been deactivated", "key was deleted",
	"key has been deleted", "token is revoked", "token revoked", "token inactive: revoked", "access revoked",
)

// topicKind are tokens of another use: Simple JWT, Flask-JWT-Extended, Cognito,
// Okta, Supabase.
var topicKind = topic("token of another use",
	"wrong token type", "wrong type", "token has wrong type", "invalid token type", "non refresh tokens*", "only refresh tokens*", "only non refresh*", "only access tokens*",
	"refresh token ~ not allowed", "not an access token", "not an id token", "is not a refresh token", "invalid token use*", "token use", "token use claim*", "unexpected token use*",
	"id token ~ not accepted", "id tokens are not*", "expected access token*", "expects an access token", "expects access token", "requires an access token type*",
	"token type ~ not supported", "token type ~ not allowed", "token typ ~ invalid", "unexpected \"typ\"*", "invalid typ", "not supported token type",
)

var topicScope = topic("scope",
	"insufficient scope*", "insufficientscope*", "insufficient authentication scope*", "access token scope insufficient", "insufficient client scope*", "missing scope*", "missing scopes*",
	"missing required scope*", "required scope*", "requires scope*", "requires the scope*", "requires one of the following scope*", "scopes*", "invalid scope",
	"scope not*", "scope ~ required", "scope ~ missing", "scope ~ insufficient", "lacks ~ scope", "lacking ~ scope", "does not have ~ scope", "doesn't have ~ scope",
	"does not contain ~ scope", "not granted ~ scope", "without ~ scope", "needs ~ scope", "requires ~ scope", "require ~ scope", "requires approval ~ scope", "oauth scope*",
	"access scope", "access scopes", "approval for ~ scope", "scope does not match", "insufficient oauth*", "required access:*",
	"not accessible by integration", "not accessible by personal access token", "higher privileges than provided by the access token",
	"key ~ does not have the required permissions", "key ~ doesn't have the required permissions", "key ~ does not have permission", "key does not have access",
	"token ~ does not have permission", "token ~ does not have the required permission", "token ~ lacks", "token ~ missing permission", "token ~ insufficient permission",
	"token has insufficient*", "api key ~ insufficient permission", "api key ~ missing permission", "api token ~ permission", "missing permissions:*",
	"app hasn't been granted*", "app ~ not granted", "permissions needed:*", "missing delegated permission*", "application permission*",
	"privileges to complete the operation", "restricted api key", "restricted key", "read only token", "read only api key", "readonly token", "read only key",
	"token is read only", "not permitted ~ token", "api scope*", "does not have enough scope*", "grant ~ scope",
)
