package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("auth.forbidden-role", forbiddenRole) }

var saysNotPermitted = topic("the caller may not", "permission*", "privilege*", "not allowed to", "is not allowed", "not permitted", "access denied", "access is denied", "forbidden", "not authorized to", "not authorised to",
	"is not authorized", "unauthorized to", "unauthorized operation", "action is unauthorized", "you are not authorized", "not authorized for", "not authorized on", "insufficient rights", "insufficient access", "no rights",
	"does not have access", "do not have access", "don't have access", "no access to", "must have admin", "admin rights", "admins only", "admin only", "administrator rights", "administrators only", "requires admin", "must be an admin*",
	"must be admin*", "must be the owner", "must be owner", "only the owner", "only owners", "only admin*", "owner only", "not the owner", "not an owner", "do not own", "don't own", "not a member", "must be a member", "not in channel",
	"required role", "requires role", "requires the role", "missing role", "lacks the role", "role ~ required", "role ~ not allowed", "role ~ cannot", "roles", "explicit deny", "denied by policy", "policy ~ denied", "blocked by policy",
	"authorization failed", "authorizationfailed", "authorization error", "rbac", "acl", "cannot ~ resource", "violates row-level security", "row level security", "not your", "belongs to another user", "read only access", "read-only access",
	"read-only user", "not enough permissions", "insufficient", "unauthorized user", "user is not permitted", "you cannot perform", "you can't perform", "not have the right", "has no rights", "restricted to")

// saysOtherRole is said of a role that the caller asks for and does not have, whatever the code beside it.
var saysOtherRole = topic("a role that the caller lacks", "role ~ not in allowed roles", "role is not allowed", "role ~ not permitted", "requested role")

// forbiddenRole is for callers who are known and may not do this: the role, the
// policy of the thing, or who owns it. The scopes of the token are another matter,
// and so is whether there is a credential at all.
func forbiddenRole(c *Case) []faultline.Finding {
	n, named := c.named("auth.forbidden-role")
	if !c.mayForbid(named) || !named && c.namedOther("auth.forbidden-role") && !c.says(saysOtherRole) {
		return nil
	}
	const another = saysExpired | saysForgery | saysClock | saysRevoked | saysEarly | saysForm
	if c.authSays()&another != 0 || c.limited().cause != "" {
		return nil
	}
	if t := c.hop().Tell; t != nil && !t.Vague && t.Cause != "" && t.Cause != "auth.forbidden-role" && !named {
		return nil // a gateway's own refusal
	}
	if (!named || n.Loose) && (c.authSays()&saysAbsent != 0 && len(c.credentials()) == 0 || c.authSays()&saysScope != 0) {
		return nil // it says why, and that is a cause of its own
	}
	f := faultline.Finding{
		Strength: faultline.Possible,
		At:       faultline.AtStatus(),
		Message:  "the caller is known, and may not do this",
		Brief:    "not permitted",
		Expected: "a caller whose role or whose policy on the thing allows the call",
		Found:    fmt.Sprintf("status %d", c.Status()),
		Remedy:   faultline.Remedy{Text: "have the role or the right granted to this caller, or call with an account that has it", Applicability: faultline.Guess},
		Retry:    "fails until somebody grants the right",
		Rank:     -5,
	}
	cr, sent := c.presented()
	if sent && !named {
		f.At = cr.at // what it may do is what is refused
	}
	if at, ok := c.forbiddenField(); ok {
		f.At = at
	}
	switch {
	case named && !n.Loose:
		f.Strength, f.Rank = faultline.Proven, 0
		f.At = c.placeMeant(&n, f.At)
	case named, c.says(saysNotPermitted) && sent:
		f.Strength = faultline.Likely
	case sent:
	default:
		f.Message, f.Brief = "the server forbids the call, and does not say why", "forbidden"
		f.Notes = []faultline.Note{{Label: "settle it", Text: "the same call with a credential: some servers forbid to strangers what they allow to who logs in"}}
	}
	if f.Strength == faultline.Possible && sent {
		f.Notes = []faultline.Note{{Label: "settle it", Text: "a call that this caller may certainly make: if that works, a right is missing here"}}
	}
	if named {
		f.Evidence = append(f.Evidence, n.evidence())
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return []faultline.Finding{f}
}

// forbiddenField is the field of the request that the refusal speaks of: where the call comes from, what
// makes it, or the role that it asks for.
func (c *Case) forbiddenField() (faultline.Location, bool) {
	h := c.Exchange.Request.Header
	for i := range h {
		low := strings.ToLower(h[i].Name)
		switch {
		case low == "origin" && c.BodySays("origin"), low == "referer" && c.BodySays("referer", "referrer"), low == "user-agent" && c.BodySays("user agent", "user-agent"),
			strings.HasSuffix(low, "-role") && c.BodySays(" role"):
			return faultline.AtHeader(h[i].Name), true
		}
	}
	return faultline.Location{}, false
}

// mayForbid: 403 says it (RFC 9110, section 15.5.4); with other statuses the words
// have to, and a credential has to be there that could be allowed something.
func (c *Case) mayForbid(named bool) bool {
	status := c.Status()
	switch {
	case c.Exchange.Response == nil, c.preflight(), c.unroutedGateway(), c.wantsToken():
		return false
	case status == 403:
		return true
	case status == 401 && len(c.credentials()) == 0:
		return false // a stranger, whatever the code says
	case status == 401:
		return named || len(c.credentials()) > 0 && c.authSays()&(saysRole|saysAbsent|saysScope|saysRefused) == saysRole
	case status == 400 || status == 404 || status == 405 || status == 422:
		return named
	}
	return status < 300 && c.ErrorInside() && (named || c.says(saysOtherRole) || c.says(saysNotPermitted) && c.namesNothing() && c.authSays()&(saysAbsent|saysLogin) == 0)
}
