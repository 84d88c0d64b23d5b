package proxy

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

const (
	// waitForGo is how long a server may take to say that it wants the body (RFC
	// 9110, section 10.1.1, has clients not wait for ever).
	waitForGo = time.Second

	// pingAfter and pingTimeout find an HTTP/2 connection dead that says nothing:
	// all calls on it would wait with it.
	pingAfter   = 30 * time.Second
	pingTimeout = 15 * time.Second
)

// transport is the way to the server for calls that are relayed. It is made
// when the first of them comes.
func (p *pool) transport() http.RoundTripper {
	p.once.Do(func() {
		t := &http.Transport{
			DialContext: p.dialRelayed, DialTLSContext: p.dialRelayedTLS,
			DisableCompression:  true, // bodies pass as they are
			MaxIdleConnsPerHost: p.max, IdleConnTimeout: upstreamIdle,
			ResponseHeaderTimeout: p.limits.FirstByte, ExpectContinueTimeout: waitForGo,
			MaxResponseHeaderBytes: int64(p.limits.Wire.Head),
			Protocols:              p.protocols(),
			HTTP2:                  &http.HTTP2Config{SendPingTimeout: pingAfter, PingTimeout: pingTimeout},
		}
		p.relay.Store(t)
	})
	return p.relay.Load()
}

// protocols are those that the scheme of the server's address stands for.
func (p *pool) protocols() *http.Protocols {
	v := new(http.Protocols)
	switch p.scheme {
	case schemeH2C:
		v.SetUnencryptedHTTP2(true)
	case schemeH2:
		v.SetHTTP2(true)
	case schemeHTTPS:
		v.SetHTTP1(true)
		v.SetHTTP2(true)
	default:
		v.SetHTTP1(true)
	}
	return v
}

// A dialError is an error of the way to the server, before anything was sent.
type dialError struct{ err error }

func (e *dialError) Error() string { return e.err.Error() }
func (e *dialError) Unwrap() error { return e.err }

func (p *pool) dialRelayed(ctx context.Context, _, _ string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	c, err := p.connect(ctx)
	if err != nil {
		return nil, &dialError{err}
	}
	return c, nil
}

func (p *pool) dialRelayedTLS(ctx context.Context, _, _ string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	c, err := p.connect(ctx)
	if err != nil {
		return nil, &dialError{err}
	}
	config := p.tls.Clone()
	config.NextProtos = []string{"h2", "http/1.1"}
	if p.scheme == schemeH2 {
		config.NextProtos = config.NextProtos[:1]
	}
	tc := tls.Client(c, config)
	if err := tc.HandshakeContext(ctx); err != nil {
		_ = c.Close()
		return nil, &dialError{&handshakeError{err}}
	}
	if p.scheme == schemeH2 && tc.ConnectionState().NegotiatedProtocol != "h2" {
		_ = tc.Close()
		return nil, &dialError{&handshakeError{errNoHTTP2}}
	}
	return tc, nil
}
