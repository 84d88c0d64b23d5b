package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("stream.broke-off", streamBrokeOff) }

// streamBrokeOff is for streams that end before their end. What came until then
// has been acted on already, which is why they are told apart from documents.
func streamBrokeOff(c *Case) []faultline.Finding {
	if !c.streams() {
		return nil
	}
	strength := faultline.Proven
	switch broke := c.Exchange.Failure; {
	case broke != nil && c.clientSays(saysClientLeft):
		return nil
	case broke != nil && c.cut():
	case broke != nil && c.clientSays(saysReset, saysTimeout):
		strength = faultline.Likely
	case broke == nil && shortOf(c.Exchange.Response) > 0:
		strength = faultline.Likely
	case broke == nil && c.ResponseType() == "text/event-stream" && Unended(c.Exchange):
		strength = faultline.Likely
	default:
		return nil
	}
	f := c.connectionFinding(strength, "the stream of "+c.peer()+" broke off", "stream broke off")
	f.At = faultline.AtResponse("", faultline.Span{})
	f.Expected, f.Found = "a stream that ends between two items", "an end in the middle of it"
	f.Party = c.whoCut()
	f.Remedy = faultline.Remedy{Text: "connect again and go on from the last item that came whole", Applicability: faultline.Guess, Steps: []faultline.Step{
		{Text: "look into the logs of the server and of each proxy at this time: a crash, a restart, an idle timeout"},
		{Text: "let the server send a comment line (`: ping`) or an empty message more often than the shortest idle timeout on the way"},
		{Text: "go on from the last item: send its id as `Last-Event-ID`, or the cursor of the API"},
	}}
	f.Retry = "safe for what only reads: connect again"
	f.RuledOut = []faultline.Rival{{Slug: "response.truncated", Why: "each item that came whole is good by itself"}}
	if took := roundTime(c.Exchange.Timing.Total); took != "" {
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "it lasted for " + took + ": a round time speaks for an idle timeout of a proxy"})
		f.Party = faultline.Gateway
	}
	if passed := c.Exchange.Labels[faultline.LabelPassed]; passed != "" {
		f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Fact, Title: "before that", Lines: []faultline.Line{{Text: passed}}})
	}
	return []faultline.Finding{f}
}

// whoCut is the server where it ended the connection in good order, in the middle
// of an item; else it is not known who did.
func (c *Case) whoCut() faultline.Party {
	if f := c.Exchange.Failure; f == nil || strings.Contains(f.Text, "stream ended before its last item did") {
		return faultline.Server
	}
	return faultline.Network
}
