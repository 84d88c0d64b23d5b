package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("server.error", serverError) }

// symptom is the rank of a finding that only repeats what the answer says.
const symptom = -100

// serverError is the symptom itself: it is said only where the exchange shows
// nothing deeper, so every other finding of the same strength goes before it.
func serverError(c *Case) []faultline.Finding {
	status := c.Status()
	inside := c.insideError()
	switch status {
	case 502, 504, 505, 511, 520, 521, 522, 523, 524, 525, 526, 527, 530:
		return nil // said by gateways, of what is behind them
	case 501, 508:
		return nil // RFC 9110, section 15.6.2, and RFC 5842, section 7.2, give them meanings of their own
	}
	if status < 500 && !(inside.inside && c.saysServerFailed()) {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Possible,
		At:       faultline.AtStatus(),
		Message:  fmt.Sprintf("the server answered %d and does not say why", status),
		Brief:    "the server failed",
		Expected: "an answer below 500",
		Found:    fmt.Sprintf("status %d", status),
		Remedy: faultline.Remedy{
			Text:          "look the request up in the server's log, by its time" + c.requestID(),
			Applicability: faultline.Guess,
		},
		Retry: "only what may run twice, and later each time",
		Rank:  symptom,
	}
	switch {
	case inside.inside:
		f.At = faultline.AtResponse(inside.pointer, faultline.Span{})
		f.Message = fmt.Sprintf("the server failed, in an answer with status %d", status)
		f.Found = "an error in the body"
	case status == 500 && len(c.blames()) == 0:
		f.Strength = faultline.Likely
	}
	f.Evidence = c.saidOnPage()
	return []faultline.Finding{f}
}

// saysServerFailed reports whether an error inside a success is the server's own.
func (c *Case) saysServerFailed() bool {
	return c.BodySays("internal_server_error", "internal server error", "internal error", "internal_error", "fatal_error", "server_error", "unexpected error", "server error", "unhandled")
}

// requestIDs are the headers under which servers say how to find a call again.
var requestIDs = []string{"X-Request-Id", "Request-Id", "X-Correlation-Id", "X-Amzn-RequestId", "X-Trace-Id", "Traceparent", "CF-Ray", "X-Ms-Request-Id"}

func (c *Case) requestID() string {
	if c.Exchange.Response == nil {
		return ""
	}
	for _, name := range requestIDs {
		if v := strings.TrimSpace(c.Exchange.Response.Header.Value(name)); v != "" {
			return fmt.Sprintf(" and by its id, `%s: %s`", strings.ToLower(name), short(v))
		}
	}
	return ""
}
