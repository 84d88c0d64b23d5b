package causes

import (
	"slices"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// A blame is a complaint of the server, tied to the place in the request that
// it is about.
type blame struct {
	complaint words.Complaint
	kind      words.Kind
	in        faultline.Part
	at        faultline.Location
	name      string    // of the field, as the request spells it or should
	field     *reqField // nil if the request has no such thing
	within    bool      // the field is a text of JSON, and the complaint is about a part of it
	again     bool      // the query has the parameter more than once
	sure      bool      // the server named the field, and the request bears it out
}

// mostBlames bounds the complaints that are tied to the request: each is held
// against every one before it.
const mostBlames = 100

// blames are the complaints about the request, each tied to its place. There
// are none when the answer speaks of something else: who is calling, what
// exists, how often.
func (c *Case) blames() []blame {
	return c.known.blames.get(func() []blame {
		if !c.speaksOfRequest() {
			return nil
		}
		var out []blame
		complaints := words.Read(c.ResponseBody())
		for _, complaint := range complaints[:min(len(complaints), mostBlames)] {
			if b, ok := c.tie(complaint); ok && !slices.ContainsFunc(out, b.same) {
				out = append(out, b)
			}
		}
		if b, ok := c.rpcBlame(); ok && len(out) == 0 {
			out = append(out, b)
		}
		return out
	})
}

func (b *blame) same(o blame) bool {
	return b.kind == o.kind && b.in == o.in && b.at.Pointer == o.at.Pointer && b.at.Name == o.at.Name
}

// speaksOfRequest tells by the status whether words about fields can be words
// about the request. A server that breaks while it reads a request says so
// with 500, so that counts; 401, 404, 409, 429 and the answers of gateways do not.
func (c *Case) speaksOfRequest() bool {
	switch status := c.Status(); {
	case status == 400, status == 406, status == 415, status == 422, status == 500:
		return !c.grantRefused()
	case status == 404:
		return c.BodySays("query parameter", "missing parameter", "missing required parameter", "query string parameter")
	case status == 403 || status == 428:
		return c.BodySays("header", "parameter", "field")
	case status >= 200 && status <= 299:
		return c.ErrorInside()
	}
	return false
}

// grantErrors are the errors of a token endpoint (RFC 6749, section 5.2, and the
// extensions) that are about client, grant or scope and not about a field.
var grantErrors = []string{
	"invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "unsupported_response_type", "invalid_scope", "access_denied",
	"interaction_required", "login_required", "consent_required", "invalid_target", "slow_down", "expired_token", "invalid_token", "redirect_uri_mismatch",
}

// grantRefused reports whether a token endpoint refused the grant.
func (c *Case) grantRefused() bool {
	code := c.answer().Get("error").Text()
	return code != "" && slices.Contains(grantErrors, code)
}

// blamed are the blames of one kind in one of the parts.
func (c *Case) blamed(kind words.Kind, parts ...faultline.Part) []blame {
	var out []blame
	for _, b := range c.blames() {
		if b.kind == kind && slices.Contains(parts, b.in) {
			out = append(out, b)
		}
	}
	return out
}
