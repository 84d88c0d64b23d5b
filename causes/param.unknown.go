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
	for v := range c.violated(contract.Unknown, faultline.InQuery) {
		if !c.Refused() {
			continue // most servers ignore what they do not know
		}
		f := c.asFinding(*v)
		f.Brief = fmt.Sprintf("`%s` unknown", v.At.Name)
		dropParam(&f, v.At.Name, v.Declared, c)
		out = append(out, f)
	}
	undeclared := c.undeclared()
	for _, u := range undeclared {
		if u.Want == "" {
			out = append(out, c.undeclaredFinding(u))
		}
	}
	for _, b := range c.blamed(words.Unknown, faultline.InQuery, faultline.InPath) {
		if c.covered(b) || b.field == nil && len(out) > 0 || slices.ContainsFunc(undeclared, func(u contract.Undeclared) bool { return u.Name == b.name }) {
			continue
		}
		f := c.saidFinding(b)
		if b.name != "" {
			f.Message = fmt.Sprintf("the query parameter `%s` is not known to the server", b.name)
			f.Brief = fmt.Sprintf("`%s` unknown", b.name)
			if offered := offeredName(b.complaint.Text); offered != "" {
				dropParam(&f, b.name, []string{offered}, c)
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

// undeclared are the parameters that the contract does not have, in a call that
// was refused and breaks the contract nowhere. OpenAPI does not forbid them, so
// they count only where nothing else explains the refusal, or the server says
// that there is an unknown one.
func (c *Case) undeclared() []contract.Undeclared {
	return c.known.undeclared.get(c.findUndeclared)
}

func (c *Case) findUndeclared() []contract.Undeclared {
	if c.Match.Operation == nil || c.judged() || c.Status() != 400 && c.Status() != 422 && !c.ErrorInside() {
		return nil
	}
	for _, b := range c.blames() {
		if b.kind != words.Unknown || b.in == faultline.InBody {
			return nil
		}
	}
	return c.Match.Operation.UndeclaredQuery(&c.Exchange.Request)
}

func (c *Case) undeclaredFinding(u contract.Undeclared) faultline.Finding {
	at := faultline.AtQuery(u.Name)
	at.Span = u.Key
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       at,
		Message:  fmt.Sprintf("`%s` is not a parameter of %s", u.Name, c.Match.Operation.ID),
		Brief:    fmt.Sprintf("`%s` unknown", u.Name),
		Expected: "a parameter that the contract declares",
		Found:    u.Name,
		Source:   c.Match.Operation.Source,
		Retry:    failsAgain,
	}
	for _, b := range c.blamed(words.Unknown, faultline.InQuery) {
		f.Evidence = append(f.Evidence, said(b.complaint.Text))
		break
	}
	var near []string
	if u.Near != "" {
		near = []string{u.Near}
	}
	dropParam(&f, u.Name, near, c)
	return f
}
