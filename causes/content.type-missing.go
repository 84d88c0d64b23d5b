package causes

import "github.com/faultline-http/faultline"

func init() { register("content.type-missing", typeMissing) }

// typeMissing finds a body that the server had to guess the format of.
func typeMissing(c *Case) []faultline.Finding {
	s := c.contentSlip()
	if s.slug != "content.type-missing" {
		return nil
	}
	f := c.contentFinding(s)
	format := formatNames[c.body().format]
	f.Message = "the body has no `Content-Type`"
	f.Brief = "no Content-Type"
	f.Found = "no Content-Type, a body that is " + format[0]
	want := format[1]
	if types := c.wantedTypes(); len(types) > 0 {
		want = types[0]
	}
	f.Expected = "Content-Type: " + want
	f.Remedy = faultline.Remedy{Text: "send `Content-Type: " + want + "`", Applicability: faultline.Guess, Patch: c.setType(want)}
	if want == format[1] && c.body().format == jsonBody {
		f.Remedy.Applicability = faultline.Checked // the bytes are JSON, the header only says so
	}
	return []faultline.Finding{f}
}
