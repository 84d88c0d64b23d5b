package report

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// shortKeys are on the status line where there is no room for all of them.
const shortKeys = "? keys"

// keysHelp is what `?` says.
const keysHelp = `
q  Ctrl-C      end, with the summary
space          pause and go on; calls are counted meanwhile, none is lost
enter          explain the newest failed call in full
j  k  arrows   choose another failed call of those on the screen
/              filter: words, or ` + filterTerms + `
esc            no filter, nothing chosen`

// view is what the person at the keyboard has asked for.
type view struct {
	paused   bool
	reading  bool // an explanation is on the screen; any key goes on
	missed   int  // calls since it was paused, or is being read
	typing   bool
	typed    string
	wrong    string // why what was typed is no filter
	filter   Filter
	selected *row
	kept     kept
}

// still reports whether the rows stay as they are.
func (v *view) still() bool { return v.paused || v.reading }

// Press takes bytes that a terminal in raw mode sent, and reports whether they
// ask for the end.
func (t *Tail) Press(in []byte) (quit bool, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.redraws() || t.o.Keys == "" {
		return false, nil
	}
	for _, k := range keysOf(in) {
		if k == keyQuit || k == 'q' && !t.view.typing && !t.view.reading {
			return true, t.p.flush()
		}
		t.press(k)
	}
	t.drew = time.Time{}
	t.redraw()
	return false, t.p.flush()
}

func (t *Tail) press(k key) {
	switch {
	case t.view.reading:
		t.goOn()
	case t.view.typing:
		t.typeFilter(k)
	default:
		t.command(k)
	}
}

func (t *Tail) command(k key) {
	v := &t.view
	switch k {
	case '?':
		t.below(func() { t.lines(strings.TrimPrefix(keysHelp, "\n")) })
	case ' ':
		v.paused, v.missed = !v.paused, 0
	case '/':
		v.typing, v.typed, v.wrong = true, "", ""
	case 'j', keyDown:
		t.choose(1)
	case 'k', keyUp:
		t.choose(-1)
	case keyEnter:
		t.explain()
	case keyEscape:
		t.choose(0)
		if v.filter.text != "" {
			t.setFilter(Filter{})
		}
	}
}

// typeFilter is for keys while the filter is typed.
func (t *Tail) typeFilter(k key) {
	v := &t.view
	switch k {
	case keyEnter:
		f, err := ParseFilter(v.typed)
		if err != nil {
			v.wrong = err.Error()
			return
		}
		v.typing = false
		if f.text != v.filter.text {
			t.setFilter(f)
		}
	case keyEscape:
		v.typing, v.typed = false, ""
		if v.filter.text != "" {
			t.setFilter(Filter{})
		}
	case keyErase:
		_, n := utf8.DecodeLastRuneInString(v.typed)
		v.typed = v.typed[:len(v.typed)-n]
	case keyErased:
		v.typed = ""
	default:
		if k > 0 && len(v.typed) < maxFilter {
			v.typed += string(rune(k))
		}
	}
	v.wrong = ""
}

// setFilter begins anew below, with the last failures that the filter lets
// pass. What has been shown stays above.
func (t *Tail) setFilter(f Filter) {
	v := &t.view
	v.filter, v.selected = f, nil
	said := "all calls again"
	if f.text != "" {
		said = "calls that match " + f.text
	}
	t.below(func() { t.lines(said) })
	clear(t.groups)
	clear(t.ok)
	t.fresh = nil
	for _, c := range v.kept.last(max(t.o.Rows/2, 1), &f) {
		t.addFailed(c.ex, c.d)
	}
}

// choose moves the mark among the failed calls on the screen; 0 takes it away.
func (t *Tail) choose(step int) {
	rows := slices.DeleteFunc(slices.Clone(t.drawn), func(r *row) bool { return r.party == "-" })
	if old := t.view.selected; old != nil {
		old.dirty = true
	}
	i := slices.Index(rows, t.view.selected)
	t.view.selected = nil
	if step == 0 || len(rows) == 0 {
		return
	}
	if i < 0 { // the first step leads to the newest
		i, step = len(rows), -1
	}
	r := rows[min(max(i+step, 0), len(rows)-1)]
	t.view.selected, r.dirty = r, true
}

// explain shows the chosen call, or the newest that failed, in full.
func (t *Tail) explain() {
	c, ok := t.view.kept.newest(&t.view.filter)
	if r := t.view.selected; r != nil {
		c, ok = t.view.kept.of(r)
	}
	if !ok {
		t.below(func() { t.lines("no failed call to explain") })
		return
	}
	t.below(func() {
		t.p.blank()
		o := t.o.Options
		o.All = true
		_ = Text(t.p.w, c.ex, c.d, o) // an error of the writer stays in it
		t.p.blank()
	})
	if !t.view.paused {
		t.view.missed = 0
	}
	t.view.reading, t.view.selected = true, nil
}

// goOn ends the reading.
func (t *Tail) goOn() {
	t.view.reading = false
	if !t.view.paused {
		t.view.missed = 0
	}
	t.p.w.WriteString("\r\x1b[2K")
	t.p.line(t.cols.head()...)
	t.status = false
}

// below writes lines below all rows, which are not drawn again afterwards.
func (t *Tail) below(write func()) {
	if t.status {
		t.p.w.WriteString("\r\x1b[2K")
	}
	write()
	t.drawn, t.status = nil, false
	t.view.selected = nil
}

func (t *Tail) lines(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		t.p.wrapped(4, say(line))
	}
}

// statusText is the last line of the screen: counts, what is held back, keys.
func (t *Tail) statusText() []piece {
	v := &t.view
	switch {
	case v.typing && v.wrong != "":
		return t.fitted([]piece{say("/" + v.typed + "   "), {text: v.wrong, ink: red}}, "")
	case v.typing:
		return t.fitted([]piece{say("/" + v.typed + "_")}, "enter applies  esc clears")
	case v.reading:
		return t.fitted([]piece{say("any key goes on" + t.waiting(" · %d new meanwhile"))}, "")
	}
	out := t.statusLine()
	if v.paused {
		out = append(out, say(" · "), piece{text: "paused", ink: yellow}, say(t.waiting(", %d new while paused")))
	}
	if v.filter.text != "" {
		out = append(out, say(" · only "+v.filter.text))
	}
	if v.selected != nil {
		out = append(out, say(" · enter explains "+v.selected.id))
	}
	keys := t.o.Keys
	if v.paused {
		keys = "space goes on  ? keys  q quit"
	}
	return t.fitted(out, keys)
}

func (t *Tail) waiting(format string) string {
	if t.view.missed == 0 {
		return ""
	}
	return fmt.Sprintf(format, t.view.missed)
}

// fitted cuts the pieces to one line, since a longer one could not be drawn
// again, and adds the help on keys if there is room.
func (t *Tail) fitted(pieces []piece, keys string) []piece {
	out, used := t.p.shown(pieces), 0
	for i := range out {
		if t.o.Width > 0 {
			out[i].text = t.o.cut(out[i].text, max(t.o.Width-used, 0))
		}
		used += width(out[i].text)
	}
	choices := []string{keys}
	if strings.HasPrefix(keys, shortKeys) {
		choices = append(choices, shortKeys)
	}
	for _, help := range choices {
		help = t.o.clean(strings.Repeat(" ", 6) + help)
		if keys != "" && (t.o.Width == 0 || used+width(help) <= t.o.Width) {
			return append(out, say(help))
		}
	}
	return out
}
