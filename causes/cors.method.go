package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

func init() { register("cors.method", corsMethod) }

// corsMethod is step 7.5 of Fetch's CORS-preflight fetch (section 4.8).
func corsMethod(c *Case) []faultline.Finding {
	c, v, wrong := c.corsWrong(fetch.MethodRefused, fetch.BadMethods)
	if len(wrong) == 0 {
		return nil
	}
	w := wrong[0]
	method := shortField(v.method)
	shown := "`" + method + "`"
	if method == "" || !v.preflight {
		shown = "of the call"
	}
	f := c.corsFinding(v, wrong[0].Reason, faultline.Proven, faultline.AtHeader("Access-Control-Request-Method"), "the preflight answer does not allow the method "+shown)
	f.Brief = strings.TrimPrefix(shown, "of ") + " not allowed"
	f.Expected, f.Found = method+" in Access-Control-Allow-Methods", shortField(w.Value)
	note := shown + " is missing"
	fields := []string{"Access-Control-Allow-Methods: " + c.allowedNow() + strings.Join(c.policy(v).Methods, ", ")}
	switch {
	case w.Reason == fetch.BadMethods:
		f.Message, note = "`Access-Control-Allow-Methods` of the preflight answer is no list of methods", "names and commas only"
		f.Brief = "Access-Control-Allow-Methods cannot be read"
	case v.words && w.Value == "":
		f.Strength = faultline.Likely
		f.Evidence = append(f.Evidence, said(c.refusalWords()))
	case strings.TrimSpace(w.Value) == "*":
		note = "`*` is no wildcard for calls with credentials"
	}
	c.sameInUpperCase(&f, v, w.Value)
	f.Evidence = append(f.Evidence, c.corsPicture(v, mark{"Access-Control-Request-Method", "", "asked for"}, mark{"Access-Control-Allow-Methods", "", note})...)
	if f.Remedy.Text == "" {
		f.Remedy = c.corsRemedy(v, "allow "+shown+" in `Access-Control-Allow-Methods`", c.answerWith(v), fields)
	}
	return []faultline.Finding{f}
}

// sameInUpperCase: methods are case-sensitive, and browsers put all common ones
// into upper case but `patch` (Fetch, section 2.2.1, "normalize").
func (c *Case) sameInUpperCase(f *faultline.Finding, v *corsView, allowed string) {
	upper := strings.ToUpper(v.method)
	if upper == v.method || memberAt(allowed, upper) < 0 {
		return
	}
	f.Party = faultline.Client
	f.Remedy = faultline.Remedy{Text: "write `" + upper + "` in the script: browsers do not put `" + shortField(v.method) + "` into upper case", Applicability: faultline.Guess}
}
