package causes

import (
	"net/url"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/jwt"
)

func init() { register("auth.token-issuer", tokenIssuer) }

// tokenIssuer is for tokens of an issuer that the server does not trust. The
// server's words, the contract or the given configuration name the right one.
func tokenIssuer(c *Case) []faultline.Finding {
	if c.atTokenEndpoint() || !c.refusesToken(saysIssuer) && !c.unsentWithKeys() {
		return nil
	}
	t, says := c.readToken(), c.authSays()
	if t.cr.text == "" {
		return nil
	}
	named := says&saysIssuer != 0
	if !t.isJWT {
		if !named {
			return nil
		}
		return []faultline.Finding{c.issuerFinding(t, faultline.Likely, "the server does not trust the issuer of the token", "")}
	}
	want := c.issuerAsked()
	switch differs := want != "" && want != t.claims.Issuer; {
	case named && says&saysAudience != 0 && !differs:
		return nil // "audience or issuer": the other rule sees more
	case named && differs:
		return []faultline.Finding{c.issuerFinding(t, faultline.Proven, issuerMessage(&t.claims, want), want)}
	case named:
		return []faultline.Finding{c.issuerFinding(t, faultline.Likely, issuerMessage(&t.claims, ""), "")}
	case differs && c.Unsent():
		return []faultline.Finding{c.issuerFinding(t, faultline.Proven, issuerMessage(&t.claims, want), want)}
	case differs && c.Status() == 401 && says&^(saysLogin|saysRefused|saysSignature) == 0:
		return []faultline.Finding{c.issuerFinding(t, faultline.Likely, issuerMessage(&t.claims, want), want)}
	}
	return nil
}

// issuerAsked is the issuer that the API trusts, as far as it is known.
func (c *Case) issuerAsked() string {
	if c.Keys != nil && c.Keys.Name != "" {
		return c.Keys.Name
	}
	if c.Match.Operation != nil {
		for _, set := range c.Match.Operation.Security() {
			for _, scheme := range set {
				if scheme.Issuer != "" {
					return scheme.Issuer
				}
			}
		}
	}
	if !c.says(topicIssuer) {
		return ""
	}
	return c.quoted("issuer invalid. expected:", "iss claim to be:", "validissuer:", "must be", "expected issuer", "different provider, expected", "expected one of", "expected")
}

func issuerMessage(claims *jwt.Claims, want string) string {
	have := claims.Issuer
	switch {
	case have == "" && want == "":
		return "the token has no `iss`, and the server wants one"
	case have == "":
		return "the token has no `iss`, and the server trusts `" + short(want) + "`"
	case want == "":
		return "the server does not trust the issuer `" + short(have) + "`"
	}
	if how := differenceOfIssuers(have, want); how != "" {
		return how
	}
	return "the token comes from `" + short(have) + "`, and the server trusts `" + short(want) + "`"
}

// differenceOfIssuers names the usual near misses. Issuers are compared byte by
// byte (OpenID Connect Core, section 2).
func differenceOfIssuers(have, want string) string {
	if strings.TrimSuffix(have, "/") == strings.TrimSuffix(want, "/") {
		return "`iss` of the token and the issuer that the server trusts differ by a slash at the end"
	}
	a, errA := url.Parse(have)
	b, errB := url.Parse(want)
	if errA != nil || errB != nil || a.Host == "" || b.Host == "" {
		return ""
	}
	switch {
	case entra(a.Host) && entra(b.Host) && tenantIn(a) != tenantIn(b):
		return "the token was issued by the tenant `" + short(tenantIn(a)) + "`, and the server trusts the tenant `" + short(tenantIn(b)) + "`"
	case entra(a.Host) && entra(b.Host):
		return "the token was issued by the v" + entraVersion(a) + " endpoint, and the server trusts the v" + entraVersion(b) + " endpoint"
	case a.Host == b.Host && a.Path == b.Path:
		return "`iss` of the token begins with `" + a.Scheme + "`, and the issuer that the server trusts with `" + b.Scheme + "`"
	case a.Host == b.Host && (a.Path == "/auth"+b.Path || "/auth"+a.Path == b.Path):
		return "`iss` of the token and the issuer that the server trusts differ by the path `/auth`"
	case a.Host == b.Host && strings.HasPrefix(a.Path, "/realms/") && strings.HasPrefix(b.Path, "/realms/"):
		return "the token was issued by the realm `" + short(a.Path[len("/realms/"):]) + "`, and the server trusts the realm `" + short(b.Path[len("/realms/"):]) + "`"
	case a.Path == b.Path && local(a.Hostname()) != local(b.Hostname()):
		return "the token was issued under the name `" + short(a.Host) + "`, and the server knows the issuer as `" + short(b.Host) + "`"
	case environmentOf(a.Host) != environmentOf(b.Host):
		return "the token comes from another environment: `" + short(a.Host) + "`, and the server trusts `" + short(b.Host) + "`"
	}
	return ""
}

