package causes

import (
	"regexp"
	"strings"
)

// authWord is something that servers say about a credential.
type authWord uint16

const (
	saysAbsent  authWord = 1 << iota // there was none
	saysLogin                        // log in first: none, or none that counts
	saysScheme                       // the Authorization field has the wrong form
	saysForm                         // the token does not parse
	saysExpired                      // its lifetime is over
	saysMaybe                        // "invalid or expired": one of several
	saysEarly                        // it is not valid yet
	saysClock                        // the times of the two sides disagree
	saysOther                        // audience, issuer, signature, revocation, rights: another cause than ours
	saysRefused                      // known and wrong: bad password, unknown key
	saysClient                       // an OAuth client or grant: the business of a token endpoint
)

// authPhrases are in lower case. What a phrase means in all systems that say it
// stands here; the test is that it could be said by a server nobody has seen.
var authPhrases = []struct {
	word    authWord
	phrases []string
}{
	{saysAbsent, []string{
		"credentials were not provided", "credentials not provided", "no credentials provided", "no credentials were", "no credentials in",
		"no credentials supplied", "no credentials sent", "no credentials found in", "credentials not found", "missing credentials",
		"credentials are missing", "credentials are required", "credentials missing",
		"missing required authentication", "missing authentication", "missing authorization", "authorization header is missing",
		"authorization header missing", "authorization header is required",
		"authorization header required", "authorization header not found", "authorization header was not found", "authorization header not provided",
		"authorization header is empty", "no authorization", "authorization is missing",
		"no authentication", "authentication information is not given", "authentication is missing", "authentication header missing",
		"without authentication", "without credentials",
		"no token", "token is missing", "token missing", "missing token", "token not provided", "token was not provided", "token not found in request",
		"token is required", "token required", "token must be provided", "token is empty",
		"token absent", "missing access token", "missing bearer", "bearer token is required", "bearer token required", "bearer token missing",
		"bearer token not found", "no bearer", "requires a bearer token", "token could not be parsed from the request",
		"jwt is missing", "jwt must be provided", "jwt missing", "missing jwt", "no jwt", "missing or malformed jwt", "jwt token not found",
		"missing or invalid jwt",
		"no api key", "no apikey", "missing api key", "missing api-key", "missing apikey", "api key is missing", "api key missing",
		"api key is required", "api key required", "api key not found", "api key was not provided", "api key not provided",
		"did not provide an api key", "didn't provide an api key", "provide an api key", "api_key_missing", "missing_api_key", "no api-key",
		"missing key in request", "missing key in", "key not found in request", "missing subscription key", "x-api-key header is required",
		"x-api-key is required",
		"not_authed", "no_authorization", "authorization_required", "missing_authorization", "missing_token", "token_missing", "missing_access_token",
		"auth_required", "missing_credentials", "no_token", "credentials_missing", "credentials_required",
		"no session", "session not found", "missing session", "anonymous access", "anonymous caller", "anonymous users", "no user is signed in",
		"no signature header", "no signature provided", "no signature was", "missing signature", "signature header is missing",
		"subscription key is missing", "required header authorization", "route [login] not defined", "full authentication is required",
		"request is missing a valid api key", "method doesn't allow unregistered callers",
		"missing basic auth", "no auth token", "missing auth", "auth header missing", "no auth header", "no auth_token", "bad authentication data",
		"access token is required", "system:anonymous", "missing client token", "authorization field missing",
		"jwt token not found", "jwt token is required", "valid authorization header not provided", "authentication token not found",
		"authentication token missing", "an authentication object was not found", "failed to resolve api key", "missing or invalid credentials",
		"credential is missing", "not provide credentials", "needs authentication", "authorization not found", "is not provided in the request header",
		"requires an api key", "requires an access token", "token not supplied", "session is required", "authorization token not found",
		"authorization token required", "authorization token is missing", "authentication token is missing", "authentication token required",
		"missing 'authorization'", `missing "authorization"`,
	}},
	{saysLogin, []string{
		"unauthenticated", "not authenticated", "requires authentication", "authentication required", "authentication is required",
		"authorization required", "requires login", "login required", "login_required", "must be logged in",
		"must log in", "not logged in", "please log in", "please login", "please sign in", "must sign in", "sign in to continue",
		"you need to sign in", "need to log in", "need to be logged in", "must authenticate", "must be authenticated", "not signed in",
		"must be signed in",
		"authentication_required", "need to be authenticated", "need to sign in", "not currently logged in", "sign in or sign up", "sign-in required",
		"you are not logged", "have to be logged in", "user not logged in", "needauth", "eneedauth",
		"you are not authorized to access this resource without", "need a valid user and password", "user not authenticated",
		"user is not authenticated", "authenticate",
	}},
	{saysScheme, []string{
		"format is authorization: bearer", "invalid format for authorization", "invalid authorization header", "malformed authorization header",
		"authorization header is malformed", "authorization header malformed", "bad authorization header", "authorization header is invalid",
		"authorization header format", "must start with bearer", "must begin with bearer", "should start with bearer", "start with 'bearer",
		`start with "bearer`, "starts with bearer", "expected bearer", "expecting bearer", "invalid token header",
		"token string should not contain spaces", "invalid basic header",
		"unsupported authentication scheme", "unsupported auth scheme", "unsupported authorization", "invalid authentication scheme",
		"invalid authorization scheme", "invalid auth scheme", "unknown authentication scheme", "unrecognized authentication scheme",
		"unsupported_auth", "wrong authentication scheme",
		"authentication scheme is not supported", "scheme not supported", "scheme is not supported",
		"not a valid key=value pair (missing equal-sign) in authorization", "missing equal-sign", "authorization header requires",
		"invalid authentication header", "malformed authentication header",
		"must be in the format 'bearer", "should be in the format", "in the form 'bearer", "'bearer <token>'", `"bearer <token>"`, "bearer [token]",
		"bearer {token}", "bearer scheme", "bearer prefix", "invalid_authorization_header", "bad_authorization_header", "must use basic auth",
		"must use bearer", "use bearer auth", "unable to parse authorization header", "could not parse authorization",
		"unsupported authorization type", "only valid bearer authentication", "two space-delimited", "two space delimited", "expecting \"bearer",
		"expected 'authorization: bearer", "expected authorization: bearer", "bad_authorization_header", "invalid_auth_header",
		"invalid authorization value", "invalid authorization format", "incorrect authorization header", "wrong authorization header",
		"wrong format of authorization", "authorization must be", "expected format", "not a bearer token", "bearer authentication required",
		"basic authentication required", "basic authentication is required", "unsupported scheme", "invalid scheme", "authorization header should be",
		"authorization header value must", "authorization header must", "must be of type bearer", "token type must be bearer",
		"token type is not bearer", "prefixed with", "invalid authorization type", "authorization type", "malformed credentials",
		"credentials bad format", "bad authorization",
	}},
	{saysForm, []string{
		"jwt malformed", "malformed jwt", "not enough or too many segments", "unable to parse jwt", "access token is malformed",
		"token format is invalid", "token format invalid", "malformedjwtexception", "decodeerror", "jwt decode", "jwt could not be decoded",
		"could not be parsed", "jws protected header is invalid", "invalid compact jws", "failed to decode the token", "failed to decode header",
		"is not a valid token", "token contains an invalid number", "invalid token structure", "invalid token specified", "bad token format",
		"illegal character in token", "error in parsing", "jwt is malformed", "token is malformed", "token malformed", "malformed token",
		"malformed access token", "malformed_token", "access token is malformed", "not well formed", "not well-formed", "invalid number of segments",
		"wrong number of segments", "not enough segments",
		"not in the form of header.payload.signature", "invalid jwt format", "invalid token format", "invalid compact", "compact jwt strings must",
		"compact jws", "invalid jwt structure", "not a valid jwt", "not a jwt", "jwt string", "jwt strings must", "invalid jwt serialization",
		"invalid serialization", "jwt header is not", "jwt payload is not", "jwt header is an invalid", "jwt payload is an invalid",
		"unsigned authorization token", "signature is required", "signing method none", "alg none", "'none' algorithm", "unsigned token", "unsecured",
		"token is not a valid jwt", "invalid header padding", "invalid payload padding", "invalid crypto padding", "incorrect padding",
		"illegal base64", "base64 decod", "invalid base64", "error decoding token", "could not decode token", "token could not be decoded",
		"cannot decode token", "unable to decode", "malformed_jwt",
		"token is not valid base64", "failed to decode token", "invalid token: malformed", "jwt_malformed", "must have three parts",
		"must have 3 parts", "three parts", "three segments", "the token was expected to have", "idx14100", "idx12741", "idx12709",
		"invalid authorization token: malformed", "cannot be parsed as jwt", "not a json web token", "failed to parse token", "token parsing failed",
		"unparsable token",
	}},
	{saysMaybe, []string{
		"invalid or expired", "expired or invalid", "expired or is invalid", "invalid or already expired", "invalid, or has expired",
		"expired or not valid", "not valid or expired", "not valid or has expired", "unauthorized or expired", "wrong or expired",
		"incorrect or expired", "expired or does not exist", "not found or expired", "not found or has expired", "unknown or expired",
		"expired or unknown", "invalid or may have expired", "may have expired", "might have expired", "could have expired",
		"has expired or is invalid", "has expired, or", "invalid or has expired", "expired or revoked", "revoked or expired", "invalid, expired",
		"expired, revoked", "invalid/expired", "expired/invalid", "invalid or is expired", "missing or expired", "expired or missing",
		"invalid or missing or expired", "malformed or expired", "expired or is invalid", "expired or is otherwise invalid",
		"been revoked or has expired",
	}},
	{saysEarly, []string{
		"not active", "inactive token", "jwt_inactive", "jwt inactive", "fast_jwt_inactive", "not valid yet", "not yet valid", "isn't valid yet",
		"not valid before", "before nbf", "nbf claim", "'nbf'", `"nbf"`, "\"nbf", "nbf check", "will be active at", "used too early",
		"issued in the future", "used before issued", "before it was issued", "iat claim timestamp check", "iat check failed", "token is not yet",
		"notbeforeerror", "not_before", "premature jwt", "premature token", "jwt not yet", "token not yet", "in the future", "idx10222",
		"immaturesignature", "not yet active",
	}},
	{saysClock, []string{
		"requesttimetooskewed", "requesttimeskewed", "request time and the current time", "time skew", "clock skew", "clock_skew", "skewed",
		"is now earlier than", "signature not yet current", "outside the tolerance", "outside of the tolerance", "tolerance zone",
		"reasonable timeframe", "valid date or x-date header",
		"timestamp out of", "timestamp was out", "timestamp outside", "request timestamp", "outside of the recv", "timestamp is too", "timestamp too",
		"request has expired due to clock", "timestamp is out", "timestamp too old", "timestamp is too old", "timestamp too far", "timestamp expired",
		"timestamp is expired", "timestamp has expired", "expired timestamp", "stale timestamp", "timestamp_refused", "timestamp_out_of",
		"invalid timestamp", "timestamp is not within", "timestamp not within", "timestamp is outside", "timestamp outside", "timestamp refused",
		"timestamp for this request", "recvwindow", "recv_window",
		"request has a date that is too", "date header is too", "date is too old", "date header is out", "server time", "server's time",
		"synchronize your clock", "clock is not", "check your clock", "system clock", "clocks are", "requestexpired", "request time is too",
		"request timestamp", "oauth_timestamp", "ahead of the server", "behind the server", "time difference", "date header outside", "x-ms-date",
		"request date header too old", "authfailure.signatureexpire", "too far in the", "requestistoolate", "request is too old",
	}},
	{saysOther, []string{
		"audience", "issuer", "no credentials found for given", "invalid signature", "signature is invalid", "signature verification",
		"signature mismatch", "signature does not match", "signature doesn't match", "bad signature", "signature invalid", "signature key",
		"token signature", "jwt signature invalid", "signature validation", "verification fail", "verification failed", "jwt verification fails",
		"failed to verify", "unable to verify", "verify signature", "no matching key", "unknown kid", "kid not", "wrong key",
		"signature is not valid",
		"revoked", "blacklisted", "denylist", "blocklist", "has been invalidated", "been withdrawn", "session terminated", "user session not found",
		"insufficient_scope", "missing_scope", "required scope", "scopes", "permission", "privilege", "not allowed to", "access denied to",
		"does not have access", "required role", " roles", "wrong token type", "token has wrong type", "wrong type", "invalid algorithm",
		"unexpected signing method", "csrf", "xsrf", "forgery", "crumb",
		"interactionrequired", "interaction_required", "mfa", "two-factor", "2fa", "multi-factor", "saml", "subscription has", "account is disabled",
		"account disabled", "account is suspended", "account_inactive", "suspended", "ip address", "not whitelisted", "not allowlisted",
	}},
	{saysRefused, []string{
		"bad credentials", "invalid credentials", "incorrect credentials", "wrong password", "bad password", "incorrect password", "invalid password",
		"invalid api key", "invalid api-key", "invalid apikey", "api key not valid", "api key is invalid", "unknown api key", "incorrect api key",
		"invalid_api_key", "invalid access key", "invalidaccesskeyid", "unrecognized login",
		"user or password", "username or password", "username and password", "username/password", "email or password", "invalid login", "login failed",
		"authentication failed", "could not validate credentials", "could not validate api key", "could not authenticate",
		"invalid authentication credentials", "invalid_auth", "access key id", "unrecognized token", "unknown token", "no such token",
		"token not found", "invalid user", "invalid subscription key", "invalid_credentials", "login failure", "logon failed", "invalid bearer token",
		"invalid access token", "user not found", "invalid token.", "authenticate user",
	}},
	{saysClient, []string{
		"invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "client secret", "client_secret",
		"client credentials", "authorization code", "refresh token", "refresh_token", "redirect_uri", "redirect uri", "code_verifier",
	}},
}

