package demo

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
)

// collector keeps what the guard delivers.
type collector struct {
	mu    sync.Mutex
	calls []delivered
}

type delivered struct {
	ex *faultline.Exchange
	d  *faultline.Diagnosis
}

func (c *collector) Deliver(_ context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, delivered{ex, d})
}

// quickly is the demo without the pauses that are for people.
func quickly(sinks ...guard.Sink) Options {
	return Options{Seed: 1, Once: true, Every: time.Millisecond, Patience: 150 * time.Millisecond, Sinks: sinks}
}

func TestEveryMistakeIsExplained(t *testing.T) {
	t.Parallel()
	var got collector
	d, err := Start(quickly(&got))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	found, acting := map[faultline.Slug]bool{}, map[faultline.Party]bool{}
	for _, c := range got.calls {
		f, ok := c.d.Primary()
		if !ok && c.d.Failed {
			t.Errorf("%s %s is unexplained", c.ex.Request.Method, c.ex.Request.Target)
		}
		if ok {
			found[f.Cause.Slug] = true
			acting[f.WhoActs()] = true
		}
	}
	for _, m := range mistakes {
		if !found[m.cause] {
			t.Errorf("no call was explained by %s: %s %s", m.cause, m.method, m.target)
		}
	}
	for _, p := range []faultline.Party{faultline.Client, faultline.Server, faultline.Gateway, faultline.Network, faultline.Environment} {
		if !acting[p] {
			t.Errorf("nothing for the %s to mend", p)
		}
	}
	if t.Failed() {
		for _, c := range got.calls {
			f, _ := c.d.Primary()
			t.Logf("%-6s %-28s %-26s %s", c.ex.Request.Method, c.ex.Request.Target, f.Cause.Slug, f.Message)
		}
	}
}

func TestGoodCallsAreHealthy(t *testing.T) {
	t.Parallel()
	var got collector
	d, err := Start(quickly(&got))
	if err != nil {
		t.Fatal(err)
	}
	for i := range goodCalls {
		p := d.newProgram(goodCalls[i].program)
		if status := p.call(t.Context(), goodCalls[i]); status == 0 || status >= 400 {
			t.Errorf("%s %s: got %d", goodCalls[i].method, goodCalls[i].target, status)
		}
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	for _, c := range got.calls {
		if c.d.Failed || len(c.d.Findings) > 0 {
			f, _ := c.d.Primary()
			t.Errorf("%s %s: got %s, %s", c.ex.Request.Method, c.ex.Request.Target, f.Cause.Slug, f.Message)
		}
	}
	if len(got.calls) != len(goodCalls) {
		t.Errorf("got %d calls, want %d", len(got.calls), len(goodCalls))
	}
}

// The corrected curl of the first mistake is offered to be pasted: it has to
// need no token, and to work.
func TestFirstMistakeWorksOnceItIsMended(t *testing.T) {
	t.Parallel()
	d, err := Start(quickly())
	if err != nil {
		t.Fatal(err)
	}
	body := strings.NewReplacer("custmer_id", "customer_id", `"3"`, "3").Replace(mistakes[0].body)
	resp, err := http.Post(d.Address()+mistakes[0].target, mistakes[0].contentType, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		t.Errorf("got %d, want 201", resp.StatusCode)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

func TestSameSeedMakesSameOrder(t *testing.T) {
	t.Parallel()
	order := func(seed uint64) (out []faultline.Slug) {
		p := newPlan(seed)
		for range 3 * len(mistakes) {
			out = append(out, p.next().cause)
			p.good()
		}
		return out
	}
	first := order(7)
	if diff := cmp.Diff(first, order(7)); diff != "" {
		t.Errorf("seed 7 twice (-first +second):\n%s", diff)
	}
	if slices.Equal(first, order(8)) {
		t.Error("seeds 7 and 8 make the same order")
	}
	if first[0] != mistakes[0].cause {
		t.Errorf("first mistake = %s, want %s", first[0], mistakes[0].cause)
	}
	for n := range 3 {
		round := slices.Clone(first[n*len(mistakes) : (n+1)*len(mistakes)])
		slices.Sort(round)
		if got := len(slices.Compact(round)); got != len(mistakes) {
			t.Errorf("round %d has %d different mistakes, want %d", n, got, len(mistakes))
		}
	}
}

func TestFirstRoundFitsIntoTenSeconds(t *testing.T) {
	t.Parallel()
	if got := time.Duration(len(mistakes)) * defaultEvery; got > 10*time.Second {
		t.Errorf("%d mistakes take %s, want at most 10 s", len(mistakes), got)
	}
}

func TestBusyPortIsGivenWay(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	o := quickly()
	o.Port = taken.Addr().(*net.TCPAddr).Port
	d, err := Start(o)
	if err != nil {
		t.Fatal(err)
	}
	if d.Address() == "http://"+taken.Addr().String() || !d.Moved() {
		t.Errorf("address = %s, moved = %t, want another one", d.Address(), d.Moved())
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	o := quickly(guard.SinkFunc(func(context.Context, *faultline.Exchange, *faultline.Diagnosis) { cancel() }))
	o.Once = false
	d, err := Start(o)
	if err != nil {
		t.Fatal(err)
	}
	// A connection, since somebody else may have the port by the time that Run is over.
	conn, err := net.Dial("tcp", strings.TrimPrefix(d.Address(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := d.Run(ctx); err != nil {
		t.Error(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the demo API still has a connection open after Run: %v", err)
	}
}
