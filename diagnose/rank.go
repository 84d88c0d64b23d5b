package diagnose

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

// A criterion compares two findings of one case: below 0, the first goes before
// the second. why says so in words, for two that differ.
type criterion struct {
	compare func(c *causes.Case, a, b *faultline.Finding) int
	why     func(c *causes.Case, a, b *faultline.Finding) string
}

// criteria are the order of findings, and so the answer to "why". They are
// asked one after the other, until two findings differ:
//
//  1. depth: a finding that repeats what the status says yields to every other,
//     and one that only follows from the failure to that one too;
//  2. witness: the status is what the server complained of, so what explains
//     that status goes before what does not (an expired token before a wrong
//     field when the answer is 401);
//  3. strength: proven, likely, possible;
//  4. the rule's own rank;
//  5. the family: what a server checks first stands first, since it stops there;
//  6. the place in the request.
var criteria = []criterion{
	{
		func(_ *causes.Case, a, b *faultline.Finding) int { return cmp.Compare(depth(b), depth(a)) },
		func(_ *causes.Case, _, b *faultline.Finding) string {
			if depth(b) < 0 {
				return string(b.Cause.Slug) + " only follows from it"
			}
			return "it names a cause, " + string(b.Cause.Slug) + " only repeats what the answer says"
		},
	},
	{
		func(c *causes.Case, a, b *faultline.Finding) int {
			return cmp.Compare(witness(c.Status(), b), witness(c.Status(), a))
		},
		func(c *causes.Case, a, b *faultline.Finding) string {
			if c.Status() == 0 {
				return "no answer came: " + a.Cause.Slug.Family() + " explains that, " + b.Cause.Slug.Family() + " does not"
			}
			return fmt.Sprintf("the status %d speaks for %s rather than for %s", c.Status(), a.Cause.Slug.Family(), b.Cause.Slug.Family())
		},
	},
	{
		func(_ *causes.Case, a, b *faultline.Finding) int { return cmp.Compare(b.Strength, a.Strength) },
		func(_ *causes.Case, a, b *faultline.Finding) string {
			return a.Strength.String() + " goes before " + b.Strength.String()
		},
	},
	{
		func(_ *causes.Case, a, b *faultline.Finding) int { return cmp.Compare(b.Rank, a.Rank) },
		func(_ *causes.Case, a, b *faultline.Finding) string {
			return fmt.Sprintf("both are %s; its rule weighs what it saw higher (%d to %d)", a.Strength, a.Rank, b.Rank)
		},
	},
	{
		func(_ *causes.Case, a, b *faultline.Finding) int { return cmp.Compare(familyOrder(a), familyOrder(b)) },
		func(_ *causes.Case, a, b *faultline.Finding) string {
			return "a call meets " + a.Cause.Slug.Family() + " before " + b.Cause.Slug.Family() + ", and a server stops at the first"
		},
	},
	{
		func(_ *causes.Case, a, b *faultline.Finding) int {
			return cmp.Or(cmp.Compare(a.At.Side, b.At.Side), cmp.Compare(a.At.Span.Start, b.At.Span.Start))
		},
		func(_ *causes.Case, _, _ *faultline.Finding) string { return "it stands first in the call" },
	},
}

// rank sorts findings, the best first.
func rank(c *causes.Case, found []faultline.Finding) []faultline.Finding {
	if len(found) < 2 {
		return found
	}
	order := make([]*faultline.Finding, len(found)) // findings are large: only pointers are moved about
	for i := range found {
		order[i] = &found[i]
	}
	slices.SortStableFunc(order, func(a, b *faultline.Finding) int {
		for i := range criteria {
			if by := criteria[i].compare(c, a, b); by != 0 {
				return by
			}
		}
		return 0
	})
	out := make([]faultline.Finding, len(order))
	for i, f := range order {
		out[i] = *f
	}
	return out
}

// standings tells for each finding what decided that it stands before the next.
func standings(c *causes.Case, found []faultline.Finding) []faultline.Standing {
	out := make([]faultline.Standing, len(found))
	for i := range found {
		f := &found[i]
		out[i] = faultline.Standing{Cause: f.Cause.Slug, At: f.At, Strength: f.Strength}
		if i+1 < len(found) {
			out[i].Before = before(c, f, &found[i+1])
		}
	}
	return out
}

