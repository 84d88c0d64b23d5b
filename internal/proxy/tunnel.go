package proxy

import (
	"io"
	"net"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/wire"
)

// switchProtocols passes a 101 on and then bytes in both directions, until
// both sides have ended (RFC 9110, section 7.8). What they say is not HTTP any
// more and is not looked at.
func (x *call) switchProtocols() bool {
	x.stopFeeding()
	x.got = faultline.Response{Status: x.resp.Status, Reason: x.resp.Reason, Proto: x.resp.Proto(), Header: x.resp.Header}
	x.ex.Response = &x.got
	if err := x.cn.say(appendResponse(x.head[:0], &x.resp, passing{})); err != nil {
		return false
	}
	x.cn.enter(tunnelling)
	if x.cn.stopping.Load() {
		return false
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		copyAll(x.up.c, &x.cn.rd)
		closeWrite(x.up.c)
	}()
	copyAll(x.cn.c, &x.up.rd)
	closeWrite(x.cn.c)
	// A client that has ended may be told more for as long as the server likes. A
	// server that has ended is told nothing any more that matters.
	_ = x.cn.c.SetReadDeadline(time.Now().Add(lingerTime))
	<-done
	return false
}

// closeWrite tells a peer that nothing more comes, and still listens to it. A
// connection that cannot do so is closed.
func closeWrite(c net.Conn) {
	if half, ok := c.(interface{ CloseWrite() error }); ok && half.CloseWrite() == nil {
		return
	}
	_ = c.Close()
}

// copyAll passes bytes on until the source ends: what its reader holds first,
// the rest from connection to connection, which the system can do by itself.
func copyAll(dst net.Conn, src *wire.Reader) {
	if held := src.Window(); len(held) > 0 {
		if _, err := dst.Write(held); err != nil {
			return
		}
		src.Skip(len(held))
	}
	_, _ = io.Copy(dst, src.Source())
}
