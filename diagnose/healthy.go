package diagnose

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/signs"
)

// fits reports whether the exchange keeps the contract, as far as there is one
// and as far as it can be told from what was kept of the exchange.
func fits(ex *faultline.Exchange, api *contract.Contract, m *contract.Match) bool {
	if api == nil {
		return true
	}
	op := m.Operation
	if op == nil {
		return false
	}
	if !ex.Request.Body.Truncated && !op.ValidRequest(&ex.Request, m.Params) {
		return false
	}
	return ex.Response == nil || ex.Response.Body.Truncated || op.ValidResponse(ex.Response)
}

// Suspicious reports whether an exchange deserves a look although its status
// may speak of success: no answer, a status other than 2xx and 304, or a body
// with a sign of failure in it. It is cheap, looks at the first 64 KiB of the
// body at most, and errs on the side of looking. What was seen while the answer
// was held to a contract is not looked for again; the zero Look means nothing was.
func Suspicious(ex *faultline.Exchange, seen contract.Look) bool { return !plainlyHealthy(ex, seen) }

// plainlyHealthy reports whether a look from outside finds nothing: a success
// without a sign of failure in its body. What it lets pass no rule ever sees;
// what it does not is only looked at more closely.
func plainlyHealthy(ex *faultline.Exchange, seen contract.Look) bool {
	if ex.Failure != nil || ex.Response == nil {
		return false
	}
	switch status := ex.Response.Status; {
	case status == 304:
		return ex.Request.Method != "OPTIONS" // no preflight is answered so
	case status < 200 || status > 299:
		return false // redirects too: some lose the call, some lead to a login page
	}
	if !pageMayRead(ex) {
		return false
	}
	t := ex.Response.Header.Value("Content-Type")
	if causes.MayCarry(t) && (len(ex.Response.Body.Tail) > 0 || causes.CarriedBy(ex) != nil || causes.Unended(ex)) {
		return false
	}
	// A page where data was asked for is often a login page.
	if len(t) >= 9 && strings.EqualFold(t[:9], "text/html") {
		return false
	}
	if seen.Whole {
		return !seen.Fails // and it is the JSON that it claims to be
	}
	return !signs.In(ex.Response.Body.Bytes()) && !odd(ex)
}

// pageMayRead is a quick look at a call that a page of another origin may have
// made: its browser may keep the best of answers from it.
func pageMayRead(ex *faultline.Exchange) bool {
	r := &ex.Request
	origin, sent := r.Header.Get("Origin")
	if !sent {
		return true
	}
	if r.Method == "OPTIONS" {
		return false
	}
	allowed, once := only(ex.Response.Header, "Access-Control-Allow-Origin")
	if !r.Header.Has("Cookie") {
		return once && (allowed == "*" || allowed == origin)
	}
	credentials, onceToo := only(ex.Response.Header, "Access-Control-Allow-Credentials")
	return once && onceToo && allowed == origin && credentials == "true"
}

// only is the value of a field, and whether it is there exactly once.
func only(h faultline.Header, name string) (value string, once bool) {
	n := 0
	for i := range h {
		if h[i].Is(name) {
			value = h[i].Value
			n++
		}
	}
	return value, n == 1
}

// failed reports whether the call failed, whether or not we know why. A
// request that was never sent has not failed.
func failed(c *causes.Case) bool {
	return c.Exchange.Failure != nil || c.Status() >= 400 || c.ErrorInside() || causes.CarriedBy(c.Exchange) != nil
}

// partOfTheProtocol recognises answers that look like failures and are the
// next step of a protocol, or the answer that was asked for.
func partOfTheProtocol(c *causes.Case) bool {
	if len(c.Violations) > 0 || c.Exchange.Response == nil {
		return false
	}
	switch status := c.Status(); {
	case status == 404 || status == 410:
		// A question of yes or no: the contract promises this answer for no.
		return c.Match.Operation != nil && c.Match.Operation.AnswersByStatus(c.Exchange.Request.Method, status)
	case status == 400 || status == 428:
		// RFC 8628, section 3.5: the person has not finished yet; ask again.
		return c.BodySays("authorization_pending") || asksForNonce(c)
	case status == 401:
		return staleNonce(c) || asksForNonce(c) || midHandshake(c)
	}
	return false
}

// asksForNonce: RFC 9449, sections 8 and 9: the server hands out a nonce, and
// clients make their proof anew with it.
func asksForNonce(c *causes.Case) bool {
	return c.Exchange.Request.Header.Has("DPoP") && c.Exchange.Response.Header.Has("DPoP-Nonce") && (c.BodySays("use_dpop_nonce") || strings.Contains(c.Exchange.Response.Header.Value("WWW-Authenticate"), "use_dpop_nonce"))
}

// midHandshake: RFC 4559, section 5: a 401 that hands out a token in answer to
// one asks for the next step, which clients make by themselves.
func midHandshake(c *causes.Case) bool {
	sent, _, _ := strings.Cut(c.Exchange.Request.Header.Value("Authorization"), " ")
	for _, ch := range c.Challenges() {
		if ch.Token68 != "" && ch.Is(sent) && (ch.Is("NTLM") || ch.Is("Negotiate")) {
			return true
		}
	}
	return false
}

// staleNonce: RFC 7616, section 3.3: the nonce has run out, the password was
// right; clients repeat the call with the new nonce by themselves.
func staleNonce(c *causes.Case) bool {
	if credential, sent := c.Exchange.Request.Header.Get("Authorization"); !sent || !strings.HasPrefix(strings.ToLower(credential), "digest ") {
		return false
	}
	for _, challenge := range c.Exchange.Response.Header.Values("WWW-Authenticate") {
		low := strings.ReplaceAll(strings.ToLower(challenge), `"`, "")
		if strings.Contains(low, "digest ") && strings.Contains(low, "stale=true") {
			return true
		}
	}
	return false
}
