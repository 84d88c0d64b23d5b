package wire

import (
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

	rd     *Reader
	kind   Kind
	state  state
	left   int64   // of the body, or of the chunk
	offset int64   // of the next byte, chunk framing included
	extra  int     // bytes of chunk extensions so far
	trail  int     // bytes of trailer lines so far
	lim    *Limits // with the defaults filled in
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

// Reset makes the body ready to be read from rd.
func (b *Body) Reset(rd *Reader, f Framing, lim *Limits) {
	*b = Body{rd: rd, kind: f.Kind, left: f.Length, lim: lim}
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
		return b.rd.Buffered() == 0
	default:
		return bytes.IndexByte(b.rd.Window(), '\n') < 0
	}
}

func (b *Body) nextData() ([]byte, error) {
	if b.rd.Buffered() == 0 {
		if err := b.rd.fill(b.class()); err != nil {
			if errors.Is(err, io.EOF) && b.kind == UntilClose {
				b.state = ended
				return nil, io.EOF
			}
			return nil, cut(err)
		}
	}
	n := b.rd.Buffered()
	if b.kind != UntilClose {
		n = int(min(int64(n), b.left))
		b.left -= int64(n)
	}
	piece := b.rd.Window()[:n]
	b.rd.Skip(n)
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
	if err := b.rd.need(2); err != nil {
		return nil, cut(err)
	}
	two := b.rd.Window()[:2]
	if wrong := chunkEnd(two, b.offset); wrong != nil {
		return nil, wrong
	}
	b.rd.Skip(2)
	b.state = atSize
	return two, nil
}

func (b *Body) nextTrailer() ([]byte, error) {
	text, err := b.line(b.lim.Line, trailerLineLong, lineBareLF)
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
	text, err := b.rd.lineWithin(most)
	switch {
	case err != nil:
		return nil, cut(err)
	case len(text) > most:
		return nil, line{text: string(text), offset: b.offset}.at(0, 0, long, most)
	case len(text) < 2 || text[len(text)-2] != '\r':
		return nil, bareEnd(line{text: string(text[:len(text)-1]), ending: "\n", offset: b.offset}, bare)
	}
	b.rd.Skip(len(text))
	return text, nil
}

// class is the buffer that pays for what is left: bodies that pass are read in
// large pieces, small ones in the buffer that holds the head.
func (b *Body) class() int {
	if b.kind == Length && b.left < int64(sizes[usualClass]) {
		return usualClass
	}
	return bulkClass
}

func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return ErrCut
	}
	return err
}
