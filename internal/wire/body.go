package wire

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"

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
	text, err := b.line("chunk size", maxChunkLine)
	if err != nil {
		return nil, err
	}
	size, n := int64(0), 0
	for n < len(text) && hexDigit(text[n]) >= 0 {
		// More than 16 digits are 64 bits: leading zeros are how lengths are smuggled past a reader that cuts them.
		if size >= 1<<58 || n == 16 {
			return nil, b.wrong(n, "the chunk size `%s` is too large", clip(string(text[:len(text)-2])))
		}
		size = size<<4 | int64(hexDigit(text[n]))
		n++
	}
	rest := text[n : len(text)-2]
	if n == 0 {
		return nil, b.wrong(0, "`%s` is not a chunk size: it must be a hexadecimal number", clip(string(rest)))
	}
	if len(rest) > 0 {
		if err := b.checkExtension(n, string(rest)); err != nil {
			return nil, err
		}
	}
	b.left, b.state = size, inData
	if size == 0 {
		b.state = inTrailer
	}
	return text, nil
}

func (b *Body) checkExtension(at int, ext string) *Error {
	// RFC 9112, section 7.1.1, tolerates white space before the semicolon; parsers differ about it, so it is refused.
	if ext[0] != ';' {
		return b.wrong(at, "`%s` follows the chunk size", clip(ext))
	}
	if i := firstNot(ext, &valueByte); i >= 0 {
		return b.wrong(at+i, "%s stands in a chunk extension", byteName(ext[i]))
	}
	if b.extra += len(ext); b.extra > maxExtensions {
		return b.wrong(at, "the chunk extensions are longer than %d bytes together", maxExtensions)
	}
	return nil
}

// nextEnd reads the CR LF after the data of a chunk.
func (b *Body) nextEnd() ([]byte, error) {
	two, err := b.br.Peek(2)
	if err != nil {
		return nil, cut(err)
	}
	if two[0] != '\r' || two[1] != '\n' {
		return nil, b.wrong(0, "the data of the chunk goes on after its size: %s stands where CR LF should", byteName(two[0]))
	}
	_, _ = b.br.Discard(2)
	b.state = atSize
	return two, nil
}

func (b *Body) nextTrailer() ([]byte, error) {
	text, err := b.line("trailer", b.br.Size())
	if err != nil {
		return nil, err
	}
	if len(text) == 2 {
		b.state = ended
		return text, nil
	}
	if b.trail += len(text); b.trail > b.lim.Head || len(b.Trailer) >= b.lim.Fields {
		return nil, b.wrong(0, "the trailer section is longer than %d bytes or %d fields", b.lim.Head, b.lim.Fields)
	}
	f, wrong := parseField(line{text: string(text[:len(text)-2])})
	if wrong != nil {
		return nil, b.wrong(int(wrong.Offset), "%s", wrong.Reason)
	}
	// RFC 9110, section 6.5.1: fields of framing and routing have no business here.
	for _, name := range [...]string{"content-length", "transfer-encoding", "host", "trailer"} {
		if lowerEqual(f.Name, name) {
			return nil, b.wrong(0, "the field `%s` cannot stand in a trailer section", f.Name)
		}
	}
	b.Trailer = append(b.Trailer, f)
	return text, nil
}

// line reads through LF and refuses a line that does not end with CR LF.
func (b *Body) line(what string, most int) ([]byte, error) {
	text, err := b.br.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull) || len(text) > most:
		return nil, b.wrong(0, "a %s line is longer than %d bytes", what, min(most, b.br.Size()))
	case err != nil:
		return nil, cut(err)
	case len(text) < 2 || text[len(text)-2] != '\r':
		return nil, b.wrong(len(text)-1, "a %s line ends with LF alone, and HTTP ends lines with CR LF", what)
	}
	return text, nil
}

func (b *Body) wrong(at int, format string, args ...any) *Error {
	return &Error{Offset: b.offset + int64(at), Reason: fmt.Sprintf(format, args...), Status: http.StatusBadRequest, InBody: true, Topic: BodyLength}
}

func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return ErrCut
	}
	return err
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
