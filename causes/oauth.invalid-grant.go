package causes

import (
	"github.com/faultline-http/faultline"
)

func init() { register("oauth.invalid-grant", invalidGrant) }

// invalidGrant is for codes, refresh tokens, passwords and assertions that the
// token endpoint does not take (any more).
func invalidGrant(c *Case) []faultline.Finding {
	if c.oauth().slug != "oauth.invalid-grant" {
		return nil
	}
	param, what := c.grantParam()
	f, ok := c.oauthFinding("oauth.invalid-grant", param, "the authorisation server does not accept "+what)
	if !ok {
		return nil
	}
	if c.oauth().proof != nil {
		return []faultline.Finding{f}
	}
	heard := c.oauth().heard
	f.Brief, f.Expected = what+" is not accepted", what+" that is fresh, unused, and issued to this client"
	if sent, has := c.oauthParam(param); has {
		f.Found = secretShown(sent.text)
	}
	switch {
	case heard.About(topicUsed):
		f.Message, f.Brief = what+" was used before", "used before"
	case heard.About(topicMaybe):
		f.Message, f.Brief = what+" is invalid or expired", "invalid or expired"
	case heard.About(topicRevoked):
		f.Message, f.Brief = what+" was revoked", "revoked"
	case heard.About(topicExpired, topicGrantExpired):
		f.Message, f.Brief = what+" has expired", "expired"
	}
	switch param {
	case "code":
		f.Remedy.Text = "start the login anew, redeem the code at once, once, with the same client and redirect_uri"
		f.Notes = []faultline.Note{{Label: "settle it", Text: "give the calls before, in one file: the authorisation request shows whether redirect_uri, client and PKCE agree"}}
	case "refresh_token":
		f.Remedy.Text = "have the person sign in again, and store the refresh token of every answer"
	case "password":
		f.Remedy.Text = "compare name and password; some servers want the password grant switched on for the account"
	case "assertion", "client_assertion", "subject_token":
		f.Remedy.Text = "compare `iss`, `aud`, `exp` and the key of the assertion with what the server trusts (RFC 7523, section 3)"
	default:
		f.Remedy.Text = "begin the flow anew"
	}
	return []faultline.Finding{f}
}

var (
	topicUsed = topic("used before", "already redeemed", "already used", "already been used", "been used", "was used", "code has been used", "code already used", "already exchanged", "already consumed", "reuse*", "used more than once", "was already redeemed",
		"aadsts54005", "previously used")
	topicGrantExpired = topic("grant expired", "code ~ expired", "refresh token ~ expired", "grant ~ expired", "aadsts70008", "aadsts700082", "aadsts700084", "aadsts70043", "expired token", "token is not active", "device code ~ expired")
)

// grantParam is the parameter that carries the grant, and what it is.
func (c *Case) grantParam() (param, what string) {
	switch grant := c.grantType(); grant {
	case "refresh_token":
		return "refresh_token", "the refresh token"
	case "password":
		return "password", "name and password"
	case "urn:ietf:params:oauth:grant-type:device_code":
		return "device_code", "the device code"
	case "urn:ietf:params:oauth:grant-type:jwt-bearer", "urn:ietf:params:oauth:grant-type:saml2-bearer":
		return "assertion", "the assertion"
	case "urn:ietf:params:oauth:grant-type:token-exchange":
		return "subject_token", "the token to exchange"
	}
	for _, name := range []string{"code", "refresh_token", "assertion", "device_code"} {
		if _, ok := c.oauthParam(name); ok {
			return name, map[string]string{"code": "the authorisation code", "refresh_token": "the refresh token", "assertion": "the assertion", "device_code": "the device code"}[name]
		}
	}
	return "code", "the authorisation code"
}
