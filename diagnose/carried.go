package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

// carried asks the rules about the failure that an answer carries inside of
// another protocol, and tells what they find in the terms of that protocol.
func (e *Engine) carried(c *causes.Case) ([]faultline.Finding, bool) {
	in := causes.CarriedBy(c.Exchange)
	if in == nil {
		return nil, false
	}
	inner := &causes.Case{Exchange: in.Inner, Around: c.Around, Keys: c.Keys}
	found := e.ask(inner, nil)
	if len(found) == 0 {
		found = e.bare(inner)
	}
	for i := range found {
		inTermsOf(in, &found[i])
	}
	return append(e.knownIn(in), besides(in.Known, found)...), true
}

// knownIn are the findings that the other protocol makes plain by itself.
func (e *Engine) knownIn(in *causes.Carried) []faultline.Finding {
	var out []faultline.Finding
	for _, f := range in.Known {
		i := slices.IndexFunc(e.rules, func(r causes.Rule) bool { return r.Slug == f.Cause.Slug })
		if i < 0 {
			continue
		}
		f.Cause = e.rules[i].Cause
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: in.Note})
		out = append(out, f)
	}
	return out
}

// besides leaves out what is known better: guesses, and the same cause once more.
func besides(known, found []faultline.Finding) []faultline.Finding {
	if len(known) == 0 {
		return found
	}
	return slices.DeleteFunc(found, func(f faultline.Finding) bool {
		return f.Strength == faultline.Possible || slices.ContainsFunc(known, func(k faultline.Finding) bool { return k.Cause.Slug == f.Cause.Slug })
	})
}

// inTermsOf rewrites a finding about the answer that was put in the place of the
// real one: its places are in nobody's hands.
func inTermsOf(in *causes.Carried, f *faultline.Finding) {
	if f.At.Side == faultline.ResponseSide {
		f.At, f.Caret = in.At, ""
	}
	status := in.Inner.Response.Status
	words := strings.NewReplacer(
		fmt.Sprintf("an answer with status %d", status), in.As,
		fmt.Sprintf("answered %d", status), "answered "+in.As,
		fmt.Sprintf("status %d", status), in.As,
		"an answer below 500", "an answer without an error", "an answer below 400", "an answer without an error",
	)
	for _, text := range []*string{&f.Message, &f.Found, &f.Expected, &f.Brief} {
		*text = words.Replace(*text)
	}
	f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: in.Note})
}
