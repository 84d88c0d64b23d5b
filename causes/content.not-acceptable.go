package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("content.not-acceptable", notAcceptable) }

// notAcceptable finds an Accept that no answer fits: the contract says so, or
// the status does, which RFC 9110, section 15.5.7, defines for it. A server may
// answer all the same, so that a success speaks against it.
func notAcceptable(c *Case) []faultline.Finding {
	if !c.Refused() {
		return nil
	}
	accept := c.Exchange.Request.Header.Value("Accept")
	if list := c.Violated(contract.NotAcceptable, faultline.InHeader); len(list) > 0 {
		f := c.asFinding(list[0])
		f.Brief = "Accept: " + short(accept)
		if !c.Unsent() && c.Status() != 406 {
			f.Strength = faultline.Possible // most servers answer in what they have
		}
		c.accept(&f, c.Match.Operation.AnswerTypes())
		return []faultline.Finding{f}
	}
	if c.Status() != 406 || accept == "" || strings.Contains(accept, "*/*") || c.complainsOfType() {
		return nil
	}
	at := faultline.AtHeader("Accept")
	at.Span = faultline.Span{End: len(accept)}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       at,
		Message:  "the server has no answer of a type that `Accept` takes",
		Brief:    "Accept: " + short(accept),
		Expected: "a media type that the API answers with, usually `application/json`",
		Found:    fmt.Sprintf("%q", short(accept)),
		Retry:    failsAgain,
	}
	c.accept(&f, nil)
	return []faultline.Finding{f}
}

// complainsOfType reports whether the server speaks of the request's own media
// type: some answer 406 to it.
func (c *Case) complainsOfType() bool {
	for _, b := range c.blames() {
		if b.kind == words.MediaType || b.kind == words.MediaTypeMissing {
			return true
		}
	}
	return c.BodySays("content-type", "content type")
}

// accept offers the declared type; whether the client can read it is for its
// author to say.
func (c *Case) accept(f *faultline.Finding, types []string) {
	want, text := "*/*", "accept every type, or the one that the API answers with"
	if len(types) > 0 && !strings.Contains(types[0], "*") {
		want, text = types[0], "send `Accept: "+types[0]+"`"
	}
	f.Remedy = faultline.Remedy{
		Text: text, Applicability: faultline.Guess,
		Patch: []faultline.Edit{{Op: "replace", In: faultline.InHeader, Name: "Accept", Value: want}},
	}
}
