package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

func init() { register("content.type-mismatch", typeMismatch) }

// typeMismatch holds the Content-Type against the bytes of the body.
func typeMismatch(c *Case) []faultline.Finding {
	s := c.contentSlip()
	if s.slug != "content.type-mismatch" {
		return nil
	}
	f := c.contentFinding(s)
	format := formatNames[c.body().format]
	f.Message = fmt.Sprintf("`Content-Type` says `%s`, and the body is %s", c.RequestType(), format[0])
	f.Brief = fmt.Sprintf("%s sent as %s", format[0], c.RequestType())
	f.Expected = fmt.Sprintf("Content-Type: %s, or a body in the format that it names", format[1])
	f.Evidence = append(f.Evidence, faultline.Evidence{
		Kind: faultline.Excerpt, Title: "request body",
		Lines: []faultline.Line{{Text: short(string(clip(c.RequestBody(), 60)))}},
	})
	f.Remedy = faultline.Remedy{Text: "send `Content-Type: " + format[1] + "`, or encode the body as the header says", Applicability: faultline.Guess}
	if c.body().format == jsonBody {
		f.Remedy.Patch = c.setType(format[1])
	}
	return []faultline.Finding{f}
}
