package ecma

// A Regexp is a pattern that was read. It is safe for use from several
// goroutines.
type Regexp struct {
	text string
	root *node
}

// Compile reads a pattern with the u flag and, if it is none, without. The
// error is a *SyntaxError of the first attempt: it has the stricter grammar,
// and the newer words.
func Compile(pattern string) (*Regexp, error) {
	root, err := parse(pattern, true)
	if err == nil {
		return newRegexp(pattern, root), nil
	}
	root, again := parse(pattern, false)
	if again != nil {
		return nil, err
	}
	return newRegexp(pattern, root), nil
}

// Check reports what keeps a pattern from being one with the u flag.
func Check(pattern string) error {
	if _, err := parse(pattern, true); err != nil {
		return err
	}
	return nil
}

func newRegexp(text string, root *node) *Regexp {
	return &Regexp{text: text, root: root}
}

// String is the pattern as it was written.
func (re *Regexp) String() string { return re.text }
