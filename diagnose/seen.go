package diagnose

import (
	"strconv"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

// beyond are the violations that were seen in passing. Where one lies beyond
// what was kept of the body, its place is told in words: no bytes can be shown.
func beyond(ex *faultline.Exchange, seen []contract.Violation) []contract.Violation {
	out := make([]contract.Violation, len(seen))
	for i, v := range seen {
		kept := len(ex.Request.Body.Bytes())
		if v.At.Side == faultline.ResponseSide {
			kept = 0
			if ex.Response != nil {
				kept = len(ex.Response.Body.Bytes())
			}
		}
		if v.At.In == faultline.InBody && v.At.Span.End > kept {
			v.Message += ", at byte " + strconv.Itoa(v.At.Span.Start) + " of the body"
			v.At.Span = faultline.Span{}
		}
		out[i] = v
	}
	return out
}
