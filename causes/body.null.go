package causes

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("body.null", bodyNull) }

// bodyNull finds null where a value is wanted. Servers often report it as a
// wrong type or a missing field: the body shows that it is null.
func bodyNull(c *Case) []faultline.Finding {
	var out []faultline.Finding
	for v := range c.violated(contract.Null, faultline.InBody) {
		f := c.asFinding(*v)
		if f.Remedy = noNull(f.At.Pointer); !v.Spare {
			f.Remedy = faultline.Remedy{Text: "send a value that fits: " + v.Want, Applicability: faultline.Guess}
		}
		out = append(out, f)
	}
	for _, b := range c.blamed(words.Null, faultline.InBody) {
		if c.covered(b) || c.unread() {
			continue
		}
		f := c.saidFinding(b)
		if b.field != nil {
			f.Remedy = noNull(f.At.Pointer)
		}
		out = append(out, f)
	}
	return out
}

func noNull(pointer string) faultline.Remedy {
	return faultline.Remedy{
		Text: "leave the field out, or send a value", Applicability: faultline.Guess,
		Patch: []faultline.Edit{{Op: "remove", Path: pointer}},
	}
}
