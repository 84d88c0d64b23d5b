package proxy

import (
	"io"
	"net/http"
	"strings"
	"sync"
)

// joinedBody is the body of the request on the client's connection, read by the
// transport in a goroutine of its own.
type joinedBody struct {
	x       *call
	trailer http.Header // whose names were announced

	mu     sync.Mutex // held while reading
	rest   []byte
	reads  bool
	halted bool
}

// Read takes the body off its framing. A client that waits for leave to send it
// is given it by the first read, as net/http does.
func (b *joinedBody) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.halted {
		return 0, errStopped // the call's memory is somebody else's by now
	}
	if err := b.leave(); err != nil {
		return 0, err
	}
	cn := b.x.cn
	for len(b.rest) == 0 {
		if b.x.body.Done() {
			b.fillTrailer()
			return 0, io.EOF
		}
		cn.feeder.enter(readBody, &cn.p.clock)
		_, data, err := b.x.body.Next()
		if inTime := cn.feeder.enter(busy, &cn.p.clock); err != nil {
			if !inTime {
				err = errLate
			}
			return 0, err
		}
		b.rest = data
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

// leave tells a client that waits that it may send its body.
func (b *joinedBody) leave() error {
	b.reads = true
	x := b.x
	if !x.req.Expect || x.told100 {
		return nil
	}
	x.told100 = true
	if x.cn.rd.Buffered() > 0 {
		return nil
	}
	_, err := io.WriteString(x.cn.c, goOn)
	return err
}

// begun reports whether anybody wanted the body.
func (b *joinedBody) begun() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.reads
}

func (b *joinedBody) fillTrailer() {
	for _, f := range b.x.body.Trailer {
		name := http.CanonicalHeaderKey(f.Name)
		if _, ok := b.trailer[name]; ok {
			b.trailer[name] = append(b.trailer[name], strings.Clone(f.Value))
		}
	}
}

// Close is for the transport, which does not own the connection.
func (*joinedBody) Close() error { return nil }

// halt ends the reading: afterwards the connection belongs to its goroutine again.
func (b *joinedBody) halt() {
	if !b.mu.TryLock() {
		b.x.cn.halting.stop(b.x.cn.c)
		b.mu.Lock()
		b.x.cn.halting.resume(b.x.cn.c)
	}
	b.halted = true
	b.mu.Unlock()
}
