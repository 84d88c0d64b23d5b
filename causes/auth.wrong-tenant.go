package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("auth.wrong-tenant", wrongTenant) }

var saysOtherTenant = topic("another tenant", "tenant mismatch", "tenant ~ does not match", "tenant ~ mismatch", "wrong tenant", "different tenant", "another tenant", "other tenant", "invalid tenant", "tenant ~ not found", "tenant ~ does not exist",
	"unknown tenant", "from the wrong issuer", "organization mismatch", "different organization", "another organization", "wrong organization", "issued for organization", "issued for org", "belongs to a different", "belong to a different",
	"belongs to another account", "belongs to another organization", "belongs to another organisation", "another organisation", "different organisation", "belongs to another", "belongs to another workspace", "belongs to another project", "belong to another", "issued for another", "issued for a different account", "issued for tenant",
	"different account", "wrong account", "account mismatch", "different workspace", "wrong workspace", "workspace mismatch", "another workspace", "different project", "wrong project", "project mismatch", "another project",
	"different company", "does not belong to this", "does not belong to the", "does not belong to your", "doesn't belong to", "not belong to account", "exists in live mode", "exists in test mode", "test mode key ~ live", "live mode key ~ test",
	"test mode key was used", "live mode key was used", "test key ~ live", "live key ~ test", "made with test", "testmode ~ livemode", "livemode ~ testmode", "sandbox ~ production", "production ~ sandbox", "sandbox key", "sandbox credentials",
	"sandbox token", "wrong environment", "different environment", "environment mismatch", "not valid for this environment", "key is for ~ environment", "mismatched organization", "mismatched project", "wrong region ~ token", "different realm",
	"wrong realm", "realm mismatch", "does not exist in tenant", "not a guest", "added as an external user", "different instance", "wrong shop", "another shop", "different store", "wrong merchant", "different merchant", "sender id mismatch",
	"requested resource belongs to", "token ~ different site", "no access to this tenant", "no access to tenant", "not a member of this tenant", "client id and ~ token do not match", "token and client id do not match", "client id does not match", "client id mismatch", "does not match the client id", "key does not belong to", "token does not belong to", "invalid merchant account", "merchant account ~ not", "cross-tenant", "cross tenant", "cross-account", "select ~ tenant first")

// wrongTenant is for credentials of another tenant, account, workspace or mode
// than the thing that was asked for. The answer says so, or a claim of the token
// names another tenant than the address.
func wrongTenant(c *Case) []faultline.Finding {
	status := c.Status()
	if c.Exchange.Response == nil || c.preflight() || !(status >= 400 && status < 500 || c.ErrorInside()) || status == 429 {
		return nil
	}
	n, named := c.named("auth.wrong-tenant")
	told := named || c.says(saysOtherTenant) && !c.namedOther("auth.wrong-tenant", "resource.not-found") && c.authSays()&(saysAudience|saysSignature) == 0
	claim, asked := c.tenantsDiffer()
	if !told && (asked == "" || !(status == 401 || status == 403 || status == 404) || c.namedOther("auth.wrong-tenant")) {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       c.tenantPlace(),
		Message:  "the credential belongs to another tenant, account or mode than what was asked for",
		Brief:    "credential of another tenant",
		Expected: "a credential of the tenant that the call is about",
		Found:    fmt.Sprintf("status %d", status),
		Remedy:   faultline.Remedy{Text: "use the credential of the account, workspace and mode (test or live) in which the thing was made", Applicability: faultline.Guess},
		Retry:    "with this credential it fails every time",
		Rank:     40,
	}
	if named {
		f.Strength = n.strength()
		f.At = c.placeMeant(&n, f.At)
		f.Evidence = append(f.Evidence, n.evidence())
	}
	if asked != "" {
		f.Message = fmt.Sprintf("the token is of `%s`, and the call is about `%s`", short(claim), short(asked))
		f.Expected, f.Found = "a token of "+short(asked), "a token of "+short(claim)
		if !told {
			f.Strength, f.Rank = faultline.Possible, -5
			f.Notes = []faultline.Note{{Label: "settle it", Text: "the same call for the tenant of the token"}}
		}
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return []faultline.Finding{f}
}

// tenantPlace is where the credential stands; without one, what names the tenant.
func (c *Case) tenantPlace() faultline.Location {
	if at, ok := c.tenantNamed(); ok {
		return at
	}
	if cr, sent := c.presented(); sent {
		return cr.at
	}
	return c.atPath()
}

// tenantsDiffer compares the tenant of the token with the first label of the
// host: acme.example.com. Only where both look like names of the same sort is that a hint.
func (c *Case) tenantsDiffer() (claim, asked string) {
	t := c.readToken()
	if !t.isJWT {
		return "", ""
	}
	host, rest, _ := strings.Cut(withoutPort(strings.ToLower(c.Exchange.Request.Host)), ".")
	if strings.Count(rest, ".") < 1 {
		return "", ""
	}
	value := strings.ToLower(t.claims.Home)
	if value == "" || len(value) > 24 || idLike(value) || genericHost(host) || strings.Contains(host, value) || strings.Contains(value, host) {
		return "", ""
	}
	return value, host
}

// genericHost reports whether a first label names a service and no tenant.
func genericHost(label string) bool {
	switch label {
	case "api", "www", "app", "gateway", "auth", "sso", "graph", "rest", "dev", "staging", "test", "prod", "v1", "v2", "localhost", "internal", "public", "edge", "data", "admin", "gw", "services", "service", "backend", "platform", "cloud", "my":
		return true
	}
	return strings.HasPrefix(label, "api") || strings.HasSuffix(label, "-api") || idLike(label)
}

// tenantWords are names of fields that say for whom a call is made.
var tenantWords = []string{"client", "tenant", "account", "merchant", "organization", "organisation", "workspace", "project", "shop", "store", "company", "team", "site", "application", "app"}

// tenantNamed is the header field or the member of the body that says for whom the call is made, if the answer
// speaks of it by its name: "Client ID and OAuth token do not match", "Invalid Merchant Account".
func (c *Case) tenantNamed() (faultline.Location, bool) {
	said := c.Said()
	for _, h := range c.Exchange.Request.Header[:min(len(c.Exchange.Request.Header), maxMentioned)] {
		if strings.Contains(h.Name, "-") && saysTenantField(said, h.Name) {
			return faultline.AtHeader(h.Name), true
		}
	}
	fields := c.body().fields()
	for i := range fields[:min(len(fields), maxMentioned)] {
		if f := &fields[i]; f.kind == "string" && f.name() != "" && saysTenantField(said, f.name()) {
			at := f.at()
			at.Span = c.placed(f.span)
			return at, true
		}
	}
	return faultline.Location{}, false
}

func saysTenantField(said, name string) bool {
	spelt := strings.TrimPrefix(spelledOut(name), "x ")
	return len(spelt) > 3 && saysAny(spelt, tenantWords...) && !strings.Contains(spelt, "key") && !strings.Contains(spelt, "token") && (holdsWord(said, spelt) || holdsWord(said, strings.ToLower(name)))
}

// spelledOut writes a name as words: Client-Id, merchantAccount and shop_id become "client id", "merchant account", "shop id".
func spelledOut(name string) string {
	var out []byte
	for i := range len(name) {
		switch ch := name[i]; {
		case ch == '-' || ch == '_':
			out = append(out, ' ')
		case 'A' <= ch && ch <= 'Z':
			if i > 0 && 'a' <= name[i-1] && name[i-1] <= 'z' {
				out = append(out, ' ')
			}
			out = append(out, ch|0x20)
		default:
			out = append(out, ch)
		}
	}
	return string(out)
}
