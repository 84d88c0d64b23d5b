package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// byCode is the finding of a cause that a provider's own code names, for rules that otherwise
// go by the words about a field: the code says what is wrong, the request where.
func (c *Case) byCode(cause faultline.Slug, found []faultline.Finding, message string) []faultline.Finding {
	if len(found) > 0 {
		return found
	}
	n, named := c.named(cause)
	if !named {
		return nil
	}
	f := faultline.Finding{
		Strength: n.strength(),
		At:       c.placeMeant(&n, c.partMeant(cause)),
		Message:  message,
		Brief:    "`" + short(n.Code.Text) + "`",
		Expected: "what the documentation of " + n.By + " says of this code",
		Retry:    failsAgain,
		Evidence: append([]faultline.Evidence{n.evidence()}, c.serverWords()...),
		Remedy:   faultline.Remedy{Text: "look the code up in the documentation of " + n.By + ", and mend the part of the request that it speaks of", Applicability: faultline.Guess},
	}
	if name := f.At.Name; name != "" {
		f.Found = "`" + short(name) + "`"
	}
	return []faultline.Finding{f}
}

// partMeant is the part of the request that the words are about, in the part that the family of the cause is for.
func (c *Case) partMeant(cause faultline.Slug) faultline.Location {
	in := faultline.InBody
	switch cause.Family() {
	case "param":
		in = faultline.InQuery
	case "header":
		in = faultline.InHeader
	}
	if f, ok := c.spokenOf(); ok && f.in == in {
		return f.at()
	}
	if f, ok := c.quotedField(); ok && f.in == in {
		return f.at()
	}
	if in == faultline.InQuery {
		if f, ok := c.partlyQuoted(); ok {
			return f.at()
		}
		return c.atPath()
	}
	return faultline.Location{In: in}
}

// partlyQuoted is the parameter of which the answer quotes a part: a column of a list, a filter without its operator.
func (c *Case) partlyQuoted() (reqField, bool) {
	said := c.Said()
	for _, f := range c.queryFields() {
		if len(f.text) > maxParam {
			continue
		}
		for part := range strings.FieldsFuncSeq(strings.ToLower(f.text), func(r rune) bool { return strings.ContainsRune(",.()=:; ", r) }) {
			if len(part) > 3 && holdsWord(said, part) || strings.Contains(said, "("+part+")") || strings.Contains(said, `"`+part+`"`) {
				return f, true
			}
		}
	}
	return reqField{}, false
}
