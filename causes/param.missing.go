package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("param.missing", paramMissing) }

// paramMissing finds required parameters of query and path that are not there.
func paramMissing(c *Case) []faultline.Finding {
	var out []faultline.Finding
	for _, v := range c.violatedParams(contract.Missing) {
		f := c.asFinding(v)
		f.Brief = fmt.Sprintf("`%s` missing", v.At.Name)
		f.Remedy = addField(f.At, v.At.Name, v.Detail)
		c.misnamed(&f)
		out = append(out, f)
	}
	for _, b := range c.blamed(words.Missing, faultline.InQuery, faultline.InPath) {
		if c.covered(b) {
			continue
		}
		f := c.saidFinding(b)
		f.Found = "nothing"
		if b.name != "" {
			f.Brief = fmt.Sprintf("`%s` missing", b.name)
			f.Remedy = addField(f.At, b.name, f.Detail)
			c.misnamed(&f)
		}
		out = append(out, f)
	}
	return c.byCode("param.missing", out, "a required parameter is missing")
}

// violatedParams are the violations of one kind in query and path.
func (c *Case) violatedParams(kind contract.Kind) []contract.Violation {
	return append(c.Violated(kind, faultline.InQuery), c.Violated(kind, faultline.InPath)...)
}

// misnamed offers a parameter that was sent and whose name is near to the missing one.
func (c *Case) misnamed(f *faultline.Finding) {
	var sent []string
	for _, q := range c.queryFields() {
		sent = append(sent, q.name())
	}
	near, ok := Near(f.At.Name, sent)
	if !ok || f.At.In != faultline.InQuery {
		return
	}
	f.Caret = fmt.Sprintf("`%s` was sent: was `%s` meant?", near, f.At.Name)
	f.Brief = fmt.Sprintf("`%s` → `%s`", near, f.At.Name)
	f.Remedy = faultline.Remedy{
		Text: fmt.Sprintf("rename `%s` to `%s`", near, f.At.Name), Applicability: faultline.Guess,
		Patch: []faultline.Edit{{Op: "move", In: faultline.InQuery, From: near, Name: f.At.Name}},
	}
}
