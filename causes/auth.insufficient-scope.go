package causes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("auth.insufficient-scope", insufficientScope) }

// insufficientScope compares what the credential may do with what the call
// needs: scopes of the token, of the contract, of the challenge (RFC 6750,
// section 3.1) and of the fields and words with which servers tell them.
func insufficientScope(c *Case) []faultline.Finding {
	if !c.refusesRights() || c.atTokenEndpoint() {
		return nil
	}
	cr, sent := c.presented()
	if !sent && c.noRequest() && c.authSays()&saysScope != 0 {
		cr.at, sent = faultline.AtHeader("Authorization"), true // who lacks a scope sent something that has scopes
	}
	if !sent {
		return nil
	}
	says, s := c.authSays(), c.scopes()
	switch short := s.short(); {
	case says&(saysExpired|saysEarly|saysForgery|saysRevoked|saysAbsent) != 0:
		return nil
	case s.challenged:
		return []faultline.Finding{c.scopeFinding(&cr, &s, faultline.Proven)}
	case says&saysScope != 0 && short && s.named:
		return []faultline.Finding{c.scopeFinding(&cr, &s, faultline.Proven)}
	case says&saysScope != 0:
		return []faultline.Finding{c.scopeFinding(&cr, &s, faultline.Likely)}
	case c.Status() == 403 && c.says(topicRightsUnnamed):
		f := c.scopeFinding(&cr, &s, faultline.Possible)
		f.Message, f.Notes = "the server refuses the credential here: it may lack the permission for this call", []faultline.Note{
			{Label: "settle it", Text: "make a call that the credential certainly may do: if that works, a permission is missing; if not, the credential is wrong"},
		}
		return []faultline.Finding{f}
	case short && s.byFields, short && c.Status() == 403 && says&^saysRole == 0:
		return []faultline.Finding{c.scopeFinding(&cr, &s, faultline.Likely)}
	}
	return nil
}

// topicRightsUnnamed are refusals with 403 that blame the credential although it
// is known: Cloudflare's API says so of tokens without the permission.
var topicRightsUnnamed = topic("rights not named", "authentication error", "unauthorized to access requested resource")

// refusesRights reports whether the answer may be about what a credential may
// do: some hide with 404 what it may not see.
func (c *Case) refusesRights() bool {
	if c.Exchange.Response == nil || c.preflight() {
		return false
	}
	switch status := c.Status(); {
	case status == 401, status == 403:
		return true
	case status == 404:
		return c.Exchange.Response.Header.Has("X-Accepted-OAuth-Scopes")
	case status == 400:
		return c.authSays()&saysScope != 0 && c.says(topicToken)
	}
	return c.ErrorInside() && c.authSays()&saysScope != 0
}

// scopes are what a credential may do and what the call needs.
type scopes struct {
	held, needed []string
	known        bool // held is known, if empty
	anyOf        bool // one of needed is enough
	challenged   bool // the server said insufficient_scope in its challenge
	named        bool // needed comes from the server
	byFields     bool // both come from fields of the answer
	from         string
}

func (c *Case) scopes() scopes {
	var s scopes
	if t := c.readToken(); t.isJWT && t.claims.Granted {
		s.held, s.known = t.claims.Scopes, true
	}
	h := c.Exchange.Response.Header
	if list, ok := h.Get("X-OAuth-Scopes"); ok {
		s.held, s.known = listed(list), true
	}
	if list := listed(h.Value("X-Accepted-OAuth-Scopes")); len(list) > 0 {
		s.needed, s.anyOf, s.named, s.byFields, s.from = list, true, true, h.Has("X-OAuth-Scopes"), "X-Accepted-OAuth-Scopes"
		return s
	}
	if list := listed(strings.ReplaceAll(h.Value("X-Accepted-GitHub-Permissions"), ";", ",")); len(list) > 0 {
		s.needed, s.named, s.from = list, true, "X-Accepted-GitHub-Permissions"
		return s
	}
	for _, ch := range c.Challenges() {
		if strings.EqualFold(ch.Get("error"), "insufficient_scope") {
			s.challenged, s.named, s.from = true, true, "WWW-Authenticate"
			s.needed = listed(ch.Get("scope"))
			return s
		}
	}
	if c.scopesInWords(&s); len(s.needed) == 0 {
		s.needed, s.from = c.scopesOfContract(), "contract"
	}
	return s
}

// scopesInWords reads lists that bodies have members for (needed and provided:
// Slack; required_scope: Dropbox) and names that stand behind the word.
func (c *Case) scopesInWords(s *scopes) {
	body := c.answer()
	for _, name := range []string{"needed", "required_scope", "required_scopes", "requiredScopes", "scope", "requiredAccess"} {
		n := body.Get(name)
		if n == nil {
			n = body.Get("error").Get(name)
		}
		if list := listed(n.Text()); len(list) > 0 && len(s.needed) == 0 {
			s.needed, s.named, s.from = list, true, name
		}
	}
	if list := listed(body.Get("provided").Text()); len(list) > 0 {
		s.held, s.known = list, true
	}
	if len(s.needed) > 0 || !c.says(topicScope) {
		return
	}
	if one := c.quoted("any of:", "required access:", "scopes:", "scope:", "required scope", "missing scope", "required scopes", "approval for ", "scope ", "scopes "); one != "" && len(one) < 100 {
		s.needed, s.named, s.from = []string{one}, true, "server"
	}
}

