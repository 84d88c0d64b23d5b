package causes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/jwks"
)

func init() { register("auth.token-signature", tokenSignature) }

// tokenSignature verifies the token itself where the keys of its issuer are
// given; else it takes the server's word, which names key, algorithm or bytes.
func tokenSignature(c *Case) []faultline.Finding {
	if f, ok := c.oauthFinding("auth.token-signature", "assertion", "the authorisation server cannot verify the signature of the assertion"); ok {
		f.Brief, f.Expected = "signature of the assertion", "an assertion signed with the key that is registered for its `iss`"
		f.Remedy.Text = "sign with the private key that belongs to `iss` and `kid`: it may have been deleted or replaced"
		return []faultline.Finding{f}
	}
	if c.atTokenEndpoint() || !c.refusesToken(saysSignature) && !c.unsentWithKeys() {
		return nil
	}
	t, named := c.readToken(), c.authSays()&saysSignature != 0
	if t.cr.text == "" {
		return nil
	}
	if v, ok := c.verdict(); ok {
		return c.signatureJudged(t, &v, named)
	}
	switch {
	case c.authSays()&saysForgery != 0:
		return nil
	case !named:
		return c.signatureLeft(t)
	case !t.isJWT && !c.says(topicToken):
		return nil
	}
	f := c.signatureFinding(t, faultline.Likely, "the server cannot verify the signature of the token")
	switch alg := short(t.claims.Algorithm); {
	case c.says(topicAlgorithm) && alg != "":
		f.Message = "the token is signed with `" + alg + "`, and the server does not take that algorithm"
		f.Brief = "`" + alg + "` is not taken"
		f.Remedy = faultline.Remedy{Text: "have the token signed with the algorithm that the server is configured for", Applicability: faultline.Guess}
	case c.says(topicKeyID) && t.claims.KeyID != "":
		f.Message = "the server has no key `" + short(t.claims.KeyID) + "`, which the token says that it was signed with"
		f.Brief = "no key `" + short(t.claims.KeyID) + "`"
	case c.says(topicKeyID) && t.isJWT:
		f.Message = "the token does not say which key signed it, and the server finds none that fits"
		f.Brief = "no key fits"
	}
	if want, cut := t.claims.SignatureCut(); cut {
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: fmt.Sprintf("the signature has %d bytes, and %s makes %d: the token may have been cut", t.claims.Signature, short(t.claims.Algorithm), want)})
	}
	f.Notes = append(f.Notes, faultline.Note{Label: "settle it", Text: "give the issuer's keys, and the token is verified here: --openid URL or --jwks FILE"})
	return []faultline.Finding{f}
}

// signatureLeft is for servers that call a JWT invalid and do not say why, while
// its form and its times are good: then the signature is the likeliest of what
// cannot be seen from here.
func (c *Case) signatureLeft(t *tokenRead) []faultline.Finding {
	const elsewhere = saysAbsent | saysScheme | saysForm | saysExpired | saysEarly | saysClock | saysOther
	now, _ := c.serverClock()
	if c.Status() != 401 || !t.isJWT || c.authSays()&elsewhere != 0 || c.authSays()&(saysUnverified|saysMaybe) == 0 || t.claims.Signature == 0 ||
		!t.claims.Expires.IsZero() && !now.Before(t.claims.Expires) || t.claims.NotBefore.After(now) || t.claims.IssuedAt.After(now.Add(issuedLeeway)) {
		return nil
	}
	f := c.signatureFinding(t, faultline.Possible, "the server calls the token invalid, and its form and its times are good: its signature may not fit")
	f.Brief, f.Rank = "signature may not fit", 6
	f.RuledOut = []faultline.Rival{{Slug: "auth.token-malformed", Why: "the token parses"}}
	if !t.claims.Expires.IsZero() {
		f.RuledOut = append(f.RuledOut, faultline.Rival{Slug: "auth.token-expired", Why: "exp lies ahead"})
	}
	f.Notes = []faultline.Note{{Label: "settle it", Text: "give the issuer's keys, and the token is verified here: --openid URL or --jwks FILE"}}
	return []faultline.Finding{f}
}

// topicAlgorithm and topicKeyID tell refusals apart that name what they miss.
var (
	topicAlgorithm = topic("algorithm of a token",
		"invalid algorithm*", "unexpected signing method*", "algorithm not allowed*", "algorithm is not allowed*", "algorithm not supported*", "algorithm is not supported*",
		"algorithm mismatch*", "wrong algorithm*", "expected a different algorithm*", "disallowed algorithm*", "unexpected jws algorithm*", "another algorithm expected*",
		"signing method ~ invalid", "incorrect key for this algorithm*", `"alg" ~ not allowed`, "alg not allowed", "idx10511*", "unsupported algorithm*", "algorithm ~ not allowed",
		"signature algorithm*", "invalid token algorithm*", "algorithm ~ not supported")
	topicKeyID = topic("key of a token",
		"unknown kid*", "kid not*", `"kid"*`, "'kid'*", "kid ~ not found", "invalid kid*", "kid invalid", "kid mismatch", "no matching key*", "no matching public key*",
		"no applicable key*", "signing key ~ not found", "signature key was not found", "unable to find a signing key*", "unable to find a key*", "could not find public key*",
		"key id not*", "key id ~ not found", "match kid or alg*", "idx10503*", "idx10501*", "idx10517*", "no suitable key*", "unable to find jwk*", "kid ~ unknown")
)

