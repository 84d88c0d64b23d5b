package diagnose

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

// Pieces of a call that stand for one: a bare token, a status alone, an error
// body. Whoever asks about one of them had a call that failed; what else is
// known of it is nothing.

// about is what can be said of a piece beside its findings.
func about(c *causes.Case) []faultline.Evidence {
	switch c.Exchange.Labels[faultline.LabelInput] {
	case faultline.InputToken:
		return c.TokenFacts()
	case faultline.InputStatus:
		return causes.StatusFacts(c.Status())
	}
	return nil
}

// assumed are the answers that a piece may have come with, as cases: the rules
// ask for a refusal, and its words are in the piece. One whose status is known
// is the case itself.
func assumed(c *causes.Case) []*causes.Case {
	switch ex := c.Exchange; {
	case ex.Labels[faultline.LabelInput] == faultline.InputToken:
		return []*causes.Case{withStatus(c, 401)}
	case ex.Unseen.Any(faultline.UnseenStatus):
		var out []*causes.Case
		for _, status := range []int{200, 400, 403, 404, 500} {
			out = append(out, withStatus(c, status))
		}
		return out
	}
	return []*causes.Case{c}
}

// withStatus is the case of a copy of the exchange that was answered so.
func withStatus(c *causes.Case, status int) *causes.Case {
	ex := *c.Exchange
	answer := faultline.Response{}
	if ex.Response != nil {
		answer = *ex.Response
	}
	answer.Status = status
	ex.Response = &answer
	return &causes.Case{Exchange: &ex, Contract: c.Contract, Match: c.Match, Violations: c.Violations, Keys: c.Keys}
}

// found asks the rules. Of a status that is only assumed none may speak, and of
// a bare token nothing but the token is known.
func (e *Engine) found(c *causes.Case) []faultline.Finding {
	if found, ok := e.carried(c); ok {
		return append(found, e.ask(c, nil)...)
	}
	if !isPiece(c.Exchange) {
		return e.ask(c, nil)
	}
	for _, as := range assumed(c) {
		found := e.ask(as, func(slug faultline.Slug) bool {
			return c.Exchange.Labels[faultline.LabelInput] != faultline.InputToken || strings.HasPrefix(string(slug), "auth.token-")
		})
		if as != c {
			found = withoutStatus(found)
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// ask asks the rules, all of them or those that may be asked.
func (e *Engine) ask(c *causes.Case, may func(faultline.Slug) bool) []faultline.Finding {
	var found []faultline.Finding
	for _, rule := range e.rules {
		if may != nil && !may(rule.Slug) {
			continue
		}
		for _, f := range rule.Detect(c) {
			f.Cause = rule.Cause
			found = append(found, f)
		}
	}
	return found
}

// isPiece reports whether an exchange is no whole call, or one whose answer came
// with a status that is not shown.
func isPiece(ex *faultline.Exchange) bool {
	return ex.Unseen != 0 && (ex.Labels[faultline.LabelInput] != "" || ex.Unseen.Any(faultline.UnseenStatus) && ex.Response != nil)
}

// withoutStatus drops what rests on the status alone.
func withoutStatus(found []faultline.Finding) []faultline.Finding {
	out := found[:0]
	for _, f := range found {
		if f.At.In != faultline.InStatus && f.Strength != faultline.Possible {
			out = append(out, f)
		}
	}
	return out
}
