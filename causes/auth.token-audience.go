package causes

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/jwt"
)

func init() { register("auth.token-audience", tokenAudience) }

// tokenAudience is for tokens that are good and meant for somebody else: another
// API, the client itself (ID tokens), the token endpoint (refresh tokens).
func tokenAudience(c *Case) []faultline.Finding {
	if c.atTokenEndpoint() || !c.refusesToken(saysAudience|saysKind) {
		return nil
	}
	cr, sent := c.bearer()
	if !sent {
		return nil
	}
	t, says := c.readToken(), c.authSays()
	if !t.isJWT {
		if says&saysAudience == 0 {
			return nil
		}
		f := c.audienceFinding(&cr, nil, faultline.Likely, "the server says that the token is for another audience")
		return []faultline.Finding{f}
	}
	if f, ok := c.otherKind(t); ok {
		return []faultline.Finding{f}
	}
	want, asked := c.audienceAsked()
	switch named := says&saysAudience != 0; {
	case named && want != "" && !slices.Contains(t.claims.Audience, want):
		return []faultline.Finding{c.audienceFinding(t.of(), &t.claims, faultline.Proven, audienceMessage(&t.claims, want), want)}
	case named:
		return []faultline.Finding{c.audienceFinding(t.of(), &t.claims, faultline.Likely, audienceMessage(&t.claims, ""), want)}
	case c.Status() != 401 || says&(saysScheme|saysForm|saysAbsent|saysSignature|saysIssuer|saysRevoked) != 0:
		return nil
	case asked && want != "" && len(t.claims.Audience) > 0 && !slices.Contains(t.claims.Audience, want):
		return []faultline.Finding{c.audienceFinding(t.of(), &t.claims, faultline.Likely, audienceMessage(&t.claims, want), want)}
	case says&^saysLogin == 0 && c.audienceElsewhere(&t.claims):
		f := c.audienceFinding(t.of(), &t.claims, faultline.Possible, "the token was issued for "+audienceWords(&t.claims)+", and this is `"+short(c.Exchange.Request.Host)+"`")
		f.Notes = []faultline.Note{{Label: "settle it", Text: "compare `aud` of the token with the audience that the server is configured to accept"}}
		return []faultline.Finding{f}
	}
	return nil
}

func (t *tokenRead) of() *credential { return &t.cr }

// otherKind recognises ID tokens and refresh tokens that are sent as access
// tokens: resource servers refuse them, some with other words than these.
func (c *Case) otherKind(t *tokenRead) (faultline.Finding, bool) {
	says := c.authSays()
	what, why := "", ""
	switch t.claims.Kind {
	case jwt.ID:
		what, why = "an ID token", "an ID token tells the client who signed in; it is not for APIs"
	case jwt.Refresh:
		what, why = "a refresh token", "a refresh token is for the token endpoint alone"
	default:
		if says&saysKind == 0 {
			return faultline.Finding{}, false
		}
		return c.audienceFinding(&t.cr, &t.claims, faultline.Likely, "the server wants a token of another kind"), true
	}
	s := faultline.Likely
	if says&saysKind != 0 {
		s = faultline.Proven
	}
	if c.Status() == 403 && says&(saysKind|saysAudience) == 0 || says&(saysExpired|saysEarly|saysSignature|saysIssuer|saysRevoked|saysScope|saysRole) != 0 {
		return faultline.Finding{}, false
	}
	f := c.audienceFinding(&t.cr, &t.claims, s, what+" was sent where an access token is wanted")
	f.Found = what + " for " + audienceWords(&t.claims)
	f.Expected = "an access token"
	f.Remedy.Text = "send `access_token` of the token answer, not `" + strings.ReplaceAll(what[strings.Index(what, " ")+1:], " ", "_") + "`"
	f.Remedy.Text = strings.ReplaceAll(f.Remedy.Text, "ID_token", "id_token")
	f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: why})
	return f, true
}

// audienceAsked is the audience that the API wants, as the contract, the given
// keys or the server's words tell it.
func (c *Case) audienceAsked() (want string, known bool) {
	if want = c.wantedAudience(); want != "" {
		return want, true
	}
	if want = c.quoted("expected:", "expected audience", "valid audience:", "validaudience:", "expected one of", "expected \"aud\"", "expected"); want != "" {
		return want, false
	}
	return "", false
}

