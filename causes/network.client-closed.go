package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("network.client-closed", clientClosed) }

// clientClosed is for calls that nobody waits for any more. The client says so
// itself, a proxy saw it go, or the log of a server has 499 (nginx).
func clientClosed(c *Case) []faultline.Finding {
	if c.Exchange.Failure == nil {
		return c.closedStatus()
	}
	said := c.failureWords()
	switch {
	case saysAny(said, clientLeft...):
		return []faultline.Finding{c.clientLeftFinding(said)}
	case c.Exchange.Response == nil && saysAny(said, cancelled...) && !saysAny(said, "due to timeout", "timed out", "timeouterror", "deadline exceeded",
		"client.timeout", "httpclient.timeout", "timeoutexception"):
		f := c.closedFinding(faultline.Likely, "the client cancelled the call"+c.afterWords()+", before the answer came", "cancelled by the client"+c.afterWords())
		f.Found = "a call that the client cancelled" + c.afterWords()
		return []faultline.Finding{f}
	}
	return nil
}

// clientLeft are the words of a proxy or server that saw the client go.
var clientLeft = []string{
	"the client closed the connection before the answer", "the client broke off its request", "client closed request", "client has closed the connection",
	"client prematurely closed connection", "client disconnected before", "client hung up",
}

// clientLeftFinding is certain: who says so had the connection in hand.
func (c *Case) clientLeftFinding(said string) faultline.Finding {
	strength := faultline.Likely
	if c.Exchange.Vantage != faultline.AtClient {
		strength = faultline.Proven
	}
	switch {
	case saysAny(said, "broke off its request") && saysAny(said, "timeout", "timed out"):
		f := c.closedFinding(strength, "the client stopped half-way through its request and sent no more", "the client stopped sending its request")
		f.Expected, f.Found = "the whole request", "a part of it, then silence"
		f.Remedy = faultline.Remedy{Text: "send the body without pauses, with a Content-Length that fits it", Applicability: faultline.Guess}
		return f
	case saysAny(said, "broke off its request"):
		f := c.closedFinding(strength, "the client hung up before its request was complete", "the client hung up before its request was complete")
		f.Expected, f.Found = "the whole request", "a part of it"
		return f
	}
	brief := "the client hung up" + c.afterWords()
	if c.Exchange.Response != nil {
		brief += ", half-way through the answer"
	}
	return c.closedFinding(strength, "the client hung up"+c.afterWords()+", before the answer was complete", brief)
}

// closedStatus is 499 in a log. Others use the number for a missing token, and
// say so in the body.
func (c *Case) closedStatus() []faultline.Finding {
	if c.Status() != 499 || c.BodySays("token") {
		return nil
	}
	f := c.closedFinding(faultline.Likely, "the client hung up"+c.afterWords()+", before the answer came", "the client hung up"+c.afterWords())
	f.At, f.Found = faultline.AtStatus(), "status 499"
	return []faultline.Finding{f}
}

func (c *Case) closedFinding(s faultline.Strength, message, brief string) faultline.Finding {
	f := c.connectionFinding(s, message, brief)
	f.Expected, f.Found = "a client that waits for the whole answer", "a client that left"
	f.Remedy = faultline.Remedy{
		Text:          "find out why the client left: its timeout, a cancelled context, a user who went on",
		Applicability: faultline.Guess,
	}
	if c.Exchange.Vantage != faultline.AtClient {
		f.Evidence = nil // the client said nothing: the words are those of the message
	}
	f.Retry = c.repeatWords()
	if f.Retry == "" {
		f.Retry = "only with an Idempotency-Key: the server may have done the work"
	}
	return f
}

// afterWords is how long the client waited, if that was measured.
func (c *Case) afterWords() string {
	if took := c.took(); took > 0 {
		return " after " + span(took)
	}
	return ""
}

// failureWords is what the failure says in lower case, also where a part of an
// answer came.
func (c *Case) failureWords() string {
	text := c.Exchange.Failure.Text
	return strings.ToLower(text[:min(len(text), maxAuthText)])
}
