package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// oauthFinding is the finding of one rule of the family, if the call has that
// cause. What the earlier steps prove comes before what the server says.
func (c *Case) oauthFinding(slug faultline.Slug, param, message string) (faultline.Finding, bool) {
	o := c.oauth()
	if o.slug != slug {
		return faultline.Finding{}, false
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       c.oauthAt(param),
		Message:  message,
		Brief:    message,
		Evidence: o.words(c),
		Remedy:   faultline.Remedy{Applicability: faultline.Guess},
		Retry:    "as sent it fails every time",
		Rank:     30,
	}
	if oauthCodes[o.code] == slug {
		f.Strength = faultline.Proven // the code of the protocol says so
	}
	if p := o.proof; p != nil {
		f.Strength, f.At = faultline.Proven, c.oauthAt(p.param)
		f.Message, f.Brief, f.Expected, f.Found, f.Remedy.Text = p.message, p.brief, short(p.want), short(p.found), p.remedy
		if len(p.shown) > 0 {
			f.Evidence = append([]faultline.Evidence{{Kind: faultline.Excerpt, Title: p.title, Lines: p.shown}}, f.Evidence...)
		}
	}
	return f, true
}

// words are what the authorisation server said, without what is secret.
func (o *oauthCall) words(c *Case) []faultline.Evidence {
	if o.code == "" {
		out := c.serverWords()
		for _, e := range out {
			for i := range e.Lines {
				e.Lines[i].Text = c.withoutParams(e.Lines[i].Text)
			}
		}
		return out
	}
	text := o.code
	if o.description != "" {
		text += ": " + short(o.description)
	}
	return []faultline.Evidence{said(c.withoutParams(text))}
}

// secretParams are parameters whose values no output may hold.
var secretParams = []string{"client_secret", "code", "code_verifier", "refresh_token", "access_token", "assertion", "client_assertion", "password", "token", "device_code", "state", "subject_token"}

// withoutParams masks the secrets of the request where the server repeats them.
func (c *Case) withoutParams(text string) string {
	for _, name := range secretParams {
		if f, ok := c.oauthParam(name); ok && len(f.text) > 5 {
			text = strings.ReplaceAll(text, f.text, "["+name+"]")
		}
	}
	return c.withoutSecrets(text)
}

// clientName is the client id as it may be shown.
func (c *Case) clientName() string {
	for _, name := range []string{"client_id", "appid"} {
		if f, ok := c.oauthParam(name); ok && f.text != "" {
			return "`" + short(f.text) + "`"
		}
	}
	return "the client"
}

// grantType is the grant that the request asks for.
func (c *Case) grantType() string {
	f, _ := c.oauthParam("grant_type")
	return f.text
}
