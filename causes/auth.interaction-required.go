package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("auth.interaction-required", interactionRequired) }

var saysActFirst = topic("a person has to act first", "link button not pressed", "button ~ not pressed", "button not pressed", "press the ~ button", "interaction required", "interaction_required", "consent required", "has not consented", "not consented to", "user consent", "admin consent", "requires consent",
	"saml enforcement", "saml sso", "single sign-on", "single sign on", "sso required", "sso enforcement", "sso authentication is required", "authorize ~ sso", "multi-factor authentication", "multifactor authentication",
	"mfa required", "mfa is required", "mfa enrollment", "requires mfa", "must enable mfa", "two-factor authentication", "two factor authentication", "two-step verification", "2fa required", "2fa is required", "must enable two",
	"otp required", "one-time password required", "one time password", "otp is required", "verification code required", "otp ~ required", "account is not fully set up", "account not fully set up", "required actions",
	"verify your email", "email not verified", "email is not verified", "email address is not verified", "email ~ not verified", "email ~ not confirmed", "confirm your email", "unverified email", "verify your phone",
	"phone ~ not verified", "verify your identity", "accept the terms", "terms of service ~ accept*", "terms ~ not been accepted", "must accept", "accept the new terms", "license agreement ~ accept*",
	"password ~ expired", "password expired", "must change your password", "change your password", "password change required", "password reset required", "reset your password", "password must be changed",
	"re-authenticate", "reauthenticate", "reauthentication", "recent login", "requires recent", "step-up", "step up authentication", "higher authentication", "insufficient user authentication", "insufficient claims",
	"claims challenge", "login challenge", "conditional access", "complete the captcha ~ login", "device ~ not trusted", "confirm this device", "approve this device", "account verification required",
	"user is not confirmed", "user not confirmed", "account is not confirmed", "account not confirmed", "account is not activated", "account has not been activated", "account not activated", "activate your account", "account is not verified", "account not verified", "confirm your account", "registration is not complete", "new password required", "must set a new password", "needs to be reconnected", "item login required", "authorize this application", "has not authorized", "not yet approved the app")

// interactionRequired is for credentials that are good once a person has done
// something: a second factor, single sign-on, consent, a new password, terms. No program can do it alone.
func interactionRequired(c *Case) []faultline.Finding {
	status := c.Status()
	if c.Exchange.Response == nil || c.preflight() || !(status == 400 || status == 401 || status == 403 || status == 422 || c.ErrorInside()) {
		return nil
	}
	if t := c.hop().Tell; t != nil && t.Cause.Family() == "security" {
		return nil // a challenge for browsers
	}
	n, named := c.named("auth.interaction-required")
	fields := c.fieldsAskPerson()
	if !named && fields == "" && (c.namedOther("auth.interaction-required") || !c.says(saysActFirst) || !c.namesNothing()) {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtStatus(),
		Message:  "a person has to act before this credential may be used",
		Brief:    "a person has to act",
		Expected: "a credential for which nothing is left to do",
		Found:    fmt.Sprintf("status %d", status),
		Remedy:   faultline.Remedy{Text: "send the person through the login in a browser, so that the server can ask for what it wants", Applicability: faultline.Guess},
		Retry:    "fails until the person has acted",
		Rank:     45,
	}
	if cr, sent := c.presented(); sent {
		f.At = cr.at
	}
	if named {
		f.Strength = n.strength()
		f.At = n.place(f.At)
		f.Evidence = append(f.Evidence, n.evidence())
	}
	if fields != "" {
		f.Strength = faultline.Proven
		switch {
		case strings.HasPrefix(fields, "X-GitHub-OTP"):
			f.At = faultline.AtHeader("X-GitHub-OTP") // where the password of the moment goes
		case fields == asksOTP:
			f.At = faultline.AtHeader("npm-otp")
		}
		f.Evidence = append(f.Evidence, said(fields))
	}
	if scope := findHead(c.body().fields(), []string{"scope"}); scope != nil && c.says(saysConsent) {
		f.At = scope.at()
		f.Remedy.Text = "ask the person, or an administrator, for consent: an authorisation request with `prompt=consent`"
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return []faultline.Finding{f}
}

var saysConsent = topic("consent", "consent", "consented")

// fieldsAskPerson are header fields that ask for a person: GitHub's, and the
// challenges of RFC 9470 and of Microsoft's continuous access evaluation.
func (c *Case) fieldsAskPerson() string {
	h := c.Exchange.Response.Header
	for _, name := range []string{"X-GitHub-SSO", "X-GitHub-OTP"} {
		if v := h.Value(name); len(v) >= 8 && v[:8] == "required" {
			return name + ": required"
		}
	}
	for _, ch := range c.Challenges() {
		if fold(ch.Scheme) == "otp" {
			return asksOTP
		}
		for _, p := range ch.Params {
			if p.Name == "error" && (p.Value == "insufficient_user_authentication" || p.Value == "insufficient_claims" || p.Value == "interaction_required") {
				return "WWW-Authenticate: " + short(ch.Scheme) + " error=" + short(p.Value)
			}
		}
	}
	return ""
}

// asksOTP is the challenge of npm's registry for a one-time password.
const asksOTP = "WWW-Authenticate: OTP"
