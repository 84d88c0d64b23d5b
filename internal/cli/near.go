package cli

import "github.com/faultline-http/faultline/internal/near"

// nearest returns the one of the known names that a misspelt one most likely
// stands for, or "" when none is near enough to be offered.
func nearest(name string, known []string) string {
	if len(name) > near.Most {
		return ""
	}
	best, bestDistance := "", max(1, len(name)/3)+1
	for _, k := range known {
		d := near.Distance(name, k)
		if len(name) >= 2 && len(k) > len(name) && k[:len(name)] == name {
			d = 1 // the beginning of a name: `exp` for `explain`
		}
		if d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}
