package causes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("body.missing-field", missingField) }

// missingField finds required fields that are not there. One that stands there
// under a near name that the contract refuses belongs to body.unknown-field.
func missingField(c *Case) []faultline.Finding {
	var out []faultline.Finding
	for v := range c.violated(contract.Missing, faultline.InBody) {
		if i := slices.IndexFunc(c.renames(), func(r rename) bool { return r.missing.At.Pointer == v.At.Pointer && r.missing.Field == v.Field }); i >= 0 {
			if r := c.renames()[i]; !r.refused {
				f := r.finding(c)
				f.At = missingAt(*v)
				f.At.Span = c.placedKey(r.member.Key)
				out = append(out, f)
			}
			continue
		}
		f := c.asFinding(*v)
		f.At = missingAt(*v)
		f.Brief = fmt.Sprintf("`%s` missing", v.Field)
		f.Remedy = addField(f.At, v.Field, v.Detail)
		out = append(out, f)
	}
	for _, b := range c.blamed(words.Missing, faultline.InBody) {
		if c.covered(b) || c.unread() || c.misspelt(b) != nil {
			continue
		}
		f := c.saidFinding(b)
		if b.name != "" {
			f.Brief = fmt.Sprintf("`%s` missing", b.name)
			f.Found = "nothing"
			f.Remedy = addField(f.At, b.name, f.Detail)
			c.hint(&f, b)
		}
		out = append(out, f)
	}
	return out
}

// hint offers a field that stands beside the missing one and may be meant.
func (c *Case) hint(f *faultline.Finding, b blame) {
	beside, ok := c.beside(b)
	if !ok {
		return
	}
	f.Caret = fmt.Sprintf("`%s` stands there: was `%s` meant?", beside.name(), b.name)
	f.Remedy = faultline.Remedy{
		Text:          fmt.Sprintf("rename `%s` to `%s`", beside.name(), b.name),
		Applicability: faultline.Guess,
		Patch:         []faultline.Edit{{Op: "move", From: beside.pointer(), Path: b.at.Pointer}},
	}
}

// beside finds the field of the same object whose name is near to the missing one.
func (c *Case) beside(b blame) (*reqField, bool) {
	fields := c.body().fields()
	parent, ok := strings.CutSuffix(b.at.Pointer, pointerOf([]string{b.name}))
	if !ok {
		return nil, false // what is missing stands inside a text: an argument in a GraphQL document
	}
	var names []string
	for i := range fields {
		if p := fields[i].pointer(); len(fields[i].steps) > 0 && p[:len(p)-len(pointerOf([]string{fields[i].name()}))] == parent {
			names = append(names, fields[i].name())
		}
	}
	near, ok := Near(b.name, names)
	if !ok {
		return nil, false
	}
	for i := range fields {
		if fields[i].pointer() == parent+pointerOf([]string{near}) {
			return &fields[i], true
		}
	}
	return nil, false
}

// misspelt returns the complaint about an unknown field that is the missing one misspelt.
func (c *Case) misspelt(missing blame) *blame {
	if missing.name == "" || missing.at.Pointer == "" {
		return nil
	}
	beside, ok := c.beside(missing)
	if !ok {
		return nil
	}
	for _, u := range c.blamed(words.Unknown, faultline.InBody) {
		if u.field != nil && u.field.pointer() == beside.pointer() {
			return &u
		}
	}
	return nil
}
