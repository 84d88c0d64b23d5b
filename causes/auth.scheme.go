package causes

import (
	"encoding/base64"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/jwt"
)

func init() { register("auth.scheme", authScheme) }

// authScheme is for credentials that the server cannot even read, since they
// come under another scheme, in another form or in another field than it wants.
func authScheme(c *Case) []faultline.Finding {
	cr, sent := c.authorization()
	if !sent || cr.text == "" && c.authSays()&saysScheme == 0 {
		return nil
	}
	if cr.text == "" {
		return []faultline.Finding{c.schemeFinding(faultline.Likely, &cr, "the Authorization header has a scheme and nothing behind it")}
	}
	if v, violated := c.credentialViolated(); violated {
		f := c.schemeFinding(faultline.Proven, &cr, "the credential comes in another form than the contract wants")
		f.At, f.Expected, f.Source = v.At, v.Want, v.Source
		if v.Found != "" {
			f.Found = v.Found
		}
		if v.Want != "" && v.Found != "" {
			f.Message = "the contract wants " + v.Want + ", and the request has " + v.Found
			f.Brief = "another credential than the contract wants"
		}
		return []faultline.Finding{f}
	}
	if f, ok := c.providerScheme(&cr); ok {
		return []faultline.Finding{f}
	}
	says := c.authSays()
	if !c.deniesIdentity() && c.brokeOverToken() {
		if slip, ok := slipOf(&cr); ok && !slip.harmless {
			f := c.schemeFinding(faultline.Likely, &cr, slip.message)
			f.Caret, f.Remedy.Text = slip.message, slip.remedy
			return []faultline.Finding{f}
		}
	}
	if !c.deniesIdentity() || c.atTokenEndpoint() {
		return nil
	}
	read := says&(saysExpired|saysEarly|saysOther|saysClock) != 0 // who speaks of its times or signature has read it
	if slip, ok := slipOf(&cr); ok && !(read && slip.harmless) {
		f := c.schemeFinding(faultline.Proven, &cr, slip.message)
		f.Caret, f.Remedy.Text = slip.message, slip.remedy
		if slip.harmless && says&saysScheme == 0 {
			f.Strength = faultline.Likely
		}
		return []faultline.Finding{f}
	}
	switch wanted, other := c.otherScheme(&cr); {
	case read || says&(saysForm|saysRefused) != 0:
	case other:
		f := c.schemeFinding(faultline.Proven, &cr, "the credential was sent under the scheme `"+short(cr.scheme)+"`, and the server wants `"+wanted+"`")
		f.Brief = "`" + short(cr.scheme) + "` where `" + wanted + "` is wanted"
		return []faultline.Finding{f}
	case says&saysScheme != 0:
		return []faultline.Finding{c.schemeFinding(faultline.Likely, &cr, "the server cannot read the Authorization header")}
	case says&saysAbsent != 0 && otherCase(cr.scheme) != "":
		f := c.schemeFinding(faultline.Likely, &cr, "the scheme is written `"+cr.scheme+"`, and the server seems to know `"+otherCase(cr.scheme)+"` alone")
		f.Brief = "`" + cr.scheme + "` in place of `" + otherCase(cr.scheme) + "`"
		f.Remedy.Text = "write `" + otherCase(cr.scheme) + "`"
		return []faultline.Finding{f}
	case says&saysAbsent != 0:
		f := c.schemeFinding(faultline.Likely, &cr, "a credential was sent, and the server says that there is none")
		f.Brief = "the server does not see the credential"
		return []faultline.Finding{f}
	}
	if says&saysScheme != 0 {
		return []faultline.Finding{c.schemeFinding(faultline.Likely, &cr, "the server cannot read the Authorization header")}
	}
	return c.unregisteredScheme(&cr)
}

// brokeOverToken reports whether a server failed, or refused the call, while it looked at the
// credential: middleware that does not expect a broken field answers 400 or 500.
func (c *Case) brokeOverToken() bool {
	status := c.Status()
	return (status == 400 || status == 500) && !c.atTokenEndpoint() && c.BodySays("jwt", "token", "authorization", "bearer")
}

