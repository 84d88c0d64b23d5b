package wiretest

import "slices"

// Kind is how a body is delimited.
type Kind uint8

// The kinds of framing (RFC 9112, section 6).
const (
	None Kind = iota
	Length
	Chunked
	UntilClose
)

// A Body is content in its framing.
type Body struct {
	Kind    Kind
	Content []byte
	Chunks  []Chunk  // of a chunked body; together they are as long as the content
	Trailer []string // lines of the trailer section
}

// A Chunk is the line of a chunk and how much content follows it.
type Chunk struct {
	Line string // size and extensions, without CR LF
	Size int
}

// wire is the body as it travels.
func (b *Body) wire() []byte {
	if b.Kind != Chunked {
		return b.Content
	}
	var out []byte
	rest := b.Content
	for _, c := range b.Chunks {
		out = append(out, c.Line...)
		out = append(out, "\r\n"...)
		out = append(out, rest[:c.Size]...)
		rest = rest[c.Size:]
		if c.Size > 0 {
			out = append(out, "\r\n"...)
		}
	}
	for _, line := range b.Trailer {
		out = append(out, line...)
		out = append(out, "\r\n"...)
	}
	return append(out, "\r\n"...)
}

// dataEnds are the offsets in wire at which a piece of content ends: what was
// sent up to one of them can be read by the peer without waiting for more.
func (b *Body) dataEnds() []int {
	if len(b.Content) == 0 {
		return nil
	}
	if b.Kind != Chunked {
		return []int{1, (len(b.Content) + 1) / 2, len(b.Content)}
	}
	var out []int
	at := 0
	for _, c := range b.Chunks {
		if at += len(c.Line) + 2; c.Size > 0 {
			out = append(out, at+1, at+c.Size)
			at += c.Size + 2
		}
	}
	return slices.Compact(out)
}
