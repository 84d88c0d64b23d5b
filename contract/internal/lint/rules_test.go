package lint

import (
	"strings"
	"testing"
)

// TestRulesAreComplete holds what the documentation shows of a rule.
func TestRulesAreComplete(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.Slug] {
			t.Errorf("%s stands twice in the list", r.Slug)
		}
		seen[r.Slug] = true
		if family, rest, ok := strings.Cut(r.Slug, "."); !ok || family == "" || rest == "" || strings.ToLower(r.Slug) != r.Slug {
			t.Errorf("%q is no slug of the form family.what-is-wrong", r.Slug)
		}
		for name, text := range map[string]string{"title": r.Title, "why": r.Why, "fix": r.Fix, "section": r.Section} {
			if text == "" {
				t.Errorf("%s has no %s", r.Slug, name)
			}
		}
		if strings.HasSuffix(r.Title, ".") || !strings.HasSuffix(r.Why, ".") || !strings.HasSuffix(r.Fix, ".") {
			t.Errorf("%s: a title has no full stop, why and fix have one", r.Slug)
		}
	}
}
