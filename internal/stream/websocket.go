package stream

import (
	"encoding/binary"
	"fmt"
	"unicode/utf8"
)

// Frames reads the WebSocket frames (RFC 6455, section 5) that one end sends,
// from bytes that come in pieces of any size, and keeps none but those of a close
// frame. It stops at the first departure from the protocol: what follows cannot
// be told apart any more.
type Frames struct {
	Messages int64  // data messages that came to their end
	Size     int64  // bytes of their payload as it travelled
	Close    *Close // the close frame; nil: none came
	Fault    *Fault // the first departure from the protocol

	client   bool // a client masks, a server does not (section 5.1)
	deflate  bool // permessage-deflate was agreed on: RSV1 marks a compressed message (RFC 7692, section 6)
	message  bool // a message has begun and not ended
	at       int64
	head     [14]byte // of the frame that is being read
	have     int
	left     uint64 // bytes of its payload that are still to come
	payload  bool
	closing  []byte // the payload of a close frame, unmasked
	position int    // in the mask
}

// A Close is a close frame (RFC 6455, section 5.5.1).
type Close struct {
	Code   int // 1005: the frame has none (section 7.4.1)
	Reason string
}

// A Fault is a departure from a protocol.
type Fault struct {
	At   int64 // byte of what the end sent, from 0
	What string
}

// NewFrames returns a reader for what one end sends. deflate says that the
// answer to the handshake has permessage-deflate among its Sec-WebSocket-Extensions.
func NewFrames(client, deflate bool) *Frames { return &Frames{client: client, deflate: deflate} }

// The opcodes of RFC 6455, section 11.8.
const (
	opContinuation = 0
	opText         = 1
	opBinary       = 2
	opClose        = 8
	opPong         = 10
)

// maxControl is the longest payload of a control frame (RFC 6455, section 5.5).
const maxControl = 125

// Write reads the next piece. It keeps nothing of p.
func (f *Frames) Write(p []byte) {
	for len(p) > 0 && f.Fault == nil {
		if f.payload {
			p = f.skip(p)
			continue
		}
		f.head[f.have] = p[0]
		f.have++
		f.at++
		p = p[1:]
		if f.have >= f.headSize() {
			f.begin()
		}
	}
}

// Open reports whether a frame or a message has begun and not come to its end.
func (f *Frames) Open() bool { return f.message || f.payload || f.have > 0 }

// headSize is how long the head of the frame is, as far as its first bytes tell.
func (f *Frames) headSize() int {
	if f.have < 2 {
		return 2
	}
	size := 2
	switch f.head[1] & 0x7f {
	case 126:
		size = 4
	case 127:
		size = 10
	}
	if f.head[1]&0x80 != 0 {
		size += 4
	}
	return size
}

// begin checks the head, which is complete, and turns to the payload.
func (f *Frames) begin() {
	f.left = uint64(f.head[1] & 0x7f)
	switch f.left {
	case 126:
		f.left = uint64(binary.BigEndian.Uint16(f.head[2:]))
	case 127:
		f.left = binary.BigEndian.Uint64(f.head[2:])
	}
	if what := f.wrong(); what != "" {
		f.Fault = &Fault{At: f.at - int64(f.have), What: what}
		return
	}
	f.message = f.message || f.opcode() < opClose
	f.payload, f.position, f.closing = true, 0, nil
	if f.left == 0 {
		f.end()
	}
}

// wrong says how the head departs from the protocol.
func (f *Frames) wrong() string {
	op, final, masked := f.opcode(), f.head[0]&0x80 != 0, f.head[1]&0x80 != 0
	switch reserved := f.head[0] & 0x70; {
	case f.Close != nil:
		return "a frame behind the close frame (RFC 6455, section 5.5.1)"
	case reserved&0x30 != 0, reserved != 0 && (!f.deflate || op != opText && op != opBinary):
		return "a reserved bit is set that no extension gives a meaning (RFC 6455, section 5.2)"
	case op > opBinary && op < opClose || op > opPong:
		return fmt.Sprintf("the opcode 0x%X means nothing (RFC 6455, section 5.2)", op)
	case f.client && !masked:
		return "a frame of the client is not masked (RFC 6455, section 5.1)"
	case !f.client && masked:
		return "a frame of the server is masked (RFC 6455, section 5.1)"
	case op >= opClose && !final:
		return "a control frame is fragmented (RFC 6455, section 5.5)"
	case op >= opClose && f.left > maxControl:
		return fmt.Sprintf("a control frame is longer than %d bytes (RFC 6455, section 5.5)", maxControl)
	case op == opContinuation && !f.message:
		return "a continuation frame continues nothing (RFC 6455, section 5.4)"
	case (op == opText || op == opBinary) && f.message:
		return "a message begins inside another one (RFC 6455, section 5.4)"
	}
	return f.wrongLength()
}

// wrongLength holds the length to the shortest form (RFC 6455, section 5.2).
func (f *Frames) wrongLength() string {
	switch form := f.head[1] & 0x7f; {
	case form == 126 && f.left < 126, form == 127 && f.left < 1<<16:
		return "a length is not in its shortest form (RFC 6455, section 5.2)"
	case f.left>>63 != 0:
		return "a length has its highest bit set (RFC 6455, section 5.2)"
	}
	return ""
}

func (f *Frames) opcode() byte { return f.head[0] & 0x0f }

// skip passes over payload; that of a close frame is kept.
func (f *Frames) skip(p []byte) []byte {
	n := int(min(uint64(len(p)), f.left))
	if f.opcode() < opClose {
		f.Size += int64(n)
	}
	if f.opcode() == opClose {
		for _, b := range p[:n] {
			if f.client {
				b ^= f.head[f.have-4+f.position%4]
			}
			f.closing = append(f.closing, b)
			f.position++
		}
	}
	f.at += int64(n)
	if f.left -= uint64(n); f.left == 0 {
		f.end()
	}
	return p[n:]
}

// end is the end of a frame.
func (f *Frames) end() {
	op, final := f.opcode(), f.head[0]&0x80 != 0
	if op == opClose {
		f.closed()
	}
	if op < opClose && final {
		f.Messages++
		f.message = false
	}
	f.payload, f.have = false, 0
}

// closed reads the payload of a close frame.
func (f *Frames) closed() {
	c := &Close{Code: NoStatus}
	start := f.at - int64(len(f.closing))
	switch data := f.closing; {
	case len(data) == 0:
	case len(data) == 1:
		f.Fault = &Fault{At: start, What: "the close frame has half a code (RFC 6455, section 5.5.1)"}
	default:
		c.Code = int(binary.BigEndian.Uint16(data))
		if !onWire(c.Code) {
			f.Fault = &Fault{At: start, What: fmt.Sprintf("the close code %d must not be sent (RFC 6455, section 7.4)", c.Code)}
		}
		if !utf8.Valid(data[2:]) {
			f.Fault = &Fault{At: start + 2, What: "the reason of the close frame is not UTF-8 (RFC 6455, section 5.5.1)"}
			break
		}
		c.Reason = string(data[2:])
	}
	f.Close = c
}

// onWire reports whether a code may stand in a close frame: the registered ones
// (https://www.iana.org/assignments/websocket), and those of libraries and applications.
func onWire(code int) bool {
	switch {
	case code == 1004, code == NoStatus, code == Abnormal, code == 1015:
		return false
	}
	return code >= 1000 && code <= 1014 || code >= 3000 && code <= 4999
}