// expiredThing is a credential that a sentence says has expired; other things
// expire too (cards, coupons, links in mails, certificates).
var expiredThing = anyOf(
	`\b(?:token|tokens|jwt|session|api.?key|key|credentials?|access key|bearer|assertion|ticket|sas|request|url|signature|authentication|authorization|login|id_token|access_token|secret|lifetime validation)s?\b[^.;<]{0,48}\b(?:is |has |have |was |been |already )*expired?\b`,
	`\bexpired?[^.;<]{0,24}\b(?:token|jwt|session|api.?key|key|credentials?|authorization|authentication|signature)`, `token_?expired`,
	`expired_?token`, `tokenexpired`, `key_expired`, `jwt_?expired`, `session_?expired`, `credentials_?expired`, `access_token_expired`,
	`expiredtoken`, `expiredsignature`, `idx10223`, `lifetime validation failed`, `\bjwt expired`, `"exp" claim`, `'exp' claim`,
	`exp claim`, `exp not satisfied`, `\bexp\b[^.;<]{0,12}check_failed`, `past its expir`, `expired_?authentication`,
	`expiredauthenticationtoken`, `expiry time`, `signature not valid in the specified time frame`, `time.?frame[^.;<]{0,40}expiry`,
	`jwtexpired`, `token_is_expired`, `access_token_has_expired`, `pgrst30[13]`, `no longer valid`, `timed out session`,
	`session timed out`, `session has timed out`, `session timeout`, `login time-?out`,
)

