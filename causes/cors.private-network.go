package causes

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

func init() { register("cors.private-network", corsPrivateNetwork) }

// corsPrivateNetwork: browsers keep pages of the open network from the machines
// around them: Private Network Access (section 3.1, by a secure context and a
// preflight), and Local Network Access after it (by the person's permission).
func corsPrivateNetwork(c *Case) []faultline.Finding {
	c, v, wrong := c.corsWrong(fetch.PrivateRefused)
	if len(wrong) == 0 {
		return nil
	}
	const field = "Access-Control-Allow-Private-Network"
	if v.told.Reason == fetch.PrivateRefused && !v.told.Preflight {
		f := c.corsFinding(v, wrong[0].Reason, faultline.Proven, faultline.AtHeader("Origin"), "the browser does not let this page reach an address of the local network")
		f.Brief, f.Expected, f.Found = "local network not allowed", "a page that may reach the local network", "a page that may not"
		f.Remedy = faultline.Remedy{Text: "serve the page over https and allow it the local network when the browser asks, or reach the API by a public address", Applicability: faultline.Guess}
		return []faultline.Finding{f}
	}
	f := c.corsFinding(v, wrong[0].Reason, faultline.Possible, faultline.AtResponseHeader(field), "the preflight answer does not let a public page reach this private address")
	f.Party = faultline.Server
	if v.told.Reason == fetch.PrivateRefused {
		f.Strength = faultline.Proven
	} else {
		f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "the browser's console: some versions only warn of this and send the call"})
	}
	f.Brief, f.Expected, f.Found = "private network not allowed", field+": true", shortField(wrong[0].Value)
	f.Evidence = append(f.Evidence, c.corsPicture(v, mark{field: "Access-Control-Request-Private-Network", note: "asked for"}, mark{field: field, note: "wanted: `true`"})...)
	f.Remedy = faultline.Remedy{
		Text: "answer the preflight with `" + field + ": true`", Applicability: faultline.Guess,
		Steps: []faultline.Step{{Text: c.answerWith(v), Lines: field + ": true"}},
	}
	return []faultline.Finding{f}
}
