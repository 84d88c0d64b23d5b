package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("server.contract-drift", contractDrift) }

// contractDrift is for contract and server that no longer describe the same
// API: the server has no such route, wants more than the contract says, or
// answers with a status or media type that the contract does not know.
func contractDrift(c *Case) []faultline.Finding {
	if f, ok := c.validatedDrift(); ok {
		return []faultline.Finding{f}
	}
	if c.Contract == nil || c.Match.Operation == nil || c.Exchange.Response == nil {
		return nil
	}
	if f, ok := c.routeDrift(); ok {
		return []faultline.Finding{f}
	}
	if f, ok := c.requirementDrift(); ok {
		return []faultline.Finding{f}
	}
	if !c.statusCounts() {
		return nil
	}
	for i := range c.Violations {
		v := &c.Violations[i]
		if v.At.Side != faultline.ResponseSide {
			continue
		}
		switch {
		case c.ResponseType() == "text/html" && v.Kind != contract.Status:
			// A page in the place of data is another matter: somebody else answered.
		case v.Kind == contract.Status, v.Kind == contract.MediaType, v.Kind == contract.MediaTypeMissing:
			return []faultline.Finding{c.answerDrift(v)}
		}
	}
	return nil
}

// statusCounts reports whether a status or media type that the contract does not
// know is worth a word: on success it is, on a failure only where nothing else
// explains it. Few contracts list 401, 429 or 500.
func (c *Case) statusCounts() bool {
	switch status := c.Status(); status {
	case 400, 409, 415, 422:
		return !c.requestViolated() && len(c.blames()) == 0
	default:
		return status >= 200 && status <= 299
	}
}

// routeDrift: the contract has the operation, and the server says that it has
// no such route or method.
func (c *Case) routeDrift() (faultline.Finding, bool) {
	status := c.Status()
	what := ""
	switch {
	case status == 501, status == 405:
		what = "method"
	case status == 404 && c.saysNoRoute() && !c.saysNoThing():
		what = "route"
	default:
		return faultline.Finding{}, false
	}
	r := &c.Exchange.Request
	f := c.driftFinding(faultline.Likely, fmt.Sprintf("the contract has `%s %s`, and the server says that it has no such %s", r.Method, shownPath(r.Path()), what))
	f.Expected, f.Found = "the operation that the contract describes", fmt.Sprintf("status %d", status)
	f.Evidence = c.saidOnPage()
	f.Rank = 20
	f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "compare the version of the contract with the version that is deployed, and the base path of both"})
	return f, true
}

// requirementDrift: the request keeps the contract, and the server misses or
// refuses a field by name.
func (c *Case) requirementDrift() (faultline.Finding, bool) {
	if status := c.Status(); status != 400 && status != 422 || c.requestViolated() {
		return faultline.Finding{}, false
	}
	for _, b := range c.blames() {
		if !b.sure || b.name == "" || b.in == faultline.InPath {
			continue
		}
		message := ""
		switch b.kind {
		case words.Missing:
			message = fmt.Sprintf("the server requires `%s`, and the contract does not", b.name)
		case words.Unknown:
			message = fmt.Sprintf("the server does not know `%s`, and the contract allows it", b.name)
		default:
			continue
		}
		f := c.driftFinding(faultline.Likely, message)
		f.At = b.at
		f.Evidence = []faultline.Evidence{said(b.complaint.Text)}
		f.Remedy.Steps[0].Text = "until they agree, send what the server wants"
		f.Rank = 15
		return f, true
	}
	return faultline.Finding{}, false
}

func (c *Case) requestViolated() bool {
	for i := range c.Violations {
		if c.Violations[i].At.Side == faultline.RequestSide {
			return true
		}
	}
	return false
}

// answerDrift: the answer has a status or media type that the contract does not
// know. Behind a failure that is said only where nothing else is.
func (c *Case) answerDrift(v *contract.Violation) faultline.Finding {
	f := c.driftFinding(faultline.Proven, v.Message)
	f.At = v.At
	f.Expected, f.Found, f.Source, f.Detail = v.Want, v.Found, v.Source, v.Detail
	if c.Status() >= 400 {
		f.Strength, f.Rank = faultline.Possible, symptom
	}
	return f
}

func (c *Case) driftFinding(s faultline.Strength, message string) faultline.Finding {
	return faultline.Finding{
		Strength: s,
		At:       faultline.AtStatus(),
		Message:  message,
		Brief:    "contract and server differ",
		Expected: "a server that does what its contract says",
		Remedy: faultline.Remedy{Text: "bring contract and server together: correct the one that is not meant", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "find out which of the two is meant, from the API's changelog"},
			{Text: "deploy the version that the contract describes, or publish the contract of the version that runs"},
		}},
		Retry: "as sent it gets the same answer until one of the two is corrected",
	}
}
