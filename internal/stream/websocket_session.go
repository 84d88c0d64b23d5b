package stream

import (
	"fmt"
	"strings"
	"sync/atomic"
)

// The close codes that no frame has, by which ends report what they met
// (RFC 6455, section 7.4.1).
const (
	NoStatus = 1005 // a close frame without a code
	Abnormal = 1006 // no close frame
)

// A Session is both directions of a WebSocket. Client and Server are each
// written by one goroutine; the words are asked for when both have ended.
type Session struct {
	Client, Server *Frames

	closed atomic.Int32 // who sent a close frame first
	ended  atomic.Int32 // who ended first
}

const (
	byClient = 1 + iota
	byServer
)

// NewSession begins a session after a handshake whose answer has these
// Sec-WebSocket-Extensions.
func NewSession(extensions string) *Session {
	deflate := strings.Contains(strings.ToLower(extensions), "permessage-deflate")
	return &Session{Client: NewFrames(true, deflate), Server: NewFrames(false, deflate)}
}

// FromClient is where the bytes of the client are shown.
func (s *Session) FromClient() *Direction { return &Direction{s, s.Client, byClient} }

// FromServer is where the bytes of the server are shown.
func (s *Session) FromServer() *Direction { return &Direction{s, s.Server, byServer} }

// A Direction is one direction of a session.
type Direction struct {
	session *Session
	frames  *Frames
	who     int32
}

// Write is shown the next piece that passes, and keeps nothing of it.
func (d *Direction) Write(p []byte) {
	d.frames.Write(p)
	if d.frames.Close != nil {
		d.session.closed.CompareAndSwap(0, d.who)
	}
}

// End is told that the end says nothing more.
func (d *Direction) End() { d.session.ended.CompareAndSwap(0, d.who) }

// Failure says in words what went wrong, or "" if the session ended as it
// should. Rules read these words, as they read those of clients.
func (s *Session) Failure() string {
	for _, end := range []struct {
		who    string
		frames *Frames
	}{{"client", s.Client}, {"server", s.Server}} {
		if fault := end.frames.Fault; fault != nil {
			return fmt.Sprintf("websocket: protocol error of the %s at byte %d: %s", end.who, fault.At, fault.What) + s.closing("; ")
		}
	}
	if text := s.closing("websocket: "); text != "" || s.closed.Load() != 0 {
		return text
	}
	who := "server"
	if s.ended.Load() == byClient {
		who = "client"
	}
	text := "websocket: the connection was ended by the " + who + " without a close frame (1006)"
	if s.Client.Open() || s.Server.Open() {
		text += ", inside a message"
	}
	return text
}

// closing tells the first close frame, unless it says that all is well.
func (s *Session) closing(before string) string {
	who, c := "client", s.Client.Close
	if s.closed.Load() == byServer {
		who, c = "server", s.Server.Close
	}
	if c == nil {
		return ""
	}
	if text := c.Failure(who); text != "" {
		return before + text
	}
	return ""
}

// Failure says in words what went wrong as a close frame of the client or the
// server has it, or "" if it says that all is well.
func (c *Close) Failure(who string) string {
	if c.well() {
		return ""
	}
	text := fmt.Sprintf("closed by the %s with %d", who, c.Code)
	if name := CloseName(c.Code); name != "" {
		text += " (" + name + ")"
	}
	if c.Reason != "" {
		text += ": " + c.Reason
	}
	return text
}

// well reports whether a close frame says that the work is done: the normal
// codes, and those of applications, which nobody else can read. 44xx and 45xx
// follow the statuses of HTTP, as graphql-ws and others have it.
func (c *Close) well() bool {
	switch {
	case c.Code == 1000, c.Code == 1001, c.Code == NoStatus:
		return true
	case c.Code < 3000, c.Code == 3000, c.Code == 3003, c.Code == 3008:
		return false
	}
	return c.Code < 4400 || c.Code > 4599
}

// closeNames are the registered ones (https://www.iana.org/assignments/websocket).
var closeNames = map[int]string{
	1000: "normal closure", 1001: "going away", 1002: "protocol error", 1003: "unsupported data", NoStatus: "no status", Abnormal: "abnormal closure",
	1007: "invalid payload data", 1008: "policy violation", 1009: "message too big", 1010: "mandatory extension", 1011: "internal error",
	1012: "service restart", 1013: "try again later", 1014: "bad gateway", 1015: "TLS handshake",
	3000: "unauthorized", 3003: "forbidden", 3008: "timeout",
}

// CloseName is the registered name of a close code, or "".
func CloseName(code int) string { return closeNames[code] }

// Passed says how much was said, for people.
func (s *Session) Passed() string {
	return fmt.Sprintf("%s of the client, %s of the server", s.Client.passed(), s.Server.passed())
}

func (f *Frames) passed() string {
	noun := "messages"
	if f.Messages == 1 {
		noun = "message"
	}
	return fmt.Sprintf("%d %s (%d bytes)", f.Messages, noun, f.Size)
}
