package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/faultline-http/faultline"
)

const (
	// okWindow is how long calls that went well are counted in one line.
	okWindow = time.Minute

	// accessibleEvery is how often a screen reader hears of repeats.
	accessibleEvery = 10 * time.Second

	// drawEvery bounds how often lines are drawn again: faster than people
	// see costs time alone.
	drawEvery = 50 * time.Millisecond

	// maxGroups bounds what is remembered of groups.
	maxGroups = 4096

	// maxWaiting bounds the lines that wait for the end of a pause: more groups
	// of failures than anybody looks at.
	maxWaiting = 1000

	defaultRows = 24 // of a terminal that does not tell
)

// TailOptions is what a tail shows besides exchanges.
type TailOptions struct {
	Options
	Head    []string // parts of the first line: who listens where, the mode, the contract
	Keys    string   // help on keys, at the end of the status line
	IDWidth int      // 0: 8
	NoMS    bool     // without the column MS

	// FullParty makes room for the word `environment` where the terminal has
	// it; without, the one long word among the parties is shortened.
	FullParty bool

	// InOrder shows calls that went well before the next failure, so that the
	// lines of a pipe are in the order of time. It is for few calls: else a
	// line in a minute counts them.
	InOrder bool

	// RequestWidth is the room for method and path; 0: 20.
	RequestWidth int

	// Request writes what was called as the contract spells it, by the
	// operation of the diagnosis: "GET /v1/orders/{id}". Nil, or "": as it was sent.
	Request func(operation string) string

	Rows   int                        // of the terminal; 0: 24
	Size   func() (columns, rows int) // asked before lines are drawn again; nil: it never changes
	Now    func() time.Time           // bounds how often is drawn; nil: each time
	Zone   *time.Location             // of the column TIME; nil: local
	Counts func() Counts              // of the status line; nil: what was added
}

// Tail is the live view of calls. On a terminal, repeats of a failure are
// counted in the line of the first; on a pipe each failure has its own line.
// Calls that went well are counted by operation. It is safe for concurrent use.
type Tail struct {
	mu     sync.Mutex
	p      *printer
	o      TailOptions
	cols   columns
	counts Counts

	groups map[string]*row // lines that may still change, by group
	ok     map[string]*row // windows of calls that went well
	drawn  []*row          // on the screen, the last lines above the status
	fresh  []*row          // not on the screen yet
	status bool            // the status line is on the screen
	drew   time.Time
	spoke  time.Time
	view   view
}

// NewTail returns a tail and writes its head.
func NewTail(w io.Writer, o TailOptions) *Tail {
	if o.IDWidth == 0 {
		o.IDWidth = 8
	}
	if o.RequestWidth == 0 {
		o.RequestWidth = requestColumns
	}
	if o.Zone == nil {
		o.Zone = time.Local
	}
	if o.Rows == 0 {
		o.Rows = defaultRows
	}
	t := &Tail{p: newPrinter(w, o.Options), o: o, groups: map[string]*row{}, ok: map[string]*row{}}
	t.cols = fit(&t.o)
	if len(o.Head) > 0 {
		t.p.wrapped(2, t.head()...)
	}
	t.p.line(t.cols.head()...)
	_ = t.p.flush() // a writer that fails now fails again at Add
	return t
}

func (t *Tail) head() []piece {
	var out []piece
	for i, part := range t.o.Head {
		if i > 0 {
			out = append(out, say("   "))
		}
		p := say(part)
		if part == "warn" || part == "block" {
			p.ink = yellow
		}
		out = append(out, p)
	}
	return out
}

// redraws reports whether lines may change after they were written.
func (t *Tail) redraws() bool { return t.o.TTY && !t.o.Accessible }

// Add shows one exchange.
func (t *Tail) Add(ex *faultline.Exchange, d *faultline.Diagnosis) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts.add(ex, d)
	if t.view.still() {
		t.view.missed++
	}
	if failed(d) && t.redraws() && t.o.Keys != "" {
		t.view.kept.add(ex, d, groupOf(ex, d))
	}
	if !t.view.filter.Match(ex, d) {
		return t.show(ex.Start)
	}
	if failed(d) {
		if t.o.InOrder && !t.redraws() {
			t.flushOK(func(*row) bool { return true })
		}
		t.addFailed(ex, d)
	} else {
		t.addOK(ex, d)
	}
	t.closeWindows(ex.Start)
	return t.show(ex.Start)
}

func (t *Tail) addFailed(ex *faultline.Exchange, d *faultline.Diagnosis) {
	key := groupOf(ex, d)
	r, known := t.groups[key]
	if known && t.collapses(r, ex.Start) {
		r.count++
		r.took, r.last, r.dirty = ex.Timing.Total, ex.Start, true
		return
	}
	next := t.rowOf(ex, d, key)
	if known && (t.redraws() || t.o.Accessible) {
		next.count = r.count + 1
	}
	t.remember(t.groups, key, next)
	t.fresh = append(t.fresh, next)
}

// collapses reports whether a repeat is counted in the line r.
func (t *Tail) collapses(r *row, now time.Time) bool {
	if t.o.Accessible {
		return now.Sub(r.written) < accessibleEvery
	}
	return t.redraws() && (contains(t.drawn, r) || contains(t.fresh, r))
}

