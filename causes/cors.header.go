package causes

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

func init() { register("cors.header", corsHeader) }

// corsHeader is steps 7.6 and 7.7 of Fetch's CORS-preflight fetch (section 4.8).
func corsHeader(c *Case) []faultline.Finding {
	c, v, wrong := c.corsWrong(fetch.HeaderRefused, fetch.BadHeaders)
	if len(wrong) == 0 {
		return nil
	}
	var names []string
	for _, w := range wrong {
		if name := shortField(strings.ToLower(w.Name)); name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		names = askedFor(&c.Exchange.Request)
	}
	f := c.corsFinding(v, wrong[0].Reason, faultline.Proven, faultline.AtHeader("Access-Control-Request-Headers"), "")
	f.Detail.Field = strings.Join(names[:min(len(names), 1)], "")
	allowed := shortField(wrong[0].Value)
	note := c.nameHeaders(&f, names, wrong[0].Reason, allowed)
	f.Expected, f.Found = strings.Join(names, ", ")+" in Access-Control-Allow-Headers", allowed
	if v.words && allowed == "" {
		f.Strength = faultline.Likely
		f.Evidence = append(f.Evidence, said(c.refusalWords()))
	}
	first := ""
	if len(names) > 0 {
		first = names[0]
	}
	f.Evidence = append(f.Evidence, c.corsPicture(v, mark{"Access-Control-Request-Headers", first, "asked for"}, mark{"Access-Control-Allow-Headers", "", note})...)
	f.Remedy = c.corsRemedy(v, "name "+headersOr(names)+" in `Access-Control-Allow-Headers`", c.answerWith(v),
		[]string{"Access-Control-Allow-Headers: " + c.allowedNow() + strings.Join(c.policy(v).Headers, ", ")})
	return []faultline.Finding{f}
}

// nameHeaders puts the names into the headline, and says what is wrong beside
// the carets.
func (c *Case) nameHeaders(f *faultline.Finding, names []string, why fetch.Reason, allowed string) (note string) {
	switch {
	case why == fetch.BadHeaders:
		f.Message, f.Brief = "`Access-Control-Allow-Headers` of the preflight answer is no list of names", "Access-Control-Allow-Headers cannot be read"
		return "names and commas only"
	case len(names) == 0:
		f.Message, f.Brief = "the preflight answer does not allow a header of the call", "a header is not allowed"
		return "one is missing"
	case len(names) == 1:
		f.Message = "the preflight answer does not allow the header `" + names[0] + "`"
		note = "`" + names[0] + "` is missing"
	default:
		f.Message = "the preflight answer does not allow the headers " + codeList(names)
		note = codeList(names) + " are missing"
	}
	f.Brief = codeList(names) + " not allowed"
	if memberAt(allowed, "*") >= 0 {
		note = "`*` is no wildcard for calls with credentials"
		if slices.Contains(names, "authorization") {
			note = "`*` never covers `authorization`"
		}
	}
	return note
}

func headersOr(names []string) string {
	if len(names) == 0 {
		return "the header"
	}
	return codeList(names)
}

// askedFor are the headers that a preflight asks for.
func askedFor(r *faultline.Request) []string {
	if !fetch.IsPreflight(r) {
		return nil
	}
	return fetch.QuestionOf(r).Headers
}
