package faultline

import "errors"

// A Body is the content of a message: the bytes as they travelled inside the
// transfer coding, and the same with the content coding removed.
type Body struct {
	Raw       []byte // content coding as it came; at most the capture limit
	Decoded   []byte // content coding removed; nil if not decoded, see Note
	Size      int64  // bytes that travelled; more than len(Raw) if Truncated
	Truncated bool   // Raw is only the beginning
	Tail      []byte // of a Truncated stream: what stands beyond Raw and tells how it went, an event that says that it failed, trailers
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

// ErrCoding is what the Note of a body says whose content coding (RFC 9110,
// section 8.4.1) is not supported.
var ErrCoding = errors.New("content coding not supported")

// ErrExpanded is what the Note of a body says that is larger than the limit
// once its content coding is removed; Decoded holds the beginning.
var ErrExpanded = errors.New("larger than the limit after decoding")
