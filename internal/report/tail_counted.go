package report

import (
	"strconv"
	"time"
)

// Counted are calls of one kind that went well and that nobody looked at one by
// one: they were counted where they passed.
type Counted struct {
	Operation string // of the contract; empty if it has none for them
	Method    string // where there is no operation
	Status    int    // 0: several
	Count     int
	Took      time.Duration // together
}

// AddCounted adds calls that went well between since and now to their lines.
// A filter hides them, since it asks about single calls.
func (t *Tail) AddCounted(since, now time.Time, all []Counted) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range all {
		t.addCounted(since, now, &all[i])
	}
	t.closeWindows(now)
	return t.show(now)
}

func (t *Tail) addCounted(since, now time.Time, c *Counted) {
	t.counts.Seen += c.Count
	t.counts.OK += c.Count
	if t.view.still() {
		t.view.missed += c.Count
	}
	if len(t.view.filter.terms) > 0 {
		return
	}
	code := "-"
	if c.Status > 0 {
		code = strconv.Itoa(c.Status)
	}
	r := t.okRow(c.request(t.o.Request), code, since)
	r.count += c.Count
	r.sum += c.Took
	r.took, r.last = r.sum/time.Duration(r.count), now
	r.why, r.dirty = okWords(r), true
}

// request names the calls as the contract does.
func (c *Counted) request(spell func(operation string) string) string {
	if spell != nil && c.Operation != "" {
		if s := spell(c.Operation); s != "" {
			return s
		}
	}
	switch {
	case c.Operation != "":
		return c.Operation
	case c.Method != "":
		return c.Method + " …"
	}
	return "other methods"
}
