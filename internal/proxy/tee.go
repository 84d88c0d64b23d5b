package proxy

import (
	"bufio"
	"errors"
	"io"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/wire"
)

// tee keeps the beginning of a body that passes by.
type tee struct {
	kept  []byte
	size  int64
	limit int64
}

func (t *tee) add(b []byte) {
	t.size += int64(len(b))
	if room := t.limit - int64(len(t.kept)); room > 0 {
		t.kept = append(t.kept, b[:min(int64(len(b)), room)]...)
	}
}

func (t *tee) body() faultline.Body {
	return faultline.Body{Raw: t.kept, Size: t.size, Truncated: t.size > int64(len(t.kept))}
}

// A passError says on which side the passing on of a body broke.
type passError struct {
	reading bool
	err     error
}

func (e *passError) Error() string { return e.err.Error() }
func (e *passError) Unwrap() error { return e.err }

// pass sends a body on as it arrives: whenever the next piece has to be waited
// for, what came so far is flushed. With dechunk only the content goes on.
func pass(src *wire.Body, dst *bufio.Writer, t *tee, dechunk bool, flush func() error, wait func()) *passError {
	for {
		if src.Waits() {
			if err := flush(); err != nil {
				return &passError{err: err}
			}
			wait()
		}
		piece, data, err := src.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			// What came before the break is the client's to see.
			_ = flush()
			return &passError{reading: true, err: err}
		}
		t.add(data)
		if dechunk {
			piece = data
		}
		if _, err := dst.Write(piece); err != nil {
			return &passError{err: err}
		}
	}
	if err := flush(); err != nil {
		return &passError{err: err}
	}
	return nil
}