// signatureJudged tells what the issuer's keys say.
func (c *Case) signatureJudged(t *tokenRead, v *jwks.Verdict, named bool) []faultline.Finding {
	kid, alg := "`"+short(v.KeyID)+"`", "`"+short(v.Algorithm)+"`"
	message, brief, remedy := "", "", ""
	switch v.Outcome {
	case jwks.Good:
		if !named {
			return nil
		}
		f := c.signatureFinding(t, faultline.Likely, "the signature is good by the "+short(v.Key)+", and the server says that it is not")
		f.Party, f.Brief = faultline.Server, "good by the given keys"
		f.Remedy = faultline.Remedy{Text: "have the server fetch the issuer's keys anew: it holds other ones", Applicability: faultline.Guess}
		return []faultline.Finding{f}
	case jwks.UnknownKey:
		message, brief = "the issuer has no key "+kid+" (any more): the token is of another issuer, or its key was rotated", "no key "+kid
		remedy = "fetch a new token: it is signed with a key that the issuer publishes now"
	case jwks.OtherKey:
		message, brief = "the token names the key "+kid+", and the "+short(v.Key)+" signed it", "`kid` names another key"
		remedy = "write the id of the key that signs into `kid`"
	case jwks.WrongKind:
		message, brief = "the token is signed with "+alg+", and the issuer's key is an "+short(v.Key)+": "+confusion(v), alg+" with an "+strings.Fields(v.Key)[0]+" key"
		remedy = "sign with the issuer's private key, and the algorithm that goes with it"
	case jwks.WrongAlg:
		message, brief = "the token is signed with "+alg+", and the key is the "+short(v.Key), alg+" is not the key's algorithm"
		remedy = "sign with the algorithm that the key set names for the key"
	case jwks.WrongUse:
		message, brief = "the token names the "+short(v.Key)+", which is not for signatures", "a key for encryption"
		remedy = "sign with a key whose `use` is `sig`"
	case jwks.Mismatch:
		message, brief = "the signature does not fit: the token was changed after it was signed, or signed with another key than the "+short(v.Key), "signature does not fit"
		remedy = "fetch a new token, and send it unchanged"
	default:
		message, brief = "none of the issuer's keys signed the token, and it does not say which one should have", "no key fits"
		remedy = "fetch a token from this issuer"
	}
	s := faultline.Proven
	if !named && !c.Unsent() && (c.Status() != 401 || c.authSays()&^(saysLogin|saysRefused) != 0) {
		s = faultline.Likely
	}
	f := c.signatureFinding(t, s, message)
	f.Brief = brief
	f.Remedy = faultline.Remedy{Text: remedy, Applicability: faultline.Guess}
	f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Fact, Title: "keys at hand", Lines: []faultline.Line{{Text: idsShown(v.Known)}}})
	return []faultline.Finding{f}
}

func confusion(v *jwks.Verdict) string {
	if strings.HasPrefix(v.Algorithm, "HS") {
		return "a shared secret was used where a key pair is wanted"
	}
	return "the key cannot have made it"
}

// mostIDs bounds the key ids that are shown.
const mostIDs = 8

func idsShown(ids []string) string {
	var out []string
	for _, id := range ids {
		if id == "" {
			id = "one without an id"
		}
		if !slices.Contains(out, short(id)) {
			out = append(out, short(id))
		}
	}
	if more := len(out) - mostIDs; more > 0 {
		return strings.Join(out[:mostIDs], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(out, ", ")
}

func (c *Case) signatureFinding(t *tokenRead, s faultline.Strength, message string) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       t.cr.at,
		Message:  message,
		Brief:    "signature cannot be verified",
		Expected: "a token that a key of the trusted issuer signed",
		Found:    t.cr.describe(),
		Remedy: faultline.Remedy{Text: "fetch a new token from the issuer that the server trusts, and send it unchanged", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "compare issuer, environment and signing secret of the two sides: a token of another environment looks just like this"},
			{Text: "fetch a new token: its key may have been rotated"},
			{Text: "send it unchanged: every character counts"},
		}},
		Retry: "the same token will fail every time",
		Rank:  18,
	}
	if t.isJWT {
		shown := faultline.Evidence{Kind: faultline.Excerpt, Title: t.cr.at.String(), Lines: []faultline.Line{{Text: describeClaims(&t.cr, &t.claims)}}}
		if kid := short(t.claims.KeyID); kid != "" {
			line := "kid " + kid
			shown.Lines = append(shown.Lines, faultline.Line{Text: line, Span: faultline.Span{Start: len("kid "), End: len(line)}, Note: "the key that it names"})
		} else if alg := short(t.claims.Algorithm); alg != "" {
			line := "alg " + alg
			shown.Lines = append(shown.Lines, faultline.Line{Text: line, Span: faultline.Span{Start: len("alg "), End: len(line)}, Note: "no kid"})
		}
		f.Evidence = append(f.Evidence, shown)
	} else {
		f.Evidence = append(f.Evidence, excerpt(&t.cr, ""))
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return f
}
