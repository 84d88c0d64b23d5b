package causes

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

func init() { register("cors.credentials-wildcard", corsCredentials) }

// corsCredentials is steps 3 to 8 of Fetch's CORS check (section 4.10): a call
// with credentials wants its very origin, and `true` in so many letters.
func corsCredentials(c *Case) []faultline.Finding {
	c, v, wrong := c.corsWrong(fetch.StarForCredentials, fetch.NoCredentials)
	if len(wrong) == 0 {
		return nil
	}
	w := wrong[0]
	field, note := "Access-Control-Allow-Origin", "`*` is refused for calls with credentials"
	f := c.corsFinding(v, wrong[0].Reason, faultline.Proven, faultline.AtResponseHeader(field), "the call has credentials, and the answer allows `*`")
	f.Brief, f.Expected, f.Found = "`*` with credentials", "the page's own origin", "*"
	if w.Reason == fetch.NoCredentials {
		field, note = "Access-Control-Allow-Credentials", "a call with credentials wants `true`"
		f.At = faultline.AtResponseHeader(field)
		f.Message = "the call has credentials, and the answer does not allow them"
		f.Brief, f.Expected, f.Found = "credentials not allowed", "Access-Control-Allow-Credentials: true", shortField(w.Value)
		if f.Found == "" {
			f.Found = "no Access-Control-Allow-Credentials"
		}
	}
	v.credentials = true
	f.Evidence = append(f.Evidence, c.corsPicture(v, mark{field, "", note})...)
	f.Remedy = c.corsRemedy(v, "answer the page's own origin and `Access-Control-Allow-Credentials: true`, or call without credentials", c.answerWith(v), c.allFields(v))
	return []faultline.Finding{f}
}
