package schema

import (
	"slices"
	"strconv"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

// rest explains unevaluatedProperties and unevaluatedItems.
func (x *explainer) rest(id ID, f *form, token int) {
	next := x.restOf(f, token)
	if next == None {
		return
	}
	marks := x.evaluated(id, token, true)
	evaluated := slices.Clone(x.marks[marks:])
	x.marks = x.marks[:marks]
	isObject := x.t.Tokens[token].Kind == tape.Object
	n := -1
	x.parts(token, func(value int) bool {
		n++
		if evaluated[n] || x.fits(next, value) {
			return true
		}
		switch {
		case isObject && x.forms[next].never:
			x.path = append(x.path, step{key: value - 1})
			x.unknown(f, value-1, "unevaluatedProperties")
			x.path = x.path[:len(x.path)-1]
		case isObject:
			x.part(next, value, step{key: value - 1})
		case x.forms[next].never:
			x.add(f, Violation{
				Kind: Value, Keyword: "unevaluatedItems",
				Message: x.name(token) + " must have at most " + plural(n, "item") + ", it has " + strconv.Itoa(int(x.t.Tokens[token].Count)),
				Want:    "at most " + plural(n, "item"),
				Found:   x.found(token),
				Detail:  faultline.Detail{Types: []string{"array"}},
			}, token)
			return false
		default:
			x.part(next, value, step{key: -1, index: n})
		}
		return true
	})
}
