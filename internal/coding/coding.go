// Package coding removes content codings (RFC 9110, section 8.4.1) from bodies
// that are looked at: gzip, deflate, br and zstd. What travels stays coded; this
// is for eyes only, so the output is capped, and input that breaks off gives what
// could be decoded.
//
//	if err := coding.Decode(&ex.Response.Body, "gzip", 1<<20); errors.Is(err, faultline.ErrCoding) {
//		... // a coding that nobody here knows
//	}
package coding

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
)

// maxCodings bounds the codings of one body. Two are seen in practice (a
// compressed file that a server compresses again); each costs a decoder.
const maxCodings = 5

// slack is how much more than the limit may lie between two codings: what
// compresses badly grows by its framing.
const slack = 64 << 10

// Decode fills b.Decoded by removing the codings of a Content-Encoding field
// value, the last one first, and stops at limit bytes: a bomb costs no more than
// that. When something is in the way, Note says what and Decoded holds what could
// be decoded. The error wraps [faultline.ErrCoding] for a coding that is not
// known and [faultline.ErrExpanded] for more than limit bytes.
func Decode(b *faultline.Body, contentEncoding string, limit int64) error {
	codings, err := split(contentEncoding)
	if err == nil && len(codings) == 0 {
		b.Decoded = b.Raw
		return nil
	}
	var out []byte
	if err == nil {
		out, err = remove(codings, b.Raw, limit)
	}
	b.Decoded = out
	if err == nil {
		return nil
	}
	b.Note = err.Error()
	if len(out) == 0 {
		b.Decoded = nil
	}
	return err
}

// split names the codings in the order in which they were applied; identity is none.
func split(contentEncoding string) ([]*kind, error) {
	var out []*kind
	for name := range strings.SplitSeq(contentEncoding, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" || name == "identity" {
			continue
		}
		i := slices.IndexFunc(kinds, func(k *kind) bool { return slices.Contains(k.names, name) })
		if i < 0 {
			return nil, fmt.Errorf("%w: %q", faultline.ErrCoding, name)
		}
		if len(out) == maxCodings {
			return nil, fmt.Errorf("%w: more than %d, one over the other", faultline.ErrCoding, maxCodings)
		}
		out = append(out, kinds[i])
	}
	return out, nil
}

// remove reads through all codings at once, so that input which breaks off
// gives what can be had of it.
func remove(codings []*kind, data []byte, limit int64) ([]byte, error) {
	if slices.ContainsFunc(codings, func(k *kind) bool { return k.large }) {
		slots <- struct{}{}
		defer func() { <-slots }()
	}
	var in source = bytes.NewReader(data)
	for i, k := range slices.Backward(codings) {
		l := &layer{kind: k, left: limit + slack, limit: limit}
		if i == 0 {
			l.left = limit
		}
		l.decoder, l.err = k.open(in)
		defer l.close()
		in = l
	}
	return io.ReadAll(in)
}

// source is what decoders read from: with ReadByte none of them reads ahead
// into a buffer of its own.
type source interface {
	io.Reader
	io.ByteReader
}

// A layer is one coding that is being removed. Its errors say which.
type layer struct {
	kind    *kind
	decoder decoder
	err     error
	ended   bool
	left    int64 // how many bytes may still come out
	limit   int64
	one     [1]byte
}

func (l *layer) Read(p []byte) (int, error) {
	if l.err != nil {
		return 0, l.err
	}
	if int64(len(p)) > l.left {
		p = p[:l.left]
	}
	if len(p) == 0 {
		return 0, l.full()
	}
	n, err := l.decoder.Read(p)
	l.left -= int64(n)
	l.ended = errors.Is(err, io.EOF)
	if err != nil && !l.ended {
		l.err = l.named(err)
		err = l.err
	}
	return n, err
}

// full is called when nothing more may come out: it finds out whether something would.
func (l *layer) full() error {
	for range 16 { // a decoder may give nothing without having ended
		n, err := l.decoder.Read(l.one[:])
		switch {
		case n > 0:
			l.err = expanded(l.kind.names[0], l.limit)
			return l.err
		case errors.Is(err, io.EOF):
			l.ended = true
			return io.EOF
		case err != nil:
			l.err = l.named(err)
			return l.err
		}
	}
	return io.EOF
}

// ReadByte lets the decoder above read no further than it needs.
func (l *layer) ReadByte() (byte, error) {
	for {
		n, err := l.Read(l.one[:])
		if n == 1 {
			return l.one[0], nil
		}
		if err != nil {
			return 0, err
		}
	}
}

// named adds the coding, once: what a layer below said stays as it is.
func (l *layer) named(err error) error {
	var below *Error
	if errors.As(err, &below) {
		return err
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return &Error{Coding: l.kind.names[0], Err: err}
}

// close keeps the decoder for the next body if it came to its end. One that did
// not may hold input still, which brotli.Reader.Reset would mix into the next body.
func (l *layer) close() {
	if l.ended {
		l.kind.pool.Put(l.decoder)
	}
}

func expanded(coding string, limit int64) error {
	return &Error{Coding: coding, Err: fmt.Errorf("%w: more than %d bytes", faultline.ErrExpanded, limit)}
}

// An Error says which coding could not be removed.
type Error struct {
	Coding string
	Err    error
}

func (e *Error) Error() string { return "content coding " + e.Coding + ": " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }
