package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("state.idempotency", stateIdempotency) }

var (
	saysIdempotency = topic("idempotency", "idempoten*", "x-request-id ~ already used", "request id ~ already used", "request id has already been used", "duplicate request id",
		"request-id ~ already been used", "client token ~ different", "duplicate request", "request has already been processed", "duplicate client token")
	saysKeyReused = topic("idempotency key reused", "same parameters", "different parameters", "different request", "different payload", "different body", "another request",
		"other parameters", "already used", "been used", "reused", "mismatch*", "does not match", "not match", "different arguments", "different content")
	saysKeyBusy   = topic("idempotency key in flight", "in progress", "in-progress", "in flight", "in use", "being processed", "still processing", "currently processing", "outstanding", "concurrent")
	saysKeyAbsent = topic("idempotency key wanted", "idempotency-key ~ required", "idempotency key ~ required", "idempotency-key ~ missing", "idempotency key ~ missing",
		"missing idempotency*", "requires an idempotency*", "idempotency-key header is", "no idempotency*", "must provide an idempotency*", "idempotency-key must", "without idempotency*")
)

// stateIdempotency is for the key that keeps a write from being done twice:
// used before with other parameters, still in flight, or absent
// (draft-ietf-httpapi-idempotency-key-header, section 2.7).
func stateIdempotency(c *Case) []faultline.Finding {
	if !c.failedWith() {
		return nil
	}
	n, named := c.named("state.idempotency")
	if !named && (!c.says(saysIdempotency) || c.namedOther("state.idempotency")) {
		return nil
	}
	at, sent := c.idempotencyKey()
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       at,
		Message:  "the server refuses the idempotency key",
		Brief:    "idempotency key refused",
		Expected: "a key of its own for each request",
		Found:    fmt.Sprintf("status %d", c.Status()),
		Remedy:   faultline.Remedy{Text: "make a new key for each new request, and repeat a request with its own key and the same bytes", Applicability: faultline.Guess},
		Retry:    "as sent it fails every time",
		Rank:     40,
	}
	if named {
		f.Strength = n.strength()
		if !sent {
			f.At = c.placeMeant(&n, f.At)
		}
		f.Evidence = append(f.Evidence, n.evidence())
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	switch {
	case !sent && c.says(saysKeyAbsent):
		f.Message, f.Brief, f.Found = "the server wants an idempotency key, and none was sent", "no idempotency key", "none"
		f.Remedy = faultline.Remedy{Text: "send a key that is made once for each request", Applicability: faultline.Template}
		if at.In == faultline.InHeader {
			f.Remedy.Patch = []faultline.Edit{{Op: "add", In: faultline.InHeader, Name: at.Name, Value: "<uuid>"}}
		}
	case c.says(saysKeyReused) && !c.says(saysKeyBusy):
		f.Message, f.Brief = "the idempotency key was used before, for a request with other parameters", "key of another request"
	case c.says(saysKeyBusy):
		f.Message, f.Brief = "a request with the same idempotency key has no answer yet", "same key in flight"
		f.Remedy.Text = "wait for the first request, then repeat it with the same key to get its answer"
		f.Retry = "safe after a pause, with the same key and the same bytes"
	}
	return []faultline.Finding{f}
}

// idempotencyFields are the names under which APIs take the key.
var idempotencyFields = []string{
	"Idempotency-Key", "X-Idempotency-Key", "PayPal-Request-Id", "X-Request-Id", "X-Idempotent-Key", "Idempotent-Key", "Request-Id", "X-Transaction-Id", "Repeatability-Request-Id",
	"X-GitHub-Idempotency-Key", "X-Amz-Client-Token", "Client-Request-Id",
}

// idempotencyParams are those of bodies and queries.
var idempotencyParams = []string{
	"idempotency_key", "idempotencyKey", "requestId", "request_id", "clientToken", "client_token", "ClientRequestToken", "clientRequestToken", "idempotencyToken", "CreatorRequestId",
	"client_request_id", "insertId", "nonce",
}

// idempotencyKey is where the key stands, else where it belongs.
func (c *Case) idempotencyKey() (at faultline.Location, sent bool) {
	for i, name := range idempotencyFields {
		if c.Exchange.Request.Header.Has(name) && (i < 3 || strings.Contains(fold(name), "idempot") || c.BodySays(strings.ToLower(name))) {
			return faultline.AtHeader(name), true
		}
	}
	for _, name := range idempotencyParams {
		if f := findHead(c.body().fields(), []string{name}); f != nil {
			return f.at(), true
		}
		for i, q := range c.queryFields() {
			if strings.EqualFold(q.name(), name) {
				return c.queryFields()[i].at(), true
			}
		}
	}
	if c.BodySays("idempotency_key") {
		return faultline.AtBody("/idempotency_key", faultline.Span{}), false
	}
	if c.BodySays("x-idempotency-key") {
		return faultline.AtHeader("X-Idempotency-Key"), false
	}
	return faultline.AtHeader("Idempotency-Key"), false
}
