package causes

import (
	"slices"
	"time"

	"github.com/faultline-http/faultline"
)

func init() { register("gateway.upstream-timeout", upstreamTimeout) }

// upstreamTimeout is for gateways that waited in vain. RFC 9110, section
// 15.6.5: 504 says just that, whoever sends it.
func upstreamTimeout(c *Case) []faultline.Finding {
	status := c.Status()
	if status < 500 {
		return nil
	}
	g, known := c.gateway()
	if !known {
		g = gateway{name: "the gateway", signs: []string{c.answerForm()}}
	}
	switch late := c.saysLate(); {
	case status == 522, status == 524, status == 504 && known && (late || c.bareAnswer() || g.own):
		return []faultline.Finding{c.lateFinding(&g, faultline.Likely)}
	case slices.Contains(c.responseFlags(), "UT"), status == 503 && known && c.BodySays("backend fetch failed") && c.took() >= slowest:
		return []faultline.Finding{c.lateFinding(&g, faultline.Likely)}
	case status == 503 && known && c.pageOfGateway(&g) && c.took() >= patience:
		return []faultline.Finding{c.lateFinding(&g, faultline.Possible)}
	case late && status >= 502 && known:
		return []faultline.Finding{c.lateFinding(&g, faultline.Likely)}
	case status == 504:
		return []faultline.Finding{c.lateFinding(&g, faultline.Likely)}
	case (status == 502 || status == 503) && late:
		return []faultline.Finding{c.lateFinding(&g, faultline.Possible)}
	case status == 502 && known && c.took() >= slowest && c.BodySays("reading from remote server", "bad gateway"):
		return []faultline.Finding{c.lateFinding(&g, faultline.Likely)}
	}
	return nil
}

// slowest is how long an API may take before a broken answer looks like a
// timeout of the gateway: they are set to whole seconds.
const slowest = 2 * time.Second

// patience is the least that gateways wait by default (Heroku 30 s, Amazon 29 s,
// nginx 60 s): one that is down by itself answers sooner.
const patience = 28 * time.Second

func (c *Case) saysLate() bool {
	return c.BodySays("gateway timeout", "gateway time-out", "gateway timed out", "upstream request timeout", "upstream timed out", "upstream timeout",
		"upstream server is timing out", "endpoint request timed out", "reset reason: connection timeout", "response timeout",
		"didn't respond in time", "did not respond in time", "did not respond within", "no response from upstream", "connection timed out",
		"a timeout occurred", "first byte timeout", "request timed out", "backend timeout", "upstream response timeout",
		"function_invocation_timeout", "timeout was reached", "deadline exceeded", "stream timeout", "etimedout", "esockettimedout",
		"timeout awaiting response headers", "i/o timeout", "failed to respond within", "took too long to respond", "took longer than timeout",
		"err_read_timeout", "read timeout", "the operation timed out", "timeout waiting for", "timed out waiting", "worker timeout", "gateway.timeout",
		"gatewaytimeout", "gateway_timeout", "origin timeout", "response took longer",
		"connect_timeout", "read_timeout", "origintimeout", "hard timeout", "backend_timeout")
}

func (c *Case) lateFinding(g *gateway, s faultline.Strength) faultline.Finding {
	took := c.took()
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtStatus(),
		Message:  "the gateway waited for the API and gave up",
		Brief:    g.name + " gave up waiting",
		Expected: "an answer of the API within the gateway's limit",
		Found:    "an answer of " + g.name,
		Remedy: faultline.Remedy{Text: "find out why the API is slow, or raise the timeout of " + g.name, Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "look up this call in the API's log: did it arrive, and how long did it run"},
			{Text: "make it faster, or answer 202 and let the client ask for the result"},
			{Text: "raise the timeout of " + g.name + " only if the work takes that long by its nature"},
		}},
		Retry: c.repeatWords(),
		Rank:  20,
	}
	timing := ""
	if took > 0 {
		f.Brief = g.name + " gave up after " + span(took)
		timing = "answered after " + span(took)
		if took >= slowest {
			timing += ": it waited, it was not refused"
			f.RuledOut = append(f.RuledOut, faultline.Rival{Slug: "gateway.upstream-refused", Why: span(took)})
		}
	}
	f.RuledOut = append(f.RuledOut, faultline.Rival{Slug: "network.timeout", Why: g.name + " answers"})
	f.Evidence = c.gatewayEvidence(g, "no answer", timing)
	if g.late != "" {
		f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "on the gateway: " + g.late + c.logTime()})
	}
	if f.Retry == "" {
		f.Retry = "only with an Idempotency-Key: the API may have done the work after the gateway gave up"
	}
	return f
}
