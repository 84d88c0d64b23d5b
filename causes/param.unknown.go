package causes

import (
	"fmt"
	"slices"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("param.unknown", paramUnknown) }

// paramUnknown finds query parameters that the operation does not have.
func paramUnknown(c *Case) []faultline.Finding {
	var out []faultline.Finding
	for _, v := range c.Violated(contract.Unknown, faultline.InQuery) {
		if !c.Refused() {
			continue // most servers ignore what they do not know
		}
		f := c.asFinding(v)
		f.Brief = fmt.Sprintf("`%s` unknown", v.At.Name)
		dropParam(&f, v.At.Name, v.Declared, c)
		out = append(out, f)
	}
	for _, b := range c.blamed(words.Unknown, faultline.InQuery, faultline.InPath) {
		if c.covered(b) || b.field == nil && len(c.Violated(contract.Unknown, faultline.InQuery)) > 0 {
			continue
		}
		f := c.saidFinding(b)
		if b.name != "" {
			f.Message = fmt.Sprintf("the query parameter `%s` is not known to the server", b.name)
			f.Brief = fmt.Sprintf("`%s` unknown", b.name)
			if m := didYouMean.FindStringSubmatch(b.complaint.Text); m != nil {
				dropParam(&f, b.name, []string{m[1]}, c)
			} else {
				dropParam(&f, b.name, nil, c)
			}
		}
		out = append(out, f)
	}
	return out
}

// dropParam offers the parameter that was probably meant, else to leave this one out.
func dropParam(f *faultline.Finding, name string, declared []string, c *Case) {
	var free []string
	for _, d := range declared {
		if !slices.ContainsFunc(c.queryFields(), func(q reqField) bool { return q.name() == d }) {
			free = append(free, d)
		}
	}
	near, ok := Near(name, free)
	if !ok {
		f.Remedy = faultline.Remedy{
			Text: "drop `" + name + "`", Applicability: faultline.Guess,
			Patch: []faultline.Edit{{Op: "remove", In: faultline.InQuery, Name: name}},
		}
		return
	}
	f.Expected, f.Detail.Field = near, near
	f.Caret = fmt.Sprintf("did you mean `%s`?", near)
	f.Brief = fmt.Sprintf("`%s` → `%s`", name, near)
	f.Remedy = faultline.Remedy{
		Text: fmt.Sprintf("rename to `%s`", near), Applicability: faultline.Checked,
		Patch: []faultline.Edit{{Op: "move", In: faultline.InQuery, From: name, Name: near}},
	}
	if f.Source.File == "" {
		f.Remedy.Applicability = faultline.Guess
	}
}
