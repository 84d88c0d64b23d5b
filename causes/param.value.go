package causes

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("param.value", paramValue) }

// paramValue finds parameters of the right type whose value is refused.
func paramValue(c *Case) []faultline.Finding {
	var out []faultline.Finding
	for _, kind := range []contract.Kind{contract.Value, contract.Null, contract.Duplicate} {
		for _, v := range c.violatedParams(kind) {
			f := c.asFinding(v)
			if c.choose(&f, v); len(f.Remedy.Patch) == 0 {
				c.meantParam(&f, v)
			}
			out = append(out, f)
		}
	}
	out = append(out, c.saidParams(words.Value)...)
	out = append(out, c.saidParams(words.Null)...)
	return c.byCode("param.value", out, "the server refuses the value of a parameter")
}
