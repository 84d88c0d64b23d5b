package causes

import (
	"slices"

	"github.com/faultline-http/faultline/causes/internal/lexicon"
)

// authTopics are the topics behind each authWord, in the order of its bits. What a
// phrase means in all systems that say it stands in them; the test is that it
// could be said by a server nobody has seen.
var authTopics = [...][]lexicon.Topic{
	{topicAbsent},
	{topicLogin},
	{topicScheme},
	{topicForm},
	{topicExpired},
	{topicMaybe},
	{topicEarly},
	{topicClock},
	{topicAudience},
	{topicIssuer},
	{topicSignature},
	{topicRevoked},
	{topicKind},
	{topicScope},
	{topicRole},
	{topicForgery},
	{topicInteraction},
	{topicInactive},
	{topicAddress},
	{topicRefused},
	{topicUnverified},
	{topicClient},
}

var topicAbsent = topic("credential absent",
	"an authentication object was not found", "anonymous access*", "anonymous caller*", "anonymous users*", "api key is missing", "api key is required",
	"api key missing", "api key not found", "api key not provided", "api key required", "api key was not provided", "auth header missing", "auth required",
	"authentication header missing", "authentication information is not given", "authentication is missing", "authentication token not found",
	"authentication token missing", "authentication token is missing", "authentication token required", "authorization field missing",
	"authorization header is empty", "authorization header is missing", "authorization header is required", "authorization header missing",
	"authorization header not found", "authorization header not provided", "authorization header required", "authorization header was not found",
	"authorization is missing", "authorization not found", "authorization token not found", "authorization token required", "authorization token is missing",
	"bad authentication data", "bearer token not found", "bearer token is required", "bearer token required", "bearer token missing",
	"credential is missing", "credentials are missing", "credentials are required", "credentials missing", "credentials not found",
	"credentials not provided", "credentials required", "credentials were not provided", "failed to resolve api key", "full authentication is required",
	"is not provided in the request header", "jwt is missing", "jwt missing", "jwt must be provided", "jwt token not found", "jwt token is required",
	"key not found in request", "method doesn't allow unregistered callers", `missing "authorization*`, "missing 'authorization*",
	"missing access token", "missing api key", "missing apikey", "missing auth*", "missing basic auth*", "missing bearer*", "missing client token",
	"missing credentials", "missing jwt", "missing key in*", "missing or invalid credentials", "missing or invalid jwt", "missing or malformed jwt",
	"missing required authentication", "missing session*", "missing signature*", "missing subscription key", "missing token", "needs authentication",
	"no api key*", "no apikey*", "no auth header*", "no auth token*", "no authentication*", "no authorization*", "no bearer*",
	"no credentials found in*", "no credentials in*", "no credentials provided", "no credentials sent", "no credentials supplied",
	"no credentials were*", "no jwt*", "no session*", "no signature header*", "no signature provided", "no signature was*", "no token*",
	"no user is signed in", "not authed", "not provide credentials", "provide an api key", "request is missing a valid api key",
	"required header authorization", "requires a bearer token", "requires an access token", "requires an api key", "route [login] not defined",
	"session is required", "session not found", "signature header is missing", "subscription key is missing", "system:anonymous*", "token absent",
	"token could not be parsed from the request", "token is empty", "token is missing", "token is required", "token missing",
	"token must be provided", "token not found in request", "token not provided", "token not supplied", "token required",
	"token was not provided", "without authentication", "without credentials", "x api key header is required", "x api key is required",
)

var topicLogin = topic("log in first",
	"authenticate", "authentication is required", "authentication required", "authorization required", "be authenticated", "is not authenticated",
	"not authenticated", "eneedauth", "need auth", "have to be logged in", "login required", "must be logged in", "must be signed in",
	"must log in*", "must sign in*", "need a valid user and password", "need to be logged in", "need to log in*", "need to sign in*",
	"not currently logged in", "not logged in", "not signed in", "please log in*", "please login*", "please sign in*", "requires authentication",
	"requires login", "sign in or sign up", "sign in required", "sign in to continue", "unauthenticated*",
	"you are not authorized to access this resource without*", "you are not logged*",
)

