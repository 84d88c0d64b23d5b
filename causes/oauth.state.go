package causes

import "github.com/faultline-http/faultline"

func init() { register("oauth.state", oauthState) }

// oauthState is for callbacks that the client does not know as answers to its
// own question: `state` or `nonce` is missing, old or another one.
func oauthState(c *Case) []faultline.Finding {
	f, ok := c.oauthFinding("oauth.state", "state", "the client does not recognise `state` of the callback")
	if !ok {
		return nil
	}
	if c.oauth().proof != nil {
		return []faultline.Finding{f}
	}
	f.Brief = "`state` does not match"
	f.Expected = "the `state` that the client sent"
	sent, has := c.oauthParam("state")
	f.Found = secretShown(sent.text)
	switch {
	case c.oauth().step == atAuthorize:
		f.Message, f.Brief, f.Remedy.Text = "the authorisation server does not accept `state`", "`state` is not accepted", "send a random `state` of at least 8 characters"
		return []faultline.Finding{f}
	case !has || sent.text == "":
		f.Message, f.Brief = "the callback has no `state`", "`state` is missing"
	case c.oauth().heard.About(topicNonce):
		f.Message, f.Brief = "the ID token does not carry the `nonce` that the client sent", "`nonce` does not match"
	}
	f.Remedy.Text = "begin and end the login in one session: same browser, same host, a cookie with `SameSite=Lax` that outlives the login"
	if !c.Exchange.Request.Header.Has("Cookie") && f.Message != "the callback has no `state`" {
		f.Notes = []faultline.Note{{Label: "note", Text: "the callback brought no cookie: the session that holds `state` was lost"}}
	}
	return []faultline.Finding{f}
}

var topicNonce = topic("nonce", "nonce*")
