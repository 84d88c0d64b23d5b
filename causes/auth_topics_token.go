package causes

// What servers say about a token: its form, its times, who made it and for whom.

var topicForm = topic("token malformed",
	"'none' algorithm", "alg none", "bad token format", "base64 decod*", "cannot be parsed as jwt", "cannot decode token", "compact jws*",
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
	"past its expir*", "expiry time*", "signature not valid in the specified time frame", "time frame ~ expiry", "pgrst301*", "pgrst303*",
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

var topicAudience = topic("audience", "audience*")

var topicIssuer = topic("issuer", "issuer*", "no credentials found for given*")

var topicSignature = topic("token signature",
	"bad signature", "failed to verify*", "invalid algorithm*", "invalid signature*", "kid not*", "no matching key*", "signature does not match*",
	"signature doesn't match*", "signature invalid", "signature is invalid", "signature is not valid", "signature key*", "signature mismatch*",
	"signature validation*", "signature verification*", "token signature*", "unable to verify*", "unexpected signing method*", "unknown kid*",
	"verification fail*", "verify signature*", "wrong key*",
)

var topicRevoked = topic("revoked",
	"been withdrawn", "blacklisted", "blocklist*", "denylist*", "has been invalidated", "revoked", "session terminated", "user session not found",
)

var topicKind = topic("token of another use", "wrong token type", "wrong type", "token has wrong type")

var topicScope = topic("scope", "insufficient scope*", "missing scope*", "required scope*", "scopes*")
