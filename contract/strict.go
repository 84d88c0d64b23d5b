package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// Nothing in OpenAPI forbids what a description does not speak of. Strict
// reading (Options.Strict) does: parameters, headers and cookies that are not
// declared are violations, as members of objects are by the schemas themselves.

// declaredOnly reports whether the request has no parameter, header or cookie
// that the operation does not declare.
func (op *Operation) declaredOnly(r *faultline.Request) bool {
	if !op.contract.strict {
		return true
	}
	for pair := queryPairs(r); pair.next(); {
		if !op.declaresPair(pair.key) {
			return false
		}
	}
	for i := range r.Header {
		if !op.declaresHeader(r.Header[i].Name) {
			return false
		}
		for pair := cookiesIn(cookiesOf(&r.Header[i])); pair.next(); {
			if !op.declaresCookie(pair.key) {
				return false
			}
		}
	}
	return true
}

// cookiesOf is the value of a Cookie field; of others it is empty.
func cookiesOf(f *faultline.Field) string {
	if f.Is("Cookie") {
		return f.Value
	}
	return ""
}

func (op *Operation) declaresPair(rawName string) bool {
	return rawName == "" || op.knowsQuery(rawName) || op.inTemplate(rawName)
}

// inTemplate reports whether the path of the contract is written with a query
// that has the name.
func (op *Operation) inTemplate(rawName string) bool {
	for pair := pairsIn(op.query, 0); pair.next(); {
		if pair.key == rawName {
			return true
		}
	}
	return false
}

// readsWholeQuery reports whether a parameter takes the query as it is: what
// may stand in it is for its schema to say.
func (op *Operation) readsWholeQuery() bool {
	for i := range op.params {
		if op.params[i].whole {
			return true
		}
	}
	return false
}

func (op *Operation) declaresHeader(name string) bool {
	if isStandardHeader(name) {
		return true
	}
	for i := range op.params {
		if q := &op.params[i]; q.in == faultline.InHeader && strings.EqualFold(q.name, name) {
			return true
		}
	}
	for _, set := range op.security.sets {
		for i := range set {
			if set[i].In == faultline.InHeader && strings.EqualFold(set[i].Field, name) {
				return true
			}
		}
	}
	return false
}

func (op *Operation) declaresCookie(name string) bool {
	if name == "" || op.declares(faultline.InCookie, name) {
		return true
	}
	for i := range op.params {
		if q := &op.params[i]; q.in == faultline.InCookie && q.spreads() && op.isMember(q, name) {
			return true
		}
	}
	return false
}

// isStandardHeader reports whether a header needs no declaration: it belongs to
// HTTP, to the client or to what stands between client and server.
func isStandardHeader(name string) bool {
	var room [64]byte
	if len(name) > len(room) {
		return false
	}
	lower := room[:len(name)]
	for i := range lower {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	if standardHeaders[string(lower)] {
		return true
	}
	for _, prefix := range standardPrefixes {
		if len(lower) >= len(prefix) && string(lower[:len(prefix)]) == prefix {
			return true
		}
	}
	return false
}
