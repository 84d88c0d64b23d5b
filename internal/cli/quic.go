package cli

import (
	"context"
	"fmt"
	"net"

	"github.com/faultline-http/faultline/internal/http3"
	faultlisten "github.com/faultline-http/faultline/internal/listen"
	"github.com/faultline-http/faultline/internal/proxy"
)

// quicPort is the UDP port of a listener that answers HTTP/3.
type quicPort struct {
	beside *faultlisten.Listener
	pc     net.PacketConn
	end    context.CancelFunc // nil: it is not answered yet
	done   chan struct{}
}

// openQUIC opens the UDP port of the same number, and has clients of HTTP/2 told.
func openQUIC(ctx context.Context, beside *faultlisten.Listener) (*quicPort, error) {
	pc, err := new(net.ListenConfig).ListenPacket(ctx, "udp", beside.Addr().String())
	if err != nil {
		return nil, fmt.Errorf("the UDP port for HTTP/3: %w", err)
	}
	beside.AltSvc = http3.AltSvc(pc)
	return &quicPort{beside: beside, pc: pc, done: make(chan struct{})}, nil
}

// begin answers until ctx ends or the port is closed.
func (q *quicPort) begin(ctx context.Context, p *proxy.Proxy, l *proxy.Limits, say func(string)) {
	ctx, q.end = context.WithCancel(ctx)
	go func() {
		defer close(q.done)
		err := http3.Serve(ctx, q.pc, http3.Options{
			Handler: p.Handler(), TLS: q.beside.TLSConfig(), Idle: l.Idle, Handshake: l.Head, MaxHeader: l.Wire.WithDefaults().Head, Grace: l.Grace,
		})
		if err != nil {
			say("HTTP/3 is not answered any more: " + err.Error())
		}
	}()
}

func (q *quicPort) close() {
	if q.end == nil {
		_ = q.pc.Close()
		return
	}
	q.end()
	<-q.done
}
