package proxy

import (
	"io"
	"net"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/wire"
)

// switchProtocols passes a 101 on and then bytes in both directions, until
// both sides have ended (RFC 9110, section 7.8). What they say is not HTTP any
// more; who knows the protocol is shown it.
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
	protocol, _ := x.resp.SpecialValue(wire.UpgradeField)
	fromClient, fromServer := x.guard.WatchUpgrade(protocol)
	done := make(chan struct{})
	go func() {
		defer close(done)
		copyAll(x.up.c, &x.cn.rd, fromClient)
		closeWrite(x.up.c)
	}()
	copyAll(x.cn.c, &x.up.rd, fromServer)
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
// the rest from connection to connection. If nobody watches, the system can do
// that by itself.
func copyAll(dst net.Conn, src *wire.Reader, w guard.Watcher) {
	if w == nil {
		w = nobody{}
	}
	defer w.End()
	if held := src.Window(); len(held) > 0 {
		w.Write(held)
		if _, err := dst.Write(held); err != nil {
			return
		}
		src.Skip(len(held))
	}
	if _, ok := w.(nobody); ok {
		_, _ = io.Copy(dst, src.Source())
		return
	}
	_, _ = io.Copy(shown{dst, w}, src.Source())
}

// nobody watches.
type nobody struct{}

func (nobody) Write([]byte) {}
func (nobody) End()         {}

// shown is a connection whose bytes somebody sees pass.
type shown struct {
	dst io.Writer
	w   guard.Watcher
}

func (s shown) Write(p []byte) (int, error) {
	s.w.Write(p)
	return s.dst.Write(p)
}
