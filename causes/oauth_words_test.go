package causes_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

const (
	codeForm    = "grant_type=authorization_code&client_id=web&client_secret=made-up-secret&code=made-up-code&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb"
	pkceForm    = "grant_type=authorization_code&client_id=web&code=made-up-code&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&code_verifier=made-up-verifier-made-up-verifier-made-up-verifier"
	refreshForm = "grant_type=refresh_token&client_id=web&refresh_token=made-up-refresh"
	clientForm  = "grant_type=client_credentials&client_id=web&client_secret=made-up-secret&scope=orders"
	userForm    = "grant_type=password&client_id=web&username=ada&password=made-up-word"
	deviceForm  = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=tv&device_code=made-up-device"
	bearerForm  = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=made-up-assertion"
)

// tokenAnswers are what authorisation servers say at their token endpoints, in their own words.
var tokenAnswers = []struct {
	server, form string
	status       int
	answer       string
	cause        faultline.Slug
	at           string
}{
	{"keycloak", clientForm, 401, `{"error":"unauthorized_client","error_description":"Invalid client secret"}`, "oauth.invalid-client", "/client_secret"},
	{"keycloak", clientForm, 401, `{"error":"invalid_client","error_description":"Invalid client or Invalid client credentials"}`, "oauth.invalid-client", "/client_secret"},
	{"keycloak", clientForm, 401, `{"error":"unauthorized_client","error_description":"Client not enabled to retrieve service account"}`, "oauth.unsupported-grant", "/grant_type"},
	{"keycloak", userForm, 401, `{"error":"invalid_grant","error_description":"Invalid user credentials"}`, "oauth.invalid-grant", "/password"},
	{"keycloak", codeForm, 400, `{"error":"invalid_grant","error_description":"Code not valid"}`, "oauth.invalid-grant", "/code"},
	{"keycloak", refreshForm, 400, `{"error":"invalid_grant","error_description":"Session not active"}`, "oauth.invalid-grant", "/refresh_token"},
	{"keycloak", refreshForm, 400, `{"error":"invalid_grant","error_description":"Maximum allowed refresh token reuse exceeded"}`, "oauth.invalid-grant", "/refresh_token"},
	{"keycloak", pkceForm, 400, `{"error":"invalid_grant","error_description":"PKCE code verifier not specified"}`, "oauth.pkce", "/code_verifier"},
	{"auth0", clientForm, 401, `{"error":"access_denied","error_description":"Unauthorized"}`, "oauth.invalid-client", "/client_secret"},
	{"auth0", clientForm, 403, `{"error":"access_denied","error_description":"Service not enabled within domain: https://api.example.com"}`, "oauth.scope", "/scope"},
	{"auth0", codeForm, 403, `{"error":"invalid_grant","error_description":"Invalid authorization code"}`, "oauth.invalid-grant", "/code"},
	{"auth0", pkceForm, 403, `{"error":"invalid_grant","error_description":"Failed to verify code verifier"}`, "oauth.pkce", "/code_verifier"},
	{"auth0", refreshForm, 403, `{"error":"invalid_grant","error_description":"Unknown or invalid refresh token."}`, "oauth.invalid-grant", "/refresh_token"},
	{"auth0", userForm, 403, `{"error":"unauthorized_client","error_description":"Grant type 'password' not allowed for the client."}`, "oauth.unsupported-grant", "/grant_type"},
	{"auth0", userForm, 403, `{"error":"invalid_grant","error_description":"Wrong email or password."}`, "oauth.invalid-grant", "/password"},
	{"okta", clientForm, 401, `{"errorCode":"invalid_client","errorSummary":"Invalid value for 'client_id' parameter.","errorLink":"invalid_client","errorId":"oae","errorCauses":[]}`, "oauth.invalid-client", "/client_id"},
	{"okta", clientForm, 401, `{"error":"invalid_client","error_description":"The client secret supplied for a confidential client is invalid."}`, "oauth.invalid-client", "/client_secret"},
	{"okta", codeForm, 400, `{"error":"invalid_grant","error_description":"The authorization code is invalid or has expired."}`, "oauth.invalid-grant", "/code"},
	{"okta", codeForm, 400, `{"error":"invalid_grant","error_description":"The 'redirect_uri' does not match the redirection URI used in the authorization request."}`, "oauth.redirect-uri", "/redirect_uri"},
	{"okta", pkceForm, 400, `{"error":"invalid_grant","error_description":"PKCE verification failed."}`, "oauth.pkce", "/code_verifier"},
	{"okta", clientForm, 400, `{"error":"invalid_scope","error_description":"One or more scopes are not configured for the authorization server resource."}`, "oauth.scope", "/scope"},
	{"okta", userForm, 400, `{"error":"unauthorized_client","error_description":"The client is not authorized to use the provided grant type. Configured grant types: [authorization_code]."}`, "oauth.unsupported-grant", "/grant_type"},
	{"entra", clientForm, 401, `{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.","error_codes":[7000215]}`, "oauth.invalid-client", "/client_secret"},
	{"entra", codeForm, 400, `{"error":"invalid_grant","error_description":"AADSTS500112: The reply address 'https://app.example.com/cb' does not match the reply address 'https://app.example.com/callback' provided when requesting Authorization code.","error_codes":[500112]}`, "oauth.redirect-uri", "/redirect_uri"},
	{"entra", codeForm, 400, `{"error":"invalid_grant","error_description":"AADSTS70008: The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource."}`, "oauth.invalid-grant", "/code"},
	{"entra", pkceForm, 400, `{"error":"invalid_request","error_description":"AADSTS9002325: Proof Key for Code Exchange is required for cross-origin authorization code redemption."}`, "oauth.pkce", "/code_verifier"},
	{"entra", clientForm, 400, `{"error":"invalid_resource","error_description":"AADSTS500011: The resource principal named https://api.example.com was not found in the tenant named Example."}`, "oauth.scope", "/scope"},
	{"entra", userForm, 400, `{"error":"invalid_grant","error_description":"AADSTS50126: Error validating credentials due to invalid username or password."}`, "oauth.invalid-grant", "/password"},
	{"entra", refreshForm, 400, `{"error":"invalid_grant","error_description":"AADSTS50173: The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password."}`, "oauth.invalid-grant", "/refresh_token"},
	{"entra", bearerForm, 400, `{"error":"invalid_grant","error_description":"AADSTS500131: Assertion audience does not match the Client app presenting the assertion."}`, "oauth.invalid-grant", "/assertion"},
	{"cognito", clientForm, 400, `{"error":"invalid_client"}`, "oauth.invalid-client", "/client_secret"},
	{"cognito", codeForm, 400, `{"error":"invalid_grant"}`, "oauth.invalid-grant", "/code"},
	{"google", codeForm, 400, `{"error":"redirect_uri_mismatch","error_description":"Bad Request"}`, "oauth.redirect-uri", "/redirect_uri"},
	{"google", refreshForm, 401, `{"error":"deleted_client","error_description":"The OAuth client was deleted."}`, "oauth.invalid-client", "/client_id"},
	{"google", bearerForm, 401, `{"error":"unauthorized_client","error_description":"Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested."}`, "oauth.scope", "/scope"},
	{"github", "client_id=web&client_secret=made-up-secret&code=made-up-code", 200, `error=bad_verification_code&error_description=The+code+passed+is+incorrect+or+expired.&error_uri=https%3A%2F%2Fdocs.github.com`, "oauth.invalid-grant", "/code"},
	{"github", "client_id=web&client_secret=made-up-secret&code=made-up-code", 200, `{"error":"incorrect_client_credentials","error_description":"The client_id and/or client_secret passed are incorrect."}`, "oauth.invalid-client", "/client_secret"},
	{"github", "client_id=web&client_secret=made-up-secret&code=made-up-code&redirect_uri=x", 200, `{"error":"redirect_uri_mismatch","error_description":"The redirect_uri MUST match the registered callback URL for this application."}`, "oauth.redirect-uri", "/redirect_uri"},
	{"gitlab", clientForm, 401, `{"error":"invalid_client","error_description":"Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method."}`, "oauth.invalid-client", "/client_secret"},
	{"gitlab", codeForm, 400, `{"error":"invalid_grant","error_description":"The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client."}`, "oauth.invalid-grant", "/code"},
	{"salesforce", clientForm, 400, `{"error":"invalid_client_id","error_description":"client identifier invalid"}`, "oauth.invalid-client", "/client_id"},
	{"salesforce", userForm, 400, `{"error":"invalid_grant","error_description":"authentication failure"}`, "oauth.invalid-grant", "/password"},
	{"salesforce", refreshForm, 400, `{"error":"invalid_grant","error_description":"expired access/refresh token"}`, "oauth.invalid-grant", "/refresh_token"},
	{"identityserver", clientForm, 400, `{"error":"invalid_client"}`, "oauth.invalid-client", "/client_secret"},
	{"identityserver", userForm, 400, `{"error":"unauthorized_client"}`, "oauth.unsupported-grant", "/grant_type"},
	{"hydra", clientForm, 401, `{"error":"invalid_client","error_description":"Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method). The requested OAuth 2.0 Client does not exist."}`, "oauth.invalid-client", ""},
	{"hydra", pkceForm, 400, `{"error":"invalid_grant","error_description":"The provided authorization grant is invalid. The PKCE code challenge did not match the code verifier."}`, "oauth.pkce", "/code_verifier"},
	{"hydra", userForm, 400, `{"error":"unauthorized_client","error_description":"The client is not authorized to request a token using this method. The OAuth 2.0 Client is not allowed to use authorization grant 'password'."}`, "oauth.unsupported-grant", "/grant_type"},
	{"spring", codeForm, 400, `{"error":"invalid_grant"}`, "oauth.invalid-grant", "/code"},
	{"fusionauth", pkceForm, 400, `{"error":"invalid_grant","error_description":"Invalid code_verifier.","error_reason":"invalid_pkce_code_verifier"}`, "oauth.pkce", "/code_verifier"},
	{"zitadel", codeForm, 400, `{"error":"invalid_request","error_description":"redirect_uri does not correspond"}`, "oauth.redirect-uri", "/redirect_uri"},
	{"slack", "client_id=1.2&client_secret=made-up&code=made-up-code", 200, `{"ok":false,"error":"invalid_code"}`, "oauth.invalid-grant", "/code"},
	{"slack", "client_id=1.2&client_secret=made-up&code=made-up-code", 200, `{"ok":false,"error":"bad_redirect_uri"}`, "oauth.redirect-uri", "/redirect_uri"},
	{"discord", codeForm, 400, `{"error":"invalid_grant","error_description":"Invalid \"code\" in request."}`, "oauth.invalid-grant", "/code"},
	{"discord", codeForm, 400, `{"error":"invalid_grant","error_description":"Invalid \"redirect_uri\" in request."}`, "oauth.redirect-uri", "/redirect_uri"},
	{"twitch", clientForm, 403, `{"status":403,"message":"invalid client secret"}`, "oauth.invalid-client", "/client_secret"},
	{"twitch", codeForm, 400, `{"status":400,"message":"Invalid authorization code"}`, "oauth.invalid-grant", "/code"},
	{"twitch", codeForm, 400, `{"status":400,"message":"Parameter redirect_uri does not match registered URI"}`, "oauth.redirect-uri", "/redirect_uri"},
	{"linkedin", codeForm, 401, `{"error":"invalid_client","error_description":"Client authentication failed"}`, "oauth.invalid-client", "/client_secret"},
	{"linkedin", codeForm, 400, `{"error":"invalid_request","error_description":"Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists"}`, "oauth.invalid-grant", "/code"},
	{"facebook", codeForm, 400, `{"error":{"message":"Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request","type":"OAuthException","code":100}}`, "oauth.redirect-uri", "/redirect_uri"},
	{"facebook", codeForm, 400, `{"error":{"message":"This authorization code has been used.","type":"OAuthException","code":100}}`, "oauth.invalid-grant", "/code"},
	{"apple", codeForm, 400, `{"error":"invalid_grant","error_description":"The code has expired or has been revoked."}`, "oauth.invalid-grant", "/code"},
	{"spotify", codeForm, 400, `{"error":"invalid_grant","error_description":"Invalid redirect URI"}`, "oauth.redirect-uri", "/redirect_uri"},
	{"spotify", refreshForm, 400, `{"error":"invalid_grant","error_description":"Refresh token revoked"}`, "oauth.invalid-grant", "/refresh_token"},
	{"x", pkceForm, 400, `{"error":"invalid_request","error_description":"Value passed for the code verifier did not match the code challenge."}`, "oauth.pkce", "/code_verifier"},
	{"hubspot", codeForm, 400, `{"status":"BAD_AUTH_CODE","message":"missing or unknown auth code","correlationId":"x"}`, "oauth.invalid-grant", "/code"},
	{"device", deviceForm, 400, `{"error":"expired_token","error_description":"The device code has expired"}`, "oauth.invalid-grant", "/device_code"},
	{"device", deviceForm, 400, `{"error":"access_denied","error_description":"The user denied the request"}`, "oauth.access-denied", "/device_code"},
	{"device", deviceForm, 400, `{"error":"authorization_pending"}`, "", ""},
	{"dpop", codeForm, 400, `{"error":"invalid_grant","error_description":"The provided authorization grant or refresh token is expired."}`, "oauth.invalid-grant", "/code"},
}

