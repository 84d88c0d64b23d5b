// Package http3 answers HTTP/3 (RFC 9114) on a UDP port, by quic-go. It stands by
// itself so that whoever does not need it need not link QUIC.
//
//	pc, err := net.ListenPacket("udp", ":8443")
//	err = http3.Serve(ctx, pc, http3.Options{Handler: p.Handler(), TLS: l.TLSConfig()})
//
// Clients find the port by an Alt-Svc field in an answer of HTTP/1.1 or HTTP/2
// (RFC 7838), see [AltSvc].
package http3

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/http3"
)

// Options says what is answered, and what peers may cost. Zero limits are those
// of quic-go.
type Options struct {
	Handler   http.Handler
	TLS       *tls.Config // certificates are taken from it; QUIC needs TLS 1.3 (RFC 9001, section 4.2)
	Idle      time.Duration
	Handshake time.Duration
	MaxHeader int           // bytes of a head
	Grace     time.Duration // for calls under way at the end; 0: none
}

// maxStreams bounds the calls that one connection has under way, as with HTTP/2.
const maxStreams = 100

// Serve answers until ctx ends, then finishes the calls under way, for the grace
// at most, and returns nil. The connection is closed in any case.
func Serve(ctx context.Context, pc net.PacketConn, o Options) error {
	defer func() { _ = pc.Close() }()
	if o.TLS == nil {
		return errors.New("http3: HTTP/3 is spoken over TLS only")
	}
	s := &http3.Server{
		Handler: o.Handler, TLSConfig: http3.ConfigureTLSConfig(o.TLS), MaxHeaderBytes: o.MaxHeader, IdleTimeout: o.Idle,
		QUICConfig: &quic.Config{MaxIncomingStreams: maxStreams, HandshakeIdleTimeout: o.Handshake},
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(pc) }()
	select {
	case err := <-served:
		return fmt.Errorf("http3: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), o.Grace)
	defer cancel()
	_ = s.Shutdown(grace)
	_ = s.Close()
	<-served
	return nil
}

// AltSvc is the value of the field that tells clients of the port.
func AltSvc(pc net.PacketConn) string {
	_, port, _ := net.SplitHostPort(pc.LocalAddr().String())
	return `h3=":` + port + `"; ma=86400`
}
