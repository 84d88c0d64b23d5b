package guard

import (
	"net/http"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

// Denied is the refusal for a client that the access rules of the front keep
// out. Its address goes into the record and not into the answer: the client
// knows it, and others need not.
func (c *Call) Denied() *Refusal {
	r := c.Refuse(http.StatusForbidden, "The client's address is not let in", "the access rules of this gateway do not let the client's address in")
	f := faultline.Finding{
		Cause:    faultline.Cause{Slug: "auth.ip-blocked", Party: faultline.Client, Title: "The client's address is not let in"},
		Strength: faultline.Proven,
		At:       faultline.AtConnection(),
		Message:  "the access rules of this gateway do not let the client's address in",
		Remedy:   faultline.Remedy{Text: "call from an address that is let in, or have this one added to `access.allow`", Applicability: faultline.Guess},
		Retry:    "as sent it fails every time from this address",
	}
	if rule, ok := causes.Lookup(f.Cause.Slug); ok {
		f.Cause = rule.Cause
	}
	c.denied = true
	c.d.Findings = []faultline.Finding{f}
	c.d.Fingerprint = c.fingerprint(&f)
	return r
}