// entra recognises the issuers of Microsoft Entra: v1 and v2 differ.
func entra(host string) bool {
	return host == "sts.windows.net" || host == "login.microsoftonline.com" || strings.HasSuffix(host, ".ciamlogin.com")
}

func tenantIn(u *url.URL) string {
	tenant, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	return tenant
}

func entraVersion(u *url.URL) string {
	if strings.HasPrefix(strings.TrimPrefix(u.Path, "/"+tenantIn(u)), "/v2.0") {
		return "2.0"
	}
	return "1.0"
}

// local reports whether a name only means something on one machine or in one
// network of containers.
func local(host string) bool {
	return host == "localhost" || host == "127.0.0.1" || host == "::1" || host == "host.docker.internal" || !strings.Contains(host, ".")
}

// environmentOf is the environment that a name speaks of.
func environmentOf(host string) string {
	for label := range strings.FieldsFuncSeq(strings.ToLower(host), func(r rune) bool { return r == '.' || r == '-' }) {
		switch label {
		case "dev", "development", "test", "testing", "qa", "stage", "staging", "stg", "sandbox", "preview", "oktapreview", "uat", "preprod", "demo", "int", "local":
			return label
		}
	}
	return ""
}

func (c *Case) issuerFinding(t *tokenRead, s faultline.Strength, message, want string) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       t.cr.at,
		Message:  message,
		Brief:    "issuer is not trusted",
		Expected: "a token of an issuer that the server trusts",
		Found:    t.cr.describe(),
		Remedy: faultline.Remedy{Text: "fetch a token from the issuer that the server trusts", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "fetch a token from the issuer that the server trusts"},
			{Text: "or have the server trust this one: the issuer in its configuration must equal `iss` byte by byte"},
		}},
		Retry: "the same token will fail every time",
		Rank:  18,
	}
	if want != "" {
		f.Expected = "iss " + short(want)
		f.Remedy.Steps[0].Text += ", `" + short(want) + "`"
	}
	if t.claims.Issuer == "" {
		f.Evidence = append([]faultline.Evidence{excerpt(&t.cr, "")}, c.serverWords()...)
		return f
	}
	f.Found, f.Brief = "a token with iss "+short(t.claims.Issuer), "issued by "+short(t.claims.Issuer)
	f.Evidence = []faultline.Evidence{issuerShown(t, want)}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return f
}

// issuerShown puts the carets under the first byte in which the issuers differ,
// and all that follows.
func issuerShown(t *tokenRead, want string) faultline.Evidence {
	e := claimShown(&t.cr, &t.claims, "iss", t.claims.Issuer, "not trusted")
	if want == "" {
		return e
	}
	line := &e.Lines[1]
	from := differAt(line.Text[len("iss "):], short(want)) + len("iss ")
	line.Span.Start, line.Note = min(from, len(line.Text)), "trusted is "+short(want)
	if line.Span.Start == line.Span.End {
		line.Span.Start = len("iss ")
	}
	return e
}

// differAt is where two texts begin to differ.
func differAt(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}
