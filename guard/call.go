package guard

import (
	"net/http"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
)

// A Call is one exchange on its way through the guard. It belongs to one
// goroutine at a time, and its exchange to the caller, who may use its memory
// again after End: what the guard hands on is a copy. A Call that has ended can
// be started again.
type Call struct {
	Exchange *faultline.Exchange

	guard *Guard
	rules *rules
	shard *shard
	api   *contract.Contract // whose operation it is; nil: none has one
	match contract.Match
	callState
}

// callState is what a Call begins anew with.
type callState struct {
	kept    *faultline.Exchange  // the guard's own copy, once something was wrong
	d       *faultline.Diagnosis // of kept
	request outcome
	answer  outcome
	look    contract.Look // at the body of the answer
	action  string        // what was done: faultline.ActionBlocked, ...
	refused bool          // the answer is ours
	denied  bool          // by the access rules
	retried bool
	ended   bool
	masked  int // secrets

	watched *watched // what was seen in passing; nil: nothing had to be

	malformed string // what is wrong with a request that is no HTTP
}

// A Refusal is the answer that the guard gives in place of the server.
type Refusal struct {
	Status    int
	Fields    faultline.Header // Allow, WWW-Authenticate
	Action    string           // faultline.ActionBlocked or faultline.ActionAnswered
	Diagnosis *faultline.Diagnosis
	Title     string // if no cause of the catalogue says it
	Detail    string

	before   *repeat // the same request was refused a moment ago
	sum      requestSum
	remember bool
}

// Begin takes an exchange whose request head has been read.
func (g *Guard) Begin(ex *faultline.Exchange) *Call {
	c := new(Call)
	g.Start(c, ex)
	return c
}

// Start is Begin with a Call that is new or has ended: a front that handles
// one call after the other allocates nothing for those that are healthy.
func (g *Guard) Start(c *Call, ex *faultline.Exchange) {
	g.take(c, ex)
	defer c.caught()
	if c.api = contract.FindAmong(c.rules.contracts, &ex.Request, &c.match); c.api != nil {
		return
	}
	c.request = undescribed
	if len(c.rules.contracts) == 0 {
		c.request = noContract
	}
}

// take empties the call and puts the exchange into it.
func (g *Guard) take(c *Call, ex *faultline.Exchange) {
	if c.guard != g {
		c.guard, c.shard = g, g.counts.shard()
	}
	c.api, c.match.Operation = nil, nil
	c.rules, c.Exchange, c.callState = g.rules.Load(), ex, callState{}
	c.shard.seen.Add(1)
	if ex.Start.IsZero() {
		ex.Start = time.Now()
	}
}

// BodyLimit is how many bytes of each body of this call a front should keep.
func (c *Call) BodyLimit() int64 { return c.rules.opts.BodyLimit }

// NeedsBody reports whether the request must not go on before Request has seen
// its body.
func (c *Call) NeedsBody() bool {
	return c.rules.opts.Mode == Block && c.match.Operation != nil && c.match.Operation.Unverified() == ""
}

// Head judges what can be judged before the body is there: whether the
// contract has an operation for the request. Nil: the call goes on.
func (c *Call) Head() (r *Refusal) {
	defer c.caught()
	if c.request != undescribed || !c.refusesUndocumented() || c.preflight() {
		return nil
	}
	contract.MissAmong(c.rules.contracts, &c.Exchange.Request, &c.match)
	if len(c.match.Allowed) == 0 {
		return c.refuse(http.StatusNotFound)
	}
	not := c.refuse(http.StatusMethodNotAllowed)
	// RFC 9110, section 15.5.6: a 405 must carry Allow.
	not.Fields = faultline.Header{{Name: "Allow", Value: strings.Join(c.match.Allowed, ", ")}}
	return not
}

// Request judges the whole request, as far as its body was captured. Nil: the
// call goes on.
func (c *Call) Request() (r *Refusal) {
	defer c.caught()
	c.judgeRequest()
	if c.request != breaks || c.rules.opts.Mode != Block {
		return nil
	}
	if len(c.Exchange.Hops) > 0 {
		return c.refuseRequest() // what was said of it takes in more than this request
	}
	sum := c.sum()
	if before := c.rules.repeats.find(sum, c.Exchange.Start); before != nil {
		return &Refusal{Status: before.kept.Response.Status, Action: faultline.ActionBlocked, Diagnosis: before.d, before: before}
	}
	no := c.refuseRequest()
	no.sum, no.remember = sum, true
	return no
}

