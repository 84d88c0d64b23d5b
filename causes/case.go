package causes

import (
	"iter"
	"regexp"
	"strings"
	"sync"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/hop"
	"github.com/faultline-http/faultline/causes/internal/jwks"
	"github.com/faultline-http/faultline/causes/internal/lexicon"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

// A Case is all that is known about one call: the exchange, what the contract
// says of it, a call that succeeded, and other calls of the same client. Rules ask it questions; answers that
// several rules need are worked out once.
//
// A Case is asked by one goroutine at a time: it keeps what it worked out.
type Case struct {
	Exchange   *faultline.Exchange
	Contract   *contract.Contract // nil: no contract at hand
	Match      contract.Match
	Violations []contract.Violation  // of the request, then of the answer
	Baseline   *faultline.Exchange   // the nearest call of this operation that succeeded, if known
	Around     []*faultline.Exchange // other calls of the same client, in the order of time, as far as known
	Keys       *Keys                 // of the issuer that the server trusts; nil: not given

	known answers
}

// answers are what several rules ask for, worked out by the first that asks.
type answers struct {
	failed     once[bool]
	plain      once[string]
	words      once[string]
	grams      once[*lexicon.Grams]
	answer     once[*words.Node]
	inside     once[insideError]
	body       once[*bodyView]
	query      once[[]reqField]
	blames     once[[]blame]
	renames    once[[]rename]
	content    once[contentSlip]
	charset    once[charsetSlip]
	auth       once[authWord]
	creds      once[[]credential]
	token      once[tokenRead]
	verdict    once[jwks.Verdict]
	oauth      once[oauthCall]
	paramText  once[string] // the beginning of the body, to look for parameters in
	heard      once[lexicon.Reading]
	complained once[lexicon.Reading]
	cors       once[*corsView]
	hop        once[hop.Reading]
	upstream   once[upstream]
	namings    once[[]naming]
	limit      once[limitKind]
	undeclared once[[]contract.Undeclared]
	free       map[string][]string // by the pointer of an object
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

// lazily compiles an expression when a rule first asks for it: most runs of a
// program never do.
func lazily(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
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
	for v := range c.violated(kind, in) {
		out = append(out, *v)
	}
	return out
}

// violated is Violated for those who ask many times: it copies nothing.
func (c *Case) violated(kind contract.Kind, in faultline.Part) iter.Seq[*contract.Violation] {
	return func(yield func(*contract.Violation) bool) {
		for i := range c.Violations {
			v := &c.Violations[i]
			if v.Kind == kind && v.At.In == in && v.At.Side == faultline.RequestSide && !yield(v) {
				return
			}
		}
	}
}

// BodySays reports whether the answer has one of the phrases, which are in
// lower case, among its words. Markup counts as space.
func (c *Case) BodySays(phrases ...string) bool {
	said := c.Said()
	grams := c.known.grams.get(func() *lexicon.Grams { return lexicon.GramsOf(said) })
	for _, p := range phrases {
		if grams.May(p) && strings.Contains(said, p) {
			return true
		}
	}
	return false
}

// Said is the beginning of the answer's body as words: lower case, markup and
// JSON escapes taken out, white space folded.
func (c *Case) Said() string {
	return c.known.words.get(func() string { return strings.ToLower(c.plain()) })
}

// plain is Said with its letters as they came.
func (c *Case) plain() string {
	return c.known.plain.get(func() string { return words.Plain(c.ResponseBody()) })
}
