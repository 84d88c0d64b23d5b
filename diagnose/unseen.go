package diagnose

import (
	"slices"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/contract"
)

// withoutUnseen drops what the contract misses in parts of the call that were
// not shown: they may have it.
func withoutUnseen(ex *faultline.Exchange, all []contract.Violation) []contract.Violation {
	if ex.Unseen == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(v contract.Violation) bool { return liesUnseen(ex, v.At) })
}

// hedged takes back the certainty of findings that rest on the absence of
// something in a part of the call that was not shown. The words of the client
// itself are a witness that needs no header.
func hedged(c *causes.Case, found []faultline.Finding) []faultline.Finding {
	ex := c.Exchange
	if ex.Unseen == 0 || ex.Failure != nil {
		return found
	}
	input := ex.Labels[faultline.LabelInput]
	found = slices.DeleteFunc(found, func(f faultline.Finding) bool { return restsOnNothing(ex, &f) })
	for i := range found {
		if input == faultline.InputStatus || input == faultline.InputBody {
			// The piece is genuine; that the call was as it lets one think is not certain.
			found[i].Strength = min(found[i].Strength, mostCertain[input])
		}
		f := &found[i]
		if f.Strength == faultline.Possible || !liesUnseen(ex, f.At) {
			continue
		}
		if !ex.Unseen.Any(faultline.UnseenResponseBody) && len(c.ResponseBody()) > 0 {
			f.Strength = min(f.Strength, faultline.Likely) // the server's own words are a witness too
			continue
		}
		f.Strength = faultline.Possible
		f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "look at " + f.At.String() + " in the client, or make the call with `curl -v`: it is not shown here"})
	}
	return found
}

// mostCertain is what can be said from a piece of a call.
var mostCertain = map[string]faultline.Strength{
	faultline.InputStatus: faultline.Possible,
	faultline.InputBody:   faultline.Likely,
}

// restsOnNothing reports whether a finding says that something is missing where
// neither the place nor the words of the answer are shown: all that speaks for
// it is the status. Credentials are what a 401 always speaks of.
func restsOnNothing(ex *faultline.Exchange, f *faultline.Finding) bool {
	if !ex.Unseen.Any(faultline.UnseenResponseBody) || !liesUnseen(ex, f.At) {
		return false
	}
	switch f.Cause.Slug {
	case "body.missing", "content.type-missing", "header.missing":
		return true
	}
	return false
}

// liesUnseen reports whether a place is empty in the exchange only because its
// part was not shown.
func liesUnseen(ex *faultline.Exchange, at faultline.Location) bool {
	header, body, fields := faultline.UnseenRequestHeader, faultline.UnseenRequestBody, ex.Request.Header
	if at.Side == faultline.ResponseSide {
		header, body, fields = faultline.UnseenResponseHeader, faultline.UnseenResponseBody, nil
		if ex.Response != nil {
			fields = ex.Response.Header
		}
	}
	switch at.In {
	case faultline.InHeader:
		return ex.Unseen.Any(header) && !fields.Has(at.Name)
	case faultline.InCookie:
		return ex.Unseen.Any(header) && !fields.Has("Cookie")
	case faultline.InBody:
		// A place inside the body is known from the words of the server.
		return ex.Unseen.Any(body) && at.Pointer == ""
	}
	return false
}
