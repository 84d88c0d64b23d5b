package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

func init() { register("state.business-rule", businessRule) }

var (
	// saysDeclined are the words of money: who pays, and with what.
	saysDeclined = topic("payment declined", "card was declined", "card declined", "card has been declined", "declined", "insufficient funds", "insufficient balance", "not enough balance",
		"not enough funds", "enough funds", "balance is too low", "balance too low", "low balance", "do not honor", "do not honour", "card has expired", "expired card", "security code is incorrect",
		"incorrect cvc", "payment failed", "payment was refused", "payment refused", "refused by the issuer", "transaction refused", "transaction declined",
		"exceeds your balance", "exceeds the available balance", "exceeds available balance", "credit limit exceeded", "stolen card", "lost card", "suspected fraud",
		"payer cannot pay", "instrument declined", "account has insufficient", "overdrawn", "negative balance", "authentication required ~ card", "3d secure")
	// saysRule are the words of a domain for what is well formed and allowed, and yet not to be done.
	saysRule = topic("rule of the domain", "out of stock", "not in stock", "insufficient stock", "insufficient inventory", "not enough inventory", "sold out", "no longer in stock", "not available in your",
		"minimum order", "minimum amount", "maximum amount", "exceeds the refundable", "exceeds the amount", "amount exceeds", "greater than the remaining", "greater than unrefunded",
		"not eligible", "ineligible", "is not refundable", "non-refundable", "not refundable", "coupon ~ expired", "coupon ~ not valid", "promo* ~ expired", "voucher ~ expired", "only once per customer",
		"per customer", "too late to", "too early to", "past the deadline", "deadline has passed", "outside business hours", "booking window", "no seats", "fully booked", "overbooked",
		"age restriction", "must be at least ~ years", "business rule", "policy violation", "violates policy", "unsubscribed recipient", "marked as inactive", "inactive recipient*", "inactive addresses", "suppression list", "suppressed", "on the suppression*", "hard bounce*", "bounced address*", "spam complaint*", "email address is not verified", "identities failed the check", "sender ~ not verified", "from address ~ not verified", "recipient ~ not verified", "domain ~ not verified", "not a verified sender", "verified sender identity", "in sandbox mode", "sandbox mode", "sandbox subdomains are for test purposes", "authorized recipients", "allowed list", "message blocked by", "market is closed", "market closed", "trading is halted", "position limit*", "open orders", "min notional", "lot size", "filter failure*", "would immediately trigger", "reduce only", "not a verified", "unverified ~ trial",
		"trial account", "trial accounts", "opted out", "blocked the bot", "recipient ~ rejected", "not deliverable", "undeliverable", "cannot message", "can't message", "outside the allowed window",
		"validation rule", "cannot refund", "can't refund", "cannot withdraw", "self transfer", "to yourself", "your own", "at least one ~ must remain", "last owner", "last admin*", "daily transfer limit",
		"purchase limit", "maximum quantity per order", "slot is no longer available")
)

// businessRule is for a refusal by the rules of the domain: the request is well
// formed and permitted, and what it asks for does not come about.
func businessRule(c *Case) []faultline.Finding {
	if !c.failedWith() {
		return nil
	}
	n, named := c.named("state.business-rule")
	if !named && (c.namedOther("state.business-rule") || !c.brokenRule()) {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtStatus(),
		Message:  "a rule of the domain forbids what the call asks for",
		Brief:    "a rule of the domain",
		Expected: "a call that the domain's rules allow",
		Found:    fmt.Sprintf("status %d", c.Status()),
		Remedy:   faultline.Remedy{Text: "tell the person who asked, in the words of the answer; nothing in the request's form is wrong", Applicability: faultline.Guess},
		Retry:    "as sent it fails until the circumstances change",
		Rank:     25,
	}
	if field, ok := c.quotedField(); ok && field.in == faultline.InBody {
		f.At = field.at()
		f.At.Span = c.placed(field.span)
	}
	if named {
		f.Strength = n.strength()
		f.At = c.placeMeant(&n, f.At)
		f.Evidence = append(f.Evidence, n.evidence())
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	if c.says(saysDeclined) {
		f.Message, f.Brief = "the payment was declined", "payment declined"
		f.Expected = "a payment that goes through"
		f.Remedy.Text = "ask for another means of payment, or for one with enough on it"
		f.Retry = "as sent it fails again; repeated tries may block the card"
	}
	return []faultline.Finding{f}
}

// brokenRule: 402 is about money unless an account is behind it; with other
// statuses words of the domain count where no field is complained of.
func (c *Case) brokenRule() bool {
	switch status := c.Status(); {
	case status == 402:
		return c.says(saysDeclined)
	case status < 300 && c.answer().Get("status").Text() == "REJECTED":
		return true // a payment, an order or a transfer that was taken and refused at once
	case status == 400 || status == 403 || status == 409 || status == 422 || status < 300:
		return c.says(saysDeclined, saysRule) && c.namesNothing()
	}
	return false
}
