// Package causes is the catalogue of what can go wrong with an HTTP call. A
// cause is two files named by its slug: SLUG.md says in the reader's words what
// happened and how to mend it, SLUG.go holds the rule that recognises it.
//
// A rule looks at one [Case] and returns what it finds. It opens nothing, asks
// no clock and remembers nothing.
package causes

import (
	"fmt"
	"sort"

	"github.com/faultline-http/faultline"
)

// A Detector looks for one cause in one failed call. It may leave Cause empty
// in what it returns: the engine fills it in. It is called from many
// goroutines at once and must not change the case.
type Detector func(*Case) []faultline.Finding

// A Rule is a cause and how it is recognised.
type Rule struct {
	faultline.Cause
	Statuses []int // usual statuses, for the page and the index; no filter
	Detect   Detector
}

var rules = map[faultline.Slug]Rule{}

// register adds a rule. Title, party and statuses come from the page of the
// same name; a rule without a page is a mistake of ours that stops every test.
func register(slug faultline.Slug, detect Detector) {
	page, err := PageOf(slug)
	if err != nil {
		panic(fmt.Sprintf("cause %s: %v", slug, err))
	}
	if _, twice := rules[slug]; twice {
		panic(fmt.Sprintf("cause %s is registered twice", slug))
	}
	rules[slug] = Rule{Cause: page.Cause, Statuses: page.Statuses, Detect: detect}
}

// All returns the rules of the catalogue, sorted by slug.
func All() []Rule {
	out := make([]Rule, 0, len(rules))
	for _, r := range rules {
		out = append(out, r)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Slug < out[j].Slug })
	return out
}

// Lookup returns the rule with the slug.
func Lookup(slug faultline.Slug) (Rule, bool) {
	r, ok := rules[slug]
	return r, ok
}
