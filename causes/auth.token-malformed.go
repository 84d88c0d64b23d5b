package causes

import (
	"fmt"
	"slices"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/jwt"
)

func init() { register("auth.token-malformed", tokenMalformed) }

// tokenMalformed reads the token as its server would. What keeps it from
// parsing is in its bytes, so it needs no word from the server but the refusal.
func tokenMalformed(c *Case) []faultline.Finding {
	if c.atTokenEndpoint() {
		return nil
	}
	refused := c.deniesIdentity() || c.Status() == 403
	if !refused && !c.Unsent() {
		return nil
	}
	cr, sent := c.bearer()
	if !sent || cr.text == "" {
		return nil
	}
	if !cr.inAuthorization() && c.authSays()&saysAbsent != 0 && c.authSays()&saysForm == 0 {
		return nil // the server does not see it there, whatever it is
	}
	claims, err := jwt.Decode(cr.text)
	if err == nil {
		return c.signatureCut(&cr, &claims)
	}
	if err.Mistake == jwt.Twice {
		return c.malformedByWord(&cr)
	}
	if !wrongInAnyToken(err.Mistake) && !jwt.Looks(cr.text) {
		return c.malformedByWord(&cr)
	}
	f := c.malformedFinding(faultline.Proven, &cr, err.Message)
	switch {
	case err.Mistake == jwt.Unsigned && c.authSays()&saysForm == 0:
		f.Strength = faultline.Likely
	case !refused, c.Status() == 403 && c.authSays()&saysForm == 0:
		f.Strength = faultline.Likely
	}
	if now, _ := c.serverClock(); claims.Length > 0 && !claims.Expires.IsZero() && now.After(claims.Expires) && c.authSays()&saysForm == 0 {
		// Made-up signatures are many, and so are servers that look at exp first.
		f.Strength, f.Rank = faultline.Likely, 5
	}
	if err.Cut {
		f.Caret = "the end of the token is missing: it was cut when it was copied or stored"
		f.Remedy.Text = "take the token again, whole, from where it was issued"
	}
	switch err.Mistake {
	case jwt.Quoted, jwt.Broken:
		f.Remedy.Text = "send the token alone: trim quotes and white space where it is read"
	case jwt.Literal, jwt.Bracketed:
		f.Remedy.Text = "fill the token in: the variable that should hold it is empty"
	case jwt.Answer:
		f.Remedy.Text = "send the member `access_token` of the answer alone"
	case jwt.Dates:
		f.Strength, f.Remedy.Text = faultline.Likely, "write exp, nbf and iat as numbers: seconds since 1970 (RFC 7519, section 2)"
	case jwt.Unsigned:
		f.Remedy.Text = "ask the token endpoint for a signed token"
	}
	return []faultline.Finding{f}
}

// signatureCut is for tokens that are good but for their end. It stands behind
// every other cause: made-up tokens have made-up signatures.
func (c *Case) signatureCut(cr *credential, claims *jwt.Claims) []faultline.Finding {
	want, cut := claims.SignatureCut()
	if !cut || c.Status() != 401 || c.authSays()&(saysExpired|saysEarly|saysAbsent) != 0 {
		return c.malformedByWord(cr)
	}
	f := c.malformedFinding(faultline.Likely, cr, fmt.Sprintf("the end of the token is missing: its signature has %d bytes, and %s makes %d", claims.Signature, short(claims.Algorithm), want))
	f.Brief = "the end of the token is missing"
	f.Remedy.Text = "take the token again, whole, from where it was issued"
	f.Rank = 5
	return []faultline.Finding{f}
}

// wrongInAnyToken are mistakes that no token has, JWT or not: RFC 6750, section
// 2.1, allows letters, digits, -._~+/ and = at the end.
func wrongInAnyToken(m jwt.Mistake) bool {
	return slices.Contains([]jwt.Mistake{jwt.Quoted, jwt.Broken, jwt.Literal, jwt.Bracketed, jwt.Answer}, m)
}

// malformedByWord is for tokens that look good to us and not to the server, and
// for those of another kind than it wants.
func (c *Case) malformedByWord(cr *credential) []faultline.Finding {
	if c.authSays()&saysForm == 0 || !c.deniesIdentity() {
		return nil
	}
	message := "the server cannot parse the token"
	if t := c.readToken(); t.isJWT && t.claims.Encrypted {
		message = "the token is encrypted (5 parts, a JWE), and the server wants a signed one (3 parts)"
	}
	if !jwt.Looks(cr.text) {
		message = "the server wants a JWT, and the token is of another kind"
	}
	return []faultline.Finding{c.malformedFinding(faultline.Likely, cr, message)}
}

func (c *Case) malformedFinding(s faultline.Strength, cr *credential, message string) faultline.Finding {
	return faultline.Finding{
		Strength: s,
		At:       cr.at,
		Message:  message,
		Brief:    message,
		Expected: "a JWT: header.claims.signature, each in base64url",
		Found:    cr.describe(),
		Evidence: append([]faultline.Evidence{excerpt(cr, message)}, c.serverWords()...),
		Remedy:   faultline.Remedy{Text: "send the token as it was issued, unchanged", Applicability: faultline.Guess},
		Retry:    "the same token will fail every time",
		Rank:     35,
	}
}
