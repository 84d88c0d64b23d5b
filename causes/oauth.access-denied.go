package causes

import "github.com/faultline-http/faultline"

func init() { register("oauth.access-denied", accessDenied) }

// accessDenied: a person or an administrator said no. The request is in order.
func accessDenied(c *Case) []faultline.Finding {
	o := c.oauth()
	param := "error"
	switch {
	case o.step == atToken && c.sendsParam("device_code"):
		param = "device_code"
	case o.step == atToken:
		param = "grant_type"
	}
	f, ok := c.oauthFinding("oauth.access-denied", param, "the person or an administrator refused the authorisation request")
	if !ok {
		return nil
	}
	if o.step == atAuthorize {
		f.At = faultline.Location{Side: faultline.ResponseSide, In: faultline.InHeader, Name: "Location"}
		if !c.Exchange.Response.Header.Has("Location") {
			f.At = faultline.AtStatus()
		}
	}
	f.Brief = "authorisation was refused"
	f.Remedy.Text = "tell the person that nothing was authorised, and offer to begin anew"
	f.Retry = "only with the person's consent"
	f.Notes = []faultline.Note{{Label: "note", Text: "administrators refuse by policy too: look at who may use the client, and which scopes need an administrator's consent"}}
	return []faultline.Finding{f}
}
