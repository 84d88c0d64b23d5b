package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/provider"
)

func init() { register("resource.hidden", resourceHidden) }

// resourceHidden is for a 404 that hides: the thing may be there, and these
// credentials may not see it (RFC 9110, section 15.5.4, allows it). The answer
// says so, its scope fields do, or another call saw the thing.
func resourceHidden(c *Case) []faultline.Finding {
	if !c.failedWith() {
		return nil
	}
	status := c.Status()
	n, named := c.named("resource.hidden")
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       c.atPath(),
		Message:  "the thing does not exist, or these credentials may not see it: the server does not tell which",
		Brief:    "not there, or not visible",
		Expected: "credentials that may see the thing",
		Found:    "an answer that hides what is there",
		Remedy:   faultline.Remedy{Text: "check name and identifier, then whether the credential belongs to an account that may see the thing", Applicability: faultline.Guess},
		Retry:    "as sent it fails every time",
		Rank:     20,
	}
	switch {
	case named:
		f.Strength = n.strength()
		f.At = c.placeMeant(&n, f.At)
		f.Evidence = append(f.Evidence, n.evidence())
	case c.namedOther("resource.hidden", "resource.not-found"):
		return nil
	case c.says(saysHidden) && (status == 404 || status == 403 || status == 400 || status == 422 || status < 300):
		f.At = c.thingPlace()
	case status == 404 && c.scopesLack() != "":
		f.At = faultline.AtHeader("Authorization")
		f.Message = "the token lacks a scope, and the server answers as if the thing did not exist"
		f.Brief = "hidden: scope missing"
		f.Expected = "a token with the scope " + c.scopesLack()
		f.Remedy.Text = "ask for a token with the scope that the server names"
	case status == 404 && c.seenByOthers():
		f.Message = "another credential was shown this thing: these may not see it"
	case status == 404 && c.hidesFromStrangers():
		f.Rank = 30
		f.Message = "no credential was sent, and the server hides from strangers what is private"
		f.Remedy.Text = "send the call with a credential, then check the name"
	default:
		return nil
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return []faultline.Finding{f}
}

// scopesLack are the scopes that would do, if the server lists them beside
// those of the token and none of them is there (GitHub, and who answers like it).
func (c *Case) scopesLack() string {
	h := c.Exchange.Response.Header
	have, told := h.Get("X-OAuth-Scopes")
	want := h.Value("X-Accepted-OAuth-Scopes")
	if !told || strings.TrimSpace(want) == "" || len(want) > maxAuthText || len(have) > maxAuthText {
		return ""
	}
	for scope := range strings.SplitSeq(want, ",") {
		for held := range strings.SplitSeq(have, ",") {
			if s := strings.TrimSpace(held); s != "" && s == strings.TrimSpace(scope) {
				return ""
			}
		}
	}
	return short(want)
}

// seenByOthers reports whether the same address answered another credential.
func (c *Case) seenByOthers() bool {
	for _, other := range c.Around {
		r := &other.Request
		if other.Response != nil && other.Response.Status < 300 && r.Target == c.Exchange.Request.Target && r.Host == c.Exchange.Request.Host &&
			r.Method == c.Exchange.Request.Method && r.Header.Value("Authorization") != c.Exchange.Request.Header.Value("Authorization") {
			return true
		}
	}
	return false
}

// hidesFromStrangers knows the services that document it: a private repository
// or project is "Not Found" to who sends no credential.
func (c *Case) hidesFromStrangers() bool {
	return len(c.credentials()) == 0 && provider.Hides(c.answered())
}
