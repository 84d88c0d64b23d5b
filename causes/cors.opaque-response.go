package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

func init() { register("cors.opaque-response", corsOpaque) }

// corsOpaque: a script that asks in mode "no-cors" is given an answer with
// status 0 and without a body, whatever the server says (Fetch, section 2.2.6,
// "opaque filtered response"), and its headers are thinned out on the way.
func corsOpaque(c *Case) []faultline.Finding {
	r := &c.Exchange.Request
	if !strings.EqualFold(r.Header.Value("Sec-Fetch-Mode"), "no-cors") || !strings.EqualFold(r.Header.Value("Sec-Fetch-Dest"), "empty") ||
		strings.EqualFold(r.Header.Value("Sec-Fetch-Site"), "same-origin") || r.Header.Has("Sec-Purpose") {
		return nil
	}
	said := c.Exchange.Failure != nil && c.clientSays(saysNothingToRead)
	if !said && (c.Status() < 400 || !downgraded(&r.Body, c.RequestType())) {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtHeader("Sec-Fetch-Mode"),
		Message:  "the script called in mode `no-cors`, so it can neither read the answer nor send JSON",
		Brief:    "mode `no-cors`",
		Expected: "mode `cors`",
		Found:    "mode `no-cors`",
		Remedy:   faultline.Remedy{Text: "take `mode: 'no-cors'` out of the call, and let the server answer with Access-Control-Allow-Origin", Applicability: faultline.Guess},
		Notes:    []faultline.Note{onlyBrowsers},
	}
	if t := r.Header.Value("Content-Type"); t != "" && downgraded(&r.Body, c.RequestType()) {
		f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Fact, Title: "sent", Lines: []faultline.Line{{Text: "JSON as " + shortField(t), Note: "the mode allows no `application/json`"}}})
	}
	return []faultline.Finding{f}
}

// saysNothingToRead are the errors of scripts over an empty body and status 0.
var saysNothingToRead = topic("the script read an empty answer",
	"unexpected end of input", "unexpected end of json input", "unexpected end of data", "json parse error ~ unexpected eof", "opaque response", "status 0", "response type opaque")

// downgraded reports whether a body is JSON under a type that a form may have.
func downgraded(b *faultline.Body, mediaType string) bool {
	if b.Empty() || !fetch.SafelistedHeader("Content-Type", mediaType) {
		return false
	}
	first := strings.TrimLeft(string(clip(b.Bytes(), 64)), " \t\r\n")
	return strings.HasPrefix(first, "{") || strings.HasPrefix(first, "[")
}
