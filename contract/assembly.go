package contract

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/tape"
)

// An assembly puts a JSON value together from pieces of the wire, so that
// parameters and forms are judged by the same programs as bodies. For an
// explanation it remembers which bytes came from where.
type assembly struct {
	json  []byte
	marks []mark
	keep  bool   // marks are wanted
	bad   bool   // a piece was not valid UTF-8
	text  []byte // of the piece that is being put in
}

// A mark says that json[from:to] stands for the bytes start to end of the wire;
// verbatim ones correspond byte by byte. Those of a JSON text that was sent are
// pieces of it: a range may reach from one to another.
type mark struct {
	from, to   int
	start, end int
	verbatim   bool
	sent       bool
}

func (a *assembly) reset(keep bool) {
	a.json, a.marks, a.keep, a.bad = a.json[:0], a.marks[:0], keep, false
}

// value appends a piece as the JSON value that it stands for under a schema.
func (a *assembly) value(prog *schema.Program, id schema.ID, p *piece) {
	from := len(a.json)
	a.text = p.append(a.text[:0])
	switch {
	case !utf8.Valid(a.text):
		a.bad = true
		a.json = tape.AppendQuoted(a.json, bytes.ToValidUTF8(a.text, []byte("\uFFFD")))
	case id == schema.None:
		a.json = tape.AppendQuoted(a.json, a.text)
	default:
		a.json = prog.AppendJSON(a.json, id, a.text)
	}
	a.mark(from, p.at, p.end(), false)
}

// splice appends JSON text as it is.
func (a *assembly) splice(text []byte, at int) {
	from := len(a.json)
	a.json = append(a.json, text...)
	a.markSent(from, at, at+len(text), true)
}

// spliceText appends the JSON text that a piece stands for.
func (a *assembly) spliceText(p *piece) {
	from := len(a.json)
	a.json = p.append(a.json)
	if !a.keep {
		return
	}
	if string(a.json[from:]) == p.raw {
		a.markSent(from, p.at, p.end(), true)
		return
	}
	for at := 0; at < len(p.raw); from++ {
		_, n := p.octet(at)
		a.marks = append(a.marks, mark{from, from + 1, p.at + at, p.at + at + n, false, true})
		at += n
	}
}

func (a *assembly) markSent(from, start, end int, verbatim bool) {
	if a.keep {
		a.marks = append(a.marks, mark{from, len(a.json), start, end, verbatim, true})
	}
}

// key appends the name of a member and its colon.
func (a *assembly) key(name string, start, end int) {
	if n := len(a.json); n > 0 && a.json[n-1] != '{' {
		a.json = append(a.json, ',')
	}
	from := len(a.json)
	a.json = tape.AppendQuoted(a.json, name)
	a.mark(from, start, end, false)
	a.json = append(a.json, ':')
}

// item separates the items of an array.
func (a *assembly) item() {
	if n := len(a.json); n > 0 && a.json[n-1] != '[' {
		a.json = append(a.json, ',')
	}
}

// dropComma takes back the separator of an item that did not come.
func (a *assembly) dropComma() {
	if n := len(a.json); n > 0 && a.json[n-1] == ',' {
		a.json = a.json[:n-1]
	}
}

func (a *assembly) mark(from, start, end int, verbatim bool) {
	if a.keep {
		a.marks = append(a.marks, mark{from, len(a.json), start, end, verbatim, false})
	}
}

// wire returns the bytes of the wire that a range of the JSON text came from.
func (a *assembly) wire(from, to int) (start, end int, ok bool) {
	m := a.markAt(from)
	switch {
	case m == nil:
		return 0, 0, false
	case m.verbatim && to <= m.to:
		return m.start + from - m.from, m.start + to - m.from, true
	case m.sent && !m.verbatim && to > m.to:
		if last := a.markAt(to - 1); last != nil && last.sent {
			return m.start, last.end, true
		}
	}
	return m.start, m.end, true
}

// markAt is the mark of a byte of the JSON text. Marks are made as the text
// grows: they are in its order.
func (a *assembly) markAt(from int) *mark {
	i := sort.Search(len(a.marks), func(i int) bool { return from < a.marks[i].to })
	if i == len(a.marks) || from < a.marks[i].from {
		return nil
	}
	return &a.marks[i]
}

// asText reports whether the value at a place of the JSON text was sent as a
// text, without quotes of JSON.
func (a *assembly) asText(from int) bool {
	m := a.markAt(from)
	return m != nil && !m.sent
}

// shift moves the places of all marks.
func (a *assembly) shift(by int) {
	for i := range a.marks {
		a.marks[i].start += by
		a.marks[i].end += by
	}
}

// gather lets all marks stand for one place.
func (a *assembly) gather(start, end int) {
	for i := range a.marks {
		a.marks[i].start, a.marks[i].end, a.marks[i].verbatim = start, end, false
	}
}