// before says why a stands before b.
func before(c *causes.Case, a, b *faultline.Finding) string {
	for i := range criteria {
		if criteria[i].compare(c, a, b) < 0 {
			return criteria[i].why(c, a, b)
		}
	}
	return "nothing tells the two apart; the order is that of the catalogue"
}

const (
	symptom     = -100 // the rank from which on a finding says no more than the status
	consequence = -200 // the rank from which on it says what else went wrong because of the failure
)

func depth(f *faultline.Finding) int {
	switch {
	case f.Rank <= consequence:
		return -1
	case f.Rank <= symptom:
		return 0
	}
	return 1
}

// witness is 1 for a finding that explains the status, 0 for one that may or
// may not, and -1 for a weak one that the status speaks against.
func witness(status int, f *faultline.Finding) int {
	family := f.Cause.Slug.Family()
	switch status {
	case 401, 407:
		if f.Cause.Slug == "redirect.credential-lost" || f.Cause.Slug == "gateway.proxy-auth" {
			return 1
		}
		return among(family, "auth", "oauth", "tls")
	case 429:
		return among(family, "limit")
	case 405:
		return among(family, "route", "cors", "security")
	case 415:
		return among(family, "content")
	case 502, 503, 504:
		if f.Strength == faultline.Possible && f.WhoActs() == faultline.Client {
			return -1
		}
	case 0:
		return among(family, "network", "tls", "url", "response", "cors")
	}
	return 0
}

func among(family string, families ...string) int {
	if slices.Contains(families, family) {
		return 1
	}
	return 0
}

// families are in the order in which a call meets them: the connection, the
// gateway, the route, the credential, the allowance, the headers and at last
// the body. The server's own failures come behind all of them.
var families = []string{
	"url", "network", "tls", "redirect", "route", "cors", "auth", "oauth", "security", "limit",
	"gateway", "protocol", "content", "header", "param", "body", "state", "resource", "response", "server",
}

func familyOrder(f *faultline.Finding) int {
	if i := slices.Index(families, f.Cause.Slug.Family()); i >= 0 {
		return i
	}
	return len(families)
}

// withoutRepeats drops a finding that says what a better one said already: the
// same cause at the same place.
func withoutRepeats(found []faultline.Finding) []faultline.Finding {
	seen := make(map[string]bool, len(found))
	out := found[:0]
	for _, f := range found {
		at := f.At
		key := fmt.Sprintf("%s %d %s %s %s", f.Cause.Slug, at.Side, at.In, at.Name, at.Pointer)
		if at.Pointer == "" && at.Name == "" {
			key += fmt.Sprint(" ", at.Span.Start, f.Detail.Field)
		} else if f.Detail.Field != "" {
			key += " " + f.Detail.Field
		}
		if !seen[key] {
			seen[key] = true
			out = append(out, f)
		}
	}
	return out
}

// withoutEchoes drops what only repeats the status, where the answer shows a
// cause on the same side: that the server failed goes without saying then.
func withoutEchoes(found []faultline.Finding) []faultline.Finding {
	if len(found) < 2 || depth(&found[0]) < 1 {
		return found
	}
	return slices.DeleteFunc(found, func(f faultline.Finding) bool {
		return depth(&f) == 0 && f.At.In == faultline.InStatus && found[0].WhoActs() != faultline.Client
	})
}

// looked says what was looked at in vain, for an unexplained failure.
func looked(c *causes.Case) []string {
	var out []string
	if c.Contract != nil && c.Match.Operation != nil {
		out = append(out, "the request and the answer against "+c.Contract.Name())
	}
	if c.Exchange.Failure != nil {
		out = append(out, "what the client library said")
	}
	if c.Exchange.Response != nil {
		out = append(out, "the status, the header fields and the words of the answer")
	}
	out = append(out, "the address and the header fields of the request")
	if c.Exchange.Request.Header.Has("Authorization") {
		out = append(out, "the form and the times of the credential")
	}
	if !c.Exchange.Request.Body.Empty() {
		out = append(out, "the form of the request body")
	}
	return out
}
