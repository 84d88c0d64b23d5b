package wire

import (
	"bytes"
	"sync"

	"github.com/faultline-http/faultline/internal/race"
)

// A buffer is memory that connections borrow while they have something in it:
// one that waits for its next message holds none.
type buffer struct {
	b     []byte
	class int
}

// sizes are the classes of buffers: the first for what waits on a connection
// that cannot be watched without one, the second for a head and a JSON body of
// usual size in one read, the last for the largest head that may be configured.
var sizes = [...]int{2 << 10, 16 << 10, 64 << 10, 256 << 10, MaxHead + 4<<10}

const (
	waitingClass = 0
	usualClass   = 1
	bulkClass    = 2 // of bodies that pass: fewer, larger reads
)

var buffers [len(sizes)]sync.Pool

// borrow returns a buffer of the class at least.
func borrow(class int) *buffer {
	if b, ok := buffers[class].Get().(*buffer); ok {
		return b
	}
	return &buffer{b: make([]byte, sizes[class]), class: class}
}

// giveBack takes a buffer that nothing points into any more.
func giveBack(b *buffer) {
	if b != nil {
		if race.Enabled {
			spoil(b.b)
		}
		buffers[b.class].Put(b)
	}
}

// spoiled fills what was given back, so that the tests with the race detector
// find out who still reads it: by the race, or by what is read.
var spoiled = bytes.Repeat([]byte("?"), 1<<10)

func spoil(b []byte) { copy(b, spoiled) }
