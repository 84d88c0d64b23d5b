package causes

import "github.com/faultline-http/faultline"

func init() { register("limit.quota", limitQuota) }

// limitQuota is for an allowance by day, month, plan or credit that is used up.
// A short wait does not help, and a client that repeats the call makes noise only.
func limitQuota(c *Case) []faultline.Finding {
	k := c.limited()
	if k.cause != "limit.quota" {
		return nil
	}
	f := c.limitBase(k, "the allowance of the account or plan is used up")
	f.Brief = "allowance used up"
	f.Expected = "an allowance with something left"
	f.Remedy = faultline.Remedy{Text: "stop until the allowance is renewed, or have it raised", Applicability: faultline.Guess, Steps: []faultline.Step{
		{Text: "look at the usage page of the service: which allowance is used up, and when it is renewed"},
		{Text: "raise the plan or the quota, or call less: cache answers, ask for more items at a time"},
	}}
	f.Retry = "fails until the allowance is renewed; a pause of seconds does not help"
	f.RuledOut = []faultline.Rival{{Slug: "limit.rate", Why: "the answer speaks of an allowance, not of a pace"}}
	if p, used := k.measured.usedUp(); used {
		f.Message = p.sentence()
		f.Found = "nothing left of " + p.amount()
	}
	if wait := k.measured.wait; wait > 0 {
		f.Brief = "renewed in " + span(wait)
		f.Notes = append(f.Notes, faultline.Note{Label: "wait", Text: span(wait) + " until the allowance is renewed"})
	}
	return []faultline.Finding{f}
}
