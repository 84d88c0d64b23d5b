package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/fetch"
)

func init() { register("cors.preflight-failed", corsPreflightFailed) }

// consequence is the rank of a finding that follows from another failure: it
// stands even behind those that repeat the status.
const consequence = -200

// corsPreflightFailed is the first part of step 7 of Fetch's CORS-preflight
// fetch (section 4.8): an ok status, and no redirect.
func corsPreflightFailed(c *Case) []faultline.Finding {
	c, v, wrong := c.corsWrong(fetch.NotOK, fetch.Redirected)
	if len(wrong) == 0 {
		return nil
	}
	status := c.Status()
	if status == 0 {
		status = v.told.Status
	}
	f := c.corsFinding(v, wrong[0].Reason, faultline.Proven, faultline.AtStatus(), "the preflight is not answered with success, and browsers accept nothing else")
	f.Brief, f.Expected, f.Found = "preflight refused", "a status from 200 to 299", "another one"
	if status > 0 {
		f.Message = fmt.Sprintf("the preflight is answered with %d, and browsers accept only 200 to 299", status)
		f.Brief, f.Found = fmt.Sprintf("preflight answered with %d", status), fmt.Sprintf("status %d", status)
	}
	c.whyRefused(&f, v, status)
	if wrong[0].Reason == fetch.Redirected {
		f.Message = "the preflight is redirected, and browsers follow no redirect there"
		f.Brief = "preflight redirected"
		f.Remedy = faultline.Remedy{Text: "answer OPTIONS where it is asked for, or have the page call the address that the redirect leads to", Applicability: faultline.Guess}
		if to := short(wrong[0].Value); to != "" {
			f.Remedy.Text = "answer OPTIONS where it is asked for, or have the page call `" + to + "`"
			f.Found = fmt.Sprintf("status %d to %s", status, to)
		}
	}
	f.Evidence = append(f.Evidence, c.corsPicture(v, mark{field: "Location", note: "not followed"})...)
	return []faultline.Finding{f}
}

// whyRefused tells what the status of a failed preflight usually means.
func (c *Case) whyRefused(f *faultline.Finding, v *corsView, status int) {
	do, why := "answer OPTIONS with 204 and the Access-Control fields", ""
	switch {
	case status == 401 || status == 407 || status == 403 && !c.unroutedGatewayHere():
		why = "browsers send no credentials in a preflight: authentication has to let OPTIONS pass"
		do = "answer OPTIONS before authentication, with 204 and the Access-Control fields"
	case status == 404 || status == 405 || status == 501 || status == 403:
		why = "nothing at this path takes OPTIONS"
	case status == 429 || status >= 500:
		// The call itself would have met the same failure.
		why = "the preflight met a failure of its own: mend that first"
		if status != 500 && status != 501 {
			f.Rank, f.Strength = consequence, faultline.Likely
		}
	}
	if c.corsWordsHere() {
		f.Evidence = append(f.Evidence, said(c.refusalWords()))
	}
	f.Remedy = c.corsRemedy(v, do, c.answerWith(v), append([]string{"204 No Content"}, c.allFields(v)...))
	if why != "" {
		f.Notes = append([]faultline.Note{{Label: "note", Text: why}}, f.Notes...)
	}
}

func (c *Case) unroutedGatewayHere() bool { return c.Exchange.Response != nil && c.unroutedGateway() }

func (c *Case) corsWordsHere() bool {
	return c.Exchange.Response != nil && c.corsWords() != fetch.Allowed
}
