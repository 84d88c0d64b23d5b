package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

func init() { register("state.partial-success", partialSuccess) }

// partialRank puts a deeper cause of an item's failure before the fact that some failed.
const partialRank = -50

// partialSuccess is for answers to many operations at once of which some failed
// behind a status of success: 207 (RFC 4918, section 13), and envelopes of bulk APIs.
func partialSuccess(c *Case) []faultline.Finding {
	if status := c.Status(); status < 200 || status > 299 || !c.ErrorInside() {
		return nil
	}
	b, ok := words.BatchOf(c.answer())
	if !ok && c.Status() == 207 {
		b.First, ok = words.BatchFailure(c.answer())
	}
	if !ok {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtResponse(b.First, faultline.Span{}),
		Message:  "a part of the operations in this call failed, although the status speaks of success",
		Brief:    "failed in part",
		Expected: "each operation done",
		Found:    "at least one that failed",
		Evidence: c.serverWords(),
		Remedy:   faultline.Remedy{Text: "look at each item of the answer, and repeat only those that failed", Applicability: faultline.Guess},
		Retry:    "only the items that failed; the others are done",
		Rank:     partialRank,
	}
	if b.Failed > 0 {
		f.Found = fmt.Sprintf("%d that failed", b.Failed)
		if b.Total > 0 {
			f.Found = fmt.Sprintf("%d of %d that failed", b.Failed, b.Total)
			f.Brief = fmt.Sprintf("%d of %d failed", b.Failed, b.Total)
		}
	}
	return []faultline.Finding{f}
}
