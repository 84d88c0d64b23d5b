package provider

import (
	"strings"
	"testing"
)

// TestAPIs holds the tables to their form: a code is in lower case, leads to one
// cause of its provider, and to a place that is understood.
func TestAPIs(t *testing.T) {
	t.Parallel()
	for _, p := range all {
		seen := map[string]string{}
		for _, m := range p.means {
			if !strings.Contains(string(m.cause), ".") || len(m.codes) == 0 {
				t.Errorf("%s: %q is no cause, or has no codes", p.name, m.cause)
			}
			if m.at != "" && !strings.HasPrefix(m.at, "/") && m.at != "path" && !strings.HasPrefix(m.at, "header:") && !strings.HasPrefix(m.at, "query:") {
				t.Errorf("%s: the place %q is not understood", p.name, m.at)
			}
			for code := range strings.FieldsSeq(m.codes) {
				if code != strings.ToLower(code) {
					t.Errorf("%s: %q is not in lower case", p.name, code)
				}
				if other, twice := seen[code]; twice {
					t.Errorf("%s: %q stands for %s and for %s", p.name, code, other, m.cause)
				}
				seen[code] = string(m.cause)
				if _, number, bound := strings.Cut(code, ":"); !bound && strings.Trim(number+code, "0123456789") == "" {
					t.Errorf("%s: the number %q is not bound to a member", p.name, code)
				}
			}
		}
		if p.known == nil && !p.loose {
			for _, m := range p.means {
				for code := range strings.FieldsSeq(m.codes) {
					if strings.Contains(code, ":") {
						t.Errorf("%s: the number %q needs a sign of who answered", p.name, code)
					}
				}
			}
		}
	}
}
