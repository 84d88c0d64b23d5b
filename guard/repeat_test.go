package guard

import (
	"encoding/json"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

// refusal is what one refused call was told, and its id.
func refusal(t *testing.T, g *Guard, at time.Time, body string, to Client) (id, text string) {
	t.Helper()
	ex := exchange("POST", "/v1/orders", body)
	ex.Start = at
	c, r := decide(g, ex)
	if r == nil {
		t.Fatal("the request passes, want it refused")
	}
	a := c.Answer(r, to)
	c.End()
	var doc struct{ ID, Instance string }
	if err := json.Unmarshal(a.Body, &doc); err != nil {
		t.Fatal(err)
	}
	if header := a.Header.Value("Faultline-Id"); doc.ID == "" || header != doc.ID {
		t.Errorf("Faultline-Id = %q, id = %q, want them equal", header, doc.ID)
	}
	return doc.ID, strings.NewReplacer(doc.ID, "ID", doc.Instance, "INSTANCE").Replace(string(a.Body))
}

// TestRepeatedRefusals holds that the same bad request is told the same, under
// an id of its own, and recorded each time; and that what differs, or comes
// later, or meets other rules is looked at anew.
func TestRepeatedRefusals(t *testing.T) {
	t.Parallel()
	c := load(t)
	o := Options{Contracts: []*contract.Contract{c}, Mode: Block}
	g, done := listen(t, o)
	now := time.Date(2026, 11, 21, 20, 0, 0, 0, time.UTC)
	const bad, other = `{"custmer_id":"c"}`, `{"custmer_ix":"c"}`
	here := Client{Loopback: true, Base: "http://a"}

	first, text := refusal(t, g, now, bad, here)
	second, again := refusal(t, g, now.Add(time.Millisecond), bad, here)
	if first == second || text != again {
		t.Errorf("the second refusal has the id %s after %s and says\n%s\nwant another id and\n%s", second, first, again, text)
	}
	if _, got := refusal(t, g, now, other, here); got == text {
		t.Error("another body is told the same")
	}
	if _, got := refusal(t, g, now, bad, Client{Base: "http://b"}); strings.Contains(got, "http://a") || got == text {
		t.Errorf("another client is told what the first one was: %s", got)
	}
	before := len(g.rules.Load().repeats.all)
	if before != 2 {
		t.Errorf("%d refusals are remembered, want 2", before)
	}
	if _, got := refusal(t, g, now.Add(time.Hour), bad, here); got != text {
		t.Errorf("an hour later the answer is\n%s\nwant\n%s", got, text)
	}
	g.Reload(Options{Contracts: []*contract.Contract{c}, Mode: Block, Problem: Problem{Base: "https://errors.example"}})
	if _, got := refusal(t, g, now.Add(time.Hour), bad, here); !strings.Contains(got, "https://errors.example") {
		t.Errorf("after a reload the answer is still %s", got)
	}

	heard := done()
	if len(heard) != 6 {
		t.Fatalf("%d calls were recorded, want 6", len(heard))
	}
	for i, h := range heard[:2] {
		want := []string{first, second}[i]
		if h.ex.ID != want || h.d.Exchange != want || !h.ex.Start.Equal(now.Add(time.Duration(i)*time.Millisecond)) || len(h.d.Findings) == 0 {
			t.Errorf("call %d was recorded as %s of %s at %v with %d findings", i, h.d.Exchange, h.ex.ID, h.ex.Start, len(h.d.Findings))
		}
		if !strings.Contains(string(h.ex.Response.Body.Raw), want) {
			t.Errorf("the recorded answer of call %d does not have its id", i)
		}
	}
	if n := g.Counts(); n.Blocked != 6 || n.Failed != 6 {
		t.Errorf("counts = %+v, want 6 blocked", n)
	}
}

// TestRepeatsAreBounded holds that many different bad requests are not all remembered.
func TestRepeatsAreBounded(t *testing.T) {
	t.Parallel()
	g, done := listen(t, Options{Contracts: []*contract.Contract{load(t)}, Mode: Block})
	for i := range 3 * mostRepeats {
		refusal(t, g, time.Now(), `{"n":`+strings.Repeat("1", i+1)+`}`, Client{})
	}
	if n := len(g.rules.Load().repeats.all); n > mostRepeats {
		t.Errorf("%d refusals are remembered, want at most %d", n, mostRepeats)
	}
	done()
}

// TestRepeatsKeepLabels holds that what the front says of a call stays with
// every refusal: calls of two clients are not taken for one another.
func TestRepeatsKeepLabels(t *testing.T) {
	t.Parallel()
	g, done := listen(t, Options{Contracts: []*contract.Contract{load(t)}, Mode: Block})
	refused := func(labels map[string]string) *Call {
		ex := exchange("POST", "/v1/orders", `{"custmer_id":"c"}`)
		ex.Labels = labels
		c, r := decide(g, ex)
		if r == nil {
			t.Error("the request passes, want it refused")
			return c
		}
		c.Answer(r, Client{})
		return c
	}
	retried := func(c *Call) {
		c.Retried() // said of one call alone
		c.End()
	}
	orders := map[string]string{faultline.LabelClientSubject: "CN=orders", faultline.LabelTLS: "TLS 1.3"}
	first := refused(orders)
	var wg sync.WaitGroup
	wg.Go(func() { retried(refused(orders)) })
	wg.Go(func() { retried(first) }) // while the same is said again
	wg.Wait()
	refused(orders).End()
	if n := len(g.rules.Load().repeats.all); n != 1 {
		t.Errorf("%d refusals are remembered of the same client, want 1", n)
	}
	refused(map[string]string{faultline.LabelClientSubject: "CN=stock"}).End()
	refused(nil).End()
	got := map[string]int{}
	for _, h := range done() {
		if h.ex.Labels[faultline.LabelAction] != faultline.ActionBlocked {
			t.Errorf("labels = %v, want them to say that the call was blocked", h.ex.Labels)
		}
		got[h.ex.Labels[faultline.LabelClientSubject]+" "+h.ex.Labels[faultline.LabelTLS]+" "+h.ex.Labels[faultline.LabelRetried]]++
	}
	if want := map[string]int{"CN=orders TLS 1.3 1": 2, "CN=orders TLS 1.3 ": 1, "CN=stock  ": 1, "  ": 1}; !maps.Equal(got, want) {
		t.Errorf("subjects of the recorded calls = %v, want %v", got, want)
	}
	if len(orders) != 2 {
		t.Errorf("the front's labels became %v", orders)
	}
}

// TestRepeatsHaveNoHops holds that calls with a way behind them are looked at one by one.
func TestRepeatsHaveNoHops(t *testing.T) {
	t.Parallel()
	g, done := listen(t, Options{Contracts: []*contract.Contract{load(t)}, Mode: Block})
	for _, from := range []string{"/a", "/b"} {
		ex := exchange("POST", "/v1/orders", `{"custmer_id":"c"}`)
		ex.Hops = []faultline.Hop{{Request: faultline.Request{Method: "POST", Target: from}}}
		c, r := decide(g, ex)
		c.Answer(r, Client{})
		c.End()
		ex.Hops[0].Request.Target = "/used/again" // the front's memory is its own after End
	}
	if n := len(g.rules.Load().repeats.all); n != 0 {
		t.Errorf("%d refusals are remembered, want none", n)
	}
	for i, h := range done() {
		if want := []string{"/a", "/b"}[i]; len(h.ex.Hops) != 1 || h.ex.Hops[0].Request.Target != want {
			t.Errorf("call %d was recorded with the hops %+v, want one from %s", i, h.ex.Hops, want)
		}
	}
}
