package proxy

import "runtime/debug"

const (
	// manyIdle is from where on the memory of idle connections is worth a thought.
	manyIdle = 1000

	// slimmings is how often the stacks of goroutines are halved: from what judging
	// a body takes (8 KiB) to what waiting takes (2 KiB).
	slimmings = 2
)

// slimming takes back what connections that have become idle do not need any
// more. Their goroutines keep the stacks that their calls needed until garbage
// is collected, and where nothing is allocated that is seldom.
type slimming struct {
	idle int // connections at the last time
	left int // rounds to go
}

// look is told now and then how many connections are idle.
func (s *slimming) look(idle int) {
	switch {
	case idle < s.idle/2:
		s.idle = idle
	case idle >= manyIdle && idle > s.idle+s.idle/4:
		s.idle, s.left = idle, slimmings
	}
	if s.left > 0 {
		s.left--
		debug.FreeOSMemory()
	}
}
