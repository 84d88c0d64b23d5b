package report

import (
	"bufio"
	"io"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/faultline-http/faultline"
)

// ink is how a piece of text stands out. Only the 16 colours of ANSI, so that
// the user's palette rules; never blue, which many terminals make unreadable.
type ink string

const (
	plain   ink = ""
	redBold ink = "1;31"
	red     ink = "31"
	green   ink = "32"
	yellow  ink = "33"
	magenta ink = "35"
	cyan    ink = "36"
)

// inkOf gives a party its colour. The word is always beside it.
func inkOf(p faultline.Party) ink {
	switch p {
	case faultline.Client:
		return yellow
	case faultline.Server:
		return red
	case faultline.Gateway:
		return magenta
	}
	return plain
}

// piece is text of one ink. verbatim text has been made harmless already.
type piece struct {
	text     string
	ink      ink
	link     string
	verbatim bool
}

func say(text string) piece { return piece{text: text} }

// printer writes lines of pieces. The first error stays, and ends the writing.
type printer struct {
	w *bufio.Writer
	o Options
}

func newPrinter(w io.Writer, o Options) *printer { return &printer{bufio.NewWriter(w), o} }

func (p *printer) flush() error { return p.w.Flush() }

func (p *printer) blank() { p.w.WriteByte('\n') }

// line writes the pieces as they are, without regard to the width.
func (p *printer) line(pieces ...piece) {
	for _, s := range p.shown(pieces) {
		p.put(s)
	}
	p.blank()
}

// shown makes the text of the pieces harmless and fit for the terminal, so
// that widths can be counted.
func (p *printer) shown(pieces []piece) []piece {
	out := make([]piece, 0, len(pieces))
	for _, s := range pieces {
		if !s.verbatim {
			s.text, s.verbatim = p.o.clean(s.text), true
		}
		out = append(out, s)
	}
	return out
}

func (p *printer) put(s piece) {
	if s.link != "" && p.o.Hyperlinks {
		p.w.WriteString("\x1b]8;;" + linkTarget(s.link) + "\x1b\\")
		defer p.w.WriteString("\x1b]8;;\x1b\\")
	}
	if s.ink == plain || !p.o.Color {
		p.w.WriteString(s.text)
		return
	}
	p.w.WriteString("\x1b[" + string(s.ink) + "m" + s.text + "\x1b[0m")
}

// linkTarget keeps a link from ending its own escape sequence.
func linkTarget(link string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 0x7f {
			return -1
		}
		return r
	}, link)
}

// wrapped writes the pieces, broken between words at the width; what follows
// the first line is indented.
func (p *printer) wrapped(indent int, pieces ...piece) {
	p.wrappedUnder(strings.Repeat(" ", indent), pieces...)
}

// wrappedUnder is wrapped with a prefix for each further line.
func (p *printer) wrappedUnder(prefix string, pieces ...piece) {
	prefix = p.o.clean(prefix)
	column, begun := 0, false
	for _, w := range p.broken(words(p.shown(pieces)), width(prefix)) {
		size := w.width()
		if begun && p.o.Width > 0 && column+w.spaces+size > p.o.Width {
			p.blank()
			p.w.WriteString(prefix)
			column, w.spaces = width(prefix), 0
		}
		p.w.WriteString(strings.Repeat(" ", w.spaces))
		for _, s := range w.pieces {
			p.put(s)
		}
		column += w.spaces + size
		begun = true
	}
	p.blank()
}

// broken takes words apart that do not fit on any line.
func (p *printer) broken(all []word, indent int) []word {
	room := p.o.Width - indent
	if p.o.Width == 0 || room < 1 {
		return all
	}
	var out []word
	for _, w := range all {
		if w.width() <= room || len(w.pieces) != 1 {
			out = append(out, w)
			continue
		}
		s := w.pieces[0]
		for rest := s.text; rest != ""; {
			head := firstColumns(p.o.cells(rest, 0, room+1), room)
			n := max(1, endOf(head, 0))
			part := s
			part.text, rest = rest[:n], rest[n:]
			out = append(out, word{w.spaces, []piece{part}})
			w.spaces = 0
		}
	}
	return out
}

// word is what stays together: pieces without space between them, and the
// spaces in front.
type word struct {
	spaces int
	pieces []piece
}

func (w *word) width() int {
	n := 0
	for _, s := range w.pieces {
		n += width(s.text)
	}
	return n
}

func words(pieces []piece) []word {
	var out []word
	spaces, joined := 0, false
	for _, s := range pieces {
		for len(s.text) > 0 {
			rest := strings.TrimLeft(s.text, " ")
			if n := len(s.text) - len(rest); n > 0 {
				spaces += n
				joined = false
				s.text = rest
				continue
			}
			end := strings.IndexByte(s.text, ' ')
			if end < 0 {
				end = len(s.text)
			}
			part := s
			part.text, s.text = s.text[:end], s.text[end:]
			if joined {
				last := &out[len(out)-1]
				last.pieces = append(last.pieces, part)
				continue
			}
			out = append(out, word{spaces, []piece{part}})
			spaces, joined = 0, true
		}
	}
	return out
}

// width is the number of columns that a text takes on a terminal.
func width(s string) int {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return uniseg.StringWidth(s)
		}
	}
	return len(s)
}
