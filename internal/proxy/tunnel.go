package proxy

import (
	"io"
	"net"
	"time"

	"github.com/faultline-http/faultline"
)

// switchProtocols passes a 101 on and then bytes in both directions, until
// both sides have ended (RFC 9110, section 7.8). What they say is not HTTP any
// more and is not looked at.
func (x *call) switchProtocols() bool {
	x.stopFeeding()
	x.ex.Response = &faultline.Response{Status: x.resp.Status, Reason: x.resp.Reason, Proto: x.resp.Proto(), Header: x.resp.Header}
	_, _ = x.cn.bw.Write(appendResponse(nil, &x.resp, passing{}))
	if err := x.cn.flush(); err != nil {
		_ = x.up.c.Close()
		return false
	}
	x.cn.setTunnel()
	_ = x.cn.c.SetDeadline(zeroTime)
	_ = x.up.c.SetDeadline(zeroTime)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = io.Copy(x.up.c, x.cn.br)
		closeWrite(x.up.c)
	}()
	_, _ = io.Copy(x.cn.c, x.up.br)
	closeWrite(x.cn.c)
	// A client that has ended may be told more for as long as the server likes. A
	// server that has ended is told nothing any more that matters.
	_ = x.cn.c.SetReadDeadline(time.Now().Add(lingerTime))
	<-done
	x.cn.setUpstream(nil)
	_ = x.up.c.Close()
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
