package faultline

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A Body is the content of a message: the bytes as they travelled inside the
// transfer coding, and the same with the content coding removed.
type Body struct {
	Raw       []byte // content coding as it came; at most the capture limit
	Decoded   []byte // content coding removed; nil if not decoded, see Note
	Size      int64  // bytes that travelled; more than len(Raw) if Truncated
	Truncated bool   // Raw is only the beginning
	Note      string // why Decoded is missing or short, in words
}

// NewBody returns a body of the bytes that travelled, without content coding.
func NewBody(raw []byte) Body {
	return Body{Raw: raw, Decoded: raw, Size: int64(len(raw))}
}

// Bytes returns the decoded view if there is one, else the raw bytes.
func (b *Body) Bytes() []byte {
	if b.Decoded != nil {
		return b.Decoded
	}
	return b.Raw
}

// Empty reports whether no byte travelled.
func (b *Body) Empty() bool { return b.Size == 0 && len(b.Raw) == 0 }

// ErrCoding is returned by Decode for a content coding that is not supported.
var ErrCoding = errors.New("content coding not supported")

// Decode fills Decoded by removing the codings of a Content-Encoding field
// value (RFC 9110, section 8.4.1), the last one first, and stops at limit
// bytes of output: a bomb costs no more than that. gzip, x-gzip, deflate and
// identity are known. When something is in the way, Note says what, Decoded
// holds what could be decoded, and the error wraps ErrCoding for an unknown
// coding.
func (b *Body) Decode(contentEncoding string, limit int64) error {
	data := b.Raw
	codings := strings.Split(contentEncoding, ",")
	for i := len(codings) - 1; i >= 0; i-- {
		coding := strings.ToLower(strings.TrimSpace(codings[i]))
		out, err := decodeOne(coding, data, limit)
		if err != nil {
			b.Decoded = nil
			b.Note = err.Error()
			if !errors.Is(err, ErrCoding) && len(out) > 0 && i == 0 {
				b.Decoded = out
			}
			return err
		}
		data = out
	}
	b.Decoded = data
	return nil
}

func decodeOne(coding string, data []byte, limit int64) ([]byte, error) {
	var r io.Reader
	var err error
	switch coding {
	case "", "identity":
		return data, nil
	case "gzip", "x-gzip":
		r, err = gzip.NewReader(bytes.NewReader(data))
	case "deflate":
		// RFC 9110, section 8.4.1.2: deflate is the zlib format.
		r, err = zlib.NewReader(bytes.NewReader(data))
	default:
		return nil, fmt.Errorf("%w: %q", ErrCoding, coding)
	}
	if err != nil {
		return nil, fmt.Errorf("content coding %s: %w", coding, err)
	}
	out, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(out)) > limit {
		return out[:limit], fmt.Errorf("content coding %s: more than %d bytes after decoding", coding, limit)
	}
	if err != nil {
		return out, fmt.Errorf("content coding %s: %w", coding, err)
	}
	return out, nil
}
