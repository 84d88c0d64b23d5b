package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

func init() { register("cors.duplicate-header", corsDuplicate) }

// corsDuplicate is step 4 of Fetch's CORS check (section 4.10) over a field
// that occurs twice: its values are joined by a comma (section 2.2.2, "get")
// and then equal no origin.
func corsDuplicate(c *Case) []faultline.Finding {
	c, v, wrong := c.corsWrong(fetch.SeveralOrigins)
	if len(wrong) == 0 {
		return nil
	}
	const field = "Access-Control-Allow-Origin"
	f := c.corsFinding(v, wrong[0].Reason, faultline.Proven, faultline.AtResponseHeader(field), "`"+field+"` names several origins, and browsers accept one")
	f.Brief, f.Expected, f.Found = "several origins allowed at once", "one origin", shortField(wrong[0].Value)
	what, note := "answer the one origin that asked, out of a list that the server keeps", "one is allowed"
	if resp := c.Exchange.Response; resp != nil {
		if n := len(resp.Header.Values(field)); n > 1 {
			f.Message = fmt.Sprintf("`%s` is there %d times, and browsers accept it once", field, n)
			f.Brief = fmt.Sprintf("%s %d times", field, n)
			what = "let one layer set it: take it out of the gateway, or out of the application behind it"
		}
	}
	f.Evidence = append(f.Evidence, c.corsPicture(v, mark{field: "Origin", note: "the page"}, mark{field, "", note})...)
	f.Remedy = faultline.Remedy{Text: what, Applicability: faultline.Guess}
	return []faultline.Finding{f}
}
