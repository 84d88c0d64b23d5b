package guard

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

// settleWatched puts what was seen in passing into the exchange, before that is judged.
func (c *Call) settleWatched() {
	w := c.watched
	if w == nil || c.refused {
		return
	}
	ex := c.Exchange
	if s := w.session; s != nil {
		if text := s.Failure(); text != "" && ex.Failure == nil {
			ex.Failure = &faultline.Failure{Phase: faultline.PhaseReceive, Text: text}
		}
	}
	if w.response == nil || ex.Response == nil {
		return
	}
	b := &ex.Response.Body
	if !b.Truncated {
		return // all of it is there to be looked at
	}
	b.Tail = w.response.tail()
	if ex.Failure == nil && w.response.unended() {
		ex.Failure = &faultline.Failure{Phase: faultline.PhaseReceive, Text: "stream ended before its last item did"}
	}
}

// outcome is what the watcher of a body found that is too large to be
// judged as a whole: its items were, each by itself.
func (w *bodyWatch) outcome(otherwise outcome) outcome {
	switch {
	case w == nil || w.judge == nil || otherwise != tooLarge && otherwise != cutOff:
		return otherwise
	case w.judge.Bad > 0:
		return breaks
	case w.judge.Items == 0 || w.judge.Skipped > 0:
		return otherwise
	}
	return keeps
}

// requestWatch is the watcher of the request's body, nil if there was none.
func (w *watched) requestWatch() *bodyWatch {
	if w == nil {
		return nil
	}
	return w.request
}

// responseWatch is the watcher of the answer's body, nil if there was none.
func (w *watched) responseWatch() *bodyWatch {
	if w == nil {
		return nil
	}
	return w.response
}

// seen are the violations that only the watchers saw.
func (c *Call) seen() []contract.Violation {
	w := c.watched
	if w == nil {
		return nil
	}
	out := w.request.violations(&c.Exchange.Request.Body)
	if r := c.Exchange.Response; r != nil {
		out = append(out[:len(out):len(out)], w.response.violations(&r.Body)...)
	}
	return out
}

// labelWatched says in the exchange what passed.
func (c *Call) labelWatched() {
	w := c.watched
	if w == nil {
		return
	}
	switch {
	case w.session != nil:
		c.label(faultline.LabelPassed, w.session.Passed())
	case w.response != nil && w.response.passed() != "":
		c.label(faultline.LabelPassed, w.response.passed()+" of the answer")
	case w.request != nil && w.request.passed() != "":
		c.label(faultline.LabelPassed, w.request.passed()+" of the request")
	}
}
