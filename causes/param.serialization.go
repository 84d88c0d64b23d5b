package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("param.serialization", paramSerialization) }

// paramSerialization finds parameters that carry the right data in the wrong
// style. Without a contract it needs a complaint about the parameter, and a
// style in it that changes what the server reads.
func paramSerialization(c *Case) []faultline.Finding {
	var out []faultline.Finding
	for _, part := range []faultline.Part{faultline.InQuery, faultline.InPath, faultline.InHeader, faultline.InCookie, faultline.InBody} {
		for v := range c.violated(contract.Serialization, part) {
			f := c.asFinding(*v)
			f.Remedy = faultline.Remedy{Text: "write the parameter in the style of the contract: " + v.Want, Applicability: faultline.Guess}
			f.Rank = deeper
			out = append(out, f)
		}
	}
	for _, u := range c.undeclared() {
		if u.Want != "" {
			out = append(out, c.otherStyle(u))
		}
	}
	for _, kind := range []words.Kind{words.Type, words.Value} {
		for _, b := range c.blamed(kind, faultline.InQuery, faultline.InBody, faultline.InPath) {
			if slip := b.styleSlip(); slip != "" && !c.covered(b) {
				out = append(out, c.styleFinding(b, slip))
			}
		}
	}
	return c.byCode("param.serialization", out, "a parameter is not written in the way that the server reads it")
}

// plusSlip reports whether a plus sign was sent unescaped where it means a
// space (application/x-www-form-urlencoded), so that the server read a blank.
func (b *blame) plusSlip() bool {
	return b.field != nil && plusAsSpace(b.field.raw, b.field.text)
}

// meansPlus are values in which a plus sign is meant as such: phone numbers,
// time zones, tags of e-mail addresses.
var meansPlus = lazily(`^\+\d|T?\d\d:\d\d(?::\d\d(?:\.\d+)?)?\+\d\d|\w\+\w[^@]*@|/\w*\+`)

func plusAsSpace(raw, text string) bool {
	return strings.Contains(raw, "+") && strings.Contains(text, " ") && meansPlus().MatchString(strings.ReplaceAll(unescape(raw), "%2B", "+"))
}

// styleSlip names the wrong style of the field that is complained of.
func (b *blame) styleSlip() string {
	f := b.field
	switch {
	case f == nil:
		return ""
	case (f.in == faultline.InQuery || f.in == faultline.InBody) && b.plusSlip():
		return "plus"
	case f.in != faultline.InQuery:
		return ""
	case b.complaint.Kind == words.Syntax:
		return "text"
	case b.within:
		return ""
	case b.again:
		return "repeated"
	case strings.HasPrefix(f.text, "{") && strings.HasSuffix(f.text, "}"), strings.HasPrefix(f.text, "[") && strings.HasSuffix(f.text, "]"):
		return "json"
	case b.kind == words.Type && numbersWithCommas().MatchString(f.text):
		return "commas"
	}
	return ""
}

var numbersWithCommas = lazily(`^\d+(?:,\d+)+$`)

func (c *Case) styleFinding(b blame, slip string) faultline.Finding {
	f := c.saidFinding(b)
	f.Rank = deeper
	raw := b.field.raw
	switch slip {
	case "plus":
		i := strings.IndexByte(raw, '+')
		f.Message = fmt.Sprintf("the plus sign in `%s` arrived as a space", b.name)
		f.Brief = "`+` not escaped"
		f.Caret = "write `%2B`"
		f.Expected = short(strings.ReplaceAll(raw, "+", "%2B"))
		f.At.Span = faultline.Span{Start: b.field.span.Start + i, End: b.field.span.Start + i + 1}
		if b.in == faultline.InBody {
			f.At.Span = c.placed(f.At.Span)
		}
		f.Remedy = faultline.Remedy{Text: "percent-encode the value: `+` is `%2B`", Applicability: faultline.Guess}
		if b.in == faultline.InQuery {
			f.Remedy.Patch = []faultline.Edit{{Op: "replace", In: faultline.InQuery, Name: b.name, Value: strings.ReplaceAll(raw, "+", "%2B")}}
			f.Remedy.Applicability = faultline.Checked
		}
	case "json":
		f.Message = fmt.Sprintf("`%s` carries JSON where the server reads plain text", b.name)
		f.Brief = "JSON in `" + b.name + "`"
		f.Expected = "one value, or one parameter for each part"
		f.Remedy = faultline.Remedy{Text: "send each part as the API documents it: repeated, or as `" + b.name + "[part]`", Applicability: faultline.Guess}
	case "text":
		f.Message = fmt.Sprintf("`%s` carries plain text where the server reads JSON", b.name)
		f.Brief = "no JSON in `" + b.name + "`"
		f.Expected = "JSON, percent-encoded"
		f.Remedy = faultline.Remedy{Text: "write the value as JSON and percent-encode it", Applicability: faultline.Guess}
	case "repeated":
		f.Message = fmt.Sprintf("`%s` is sent more than once where the server reads it once", b.name)
		f.Brief = "`" + b.name + "` repeated"
		f.Expected = "the parameter once, its values in one list"
		f.Remedy = faultline.Remedy{Text: "send the values as one list, as the API documents it: `" + b.name + "=1,2`", Applicability: faultline.Guess}
	case "commas":
		f.Message = fmt.Sprintf("`%s` carries a list with commas where the server reads one value", b.name)
		f.Brief = "commas in `" + b.name + "`"
		f.Expected = "the parameter once for each value"
		f.Remedy = faultline.Remedy{Text: "repeat the parameter: `" + b.name + "=1&" + b.name + "=2`", Applicability: faultline.Guess}
	}
	return f
}

// otherStyle is a declared parameter written as the contract does not read it:
// tags[]=dog for tags=dog.
func (c *Case) otherStyle(u contract.Undeclared) faultline.Finding {
	at := faultline.AtQuery(u.Name)
	at.Span = u.Span
	return faultline.Finding{
		Strength: faultline.Likely,
		At:       at,
		Message:  fmt.Sprintf("`%s` is `%s` in another style than the contract's", u.Name, u.Near),
		Brief:    fmt.Sprintf("`%s` → `%s`", u.Name, short(u.Want)),
		Expected: u.Want,
		Found:    u.Name,
		Source:   c.Match.Operation.Source,
		Remedy:   faultline.Remedy{Text: "write `" + short(u.Want) + "`", Applicability: faultline.Guess},
		Retry:    failsAgain,
	}
}
