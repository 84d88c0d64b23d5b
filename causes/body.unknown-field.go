package causes

import (
	"fmt"
	"slices"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/pattern"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("body.unknown-field", unknownField) }

// unknownField finds fields that are refused because nobody knows them. A
// misspelt required field is one mistake and one finding: a rename.
func unknownField(c *Case) []faultline.Finding {
	var out []faultline.Finding
	for v := range c.violated(contract.Unknown, faultline.InBody) {
		out = append(out, c.unknownByContract(*v))
	}
	for _, b := range c.blamed(words.Unknown, faultline.InBody) {
		if c.covered(b) || c.unread() {
			continue
		}
		if b.field == nil && slices.ContainsFunc(c.Violations, func(v contract.Violation) bool { return v.Kind == contract.Unknown }) {
			continue // the server does not say which one, the contract does
		}
		out = append(out, c.unknownBySaying(b))
	}
	return out
}

func (c *Case) unknownByContract(v contract.Violation) faultline.Finding {
	for _, r := range c.renames() {
		if r.refused && r.missing.At.Pointer+pointerOf([]string{r.member.Name}) == v.At.Pointer {
			return r.finding(c)
		}
	}
	f := c.asFinding(v)
	f.Brief = fmt.Sprintf("`%s` unknown", v.Field)
	if v.Wrapped && c.meant(&f, v) {
		f.Remedy.Text = fmt.Sprintf("send what is inside `%s` without the object around it", v.Field)
		return f
	}
	parent := v.At.Pointer[:max(0, len(v.At.Pointer)-len(pointerOf([]string{v.Field})))]
	near, ok := Near(v.Field, c.freeNames(parent, v.Declared))
	if !ok {
		f.Remedy = faultline.Remedy{Text: "drop `" + v.Field + "`", Applicability: faultline.Guess, Patch: []faultline.Edit{{Op: "remove", Path: v.At.Pointer}}}
		return f
	}
	f.Caret = fmt.Sprintf("did you mean `%s`?", near)
	f.Brief = fmt.Sprintf("`%s` → `%s`", v.Field, near)
	f.Expected = near
	f.Detail.Field = near
	f.Remedy = faultline.Remedy{
		Text: fmt.Sprintf("rename to `%s`", near), Applicability: faultline.Checked,
		Patch: []faultline.Edit{{Op: "move", From: v.At.Pointer, Path: parent + pointerOf([]string{near})}},
	}
	return f
}

// freeNames are the declared names of an object in the body that no member of
// it has. All violations of one object ask for the same.
func (c *Case) freeNames(parent string, declared []string) []string {
	if free, known := c.known.free[parent]; known {
		return free
	}
	var free []string
	for _, d := range declared {
		if matchPath(c.body().fields(), append(stepsOf(parent), d), slices.Equal[[]string]) == nil {
			free = append(free, d)
		}
	}
	if c.known.free == nil {
		c.known.free = map[string][]string{}
	}
	c.known.free[parent] = free
	return free
}

// stepsOf reads a JSON Pointer.
func stepsOf(pointer string) []string {
	var out []string
	for at := 1; at <= len(pointer) && pointer != ""; {
		end := at
		for end < len(pointer) && pointer[end] != '/' {
			end++
		}
		out = append(out, faultline.UnescapePointer(pointer[at:end]))
		at = end + 1
	}
	return out
}

// didYouMean finds the name that a server offers itself.
var didYouMean = pattern.New(`(?i)did you mean:? *(?:to use )?["'` + "`" + `]?([A-Za-z_][\w.\-]*)`)

func offeredName(text string) string {
	text = text[:min(len(text), maxMention)]
	m, ok := didYouMean.Find(text)
	if !ok {
		return ""
	}
	return m.Group(text, 1)
}

func (c *Case) unknownBySaying(b blame) faultline.Finding {
	f := c.saidFinding(b)
	if b.field == nil {
		return f
	}
	if !b.sure {
		f.Message = fmt.Sprintf("a name in `%s` is not known to the server", b.name)
		f.Brief = "unknown name in `" + b.name + "`"
	} else {
		f.Brief = fmt.Sprintf("`%s` unknown", b.name)
		if !b.field.key.IsZero() {
			f.At.Span = c.placedKey(b.field.key)
		}
	}
	meant := offeredName(b.complaint.Text)
	for _, missing := range c.blamed(words.Missing, faultline.InBody) {
		if u := c.misspelt(missing); u != nil && u.field == b.field {
			meant = missing.name
			f.Message = fmt.Sprintf("`%s` is not known to the server, and `%s` is missing", b.name, meant)
		}
	}
	switch {
	case meant != "" && b.sure:
		f.Caret = fmt.Sprintf("did you mean `%s`?", meant)
		f.Brief = fmt.Sprintf("`%s` → `%s`", b.name, meant)
		f.Expected = meant
		steps := append(slices.Clone(b.field.steps[:len(b.field.steps)-1]), meant)
		f.Remedy = faultline.Remedy{
			Text: fmt.Sprintf("rename to `%s`", meant), Applicability: faultline.Guess,
			Patch: []faultline.Edit{{Op: "move", From: b.field.pointer(), Path: pointerOf(steps)}},
		}
	case meant != "":
		f.Caret = fmt.Sprintf("did you mean `%s`?", meant)
		f.Remedy = faultline.Remedy{Text: "write `" + meant + "`", Applicability: faultline.Guess}
	case b.sure:
		f.Remedy = faultline.Remedy{Text: "drop `" + b.name + "`, or spell it as the API does", Applicability: faultline.Guess}
		if b.field.in == faultline.InBody && c.body().format == jsonBody {
			f.Remedy.Patch = []faultline.Edit{{Op: "remove", Path: b.field.pointer()}}
		}
	}
	return f
}
