package causes

import (
	"slices"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/tape"
)

func init() { register("body.type", bodyType) }

// bodyType finds values of another JSON type than the one that is wanted.
func bodyType(c *Case) []faultline.Finding {
	var out []faultline.Finding
	for _, v := range c.Violated(contract.Type, faultline.InBody) {
		f := c.asFinding(v)
		c.convert(&f, v.Detail.Types)
		out = append(out, f)
	}
	for _, b := range c.blamed(words.Type, faultline.InBody) {
		if c.covered(b) || c.unread() || b.plusSlip() {
			continue
		}
		f := c.saidFinding(b)
		if b.field != nil {
			c.convert(&f, []string{wantedType(b.complaint.Text)})
		}
		out = append(out, f)
	}
	return out
}

// convert offers the same value as another type, where that loses nothing.
func (c *Case) convert(f *faultline.Finding, types []string) {
	if c.body().format != jsonBody {
		return
	}
	node, ok := tape.Locate(c.RequestBody(), f.At.Pointer)
	if !ok {
		return
	}
	text := string(clip(c.RequestBody()[node.Value.Start:node.Value.End], maxShown))
	if node.Value.End-node.Value.Start > maxShown {
		return
	}
	value, words, checked := "", "", false
	for _, want := range types {
		if value, words, checked = converted(node.Kind, text, want); value != "" {
			break
		}
	}
	if value == "" {
		return
	}
	if f.Caret == "" {
		f.Caret = words
	}
	f.Remedy = faultline.Remedy{
		Text: "send `" + short(value) + "`", Applicability: faultline.Guess,
		Patch: []faultline.Edit{{Op: "replace", Path: f.At.Pointer, Value: value}},
	}
	if checked {
		f.Remedy.Applicability = faultline.Checked
	}
}

// converted is the JSON text of the same value as another type; "" if there is none.
func converted(kind tape.Kind, text, want string) (value, words string, checked bool) {
	inner := strings.Trim(text, `"`)
	switch {
	case kind == tape.String && (want == "integer" || want == "number"):
		if end, ok := tape.ScanNumber([]byte(inner), 0); !ok || end != len(inner) || inner == "" {
			return "", "", false
		}
		if want == "integer" && strings.ContainsAny(inner, ".eE") {
			return "", "", false
		}
		return inner, "a string that holds a number: drop the quotes", true
	case kind == tape.String && want == "boolean" && (inner == "true" || inner == "false"):
		return inner, "a string that holds a boolean: drop the quotes", true
	case kind == tape.String && want == "boolean" && slices.Contains([]string{"yes", "no", "on", "off", "1", "0"}, strings.ToLower(inner)):
		return strconv.FormatBool(slices.Contains([]string{"yes", "on", "1"}, strings.ToLower(inner))), "a boolean is `true` or `false`", false
	case (kind == tape.Number || kind == tape.Bool) && want == "string":
		return tape.Quote(text), "a " + kind.String() + ": put it in quotes", true
	case kind == tape.Number && want == "integer" && strings.HasSuffix(text, ".0"):
		return strings.TrimSuffix(text, ".0"), "a number with a fraction", true
	case kind != tape.Array && kind != tape.Null && want == "array":
		return "[" + text + "]", "one value: put it in a list", false
	}
	return "", "", false
}
