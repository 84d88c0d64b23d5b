package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

// Bare is the fairest cause of a refusal of which no rule knows more: the one
// that its status stands for, held against what the request has that could be
// refused. Nothing is returned below 400: an answer that speaks of errors there may be
// a report of them.
func Bare(c *Case) []faultline.Finding {
	status := c.Status()
	var slug faultline.Slug
	at := faultline.AtStatus()
	switch {
	case status == 401:
		slug, at = c.bareIdentity()
	case bareMeanings[status].slug != "":
		slug, at = bareMeanings[status].slug, bareMeanings[status].at
	case status >= 400 && status < 500:
		slug, at = c.mostRefused()
	case status >= 500:
		slug = "server.error"
	default:
		return nil
	}
	rule, known := Lookup(slug)
	if !known {
		return nil
	}
	return []faultline.Finding{c.bareFinding(&rule, at)}
}

// A bareMeaning is what a status stands for by its definition, and the place in
// the request that it is about.
type bareMeaning struct {
	slug faultline.Slug
	at   faultline.Location
}

// bareMeanings are the statuses with a meaning of their own; those that depend on the
// request (400, 422 and the unregistered ones) are not among them. The sources stand in statusMeanings.
var bareMeanings = map[int]bareMeaning{
	402: {"auth.account-inactive", faultline.AtStatus()},
	403: {"auth.forbidden-role", faultline.AtStatus()},
	404: {"route.unknown-path", faultline.AtPath("")},
	405: {"route.method-not-allowed", faultline.AtMethod()},
	406: {"content.not-acceptable", faultline.AtHeader("Accept")},
	407: {"gateway.proxy-auth", faultline.AtHeader("Proxy-Authorization")},
	408: {"network.timeout", faultline.AtStatus()},
	409: {"state.conflict", faultline.AtStatus()},
	410: {"resource.gone", faultline.AtPath("")},
	411: {"content.length-mismatch", faultline.AtHeader("Content-Length")},
	412: {"state.precondition", faultline.AtHeader("If-Match")},
	413: {"content.too-large", faultline.AtBody("", faultline.Span{})},
	414: {"url.too-long", faultline.AtPath("")},
	415: {"content.type-unsupported", faultline.AtHeader("Content-Type")},
	416: {"header.invalid", faultline.AtHeader("Range")},
	417: {"header.not-allowed", faultline.AtHeader("Expect")},
	418: {"security.waf-block", faultline.AtStatus()},
	419: {"auth.csrf", faultline.AtHeader("X-CSRF-Token")},
	420: {"limit.rate", faultline.AtStatus()},
	421: {"route.wrong-host", faultline.AtHeader("Host")},
	423: {"state.conflict", faultline.AtStatus()},
	424: {"server.error", faultline.AtStatus()},
	425: {"protocol.version", faultline.AtStatus()},
	426: {"protocol.version", faultline.AtHeader("Upgrade")},
	428: {"state.precondition", faultline.AtHeader("If-Match")},
	429: {"limit.rate", faultline.AtStatus()},
	430: {"limit.rate", faultline.AtStatus()}, // Shopify's, of checkouts
	431: {"header.too-large", faultline.AtStatus()},
	440: {"auth.token-expired", faultline.AtHeader("Cookie")},
	444: {"security.waf-block", faultline.AtStatus()},
	451: {"auth.ip-blocked", faultline.AtStatus()},
	456: {"limit.quota", faultline.AtStatus()},
	460: {"network.client-closed", faultline.AtStatus()},
	464: {"protocol.version", faultline.AtStatus()},
	497: {"tls.plain-http-to-https", faultline.Location{In: faultline.InTarget}},
	498: {"auth.token-expired", faultline.AtHeader("Authorization")},
	499: {"network.client-closed", faultline.AtStatus()},
	501: {"route.method-not-allowed", faultline.AtMethod()},
	502: {"gateway.bad-response", faultline.AtStatus()},
	503: {"server.unavailable", faultline.AtStatus()},
	504: {"gateway.upstream-timeout", faultline.AtStatus()},
	505: {"protocol.version", faultline.AtStatus()},
	508: {"redirect.loop", faultline.AtStatus()},
	511: {"gateway.proxy-auth", faultline.AtStatus()},
	520: {"gateway.bad-response", faultline.AtStatus()},
	521: {"gateway.upstream-refused", faultline.AtStatus()},
	522: {"gateway.upstream-timeout", faultline.AtStatus()},
	523: {"gateway.upstream-refused", faultline.AtStatus()},
	524: {"gateway.upstream-timeout", faultline.AtStatus()},
	525: {"gateway.upstream-tls", faultline.AtStatus()},
	526: {"gateway.upstream-tls", faultline.AtStatus()},
	527: {"gateway.bad-response", faultline.AtStatus()},
	530: {"gateway.upstream-dns", faultline.AtStatus()},
}

// bareIdentity: a credential that was sent was not taken, else none was sent.
func (c *Case) bareIdentity() (faultline.Slug, faultline.Location) {
	for _, cr := range c.credentials() {
		return "auth.invalid-credentials", cr.at
	}
	if c.noRequest() && c.challengedToken() {
		return "auth.invalid-credentials", faultline.AtHeader("Authorization")
	}
	return "auth.missing", c.credentialPlace()
}

// mostRefused is what a server refuses most often: of what the request has, that which the caller
// makes anew for each call. A body goes before a query, and a query before the path.
func (c *Case) mostRefused() (faultline.Slug, faultline.Location) {
	method := c.Exchange.Request.Method
	writes := method == "POST" || method == "PUT" || method == "PATCH"
	params := c.queryFields()
	for i := range params {
		if name := params[i].name(); name == "sid" && c.BodySays("session id") || len(name) > 2 && holdsWord(c.Said(), strings.ToLower(name)) {
			params = params[i : i+1]
			break
		}
	}
	switch {
	case c.body().format == brokenJSON:
		return "body.syntax", faultline.AtBody("", faultline.Span{})
	case c.body().format != noBody:
		return "body.value", faultline.AtBody("", faultline.Span{})
	case len(params) == 1:
		return "param.value", params[0].at()
	case len(params) > 1:
		return "param.value", faultline.AtQuery("")
	case writes:
		return "body.missing", faultline.AtBody("", faultline.Span{})
	}
	return "param.value", c.atPath()
}

func (c *Case) bareFinding(rule *Rule, at faultline.Location) faultline.Finding {
	m, _ := MeaningOf(c.Status())
	f := faultline.Finding{
		Cause:    rule.Cause,
		Strength: faultline.Possible,
		At:       at,
		Message:  fmt.Sprintf("the answer is %d and nothing in it says why; this is what it means most often", c.Status()),
		Brief:    fmt.Sprintf("%d, with no reason given", c.Status()),
		Expected: "an answer below 400",
		Found:    fmt.Sprintf("status %d", c.Status()),
		Evidence: append(meaningFacts(m), c.saidOnPage()...),
		Remedy:   faultline.Remedy{Text: "look at " + m.Look, Applicability: faultline.Guess},
		Notes:    []faultline.Note{{Label: "settle it", Text: "the server's log of this call: it mostly says what the answer leaves out"}},
		Retry:    "as sent it probably fails again",
		Rank:     symptom,
	}
	if c.Said() != "" {
		f.Message = fmt.Sprintf("the answer is %d, for a reason that no rule recognises in its words", c.Status())
		f.Brief = fmt.Sprintf("%d, reason not recognised", c.Status())
	}
	return f
}
