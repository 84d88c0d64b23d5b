package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

func init() { register("auth.account-inactive", accountInactive) }

var (
	saysSuspended = topic("account not active", "account ~ suspended", "account ~ disabled", "account ~ deactivated", "account ~ inactive", "account ~ closed", "account ~ blocked", "account ~ locked",
		"account ~ banned", "account ~ terminated", "account ~ frozen", "account ~ not active", "account ~ not activated", "account ~ on hold", "account ~ restricted",
		"user ~ suspended", "user ~ disabled", "user ~ deactivated", "user ~ blocked", "user ~ inactive", "user ~ is not active", "user ~ locked", "user account has been",
		"suspended", "account inactive", "account disabled", "disabled account", "inactive account", "suspended account", "user is blocked", "user is disabled", "user has been blocked",
		"project ~ suspended", "project ~ disabled", "project ~ deleted", "project ~ paused", "project is paused", "project paused", "database is paused", "instance is paused", "paused due to inactivity", "organization ~ suspended", "organization ~ disabled", "organisation ~ suspended",
		"workspace ~ suspended", "workspace ~ disabled", "workspace ~ deactivated", "tenant ~ suspended", "tenant ~ disabled", "tenant ~ inactive", "tenant ~ deactivated", "shop ~ locked",
		"shop ~ frozen", "shop ~ unavailable", "unavailable shop", "store ~ unavailable", "store ~ frozen", "shop is temporarily", "subscription ~ expired", "subscription ~ inactive",
		"subscription ~ cancelled", "subscription ~ canceled", "subscription ~ suspended", "subscription ~ not active", "subscription ~ past due", "subscription ~ disabled",
		"no active subscription", "active subscription", "subscription required", "requires a subscription", "subscription is required", "trial ~ expired", "trial ~ ended", "trial period has",
		"license ~ expired", "licence ~ expired", "license ~ invalid", "no valid license", "unlicensed", "license required", "payment required to", "payment is overdue", "invoice ~ overdue", "unpaid invoice*",
		"outstanding balance", "past due", "billing ~ not enabled", "billing ~ disabled", "requires billing", "billing to be enabled", "enable billing", "billing account ~ closed",
		"has not been used in project ~ before", "api has not been used", "api ~ not enabled", "api is disabled", "api ~ is not activated", "it is disabled", "not enabled for this account", "service disabled",
		"api is not enabled", "api access ~ disabled", "api access is not enabled", "api access ~ not included", "not included in your plan", "not available on your plan", "not available on your current plan",
		"requires ~ plan", "upgrade to ~ plan", "upgrade your plan to", "feature ~ not enabled", "feature is not available", "feature not available", "consumer ~ suspended", "application ~ suspended",
		"application ~ disabled", "app ~ disabled", "app is disabled", "client ~ disabled", "key ~ suspended", "key ~ disabled", "api key ~ disabled", "access key ~ disabled", "key has been disabled",
		"key is inactive", "inactive key", "inactive api key", "deactivated", "has been banned", "you are banned", "not signed up", "not subscribed to", "is not subscribed", "opt in required",
		"account is not active", "verify your account", "pending verification", "account review", "account under review", "account needs to be", "terminated due to", "premium required", "premium account")
	saysAccount = topic("an account is spoken of", "account", "user", "subscription", "project", "organization", "organisation", "workspace", "tenant", "shop", "store", "billing", "plan", "license",
		"licence", "trial", "api", "key", "application", "app", "client", "service", "customer", "merchant", "consumer")
)

// accountInactive is for credentials that are known and belong to an account,
// a project or a shop that may not call at present: suspended, unpaid, closed, or
// with the API switched off. No change of the request helps.
func accountInactive(c *Case) []faultline.Finding {
	if c.Exchange.Response == nil || c.Status() < 400 && !c.ErrorInside() || c.preflight() {
		return nil
	}
	n, named := c.named("auth.account-inactive")
	if !named && (c.namedOther("auth.account-inactive") || !c.inactive() || c.says(saysUnknownKey)) || c.Status() == 410 {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtStatus(),
		Message:  "the account behind the credential may not call at present",
		Brief:    "account not active",
		Expected: "an account that is active, paid and has the API switched on",
		Found:    fmt.Sprintf("status %d", c.Status()),
		Remedy: faultline.Remedy{
			Text:          "have the account's owner look at its state: suspension, unpaid bill, plan, or an API that is not switched on",
			Applicability: faultline.Guess,
		},
		Retry: "fails until somebody mends the account",
		Rank:  35,
	}
	if cr, sent := c.authorization(); sent {
		f.At = cr.at
	} else if others := c.elsewhere(); len(others) > 0 {
		f.At = others[0].at
	}
	if named {
		f.Strength = n.strength()
		f.Evidence = append(f.Evidence, n.evidence())
	} else if c.atTokenEndpoint() && c.says(saysSuspended) {
		f.Strength = faultline.Proven // the grant was good: the account behind it is why it is refused
	} else if c.Status() == 402 && !c.says(saysSuspended) {
		f.Strength = faultline.Possible
		f.Notes = []faultline.Note{{Label: "settle it", Text: "the billing page of the service: whether a payment is due"}}
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return []faultline.Finding{f}
}

// saysUnknownKey: who calls the key invalid does not know it, whatever the advice behind it says of subscriptions (Azure API Management).
var saysUnknownKey = topic("the key is unknown", "invalid subscription key", "invalid api key", "provide a valid key")

func (c *Case) inactive() bool {
	switch status := c.Status(); {
	case status == 540:
		return c.says(saysSuspended) // Supabase: the project is paused
	case status == 402:
		return c.limited().cause == "" && !c.says(saysDeclined)
	case status == 400, status == 401, status == 403, status == 422, status == 423, status < 300:
		return c.says(saysSuspended) && c.says(saysAccount) && c.namesNothing() && !c.says(saysDeclined)
	}
	return false
}
