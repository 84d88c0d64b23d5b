package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("auth.request-signature", requestSignature) }

var saysBadSignature = topic("signature over the request refused", "signature does not match", "signature doesn't match", "signature did not match", "signature we calculated", "signature mismatch", "signatures do not match",
	"signature not match", "invalid signature", "signature is invalid", "signature invalid", "signature is not valid", "signature not valid", "signature verification", "signature ~ verification failed", "signature validation", "bad signature", "wrong signature", "incorrect signature",
	"failed to verify signature", "could not verify signature", "unable to verify signature", "unable to verify ~ signature", "verify the signature", "verify webhook signature", "no signatures found matching", "no valid signature",
	"hmac ~ invalid", "hmac ~ mismatch", "hmac ~ failed", "hmac ~ not match", "invalid hmac", "hmac validation", "hmac signature cannot be verified", "hmac signature does not match", "hmac verification", "digest mismatch", "digest ~ not match",
	"invalid digest", "content-digest", "content md5 ~ did not match", "content-md5 ~ not match", "bad digest", "xamzcontentsha256mismatch", "credential should be scoped", "credential scope", "signed headers", "signedheaders", "canonical string", "string to sign", "mac signature found",
	"authorization header is formed correctly including the signature", "invalid sign", "sign error", "sign invalid", "sign is invalid", "signature error", "signature failed", "signature check", "request signature", "invalid webhook signature",
	"webhook signature", "signature ~ could not be verified", "signature nonvalid", "signature_invalid", "invalid oauth signature", "oauth_problem=signature_invalid", "invalid url signature", "incomplete signature", "missing authentication token signature", "x-hub-signature", "payload signature", "signature header ~ invalid", "checksum ~ not match",
	"invalid checksum", "invalid mac", "mac mismatch", "mac ~ invalid", "access signature", "signature fields not well formed", "signature base string", "appsecret proof", "appsecret_proof", "tampered")

// requestSignature is for a signature over the request itself that does not verify:
// both sides put the same text together, sign it and compare. Most often the two
// texts differ, not the keys; what of that the request shows by itself is proven.
func requestSignature(c *Case) []faultline.Finding {
	status := c.Status()
	if c.Exchange.Response == nil || c.preflight() || !(status == 400 || status == 401 || status == 403 || status == 422 || status == 500 || c.ErrorInside()) {
		return nil
	}
	s, signed := c.requestSigned()
	n, named := c.named("auth.request-signature")
	if !signed && !named || c.authSays()&saysClock != 0 || !named && c.namedOther("auth.request-signature") {
		return nil
	}
	if cr, sent := c.authorization(); sent && !signed && cr.scheme != "" {
		return nil // a credential of another scheme, which no signature is looked for in
	}
	says := c.says(saysBadSignature) && c.authSays()&saysAbsent == 0
	slip := c.signatureSlip(&s)
	if !named && !says && (slip.text == "" || status != 401 && status != 403) {
		return nil
	}
	if !signed {
		s.at = faultline.AtHeader("Authorization")
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       s.at,
		Message:  "the signature over the request does not verify",
		Brief:    "signature does not verify",
		Expected: "a signature over the very bytes that arrive, with the key that the server has",
		Found:    fmt.Sprintf("%s that the server refuses", s.describe()),
		Remedy:   faultline.Remedy{Text: "compare the text that was signed with the one that the server signs, byte by byte", Applicability: faultline.Guess, Steps: s.steps()},
		Retry:    "as signed it fails every time",
		Rank:     30,
	}
	if named {
		f.Strength = n.strength()
		f.Evidence = append(f.Evidence, n.evidence())
	}
	if slip.text != "" {
		f.Message, f.Brief = slip.text, slip.brief
		f.Remedy.Text, f.Remedy.Steps = slip.remedy, nil
		if slip.proven {
			f.Strength = faultline.Proven
		}
	}
	if c.answer().Get("Error").Get("CanonicalRequest") != nil {
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "the answer holds `CanonicalRequest`: compare it line by line with the one that the client signed"})
	}
	if s.kind == webhookSignature {
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "a body that a framework parsed and wrote anew is another text: verify the raw bytes"})
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	if strings.EqualFold(f.At.Name, "Authorization") {
		f.RuledOut = []faultline.Rival{{Slug: "auth.clock-skew", Why: "the answer does not speak of time"}}
	}
	return []faultline.Finding{f}
}
