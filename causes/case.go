package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

// A Case is all that is known about one call: the exchange, what the contract
// says of it, and a call that succeeded. Rules ask it questions; answers that
// several rules need are worked out once.
//
// A Case is asked by one goroutine at a time: it keeps what it worked out.
type Case struct {
	Exchange   *faultline.Exchange
	Contract   *contract.Contract // nil: no contract at hand
	Match      contract.Match
	Violations []contract.Violation // of the request, then of the answer
	Baseline   *faultline.Exchange  // the last call of this operation that succeeded, if known

	known answers
}

// answers are what several rules ask for, worked out by the first that asks.
type answers struct {
	failed once[bool]
	words  once[string]
	answer once[*words.Node]
	inside once[insideError]
}

// once is a value that is worked out at most once.
type once[T any] struct {
	done  bool
	value T
}

func (o *once[T]) get(work func() T) T {
	if !o.done {
		o.done, o.value = true, work()
	}
	return o.value
}

// Status is the status of the answer, 0 if none came.
func (c *Case) Status() int {
	if c.Exchange.Response == nil {
		return 0
	}
	return c.Exchange.Response.Status
}

// Failed reports whether the call failed: no answer, a status from 400 on, an
// error inside a success, or a break of the contract.
func (c *Case) Failed() bool {
	return c.known.failed.get(func() bool {
		return c.Exchange.Failure != nil || c.Exchange.Response == nil || c.Status() >= 400 ||
			len(c.Violations) > 0 || c.ErrorInside()
	})
}

// RequestType is the media type of the request in lower case and without its
// parameters; empty if none was sent.
func (c *Case) RequestType() string { return mediaType(c.Exchange.Request.Header) }

// ResponseType is the media type of the answer in lower case and without its
// parameters; empty if there is none.
func (c *Case) ResponseType() string {
	if c.Exchange.Response == nil {
		return ""
	}
	return mediaType(c.Exchange.Response.Header)
}

func mediaType(h faultline.Header) string {
	t, _, _ := strings.Cut(h.Value("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(t))
}

// RequestBody is the body of the request without its content coding.
func (c *Case) RequestBody() []byte { return c.Exchange.Request.Body.Bytes() }

// ResponseBody is the body of the answer without its content coding.
func (c *Case) ResponseBody() []byte {
	if c.Exchange.Response == nil {
		return nil
	}
	return c.Exchange.Response.Body.Bytes()
}

// Violated returns the violations of the request of one kind in one part.
func (c *Case) Violated(kind contract.Kind, in faultline.Part) []contract.Violation {
	var out []contract.Violation
	for _, v := range c.Violations {
		if v.Kind == kind && v.At.In == in && v.At.Side == faultline.RequestSide {
			out = append(out, v)
		}
	}
	return out
}

// BodySays reports whether the answer has one of the phrases, which are in
// lower case, among its words. Markup counts as space.
func (c *Case) BodySays(phrases ...string) bool {
	said := c.Said()
	for _, p := range phrases {
		if strings.Contains(said, p) {
			return true
		}
	}
	return false
}

// Said is the beginning of the answer's body as words: lower case, markup and
// JSON escapes taken out, white space folded.
func (c *Case) Said() string {
	return c.known.words.get(func() string { return plainWords(c.ResponseBody()) })
}

// maxSaid bounds how much of an answer is read for words: what a server says
// about a failure stands at the beginning, what follows is a stack trace.
const maxSaid = 16 << 10

func plainWords(body []byte) string {
	if len(body) > maxSaid {
		body = body[:maxSaid]
	}
	var b strings.Builder
	b.Grow(len(body))
	space, tag, skip := false, 0, 0
	text := strings.ToLower(string(body))
	for i := 0; i < len(text); i++ {
		ch := text[i]
		if skip > 0 {
			skip--
			continue
		}
		switch {
		case ch == '<' && i+1 < len(text) && (text[i+1] == '/' || text[i+1] == '!' || 'a' <= text[i+1] && text[i+1] <= 'z'):
			tag, space = 1, true
			continue
		case ch == '>' && tag > 0:
			tag = 0
			continue
		case tag > 0:
			continue
		case ch == '\\' && i+1 < len(text):
			if strings.IndexByte("nrt", text[i+1]) >= 0 {
				skip, space = 1, true
				continue
			}
			if text[i+1] == '"' || text[i+1] == '/' {
				continue
			}
		case ch <= ' ':
			space = true
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteByte(ch)
	}
	return entities.Replace(b.String())
}

var entities = strings.NewReplacer("&quot;", `"`, "&#39;", "'", "&#x27;", "'", "&lt;", "<", "&gt;", ">", "&nbsp;", " ", "&amp;", "&",
	`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", `\u0027`, "'", "’", "'", "‘", "'", "“", `"`, "”", `"`)

// ErrorInside reports whether the answer has a status of success and an error
// in its body.
func (c *Case) ErrorInside() bool {
	_, inside := c.insideError()
	return inside
}

func (c *Case) insideError() (pointer string, inside bool) {
	status := c.Status()
	if status < 200 || status > 299 || c.Exchange.Request.Method == "HEAD" {
		return "", false
	}
	found := c.known.inside.get(func() insideError {
		p, ok := words.FailureInside(c.answer())
		return insideError{p, ok}
	})
	return found.pointer, found.inside
}

type insideError struct {
	pointer string
	inside  bool
}

// answer is the answer's body as a JSON tree, nil if it is none.
func (c *Case) answer() *words.Node {
	return c.known.answer.get(func() *words.Node { return words.Parse(c.ResponseBody()) })
}
