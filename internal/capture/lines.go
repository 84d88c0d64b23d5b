package capture

import (
	"bytes"
	"strings"
)

// A lineCounter tells the line of a place in an input that a decoder reads
// ahead of. It forgets what lies behind the places that were asked for.
type lineCounter struct {
	ends  []int64 // offsets of the line ends that were read and not passed yet
	seen  int64   // bytes
	line  int     // lines that were passed
	blind bool    // there were too many to keep
}

// mostEnds bounds what is kept: one record of so many lines is no honest one.
const mostEnds = 1 << 20

// read counts the next bytes of the input.
func (l *lineCounter) read(p []byte) {
	for at := 0; !l.blind; {
		i := bytes.IndexByte(p[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
		if l.ends = append(l.ends, l.seen+int64(at)); len(l.ends) > mostEnds {
			l.ends, l.blind = nil, true
		}
	}
	l.seen += int64(len(p))
}

// at returns the 1-based line of a byte; 0 if it is not known. Offsets only grow.
func (l *lineCounter) at(offset int64) int {
	if l.blind {
		return 0
	}
	passed := 0
	for passed < len(l.ends) && l.ends[passed] <= offset {
		passed++
	}
	l.ends = l.ends[passed:]
	l.line += passed
	return l.line + 1
}

// tally tells the lines of growing offsets of a text without counting twice.
type tally struct{ at, lines int }

// line returns the 1-based line of an offset, which is no smaller than the one
// before.
func (t *tally) line(text string, at int) int {
	t.lines += strings.Count(text[t.at:at], "\n")
	t.at = at
	return t.lines + 1
}
