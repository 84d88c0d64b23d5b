package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("oauth.scope", oauthScope) }

// oauthScope is for scopes and resources that the server does not know, or does
// not give to this client (RFC 6749, section 3.3; RFC 8707).
func oauthScope(c *Case) []faultline.Finding {
	if c.oauth().slug != "oauth.scope" {
		return nil
	}
	param := "scope"
	for _, name := range []string{"resource", "audience"} {
		if _, has := c.oauthParam(name); has && (c.oauth().code == "invalid_target" || !c.sendsParam("scope")) {
			param = name
		}
	}
	f, ok := c.oauthFinding("oauth.scope", param, "the authorisation server does not give the client the "+param+" that it asks for")
	if !ok {
		return nil
	}
	f.Brief = "`" + param + "` is not given"
	f.Expected = "scopes that the server knows and the client may have, separated by spaces"
	f.Remedy.Text = "ask for scopes that are registered for the client, spelt as the server spells them"
	sent, has := c.oauthParam(param)
	if !has {
		f.Found = "no " + param
		return []faultline.Finding{f}
	}
	f.Found = short(sent.text)
	switch {
	case param != "scope":
		f.Expected, f.Remedy.Text = "a "+param+" that the server knows", "name the API as it is registered at the authorisation server"
	case strings.Contains(sent.text, ",") && !strings.Contains(sent.text, " "):
		f.Caret = "separated by commas: RFC 6749 wants spaces"
	case c.grantType() == "client_credentials" && c.oauth().heard.About(topicDefaultScope):
		f.Remedy.Text = "ask for the API's `/.default`: a client that acts for itself gets all that it was granted, and nothing by name"
	}
	return []faultline.Finding{f}
}

// topicDefaultScope: Microsoft Entra gives clients that act for themselves /.default alone.
var topicDefaultScope = topic("default scope", "aadsts1002012", "/.default*")
