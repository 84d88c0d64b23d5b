package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

func init() { register("cors.scheme", corsScheme) }

// corsScheme: main fetch (Fetch, section 4.1) lets pages call http and https
// addresses of other origins, and no others.
func corsScheme(c *Case) []faultline.Finding {
	c, v, wrong := c.corsWrong(fetch.NotHTTP)
	if len(wrong) == 0 {
		return nil
	}
	called := short(v.told.URL)
	f := c.corsFinding(v, wrong[0].Reason, faultline.Proven, faultline.Location{In: faultline.InTarget}, "the page calls an address that is neither http nor https")
	f.Brief, f.Expected, f.Found = "not http", "an http or https address", called
	f.Notes = nil
	f.Remedy = faultline.Remedy{Text: "write the whole address with `http://` or `https://`", Applicability: faultline.Guess}
	switch {
	case strings.HasPrefix(called, "file:") || v.origin == "null":
		f.Message = "the page was opened from a file, and calls another file"
		f.Brief = "page opened from a file"
		f.Remedy.Text = "serve the page from a web server, such as `npx serve` or `python3 -m http.server`"
	case called != "":
		f.Message = "`" + called + "` is neither an http nor an https address"
	}
	return []faultline.Finding{f}
}
