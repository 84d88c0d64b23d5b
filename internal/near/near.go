// Package near tells how far two names are apart, so that a misspelt one can be
// told the one that was meant.
package near

// Most is the longest name that is compared letter by letter: longer ones are
// not typed by hand, and a hostile one must cost nothing.
const Most = 64

// Distance counts the typing errors between two names: a letter added, dropped,
// changed, or two neighbours swapped (Damerau and Levenshtein, restricted to
// optimal string alignment). Names longer than Most are as far apart as they
// are long, unless they are equal. It allocates nothing.
func Distance(a, b string) int {
	if a == b {
		return 0
	}
	if len(a) > Most || len(b) > Most {
		return len(a) + len(b)
	}
	var rows [3][Most + 1]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		row, last, before := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
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
	}
	return rows[len(a)%3][len(b)]
}
