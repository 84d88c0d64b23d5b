package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("content.type-unsupported", typeUnsupported) }

// typeUnsupported finds a Content-Type that the server does not read: it says
// so, or it calls a field missing that stands in the body.
func typeUnsupported(c *Case) []faultline.Finding {
	s := c.contentSlip()
	if s.slug != "content.type-unsupported" {
		return nil
	}
	f := c.contentFinding(s)
	if f.Message == "" {
		f.Message = fmt.Sprintf("the server does not take `%s` here", c.RequestType())
		if s.ignored != "" {
			f.Message = fmt.Sprintf("the server did not read the body, which is `%s`", c.RequestType())
		}
	}
	f.Brief = c.RequestType() + " not taken"
	types := c.wantedTypes()
	switch {
	case len(types) > 0:
		if f.Expected == "" {
			f.Expected = strings.Join(types, " or ")
		}
		f.Remedy.Text = "send the body as " + strings.Join(types, " or ")
	case isJSON(c.RequestType()):
		f.Remedy.Text = "send the body as a form (`" + formType + "`)"
	default:
		f.Remedy.Text = "send the body in a format that the API takes, usually `application/json`"
	}
	f.Remedy.Applicability = faultline.Guess
	format := formatNames[c.body().format]
	if want, only := single(types); only && want == format[1] || len(types) == 0 && c.body().format == jsonBody && !isJSON(c.RequestType()) {
		f.Remedy.Text = "send `Content-Type: " + format[1] + "`: the body is " + format[0] + " already"
		f.Remedy.Patch = c.setType(format[1])
	}
	return []faultline.Finding{f}
}

func single(list []string) (string, bool) {
	if len(list) == 1 {
		return list[0], true
	}
	return "", false
}