var topicScheme = topic("authorization field unreadable", append(slices.Concat(unreadFields, fieldsUnread),
	`"bearer <token>"`, "'bearer <token>'", "authorization header format*", "authorization header must*", "authorization header requires*",
	"authorization header should be*", "authorization header value must*", "authorization must be*", "authorization type*", "bad authorization*",
	"basic authentication is required", "basic authentication required", "bearer [token]", "bearer authentication required", "bearer prefix*",
	"bearer scheme*", "bearer {token}", "could not parse authorization*", "credentials bad format", "expected 'authorization: bearer*",
	"expected authorization: bearer*", "expected bearer*", "expected format*", `expecting "bearer*`, "expecting bearer*",
	"format is authorization: bearer*", "in the form 'bearer*", "invalid auth scheme*", "invalid authentication scheme*",
	"invalid authorization scheme*", "invalid authorization value*", "invalid basic header*", "invalid format for authorization*",
	"invalid scheme*", "invalid token header*", "malformed credentials", "missing equal sign*", "must be in the format 'bearer*",
	"must be of type bearer*", "must begin with bearer*", "must start with bearer*", "must use basic auth*", "must use bearer*",
	"not a bearer token", "only valid bearer authentication*", "prefixed with*", "scheme is not supported", "scheme not supported",
	"should be in the format*", "should start with bearer*", `start with "bearer*`, "start with 'bearer*", "starts with bearer*",
	"token string should not contain spaces", "token type is not bearer", "token type must be bearer", "two space delimited*",
	"unable to parse authorization header*", "unknown authentication scheme*", "unrecognized authentication scheme*", "unsupported auth",
	"unsupported auth scheme*", "unsupported authentication scheme*", "unsupported authorization*", "unsupported scheme*", "use bearer auth*",
	"wrong authentication scheme*", "wrong format of authorization*", "invalid authorization type*",
)...)

// The words for a field that cannot be read and for the field, either first.
var (
	unreadWords = []string{"invalid", "malformed", "bad", "wrong", "incorrect", "unreadable", "unparsable"}
	fieldWords  = eachOf(
		[]string{"basicauth", "basic auth", "basic authentication", "authorization", "authorisation", "authentication", "auth"},
		[]string{"header", "content", "format", "syntax", "scheme", "field", "string"},
	)
	unreadFields = append(eachOf(unreadWords, fieldWords), eachOf(unreadWords, []string{"http"}, fieldWords)...)
	fieldsUnread = eachOf(fieldWords, []string{"is", "was", "has", ""}, append(unreadWords, "not valid", "not readable", "not understood"))
)

var topicRefused = topic("credential refused",
	"access key id*", "api key is invalid", "api key not valid", "authenticate user", "authentication failed", "bad credentials", "bad password",
	"could not authenticate*", "could not validate api key", "could not validate credentials", "email or password*", "incorrect api key*",
	"incorrect credentials", "incorrect password", "invalid access key*", "invalid access token", "invalid api key*", "invalid apikey*",
	"invalid auth", "invalid authentication credentials", "invalid bearer token", "invalid credentials", "invalid login*", "invalid password*",
	"invalid subscription key*", "invalid token.", "invalid user*", "login failed", "login failure", "logon failed", "no such token",
	"token not found", "unknown api key*", "unknown token*", "unrecognized login", "unrecognized token", "user not found", "user or password*",
	"username and password*", "username or password*", "username/password*", "wrong password*",
)

var topicClient = topic("oauth client or grant",
	"authorization code*", "client credentials*", "client secret*", "code verifier*", "invalid client*", "invalid grant*", "invalid scope*",
	"redirect uri*", "refresh token*", "unauthorized client*", "unsupported grant type*",
)

var topicForgery = topic("token against forgery", "csrf*", "xsrf*", "*csrf", "*xsrf", "forgery*", "antiforgery*", "crumb*")

var topicRole = topic("not permitted",
	"permission*", "privilege*", "not allowed to*", "access denied to*", "does not have access*", "required role*", "roles*",
)

var topicInteraction = topic("a person has to act",
	"interaction required*", "mfa", "two factor*", "2fa", "multi factor*", "saml*",
)

var topicInactive = topic("account inactive",
	"subscription has*", "account is disabled", "account disabled", "account is suspended", "account inactive", "suspended",
)

var topicAddress = topic("address refused", "ip address*", "not whitelisted", "not allowlisted")
