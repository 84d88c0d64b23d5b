package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/tape"
)

func init() { register("body.value", bodyValue) }

// bodyValue finds values of the right type that are refused: by an enum, a
// range, a pattern, a format, a length, or by what the server only knows.
func bodyValue(c *Case) []faultline.Finding {
	var out []faultline.Finding
	for v := range c.violated(contract.Value, faultline.InBody) {
		f := c.asFinding(*v)
		if c.choose(&f, *v); len(f.Remedy.Patch) == 0 {
			c.meant(&f, *v)
		}
		out = append(out, f)
	}
	for _, b := range c.blamed(words.Value, faultline.InBody) {
		if c.covered(b) || c.unread() || b.plusSlip() || b.field == nil && c.judged() {
			continue
		}
		out = append(out, c.saidFinding(b))
	}
	if c.wordless(out) {
		return append(out, faultline.Finding{
			Strength: faultline.Possible,
			At:       faultline.AtBody("", faultline.Span{}),
			Message:  "the server could read the body, and does not accept what it says",
			Brief:    "content not accepted",
			Expected: "values that the API accepts",
			Found:    "status 422, and no word about which field",
			Notes:    []faultline.Note{{Label: "settle it", Text: "the same call with the example of the documentation, then one value after the other of this body"}},
			Remedy:   faultline.Remedy{Text: "compare each field with the documentation of the operation: name, type and allowed values", Applicability: faultline.Guess},
			Retry:    failsAgain,
			Rank:     -10,
		})
	}
	return c.byCode("body.value", out, "the server refuses a value in the body")
}

// wordless: RFC 9110, section 15.5.21: with 422 the body was understood and cannot be processed; Rocket, Axum and
// others say no more than that.
func (c *Case) wordless(found []faultline.Finding) bool {
	return len(found) == 0 && c.Status() == 422 && !c.hasNoBody() && !c.judged() && len(c.blames()) == 0 && len(c.namings()) == 0 && c.authSays() == 0
}

// judged reports whether the contract has something to say of the request: a
// complaint that names nothing adds nothing to that.
func (c *Case) judged() bool {
	for _, v := range c.Violations {
		if v.At.Side == faultline.RequestSide {
			return true
		}
	}
	return false
}

// choose offers the allowed value that was probably meant.
func (c *Case) choose(f *faultline.Finding, v contract.Violation) {
	if len(v.Detail.Enum) == 0 {
		return
	}
	sent := c.sentText(v)
	best, sameButCase := nearValue(sent, v.Detail.Enum)
	if best == "" {
		return
	}
	edit := faultline.Edit{Op: "replace", In: f.At.In, Name: f.At.Name, Value: best}
	if f.At.In == faultline.InBody {
		edit = faultline.Edit{Op: "replace", Path: f.At.Pointer, Value: tape.Quote(best)}
	}
	f.Caret = "did you mean `" + best + "`?"
	f.Brief = "`" + short(sent) + "` → `" + best + "`"
	f.Remedy = faultline.Remedy{Text: "use `" + best + "`", Applicability: faultline.Guess, Patch: []faultline.Edit{edit}}
	if sameButCase {
		f.Remedy.Applicability = faultline.Checked
	}
}

// sentText is the refused value as it was sent.
func (c *Case) sentText(v contract.Violation) string {
	if v.At.In == faultline.InBody {
		if node, ok := tape.Locate(c.RequestBody(), v.At.Pointer); ok && node.Value.End-node.Value.Start <= maxShown {
			return strings.Trim(string(c.RequestBody()[node.Value.Start:node.Value.End]), `"`)
		}
		return ""
	}
	for _, f := range c.queryFields() {
		if v.At.In == faultline.InQuery && f.name() == v.At.Name {
			return f.text
		}
	}
	if v.At.In == faultline.InHeader {
		return c.Exchange.Request.Header.Value(v.At.Name)
	}
	if v.Detail.Found != nil {
		return strings.Trim(v.Detail.Found.Text, `"`)
	}
	return ""
}

// nearValue finds the one allowed value that differs in case, separators and
// white space around it alone, else the one within a few typing errors. Allowed
// values are JSON texts.
func nearValue(sent string, enum []string) (best string, sameButCase bool) {
	sent = strings.TrimSpace(sent)
	if sent == "" {
		return "", false
	}
	var plain []string
	for _, e := range enum {
		if len(e) < 2 || e[0] != '"' {
			return "", false
		}
		plain = append(plain, string(tape.AppendUnescaped(nil, []byte(e[1:len(e)-1]))))
	}
	same := 0
	for _, e := range plain {
		if strings.EqualFold(fold(e), fold(sent)) {
			best = e
			same++
		}
	}
	if same == 1 {
		return best, true
	}
	near, ok := Near(sent, plain)
	if !ok {
		return "", false
	}
	return near, false
}
