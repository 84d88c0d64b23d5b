package cli

import (
	"context"
	"errors"
	"net"
	"reflect"
	"strings"

	"github.com/faultline-http/faultline/internal/acme"
	"github.com/faultline-http/faultline/internal/config"
	faultlisten "github.com/faultline-http/faultline/internal/listen"
)

// listener is one that is configured, and the sockets that it is.
type listener struct {
	config.Listener
	sockets []net.Listener
	issuer  *acme.Manager // nil: certificates come from files
	quic    *quicPort     // nil: no HTTP/3
}

func (ln *listener) close() {
	for _, s := range ln.sockets {
		_ = s.Close()
	}
	if ln.quic != nil {
		ln.quic.close()
	}
	if ln.issuer != nil {
		ln.issuer.Close()
	}
}

// sameAs reports whether a listener of another configuration is this one.
func (ln *listener) sameAs(other *config.Listener) bool {
	return reflect.DeepEqual(ln.Listener, *other)
}

// openListener opens listener number i of the configuration.
func (p *program) openListener(ctx context.Context, l *config.Loaded, i int) (*listener, error) {
	c := l.Config.Listen[i]
	out := &listener{Listener: c}
	path := "listen[" + itoa(i) + "]"
	if plainTCP(&c) {
		ln, err := p.app.listenTCP(l, path, c.Address)
		if err != nil {
			return nil, err
		}
		out.sockets = []net.Listener{ln}
		return out, nil
	}
	spec, err := p.spec(&c, out)
	if err != nil {
		return nil, l.Errorf(path+".tls", "", "%s", err)
	}
	opened, err := faultlisten.Open(ctx, spec)
	if err != nil {
		return nil, l.Errorf(path, "", "%s", strings.TrimPrefix(err.Error(), "listen "))
	}
	for _, s := range opened {
		out.sockets = append(out.sockets, s)
	}
	if c.HTTP3 {
		if out.quic, err = openQUIC(ctx, opened[0]); err != nil {
			out.close()
			return nil, l.Errorf(path+".http3", "", "%s", err)
		}
	}
	return out, nil
}

// plainTCP reports whether a listener needs nothing but a port.
func plainTCP(c *config.Listener) bool {
	kind, _, _ := strings.Cut(c.Address, ":")
	return c.TLS == nil && len(c.ProxyProtocol.From) == 0 && kind != "unix" && kind != "systemd" && kind != "fd"
}

// listenTCP tells what is wrong as the user wrote the address: in a file, or as
// the flag.
func (a *app) listenTCP(l *config.Loaded, path, address string) (net.Listener, error) {
	ln, err := listen(address)
	if err == nil || l.Origin(path).Line == 0 {
		return ln, err
	}
	var f *failure
	fix := ""
	if errors.As(err, &f) {
		fix = strings.ReplaceAll(f.fix, "--listen ", "")
	}
	return nil, l.Errorf(path, fix, "%s", strings.TrimPrefix(err.Error(), "--listen "))
}

func (p *program) spec(c *config.Listener, out *listener) (faultlisten.Spec, error) {
	s := faultlisten.Spec{
		Address: c.Address, Mode: c.SocketMode, Balancers: faultlisten.NewRanges(c.ProxyProtocol.From...), Notify: p.heard,
	}
	if c.TLS == nil {
		return s, nil
	}
	s.TLS = &faultlisten.TLS{NoHTTP2: !c.HTTP2}
	for _, pair := range c.TLS.Certificates {
		s.TLS.Pairs = append(s.TLS.Pairs, faultlisten.Pair{Cert: pair.Cert, Key: pair.Key})
	}
	var err error
	if s.TLS.MinVersion, err = faultlisten.ParseVersion(c.TLS.MinVersion); err != nil {
		return s, err
	}
	if s.TLS.Clients, err = faultlisten.ParseClientAuth(c.TLS.Client.Mode); err != nil {
		return s, err
	}
	if c.TLS.Client.CA != "" {
		s.TLS.ClientCAs = []string{c.TLS.Client.CA}
	}
	if len(c.TLS.ACME.Domains) == 0 {
		return s, nil
	}
	if out.issuer, err = p.issuer(c); err != nil {
		return s, err
	}
	s.TLS.Issuer = out.issuer
	return s, nil
}

// issuer obtains the certificates of a listener.
func (p *program) issuer(c *config.Listener) (*acme.Manager, error) {
	host, port, err := net.SplitHostPort(c.Address)
	if err != nil {
		return nil, errors.New("certificates by ACME need a port that the authority can call")
	}
	number, err := net.LookupPort("tcp", port)
	if err != nil {
		return nil, err
	}
	folder := c.TLS.ACME.Storage
	if folder == "" {
		state, err := p.app.stateFolder()
		if err != nil {
			return nil, err
		}
		folder = state + "/acme"
	}
	return acme.New(acme.Options{
		Names: c.TLS.ACME.Domains, Agreed: c.TLS.ACME.Agreed, Email: c.TLS.ACME.Email, Directory: c.TLS.ACME.Directory, Folder: folder,
		Host: host, Port: number, Notify: p.say,
	})
}

// heard shows and counts what happens outside any call.
func (p *program) heard(n faultlisten.Notice) {
	p.mu.Lock()
	p.notices[string(n.Topic)]++
	p.mu.Unlock()
	if n.Topic != faultlisten.Greeting {
		p.say(n.Text)
	}
}
