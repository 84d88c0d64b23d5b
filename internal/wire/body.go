package wire

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/faultline-http/faultline"
)

const (
	// maxChunkLine bounds the line of a chunk's size with its extensions. Nobody
	// uses extensions; long ones have been used to exhaust servers (CVE-2023-39326).
	maxChunkLine = 4 << 10

	// maxExtensions bounds the extensions of all chunks of a body together.
	maxExtensions = 64 << 10
)

// A Body is read piece by piece, as it arrives, without being copied.
type Body struct {
	Trailer faultline.Header // after the end of a chunked body

	br     *bufio.Reader
	kind   Kind
	state  state
	left   int64 // of the body, or of the chunk
	offset int64 // of the next byte, chunk framing included
	extra  int   // bytes of chunk extensions so far
	trail  int   // bytes of trailer lines so far
	lim    Limits
	err    error
}

type state uint8

const (
	inData state = iota
	atSize
	afterData
	inTrailer
	ended
)

// Reset makes the body ready to be read from br.
func (b *Body) Reset(br *bufio.Reader, f Framing, lim Limits) {
	*b = Body{br: br, kind: f.Kind, left: f.Length, lim: lim.withDefaults()}
	switch {
	case f.Kind == NoBody || f.Kind == Length && f.Length == 0:
		b.state = ended
	case f.Kind == Chunked:
		b.state = atSize
	}
}

// Next returns the next piece: the bytes as they travelled and, among them,
// those of the content. Both are valid until the next read from the connection.
// At the end it returns io.EOF, for a body that breaks off [ErrCut], and for a
// malformed one an [*Error].
func (b *Body) Next() (wire, data []byte, err error) {
	if b.err != nil {
		return nil, nil, b.err
	}
	switch b.state {
	case ended:
		err = io.EOF
	case inData:
		wire, err = b.nextData()
		data = wire
	case atSize:
		wire, err = b.nextSize()
	case afterData:
		wire, err = b.nextEnd()
	case inTrailer:
		wire, err = b.nextTrailer()
	}
	b.offset += int64(len(wire))
	if err != nil {
		b.err = err
	}
	return wire, data, err
}

// Done reports whether the whole body has been read.
func (b *Body) Done() bool { return b.state == ended }

// Waits reports whether Next would have to wait for the connection: time to
// flush what has been passed on so far.
func (b *Body) Waits() bool {
	switch b.state {
	case ended:
		return false
	case inData:
		return b.br.Buffered() == 0
	default:
		ready, _ := b.br.Peek(b.br.Buffered())
		return bytes.IndexByte(ready, '\n') < 0
	}
}

func (b *Body) nextData() ([]byte, error) {
	if _, err := b.br.Peek(1); err != nil {
		if errors.Is(err, io.EOF) && b.kind == UntilClose {
			b.state = ended
			return nil, io.EOF
		}
		return nil, cut(err)
	}
	n := b.br.Buffered()
	if b.kind != UntilClose {
		n = int(min(int64(n), b.left))
		b.left -= int64(n)
	}
	piece, _ := b.br.Peek(n)
	_, _ = b.br.Discard(n) // cannot fail: the bytes are there
	if b.left == 0 {
		switch b.kind {
		case Length:
			b.state = ended
		case Chunked:
			b.state = afterData
		}
	}
	return piece, nil
}

// nextSize reads "1a;name=value" (RFC 9112, section 7.1).
func (b *Body) nextSize() ([]byte, error) {
	text, err := b.line(maxChunkLine, chunkLineLong, chunkLineLF)
	if err != nil {
		return nil, err
	}
	size, extra, wrong := chunkLine(line{text: string(text[:len(text)-2]), ending: "\r\n", offset: b.offset})
	if wrong != nil {
		return nil, wrong
	}
	if b.extra += extra; b.extra > maxExtensions {
		return nil, line{text: string(text), offset: b.offset}.all(chunkExtMany, maxExtensions)
	}
	b.left, b.state = size, inData
	if size == 0 {
		b.state = inTrailer
	}
	return text, nil
}

// nextEnd reads the CR LF after the data of a chunk.
func (b *Body) nextEnd() ([]byte, error) {
	two, err := b.br.Peek(2)
	if err != nil {
		return nil, cut(err)
	}
	if wrong := chunkEnd(two, b.offset); wrong != nil {
		return nil, wrong
	}
	_, _ = b.br.Discard(2)
	b.state = atSize
	return two, nil
}

func (b *Body) nextTrailer() ([]byte, error) {
	text, err := b.line(b.br.Size(), trailerLineLong, lineBareLF)
	if err != nil {
		return nil, err
	}
	if len(text) == 2 {
		b.state = ended
		return text, nil
	}
	l := line{text: string(text[:len(text)-2]), ending: "\r\n", offset: b.offset}
	if b.trail += len(text); b.trail > b.lim.Head || len(b.Trailer) >= b.lim.Fields {
		return nil, l.at(0, 0, trailerLarge, b.lim.Head, b.lim.Fields)
	}
	f, wrong := trailerField(l)
	if wrong != nil {
		return nil, wrong
	}
	b.Trailer = append(b.Trailer, f)
	return text, nil
}

// line reads through LF and refuses a line that does not end with CR LF.
func (b *Body) line(most int, long, bare *Fault) ([]byte, error) {
	text, err := b.br.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull) || len(text) > most:
		return nil, line{text: string(text), offset: b.offset}.at(0, 0, long, min(most, b.br.Size()))
	case err != nil:
		return nil, cut(err)
	case len(text) < 2 || text[len(text)-2] != '\r':
		return nil, bareEnd(line{text: string(text[:len(text)-1]), ending: "\n", offset: b.offset}, bare)
	}
	return text, nil
}

func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return ErrCut
	}
	return err
}
