package stream

import (
	"encoding/base64"
	"encoding/binary"
)

// Messages reads the length-prefixed messages of gRPC, gRPC-Web and Connect
// (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md): a byte of
// flags, four of length, and the message. It keeps the one that ends a stream
// of gRPC-Web or Connect, which holds the status.
type Messages struct {
	Count int64  // messages that came to their end
	Size  int64  // bytes of their payload
	Last  []byte // the payload that ends the stream: trailers of gRPC-Web, JSON of Connect; at most 16 KiB
	Ended bool   // that payload came
	Fault *Fault

	text  bool // gRPC-Web in base64
	group [4]byte
	chars int
	at    int64
	head  [5]byte
	have  int
	left  uint32
	body  bool
}

// NewMessages returns a reader; text says that the stream is in base64
// (application/grpc-web-text).
func NewMessages(text bool) *Messages { return &Messages{text: text} }

const (
	flagCompressed = 0x01
	flagConnectEnd = 0x02 // https://connectrpc.com/docs/protocol/#streaming-rpcs
	flagWebTrailer = 0x80 // https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md
	maxLast        = 16 << 10
)

// Write reads the next piece. It keeps nothing of p.
func (m *Messages) Write(p []byte) {
	if !m.text {
		m.read(p)
		return
	}
	// Each group is decoded by itself: servers end every message with padding.
	var out [3]byte
	for _, c := range p {
		if m.Fault != nil {
			return
		}
		m.group[m.chars] = c
		if m.chars++; m.chars < len(m.group) {
			continue
		}
		m.chars = 0
		n, err := base64.StdEncoding.Decode(out[:], m.group[:])
		if err != nil {
			m.fault("the stream is not in base64")
			return
		}
		m.read(out[:n])
	}
}

// Open reports whether a message has begun and not come to its end.
func (m *Messages) Open() bool { return m.have > 0 || m.chars > 0 }

func (m *Messages) read(p []byte) {
	for len(p) > 0 && m.Fault == nil {
		if m.body {
			p = m.skip(p)
			continue
		}
		n := copy(m.head[m.have:], p)
		m.have += n
		m.at += int64(n)
		p = p[n:]
		if m.have == len(m.head) {
			m.begin()
		}
	}
}

func (m *Messages) begin() {
	switch {
	case m.Ended:
		m.fault("a message behind the one that ends the stream")
		return
	case m.head[0]&^(flagCompressed|flagConnectEnd|flagWebTrailer) != 0:
		m.fault("what stands here is no length-prefixed message")
		return
	}
	m.left, m.body = binary.BigEndian.Uint32(m.head[1:]), true
	if m.left == 0 {
		m.end()
	}
}

func (m *Messages) fault(what string) {
	if m.Fault == nil {
		m.Fault = &Fault{At: max(0, m.at-int64(len(m.head))), What: what}
	}
}

func (m *Messages) ends() bool { return m.head[0]&(flagConnectEnd|flagWebTrailer) != 0 }

func (m *Messages) skip(p []byte) []byte {
	n := int(min(int64(len(p)), int64(m.left)))
	if m.ends() {
		m.Last = append(m.Last, p[:min(n, maxLast-len(m.Last))]...)
	} else {
		m.Size += int64(n)
	}
	m.at += int64(n)
	if m.left -= uint32(n); m.left == 0 {
		m.end()
	}
	return p[n:]
}

func (m *Messages) end() {
	if m.ends() {
		m.Ended = true
	} else {
		m.Count++
	}
	m.have, m.body = 0, false
}

// Compressed reports whether the message at hand, or the last one, is compressed.
func (m *Messages) Compressed() bool { return m.head[0]&flagCompressed != 0 }
