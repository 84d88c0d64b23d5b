package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

// failOn says which findings end the program with exit code 1: any, none, those
// of a party, of a cause, or of a family of causes.
type failOn []string

const (
	failAny  = "any"
	failNone = "none"
)

// check refuses names that nothing can have: a misspelt one would never fail.
func (f failOn) check() error {
	for _, name := range f {
		if !failOnKnows(name) {
			known := []string{failAny, failNone}
			for _, p := range parties {
				known = append(known, string(p))
			}
			return usagef(fmt.Sprintf("give %s, a cause, or a family such as body.*", strings.Join(known, ", ")),
				"`--fail-on %s`: there is no such party or cause", name)
		}
	}
	return nil
}

func failOnKnows(name string) bool {
	if name == failAny || name == failNone || slices.Contains(parties, faultline.Party(name)) {
		return true
	}
	family, isFamily := strings.CutSuffix(name, ".*")
	for _, r := range causes.All() {
		if string(r.Slug) == name || isFamily && r.Slug.Family() == family {
			return true
		}
	}
	return false
}

// matches reports whether a finding is one to fail on.
func (f failOn) matches(found *faultline.Finding) bool {
	for _, name := range f {
		family, isFamily := strings.CutSuffix(name, ".*")
		switch {
		case name == failAny, name == string(found.WhoActs()), name == string(found.Cause.Slug), isFamily && found.Cause.Slug.Family() == family:
			return true
		}
	}
	return false
}
