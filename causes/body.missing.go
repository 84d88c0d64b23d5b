package causes

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("body.missing", bodyMissing) }

// bodyMissing finds an empty body where one is required. The words of a server
// count only if the body is empty indeed: many say "empty" of one that they
// could not read.
func bodyMissing(c *Case) []faultline.Finding {
	if b := &c.Exchange.Request.Body; !b.Empty() && (b.Truncated || c.body().format != noBody) {
		return nil
	}
	at := faultline.AtBody("", faultline.Span{})
	for _, v := range c.Violations {
		if v.Kind == contract.BodyMissing && v.At.Side == faultline.RequestSide {
			f := c.asFinding(v)
			f.At, f.Remedy = at, bodyRemedy
			return []faultline.Finding{f}
		}
	}
	if !c.speaksOfRequest() {
		return nil
	}
	f := faultline.Finding{
		At: at, Message: "the request has no body", Brief: "no body", Expected: "a body", Found: "nothing",
		Remedy: bodyRemedy, Retry: failsAgain, Rank: deeper,
	}
	for _, b := range c.blames() {
		if b.kind == words.BodyMissing || b.kind == words.Syntax && c.takesBody() && !c.noRequest() {
			f.Strength = faultline.Likely
			f.Evidence = []faultline.Evidence{said(b.complaint.Text)}
			return []faultline.Finding{f}
		}
	}
	switch {
	case !c.takesBody() || c.declaresNone() || c.noRequest():
		return nil
	case c.Exchange.Request.Header.Has("Content-Type") && c.Status() != 501:
		f.Strength = faultline.Likely // a format is announced and nothing is sent
		return []faultline.Finding{f}
	case c.Status() == 400 || c.Status() == 422 || c.Status() == 411:
		f.Strength, f.Rank = faultline.Possible, 0
		return []faultline.Finding{f}
	}
	return nil
}

var bodyRemedy = faultline.Remedy{Text: "send a body; check that the client serialises it and that no redirect dropped it", Applicability: faultline.Guess}

// declaresNone reports whether the contract says that the operation takes no body.
func (c *Case) declaresNone() bool {
	return c.Match.Operation != nil && len(c.Match.Operation.MediaTypes()) == 0
}
