package report

import (
	"strings"
	"time"
)

// sayIndent is where further parts of a line stand on a narrow terminal.
const sayIndent = 4

// Say puts lines of text below the calls that have been shown: a hint, a
// notice. On a terminal the rows above are not drawn again.
func (t *Tail) Say(text string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.redraws() {
		t.drew = time.Time{}
		t.redraw() // what waited for its turn stands above
		t.p.w.WriteString("\r\x1b[2K")
	}
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		t.p.wrapped(sayIndent, say(line))
	}
	if t.redraws() {
		t.drawn, t.status, t.drew = nil, false, time.Time{}
		t.redraw()
	}
	return t.p.flush()
}