// otherCase is the usual spelling of a scheme that is written in other letters.
// RFC 9110, section 11.1, makes them equal; some servers compare bytes.
func otherCase(scheme string) string {
	for _, usual := range []string{"Bearer", "Basic", "Digest"} {
		if strings.EqualFold(scheme, usual) && scheme != usual {
			return usual
		}
	}
	return ""
}

// unregisteredScheme is a hint where nobody says what is wrong: most servers
// look for a JWT behind `Bearer` (RFC 6750) and see none behind another word.
func (c *Case) unregisteredScheme(cr *credential) []faultline.Finding {
	if c.Status() != 401 || c.authSays() != 0 || !strings.EqualFold(cr.scheme, "jwt") && !strings.EqualFold(cr.scheme, "token") {
		return nil
	}
	if _, claims, ok := c.token(); !ok || claims.Length == 0 {
		return nil
	}
	f := c.schemeFinding(faultline.Possible, cr, "the token stands behind `"+cr.scheme+"`, where most servers look for `Bearer`")
	f.Brief = "`" + cr.scheme + "` where `Bearer` is usual"
	return []faultline.Finding{f}
}

func (c *Case) schemeFinding(s faultline.Strength, cr *credential, message string) faultline.Finding {
	wanted := c.wantedScheme()
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtHeader("Authorization"),
		Message:  message,
		Brief:    message,
		Expected: "Authorization: " + wanted + " and the credential",
		Found:    cr.describe(),
		Evidence: append([]faultline.Evidence{excerpt(cr, "")}, c.serverWords()...),
		Remedy: faultline.Remedy{
			Text: "send `" + wanted + "`, one space and the credential", Applicability: faultline.Template,
			Patch: []faultline.Edit{{Op: "replace", In: faultline.InHeader, Name: "Authorization", Value: wanted + " <token>"}},
		},
		Retry: "as sent it fails every time",
		Rank:  40,
	}
	return f
}

// excerpt shows a credential without its secret, carets below the whole.
func excerpt(cr *credential, note string) faultline.Evidence {
	text := cr.describe()
	start := 0
	if cr.scheme != "" {
		start = len(cr.scheme) + 1
	}
	return faultline.Evidence{
		Kind: faultline.Excerpt, Title: cr.at.String(),
		Lines: []faultline.Line{{Text: text, Span: faultline.Span{Start: start, End: len(text)}, Note: note}},
	}
}

// A schemeSlip is what the bytes of an Authorization field themselves show.
type schemeSlip struct {
	message, remedy string
	harmless        bool // some servers take it
}

func slipOf(cr *credential) (schemeSlip, bool) {
	first, rest, _ := strings.Cut(cr.text, " ")
	low := strings.ToLower(strings.TrimSuffix(first, ":"))
	switch scheme := strings.ToLower(cr.scheme); {
	case scheme == "" && (strings.HasPrefix(low, "bearer:") || strings.HasPrefix(strings.ToLower(first), "bearer:") || strings.HasPrefix(strings.ToLower(first), "basic:")):
		return schemeSlip{message: "a colon stands behind the scheme in the Authorization header", remedy: "write the scheme, one space and the credential, without the colon"}, true
	case (scheme == "basic" || scheme == "digest") && jwt.Looks(cr.text):
		return schemeSlip{message: "a JWT stands behind `" + cr.scheme + "`: it goes behind `Bearer`", remedy: "write `Bearer` in place of `" + cr.scheme + "`"}, true
	case rest != "" && (low == scheme || low == "bearer" || low == "basic") && scheme != "":
		return schemeSlip{message: "the scheme stands twice in the Authorization header", remedy: "write the scheme once: one place adds it already"}, true
	case scheme == "" && (strings.HasPrefix(low, "bearer") || strings.HasPrefix(low, "basic")) && len(cr.text) > 8:
		return schemeSlip{message: "no single space stands between scheme and credential", remedy: "write the scheme, one space and the credential"}, true
	case scheme == "" && jwt.Looks(cr.text):
		return schemeSlip{message: "the token stands in the Authorization header without a scheme", remedy: "write `Bearer ` before the token", harmless: true}, true
	case scheme == "":
		return schemeSlip{message: "the Authorization header has no scheme before the credential", remedy: "write the scheme and one space before the credential", harmless: true}, true
	case scheme == "basic" && !basicForm(cr.text):
		return schemeSlip{message: "what follows `Basic` is not base64 of name:password", remedy: "encode name:password as base64"}, true
	case (scheme == "bearer" || scheme == "token") && rest != "" && !jwt.Looks(cr.text) && !strings.Contains(cr.text, "=") && !strings.ContainsAny(cr.text, `"'<>{}[]$`):
		return schemeSlip{message: "a space stands inside the credential", remedy: "send the credential without the space"}, true
	}
	return schemeSlip{}, false
}

