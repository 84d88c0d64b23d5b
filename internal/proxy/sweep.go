package proxy

import (
	"runtime"
	"syscall"
	"time"
)

// sweep moves the coarse clock on and ends what took too long, until stop is closed.
func (p *Proxy) sweep(stop <-chan struct{}) {
	began := time.Now()
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	var slim slimming
	for {
		select {
		case <-stop:
			return
		case <-ticker.C:
		}
		now := time.Since(began).Milliseconds()
		p.clock.now.Store(now)
		idle, calls := 0, 0
		p.clients.each(func(cn *conn) {
			switch cn.check(now) {
			case idling:
				idle++
			case tunnelling:
			default:
				calls++
			}
		})
		p.crowded.Store(calls > runtime.GOMAXPROCS(0))
		slim.look(idle)
	}
}

// check ends a phase of the connection that has lasted too long, and returns
// what the connection waits for.
func (cn *conn) check(now int64) phase {
	ph, age, word := cn.main.look(now)
	switch {
	case (ph == awaiting || ph == streaming) && due(age) && !cn.gone.Load() && cn.hungUp():
		// The server need not be kept busy for nobody.
		cn.gone.Store(true)
		if cn.main.expire(word) {
			cn.closeUpstream()
		} else {
			cn.gone.Store(false)
		}
	case age > cn.limit(ph):
		cn.interrupt(ph, &cn.main, word)
	}
	if ph, age, word := cn.feeder.look(now); age > cn.limit(ph) {
		cn.interrupt(ph, &cn.feeder, word)
	}
	return ph
}

// due reports whether it is time to see if the client of a call still listens:
// early on at each look, later once a second.
func due(age time.Duration) bool {
	return age >= tick && (age < time.Second || age%time.Second < tick)
}

// forever is the limit of phases that have none.
const forever = time.Duration(1<<63 - 1)

func (cn *conn) limit(ph phase) time.Duration {
	l := &cn.p.opts.Limits
	switch ph {
	case idling:
		return l.Idle
	case readHead:
		return l.Head
	case gathering:
		return gatherTime
	case readBody, tellClient, tellServer, streaming:
		return l.BodyIdle
	case awaiting:
		return l.FirstByte
	case busy, tunnelling:
	}
	return forever
}

// interrupt makes the operation return that the phase waits for, unless the
// phase has been left meanwhile.
func (cn *conn) interrupt(ph phase, t *timed, word uint64) {
	switch ph {
	case readHead, readBody, gathering:
		// The connection is still wanted: an answer follows, or the rest of the body.
		cn.halting.interruptIf(cn.c, func() bool { return t.expire(word) })
	case tellServer, awaiting, streaming:
		if t.expire(word) {
			cn.closeUpstream()
		}
	case idling, tellClient:
		if t.expire(word) {
			_ = cn.c.Close()
		}
	case busy, tunnelling:
	}
}

func (cn *conn) closeUpstream() {
	if up := cn.up.Load(); up != nil {
		up.close()
	}
}

// hungUp reports whether the client has gone while the server is waited for. A
// client that said it would send nothing more may have ended its side and
// still listen.
func (cn *conn) hungUp() bool {
	raw := cn.raw()
	return raw != nil && hungUp(raw, cn.patient.Load())
}

// raw is the system's connection below the client's; nil if there is none.
func (cn *conn) raw() syscall.RawConn {
	sc, ok := bottom(cn.c).(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := sc.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}