// audienceElsewhere reports whether every audience of the token names another
// site than the one that was called: an address, or a service known by name.
func (c *Case) audienceElsewhere(claims *jwt.Claims) bool {
	host := strings.ToLower(withoutPort(c.Exchange.Request.Host))
	if len(claims.Audience) == 0 || host == "" {
		return false
	}
	for _, aud := range claims.Audience {
		there := hostOf(aud)
		if service := wellKnownAudiences[aud]; service != "" {
			there = service
		}
		if there == "" || sameSite(there, host) {
			return false
		}
	}
	return true
}

// wellKnownAudiences are identifiers that name a service without its address.
var wellKnownAudiences = map[string]string{
	"00000003-0000-0000-c000-000000000000": "graph.microsoft.com",
	"00000002-0000-0000-c000-000000000000": "graph.windows.net",
	"797f4846-ba00-4fd7-ba43-dac1f8f63013": "management.azure.com",
	"00000003-0000-0ff1-ce00-000000000000": "sharepoint.com",
	"00000002-0000-0ff1-ce00-000000000000": "outlook.office.com",
	"499b84ac-1321-427f-aa17-267ca6975798": "dev.azure.com",
	"2ff814a6-3304-4ab8-85cb-cd0e6f879c1d": "azuredatabricks.net",
	"cfa8b339-82a2-471a-a3c9-0fc0be7a4093": "vault.azure.net",
	"e406a681-f3d4-42a8-90b6-c2b029497af1": "storage.azure.com",
}

func audienceWords(claims *jwt.Claims) string {
	if len(claims.Audience) == 0 {
		return "nobody: it has no aud"
	}
	return "`" + short(strings.Join(claims.Audience, "`, `")) + "`"
}

func audienceMessage(claims *jwt.Claims, want string) string {
	switch {
	case len(claims.Audience) == 0 && want == "":
		return "the token has no `aud`, and the server wants one"
	case len(claims.Audience) == 0:
		return "the token has no `aud`, and the server wants `" + short(want) + "`"
	case want == "":
		return "the token was issued for " + audienceWords(claims) + ", which is not this API"
	case slices.ContainsFunc(claims.Audience, func(aud string) bool { return strings.TrimSuffix(aud, "/") == strings.TrimSuffix(want, "/") }):
		return "`aud` of the token and the audience of the API differ by a slash at the end"
	case slices.ContainsFunc(claims.Audience, func(aud string) bool { return strings.EqualFold(aud, want) }):
		return "`aud` of the token and the audience of the API differ in case"
	case slices.ContainsFunc(claims.Audience, func(aud string) bool { return strings.TrimPrefix(aud, "api://") == strings.TrimPrefix(want, "api://") }):
		return "`aud` of the token and the audience of the API differ by the prefix `api://`"
	}
	return "the token was issued for " + audienceWords(claims) + ", and the API wants `" + short(want) + "`"
}

func (c *Case) audienceFinding(cr *credential, claims *jwt.Claims, s faultline.Strength, message string, want ...string) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       cr.at,
		Message:  message,
		Brief:    "for another audience",
		Expected: "a token for this API",
		Found:    cr.describe(),
		Remedy: faultline.Remedy{Text: "ask the token endpoint for a token for this API", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "ask the token endpoint for a token for this API: `audience`, `resource` or the API's own scope, as the issuer names it"},
			{Text: "keep one token for each API"},
		}},
		Retry: "the same token will fail every time",
		Rank:  18,
	}
	if len(want) > 0 && want[0] != "" {
		f.Expected = "a token with aud " + short(want[0])
	}
	if claims == nil {
		f.Evidence = append([]faultline.Evidence{excerpt(cr, "")}, c.serverWords()...)
		return f
	}
	f.Found = "a token for " + audienceWords(claims)
	if len(claims.Audience) > 0 {
		f.Brief = "for `" + short(claims.Audience[0]) + "`"
		f.Evidence = []faultline.Evidence{claimShown(cr, claims, "aud", strings.Join(claims.Audience, " "), "who it was issued for")}
	} else {
		f.Evidence = []faultline.Evidence{excerpt(cr, "no aud")}
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return f
}
