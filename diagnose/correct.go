package diagnose

import (
	"slices"
	"strconv"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

// correct builds the request with the remedies applied, runs it through the
// contract again, and takes back what a remedy claims and the contract does not
// bear out.
func correct(d *faultline.Diagnosis, c *causes.Case, found []faultline.Finding) {
	all, meant := edits(found, mostEdits(&c.Exchange.Request))
	if len(all) == 0 {
		humble(c, found, false)
		return
	}
	corrected, err := apply(&c.Exchange.Request, all)
	if err != nil {
		humble(c, found, false)
		return
	}
	passes := keepsContract(c, corrected)
	humble(c, found, passes)
	d.Corrected = corrected
	d.Checked = weakest(found, meant)
	if judged(c) && !passes && d.Checked == faultline.Checked {
		d.Checked = faultline.Guess
	}
}

// mostEdits bounds the edits that are tried on a body, since each reads it
// anew: 20 in any case, more if the body is small.
func mostEdits(r *faultline.Request) int {
	const most, bytesRead = 500, 4 << 20
	return min(most, max(mostFindings, bytesRead/(len(r.Body.Bytes())+1)))
}

// edits collects what the remedies change, the best finding first. A remedy
// that touches what a better one changed already is left out: it is another way
// to mend the same thing. The indices tell whose edits are in.
func edits(found []faultline.Finding, most int) (all []faultline.Edit, meant []int) {
	touched := map[string]bool{}
	for i := range found {
		f := &found[i]
		if len(all) >= most {
			break
		}
		if len(f.Remedy.Patch) == 0 || f.Strength < found[0].Strength && f.Strength != faultline.Proven {
			continue
		}
		free := true
		for _, e := range f.Remedy.Patch {
			for _, at := range places(e) {
				free = free && !touched[at]
			}
		}
		if !free {
			continue
		}
		for _, e := range f.Remedy.Patch {
			for _, at := range places(e) {
				touched[at] = true
			}
		}
		all = append(all, f.Remedy.Patch...)
		meant = append(meant, i)
	}
	return all, meant
}

// places are the names of what an edit changes.
func places(e faultline.Edit) []string {
	in := e.In
	if in == "" {
		in = faultline.InBody
	}
	out := []string{string(in) + " " + e.Name + e.Path}
	if e.From != "" {
		out = append(out, string(in)+" "+e.From)
	}
	return out
}

// judged reports whether there is a contract that can judge a request.
func judged(c *causes.Case) bool {
	if c.Contract == nil || c.Exchange.Request.Body.Truncated {
		return false
	}
	return c.Match.Operation == nil || c.Match.Operation.Unverified() == ""
}

// keepsContract runs a corrected request through the contract, from the
// matching of its path on.
func keepsContract(c *causes.Case, r *faultline.Request) bool {
	if !judged(c) {
		return false
	}
	m := c.Contract.MatchRequest(r)
	return m.Operation != nil && m.Operation.Unverified() == "" && m.Operation.ValidRequest(r, m.Params)
}

// humble takes "checked" back from the remedies that nothing has checked. A
// remedy that mends its own mistake stays checked although another mistake is
// left.
func humble(c *causes.Case, found []faultline.Finding, passes bool) {
	before := -1
	for i := range found {
		f := &found[i]
		if f.Remedy.Applicability != faultline.Checked || passes && mends(f) || provenByProtocol(f) {
			continue
		}
		if before < 0 {
			before = violationsBefore(c)
		}
		if !mends(f) || before > mostAlone || !mendsAlone(c, f, before) {
			f.Remedy.Applicability = faultline.Guess
		}
	}
}

// mostAlone bounds the requests whose remedies are tried one by one: each try
// lists every violation again.
const mostAlone = 100

func mends(f *faultline.Finding) bool { return len(f.Remedy.Patch) > 0 }

// provenByProtocol names the remedies that need no contract to be right: text
// that did not parse and does now, bytes of a URL that no URL may have.
func provenByProtocol(f *faultline.Finding) bool {
	return mends(f) && slices.Contains([]faultline.Slug{"url.syntax", "body.syntax"}, f.Cause.Slug)
}

// mendsAlone reports whether the edits of one remedy leave the contract fewer
// violations than there were.
func mendsAlone(c *causes.Case, f *faultline.Finding, before int) bool {
	if !judged(c) || before == 0 {
		return false
	}
	r, err := apply(&c.Exchange.Request, f.Remedy.Patch)
	return err == nil && violations(c, r) < before
}

// violationsBefore counts what the request breaks as it was sent. Of an unsent
// one the case may know less: its credentials are still to come.
func violationsBefore(c *causes.Case) int {
	if c.Unsent() || c.Match.Operation == nil || !judged(c) {
		return violations(c, &c.Exchange.Request)
	}
	n := 0
	for i := range c.Violations {
		if c.Violations[i].At.Side == faultline.RequestSide {
			n++
		}
	}
	return n
}

// violations counts what a request breaks; a request without an operation
// breaks more than any other.
func violations(c *causes.Case, r *faultline.Request) int {
	const unrouted = 1 << 20
	if !judged(c) {
		return 0
	}
	m := c.Contract.MatchRequest(r)
	if m.Operation == nil {
		return unrouted
	}
	return len(m.Operation.ExplainRequest(r, m.Params))
}

// weakest is how far the corrected request may be trusted: no further than the
// weakest of the remedies in it.
func weakest(found []faultline.Finding, meant []int) faultline.Applicability {
	out := faultline.Checked
	for _, i := range meant {
		switch found[i].Remedy.Applicability {
		case faultline.Template:
			return faultline.Template
		case faultline.Checked:
		default:
			out = faultline.Guess
		}
	}
	return out
}

// apply returns a copy of the request with the edits done.
func apply(r *faultline.Request, all []faultline.Edit) (*faultline.Request, error) {
	out := *r
	out.Header = slices.Clone(r.Header)
	var body []faultline.Edit
	for _, e := range all {
		switch e.In {
		case "", faultline.InBody:
			body = append(body, e)
		case faultline.InHeader:
			out.Header = editHeader(out.Header, e)
		case faultline.InCookie:
			out.Header = editCookie(out.Header, e)
		case faultline.InQuery:
			out.Target = editQuery(out.Target, e)
		case faultline.InPath:
			out.Target = editPath(out.Target, e)
		case faultline.InTarget:
			if e.Name == "method" {
				out.Method = e.Value
			}
		}
	}
	if len(body) == 0 {
		return &out, nil
	}
	text, err := editBody(r, body)
	if err != nil {
		return nil, err
	}
	out.Body = faultline.NewBody(text)
	out.Header = drop(out.Header, "Content-Encoding")
	if out.Header.Has("Content-Length") {
		out.Header = set(out.Header, "Content-Length", strconv.Itoa(len(text)))
	}
	return &out, nil
}
