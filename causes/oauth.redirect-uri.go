package causes

import "github.com/faultline-http/faultline"

func init() { register("oauth.redirect-uri", redirectURI) }

// redirectURI compares byte by byte with the authorisation request, if that was
// seen; else it takes the server's word (RFC 6749, section 3.1.2.3).
func redirectURI(c *Case) []faultline.Finding {
	f, ok := c.oauthFinding("oauth.redirect-uri", "redirect_uri", "`redirect_uri` is not one that is registered for the client")
	if !ok {
		return nil
	}
	if c.oauth().proof != nil {
		return []faultline.Finding{f}
	}
	sent, has := c.oauthParam("redirect_uri")
	f.Brief = "`redirect_uri` is not registered"
	if c.oauth().step == atToken {
		f.Message, f.Brief = "`redirect_uri` is not the one of the authorisation request", "`redirect_uri` differs"
	}
	f.Expected = "a redirect URI that is registered for " + c.clientName() + ", byte by byte"
	f.Found = "nothing"
	if has {
		f.Found = short(sent.text)
		line := faultline.Line{Text: "redirect_uri " + short(sent.text)}
		line.Span = faultline.Span{Start: len("redirect_uri "), End: len(line.Text)}
		f.Evidence = append([]faultline.Evidence{{Kind: faultline.Excerpt, Title: "sent", Lines: []faultline.Line{line}}}, f.Evidence...)
	}
	f.Remedy.Text = "register this very address, or send one that is: scheme, host, port, path and a slash at the end all count"
	if want := c.quoted("redirect uris configured", "registered redirect uri", "expected redirect_uri", "did you mean"); want != "" && want != sent.text && hostOf(want) != "" {
		f.Expected = short(want)
	}
	return []faultline.Finding{f}
}