// otherExpiry are cards, coupons, pages and grants: they have lifetimes of
// their own.
var otherExpiry = anyOf(
	`\b(?:card|coupon|promo|certificate|invitation|invite|offer|trial|subscription|plan|password|quote|cart|reservation|domain|license|licence|csrf|page|cursor|page ?token|sync ?token|upload|verification|reset|otp|refresh.?token|client secret|secret keys?|authorization code)\b[^.;<":]{0,24}expired?`,
	`\bexpired? (?:card|coupon|promo|certificate|page|cursor|invite|otp|code)`,
)

// anyOf is a pattern that fits what one of the patterns fits.
func anyOf(patterns ...string) *regexp.Regexp {
	return regexp.MustCompile(strings.Join(patterns, "|"))
}

// authSays are the things that the answer says about the credential, in its
// body, its challenges and the fields in which gateways name an error.
func (c *Case) authSays() authWord {
	return c.known.auth.get(func() authWord {
		said := c.authText()
		if said == "" {
			return 0
		}
		var out authWord
		for _, group := range authPhrases {
			if saysAny(said, group.phrases...) {
				out |= group.word
			}
		}
		codes := strings.ReplaceAll(said, "_", " ") // expired_access_token
		if (expiredThing.MatchString(said) || expiredThing.MatchString(codes)) && (!otherExpiry.MatchString(said) || strings.Contains(said, "access token") || strings.Contains(said, "jwt")) {
			out |= saysExpired
		}
		if out&saysMaybe != 0 {
			out &^= saysExpired
		}
		if unreadField.MatchString(said) {
			out |= saysScheme
		}
		if saysAny(said, "csrf", "xsrf", "forgery", "crumb") {
			out &^= saysAbsent | saysLogin | saysForm // a token of another kind
		}
		return out
	})
}

