package contract

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

// explainUndeclared lists the parameters, headers and cookies of a request that
// its operation does not declare.
func (op *Operation) explainUndeclared(r *faultline.Request) []Violation {
	if !op.contract.strict {
		return nil
	}
	out := op.undeclaredPairs(r)
	for i := range r.Header {
		f := &r.Header[i]
		if !op.declaresHeader(f.Name) {
			out = append(out, op.undeclared(faultline.InHeader, "header", f.Name, faultline.Span{}))
		}
		for pair := cookiesIn(cookiesOf(f)); pair.next(); {
			if len(out) >= maxUndeclared {
				break
			}
			if !op.declaresCookie(pair.key) {
				span := faultline.Span{Start: pair.keyAt, End: pair.keyAt + len(pair.key), Line: 1, Column: pair.keyAt + 1}
				out = append(out, op.undeclared(faultline.InCookie, "cookie", pair.key, span))
			}
		}
	}
	return out
}

func (op *Operation) undeclaredPairs(r *faultline.Request) []Violation {
	var out []Violation
	in := columns{target: r.Target}
	for pair := queryPairs(r); pair.next(); {
		if len(out) >= maxUndeclared {
			break
		}
		if op.declaresPair(pair.key) {
			continue
		}
		v := op.undeclared(faultline.InQuery, "query parameter", pair.name(), faultline.Span{Start: pair.keyAt, End: pair.keyAt + len(pair.key)})
		in.locate(&v)
		out = append(out, v)
	}
	return out
}

func (op *Operation) undeclared(in faultline.Part, what, name string, span faultline.Span) Violation {
	declared := op.ParameterNames(in)
	want := "no " + what + " that the contract does not declare"
	if len(declared) > 0 {
		want = "one that is declared: " + oneOf(declared)
	}
	return Violation{
		Kind:     Unknown,
		Keyword:  "parameters",
		At:       faultline.Location{In: in, Name: name, Span: span},
		Field:    name,
		Message:  fmt.Sprintf("the %s `%s` is not declared for `%s`", what, short(name), op.ID),
		Want:     want,
		Found:    "`" + short(name) + "`",
		Detail:   faultline.Detail{Field: name},
		Source:   op.Source,
		Declared: declared,
	}
}
