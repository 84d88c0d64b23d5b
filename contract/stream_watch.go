package contract

import (
	"bytes"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	passing "github.com/faultline-http/faultline/internal/stream"
)

const (
	// mostWatched is how many violations of a passing stream are kept; the items
	// that have further ones are counted.
	mostWatched = 20

	// mostOfItem is the largest item of a passing stream that is judged. Events
	// and lines are seldom larger; each stream may hold as much while it waits.
	mostOfItem = 256 << 10
)

// A StreamJudge judges the items of a body while it passes, each as soon as it
// is complete. It is asked by one goroutine at a time and holds one item at most.
type StreamJudge struct {
	Items   int64 // that were judged
	Bad     int64 // of these, the ones that do not keep the contract
	Skipped int64 // too large to be judged
	Open    bool  // the stream ended inside an event; valid after End

	c     *Contract
	m     *media
	how   handling
	side  faultline.Side
	cut   *passing.Items
	lines int // before the items at hand
	found []Violation
}

// RequestStream returns a judge for the body of a request with this
// Content-Type, or nil if the contract describes no items of a stream for it.
func (op *Operation) RequestStream(contentType string) *StreamJudge {
	if op.body == nil || op.unverified != "" {
		return nil
	}
	return op.contract.streamJudge(pickMedia(op.body.media, contentType), contentType, faultline.RequestSide)
}

// ResponseStream returns a judge for the body of an answer, or nil if the
// contract describes no items of a stream for it.
func (op *Operation) ResponseStream(status int, contentType string) *StreamJudge {
	d, _ := op.documented(status)
	if d == nil || op.unverified != "" {
		return nil
	}
	return op.contract.streamJudge(pickMedia(d.media, contentType), contentType, faultline.ResponseSide)
}

func (c *Contract) streamJudge(m *media, contentType string, side faultline.Side) *StreamJudge {
	if m == nil {
		return nil
	}
	how, _ := m.handling(c.program, contentType)
	form := passing.Lines
	switch how {
	case asLines:
	case asSequence:
		form = passing.Sequence
	case asEvents:
		if m.each() == schema.None {
			return nil // an event is an object whatever it holds
		}
		form = passing.Events
	default:
		return nil
	}
	return &StreamJudge{c: c, m: m, how: how, side: side, cut: passing.NewItems(form, mostOfItem)}
}

// Write is shown the next piece of the body, without transfer and content
// coding. It keeps nothing of p.
func (j *StreamJudge) Write(p []byte) {
	j.cut.Write(p, j.judge)
	j.Skipped = j.cut.Skipped
}

// End is told that the body is over.
func (j *StreamJudge) End() { j.Open = j.cut.End(j.judge) }

// Violations are those of the first items that do not keep the contract.
// Pointers begin with the number of the item, and spans count from the beginning
// of the body.
func (j *StreamJudge) Violations() []Violation { return j.found }

// judge judges items that lie together.
func (j *StreamJudge) judge(items []byte, at int64) {
	each := j.m.each()
	if each == schema.None {
		each = j.c.anything
	}
	s := scratches.Get().(*scratch)
	a := &s.value
	w := newStream(j.how, items)
	for from := 0; w.next(a, false); from = w.at {
		if w.item.cut || w.item.bare || !j.c.program.Valid(each, w.text(a)) {
			j.Bad++
			j.explain(items, from, w.at, at)
		}
		j.Items++
	}
	s.release()
	j.lines += bytes.Count(items, []byte("\n"))
}

// explain says what is wrong with the item between two offsets of what begins at
// a byte of the body.
func (j *StreamJudge) explain(items []byte, from, to int, at int64) {
	if len(j.found) >= mostWatched {
		return
	}
	list := j.c.explainEach(j.m, j.how, items[from:to], int(j.Items))
	before := j.lines + bytes.Count(items[:from], []byte("\n"))
	for i := range list {
		if len(j.found) == mostWatched {
			return
		}
		v := &list[i]
		v.At.Side = j.side
		if !v.At.Span.IsZero() {
			v.At.Span.Start += int(at) + from
			v.At.Span.End += int(at) + from
			v.At.Span.Line += before
		}
		j.found = append(j.found, *v)
	}
}
