package proxy

import "time"

// The limits of a proxy, each with the reason for its value.
const (
	// DefaultHeadTime is enough for a head over a slow mobile line and too
	// little for a slow-header attack to pay.
	DefaultHeadTime = 20 * time.Second

	// DefaultIdle outlives the idle time of common clients (Go 90 s, browsers
	// about 60 s), so that it is the client who closes and no request meets a
	// connection that is just going away.
	DefaultIdle = 2 * time.Minute

	// DefaultConnect covers one lost SYN with its retransmissions (1 + 2 + 4 s).
	DefaultConnect = 10 * time.Second

	// DefaultFirstByte is longer than what gateways in front of APIs wait (60 s
	// as a rule), so that theirs is the answer that is seen.
	DefaultFirstByte = 2 * time.Minute

	// DefaultBodyIdle leaves event streams and long polls alone, which are
	// advised to send a comment every 15 s, and ends what is dead.
	DefaultBodyIdle = 10 * time.Minute

	// DefaultGrace is what a person waits after Ctrl-C without pressing it again.
	DefaultGrace = 5 * time.Second

	// DefaultMaxClients is what one address can have toward another before ports
	// run out; connections that wait hold no buffers. More of them wait to be accepted.
	DefaultMaxClients = 28000

	// DefaultMaxIdle is above the parallelism of one service's usual callers.
	DefaultMaxIdle = 128

	// upstreamIdle is below the keep-alive time of common servers (nginx 75 s, Go
	// and Apache behind balancers 60 s); servers with less announce it (Node 5 s).
	upstreamIdle = 50 * time.Second

	// lingerTime and lingerBytes bound what is read and thrown away after an
	// early answer, so that the client gets to read it (RFC 9112, section 9.6).
	lingerTime  = time.Second
	lingerBytes = 1 << 20

	// maxInterim bounds the interim answers to one request.
	maxInterim = 64
)

func (l Limits) withDefaults() Limits {
	set := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	l.Wire = l.Wire.WithDefaults()
	set(&l.Head, DefaultHeadTime)
	set(&l.Idle, DefaultIdle)
	set(&l.Connect, DefaultConnect)
	set(&l.FirstByte, DefaultFirstByte)
	set(&l.BodyIdle, DefaultBodyIdle)
	set(&l.Grace, DefaultGrace)
	if l.MaxClients <= 0 {
		l.MaxClients = DefaultMaxClients
	}
	if l.MaxIdle <= 0 {
		l.MaxIdle = DefaultMaxIdle
	}
	return l
}
