package cli

// nearest returns the one of the known names that a misspelt one most likely
// stands for, or "" when none is near enough to be offered.
func nearest(name string, known []string) string {
	if len(name) > mostCompared {
		return ""
	}
	best, bestDistance := "", max(1, len(name)/3)+1
	for _, k := range known {
		d := editDistance(name, k)
		if len(name) >= 2 && len(k) > len(name) && k[:len(name)] == name {
			d = 1 // the beginning of a name: `exp` for `explain`
		}
		if d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}

// mostCompared bounds the work for a name that somebody pasted a file into.
const mostCompared = 64

// editDistance counts the letters to insert, drop, replace or swap with a
// neighbour (optimal string alignment).
func editDistance(a, b string) int {
	if len(a) > mostCompared || len(b) > mostCompared {
		return mostCompared
	}
	var before, last, row [mostCompared + 1]int
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
