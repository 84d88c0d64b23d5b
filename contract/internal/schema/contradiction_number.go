package schema

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/format"
)

// An end is one end of the range that the forms leave to numbers.
type end struct {
	form      *form
	keyword   string // "minimum", "format"
	value     decimal
	text      string
	exclusive bool
}

// words is the end as it is written.
func (e *end) words() string {
	if e.keyword == "format" {
		return "`format: " + e.form.num.format + "`"
	}
	return "`" + e.keyword + ": " + e.text + "`"
}

// numbers looks for ranges without a number.
func (c *critic) numbers(owner *form, set []*form, types Types, _ int, say func(*Contradiction)) *Contradiction {
	low, high := ends(set)
	if low == nil || high == nil {
		return nil
	}
	out := &Contradiction{Clash: ClashBounds, Schema: c.node(owner), Pos: c.place(owner, high.form, high.keyword), Remedy: "let the smaller number be the lower bound"}
	switch order := low.value.compare(&high.value); {
	case order > 0:
		out.Msg = fmt.Sprintf("no number keeps both %s and %s", low.words(), high.words())
	case order == 0 && (low.exclusive || high.exclusive):
		out.Msg = fmt.Sprintf("no number keeps both %s and %s: the bound itself is left out", low.words(), high.words())
		out.Remedy = "let the bounds lie apart, or include the bound"
	default:
		return c.steps(owner, set, types, low, high, say)
	}
	out.Msg += whereWords(owner, low.form, high.form)
	say(out)
	return out
}

// ends are the tightest bounds of all forms; nil where there is none.
func ends(set []*form) (low, high *end) {
	for _, f := range set {
		if f.num == nil {
			continue
		}
		for i := range f.num.bounds {
			b := &f.num.bounds[i]
			e := &end{form: f, keyword: b.keyword, value: b.value, text: b.text, exclusive: strings.HasPrefix(b.keyword, "exclusive")}
			if strings.HasSuffix(strings.ToLower(b.keyword), "minimum") {
				low = e.tighter(low, 1)
			} else {
				high = e.tighter(high, -1)
			}
		}
		if f.num.least != nil {
			low = (&end{form: f, keyword: "format", value: *f.num.least}).tighter(low, 1)
			high = (&end{form: f, keyword: "format", value: *f.num.most}).tighter(high, -1)
		}
	}
	return low, high
}

// tighter is e if it leaves less than the other end of the same side.
func (e *end) tighter(other *end, side int) *end {
	if other == nil {
		return e
	}
	order := side * e.value.compare(&other.value)
	if order > 0 || order == 0 && e.exclusive && !other.exclusive {
		return e
	}
	return other
}

// steps looks for ranges without a multiple, and without an integer where only
// integers are left.
func (c *critic) steps(owner *form, set []*form, types Types, low, high *end, say func(*Contradiction)) *Contradiction {
	from, ok := ratOf(low)
	if !ok {
		return nil
	}
	to, ok := ratOf(high)
	if !ok {
		return nil
	}
	whole := types&NumberType == 0
	var steps []*form
	for _, f := range set {
		whole = whole || f.num != nil && f.num.whole
		if f.num != nil && f.num.step != "" {
			steps = append(steps, f)
		}
	}
	if whole && !hasMultiple(from, to, low.exclusive, high.exclusive, big.NewRat(1, 1)) {
		out := &Contradiction{
			Clash: ClashStep, Schema: c.node(owner), Pos: c.place(owner, high.form, high.keyword),
			Msg:    fmt.Sprintf("no integer keeps both %s and %s%s", low.words(), high.words(), whereWords(owner, low.form, high.form)),
			Remedy: "let the bounds leave an integer between them, or allow numbers with a fraction",
		}
		say(out)
		return out
	}
	for _, f := range steps {
		step, ok := ratOfText(f.num.step)
		if !ok || step.Sign() <= 0 {
			continue
		}
		if whole { // the integers among the multiples of p/q are those of p
			step = new(big.Rat).SetInt(step.Num())
		}
		if hasMultiple(from, to, low.exclusive, high.exclusive, step) {
			continue
		}
		out := &Contradiction{
			Clash: ClashStep, Schema: c.node(owner), Pos: c.place(owner, f, "multipleOf"),
			Msg:    fmt.Sprintf("no multiple of %s keeps both %s and %s%s", f.num.step, low.words(), high.words(), whereWords(owner, f, low.form, high.form)),
			Remedy: "let the bounds leave a multiple between them",
		}
		say(out)
		return out
	}
	return nil
}

// hasMultiple reports whether a multiple of step lies in the range.
func hasMultiple(from, to *big.Rat, above, below bool, step *big.Rat) bool {
	n := new(big.Rat).Quo(from, step)
	// The least whole number that is not below n.
	k := new(big.Int).Div(new(big.Int).Add(n.Num(), new(big.Int).Sub(n.Denom(), big.NewInt(1))), n.Denom())
	first := new(big.Rat).Mul(new(big.Rat).SetInt(k), step)
	if above && first.Cmp(from) == 0 {
		first.Add(first, step)
	}
	order := first.Cmp(to)
	return order < 0 || order == 0 && !below
}

// Numbers that are longer than this are taken to leave room: exact fractions of
// them would cost what their exponent says.
const (
	longestRat    = 40
	mostRatZeroes = 60
)

func ratOf(e *end) (*big.Rat, bool) {
	if e.keyword != "format" {
		return ratOfText(e.text)
	}
	bounds, _ := format.LookupNumber(e.form.num.format)
	if e.value.neg || e.value.zero() {
		return ratOfText(bounds.Least)
	}
	return ratOfText(bounds.Most)
}

func ratOfText(text string) (*big.Rat, bool) {
	d := parseDecimal([]byte(text))
	if len(text) > longestRat || d.exp > mostRatZeroes || d.exp < -mostRatZeroes {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}
