package words

import (
	"regexp"
	"slices"
	"testing"
)

// TestPatternsFindWhatRegexpFinds holds every pattern against the standard library's matcher, on the
// sentences of all samples: the table may only be quicker.
func TestPatternsFindWhatRegexpFinds(t *testing.T) {
	t.Parallel()
	var texts []string
	for _, s := range samples {
		texts = append(texts, sentencesOf(Document([]byte(s.body)))...)
	}
	if len(texts) < len(samples)/2 {
		t.Fatalf("%d sentences in %d samples", len(texts), len(samples))
	}
	for _, p := range table.Patterns() {
		re := regexp.MustCompile(p.String())
		for _, text := range texts {
			line := table.Scan(text)
			want := re.FindStringSubmatchIndex(text)
			m, ok := line.Find(p)
			if ok != (want != nil) || ok && !slices.Equal(m[:2*(re.NumSubexp()+1)], want) {
				t.Errorf("%s\n\tin %q: got %v %v, want %v", p, text, m, ok, want)
			}
		}
	}
}

func sentencesOf(n *Node) []string {
	if n == nil {
		return nil
	}
	if n.shape == text {
		return []string{n.text[:min(len(n.text), maxSentence)]}
	}
	var out []string
	for _, kid := range n.kids {
		out = append(out, sentencesOf(kid)...)
	}
	return out
}
