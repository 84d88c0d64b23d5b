package causes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("header.missing", headerMissing) }

// ownFamily are headers whose absence has a cause of its own.
var ownFamily = []string{"authorization", "content-type", "content-length", "proxy-authorization", "if-match", "if-unmodified-since", "idempotency-key", "x-api-key", "api-key", "x-csrf-token", "x-xsrf-token", "cookie", "origin"}

// headerMissing finds required headers that were not sent.
func headerMissing(c *Case) []faultline.Finding {
	var out []faultline.Finding
	for _, part := range []faultline.Part{faultline.InHeader, faultline.InCookie} {
		for v := range c.violated(contract.Missing, part) {
			f := c.asFinding(*v)
			f.Brief = fmt.Sprintf("`%s` missing", v.At.Name)
			f.Remedy = addField(f.At, v.At.Name, v.Detail)
			out = append(out, f)
		}
	}
	for _, b := range c.blamed(words.Missing, faultline.InHeader, faultline.InCookie) {
		if c.covered(b) || b.name == "" || slices.Contains(ownFamily, strings.ToLower(b.name)) {
			continue
		}
		f := c.saidFinding(b)
		f.Message = fmt.Sprintf("the header `%s` is required and was not sent", b.name)
		f.Brief = fmt.Sprintf("`%s` missing", b.name)
		f.Found = "no " + b.name
		f.Remedy = addField(f.At, b.name, f.Detail)
		out = append(out, f)
	}
	if f, ok := c.headerWanted(); ok && len(out) == 0 {
		out = append(out, f)
	}
	if f, ok := c.noProof(); ok {
		out = append(out, f)
	}
	return out
}

// noProof recognises the demand for a proof of possession (RFC 9449, section
// 8): the answer brings the nonce to put into it.
func (c *Case) noProof() (faultline.Finding, bool) {
	if c.Exchange.Response == nil || !c.Exchange.Response.Header.Has("DPoP-Nonce") || c.Exchange.Request.Header.Has("DPoP") || c.Status() != 400 && c.Status() != 401 {
		return faultline.Finding{}, false
	}
	return faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtHeader("DPoP"),
		Message:  "the header `DPoP` is required and was not sent",
		Brief:    "`DPoP` missing",
		Expected: "a proof of possession with the nonce of the answer (RFC 9449)",
		Found:    "no DPoP",
		Remedy:   faultline.Remedy{Text: "sign a DPoP proof with the nonce of `DPoP-Nonce`, and send the request again", Applicability: faultline.Guess},
		Retry:    "once, with the nonce",
	}, true
}

// headerWanted finds the field that a refusal of the caller asks for beside the credential: Twitch's Client-Id, Xero's
// Xero-Tenant-Id, Cloudflare's X-Auth-Email. Complaints about fields are not looked for with 401 and 404.
func (c *Case) headerWanted() (faultline.Finding, bool) {
	if status := c.Status(); status != 401 && status != 403 && status != 404 || !c.says(saysHeaderWanted) || len(c.credentials()) == 0 {
		return faultline.Finding{}, false
	}
	name := c.fieldSpokenOf()
	if name == "" || slices.Contains(ownFamily, name) || c.Exchange.Request.Header.Has(name) {
		return faultline.Finding{}, false
	}
	name = titled(name)
	return faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtHeader(name),
		Message:  fmt.Sprintf("the header `%s` is required and was not sent", name),
		Brief:    "`" + name + "` missing",
		Expected: name + " (required)",
		Found:    "no " + name,
		Evidence: c.serverWords(),
		Remedy:   faultline.Remedy{Text: "send `" + name + "` beside the credential", Applicability: faultline.Guess},
		Retry:    failsAgain,
		Rank:     35,
	}, true
}

var saysHeaderWanted = topic("a header is wanted", "header required", "header is required", "header missing", "header is missing", "missing header", "missing required header", "missing ~ header", "header not found", "header was not provided", "header not provided", "header must be", "required header", "provide ~ header", "requires ~ header", "header is mandatory", "mandatory header", "header not present", "header is not present")

// fieldSpokenOf is the word with a hyphen that stands nearest to the word "header".
func (c *Case) fieldSpokenOf() string {
	said := c.Said()
	at := strings.Index(said, "header")
	if at < 0 {
		return ""
	}
	best, distance := "", len(said)
	for word := range strings.FieldsFuncSeq(said[:min(len(said), mostHeard)], func(r rune) bool { return r > 0x7f || !fieldByte(byte(r)) }) {
		if word = strings.Trim(word, "-_"); !strings.Contains(word, "-") || len(word) > maxFieldName || strings.HasPrefix(word, "www-") {
			continue
		}
		i := strings.Index(said, word)
		if d := max(i-at, at-i); d < distance && d < 60 {
			best, distance = word, d
		}
	}
	return best
}
