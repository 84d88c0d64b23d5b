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
	case c.clientSays(saysClientLeft):
		return []faultline.Finding{c.clientLeftFinding(said)}
	case c.Exchange.Response == nil && c.cancelled():
		f := c.closedFinding(faultline.Likely, "the client cancelled the call"+c.afterWords()+", before the answer came", "cancelled by the client"+c.afterWords())
		f.Found = "a call that the client cancelled" + c.afterWords()
		return []faultline.Finding{f}
	}
	return nil
}

// saysClientLeft is what a proxy or server says that saw the client go.
var saysClientLeft = topic("client left",
	"the client closed the connection before the answer", "the client broke off its request", "client closed request", "client has closed the connection",
	"client prematurely closed connection", "client disconnected before", "client hung up", "client closed connection", "client connection closed", "downstream remote disconnect", "downstream_remote_disconnect", "client timed out", "client disconnected")

// saysCancelled is said for a caller that gave up on purpose.
var saysCancelled = topic("cancelled",
	"context canceled", "context cancelled", "abort error", "aborterror", "operation was aborted", "operation was aborted.", "the user aborted*", "request aborted", "operation was canceled", "operation was cancelled", "operation is canceled", "task canceled exception: a task was canceled",
	"a task was canceled", "cancelled error", "canceled error", "err aborted", "err canceled", "ns binding aborted", "error -999", "code=-999", "request was cancelled", "request was canceled", "request canceled by", "cancellation exception", "asyncio.exceptions.cancelled error", "call was cancelled", "und_err_aborted", "this operation was aborted", "canceled by the user",
	"signal is aborted", "cancelled by client", "curl: (42)", "ioexception: canceled", "io exception: canceled", "operation cancelled")

// saysTimedOut is said by callers that cancel by a clock: that is a timeout.
var saysTimedOut = topic("timed out", "due to timeout", "timed out", "timeout error", "deadline exceeded", "client.timeout", "http client.timeout", "timeout exception", "timeout*", "configured httpclient.timeout")

// cancelled reports whether the client gave up on purpose, and not by a clock.
func (c *Case) cancelled() bool { return c.clientSays(saysCancelled) && !c.clientSays(saysTimedOut) }

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
