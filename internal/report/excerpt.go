package report

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/faultline-http/faultline"
)

const (
	// pipeWidth is where a body's line is cut to a window although nobody
	// looks at a terminal: a minified body of a megabyte helps no reader.
	pipeWidth = 120

	// minContext is how much of a long line is shown at least on each side of
	// the span, if the span leaves room.
	minContext = 4

	// bytesPerColumn bounds how far a window is looked for: characters of more
	// bytes for each column (a letter under a pile of accents) are cut.
	bytesPerColumn = 8
)

// cell is what is shown for one character as people count (a grapheme
// cluster), and the bytes that it stands for.
type cell struct {
	start, end int // in the line
	text       string
	width      int
}

// cells reads the characters of line from byte at on, until they fill the
// columns or are more bytes than can be meant.
func (o Options) cells(line string, at, columns int) []cell {
	var out []cell
	state, filled := -1, 0
	// Characters without width fill no column: the bytes are bounded too.
	last := min(len(line), at+(columns+1)*bytesPerColumn)
	for at < last && filled < columns {
		rest := line[at:min(len(line), at+maxCluster)]
		var cluster string
		cluster, _, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if cluster == "" {
			break
		}
		shown := o.clean(cluster)
		c := cell{at, at + len(cluster), shown, width(shown)}
		out = append(out, c)
		filled += c.width
		at = c.end
	}
	return out
}

// maxCluster bounds how many bytes are looked at for one character.
const maxCluster = 256

// window is the part of a line that is shown, and where the carets go.
type window struct {
	text        string
	caret, wide int // column of the first caret in text, and how many there are
}

// windowOf shows the bytes start to end of the line with as much around them
// as fits into the columns. It looks at no more of the line than it may show.
func (o Options) windowOf(line string, start, end, columns int) window {
	start = min(max(start, 0), len(line))
	end = min(max(end, start), len(line))
	if w, ok := o.wholeLine(line, start, end, columns); ok {
		return w
	}
	dots := o.clean("…")
	room := columns - 2*width(dots)
	from := start - min(start, room*bytesPerColumn)
	for from > 0 && from < len(line) && !utf8.RuneStart(line[from]) {
		from++
	}
	before := o.cells(line[:start], from, len(line)*maxEscape+1)
	span := o.cells(line, start, min(max(widthUpTo(o, line, start, end, room), 1), room))
	after := o.cells(line, endOf(span, start), room)

	spanWidth := min(total(span), room)
	side := max((room-spanWidth)/2, min(minContext, room-spanWidth))
	left := lastColumns(before, max(side, room-spanWidth-total(after)))
	right := firstColumns(after, room-spanWidth-total(left))

	var w window
	if len(left) > 0 && left[0].start > 0 || len(left) == 0 && start > 0 {
		w.text = dots
	}
	w.text += join(left)
	w.caret, w.wide = width(w.text), max(1, spanColumns(span, start, end))
	w.text += join(span) + join(right)
	if last := append(append([]cell(nil), span...), right...); len(last) > 0 && last[len(last)-1].end < len(line) {
		w.text += dots
	}
	return w
}

// wholeLine is the window over a line that fits.
func (o Options) wholeLine(line string, start, end, columns int) (window, bool) {
	if len(line) > columns*bytesPerColumn {
		return window{}, false
	}
	all := o.cells(line, 0, len(line)*maxEscape+1)
	if total(all) > columns {
		return window{}, false
	}
	w := window{text: join(all), caret: -1}
	column := 0
	for _, c := range all {
		if c.end > start && w.caret < 0 {
			w.caret = column
		}
		column += c.width
	}
	if w.caret < 0 {
		w.caret = column
	}
	w.wide = max(1, spanColumns(all, start, end))
	return w, true
}

// maxEscape is more than the columns of the longest escape, `\u{10ffff}`.
const maxEscape = 12

// widthUpTo is how many columns the span takes, counted no further than room.
func widthUpTo(o Options, line string, start, end, room int) int {
	n := 0
	for _, c := range o.cells(line[:end], start, room) {
		n += c.width
	}
	return n
}

// spanColumns is how many columns the cells take that lie in the span.
func spanColumns(cells []cell, start, end int) int {
	n := 0
	for _, c := range cells {
		if c.start < end && c.end > start {
			n += c.width
		}
	}
	return n
}

