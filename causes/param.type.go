package causes

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("param.type", paramType) }

// paramType finds parameters whose text cannot be read as the declared type.
func paramType(c *Case) []faultline.Finding {
	var out []faultline.Finding
	for _, v := range c.violatedParams(contract.Type) {
		f := c.asFinding(v)
		if f.Caret = unfilled(c.sentText(v)); f.Caret == "" {
			c.meantParam(&f, v)
		}
		out = append(out, f)
	}
	return append(out, c.saidParams(words.Type)...)
}

// saidParams are complaints about parameters that are in the right style.
func (c *Case) saidParams(kind words.Kind) []faultline.Finding {
	var out []faultline.Finding
	for _, b := range c.blamed(kind, faultline.InQuery, faultline.InPath) {
		if c.covered(b) || b.styleSlip() != "" || b.field == nil && c.judged() {
			continue
		}
		f := c.saidFinding(b)
		if b.in == faultline.InPath && b.field == nil {
			f.At = c.atPath()
		}
		if b.field != nil {
			f.Caret = unfilled(b.field.text)
		}
		out = append(out, f)
	}
	return out
}

// unfilled recognises what a program writes for a variable that has no value.
func unfilled(text string) string {
	switch text {
	case "undefined", "null", "None", "nil", "NaN", "[object Object]", "(null)":
		return "a variable without a value"
	}
	if len(text) > 2 && (text[0] == '{' && text[len(text)-1] == '}' || text[0] == '<' && text[len(text)-1] == '>' || text[0] == ':') {
		return "a placeholder that was not filled in"
	}
	return ""
}
