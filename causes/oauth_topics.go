package causes

// What authorisation servers say, and what clients say of them at the callback.
// The words are those of Keycloak, Auth0, Okta, Microsoft Entra, Cognito,
// Google, GitHub, GitLab (Doorkeeper), Salesforce, IdentityServer, Ory Hydra,
// Spring, FusionAuth, Zitadel, Django (oauthlib), Slack, Discord, Twitch,
// LinkedIn, Facebook, Apple, Spotify, Dropbox, HubSpot and X.

var topicRedirectURI = topic("redirect uri",
	"redirect uri mismatch", "redirecturi mismatch", "redirect mismatch", "redirect uri ~ mismatch", "mismatching redirect uri", "mismatch ~ redirect uri",
	"redirect uri ~ not match", "redirect uri ~ doesn't match", "redirect uri ~ did not match", "redirect uri ~ does not match*", "redirect uris ~ not match", "invalid redirect uri*",
	"invalid redirecturi*", "incorrect redirect uri", "bad redirect uri", "wrong redirect uri", "unregistered redirect uri*", "redirect uri ~ not registered", "redirect uri ~ invalid",
	"redirect uri ~ not valid", "redirect uri ~ not allowed", "redirect uri ~ not whitelisted", "redirect uri ~ not permitted", "redirect uri ~ identical", "redirect uri ~ not correspond", "redirect uri ~ missing in the client",
	"redirect uri ~ must be a login redirect", "redirect uri ~ pre registered", "redirect uri ~ must match", "redirect uri ~ not associated", "redirect uri ~ unknown", "redirect uri included is not valid",
	"redirect url ~ not match", "redirect url mismatch", "invalid redirect url*", "redirect url ~ not allowed", "redirect url ~ not whitelisted", "invalid redirect", "callback url mismatch", "callback url ~ not match", "callback url ~ not approved",
	"callback uri mismatch", "invalid callback*", "reply url ~ not match*", "reply address*", "reply url ~ not registered", "invalid parameter: redirect uri", "'redirect uri' ~ invalid", `invalid "redirect uri"*`,
	"parameter: redirect uri", "oauth authorization url mismatch", "application url must have matching hosts", "aadsts50011", "aadsts500112", "aadsts500113", "url blocked", "domain of this url isn't included*",
	"redirect uri ~ malformed", "value passed for the redirect uri*", "no redirect uri*", "redirect uris ~ registered", "redirect to ~ not allowed", "bad redirecturi",
)

var topicPKCE = topic("pkce",
	"code verifier*", "codeverifier*", "code challenge*", "codechallenge*", "pkce*", "proof key for code exchange*", "proof key*", "challenge method*", "aadsts501481", "aadsts50148", "aadsts501491",
	"aadsts9002325",
)

var topicState = topic("oauth state",
	"state mismatch*", "state ~ mismatch", "mismatching state", "invalid state*", "state ~ invalid", "state parameter*", "state ~ missing", "missing state*", "state missing*", "state not equal*",
	"verify authorization request state", "state does not match", "state ~ not match", "state ~ doesn't match", "correlation failed", "oauth state*", "csrf detected", "csrf warning*",
	"csrf token", "state cookie*", "pkce code verifier cookie was missing", "wrong state", "bad state", "unknown state", "authorization request not found", "auth state missing",
	"auth state forbidden", "checks.state*", "session state missing*", "state ~ expired", "state ~ not found", "missing needed parameter state", "no state*", "state ~ too weak", "state verification*",
	"nonce mismatch", "nonce ~ mismatch", "nonce does not match", "nonce ~ not match", "invalid nonce", "nonce ~ invalid", "nonce was null", "nonce cookie*", "idx21323*", "idx21329*",
	"state validation*", "invalid oauth state*", "state ~ tampered", "invalid relay state",
)

var topicDenied = topic("authorisation denied",
	"access denied", "user denied", "denied the request", "denied access", "denied your request", "user cancelled*", "user canceled*", "cancelled by user", "user declined", "declined to consent",
	"declined consent", "user refused", "permissions error", "authorization was denied", "authorization denied", "login cancelled", "aadsts65004", "not assigned to the client application", "policy evaluation failed*", "user did not authorize*",
	"user rejected", "consent denied", "consent rejected", "denied by the user", "authorization declined",
)

var topicGrantKind = topic("grant not supported",
	"unsupported grant*", "unsupported response*", "invalid grant type*", "bad grant type*", "unknown grant type*", "grant type ~ not allowed", "grant type ~ not supported", "grant type ~ disabled", "grant type ~ unknown", "grant type ~ invalid",
	"grant type disabled", "unauthorized grant*", "grant not allowed", "grant ~ not enabled", "grant ~ not allowed", "authorization grant '*", "not allowed to use authorization grant*", "response type ~ not",
	"unauthorized response type", "invalid response type*", "not allowed for direct access grants", "not enabled to retrieve service account*", "not allowed to retrieve service account*",
	"implicit flow is disabled*", "standard flow is disabled*", "not authorized to use the provided grant*", "not authorized to use this ~ grant", "unauthorized to retrieve access tokens using this method*", "device flow disabled", "device flow is disabled",
	"not allowed to initiate ~ login", "not allowed to initiate*", "oauth 2.0 device authorization grant is not enabled", "aadsts70003", "aadsts700051", "aadsts700054", "aadsts70005", "grant type you requested*",
	"password grant ~ disabled",
)

