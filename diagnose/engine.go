// Package diagnose finds out which cause it was: it asks every rule of the
// catalogue, ranks what they find, builds the corrected request, and gives
// calls that fail alike the same fingerprint.
//
//	engine := diagnose.New(diagnose.WithContract(c))
//	d := engine.Diagnose(ex)
//	if f, found := d.Primary(); found {
//		fmt.Println(f.Cause.Slug, f.WhoActs(), f.At)
//	}
//
// It knows no cause by itself; to add one is to add two files to package
// causes.
package diagnose

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/contract"
)

// An Engine diagnoses exchanges. It does not change after New and is safe for
// concurrent use.
type Engine struct {
	contracts []*contract.Contract // those of WithContract
	names     []string             // theirs, put together once
	baseline  func(*faultline.Exchange) *faultline.Exchange
	around    func(*faultline.Exchange) []*faultline.Exchange
	keys      *causes.Keys
	rules     []causes.Rule
	most      int
	reasons   bool
}

// An Option changes what New makes.
type Option func(*Engine)

// WithContract makes the engine judge exchanges by a contract. Of several, the
// first that has an operation for a request judges it; of a request for which
// none has one, all say what was likely meant. Nil ones are left out.
func WithContract(all ...*contract.Contract) Option {
	return func(e *Engine) {
		e.contracts = slices.DeleteFunc(slices.Clone(all), func(c *contract.Contract) bool { return c == nil })
		for _, c := range e.contracts {
			e.names = append(e.names, c.Name())
		}
	}
}

// WithBaseline makes the engine ask for the last call of the same operation
// that succeeded; nil means that none is known. The function is called from
// many goroutines and only for calls that are not plainly healthy.
func WithBaseline(find func(*faultline.Exchange) *faultline.Exchange) Option {
	return func(e *Engine) { e.baseline = find }
}

// WithAround makes the engine ask for other calls of the same client, in the
// order of time, the call itself among them or not: the answers before tell how
// far the clocks are apart, the steps before how a login began. A few dozen are
// enough. The function is called from many goroutines and only for calls that
// are not plainly healthy.
func WithAround(find func(*faultline.Exchange) []*faultline.Exchange) Option {
	return func(e *Engine) { e.around = find }
}

// WithKeys gives the engine the keys of the issuer that the server trusts:
// signature and issuer of tokens are verified with them.
func WithKeys(keys *causes.Keys) Option {
	return func(e *Engine) { e.keys = keys }
}

// WithRules makes the engine ask these rules instead of the whole catalogue.
func WithRules(rules ...causes.Rule) Option {
	return func(e *Engine) { e.rules = rules }
}

// WithMost changes how many findings a diagnosis lists; the rest is counted.
func WithMost(findings int) Option {
	return func(e *Engine) { e.most = findings }
}

// WithReasons makes the engine say why findings stand in their order.
func WithReasons() Option {
	return func(e *Engine) { e.reasons = true }
}

// New returns an engine with all rules of the catalogue.
func New(opts ...Option) *Engine {
	e := &Engine{rules: causes.All(), most: mostFindings}
	for _, opt := range opts {
		opt(e)
	}
	return e
}

// mostFindings bounds a diagnosis, unless told otherwise: who has twenty mistakes to mend reads no
// more of them, and a hostile body may have a million.
const mostFindings = 20

// Diagnose says why the exchange failed, or that nothing is wrong with it. For
// a healthy call it allocates nothing but its result.
func (e *Engine) Diagnose(ex *faultline.Exchange) *faultline.Diagnosis {
	var m contract.Match
	api := e.match(ex, &m)
	d := e.begin(ex, api, &m)
	if fits(ex, api, &m) && plainlyHealthy(ex, contract.Look{}) {
		return d
	}
	e.explain(d, e.open(ex, api, &m))
	return d
}

// DiagnoseFailed is Diagnose for whoever knows already that something is wrong
// with the exchange: it is not judged a second time. seen are violations of bodies
// of which the exchange holds only the beginning, found by who saw them pass.
func (e *Engine) DiagnoseFailed(ex *faultline.Exchange, seen ...contract.Violation) *faultline.Diagnosis {
	var m contract.Match
	api := e.match(ex, &m)
	d := e.begin(ex, api, &m)
	c := e.open(ex, api, &m)
	c.Violations = append(c.Violations, beyond(ex, seen)...)
	e.explain(d, c)
	d.Failed = true
	return d
}

// match finds the operation of an exchange, and the contract that it is judged by.
func (e *Engine) match(ex *faultline.Exchange, m *contract.Match) *contract.Contract {
	if c := contract.FindAmong(e.contracts, &ex.Request, m); c != nil {
		return c
	}
	return contract.MissAmong(e.contracts, &ex.Request, m)
}

// begin is the diagnosis with what the contract alone says.
func (e *Engine) begin(ex *faultline.Exchange, api *contract.Contract, m *contract.Match) *faultline.Diagnosis {
	d := &faultline.Diagnosis{Exchange: ex.ID}
	if api != nil {
		d.Contract = e.names[slices.Index(e.contracts, api)]
	}
	if m.Operation != nil {
		d.Operation = m.Operation.ID
		d.Unverified = unverified(ex, m.Operation)
	}
	return d
}

