package causes

import "github.com/faultline-http/faultline/causes/internal/words"

// insideError is where an answer with a status of success says that the call failed.
type insideError struct {
	pointer string
	inside  bool
}

// ErrorInside reports whether the answer has a status of success and an error
// in its body.
func (c *Case) ErrorInside() bool { return c.insideError().inside }

func (c *Case) insideError() insideError {
	status := c.Status()
	if status < 200 || status > 299 || c.Exchange.Request.Method == "HEAD" {
		return insideError{}
	}
	return c.known.inside.get(func() insideError {
		p, ok := words.FailureInside(c.answer())
		if !ok && status == 207 {
			p, ok = words.BatchFailure(c.answer())
		}
		if !ok {
			var b words.Batch
			b, ok = words.BatchOf(c.answer())
			p = b.First
		}
		return insideError{p, ok}
	})
}

// answer is the answer's body as a tree, nil if it is neither JSON nor XML.
func (c *Case) answer() *words.Node {
	return c.known.answer.get(func() *words.Node { return words.Document(c.ResponseBody()) })
}
