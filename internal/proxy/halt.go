package proxy

import (
	"net"
	"sync"
	"time"
)

// past is a deadline that is over.
var past = time.Unix(1, 0)

// halting makes reads from a client return before anything has arrived, and
// lets them wait again.
type halting struct {
	mu   sync.Mutex
	set  bool // the deadline is over
	halt bool // on purpose: the rest of the body is not wanted
}

// interruptIf ends the read under way if late says so. Who sees itself late and
// calls resume comes after the interruption, never before it.
func (h *halting) interruptIf(c net.Conn, late func() bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if late() {
		h.set = true
		_ = c.SetReadDeadline(past)
	}
}

// stop ends the read under way in another goroutine, which can ask whether it
// was on purpose.
func (h *halting) stop(c net.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.set, h.halt = true, true
	_ = c.SetReadDeadline(past)
}

func (h *halting) stopped() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.halt
}

// resume lets reads wait again.
func (h *halting) resume(c net.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.set {
		_ = c.SetReadDeadline(time.Time{})
	}
	h.set, h.halt = false, false
}
