package proxy

import (
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/faultline-http/faultline"
)

// relayBody is the body of a request on its way to the server. The transport
// reads it in a goroutine of its own and may go on after the answer came: what
// is kept of it is guarded by a lock, and nothing is added once it was stopped.
type relayBody struct {
	x   *relayed
	src io.ReadCloser

	mu      sync.Mutex
	tee     tee
	ahead   []byte // read before the server was called, and not yet sent
	reads   bool   // somebody wants it
	ended   bool   // all of it has been read
	stopped bool
	err     error
}

func newRelayBody(x *relayed, limit int64) *relayBody {
	b := &relayBody{x: x, src: x.r.Body}
	b.tee.limit = limit
	b.ended = x.r.Body == nil || x.r.Body == http.NoBody
	if x.r.ContentLength > 0 {
		b.tee.expect(x.r.ContentLength)
	}
	return b
}

// outgoing is the body for the transport; http.NoBody if there is none, which
// is told from one of unknown length.
func (b *relayBody) outgoing() io.ReadCloser {
	if b.ended && b.tee.size == 0 {
		return http.NoBody
	}
	return b
}

// pieceSize is how much of a body is read at once.
const pieceSize = 32 << 10

// readAhead reads up to the limit, and a byte to see whether there is more.
func (b *relayBody) readAhead(limit int64) error {
	b.reads = true
	for !b.ended && int64(len(b.ahead)) <= limit {
		if cap(b.ahead)-len(b.ahead) < 512 {
			b.ahead = append(make([]byte, 0, max(4096, 2*cap(b.ahead))), b.ahead...)
		}
		n, err := b.src.Read(b.ahead[len(b.ahead):cap(b.ahead)])
		b.tee.add(b.ahead[len(b.ahead) : len(b.ahead)+n])
		b.ahead = b.ahead[:len(b.ahead)+n]
		if b.ended = errors.Is(err, io.EOF); err != nil && !b.ended {
			return err
		}
	}
	return nil
}

// Read gives the transport what comes from the client.
func (b *relayBody) Read(p []byte) (int, error) {
	if n := b.readAheadOf(p); n > 0 {
		return n, nil
	}
	b.mu.Lock()
	ended, stopped := b.ended, b.stopped
	b.reads = true
	b.mu.Unlock()
	switch {
	case stopped:
		return 0, errStopped
	case ended:
		return 0, io.EOF
	}
	n, err := b.src.Read(p)
	b.x.moves()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stopped {
		return 0, errStopped
	}
	b.tee.add(p[:n])
	switch {
	case errors.Is(err, io.EOF):
		b.ended = true
	case err != nil:
		b.err = err
	}
	return n, err
}

func (b *relayBody) readAheadOf(p []byte) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := copy(p, b.ahead)
	b.ahead = b.ahead[n:]
	return n
}

// Close is the transport's. The client's body stays open: the front ends it.
func (*relayBody) Close() error { return nil }

// stop ends the keeping. Reads that are under way return without effect.
func (b *relayBody) stop() {
	if h, ok := b.src.(interface{ halt() }); ok {
		h.halt() // a body on a connection that is used again must not be read any more
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stopped = true
	b.tee.end()
}

// begun reports whether the client has been told to send its body, if it waits for that.
func (b *relayBody) begun() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.reads
}

// through reports whether all of the body has been read.
func (b *relayBody) through() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ended
}

// broke is the error of the client's side, if there was one.
func (b *relayBody) broke() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

// kept is the captured part. The memory is not written to any more once the
// body is through or stopped.
func (b *relayBody) kept() faultline.Body {
	b.mu.Lock()
	defer b.mu.Unlock()
	body := b.tee.body()
	body.Truncated = body.Truncated || !b.ended
	return body
}

func (b *relayBody) trailer() faultline.Header {
	if len(b.x.r.Trailer) == 0 || !b.through() {
		return nil
	}
	return flat(b.x.r.Trailer)
}

// moves notes that something of a body has passed, in either direction.
func (x *relayed) moves() {
	if x.idle != nil {
		x.idle.Reset(x.p.opts.Limits.BodyIdle)
	}
}

// watchIdle begins to watch for bodies that stand still.
func (x *relayed) watchIdle() {
	x.idle = time.AfterFunc(x.p.opts.Limits.BodyIdle, func() {
		x.cancel(errLate)
		_ = http.NewResponseController(x.w).SetWriteDeadline(past) // the client may take nothing
	})
}
