package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/tape"
)

func init() { register("body.duplicate-key", duplicateKey) }

// duplicateKey finds a key that stands twice in one object. RFC 8259, section
// 4: what a receiver makes of that is unpredictable.
func duplicateKey(c *Case) []faultline.Finding {
	view := c.body()
	if view.format != jsonBody || !c.Refused() || c.unread() {
		return nil
	}
	twins := view.tape.Duplicates(maxTwins)
	if len(twins) == 0 {
		return nil
	}
	told := c.blamed(words.Duplicate, faultline.InBody)
	strength := faultline.Possible
	switch {
	case len(told) > 0, c.Unsent():
		strength = faultline.Proven
	case !c.speaksOfRequest():
		return nil
	case len(c.blames()) == 0 && !c.judgedOtherwise():
		strength = faultline.Likely // nothing else is wrong, and nobody says what is
	}
	out := make([]faultline.Finding, 0, len(twins))
	for _, twin := range twins {
		out = append(out, c.twinFinding(twin, strength, told))
	}
	return out
}

// maxTwins bounds what is said of one body: a megabyte holds a hundred thousand
// twins, and nobody reads past the first few.
const maxTwins = 100

// judgedOtherwise reports whether the contract names another mistake.
func (c *Case) judgedOtherwise() bool {
	for _, v := range c.Violations {
		if v.Kind != contract.Duplicate {
			return true
		}
	}
	return false
}

func (c *Case) twinFinding(twin tape.Twin, s faultline.Strength, told []blame) faultline.Finding {
	t := c.body().tape
	name := t.Text(twin.Second)
	key := t.Tokens[twin.Second]
	span := faultline.Span{Start: int(key.Start) + 1, End: int(key.End) - 1}
	at := faultline.AtBody(c.pointerOfKey(span), c.placed(span))
	first := c.placed(faultline.Span{Start: int(t.Tokens[twin.First].Start)})
	f := faultline.Finding{
		Strength: s,
		At:       at,
		Message:  fmt.Sprintf("`%s` stands twice in one object", name),
		Brief:    fmt.Sprintf("`%s` twice", name),
		Caret:    fmt.Sprintf("it stands at %d:%d already", first.Line, first.Column),
		Expected: "each key once",
		Found:    fmt.Sprintf("`%s` again", name),
		Remedy:   faultline.Remedy{Text: "keep the one that is meant; most readers take the last", Applicability: faultline.Guess},
		Retry:    failsAgain,
	}
	for v := range c.violated(contract.Duplicate, faultline.InBody) {
		if v.At.Pointer == at.Pointer {
			f.Strength, f.Source = faultline.Proven, v.Source
		}
	}
	if len(told) > 0 {
		f.Evidence = append(f.Evidence, said(told[0].complaint.Text))
	}
	return f
}

// pointerOfKey is the pointer of the member whose name stands there.
func (c *Case) pointerOfKey(key faultline.Span) string {
	for i := range c.body().fields() {
		if f := &c.body().fields()[i]; f.key.Start == key.Start && f.key.End == key.End {
			return f.pointer()
		}
	}
	return ""
}
