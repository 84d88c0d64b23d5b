package proxy

import (
	"os"
	"sync/atomic"
	"time"
)

// tick is how coarse the limits of time are: all connections are looked at so
// often, and no call sets a timer of its own.
const tick = 100 * time.Millisecond

// clock is a coarse time: milliseconds since the proxy began, as of the last tick.
type clock struct{ now atomic.Int64 }

// phase is what a connection is waiting for.
type phase uint8

const (
	busy       phase = iota // for nobody, or for something with a limit of its own
	idling                  // for the client's next request
	readHead                // for the rest of a head
	readBody                // for the client's body
	gathering               // for a small body that is worth having as a whole
	tellClient              // for the client to take an answer
	tellServer              // for the server to take a request
	awaiting                // for the first byte of the answer
	streaming               // for more of the answer
	tunnelling              // for either side of a tunnel
)

// timed is a phase with its beginning, in one word: whoever leaves a phase and
// whoever ends it because it took too long cannot both have it.
type timed struct{ word atomic.Uint64 }

const (
	phaseShift = 56
	expiredBit = 1 << 63
	timeMask   = 1<<phaseShift - 1
)

// enter begins a phase and reports whether the last one was within its limit.
func (t *timed) enter(ph phase, c *clock) bool {
	old := t.word.Swap(uint64(ph)<<phaseShift | uint64(c.now.Load())&timeMask)
	return old&expiredBit == 0
}

// begin begins a phase in place of the present one if that is busy: from
// another goroutine, which must not end a phase that the connection is in.
func (t *timed) begin(ph phase, c *clock) {
	word := t.word.Load()
	if word&expiredBit == 0 && phase(word>>phaseShift) == busy {
		t.word.CompareAndSwap(word, uint64(ph)<<phaseShift|uint64(c.now.Load())&timeMask)
	}
}

// look returns the phase, how long it has lasted, and the word for expire.
func (t *timed) look(now int64) (phase, time.Duration, uint64) {
	word := t.word.Load()
	if word&expiredBit != 0 {
		return busy, 0, word
	}
	return phase(word >> phaseShift), time.Duration(now-int64(word&timeMask)) * time.Millisecond, word
}

// expire ends the phase that look returned, unless it has been left meanwhile.
func (t *timed) expire(word uint64) bool {
	return t.word.CompareAndSwap(word, word|expiredBit)
}

// errLate is what an operation failed with that took longer than its limit.
var errLate = os.ErrDeadlineExceeded
