package proxy

import (
	"errors"
	"io"

	"github.com/faultline-http/faultline/internal/wire"
)

// A passError says on which side the passing on of a body broke.
type passError struct {
	reading bool
	err     error
}

func (e *passError) Error() string { return e.err.Error() }
func (e *passError) Unwrap() error { return e.err }

// outlet gathers small pieces, so that each write carries what was there at the time.
type outlet struct {
	w interface {
		write(head *[]byte, body []byte) error
	}
	buf []byte
}

// add sends a large piece at once, together with what was gathered.
func (o *outlet) add(b []byte) error {
	if len(o.buf)+len(b) <= together {
		o.buf = append(o.buf, b...)
		return nil
	}
	err := o.w.write(&o.buf, b)
	o.buf = o.buf[:0]
	return err
}

func (o *outlet) flush() error {
	if len(o.buf) == 0 {
		return nil
	}
	err := o.w.write(&o.buf, nil)
	o.buf = o.buf[:0]
	return err
}

// pass sends a body on as it arrives: whenever the next piece has to be waited
// for, what came so far is flushed. With dechunk only the content goes on.
// waiting is told before and after a read that may wait; false means that it
// took too long.
func pass(src *wire.Body, dst *outlet, t *tee, dechunk bool, waiting func(begins bool) bool) *passError {
	for {
		waits := src.Waits()
		if waits {
			if err := dst.flush(); err != nil {
				return &passError{err: err}
			}
			waiting(true)
		}
		piece, data, err := src.Next()
		if waits && !waiting(false) {
			err = errLate
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			// What came before the break is the client's to see.
			_ = dst.flush()
			return &passError{reading: true, err: err}
		}
		t.add(data)
		if dechunk {
			piece = data
		}
		if err := dst.add(piece); err != nil {
			return &passError{err: err}
		}
	}
	return failing(dst.flush())
}

// sender writes to a server, in a goroutine of its own.
type sender struct {
	x *call
}

func (s sender) write(head *[]byte, body []byte) error {
	cn := s.x.cn
	cn.feeder.enter(tellServer, &cn.p.clock)
	_, err := writeBoth(&s.x.feeding.to.out, head, body)
	if !cn.feeder.enter(busy, &cn.p.clock) {
		return errLate
	}
	return err
}
