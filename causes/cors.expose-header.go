package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

func init() { register("cors.expose-header", corsExposeHeader) }

// corsExposeHeader: the call succeeds, and a script reads null where the header
// stands (Fetch, section 2.2.6, "CORS filtered response"). Only the browser
// tells that the script asked for it.
func corsExposeHeader(c *Case) []faultline.Finding {
	c, v, wrong := c.corsWrong(fetch.Hidden)
	if len(wrong) == 0 {
		return nil
	}
	const field = "Access-Control-Expose-Headers"
	name := shortField(wrong[0].Name)
	if fetch.Exposed(name, false, nil) || fetch.ForbiddenName(name) {
		return nil
	}
	f := c.corsFinding(v, wrong[0].Reason, faultline.Proven, faultline.AtResponseHeader(field), "the answer does not let the page read the header `"+name+"`")
	f.Brief, f.Expected, f.Found = "`"+name+"` not exposed", name+" in "+field, "it is not named there"
	exposed := []string{}
	if resp := c.Exchange.Response; resp != nil {
		exposed = members(resp.Header, field)
	}
	f.Evidence = append(f.Evidence, c.corsPicture(v, mark{field: field, note: "`" + name + "` is missing"})...)
	f.Remedy = faultline.Remedy{
		Text: "name `" + name + "` in `" + field + "`", Applicability: faultline.Guess,
		Steps: []faultline.Step{{Text: c.answerWith(v), Lines: field + ": " + shortField(strings.Join(with(exposed, name), ", "))}},
	}
	return []faultline.Finding{f}
}
