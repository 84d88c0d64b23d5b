package report

import (
	"fmt"
	"time"
)

// SeenAmong says how often calls failed like the one that began at this time,
// given when each of them began, this one among them: "first of 6 in 40 s". It
// is empty if it failed so once.
func SeenAmong(this time.Time, all []time.Time) string {
	if len(all) < 2 {
		return ""
	}
	from, to := all[0], all[0]
	for _, t := range all {
		if t.Before(from) {
			from = t
		}
		if t.After(to) {
			to = t
		}
	}
	if !this.After(from) {
		return fmt.Sprintf("first of %d in %s", len(all), spell(to.Sub(from)))
	}
	return fmt.Sprintf("%d of these in %s", len(all), spell(to.Sub(from)))
}