var topicScopeAsked = topic("scope asked for",
	"invalid scope*", "scope ~ not valid", "scope ~ invalid", "scope ~ unknown", "scope ~ not allowed", "scope ~ not supported", "scope ~ not granted", "scopes ~ not configured", "scopes ~ not valid", "unknown scope*", "illegal scope*",
	"unauthorized scope*", "bad scope*", "scope error", "unsupported scope*", "invalid target", "invalid resource*", "requested resource*", "resource principal*", "not allowed to request scope*", "no scopes*", "any of the scopes requested",
	"service not found*", "service not enabled*", "client grant", "not authorized to access*", "scope mismatch", "some requested scopes*", "aadsts70011", "aadsts1002012", "aadsts500011", "aadsts650057", "aadsts28002", "aadsts28003", "aadsts650053", "aadsts50001",
	"aadsts650052", "invalid audience*", "audience ~ not allowed",
)

var topicClientID = topic("oauth client unknown",
	"client not found", "invalid value for 'client id'*", "client was not found", "oauth client ~ not found", "client ~ does not exist", "client does not exist", "unknown client*", "client unknown", "no such client", "invalid client id*", "invalid clientid*", "bad client id*", "client id ~ invalid", "client id ~ unknown",
	"client id ~ not found", "missing or invalid client id", "client identifier*", "application ~ not found", "application with identifier*", "application cannot be found", "invalid appid*", "invalid app id*", "error validating application*", "app not found", "errors.app.not found", "deleted client", "client was deleted",
	"disabled client", "client is disabled", "client disabled", "client is not active", "aadsts700016", "aadsts70001", "aadsts7000229", "aadsts7000112", "aadsts90013", "invalid client identifier", "client id mismatch", "clientid is incorrect",
)

var topicClientSecret = topic("oauth client not authenticated",
	"invalid client", "invalid client credentials", "client authentication*", "client credentials ~ invalid", "bad client credentials", "incorrect client credentials", "bad client secret*", "invalid client secret*", "client secret*", "invalid appsecret*", "app secret*",
	"appsecret*", "client assertion*", "multiple client credentials", "authentication method", "token endpoint auth method*", "bad client", "unauthorized client credentials", "aadsts7000215", "aadsts7000222", "aadsts7000218", "aadsts7000216", "aadsts700027",
	"aadsts700021", "aadsts700023", "aadsts700024", "aadsts700025", "aadsts700030", "aadsts50012", "missing valid authorization header", "invalid consumer*", "public client*", "confidential client*",
)

var topicGrant = topic("grant refused",
	"invalid grant", "code not valid", "invalid code", "code is invalid", "code was invalid", "bad verification code", "verification code*", "bad auth code", "malformed auth code", "invalid authorization code", "authorization code*", "auth code*", "code already used",
	"code has been used", "code was already*", "code has already*", "code expired", "code has expired", "code ~ not found", "code doesn't exist*", "invalid refresh token*", "bad refresh token*", "refresh token*", "unknown or invalid refresh*", "token is not active", "session not active", "offline session not active",
	"stale token", "refreshtoken", "invalid user credentials", "invalid username or password", "wrong email or password", "wrong username or password", "invalid login credentials", "bad user credentials*", "authentication failure", "invalid assertion*", "assertion*", "invalid `code`*", `invalid "code"*`,
	"expired token", "token inactive", "device code*", "incorrect device code", "bad device code", "grant is invalid*", "authorization grant*", "expired or revoked", "malformed token", "incorrect username or password*", "user credentials*", "reuse ~ refresh", "token reuse*",
	"aadsts70000", "aadsts70002", "aadsts70008", "aadsts700082", "aadsts700084", "aadsts70043", "aadsts54005", "aadsts50173", "aadsts50126", "aadsts50034", "aadsts7000012", "aadsts50013", "aadsts500131", "aadsts500133", "aadsts70044", "aadsts90023", "aadsts50055", "aadsts50057", "aadsts50053",
	"aadsts700003", "aadsts700005", "aadsts9002313", "aadsts50132", "aadsts50089", "aadsts700007",
)

// topicPerson: a person has to act, which is another cause's business.
var topicPerson = topic("interaction", "interaction required", "consent required", "login required", "mfa required", "account selection required", "aadsts65001", "aadsts50076", "aadsts50079",
	"aadsts50072", "aadsts50074", "aadsts50058", "aadsts53000", "aadsts53001", "aadsts53002", "aadsts53003", "aadsts50097", "aadsts50105", "account is not fully set up", "email not verified", "unverified user email", "org internal", "admin policy enforced",
	"aadsts90094", "aadsts90095", "aadsts530003", "aadsts50129", "aadsts650056")
