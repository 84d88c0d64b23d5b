package causes

import (
	"cmp"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/lexicon"
)

// mostCompared bounds the findings that rest on a comparison.
const mostCompared = 3

// Compared holds the call against its baseline, a call of the same operation
// that succeeded, and returns what differs and may explain the failure, the
// most telling first. The slug of each finding is set, its cause is not. It
// needs no contract; without a baseline there is nothing to compare.
//
// One difference that explains the failure is likely the cause; of several each
// is possible, unless the server's own words name one.
func (c *Case) Compared() []faultline.Finding {
	if c.Baseline == nil || !c.Failed() {
		return nil
	}
	var all []difference
	for _, d := range c.differences() {
		named := c.names(d.name)
		if named {
			d.weight += 2 * tellsStructure
		}
		if c.explains(d.slug) && (named || c.refusesRequest()) {
			all = append(all, d)
		}
	}
	slices.SortStableFunc(all, func(a, b difference) int { return cmp.Compare(b.weight, a.weight) })
	if len(all) > 0 && all[0].weight >= tellsStructure {
		all = slices.DeleteFunc(all, func(d difference) bool { return d.weight < tellsSpelling })
	}
	evidence := c.comparedEvidence(all)
	out := make([]faultline.Finding, 0, mostCompared)
	for i := range all[:min(len(all), mostCompared)] {
		alone := all[i].weight >= tellsStructure && (len(all) == 1 || i == 0 && all[0].weight >= all[1].weight+2*tellsStructure)
		out = append(out, all[i].finding(evidence, alone))
	}
	return out
}

// refusesRequest reports whether the status says that something about the
// request was not as it has to be. Where a server failed, or said that all is
// well, only a difference that its words name explains that.
func (c *Case) refusesRequest() bool { return c.Status() >= 400 && c.Status() < 500 }

func (d *difference) finding(evidence faultline.Evidence, alone bool) faultline.Finding {
	f := faultline.Finding{
		Cause:    faultline.Cause{Slug: d.slug},
		Strength: faultline.Possible,
		At:       d.at,
		Message:  d.words(),
		Brief:    d.what + ": " + d.is + ", was " + d.was,
		Expected: d.was,
		Found:    d.is,
		Evidence: []faultline.Evidence{evidence},
		Remedy:   faultline.Remedy{Text: d.remedy, Applicability: faultline.Guess, Patch: d.patch},
		Rank:     d.weight,
	}
	if d.renamed() {
		f.Brief = d.is + " → " + d.was
	}
	if alone {
		f.Strength = faultline.Likely
	} else {
		f.Notes = []faultline.Note{{Label: "settle it", Text: "send the call again with " + d.what + " alone as in the call that succeeded"}}
	}
	return f
}

func (d *difference) renamed() bool { return d.patch != nil && d.patch[0].Op == "move" }

// words are the headline.
func (d *difference) words() string {
	switch {
	case d.renamed():
		return d.is + " is called " + d.was + " in the call that succeeded"
	case d.is == "absent":
		return d.what + " is absent; the call that succeeded has it"
	case d.was == "absent":
		return d.what + " is sent; the call that succeeded has none"
	}
	return d.what + " is not as in the call that succeeded: " + d.was + " there, " + d.is + " here"
}

// comparedEvidence lists what differs, so that a reader can judge for himself.
func (c *Case) comparedEvidence(all []difference) faultline.Evidence {
	r := &c.Baseline.Request
	title := "compared with the nearest call that succeeded"
	if c.Baseline.ID != "" {
		title += ", " + short(c.Baseline.ID)
	}
	e := faultline.Evidence{Kind: faultline.Excerpt, Title: title, Lines: []faultline.Line{{Text: r.Method + " " + short(r.Path())}}}
	for i := range all[:min(len(all), mostLines)] {
		d := &all[i]
		e.Lines = append(e.Lines, faultline.Line{Text: strings.ReplaceAll(d.what, "`", "") + ": " + d.was + " there, " + d.is + " here"})
	}
	return e
}

// names reports whether the server's words name a thing.
func (c *Case) names(name string) bool {
	folded := lexicon.Fold(name)
	return len(folded) >= 3 && hasWord(c.heard().Text, folded)
}

// explains reports whether a difference of this kind can explain the answer.
// What a server complains of with a status is a small part of what may differ.
func (c *Case) explains(slug faultline.Slug) bool {
	family := slug.Family()
	switch status := c.Status(); {
	case status == 401, status == 403:
		return family == "auth" || slug == "header.missing"
	case status == 404, status == 410:
		return family == "route" && slug != "route.method-not-allowed"
	case status == 405, status == 501:
		return slug == "route.method-not-allowed"
	case status == 406:
		return slug == "content.not-acceptable"
	case status == 415:
		return family == "content"
	case status == 400, status == 422, status == 500:
		return family == "body" || family == "param" || family == "content" || slug == "header.missing"
	case status >= 200 && status <= 299:
		return family == "body" || family == "param" || slug == "header.missing"
	}
	return false
}
