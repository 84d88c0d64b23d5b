package contract

import (
	"cmp"
	"slices"

	"github.com/faultline-http/faultline"
)

// FindAmong asks several contracts in turn, fills m in by the first that has an
// operation for the request, and returns that contract; nil if none has one.
// Like [Contract.Find] it allocates nothing.
func FindAmong(all []*Contract, r *faultline.Request, m *Match) *Contract {
	m.clear()
	for _, c := range all {
		if c.Find(r, m) {
			return c
		}
	}
	return nil
}

// MissAmong fills in what was likely meant by a request for which FindAmong
// found nothing, and returns the contract that comes nearest to it: the one
// whose words are best used about the request. It is nil if there are none.
func MissAmong(all []*Contract, r *faultline.Request, m *Match) *Contract {
	var nearest *Contract
	var merged Match
	for _, c := range all {
		one := c.MatchRequest(r)
		if nearest == nil || one.nearer(&merged) {
			nearest = c
			merged.Route, merged.Base, merged.Slash, merged.OffHost = one.Route, one.Base, one.Slash, one.OffHost
			merged.Options = one.Options
		}
		for _, method := range one.Allowed {
			if !slices.Contains(merged.Allowed, method) {
				merged.Allowed = append(merged.Allowed, method)
			}
		}
		merged.Near = append(merged.Near, one.Near...)
		slices.SortStableFunc(merged.Near, func(a, b Near) int { return cmp.Compare(a.Distance, b.Distance) })
		merged.Near = merged.Near[:min(len(merged.Near), mostNear)]
	}
	*m = merged
	return nearest
}

// nearer compares two misses: a path that exists with another method is
// nearer than one that a slash or a base path leads to, and that nearer than
// one that is only similar. The first of equals stays.
func (m *Match) nearer(other *Match) bool {
	if by := cmp.Compare(m.closeness(), other.closeness()); by != 0 {
		return by > 0
	}
	if len(m.Near) == 0 || len(other.Near) == 0 {
		return len(m.Near) > len(other.Near)
	}
	return m.Near[0].Distance < other.Near[0].Distance
}

func (m *Match) closeness() int {
	switch {
	case m.Route != "":
		return 2
	case m.Slash != "" || m.Base != "":
		return 1
	}
	return 0
}