// open makes the case of an exchange: everything that rules may ask about.
func (e *Engine) open(ex *faultline.Exchange, api *contract.Contract, m *contract.Match) *causes.Case {
	if ex.Unseen != 0 && (ex.Request.Method == "" || ex.Request.Target == "") {
		api = nil // without method and path no operation can be told, and none be missed
	}
	c := &causes.Case{Exchange: ex, Contract: api, Keys: e.keys}
	if e.baseline != nil {
		c.Baseline = e.baseline(ex)
	}
	if e.around != nil {
		c.Around = e.around(ex)
	}
	if api == nil {
		return c
	}
	c.Match = *m
	if c.Match.Operation == nil {
		return c
	}
	c.Violations = c.Match.Operation.ExplainRequest(&ex.Request, c.Match.Params)
	if ex.Request.Body.Truncated {
		c.Violations = outsideBody(c.Violations)
	}
	if c.Unsent() && fillsCredentialIn(&ex.Request) {
		c.Violations = withoutCredentials(c.Violations)
	}
	if ex.Response != nil {
		answer := c.Match.Operation.ExplainResponse(ex.Response)
		if ex.Response.Body.Truncated {
			answer = outsideBody(answer)
		}
		c.Violations = slices.Concat(c.Violations, answer)
	}
	c.Violations = withoutUnseen(ex, c.Violations)
	return c
}

// fillsCredentialIn reports whether a request that was not sent yet names a
// variable where its credential goes: `curl -H "Authorization: Bearer $TOKEN"`.
// What will stand there is not known.
func fillsCredentialIn(r *faultline.Request) bool {
	for _, f := range r.Header {
		if !strings.EqualFold(f.Name, "Authorization") && !faultline.SecretName(f.Name) {
			continue
		}
		value := f.Value
		if _, rest, spaced := strings.Cut(value, " "); spaced {
			value = rest
		}
		if faultline.Unfilled(strings.TrimSpace(value)) {
			return true
		}
	}
	return false
}

func withoutCredentials(all []contract.Violation) []contract.Violation {
	return slices.DeleteFunc(all, func(v contract.Violation) bool { return v.Kind == contract.Credential })
}

// outsideBody drops what was found in a body of which only the beginning is
// known: what follows may have mended it.
func outsideBody(all []contract.Violation) []contract.Violation {
	var out []contract.Violation
	for _, v := range all {
		if v.At.In != faultline.InBody {
			out = append(out, v)
		}
	}
	return out
}

// explain asks every rule and fills the diagnosis in.
func (e *Engine) explain(d *faultline.Diagnosis, c *causes.Case) {
	if partOfTheProtocol(c) {
		return
	}
	d.About = about(c)
	found := e.found(c)
	found = withoutEchoes(withoutRepeats(rank(c, hedged(c, e.compare(c, found)))))
	if len(found) == 0 {
		found = e.bare(c)
	}
	d.Failed = failed(c) || len(found) > 0 || c.Exchange.Labels[faultline.LabelInput] == faultline.InputBody
	if len(found) == 0 {
		if d.Failed {
			d.Looked = looked(c)
		}
		return
	}
	if e.reasons {
		d.Ranking = standings(c, found[:min(len(found), e.most)])
	}
	misled(c, &found[0])
	correct(d, c, found)
	causes.ShowPath(c, &found[0])
	if len(found) > e.most {
		found, d.More = found[:e.most], len(found)-e.most
	}
	d.Findings = found
	d.RuledOut = ruledOut(found)
	for i := range found {
		found[i].Fingerprint = fingerprint(c, &found[i])
	}
	d.Fingerprint = found[0].Fingerprint
}

// bare is what the status alone speaks for, of a call that was seen whole and
// that no rule explains.
func (e *Engine) bare(c *causes.Case) []faultline.Finding {
	if c.Exchange.Unseen != 0 {
		return nil
	}
	return slices.DeleteFunc(causes.Bare(c), func(f faultline.Finding) bool {
		return !slices.ContainsFunc(e.rules, func(r causes.Rule) bool { return r.Slug == f.Cause.Slug })
	})
}

// unverified says which part of the exchange the contract cannot judge.
func unverified(ex *faultline.Exchange, op *contract.Operation) string {
	if why := op.Unverified(); why != "" {
		return why
	}
	switch {
	case ex.Request.Body.Truncated:
		return "only the beginning of the request body was kept"
	case ex.Response != nil && ex.Response.Body.Truncated:
		return "only the beginning of the response body was kept"
	}
	return ""
}

// ruledOut are the rivals of the first finding that no finding stands for.
func ruledOut(found []faultline.Finding) []faultline.Rival {
	var out []faultline.Rival
	for _, rival := range found[0].RuledOut {
		if !has(found, rival.Slug) {
			out = append(out, rival)
		}
	}
	return out
}

func has(found []faultline.Finding, slug faultline.Slug) bool {
	for i := range found {
		if found[i].Cause.Slug == slug {
			return true
		}
	}
	return false
}
