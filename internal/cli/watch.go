package cli

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/proxy"
	"github.com/faultline-http/faultline/internal/report"
)

// watch shows calls as they end, and sums them up at the end. It is a sink.
type watch struct {
	app     *app
	w       *output
	tail    *report.Tail   // of the format text
	lines   *report.NDJSON // of the format ndjson
	healthy *healthyCalls  // of the tail; nil: they are delivered like the others
	summary *report.Summary
	begun   time.Time
	quit    chan struct{}
	ticking sync.WaitGroup
	keys    *keyboard          // nil: nobody is at one
	end     context.CancelFunc // of the command

	mu     sync.Mutex
	causes map[faultline.Slug]int
	err    error // of the output; after it nothing more is shown
}

// watchOptions say how a command shows its calls.
type watchOptions struct {
	head         []string // parts of the tail's first line
	noMS         bool
	requestWidth int                  // room for method and path; 0: the usual
	inOrder      bool                 // for few calls, all of which are delivered: nothing waits to be counted in one line
	routes       []*contract.Contract // name requests by their templates; none: as they were sent
	counts       func() guard.Counts
	end          context.CancelFunc // called when the reader wants no more
}

func (a *app) newWatch(w *output, o watchOptions) *watch {
	t := &watch{app: a, w: w, summary: report.NewSummary(), begun: a.Now(), quit: make(chan struct{}), causes: map[faultline.Slug]int{}}
	if a.flags.format == formatNDJSON {
		t.lines = report.NewNDJSON(w.raw)
		return t
	}
	t.end, t.keys = o.end, a.openKeyboard(w)
	t.tail = report.NewTail(t.lineWriter(), t.tailOptions(o))
	if !o.inOrder && o.counts != nil {
		t.healthy = newHealthyCalls(o.counts, a.Now())
	}
	t.ticking.Go(t.tick)
	if t.keys != nil {
		go t.keys.listen(t.press) // not waited for: it may be in a read that nothing ends
	}
	return t
}

// lineWriter is where the tail writes: a terminal in raw mode needs other ends
// of lines.
func (t *watch) lineWriter() io.Writer {
	if t.keys != nil {
		return rawLines{t.w.raw}
	}
	return t.w.raw
}

// press passes keys on to the tail and ends the command if they ask for it. The
// terminal is given back at once, so that Ctrl-C works while calls end.
func (t *watch) press(in []byte) bool {
	quit, err := t.tail.Press(in)
	t.keep(err)
	if quit {
		t.keys.close()
		t.end()
	}
	return quit
}

func (t *watch) tailOptions(o watchOptions) report.TailOptions {
	out := report.TailOptions{Options: t.w.Options, Head: o.head, NoMS: o.noMS, RequestWidth: o.requestWidth, Keys: t.keysHelp(), Now: t.app.Now, Request: templates(o.routes), FullParty: true, InOrder: o.inOrder}
	if o.counts != nil {
		out.Counts = func() report.Counts { return countsOf(o.counts()) }
	}
	if file, ok := t.w.raw.(*os.File); ok && t.w.TTY {
		out.Size = func() (columns, rows int) {
			columns, rows, _ = term.GetSize(int(file.Fd()))
			if t.app.flags.width > 0 {
				columns = t.app.flags.width
			}
			return columns, rows
		}
		_, out.Rows = out.Size()
	}
	return out
}

func (t *watch) keysHelp() string {
	if t.keys == nil {
		return "Ctrl-C ends"
	}
	return tailKeys
}

// templates names an operation by method and path template.
func templates(all []*contract.Contract) func(string) string {
	if len(all) == 0 {
		return nil
	}
	byID := map[string]string{}
	for _, c := range all {
		for op := range c.Operations() {
			byID[op.ID] = op.Method + " " + op.Template
		}
	}
	return func(operation string) string { return byID[operation] }
}

func countsOf(c guard.Counts) report.Counts {
	return report.Counts{Seen: int(c.Seen), OK: int(c.OK), Failed: int(c.Failed), Blocked: int(c.Blocked), Unexplained: int(c.Unexplained)}
}

// tickEvery is how late the end of a window in the tail may be seen.
const tickEvery = time.Second