// basicForm: RFC 7617, section 2. Missing padding is forgiven.
func basicForm(text string) bool {
	data, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		data, err = base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
	}
	return err == nil && strings.Contains(string(data), ":")
}

// otherScheme reports whether the server offers schemes and not the one that
// was sent. RFC 9110, section 11.6.1: a 401 lists what would be accepted.
func (c *Case) otherScheme(cr *credential) (wanted string, other bool) {
	for _, ch := range c.Challenges() {
		switch name := fold(ch.Scheme); {
		case name == "":
			continue
		case strings.EqualFold(ch.Scheme, cr.scheme):
			return "", false
		case (name == "key" || name == "apikey") && len(c.elsewhere()) > 0:
			return "", false
		}
		if wanted == "" {
			wanted = short(ch.Scheme)
		}
	}
	return wanted, wanted != ""
}

// ownSchemes are credentials that only go with one field or scheme, by the
// form that their issuer gives them. Forms that several schemes take are not
// listed.
var ownSchemes = []struct {
	prefix, host string // of the token, and the end of the host; either may be empty
	scheme       string // that was sent
	field, want  string
}{
	{prefix: "shpat_", field: "X-Shopify-Access-Token"},
	{prefix: "shpca_", field: "X-Shopify-Access-Token"},
	{prefix: "shppa_", field: "X-Shopify-Access-Token"},
	{prefix: "sk-ant-api", field: "X-API-Key"},
	{prefix: "00", host: ".okta.com", scheme: "bearer", field: "Authorization", want: "SSWS"},
	{prefix: "00", host: ".oktapreview.com", scheme: "bearer", field: "Authorization", want: "SSWS"},
}

// providerScheme recognises a credential by its own look that never goes where
// it was sent.
func (c *Case) providerScheme(cr *credential) (faultline.Finding, bool) {
	if c.Status() != 401 && c.Status() != 403 {
		return faultline.Finding{}, false
	}
	host := strings.ToLower(withoutPort(c.Exchange.Request.Host))
	for _, own := range ownSchemes {
		if !strings.HasPrefix(cr.text, own.prefix) || !strings.HasSuffix(host, own.host) || own.scheme != "" && !strings.EqualFold(cr.scheme, own.scheme) ||
			own.want != "" && strings.Contains(cr.text, ".") || c.Exchange.Request.Header.Has(own.field) && own.want == "" {
			continue
		}
		f := c.schemeFinding(faultline.Likely, cr, "a credential of this form goes into the header `"+own.field+"`")
		f.At, f.Expected = faultline.AtHeader(own.field), own.field+": and the credential"
		f.Remedy.Text = "send the credential in the header `" + own.field + "`"
		f.Remedy.Patch = []faultline.Edit{{Op: "move", In: faultline.InHeader, From: "Authorization", Name: own.field, Value: "<token>"}}
		if own.want != "" {
			f.Message = "a credential of this form goes with the scheme `" + own.want + "`, not `" + cr.scheme + "`"
			f.Expected = "Authorization: " + own.want + " and the credential"
			f.Remedy.Text = "write `" + own.want + "` in place of `" + cr.scheme + "`"
			f.Remedy.Patch = []faultline.Edit{{Op: "replace", In: faultline.InHeader, Name: "Authorization", Value: own.want + " <token>"}}
		}
		f.Brief = f.Message
		return f, true
	}
	return faultline.Finding{}, false
}
