package causes

import (
	"slices"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

func init() { register("gateway.upstream-refused", upstreamRefused) }

// upstreamRefused is for gateways that answer in place of an API that they
// could not reach. Few say so; a 502 at once, from a gateway and without a sign
// of the API, says it too.
func upstreamRefused(c *Case) []faultline.Finding {
	status := c.Status()
	if status < 500 || c.saysLate() {
		return nil
	}
	g, known := c.gateway()
	took := c.took()
	switch {
	case status == 521, status == 523, slices.Contains(c.responseFlags(), "UF"), c.saysRefused():
		if !known {
			g = gateway{name: "the gateway", signs: []string{c.answerForm()}}
		}
		return []faultline.Finding{c.refusedFinding(&g, faultline.Likely, true)}
	case known && status == 502 && took > 0 && took < atOnce && c.BodySays("invalid response was received from the upstream server"):
		// Kong's words for each 502 of its own, a refusal among them.
		return []faultline.Finding{c.refusedFinding(&g, faultline.Possible, false)}
	case !known || c.saysBadAnswer():
		return nil
	case status == 503 && c.BodySays("backend fetch failed") && took < slowest:
		return []faultline.Finding{c.refusedFinding(&g, faultline.Possible, false)}
	case status == 503 && g.name == "lighttpd" && c.BodySays("service unavailable") && c.pageOfGateway(&g):
		return []faultline.Finding{c.refusedFinding(&g, faultline.Likely, false)}
	case status == 503 && g.name == "Apache" && c.BodySays("due to maintenance downtime or capacity problems"):
		return []faultline.Finding{c.refusedFinding(&g, faultline.Likely, false)}
	case status == 503 && c.BodySays("no server is available to handle this request"):
		return []faultline.Finding{c.refusedFinding(&g, faultline.Likely, false)}
	case status == 502 && took < atOnce && c.pageOfGateway(&g):
		return []faultline.Finding{c.refusedFinding(&g, faultline.Likely, false)}
	case status == 502 && c.pageOfGateway(&g):
		return []faultline.Finding{c.refusedFinding(&g, faultline.Possible, false)}
	}
	return nil
}

// atOnce is how fast a refusal is known: a connection is refused within one
// way there and back, so a second is generous.
const atOnce = time.Second

// saysRefused reports whether the gateway tells that it could not connect.
func (c *Case) saysRefused() bool {
	if c.BodySays("connection timeout", "protocol error", "connection termination", "overflow", "tls error", "certificate") {
		return false
	}
	if c.Status() == 500 && !c.BodySays("proxy", "proxying", "upstream", "gateway") {
		return false // the API's own database, perhaps
	}
	return c.BodySays("connection refused", "econnrefused", "remote connection failure", "reset reason: connection failure", "delayed connect error",
		"connect failure", "failed to connect to upstream", "failed to connect to backend",
		"could not connect to upstream", "could not connect to backend", "unable to connect to the origin", "backend connection failed",
		"web server is down", "connection to the upstream", "failed to establish a connection to the backend",
		"error occurred while trying to proxy", "could not proxy request", "unable to reach the origin", "upstream refused", "origin is unreachable",
		"cannot connect to upstream", "actively refused", "failed to establish a connection to the upstream", "unable to reach the origin service",
		"connect call failed", "error trying to reach service", "error while dialing", "err_connect_fail", "err_ngrok_8012",
		"can't connect to the server for this app", "wasn't able to connect to the origin", "connection could not be established",
		"problem proxying the request", "could not connect to server", "no route to host", "host is unreachable", "network is unreachable",
		"connection_refused", "connectionrefused", "originunreachable", "origin unreachable", "could not reach the upstream", "upstream unreachable")
}

// saysBadAnswer reports whether the gateway tells that it was answered, badly:
// another cause.
func (c *Case) saysBadAnswer() bool {
	return c.BodySays("invalid or incomplete response", "invalid response", "bad response", "malformed", "connection termination", "protocol error",
		"prematurely", "unknown error", "web server is returning", "reading from remote server", "socket hang up", "econnreset",
		"connection reset", "no healthy upstream", "name resolution", "no such host", "enotfound", "dns", "ssl handshake", "tls", "certificate",
		"internal server error", "overflow", "ring-balancer", "process failure", "invalid http response")
}

// pageOfGateway reports whether the words are the gateway's own, not those of
// an API that happens to stand behind a server with the same name.
func (c *Case) pageOfGateway(g *gateway) bool {
	if c.bareAnswer() {
		return true
	}
	t := c.ResponseType()
	return g.own && (t == "text/html" || t == "text/plain" || t == "") || c.BodySays("bad gateway") && len(c.ResponseBody()) < 200
}

func (c *Case) refusedFinding(g *gateway, s faultline.Strength, said bool) faultline.Finding {
	took := c.took()
	timing := ""
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtStatus(),
		Message:  "the gateway answered for an API it could not reach",
		Brief:    g.name + " cannot reach the API",
		Expected: "an answer of the API",
		Found:    "an answer of " + g.name,
		Remedy:   faultline.Remedy{Text: "start the API behind " + g.name + ", or correct the address that it is reached by", Applicability: faultline.Guess},
		Retry:    c.repeatWords(),
		Rank:     20,
	}
	if took > 0 && took < atOnce {
		timing = "answered in " + span(took) + ": refused at once, not timed out"
		f.RuledOut = append(f.RuledOut, faultline.Rival{Slug: "gateway.upstream-timeout", Why: span(took)})
	}
	f.RuledOut = append(f.RuledOut,
		faultline.Rival{Slug: "server.exception", Why: "no API headers"},
		faultline.Rival{Slug: "network.refused", Why: g.name + " answers"})
	f.Evidence = c.gatewayEvidence(g, "refused", timing)
	if said {
		f.Evidence = append(f.Evidence, c.serverWords()...)
	} else if g.log != "" {
		f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "on the gateway: " + g.log + c.logTime()})
	}
	if f.Retry == "" {
		f.Retry = "only with an Idempotency-Key: that the API never saw the " + c.thing() + " is likely, not proven"
	}
	return f
}

// logTime is where to look in a log.
func (c *Case) logTime() string {
	now, _ := c.serverClock()
	if now.IsZero() {
		return " in its log"
	}
	return " in its error log at " + clock(now)
}

// thing is what a write would have made, by the last word of its path.
func (c *Case) thing() string {
	path := strings.TrimSuffix(c.Exchange.Request.Path(), "/")
	word := path[strings.LastIndexByte(path, '/')+1:]
	for i := range len(word) {
		if ch := word[i] | 0x20; ch < 'a' || ch > 'z' {
			return "request"
		}
	}
	if len(word) > 3 && len(word) < 24 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "ies") {
		return word[:len(word)-1]
	}
	return "request"
}
