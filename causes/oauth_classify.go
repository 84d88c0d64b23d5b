package causes

import "github.com/faultline-http/faultline"

// classify names the cause by the error code and by what the description speaks
// of: servers put most things under invalid_grant and invalid_request.
func (o *oauthCall) classify() faultline.Slug {
	about := o.heard.About
	switch o.code {
	case "authorization_pending", "use_dpop_nonce", "slow_down", "temporarily_unavailable", "server_error", "invalid_dpop_proof":
		return "" // part of the protocol, a limit, or no fault of these
	}
	if about(topicPerson) {
		return ""
	}
	if o.step == atCallback {
		return o.classifyCallback()
	}
	redirect, pkce := about(topicRedirectURI), about(topicPKCE)
	switch {
	case redirect && pkce:
		return "oauth.invalid-grant" // "code, redirect_uri or code_verifier": one of them
	case redirect:
		return "oauth.redirect-uri"
	case pkce:
		return "oauth.pkce"
	case o.step == atAuthorize && about(topicState):
		return "oauth.state"
	}
	if slug, ok := oauthCodes[o.code]; ok && !(slug == "oauth.access-denied" && o.step != atAuthorize) {
		return o.refine(slug)
	}
	return o.byWords()
}

// oauthCodes are the codes that say which cause it is: those of RFC 6749, 8628
// and 8707, and what services made up.
var oauthCodes = map[string]faultline.Slug{
	"invalid_client": "oauth.invalid-client", "incorrect_client_credentials": "oauth.invalid-client", "invalid_client_id": "oauth.invalid-client",
	"invalid_client_secret": "oauth.invalid-client", "bad_client_secret": "oauth.invalid-client", "deleted_client": "oauth.invalid-client",
	"disabled_client": "oauth.invalid-client", "bad_client_id": "oauth.invalid-client", "40125": "oauth.invalid-client", "40013": "oauth.invalid-client",
	"application_not_found": "oauth.invalid-client", "client_not_found": "oauth.invalid-client", "unknown_client": "oauth.invalid-client",
	"invalid_grant": "oauth.invalid-grant", "bad_verification_code": "oauth.invalid-grant", "invalid_code": "oauth.invalid-grant", "code_already_used": "oauth.invalid-grant",
	"invalid_refresh_token": "oauth.invalid-grant", "expired_token": "oauth.invalid-grant", "incorrect_device_code": "oauth.invalid-grant", "bad_auth_code": "oauth.invalid-grant",
	"bad_refresh_token": "oauth.invalid-grant", "40029": "oauth.invalid-grant", "40163": "oauth.invalid-grant", "40030": "oauth.invalid-grant", "token_inactive": "oauth.invalid-grant",
	"invalid_auth_code": "oauth.invalid-grant", "auth_code_not_found": "oauth.invalid-grant",
	"unauthorized_client": "oauth.unsupported-grant", "unsupported_grant_type": "oauth.unsupported-grant", "unsupported_response_type": "oauth.unsupported-grant",
	"invalid_grant_type": "oauth.unsupported-grant", "device_flow_disabled": "oauth.unsupported-grant", "bad_grant_type": "oauth.unsupported-grant",
	"unsupported_response_mode": "oauth.unsupported-grant", "unsupported_token_type": "oauth.unsupported-grant", "grant_type_disabled": "oauth.unsupported-grant",
	"invalid_scope": "oauth.scope", "invalid_target": "oauth.scope", "invalid_resource": "oauth.scope", "unauthorized_scope_error": "oauth.scope", "restricted_scope": "oauth.scope",
	"redirect_uri_mismatch": "oauth.redirect-uri", "redirect_mismatch": "oauth.redirect-uri", "bad_redirect_uri": "oauth.redirect-uri", "invalid_redirect_uri": "oauth.redirect-uri",
	"invalid_state": "oauth.state", "mismatching_state": "oauth.state", "state_mismatch": "oauth.state",
	"access_denied": "oauth.access-denied", "user_denied": "oauth.access-denied", "user_cancelled_login": "oauth.access-denied", "user_cancelled_authorize": "oauth.access-denied",
	"user_cancelled": "oauth.access-denied", "authorization_declined": "oauth.access-denied", "user_cancel_authorize": "oauth.access-denied",
}

// refine corrects codes that servers use for something else, where their
// descriptions say so.
func (o *oauthCall) refine(slug faultline.Slug) faultline.Slug {
	about := o.heard.About
	switch slug {
	case "oauth.invalid-grant":
		switch {
		case about(topicClientID) && !about(topicSignature):
			return "oauth.invalid-client"
		case about(saysSuspended):
			return "" // the account behind the grant
		case about(topicScopeAsked):
			return "oauth.scope"
		case about(topicGrantKind):
			return "oauth.unsupported-grant"
		}
	case "oauth.unsupported-grant":
		switch {
		case about(topicScopeAsked):
			return "oauth.scope"
		case about(topicGrantKind):
			return slug
		case about(topicClientID, topicClientSecret):
			return "oauth.invalid-client"
		}
	case "oauth.access-denied":
		if about(topicScopeAsked) {
			return "oauth.scope"
		}
	}
	return slug
}

// byWords is for invalid_request, and for codes that nobody else uses.
func (o *oauthCall) byWords() faultline.Slug {
	about := o.heard.About
	missing := about(topicMissingParam)
	switch {
	case about(topicScopeAsked):
		return "oauth.scope"
	case about(topicGrantKind):
		return "oauth.unsupported-grant"
	case about(topicClientID), about(topicClientSecret) && !missing:
		return "oauth.invalid-client"
	case o.step == atToken && o.code == "access_denied":
		return o.deniedAtToken()
	case about(topicGrant) && !missing && o.step == atToken:
		return "oauth.invalid-grant"
	case o.step == atAuthorize && about(topicDenied):
		return "oauth.access-denied"
	}
	return ""
}

// topicMissingParam: a parameter is absent, which is the business of fields.
var topicMissingParam = topic("parameter missing", "missing form parameter*", "missing parameter*", "missing required parameter*", "parameter ~ missing", "parameter is required", "parameter is missing", "must contain the following parameter",
	"required parameter*", "is required", "aadsts900144", "aadsts90014")

// deniedAtToken: at the token endpoint nobody is asked. Device flows end so when
// the person refuses (RFC 8628, section 3.5); Auth0 calls a wrong secret so.
func (o *oauthCall) deniedAtToken() faultline.Slug {
	if o.description == "" || o.heard.About(topicDenied) && len(o.description) > len("Unauthorized") {
		return "oauth.access-denied"
	}
	return "oauth.invalid-client"
}

// classifyCallback: the server sent the browser back with an error, or the
// client does not know the answer as one to its own question.
func (o *oauthCall) classifyCallback() faultline.Slug {
	if o.heard.About(topicState) {
		return "oauth.state"
	}
	if slug, ok := oauthCodes[o.code]; ok {
		return o.refine(slug)
	}
	if o.code != "" {
		return o.byWords()
	}
	return ""
}
