package contract

import (
	"fmt"
	"strconv"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/tape"
)

// mostOfStream is how many violations of a stream are told: a mistake in each of
// a million items is told well enough by these.
const mostOfStream = 1000

// explainStream lists what is wrong with the items of a stream, as validStream
// judges them. Pointers begin with the number of the item, from 0.
func (c *Contract) explainStream(m *media, how handling, data []byte) []Violation {
	if found := c.explainEach(m, how, data, 0); len(found) > 0 || !m.whole {
		return found
	}
	return c.explainWhole(m, how, data)
}

// explainEach explains items one by one; the first of them has a number.
func (c *Contract) explainEach(m *media, how handling, data []byte, first int) []Violation {
	each := m.each()
	if each == schema.None {
		each = c.anything
	}
	x := streamExplainer{c: c, m: m, data: data, places: tape.NewPlaces(data)}
	a := &explaining().value
	w := newStream(how, data)
	for i := first; len(x.out) < mostOfStream && w.next(a, false); i++ {
		switch {
		case w.item.bare:
			x.wrong(&w, i, "no record separator stands before it", "the byte 0x1E before each text")
		case w.item.cut:
			x.wrong(&w, i, "no white space follows it, so it may have lost its end", "a newline behind each text")
		case how == asEvents:
			x.add(c.program.Explain(each, a.json), i, func(s faultline.Span) faultline.Span { return a.span(s, x.places) })
		default:
			from := w.item.start
			x.add(c.program.Explain(each, w.text(a)), i, func(s faultline.Span) faultline.Span {
				return x.places.Span(from+s.Start, from+s.End)
			})
		}
	}
	return x.out
}

// explainWhole explains a stream of sound items as the array that it stands for.
func (c *Contract) explainWhole(m *media, how handling, data []byte) []Violation {
	a := &explaining().value
	a.json = append(a.json, '[')
	for w := newStream(how, data); w.next(a, true); {
	}
	a.json = append(a.json, ']')
	return inAssembly(c.program.Explain(m.id, a.json), a, data)
}

// A streamExplainer collects what is wrong with items.
type streamExplainer struct {
	c      *Contract
	m      *media
	data   []byte
	places *tape.Places
	out    []Violation
}

// add takes over what the engine says of one item.
func (x *streamExplainer) add(list []schema.Violation, item int, place func(faultline.Span) faultline.Span) {
	var beside shared
	for i := range list {
		v := fromSchema(&list[i])
		v.Syntax = nil // its places are those of the item alone
		v.Undeclared = beside.members(list[i].Undeclared, place)
		v.Message = about(v.Message, "item "+strconv.Itoa(item))
		v.At = faultline.Location{In: faultline.InBody, Pointer: "/" + strconv.Itoa(item) + list[i].Pointer, Span: place(list[i].Span)}
		x.out = append(x.out, v)
	}
}

// wrong says what is wrong with the frame of an item of a sequence.
func (x *streamExplainer) wrong(w *stream, item int, what, want string) {
	x.out = append(x.out, Violation{
		Kind:    Syntax,
		At:      faultline.Location{In: faultline.InBody, Pointer: "/" + strconv.Itoa(item), Span: x.places.Span(w.item.start, w.item.end)},
		Message: fmt.Sprintf("item %d: %s", item, what),
		Want:    want,
		Found:   "`" + tape.Printable(w.text(nil), 40) + "`",
		Source:  x.m.source,
	})
}
