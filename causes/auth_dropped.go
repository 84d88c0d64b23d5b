package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// keylessGateway: Amazon API Gateway answers a call without its API key with 403
// and ForbiddenException, and says no more.
func (c *Case) keylessGateway() bool {
	return c.Status() == 403 && c.Exchange.Response.Header.Value("X-Amzn-ErrorType") == "ForbiddenException" && len(c.credentials()) == 0 && !c.preflight()
}

// notArrived: the request carries a credential in good form, and the server says
// that there is none. Either it looks elsewhere, or something between took it away.
func (c *Case) notArrived(cr *credential) []faultline.Finding {
	says := c.authSays()
	if says&saysAbsent == 0 || says&^(saysAbsent|saysLogin) != 0 {
		return nil
	}
	if _, slip := slipOf(cr); slip {
		return nil
	}
	if _, other := c.otherScheme(cr); other {
		return nil
	}
	at := c.credentialPlace()
	if !strings.EqualFold(at.Name, "Authorization") {
		f := c.missingFinding(faultline.Likely, "the credential is not where the server looks for it")
		f.Found = "a credential in " + cr.at.String()
		f.Remedy.Text = "send the credential in " + at.String() + " instead of " + cr.at.String()
		return []faultline.Finding{f}
	}
	f := c.missingFinding(faultline.Possible, "the request carries a credential, and the server says that none arrived")
	f.Brief, f.Found = "credential did not arrive", cr.describe()
	f.Remedy = faultline.Remedy{Text: "let what stands before the application pass `Authorization` on", Applicability: faultline.Guess, Steps: []faultline.Step{
		{Text: "Apache with CGI or PHP: `CGIPassAuth On`; with mod_wsgi: `WSGIPassAuthorization On`"},
		{Text: "nginx: no `proxy_set_header Authorization \"\"`; a gateway with a login of its own may use the field up"},
	}}
	f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "the same call to the application itself, past the proxy"})
	return []faultline.Finding{f}
}