func (t *watch) tick() {
	defer t.keys.closeOnPanic()
	ticker := time.NewTicker(tickEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			t.countHealthy()
			t.keep(t.tail.Tick(t.app.Now()))
		case <-t.quit:
			return
		}
	}
}

// countHealthy tells the tail of the calls that went well since the last time.
func (t *watch) countHealthy() {
	if t.healthy == nil {
		return
	}
	now := t.app.Now()
	since, all := t.healthy.fresh(now)
	t.keep(t.tail.AddCounted(since, now, all))
}

// keep remembers the first error of the output.
func (t *watch) keep(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil {
		t.err = err
	}
}

// Deliver shows a call.
func (t *watch) Deliver(_ context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	defer t.keys.closeOnPanic()
	t.summary.Add(ex, d)
	if f, ok := d.Primary(); ok {
		t.mu.Lock()
		t.causes[f.Cause.Slug]++
		t.mu.Unlock()
	}
	switch {
	case t.tail != nil:
		t.keep(t.tail.Add(ex, d))
	case d.Failed || len(d.Findings) > 0:
		t.keep(t.lines.Add(ex, d))
	}
}

// say puts a note below the calls: on the screen that shows them if there is
// one, else on stderr, since a pipe is for results.
func (t *watch) say(text string) {
	if t.app.flags.quiet {
		return
	}
	if t.tail != nil && t.w.TTY {
		t.keep(t.tail.Say(text))
		return
	}
	t.app.notice("%s", text)
}

// close ends the live view.
func (t *watch) close() error {
	close(t.quit)
	t.ticking.Wait()
	if t.tail != nil {
		t.countHealthy()
		t.keep(t.tail.Close())
	}
	t.keys.close()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

// sumUp writes the summary on stderr.
func (t *watch) sumUp() error {
	if t.app.flags.quiet || t.app.flags.format != formatText {
		return nil
	}
	t.summary.Elapsed = t.app.Now().Sub(t.begun)
	return t.summary.Write(t.app.Stderr, t.app.screen(t.app.Stderr).Options)
}

// mostFrequent is the cause that most calls failed by.
func (t *watch) mostFrequent() (best faultline.Slug) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for slug, n := range t.causes {
		if best == "" || n > t.causes[best] || n == t.causes[best] && slug < best {
			best = slug
		}
	}
	return best
}

// sumUpProxy ends the view of a proxy.
func (a *app) sumUpProxy(t *watch, p *proxy.Proxy, contracts bool) error {
	if err := t.close(); err != nil {
		return err
	}
	counts := p.Counts()
	totals := countsOf(counts)
	t.summary.Totals = &totals
	if p50, p99 := p.Overhead(); counts.Seen > 0 {
		t.summary.Cost = fmt.Sprintf("p50 %s · p99 %s", milliseconds(p50), milliseconds(p99))
	}
	t.summary.Next = nextAfterProxy(t.mostFrequent(), contracts)
	a.warnAbout(counts)
	a.tellTunnels(p.Tunnels())
	return t.sumUp()
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.2g ms", float64(d)/float64(time.Millisecond))
}

func nextAfterProxy(cause faultline.Slug, contract bool) []string {
	var next []string
	if cause != "" {
		next = append(next, "faultline explain "+string(cause))
	}
	if !contract {
		next = append(next, "faultline proxy --to … --contract openapi.yaml names fields")
	}
	return next
}

// warnAbout owns up to what was not looked at.
func (a *app) warnAbout(c guard.Counts) {
	for _, v := range []struct {
		what string
		guard.Validation
	}{{"request", c.Requests}, {"answer", c.Answers}} {
		for _, reason := range slices.Sorted(maps.Keys(v.NotValidated)) {
			if guard.Tells(reason) {
				a.notice("%s not validated: %s", count(int(v.NotValidated[reason]), v.what), reason)
			}
		}
	}
	if c.Mishaps > 0 {
		a.warn("%s of faultline itself: the calls concerned were not looked at, or broke off", count(int(c.Mishaps), "mistake"))
	}
	if c.Dropped > 0 {
		a.warn("%s not shown: the output was too slow", count(int(c.Dropped), "call"))
	}
}
