package guard

import (
	"net/http"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/internal/malformed"
)

// Gateway is the refusal for a call that found no server behind the guard, or
// got no usable answer: Exchange.Failure says what happened, and 504 that it
// was time that ran out.
//
// From outside, a rule would have to infer what a gateway met. Here the guard
// is the gateway and knows: its finding stands first, and what rules think of
// the network between the two is left out, since it is the same fact. The
// errors that were met, if given, say it more exactly than the text of the failure.
func (c *Call) Gateway(status int, met ...error) (r *Refusal) {
	defer c.caughtRefusal(&r, status)
	c.diagnoseAgain()
	found := []faultline.Finding{gatewayFinding(c.kept, status)}
	for _, err := range met {
		sharpen(&found[0], err)
	}
	for _, f := range c.d.Findings {
		switch f.Cause.Slug.Family() {
		case "network", "tls", "gateway":
		default:
			found = append(found, f)
		}
	}
	c.d.Findings, c.d.RuledOut = found, nil
	c.d.Fingerprint = c.fingerprint(&found[0])
	return &Refusal{Status: status, Action: faultline.ActionAnswered, Diagnosis: c.d}
}

// fingerprint is equal for calls that met the same trouble in one operation.
// Without a contract the path is left out: it is the server that is away.
func (c *Call) fingerprint(f *faultline.Finding) string {
	return malformed.Fingerprint(f.Cause.Slug, c.operation())
}

// trouble is what can be the matter behind a gateway.
type trouble struct {
	slug    faultline.Slug
	title   string // if the catalogue has no page
	sign    string // on the arrow to the server
	message string
	fix     string
}

var troubles = map[faultline.Phase]trouble{
	faultline.PhaseResolve: {
		"gateway.upstream-dns", "The gateway cannot resolve the name of its upstream",
		"no address", "the name of the server behind the proxy does not resolve", "correct the host in the address that the proxy forwards to",
	},
	faultline.PhaseConnect: {
		"gateway.upstream-refused", "The gateway could not connect to its upstream",
		"refused", "the server behind the proxy does not take connections", "start the server, or correct the address that the proxy forwards to",
	},
	faultline.PhaseHandshake: {
		"gateway.upstream-tls", "The TLS handshake between the gateway and its upstream failed",
		"TLS failed", "the TLS handshake with the server behind the proxy did not succeed", "give the server a certificate that the proxy trusts, or correct the scheme and the host that the proxy forwards to",
	},
	faultline.PhaseReceive: {
		"gateway.bad-response", "The upstream sent something that the gateway cannot use",
		"unusable answer", "the server behind the proxy answered with something that is not well-formed HTTP", "look at what listens on the address that the proxy forwards to",
	},
}

// brokenOff is for a server that took the connection and closed it.
var brokenOff = trouble{
	"gateway.bad-response", "The upstream closed the connection without an answer",
	"closed", "the server behind the proxy closed the connection without an answer", "look into the server's log for this moment: a crash or a restart closes connections so",
}

var tooSlow = trouble{
	"gateway.upstream-timeout", "The gateway waited in vain for its upstream",
	"silent", "the server behind the proxy did not answer in time", "find out what the server waits for, or give it more time",
}

// gatewayFinding tells what the guard met behind itself.
func gatewayFinding(ex *faultline.Exchange, status int) faultline.Finding {
	t, text := brokenOff, ""
	if f := ex.Failure; f != nil {
		text = f.Text
		if known, ok := troubles[f.Phase]; ok {
			t = known
		}
	}
	if status == http.StatusGatewayTimeout {
		t = tooSlow
	}
	return faultline.Finding{
		Cause:    catalogued(t),
		Strength: faultline.Proven,
		At:       faultline.AtConnection(),
		Message:  t.message,
		Found:    text,
		Evidence: []faultline.Evidence{
			{Kind: faultline.Hops, Lines: []faultline.Line{{Text: way(t.sign)}}},
			{Kind: faultline.Fact, Title: "evidence", Lines: []faultline.Line{{Text: text}}},
		},
		Remedy: faultline.Remedy{Text: t.fix, Applicability: faultline.Guess},
		Retry:  retryWords(ex),
	}
}

// catalogued takes the cause from the catalogue, if it has a page there.
func catalogued(t trouble) faultline.Cause {
	if rule, ok := causes.Lookup(t.slug); ok {
		return rule.Cause
	}
	return faultline.Cause{Slug: t.slug, Party: faultline.Gateway, Title: t.title}
}

// Own returns a cause that the guard finds by standing in the way of a call and
// for which the catalogue has no page, with what there is to say about it.
func Own(slug faultline.Slug) (cause faultline.Cause, what, fix string, ok bool) {
	all := []trouble{brokenOff, tooSlow}
	for _, t := range troubles {
		all = append(all, t)
	}
	for _, t := range all {
		if t.slug == slug {
			return catalogued(t), t.message, t.fix, true
		}
	}
	return faultline.Cause{}, "", "", false
}

// unsent reports whether the server cannot have seen anything of the request.
func unsent(ex *faultline.Exchange) bool {
	f := ex.Failure
	return f != nil && f.Phase >= faultline.PhaseResolve && f.Phase <= faultline.PhaseHandshake
}

func retryWords(ex *faultline.Exchange) string {
	switch {
	case unsent(ex):
		return "safe: the server never saw the request"
	case faultline.Idempotent(ex.Request.Method):
		return "safe: " + ex.Request.Method + " does nothing twice"
	}
	return "only with an Idempotency-Key: the server may have acted on the request"
}
