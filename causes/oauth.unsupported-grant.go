package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("oauth.unsupported-grant", unsupportedGrant) }

// unsupportedGrant is for flows that the server does not know, or has not
// switched on for the client (RFC 6749, sections 4.1.2.1 and 5.2).
func unsupportedGrant(c *Case) []faultline.Finding {
	param := "grant_type"
	if c.oauth().step == atAuthorize {
		param = "response_type"
	}
	f, ok := c.oauthFinding("oauth.unsupported-grant", param, "")
	if !ok {
		return nil
	}
	sent, has := c.oauthParam(param)
	f.Message = "the client " + c.clientName() + " may not use the grant `" + short(sent.text) + "`"
	f.Brief, f.Found = "grant is not enabled", short(sent.text)
	f.Expected = "a grant that is switched on for the client"
	f.Remedy.Text = "switch the grant on for the client at the authorisation server, or use one that is"
	switch {
	case !has:
		f.Message, f.Brief = "the request has no `"+param+"`", "no `"+param+"`"
		f.Found, f.Remedy.Text = "nothing", "send `"+param+"`"
		if c.RequestType() == "application/json" {
			f.Remedy.Text = "send the parameters as a form: token endpoints read application/x-www-form-urlencoded"
		}
	case param == "response_type":
		f.Message = "the client may not use the response type `" + short(sent.text) + "`"
	case !knownGrant(sent.text):
		f.Message, f.Brief = "`"+short(sent.text)+"` is not a grant type", "not a grant type"
		f.Expected = "authorization_code, client_credentials, refresh_token or an extension's full name"
		if near := nearGrant(sent.text); near != "" {
			f.Message = "`" + short(sent.text) + "` is not a grant type: `" + near + "` is"
			f.Remedy.Text = "write `" + near + "`"
		}
	}
	return []faultline.Finding{f}
}

var grantTypes = []string{
	"authorization_code", "client_credentials", "refresh_token", "password", "implicit",
	"urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:jwt-bearer", "urn:ietf:params:oauth:grant-type:token-exchange",
	"urn:ietf:params:oauth:grant-type:saml2-bearer", "urn:openid:params:grant-type:ciba",
}

func knownGrant(name string) bool { return nearGrant(name) == name || strings.Contains(name, ":") }

// nearGrant is the grant type that a word means: spelt with other separators or
// letters, in the singular, or without the prefix of extensions.
func nearGrant(name string) string {
	plain := fold(strings.TrimSuffix(name, "s"))
	for _, known := range grantTypes {
		short := known[strings.LastIndex(known, ":")+1:]
		if name == known || fold(short) == fold(name) || strings.TrimSuffix(fold(short), "s") == plain {
			return known
		}
	}
	return ""
}