func (c *Call) refuseRequest() *Refusal {
	c.diagnose()
	status, why := c.requestStatus()
	r := c.refuse(status)
	r.Detail = why
	if status == http.StatusUnauthorized {
		r.Fields = challenges(c.match.Operation.Security())
	}
	return r
}

// Mark returns the fields that the answer of a call carries in the mode Warn,
// if its request does not keep the contract.
func (c *Call) Mark() (fields faultline.Header) {
	defer c.caught()
	if c.rules.opts.Mode != Warn || c.request != breaks {
		return nil
	}
	c.diagnose()
	c.action = faultline.ActionWarned
	return c.fields(faultline.ActionWarned, faultline.FullDetail)
}

// Retried notes that the front sent the request a second time.
func (c *Call) Retried() { c.retried = true }

// Refuse is the refusal for a request that the front itself cannot carry.
func (c *Call) Refuse(status int, title, detail string) *Refusal {
	c.request = refusedUnread
	c.d = c.healthy()
	c.d.Failed = true
	return &Refusal{Status: status, Action: faultline.ActionBlocked, Diagnosis: c.d, Title: title, Detail: detail}
}

// End judges the answer, counts the call, and has a failed one diagnosed and
// delivered. The call keeps nothing of the exchange, which is the caller's again.
func (c *Call) End() {
	if c.ended {
		return
	}
	c.ended = true
	failed, whole := c.settle()
	if !whole {
		failed = c.unsettled()
	}
	c.count(failed)
	c.deliver(failed)
	c.Exchange, c.kept, c.d = nil, nil, nil
}

// settle judges and diagnoses. It is not whole after a mishap.
func (c *Call) settle() (failed, whole bool) {
	defer c.caught()
	c.settleWatched()
	c.judgeRequest()
	c.judgeAnswer()
	failed = c.failed()
	if failed && !c.refused {
		c.diagnoseAgain()
	}
	if !failed {
		failed = c.failedInside()
	}
	return failed, true
}

// unsettled makes do with what is known of the call by its status.
func (c *Call) unsettled() (failed bool) {
	if c.answer == pending {
		c.answer = mishap
	}
	if failed = c.failed(); failed && !c.refused {
		c.keep()
		c.d = c.healthy()
		c.d.Failed = true
	}
	return failed
}

// failed reports whether the call failed, as far as it shows without a look
// for errors behind a status of success.
func (c *Call) failed() bool {
	ex := c.Exchange
	return c.refused || c.request == refusedUnread || c.request == notHTTP || c.request == breaks || c.answer == breaks ||
		ex.Failure != nil || ex.Response == nil || ex.Response.Status >= 400
}

// failedInside looks for a failure behind a status of success: an envelope
// that says so, a redirect that lost the call.
func (c *Call) failedInside() bool {
	ex := c.Exchange
	c.decode(ex.Response.Header, &ex.Response.Body)
	if !diagnose.Suspicious(ex, c.look) {
		return false
	}
	d := c.rules.engine.Diagnose(c.keep())
	if len(d.Findings) == 0 && !d.Failed {
		return false
	}
	c.d = d
	return true
}

// healthy is the diagnosis of a call with nothing wrong: sinks still want to
// know which operation it was.
func (c *Call) healthy() *faultline.Diagnosis {
	d := &faultline.Diagnosis{Exchange: c.id(), Operation: c.operation()}
	if c.api != nil {
		d.Contract = c.api.Name()
	}
	return d
}

func (c *Call) operation() string {
	if c.match.Operation == nil {
		return ""
	}
	return c.match.Operation.ID
}

func (c *Call) diagnose() {
	if c.d == nil {
		c.diagnoseAgain()
	}
}

// diagnoseAgain diagnoses the exchange as it is now.
func (c *Call) diagnoseAgain() { c.d = c.rules.engine.DiagnoseFailed(c.keep(), c.seen()...) }

// keep makes the copy that lasts, and the id by which the call is known.
// Everything that is said about the call is made from the copy.
func (c *Call) keep() *faultline.Exchange {
	c.id()
	c.kept = c.Exchange.Own()
	return c.kept
}

// id names the exchange when something first needs its name.
func (c *Call) id() string {
	if c.Exchange.ID == "" {
		c.Exchange.ID = c.guard.ids.make()
	}
	return c.Exchange.ID
}
