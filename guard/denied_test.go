package guard

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

func TestDeniedCallIsAnsweredRecordedAndCounted(t *testing.T) {
	t.Parallel()
	g, got := listen(t, Options{Contracts: []*contract.Contract{load(t)}})
	c := g.Begin(exchange("GET", "/v1/orders", ""))
	r := c.Denied()
	if r.Status != 403 || r.Action != faultline.ActionBlocked {
		t.Errorf("status %d, action %s, want 403 and blocked", r.Status, r.Action)
	}
	answer := c.Answer(r, Client{})
	c.End()
	if answer.Status != 403 {
		t.Errorf("answered %d, want 403", answer.Status)
	}
	if n := g.Counts(); n.Seen != 1 || n.Failed != 1 || n.Blocked != 1 || n.Denied != 1 || n.OK != 0 || n.Unexplained != 0 {
		t.Errorf("counts %+v, want one call: failed, blocked, denied", n)
	}
	all := got()
	if len(all) != 1 {
		t.Fatalf("%d calls recorded, want 1", len(all))
	}
	if f, ok := all[0].d.Primary(); !ok || f.Cause.Slug != "auth.ip-blocked" || f.Strength != faultline.Proven {
		t.Errorf("recorded as %+v, want auth.ip-blocked, proven", all[0].d.Findings)
	}
}
