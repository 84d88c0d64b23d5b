package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

// keylessGateway: Amazon API Gateway answers a call without its API key with 403
// and ForbiddenException, and says no more.
func (c *Case) keylessGateway() bool {
	return c.Status() == 403 && c.Exchange.Response.Header.Value("X-Amzn-ErrorType") == "ForbiddenException" && len(c.credentials()) == 0 && !c.preflight()
}

// tellDropped says where the credential was lost, if an earlier step of the call
// carried one: clients drop Authorization when a redirect leads to another host
// (Fetch, section 4.4, step 13; curl, Go, Python requests and browsers alike).
func (c *Case) tellDropped(f *faultline.Finding) {
	for i := range c.Exchange.Hops {
		from := &c.Exchange.Hops[i].Request
		if from.Header.Value("Authorization") == "" || c.Exchange.Request.Header.Has("Authorization") {
			continue
		}
		f.Message = "the client dropped the credential when it followed a redirect to another host"
		f.Brief = "Authorization dropped on a redirect"
		f.Found = fmt.Sprintf("a credential in the call to %s, none in the one to %s", short(from.Host), short(c.Exchange.Request.Host))
		f.Remedy = faultline.Remedy{Text: "call " + short(c.Exchange.Request.Host) + " by its own address, with the credential, if it is trusted with it", Applicability: faultline.Guess}
		f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Fact, Title: "redirect", Lines: []faultline.Line{
			{Text: short(from.Host) + " → " + short(c.Exchange.Request.Host)},
		}})
		return
	}
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