// unreadField says in general that the Authorization field has the wrong form.
var unreadField = regexp.MustCompile(`(?:invalid|malformed|bad|wrong|incorrect|unreadable|unparsable) (?:http )?(?:basic ?auth\w*|authori[sz]ation|authentication|auth) (?:header|content|format|syntax|scheme|field|string)|` +
	`(?:basic ?auth\w*|authori[sz]ation|auth) (?:header|content|format|syntax|scheme|field|string) (?:is |was |has )?(?:invalid|malformed|bad|incorrect|wrong|unreadable|not (?:valid|readable|understood))`)

// authText is the beginning of what the answer says, in lower case.
func (c *Case) authText() string {
	if c.Exchange.Response == nil {
		return ""
	}
	said := c.Said()
	if len(said) > maxAuthText {
		said = said[:maxAuthText]
	}
	for _, name := range []string{
		"WWW-Authenticate", "Proxy-Authenticate", "X-Amzn-ErrorType", "X-Amzn-Remapped-WWW-Authenticate", "X-Ms-Diagnostics",
		"X-Error", "X-Error-Message", "X-Auth-Error", "Grpc-Message",
	} {
		for _, v := range c.Exchange.Response.Header.Values(name) {
			if len(v) < maxAuthText && len(said) < 2*maxAuthText {
				said += " " + strings.ToLower(v)
			}
		}
	}
	return strings.TrimSpace(said)
}

// maxAuthText bounds what is searched: a refusal is short, a page of a portal
// mentions everything somewhere.
const maxAuthText = 4 << 10
