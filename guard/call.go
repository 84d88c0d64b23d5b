package guard

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
)

// Why a message was not held to the contract.
const (
	TooLarge     = "too large"               // the body is over the limit, as it travels or decoded
	CutOff       = "cut off"                 // the body broke off
	Undescribed  = "no operation"            // the contract has no operation for the request
	NotSupported = "operation is unverified" // the contract holds something that cannot be judged yet
	NotDecoded   = "coding not supported"    // the content coding of the body is not known
)

// A Call is one exchange on its way through the guard. It belongs to one
// goroutine at a time, and its exchange to the caller until End.
type Call struct {
	Exchange *faultline.Exchange

	guard   *Guard
	judge   *judge
	match   contract.Match
	d       *faultline.Diagnosis // once something was wrong
	bad     bool                 // the request does not keep the contract
	refused bool
	masked  int    // secrets
	skipped string // why the request was not judged
	ended   bool
}

// A Refusal is the answer that the guard gives in place of the server.
type Refusal struct {
	Status    int
	Fields    faultline.Header // Allow, WWW-Authenticate
	Action    string           // faultline.ActionBlocked or faultline.ActionAnswered
	Diagnosis *faultline.Diagnosis
	Title     string // if no cause of the catalogue says it
	Detail    string
}

// Begin takes an exchange whose request head has been read and gives it an id.
func (g *Guard) Begin(ex *faultline.Exchange) *Call {
	g.counts.seen.Add(1)
	if ex.ID == "" {
		ex.ID = g.ids.make()
	}
	if ex.Start.IsZero() {
		ex.Start = time.Now()
	}
	c := &Call{guard: g, judge: g.current.Load(), Exchange: ex}
	if c.judge.contract != nil {
		c.match = c.judge.contract.Match(ex.Request.Method, ex.Request.URL())
	}
	return c
}

// NeedsBody reports whether the request must not go on before Request has seen
// its body.
func (c *Call) NeedsBody() bool {
	return c.guard.opts.Mode == Block && c.match.Operation != nil && c.match.Operation.Unverified() == ""
}

// Head judges what can be judged before the body is there: whether the
// contract has an operation for the request. Nil: the call goes on.
func (c *Call) Head() *Refusal {
	if c.judge.contract == nil || c.match.Operation != nil || !c.refusesUndocumented() || c.preflight() {
		return nil
	}
	c.bad = true
	if len(c.match.Allowed) > 0 {
		r := c.refuse(http.StatusMethodNotAllowed)
		// RFC 9110, section 15.5.6: a 405 must carry Allow.
		r.Fields = faultline.Header{{Name: "Allow", Value: strings.Join(c.match.Allowed, ", ")}}
		return r
	}
	return c.refuse(http.StatusNotFound)
}

// Request judges the whole request, as far as its body was captured. Nil: the
// call goes on.
func (c *Call) Request() *Refusal {
	c.judgeRequest()
	if !c.bad || c.guard.opts.Mode != Block {
		return nil
	}
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
func (c *Call) Mark() faultline.Header {
	if c.guard.opts.Mode != Warn || !c.bad {
		return nil
	}
	c.diagnose()
	c.label(faultline.LabelAction, faultline.ActionWarned)
	return c.fields(faultline.ActionWarned, faultline.FullDetail)
}

// End judges the answer, has a failed call diagnosed, and delivers the
// exchange, which is not the caller's any more.
func (c *Call) End() {
	if c.ended {
		return
	}
	c.ended = true
	c.judgeRequest()
	ex := c.Exchange
	answered := c.d != nil && ex.Labels[faultline.LabelAction] != ""
	failed := c.bad || c.refused || ex.Failure != nil || ex.Response == nil || ex.Response.Status >= 400
	if !failed && !c.validResponse() {
		failed = true
	}
	switch {
	case failed && (!answered || ex.Labels[faultline.LabelAction] == faultline.ActionWarned):
		c.diagnoseAgain()
	case !failed:
		failed = c.failedInside()
	}
	c.count(failed)
	if len(c.guard.opts.Sinks) == 0 {
		return
	}
	if c.d == nil {
		c.d = c.healthy()
	}
	c.redact()
	c.guard.queue.put(ex, c.d)
}

// failedInside looks for a failure behind a status of success: an envelope
// that says so, a redirect that lost the call.
func (c *Call) failedInside() bool {
	ex := c.Exchange
	c.decode(ex.Response.Header, &ex.Response.Body)
	if !diagnose.Suspicious(ex) {
		return false
	}
	d := c.judge.engine.Diagnose(ex)
	if len(d.Findings) == 0 && !d.Failed {
		return false
	}
	c.d = d
	return true
}

// redact masks the secrets, those that the contract names among them. It may
// run twice: what is masked stays as it is.
func (c *Call) redact() {
	r := c.guard.redactor
	if op := c.match.Operation; op != nil {
		for _, set := range op.Security() {
			for _, scheme := range set {
				if scheme.Field != "" && !faultline.SecretName(scheme.Field) {
					named := *r
					named.Names = append(append([]string(nil), r.Names...), scheme.Field)
					r = &named
				}
			}
		}
	}
	c.masked += r.Redact(c.Exchange, c.d)
	if c.masked > 0 {
		c.label(faultline.LabelMasked, strconv.Itoa(c.masked))
	}
}

func (c *Call) count(failed bool) {
	n := &c.guard.counts
	if !failed {
		n.ok.Add(1)
		return
	}
	n.failed.Add(1)
	if c.refused && c.Exchange.Labels[faultline.LabelAction] == faultline.ActionBlocked {
		n.blocked.Add(1)
	}
	if c.d == nil || len(c.d.Findings) == 0 {
		n.unexplained.Add(1)
	}
}

// healthy is the diagnosis of a call with nothing wrong: sinks still want to
// know which operation it was.
func (c *Call) healthy() *faultline.Diagnosis {
	return &faultline.Diagnosis{Exchange: c.Exchange.ID, Operation: c.operation(), Contract: c.judge.name}
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

func (c *Call) diagnoseAgain() {
	c.d = c.judge.engine.Diagnose(c.Exchange)
	c.d.Failed = true
}

func (c *Call) label(name, value string) {
	ex := c.Exchange
	if ex.Labels == nil {
		ex.Labels = map[string]string{}
	}
	ex.Labels[name] = value
}

// Retried notes that the front sent the request a second time.
func (c *Call) Retried() { c.label(faultline.LabelRetried, "1") }

// Refuse is the refusal for a request that the front itself cannot carry.
func (c *Call) Refuse(status int, title, detail string) *Refusal {
	c.bad = true
	c.d = c.healthy()
	c.d.Failed = true
	return &Refusal{Status: status, Action: faultline.ActionBlocked, Diagnosis: c.d, Title: title, Detail: detail}
}