func endOf(cells []cell, otherwise int) int {
	if len(cells) == 0 {
		return otherwise
	}
	return cells[len(cells)-1].end
}

func total(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}

func join(cells []cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(c.text)
	}
	return b.String()
}

// lastColumns are the last cells that fit into the columns.
func lastColumns(cells []cell, columns int) []cell {
	i := len(cells)
	for i > 0 && cells[i-1].width <= columns {
		i--
		columns -= cells[i].width
	}
	return cells[i:]
}

// firstColumns are the first cells that fit into the columns.
func firstColumns(cells []cell, columns int) []cell {
	i := 0
	for i < len(cells) && cells[i].width <= columns {
		columns -= cells[i].width
		i++
	}
	return cells[:i]
}

// bodyLine is one line of a body, without its line break.
type bodyLine struct {
	number     int
	start, end int // bytes of the body
}

// lineAt finds the line that holds a byte. A line break belongs to the line
// that it ends.
func lineAt(body []byte, offset int) bodyLine {
	offset = min(max(offset, 0), len(body))
	l := bodyLine{start: bytes.LastIndexByte(body[:offset], '\n') + 1, end: len(body)}
	if i := bytes.IndexByte(body[offset:], '\n'); i >= 0 {
		l.end = offset + i
	}
	l.number = 1 + bytes.Count(body[:l.start], []byte{'\n'})
	return l
}

func (l bodyLine) text(body []byte) string {
	return strings.TrimSuffix(string(body[l.start:l.end]), "\r")
}

// before is the line in front of l, and whether there is one.
func (l bodyLine) before(body []byte) (bodyLine, bool) {
	if l.start == 0 {
		return bodyLine{}, false
	}
	prev := bodyLine{number: l.number - 1, end: l.start - 1}
	prev.start = bytes.LastIndexByte(body[:prev.end], '\n') + 1
	return prev, true
}

// after is the line behind l, and whether there is one.
func (l bodyLine) after(body []byte) (bodyLine, bool) {
	if l.end >= len(body)-1 {
		return bodyLine{}, false
	}
	next := bodyLine{number: l.number + 1, start: l.end + 1, end: len(body)}
	if i := bytes.IndexByte(body[next.start:], '\n'); i >= 0 {
		next.end = next.start + i
	}
	return next, true
}

// gutter is what stands in front of the lines of a block: room for the line
// numbers, and a rule.
type gutter int // digits of the largest line number

func gutterFor(number int) gutter { return gutter(len(strconv.Itoa(number))) }

func (g gutter) indent() string { return strings.Repeat(" ", int(g)+2) }

func (g gutter) title() string { return g.indent() + corner + " " }

func (g gutter) rule() string { return g.indent() + "│ " }

func (g gutter) numbered(label string) string {
	return " " + strings.Repeat(" ", max(0, int(g)-width(label))) + label + " │ "
}

// columns is how much room a line in the block has.
func (g gutter) columns(o Options) int {
	total := o.Width
	if total == 0 {
		total = pipeWidth
	}
	return total - int(g) - 4
}

// excerptLine shows text with carets under a span of it.
func (p *printer) excerptLine(g gutter, prefix, text string, span faultline.Span, note string) {
	w := p.o.windowOf(text, span.Start, span.End, g.columns(p.o))
	p.line(say(prefix), piece{text: w.text, verbatim: true})
	p.carets(g, w, note)
}

// carets draws the carets, and the note beside them if it fits, else below.
func (p *printer) carets(g gutter, w window, note string) {
	marks := piece{text: strings.Repeat("^", w.wide), ink: redBold}
	indent := strings.Repeat(" ", w.caret)
	shown := p.o.clean(note)
	fits := p.o.Width == 0 || w.caret+w.wide+1+width(shown) <= g.columns(p.o)
	switch {
	case note == "":
		p.line(say(g.rule()), say(indent), marks)
	case fits:
		p.line(say(g.rule()), say(indent), marks, say(" "), say(note))
	default:
		p.line(say(g.rule()), say(indent), marks)
		const narrowest = 36 // columns in which a note can still be read
		if g.columns(p.o)-w.caret < narrowest {
			indent = strings.Repeat(" ", max(0, min(w.caret, g.columns(p.o)-max(narrowest, min(width(shown), g.columns(p.o))))))
		}
		p.wrappedUnder(g.rule()+indent, say(g.rule()+indent+note))
	}
}
