package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

func init() { register("resource.not-found", resourceNotFound) }

// resourceNotFound is for a route that exists and a thing that does not. What
// tells it from a wrong path: a code or words about a kind of thing, a contract or
// a call that succeeded with the same path but for the identifier, the form of the answer.
func resourceNotFound(c *Case) []faultline.Finding {
	status := c.Status()
	n, named := c.named("resource.not-found")
	if !named && status != 404 && !(status < 300 && c.says(saysMissingThing)) && !c.brokeOnMissing() || !c.failedWith() {
		return nil
	}
	if (!named || n.Loose) && c.notAboutThings() {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Possible,
		At:       c.thingPlace(),
		Message:  "the server knows the path, and has nothing with this identifier",
		Brief:    "no such thing",
		Expected: "the identifier of a thing that exists",
		Found:    fmt.Sprintf("status %d", status),
		Remedy: faultline.Remedy{
			Text:          "compare the identifier with a list of what is there; it may be of another account or environment",
			Applicability: faultline.Guess,
		},
		Retry: "as sent it fails until the thing exists",
	}
	switch {
	case named:
		f.Strength, f.Rank = n.strength(), 15
		f.At = c.placeMeant(&n, f.At)
		f.Evidence = append(f.Evidence, n.evidence())
	case c.says(saysMissingThing), c.saysNoThing():
		f.Strength, f.Rank = faultline.Likely, 5
	case c.Match.Operation != nil:
		f.Strength = faultline.Likely
		f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Fact, Title: "evidence", Lines: []faultline.Line{{Text: "the contract has this path"}}})
	case c.Baseline != nil && c.Baseline.Request.Path() != c.Exchange.Request.Path():
		f.Strength = faultline.Likely
	case c.answersAsApplication():
		f.Strength = faultline.Likely
	default:
		f.Rank = c.unclearRank()
		f.Message = "the path may be right, and nothing has this identifier"
		f.Notes = []faultline.Note{{Label: "settle it", Text: "the same path with an identifier that is known to exist: if that answers, the path is right"}}
	}
	if c.says(saysOtherTenant) {
		f.Strength = faultline.Possible // it is there, for others
	}
	if f.At.In == faultline.InPath {
		f.Found = shownPath(c.Exchange.Request.Path())
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return []faultline.Finding{f}
}

// brokeOnMissing: services that answer every failure with 500 (JSON-RPC over HTTP, Mandrill, homemade ones) say in words that
// a thing is not there.
func (c *Case) brokeOnMissing() bool {
	return c.Status() == 500 && isJSON(c.ResponseType()) && c.exceptionMember() == "" && (c.says(saysMissingThing) || c.saysNoThing()) && !c.says(saysCrash) && c.namesNothing()
}

// notAboutThings reports whether the answer is about something else: a route, a
// procedure, a field that a query names, or what another code of the provider says.
func (c *Case) notAboutThings() bool {
	return c.namedOther("resource.not-found") || c.Unrouted() || c.says(saysMissingProcedure) || c.saysNoRoute() || c.rpcCode() == rpcNoMethod ||
		c.Status() < 300 && len(c.blames()) > 0
}

// unclearRank: where nothing but the status speaks, a path that ends with an
// identifier and an answer in the application's own form are rather about a thing.
func (c *Case) unclearRank() int {
	if c.namesInstance() && c.answer() != nil {
		return 10
	}
	return -10
}
