package causes

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/provider"
)

// A naming is a provider's own code that says which cause it was.
type naming struct{ provider.Naming }

// answered is the call as the tables of providers look at it.
func (c *Case) answered() *provider.Answer {
	return &provider.Answer{Exchange: c.Exchange, Doc: c.answer(), Says: c.BodySays}
}

// namings are the codes of the answer that are known.
func (c *Case) namings() []naming {
	return c.known.namings.get(func() []naming {
		if c.Exchange.Response == nil || c.Status() < 400 && !c.ErrorInside() {
			return nil
		}
		var out []naming
		for _, n := range provider.Namings(c.answered()) {
			out = append(out, naming{n})
		}
		return out
	})
}

// named returns the code by which the provider itself names the cause. Of names
// that many systems use the first counts, and only where no code of one provider is there.
func (c *Case) named(cause faultline.Slug) (naming, bool) {
	all := c.namings()
	for _, n := range all {
		if !n.Loose && n.Cause == cause {
			return n, true
		}
	}
	for _, n := range all {
		if !n.Loose {
			return naming{}, false
		}
	}
	if len(all) > 0 && all[0].Cause == cause {
		return all[0], true
	}
	return naming{}, false
}

// namedOther reports whether a code of the provider names other causes, and not this one.
func (c *Case) namedOther(causes ...faultline.Slug) bool {
	other := false
	for _, n := range c.namings() {
		if n.Loose {
			continue
		}
		other = true
		if slices.Contains(causes, n.Cause) {
			return false
		}
	}
	return other
}

// strength is what a code proves: that of one provider is documented to mean just this.
func (n *naming) strength() faultline.Strength {
	if n.Loose {
		return faultline.Likely
	}
	return faultline.Proven
}

// evidence is the code as a line.
func (n *naming) evidence() faultline.Evidence {
	text := "`" + short(n.Code.Text) + "`"
	if n.Code.Number {
		text = "`" + n.Code.Member + " " + n.Code.Text + "`"
	}
	if n.By != "" {
		text += ", a code of " + n.By
	}
	return faultline.Evidence{Kind: faultline.Fact, Title: "named", Lines: []faultline.Line{{Text: text}}}
}

// place is where the code's meaning says, else the place that the rule found.
func (n *naming) place(found faultline.Location) faultline.Location {
	if n.At == "" {
		return found
	}
	return placeNamed(n.At)
}

// placeNamed reads a place: "header:If-Match", "query:key", "path", "/pointer/into/body".
func placeNamed(at string) faultline.Location {
	kind, name, _ := strings.Cut(at, ":")
	switch kind {
	case "header":
		return faultline.AtHeader(name)
	case "query":
		return faultline.AtQuery(name)
	case "path":
		return faultline.AtPath("")
	case "status":
		return faultline.AtStatus()
	}
	return faultline.AtBody(at, faultline.Span{})
}
