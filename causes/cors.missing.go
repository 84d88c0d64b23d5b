package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

func init() { register("cors.missing", corsMissing) }

// corsMissing is step 2 of Fetch's CORS check (section 4.10). An error without
// the field is two failures: the page sees this one, and mending the other one
// mends the call.
func corsMissing(c *Case) []faultline.Finding {
	c, v, wrong := c.corsWrong(fetch.NoAllowOrigin, fetch.Blocked)
	if len(wrong) == 0 {
		return c.blockedUnseen(v)
	}
	const field = "Access-Control-Allow-Origin"
	status, browser := c.Status(), c.byBrowser(v)
	if status >= 300 && !browser {
		return nil
	}
	f := c.corsFinding(v, wrong[0].Reason, faultline.Proven, faultline.AtResponseHeader(field), "the answer has no `"+field+"`, so the browser keeps it from the page")
	f.Brief, f.Expected, f.Found = "no "+field, field+": "+shortField(v.origin), "no "+field
	f.Evidence = append(f.Evidence, c.corsPicture(v, mark{field: field, note: "every answer to a page of another origin needs it"})...)
	f.Remedy = c.corsRemedy(v, "answer with `"+field+"`, on errors too", c.answerWith(v), c.allFields(v))
	switch {
	case wrong[0].Reason == fetch.Blocked:
		f.Strength = faultline.Possible
		f.Message = "the browser kept the answer from the page, and does not say which CORS rule it breaks"
		f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "the line before it in the browser's console, or the answer's Access-Control fields: curl -i -H 'Origin: " + originShown(v) + "'"})
	case status >= 300:
		f.Strength, f.Rank = faultline.Likely, consequence
		f.Message = fmt.Sprintf("the %d has no `%s` itself, so the page sees a CORS error in its place", status, field)
	case c.Exchange.Response == nil:
		f.Strength = faultline.Likely
		f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "the status in the browser's network tab: errors often come without the field, and are the cause then"})
	case !browser:
		f.Strength = faultline.Possible
		f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "whether a browser made the call: others may read the answer"})
	}
	return []faultline.Finding{f}
}

func originShown(v *corsView) string {
	if o, ok := fetch.ParseOrigin(v.origin); ok {
		return o.String()
	}
	return "https://the.page"
}

// blockedUnseen is a call of a page to another origin that broke without an
// answer being known: browsers do not tell a page CORS from the network.
func (c *Case) blockedUnseen(v *corsView) []faultline.Finding {
	if v == nil || v.origin == "" || len(v.wrong) > 0 || !v.gaveUp || c.namesNetwork() || c.Exchange.Response != nil && c.Status() > 0 {
		return nil
	}
	f := c.corsFinding(v, fetch.Blocked, faultline.Possible, faultline.AtResponseHeader("Access-Control-Allow-Origin"), "the page's script got no answer from another origin: CORS, or the network")
	f.Brief, f.Expected, f.Found = "CORS or network", "an answer that the page may read", "nothing that the page may see"
	f.Rank = -10
	f.Remedy = faultline.Remedy{Text: "look into the browser's console and network tab: a line with `CORS` names the header, a `net::` or `NS_` code names the network", Applicability: faultline.Guess}
	f.Notes = []faultline.Note{{Label: "settle it", Text: "the browser's console has the reason, which it keeps from the script"}}
	return []faultline.Finding{f}
}
