package diagnose

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

// compare adds what the comparison with a call that succeeded tells. A finding
// that says the same already gets the comparison as evidence; new ones come in
// only while nothing better than a symptom or a possibility is known, since two
// calls differ in much that no server minds.
func (e *Engine) compare(c *causes.Case, found []faultline.Finding) []faultline.Finding {
	explained := false
	for i := range found {
		explained = explained || found[i].Strength > faultline.Possible && depth(&found[i]) > 0
	}
	for _, f := range c.Compared() {
		if same := sameFinding(found, &f); same != nil {
			same.Evidence = append(same.Evidence, f.Evidence...)
			same.Strength = max(same.Strength, f.Strength)
			continue
		}
		if rule, known := causes.Lookup(f.Cause.Slug); known && !explained {
			f.Cause = rule.Cause
			found = append(found, f)
		}
	}
	return found
}

func sameFinding(found []faultline.Finding, f *faultline.Finding) *faultline.Finding {
	for i := range found {
		if o := &found[i]; o.Cause.Slug == f.Cause.Slug && o.At.In == f.At.In && o.At.Name == f.At.Name && o.At.Pointer == f.At.Pointer {
			return o
		}
	}
	return nil
}
