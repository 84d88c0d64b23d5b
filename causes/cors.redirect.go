package causes

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

func init() { register("cors.redirect", corsRedirect) }

// corsRedirect is what HTTP-redirect fetch (Fetch, section 4.5) asks of a
// Location beyond what other clients do.
func corsRedirect(c *Case) []faultline.Finding {
	c, v, wrong := c.corsWrong(fetch.RedirectScheme, fetch.RedirectUserinfo)
	if len(wrong) == 0 {
		return nil
	}
	f := c.corsFinding(v, wrong[0].Reason, faultline.Proven, faultline.AtResponseHeader("Location"), "the redirect leads to an address with a name and password, which browsers refuse to a page of another origin")
	f.Brief, f.Expected, f.Found = "redirect with a password", "an address without a name and password", "one with them"
	f.Remedy = faultline.Remedy{Text: "redirect to the address without `user:password@`", Applicability: faultline.Guess}
	if wrong[0].Reason == fetch.RedirectScheme {
		f.Message = "the redirect leads to an address that is neither http nor https"
		f.Brief, f.Expected, f.Found = "redirect is not http", "an http or https address", "another scheme"
		f.Remedy.Text = "redirect to an http or https address, or give the page the address in the body"
	}
	return []faultline.Finding{f}
}