func (c *Case) scopesOfContract() []string {
	if c.Match.Operation == nil {
		return nil
	}
	for _, set := range c.Match.Operation.Security() {
		for _, scheme := range set {
			if len(scheme.Scopes) > 0 {
				return scheme.Scopes
			}
		}
	}
	return nil
}

// mostScopes bounds a list that is read from the wire.
const mostScopes = 100

// listed splits a list of scopes: spaces (RFC 6749, section 3.3) or commas.
func listed(text string) []string {
	var out []string
	for one := range strings.FieldsFuncSeq(text[:min(len(text), 4<<10)], func(r rune) bool { return r == ' ' || r == ',' || r == '\n' }) {
		if len(out) < mostScopes && len(one) < 200 {
			out = append(out, one)
		}
	}
	return out
}

// missing are the scopes that are needed and not held.
func (s *scopes) missing() []string {
	var out []string
	for _, need := range s.needed {
		if !slices.ContainsFunc(s.held, func(held string) bool { return covers(held, need) }) {
			out = append(out, need)
		}
	}
	if s.anyOf && len(out) < len(s.needed) {
		return nil
	}
	return out
}

// short reports whether the scopes are known not to suffice.
func (s *scopes) short() bool { return s.known && len(s.needed) > 0 && len(s.missing()) > 0 }

// covers reports whether one scope includes another: the same one, a wider one
// that ends in a star, or repo for public_repo and admin:org for read:org as on
// GitHub.
func covers(held, need string) bool {
	if held == need || strings.HasSuffix(held, "*") && strings.HasPrefix(need, strings.TrimSuffix(held, "*")) {
		return true
	}
	if held == "repo" && (need == "public_repo" || strings.HasPrefix(need, "repo:")) {
		return true
	}
	wide, a, _ := strings.Cut(held, ":")
	narrow, b, _ := strings.Cut(need, ":")
	return a != "" && a == b && (wide == "admin" && (narrow == "write" || narrow == "read") || wide == "write" && narrow == "read") || a == "" && held != "" && held == narrow && b != ""
}

func (c *Case) scopeFinding(cr *credential, s *scopes, strength faultline.Strength) faultline.Finding {
	missing := s.missing()
	f := faultline.Finding{
		Strength: strength,
		At:       cr.at,
		Message:  "the credential is accepted, and its scopes do not cover the call",
		Brief:    "scope is missing",
		Expected: "a credential with the scope for this call",
		Found:    cr.describe(),
		Remedy: faultline.Remedy{Text: "ask for the scope when the token is requested, have it granted, and fetch a new token", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "ask for the scope when the token is requested; a person or an administrator may have to agree anew"},
			{Text: "fetch a new token: those issued before keep the scopes that they have"},
		}},
		Retry: "the same credential will fail every time",
		Rank:  18,
	}
	if cr.text == "" {
		f.Found = "" // it was not shown
	}
	if len(missing) > 0 {
		names := "`" + short(strings.Join(missing, "`, `")) + "`"
		f.Expected = "scope " + short(strings.Join(s.needed, " "))
		f.Brief = "scope " + names + " is missing"
		switch {
		case s.anyOf && len(s.needed) > 1:
			f.Message = "the call needs one of the scopes " + names + ", and the credential has none of them"
		case s.known:
			f.Message = "the credential lacks the scope " + names
		default:
			f.Message = "the call needs the scope " + names
		}
		f.Remedy.Steps[0].Text = "ask for " + names + " when the token is requested; a person or an administrator may have to agree anew"
	}
	if s.known {
		f.Found = "a credential with " + heldWords(s.held)
	}
	f.Evidence = c.scopeEvidence(cr, s)
	return f
}

func heldWords(held []string) string {
	if len(held) == 0 {
		return "no scope at all"
	}
	return "the scopes " + short(strings.Join(held, " "))
}

func (c *Case) scopeEvidence(cr *credential, s *scopes) []faultline.Evidence {
	shown := faultline.Evidence{Kind: faultline.Excerpt, Title: "scopes"}
	if s.known {
		shown.Lines = append(shown.Lines, faultline.Line{Text: "held   " + short(strings.Join(s.held, " "))})
	}
	if len(s.needed) > 0 {
		line := faultline.Line{Text: "needed " + short(strings.Join(s.needed, " ")), Note: fmt.Sprintf("from %s", s.from)}
		if missing := s.missing(); s.known && len(missing) > 0 {
			if at := strings.Index(line.Text, missing[0]); at >= 0 {
				line.Span = faultline.Span{Start: at, End: at + len(missing[0])}
			}
		}
		shown.Lines = append(shown.Lines, line)
	}
	if len(shown.Lines) == 0 && cr.text == "" {
		return c.serverWords()
	}
	if len(shown.Lines) == 0 {
		return append([]faultline.Evidence{excerpt(cr, "")}, c.serverWords()...)
	}
	return append([]faultline.Evidence{shown}, c.serverWords()...)
}