func TestWordsOfTokenEndpoints(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range tokenAnswers {
		ex := spoken("POST /oauth2/token", "form "+tt.form, tt.status, tt.answer)
		if !strings.HasPrefix(tt.answer, "{") {
			ex.Response.Header = faultline.Header{{Name: "Content-Type", Value: "application/x-www-form-urlencoded; charset=utf-8"}}
		}
		d := engine.Diagnose(ex)
		first, _ := d.Primary()
		slug := first.Cause.Slug
		if tt.cause == "" && slug.Family() != "oauth" {
			continue
		}
		if slug != tt.cause || tt.at != "" && where(first.At) != tt.at {
			t.Errorf("%s: %s\ngives %s at %q, want %s at %q; all: %s", tt.server, tt.answer, slug, where(first.At), tt.cause, tt.at, slugs(d))
		}
	}
}

// TestWordsAtTheAuthorizationEndpoint: errors come in the address that the browser is sent to, or on a page.
func TestWordsAtTheAuthorizationEndpoint(t *testing.T) {
	t.Parallel()
	const ask = "GET /authorize?response_type=code&client_id=web&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&scope=openid%20orders&state=made-up-state"
	engine := diagnose.New()
	for _, tt := range []struct {
		name, request, location string
		status                  int
		page                    string
		cause                   faultline.Slug
		at                      string
	}{
		{"scope, to the callback", ask, "https://app.example.com/cb?error=invalid_scope&error_description=Invalid+scopes%3A+orders&state=made-up-state", 302, ``, "oauth.scope", "query scope"},
		{"fragment", ask, "https://app.example.com/cb#error=unsupported_response_type&state=made-up-state", 302, ``, "oauth.unsupported-grant", "query response_type"},
		{"denied", ask, "https://app.example.com/cb?error=access_denied&error_description=The+user+denied+access&state=x", 302, ``, "oauth.access-denied", ""},
		{"pkce", ask, "https://app.example.com/cb?error=invalid_request&error_description=Missing+parameter%3A+code_challenge_method&state=x", 302, ``, "oauth.pkce", "query code_challenge"},
		{"redirect, keycloak page", ask, "", 400, `<html><body><h1>We are sorry...</h1><p>Invalid parameter: redirect_uri</p></body></html>`, "oauth.redirect-uri", "query redirect_uri"},
		{"redirect, entra page", ask, "", 400, `<html><body>AADSTS50011: The redirect URI 'https://app.example.com/cb' specified in the request does not match the redirect URIs configured for the application</body></html>`, "oauth.redirect-uri", "query redirect_uri"},
		{"redirect, auth0 page", ask, "", 403, `<html><body>Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs.</body></html>`, "oauth.redirect-uri", "query redirect_uri"},
		{"client, keycloak page", ask, "", 400, `<html><body><p>Client not found.</p></body></html>`, "oauth.invalid-client", "query client_id"},
		{"weak state, hydra", ask, "https://app.example.com/cb?error=invalid_state&error_description=The+state+is+missing+or+does+not+have+enough+characters", 303, ``, "oauth.state", "query state"},
		{"a login page", ask, "https://id.example.com/login?state=abc", 302, ``, "", ""},
		{"callback, passport", "GET /callback?code=made-up-code&state=made-up-state", "", 403, `{"message":"Unable to verify authorization request state."}`, "oauth.state", "query state"},
		{"callback, asp.net", "GET /signin-oidc?code=made-up-code&state=made-up-state", "", 500, `Exception: Correlation failed.`, "oauth.state", "query state"},
		{"callback, authlib", "GET /auth/callback?code=made-up-code&state=made-up-state", "", 500, `authlib.integrations.base_client.errors.MismatchingStateError: mismatching_state: CSRF Warning! State not equal in request and response.`, "oauth.state", "query state"},
		{"callback, denied", "GET /callback?error=access_denied&state=made-up-state", "", 400, `{"error":"login failed"}`, "oauth.access-denied", "query error"},
		{"callback, scope", "GET /callback?error=invalid_scope&error_description=unknown+scope&state=x", "", 400, `{"error":"login failed"}`, "oauth.scope", "query scope"},
	} {
		ex := spoken(tt.request, ``, tt.status, tt.page)
		if strings.HasPrefix(tt.page, "<") {
			ex.Response.Header = faultline.Header{{Name: "Content-Type", Value: "text/html"}}
		}
		if tt.location != "" {
			ex.Response.Header = append(ex.Response.Header, faultline.Field{Name: "Location", Value: tt.location})
		}
		d := engine.Diagnose(ex)
		first, _ := d.Primary()
		if slug := first.Cause.Slug; tt.cause == "" && slug.Family() == "oauth" || tt.cause != "" && (slug != tt.cause || tt.at != "" && where(first.At) != tt.at) {
			t.Errorf("%s gives %s at %q, want %s at %q; all: %s", tt.name, slug, where(first.At), tt.cause, tt.at, slugs(d))
		}
	}
}

// TestOtherCallsAreNoStepOfALogin: code, state, token and revoke are words of other trades too.
func TestOtherCallsAreNoStepOfALogin(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range []struct{ request, body, answer string }{
		{"GET /v1/zip?code=90210&state=ZZ", ``, `{"error":"Invalid state"}`},
		{"POST /v1/invoices/5/revoke", `json {"reason":"x"}`, `{"error":"invalid_client"}`},
		{"POST /v1/projects/7/tokens", `json {"name":"ci","scope":"x"}`, `{"error":"invalid scope"}`},
		{"GET /v1/orders?error=1", ``, `{"error":"access_denied"}`},
		{"POST /v1/coupons", `json {"code":"A"}`, `{"error":"invalid code"}`},
	} {
		d := engine.Diagnose(spoken(tt.request, tt.body, 400, tt.answer))
		if first, _ := d.Primary(); first.Cause.Slug.Family() == "oauth" {
			t.Errorf("%s: %s", tt.request, slugs(d))
		}
	}
}
