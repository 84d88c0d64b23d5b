package diagnose

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

// The order of findings, and so the answer to "why". Compared are, one after
// the other, until two differ:
//
//  1. depth: a finding that repeats what the status says yields to every other;
//  2. witness: the status is what the server complained of, so what explains
//     that status goes before what does not (an expired token before a wrong
//     field when the answer is 401);
//  3. strength: proven, likely, possible;
//  4. the rule's own rank;
//  5. the family: what a server checks first stands first, since it stops there;
//  6. the place in the request.
func rank(c *causes.Case, found []faultline.Finding) []faultline.Finding {
	status := c.Status()
	slices.SortStableFunc(found, func(a, b faultline.Finding) int {
		return cmp.Or(
			cmp.Compare(depth(&b), depth(&a)),
			cmp.Compare(witness(status, &b), witness(status, &a)),
			cmp.Compare(b.Strength, a.Strength),
			cmp.Compare(b.Rank, a.Rank),
			cmp.Compare(familyOrder(&a), familyOrder(&b)),
			cmp.Compare(a.At.Side, b.At.Side),
			cmp.Compare(a.At.Span.Start, b.At.Span.Start),
		)
	})
	return found
}

// symptom is the rank from which on a finding says no more than the status.
const symptom = -100

func depth(f *faultline.Finding) int {
	if f.Rank <= symptom {
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
		return among(family, "auth", "oauth", "tls")
	case 429:
		return among(family, "limit")
	case 405:
		return among(family, "route", "cors")
	case 415:
		return among(family, "content")
	case 502, 503, 504:
		if f.Strength == faultline.Possible && f.WhoActs() == faultline.Client {
			return -1
		}
	case 0:
		return among(family, "network", "tls", "url", "response")
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

// looked says what was looked at in vain, for an unexplained failure.
func looked(c *causes.Case) []string {
	var out []string
	if c.Contract != nil && c.Match.Operation != nil {
		out = append(out, "the request and the answer against "+contractName(c.Contract))
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
