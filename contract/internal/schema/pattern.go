package schema

import (
	"github.com/faultline-http/faultline/contract/internal/ecma"
	"github.com/faultline-http/faultline/internal/tape"
)

// A pattern is a regular expression of a schema.
type pattern struct {
	text string
	re   *ecma.Regexp
}

// errCostly says that it could not be found out with the work that is allowed
// whether a text matches.
var errCostly = ecma.ErrCostly

// newPattern reads text. The error says what is wrong with it in words.
func newPattern(text string) (*pattern, error) {
	re, err := ecma.Compile(text)
	if err != nil {
		return nil, err
	}
	return &pattern{text, re}, nil
}

// match reports whether the pattern is found in text, whose escapes are undone.
func (p *pattern) match(text []byte) (bool, error) { return p.re.Match(text) }

// within is match for one of the texts of a body. What all of them have cost is
// counted in spent.
func (p *pattern) within(text []byte, spent *int) (bool, error) {
	return p.re.MatchWithin(text, spent, mostPatternWork)
}

// mostPatternWork is what the patterns that have to go back may cost for one
// body: less than a second.
const mostPatternWork = 2 * ecma.MostWork

const longestPatternShown = 80

func (p *pattern) show() string { return tape.Printable([]byte(p.text), longestPatternShown) }
