package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// URL is the address of the callback after an exchange, whose path parameters p
// are; ok is false where the exchange does not have what the address is made
// of.
func (cb *Callback) URL(ex *faultline.Exchange, p Params) (url string, ok bool) {
	parts, err := parseExpressions(cb.Expression)
	if err != nil {
		return "", false
	}
	var b strings.Builder
	for _, part := range parts {
		if part.expr == nil {
			b.WriteString(part.text)
			continue
		}
		value, ok := part.expr.value(ex, &p)
		if !ok {
			return "", false
		}
		b.WriteString(value)
	}
	return b.String(), true
}

// MatchCallback finds the operation of a callback that a request to url is,
// after an exchange of the operation with the path parameters p; nil if it is
// none, or where that cannot be told.
func (op *Operation) MatchCallback(ex *faultline.Exchange, p Params, method, url string) *Operation {
	for i := range op.callbacks {
		cb := &op.callbacks[i]
		if cb.Operation.Method != method {
			continue
		}
		if want, ok := cb.URL(ex, p); ok && sameURL(want, url) {
			return cb.Operation
		}
	}
	return nil
}

// sameURL compares addresses without their fragments; an empty path is `/`, and
// hosts have no case (RFC 9110, section 4.2.3).
func sameURL(a, b string) bool {
	hostA, pathA, queryA := splitURL(a)
	hostB, pathB, queryB := splitURL(b)
	return strings.EqualFold(hostA, hostB) && pathA == pathB && queryA == queryB
}
