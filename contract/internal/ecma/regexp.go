package ecma

import (
	"errors"
	"sync"
)

// ErrCostly says that whether a text matches was not found out with the work
// that is allowed. The same pattern gives the same text the same answer, always.
var ErrCostly = errors.New("takes too long")

// longestBacktrack bounds the text that is gone back in.
const longestBacktrack = 64 << 10

// A Regexp is a pattern that was read. It is safe for use from several
// goroutines.
type Regexp struct {
	text   string
	root   *node
	groups int

	runs    []run
	open    bool // more may follow the runs
	formula *formula
	leaves  []*node // nil: it has to go back

	once     sync.Once
	made     *table
	program  *program // nil: it has to go back
	machines sync.Pool
}

// Compile reads a pattern with the u flag and, if it is none, without. The
// error is a *SyntaxError of the first attempt: it has the stricter grammar,
// and the newer words.
//
// What matching needs is made when a text comes.
func Compile(pattern string) (*Regexp, error) {
	root, groups, err := parse(pattern, true)
	if err != nil {
		var again *SyntaxError
		if root, groups, again = parse(pattern, false); again != nil {
			return nil, err
		}
	}
	return newRegexp(pattern, root, groups), nil
}

func newRegexp(text string, root *node, groups int) *Regexp {
	re := &Regexp{text: text, root: root, groups: groups}
	if root.any(func(n *node) bool { return n.op == opBackref }) {
		return re
	}
	plain := root.withoutGroups()
	if runs, open, ok := asRuns(plain); ok {
		re.runs, re.open = runs, open
	}
	var s splitter
	if f := s.split(plain); f != nil && fits(s.leaves) {
		re.formula, re.leaves = f, s.leaves
	}
	return re
}

// Check reports what keeps a pattern from being one with the u flag.
func Check(pattern string) error {
	if _, _, err := parse(pattern, true); err != nil {
		return err
	}
	return nil
}

func fits(leaves []*node) bool {
	total := 0
	for _, leaf := range leaves {
		total += leaf.size()
	}
	return total <= largestProgram
}

// String is the pattern as it was written.
func (re *Regexp) String() string { return re.text }

// Costly reports whether the pattern has to go back. Match allocates then.
func (re *Regexp) Costly() bool { return re.runs == nil && re.leaves == nil }

// Match reports whether the pattern is found in a text, in UTF-8, whose escapes
// are undone. It is ErrCostly for some patterns and texts.
func (re *Regexp) Match(text []byte) (bool, error) {
	spent := 0
	return re.MatchWithin(text, &spent, MostWork)
}

// MostWork is what a text may cost: some tenths of a second.
const MostWork = 1 << 19

// MatchWithin is Match for many texts that may cost no more than most together.
// It adds to spent what this one did. Nothing is counted for patterns that never
// cost more than a moment for each byte of a text: they always have an answer.
func (re *Regexp) MatchWithin(text []byte, spent *int, most int) (bool, error) {
	if re.runs != nil {
		return matchRuns(re.runs, re.open, text), nil
	}
	if t := re.table(); t != nil {
		return t.match(text), nil
	}
	if re.program != nil {
		return re.simulate(text, spent, most)
	}
	if len(text) > longestBacktrack {
		return false, ErrCostly
	}
	return backtrack(re.root, re.groups, text, spent, most)
}

// Empty reports whether no text at all matches, if that is known.
func (re *Regexp) Empty() (empty, known bool) {
	for i := range re.runs {
		if r := &re.runs[i]; r.Min > 0 && r.Class == [2]uint64{} && r.wide.sample(func(int) int { return 0 }) < 0 {
			return true, true
		}
	}
	if t := re.table(); t != nil {
		return t.empty(), true
	}
	if _, ok := re.Sample(0, -1, func(int) int { return 0 }); ok {
		return false, true
	}
	return false, false
}

// Fits reports whether a text of at least least and at most most characters (-1:
// as many as there are) matches, if that is known.
func (re *Regexp) Fits(least, most int) (fits, known bool) {
	if t := re.table(); t != nil {
		_, found, whole := t.search(least, most, func(int) int { return 0 })
		return found, found || whole
	}
	_, found := re.Sample(least, most, func(int) int { return 0 })
	return found, found
}

// table makes the table, or at least the program, the first time.
func (re *Regexp) table() *table {
	re.once.Do(func() {
		if re.leaves == nil {
			return
		}
		if re.program = newProgram(re.leaves, re.formula); re.program == nil {
			return
		}
		if re.made = newTable(re.program); re.made != nil {
			re.program = nil
		}
	})
	return re.made
}

// A simulation is what one run without a table needs.
type simulation struct {
	machine *machine
	s, next state
}

func (re *Regexp) simulate(text []byte, spent *int, most int) (bool, error) {
	sim, ok := re.machines.Get().(*simulation)
	if !ok {
		sim = &simulation{machine: newMachine(re.program)}
	}
	sim.machine.steps = *spent * stepsPerWork
	found, err := sim.machine.match(text, &sim.s, &sim.next, most*stepsPerWork)
	*spent = sim.machine.steps / stepsPerWork
	re.machines.Put(sim)
	return found, err
}
