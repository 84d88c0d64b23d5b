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
	for v := range c.violated(contract.Type, faultline.InBody) {
		f := c.asFinding(*v)
		if !c.meant(&f, *v) {
			c.convert(&f, v.Detail.Types)
		}
		out = append(out, f)
	}
	for _, b := range c.blamed(words.Type, faultline.InBody) {
		if c.covered(b) || c.unread() || b.plusSlip() {
			continue
		}
		f := c.saidFinding(b)
		if b.field != nil {
			c.convert(&f, []string{b.wantedType()})
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
	kind, text, ok := c.scalarAt(f.At)
	if !ok {
		return
	}
	value, words, checked := "", "", false
	for _, want := range types {
		if value, words, checked = converted(kind, text, want); value != "" {
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

// scalarAt is the JSON text of a value in the request body. A violation knows
// its bytes, so the body is parsed only for a place that somebody named.
func (c *Case) scalarAt(at faultline.Location) (kind tape.Kind, text string, ok bool) {
	body, span := c.RequestBody(), at.Span
	if span.IsZero() {
		node, found := tape.Locate(body, at.Pointer)
		if !found {
			return 0, "", false
		}
		span = node.Value
	}
	if span.Start < 0 || span.End > len(body) || span.Start >= span.End || span.End-span.Start > maxShown {
		return 0, "", false
	}
	var t tape.Tape
	if tape.Parse(&t, body[span.Start:span.End], tape.Limits{}) != nil {
		return 0, "", false // the span is of a name
	}
	return t.Tokens[0].Kind, string(body[span.Start:span.End]), true
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
