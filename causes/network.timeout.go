package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("network.timeout", networkTimeout) }

// saysTimeout is what clients say when they have waited long enough.
var saysTimeout = topic("timeout",
	"timeout*", "timed out", "time out", "timedout", "deadline exceeded", "etimedout", "esockettimedout", "err timed out", "curl: (28)", "curl error 28:", "did not respond", "execution expired", "did not properly respond*",
	"ns error net timeout", "exceeded while awaiting", "took too long", "was not received in time", "elapsed without", "(10060)", "error -1001", "code=-1001", ": 12002", "took longer than", "future not completed",
	"os error 110", "os error 60", "errno 110", "errno 60", "wsaetimedout", "err_network_io_suspended", "no response within", "no response received within", "not answered within", "deadline has elapsed", "operation timeout", "gave up waiting", "request_timeout",
	"socket timeout*", "read timeout*", "*timeout", "*timeouterror", "*timeoutexception", "deadline_exceeded", "exceeded 30000ms", "ms exceeded")

// networkTimeout is for calls that somebody stopped waiting for: the client,
// while connecting or reading, or the server, while the request came (408).
func networkTimeout(c *Case) []faultline.Finding {
	if c.Status() == 408 {
		return []faultline.Finding{c.requestTimeout()}
	}
	said, broke := c.failure()
	if !broke || c.clientSays(saysUnresolved, saysClientLeft, saysPlain, saysLoop) || c.cut() || c.distrusts() || saysAny(said, "context canceled") {
		return nil
	}
	if !c.clientSays(saysTimeout) && !(c.clientSays(saysNotConnected) && saidLong(said)) {
		return nil
	}
	if c.miscounted() {
		return nil // the server waits for bytes that were announced and never sent
	}
	f := c.connectionFinding(faultline.Likely, "no answer came from "+c.peer()+" in the time that the client waits", "no answer in time")
	f.Retry = c.repeatWords()
	if took := c.took(); took > 0 {
		f.Brief = "no answer in " + span(took)
		f.Found = "no answer in " + span(took)
	}
	switch phase := c.timeoutPhase(said); phase {
	case faultline.PhaseConnect:
		f.Message = "no connection to " + c.peer() + " in the time that the client waits"
		f.Remedy = faultline.Remedy{Text: "check the address and the firewalls on the way: silence means that packets are dropped", Applicability: faultline.Guess}
		f.Retry = "safe: nothing was sent"
	case faultline.PhaseHandshake:
		f.Message = "the TLS handshake with " + c.peer() + " took longer than the client waits"
		f.Remedy = faultline.Remedy{Text: "check whether the server speaks TLS at this port, and how busy it is", Applicability: faultline.Guess}
		f.Retry = "safe: no request was sent"
	default:
		f.Remedy = faultline.Remedy{Text: "find out why the server is slow, or let the client wait longer than the server may take", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "look up the call in the server's log: did it arrive, and how long did it run"},
			{Text: "set the client's timeout above the slowest answer that is normal"},
		}}
		f.RuledOut = []faultline.Rival{{Slug: "network.refused", Why: "nobody refused; nobody answered"}}
		if f.Retry == "" {
			f.Retry = "only with an Idempotency-Key: the server may still do the work"
		}
	}
	return []faultline.Finding{f}
}

// timeoutPhase is what the client waited for.
func (c *Case) timeoutPhase(said string) faultline.Phase {
	switch {
	case saysAny(said, "handshake", "ssl connection timeout"):
		return faultline.PhaseHandshake
	case saysAny(said, "connect timeout", "connecttimeout", "connect_timeout", "connection timed out after", "dial tcp", "connection to",
		"connect etimedout", "failed to connect", "establish a new connection", "connect timed out", "err_connection_timed_out", "connect: "):
		return faultline.PhaseConnect
	}
	if p := c.Exchange.Failure.Phase; p == faultline.PhaseConnect || p == faultline.PhaseHandshake {
		return p
	}
	return faultline.PhaseWait
}

// requestTimeout: RFC 9110, section 15.5.9: the server did not get the whole
// request in the time that it waits, so the client has to send faster.
func (c *Case) requestTimeout() faultline.Finding {
	f := faultline.Finding{
		Party:    faultline.Client,
		Strength: faultline.Likely,
		At:       faultline.AtStatus(),
		Message:  "the server did not get the whole request in the time that it waits",
		Brief:    "request not sent in time",
		Expected: "the whole request within the server's limit",
		Found:    "status 408",
		Evidence: c.serverWords(),
		Remedy:   faultline.Remedy{Text: "send the request without pauses, with a Content-Length that fits its body", Applicability: faultline.Guess},
		Retry:    "safe: the server did not have the whole request",
	}
	if n, sent := c.Exchange.Request.Header.Get("Content-Length"); sent && strings.TrimSpace(n) != "" {
		f.Notes = []faultline.Note{{Label: "note", Text: "Content-Length announces " + short(n) + " bytes; the server waits for each of them"}}
	}
	return f
}
