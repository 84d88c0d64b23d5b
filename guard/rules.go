package guard

import (
	"slices"
	"sync"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
)

// rules are what a guard goes by, made ready: swapped as one, so that a call
// is judged to its end by what it began with.
type rules struct {
	opts      Options
	contracts []*contract.Contract
	engine    *diagnose.Engine
	redactor  *faultline.Redactor
	repeats   repeats
	tallies   sync.Map // *contract.Operation or, for calls without one, the method's *string, to *tally
}

func newRules(o Options) *rules {
	if o.BodyLimit <= 0 {
		o.BodyLimit = DefaultBodyLimit
	}
	r := &rules{opts: o, redactor: o.Redactor}
	r.contracts = slices.DeleteFunc(slices.Clone(o.Contracts), func(c *contract.Contract) bool { return c == nil })
	r.engine = diagnose.New(diagnose.WithContract(r.contracts...))
	if r.redactor == nil {
		r.redactor = &faultline.Redactor{}
	}
	return r
}

// redactorFor is the redactor that knows the names of the credentials that an
// operation asks for, too.
func (r *rules) redactorFor(op *contract.Operation) *faultline.Redactor {
	if op == nil {
		return r.redactor
	}
	var names []string
	for _, set := range op.Security() {
		for _, scheme := range set {
			if scheme.Field != "" && !faultline.SecretName(scheme.Field) {
				names = append(names, scheme.Field)
			}
		}
	}
	if len(names) == 0 {
		return r.redactor
	}
	named := *r.redactor
	named.Names = slices.Concat(r.redactor.Names, names)
	return &named
}
