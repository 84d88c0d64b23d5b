package report

import (
	"fmt"
	"slices"
)

// redraw brings the screen up to date: changed lines in their places, new ones
// below, the status line last. The cursor rests at the end of the status line.
func (t *Tail) redraw() {
	if t.o.Now != nil {
		now := t.o.Now()
		if now.Sub(t.drew) < drawEvery {
			return
		}
		t.drew = now
	}
	t.resized()
	for i, r := range t.drawn {
		if r.dirty && (!t.view.paused || r == t.view.selected || r.marked) {
			t.overwrite(len(t.drawn)-i, r)
		}
	}
	if t.status {
		t.p.w.WriteString("\r\x1b[2K")
	}
	if t.view.still() {
		t.boundWaiting()
	} else {
		t.drawFresh()
	}
	for _, s := range t.p.shown(t.statusText()) {
		t.p.put(s)
	}
	t.status = true
}

// drawFresh adds the lines that are not on the screen yet.
func (t *Tail) drawFresh() {
	for _, r := range t.fresh {
		t.p.line(t.cols.row(t.o.Options, r, t.o.Zone)...)
		r.dirty = false
	}
	t.drawn = append(t.drawn, t.fresh...)
	t.fresh = t.fresh[:0]
	t.forgetScrolled()
}

// boundWaiting lets go of the oldest lines that wait, in hours of a pause. Their
// calls stay counted, and the summary has them.
func (t *Tail) boundWaiting() {
	if over := len(t.fresh) - maxWaiting; over > 0 {
		t.fresh = slices.Delete(t.fresh, 0, over)
	}
}

// overwrite draws the line that is so many lines above the cursor.
func (t *Tail) overwrite(up int, r *row) {
	r.marked = r == t.view.selected
	fmt.Fprintf(t.p.w, "\r\x1b[%dA\x1b[2K", up)
	for _, s := range t.p.shown(t.cols.row(t.o.Options, r, t.o.Zone)) {
		t.p.put(s)
	}
	fmt.Fprintf(t.p.w, "\r\x1b[%dB", up)
	r.dirty = false
}

// forgetScrolled lets go of lines that may have left the screen: the cursor
// cannot go there.
func (t *Tail) forgetScrolled() {
	if room := max(t.o.Rows-2, 1); len(t.drawn) > room {
		t.drawn = slices.Delete(t.drawn, 0, len(t.drawn)-room)
		if t.view.selected != nil && !contains(t.drawn, t.view.selected) {
			t.view.selected = nil
		}
	}
}

// resized begins anew below when the terminal has another size: the lines
// above may have been broken differently.
func (t *Tail) resized() {
	if t.o.Size == nil {
		return
	}
	columns, rows := t.o.Size()
	if rows <= 0 || bounded(columns) == t.o.Width && rows == t.o.Rows {
		return
	}
	t.o.Width, t.o.Rows = bounded(columns), rows
	t.p.o.Width = t.o.Width
	t.cols = fit(&t.o)
	t.drawn, t.view.selected = nil, nil
}

func sortRows(rows []*row) {
	slices.SortStableFunc(rows, func(a, b *row) int { return a.at.Compare(b.at) })
}
