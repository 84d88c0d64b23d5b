package guard

import "fmt"

// Mode says what the guard does about a request that its contract refuses.
type Mode uint8

// The modes. The zero one touches nothing.
const (
	Observe Mode = iota // the call goes on; the sinks are told
	Warn                // the call goes on; its answer carries header fields that name the cause
	Block               // the call ends here with a problem document; the server never sees it
)

var modeNames = [...]string{"observe", "warn", "block"}

func (m Mode) String() string {
	if int(m) < len(modeNames) {
		return modeNames[m]
	}
	return fmt.Sprintf("mode %d", uint8(m))
}

// ParseMode reads a mode as it is written on a command line.
func ParseMode(s string) (Mode, error) {
	for i, name := range modeNames {
		if s == name {
			return Mode(i), nil
		}
	}
	return Observe, fmt.Errorf("mode %q is not known: observe, warn and block are", s)
}

// Undocumented says what happens to a request for which the contract has no
// operation.
type Undocumented uint8

// What can happen to undocumented requests.
const (
	ByMode           Undocumented = iota // pass in Observe and Warn, refuse in Block
	PassUndocumented                     // pass, in Block too
	BlockUndocumented
)

var undocumentedNames = [...]string{"", "pass", "block"}

func (u Undocumented) String() string {
	if int(u) < len(undocumentedNames) {
		return undocumentedNames[u]
	}
	return fmt.Sprintf("undocumented %d", uint8(u))
}

// ParseUndocumented reads "pass", "block" or "" as on a command line.
func ParseUndocumented(s string) (Undocumented, error) {
	for i, name := range undocumentedNames {
		if s == name {
			return Undocumented(i), nil
		}
	}
	return ByMode, fmt.Errorf("%q is not a way to treat undocumented requests: pass and block are", s)
}