func contains(rows []*row, r *row) bool {
	return slices.Contains(rows, r)
}

// remember forgets all groups when there are too many: each then begins a new
// line, which is right if less brief.
func (t *Tail) remember(rows map[string]*row, key string, r *row) {
	if len(rows) >= maxGroups {
		clear(rows)
	}
	rows[key] = r
}

func (t *Tail) rowOf(ex *faultline.Exchange, d *faultline.Diagnosis, key string) *row {
	r := &row{
		at: ex.Start, id: d.Exchange, code: statusCode(ex), took: ex.Timing.Total, request: t.request(ex, d), why: why(d), badge: badges(ex),
		count: 1, key: key, written: ex.Start, last: ex.Start,
	}
	if r.id == "" {
		r.id = ex.ID
	}
	if f, ok := d.Primary(); ok {
		r.party = f.WhoActs()
		if f.Cause.Slug.Family() == "cors" {
			r.code = statusCode(ex)
		}
	}
	return r
}

func (t *Tail) request(ex *faultline.Exchange, d *faultline.Diagnosis) string {
	if t.o.Request != nil && d.Operation != "" {
		if s := t.o.Request(d.Operation); s != "" {
			return s
		}
	}
	return ex.Request.Method + " " + shorten(ex.Request.Path(), maxPath)
}

// addOK counts a call that went well. On a screen its line is there at once,
// elsewhere when its window closes.
func (t *Tail) addOK(ex *faultline.Exchange, d *faultline.Diagnosis) {
	r := t.okRow(t.request(ex, d), statusCode(ex), ex.Start)
	r.count++
	r.sum += ex.Timing.Total
	r.took = r.sum / time.Duration(r.count)
	if ex.Start.After(r.last) {
		r.last = ex.Start
	}
	r.why, r.dirty = okWords(r), true
}

// okRow is the line of calls that went well and are alike, which begins at a
// time if there is none.
func (t *Tail) okRow(request, code string, at time.Time) *row {
	key := request + " " + code
	if r := t.ok[key]; r != nil {
		return r
	}
	if len(t.ok) >= maxGroups {
		t.flushOK(func(*row) bool { return true })
	}
	r := &row{at: at, id: "-", party: "-", code: code, request: request, key: key}
	t.ok[key] = r
	if t.redraws() {
		t.fresh = append(t.fresh, r)
	}
	return r
}

func okWords(r *row) string {
	if r.count == 1 {
		return "×1 ok"
	}
	return fmt.Sprintf("×%d ok in %s", r.count, spell(max(r.last.Sub(r.at), time.Second)))
}

// closeWindows ends the windows of calls that went well a minute ago.
func (t *Tail) closeWindows(now time.Time) {
	t.flushOK(func(r *row) bool { return now.Sub(r.at) >= okWindow })
}

func (t *Tail) flushOK(due func(*row) bool) {
	for key, r := range t.ok {
		if !due(r) {
			continue
		}
		delete(t.ok, key)
		if !t.redraws() {
			t.fresh = append(t.fresh, r)
		}
	}
	sortRows(t.fresh)
}

// Tick closes windows that are over, so that they are shown although no call
// comes.
func (t *Tail) Tick(now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closeWindows(now)
	t.drew = time.Time{}
	return t.show(now)
}

// Close shows what has been held back. The tail takes no further exchanges.
func (t *Tail) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.flushOK(func(*row) bool { return true })
	t.flushRepeats()
	t.view.paused, t.view.reading, t.view.typing = false, false, false
	t.drew, t.spoke = time.Time{}, time.Time{}
	if err := t.show(time.Time{}); err != nil {
		return err
	}
	if t.status {
		t.p.blank()
		t.status = false
	}
	return t.p.flush()
}

// flushRepeats adds lines for repeats that a screen reader has not heard of.
func (t *Tail) flushRepeats() {
	if !t.o.Accessible {
		return
	}
	for _, r := range t.groups {
		if r.dirty && r.count > 1 {
			t.fresh = append(t.fresh, r)
		}
	}
	sortRows(t.fresh)
}

func (t *Tail) show(now time.Time) error {
	switch {
	case t.redraws():
		t.redraw()
	default:
		for _, r := range t.fresh {
			t.p.line(t.cols.row(t.o.Options, r, t.o.Zone)...)
			r.dirty = false
		}
		t.fresh = t.fresh[:0]
		t.speak(now)
	}
	return t.p.flush()
}

// speak adds the status as a line for screen readers.
func (t *Tail) speak(now time.Time) {
	if !t.o.Accessible || now.Sub(t.spoke) < accessibleEvery {
		return
	}
	if !t.spoke.IsZero() || now.IsZero() {
		t.p.wrapped(2, t.statusLine()...)
	}
	t.spoke = now
}

func (t *Tail) statusLine() []piece {
	c := t.counts
	if t.o.Counts != nil {
		c = t.o.Counts()
	}
	out := []piece{say(fmt.Sprintf("%d seen · %d ", c.Seen, c.OK)), {text: "ok", ink: green}, say(fmt.Sprintf(" · %d failed %s", c.Failed, c.share()))}
	if c.Blocked > 0 {
		out = append(out, say(fmt.Sprintf(" · %d blocked", c.Blocked)))
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }
