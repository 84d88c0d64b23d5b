package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

// mostGroups are shown in a summary: who has ten things to mend runs it again.
const mostGroups = 10

// Summary counts what was seen, for the end.
type Summary struct {
	Elapsed time.Duration  // 0: from the first call to the last
	Cost    string         // what we cost each call: "p50 0.11 ms · p99 0.9 ms"
	Kept    string         // what was kept: "87 exchanges, 1.2 MB, secrets masked"
	Next    []string       // commands
	Zone    *time.Location // nil: local
	Totals  *Counts        // nil: what was added

	counts      Counts
	first, last time.Time
	groups      map[string]*group
	other       int // failures of groups beyond the bound
}

// group is calls that failed alike.
type group struct {
	party     faultline.Party
	slug      faultline.Slug
	operation string
	fix       string
	count     int
	last      time.Time
}

// NewSummary returns an empty summary.
func NewSummary() *Summary { return &Summary{groups: map[string]*group{}} }

// Add counts one exchange.
func (s *Summary) Add(ex *faultline.Exchange, d *faultline.Diagnosis) {
	s.counts.add(ex, d)
	if s.first.IsZero() || ex.Start.Before(s.first) {
		s.first = ex.Start
	}
	if end := ex.Start.Add(ex.Timing.Total); end.After(s.last) {
		s.last = end
	}
	f, ok := d.Primary()
	if !ok {
		return
	}
	key := groupOf(ex, d)
	g := s.groups[key]
	if g == nil {
		if len(s.groups) >= maxGroups {
			s.other++
			return
		}
		g = &group{party: f.WhoActs(), slug: f.Cause.Slug, operation: shorten(operationOf(ex, d), maxPath), fix: shortFix(&f)}
		s.groups[key] = g
	}
	g.count++
	if ex.Start.After(g.last) {
		g.last = ex.Start
	}
}

// Counts returns what was counted.
func (s *Summary) Counts() Counts {
	if s.Totals != nil {
		return *s.Totals
	}
	return s.counts
}

// shortFix is a remedy for a table: a rename as a rename, else the words up to
// the first alternative or explanation.
func shortFix(f *faultline.Finding) string {
	if len(f.Remedy.Patch) > 0 && strings.Contains(f.Brief, "→") {
		return f.Brief
	}
	if text := f.Remedy.Text; text != "" {
		return text[:firstClause(text)]
	}
	return f.Brief
}

// firstClause is where the first clause of a text ends. What looks like an end
// inside code, `Content-Type: application/json`, or in brackets is none.
func firstClause(text string) int {
	code, depth := false, 0
	for i := range len(text) {
		switch {
		case text[i] == '`':
			code = !code
		case code:
		case text[i] == '(':
			depth++
		case text[i] == ')':
			depth--
		case depth <= 0 && endsClause(text[i:]):
			return i
		}
	}
	return len(text)
}

func endsClause(rest string) bool {
	for _, end := range []string{", or ", ", and ", ", by ", "; ", ": "} {
		if strings.HasPrefix(rest, end) {
			return true
		}
	}
	return false
}

// Write writes the summary.
func (s *Summary) Write(w io.Writer, o Options) error {
	p := newPrinter(w, o)
	p.wrapped(2, s.total()...)
	operations := s.table(p)
	s.costs(p, operations)
	if len(s.Next) > 0 {
		p.wrapped(6, say("next  "+strings.Join(s.Next, " · ")))
	}
	return p.flush()
}

func (s *Summary) total() []piece {
	c := s.Counts()
	elapsed := s.Elapsed
	if elapsed == 0 {
		elapsed = s.last.Sub(s.first)
	}
	out := []piece{
		say(fmt.Sprintf("%s in %s · %d ", plural(c.Seen, "request"), spell(elapsed), c.OK)),
		{text: "ok", ink: green},
		say(fmt.Sprintf(" · %d failed", c.Failed)),
	}
	if c.Failed > 0 {
		out = append(out, say(" ("+c.share()+")"))
	}
	if c.Blocked > 0 {
		out = append(out, say(fmt.Sprintf(" · %d of them blocked here", c.Blocked)))
	}
	if c.Unexplained > 0 {
		out = append(out, say(fmt.Sprintf(" · %d unexplained", c.Unexplained)))
	}
	return out
}

// table writes the groups, the most frequent first, and returns the column of
// OPERATION.
func (s *Summary) table(p *printer) int {
	groups := make([]*group, 0, len(s.groups))
	for _, g := range s.groups {
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b *group) int {
		return cmp.Or(b.count-a.count, b.last.Compare(a.last), strings.Compare(string(a.slug)+a.operation, string(b.slug)+b.operation))
	})
	shown := groups[:min(len(groups), mostGroups)]
	t := s.measure(p.o, shown)
	if len(shown) == 0 {
		return t.operationAt()
	}
	t.line(p, piece{text: "WHO"}, "COUNT", "CAUSE", "OPERATION", "LAST", "FIX")
	for _, g := range shown {
		t.line(p, piece{text: string(g.party), ink: inkOf(g.party)}, itoa(g.count), string(g.slug), g.operation, g.last.In(t.zone).Format("15:04:05"), g.fix)
	}
	if rest := len(groups) - len(shown); rest > 0 || s.other > 0 {
		failures := s.other
		for _, g := range groups[len(shown):] {
			failures += g.count
		}
		p.wrapped(2, say(fmt.Sprintf("and %s in further groups", plural(failures, "failure"))))
	}
	return t.operationAt()
}

// summaryTable is the widths of the table; 0: the column is dropped.
type summaryTable struct {
	o                          Options
	zone                       *time.Location
	who, cause, operation, fix int
	last                       int
}

func (s *Summary) measure(o Options, groups []*group) summaryTable {
	t := summaryTable{o: o, zone: s.Zone, who: 8, cause: 24, operation: 15, last: 8}
	if t.zone == nil {
		t.zone = time.Local
	}
	for _, g := range groups {
		t.who = max(t.who, len(g.party))
		t.cause = max(t.cause, width(o.clean(string(g.slug))))
		t.operation = max(t.operation, width(o.clean(g.operation)))
	}
	if o.Width == 0 {
		return t
	}
	t.operation = min(t.operation, 30) // templates can be long; the page and the list have them whole
	const fixWanted = 16
	if o.Width-t.fixAt() < fixWanted {
		t.last = 0
	}
	if o.Width-t.fixAt() < fixWanted {
		t.operation = 0
	}
	t.fix = max(o.Width-t.fixAt(), 1)
	return t
}

const countColumns = 5

func (t summaryTable) operationAt() int { return t.who + gap + countColumns + gap + t.cause + gap }

func (t summaryTable) fixAt() int {
	at := t.operationAt()
	if t.operation > 0 {
		at += t.operation + gap
	}
	if t.last > 0 {
		at += t.last + gap
	}
	return at
}

func (t summaryTable) line(p *printer, who piece, count, cause, operation, last, fix string) {
	line := []piece{who, say(strings.Repeat(" ", t.who-len(who.text)+gap) + leftPadded(count, countColumns) + "  " + padded(cause, t.cause) + "  ")}
	operation, fix = t.o.clean(operation), t.o.clean(fix)
	if t.operation > 0 {
		if t.o.Width > 0 {
			operation = t.o.cut(operation, t.operation)
		}
		line = append(line, say(padded(operation, t.operation)+"  "))
	}
	if t.last > 0 {
		line = append(line, say(padded(last, t.last)+"  "))
	}
	if t.o.Width > 0 {
		fix = t.o.cutWords(fix, t.fix)
	}
	p.line(append(line, say(fix))...)
}

// costs says what we took: time and room.
func (s *Summary) costs(p *printer, column int) {
	var left, right string
	if s.Cost != "" {
		left = "proxy cost  " + s.Cost
	}
	if s.Kept != "" {
		right = "kept " + s.Kept
	}
	switch {
	case left == "" && right == "":
	case left == "" || right == "":
		p.wrapped(2, say(left+right))
	default:
		space := max(gap, column-width(p.o.clean(left)))
		p.wrapped(2, say(left+strings.Repeat(" ", space)+right))
	}
}
