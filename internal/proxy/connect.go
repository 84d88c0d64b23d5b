package proxy

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/faultline-http/faultline/guard"
)

// route finds the service of the call: a server that the client names, or one
// of the configuration. Nil: there is none.
func (x *call) route() *service {
	f := x.p.forward
	switch {
	case x.cn.inside != nil:
		return x.cn.inside.svc
	case f == nil:
		return x.p.table.Load().find(x.req.Host, path(&x.req))
	case x.req.Method == http.MethodConnect:
		return f.own
	case strings.Contains(x.req.Target, "://") && x.req.Target[0] != '/':
		scheme, _, _ := strings.Cut(x.req.Target, "://")
		svc, err := f.origin(strings.ToLower(scheme), x.req.Host, "")
		if err != nil {
			return f.own // which refuses it
		}
		return svc
	}
	if svc := x.p.table.Load().find(x.req.Host, path(&x.req)); svc != nil {
		return svc
	}
	return f.own
}

// refusalOf is why a client may not use the proxy for the call, or why the
// proxy cannot carry it; nil: it goes on.
func (x *call) refusalOf() func() *guard.Refusal {
	f := x.p.forward
	switch {
	case f == nil || x.cn.inside != nil || x.svc != f.own && !x.svc.outside:
		return nil
	case !f.permits(x.cn.c.RemoteAddr()):
		return x.guard.Denied
	case f.Login != nil && !x.loggedIn():
		x.challenge = true
		return func() *guard.Refusal {
			return x.guard.Refuse(http.StatusProxyAuthRequired, "The proxy asks for a login",
				"a name and a password are needed in Proxy-Authorization; with curl: --proxy-user")
		}
	case x.req.Method != http.MethodConnect && x.svc == f.own:
		return func() *guard.Refusal {
			return x.guard.Refuse(http.StatusBadRequest, "The request does not name its server",
				"this is a forward proxy: the client has to name it as its proxy, not as the server; `faultline proxy --to` stands in front of a server")
		}
	}
	return nil
}

// permits lets in this machine alone, unless it is told otherwise.
func (f *forwarding) permits(client net.Addr) bool {
	tcp, ok := client.(*net.TCPAddr)
	if !ok {
		return client.Network() == "unix"
	}
	if len(f.Access.Allow) == 0 && tcp.IP.IsLoopback() {
		return f.Access.Permits(tcp.AddrPort().Addr())
	}
	return len(f.Access.Allow) > 0 && f.Access.Permits(tcp.AddrPort().Addr())
}

// loggedIn checks the client's name and password (RFC 7617).
func (x *call) loggedIn() bool {
	r := http.Request{Header: http.Header{"Authorization": {x.req.Header.Value("Proxy-Authorization")}}}
	user, password, ok := r.BasicAuth()
	return ok && x.p.forward.Login(user, password)
}

// connect answers CONNECT and has the connection go on as a tunnel once the
// call is over (RFC 9110, section 9.3.6). One that stands is no call to be told
// of or counted: what is inside is.
func (x *call) connect() bool {
	f := x.p.forward
	x.complete = true
	if refuse := x.refusalOf(); refuse != nil {
		x.begin()
		return x.answerWith(refuse())
	}
	authority := strings.Clone(x.req.Target) // the call's memory is used again before the tunnel ends
	host, _ := splitAuthority(authority, "https")
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if why := f.closed(host); why != "" {
		return x.passTunnel(authority, host, why)
	}
	if x.establish() {
		cn := x.cn
		cn.then = func() { cn.intercept(authority, host) }
	}
	return false
}

// establish tells the client that what follows is the tunnel.
func (x *call) establish() bool {
	return x.cn.say(append(x.head[:0], "HTTP/1.1 200 Connection established\r\n\r\n"...)) == nil
}

// closed says why the tunnel to a host is not looked into.
func (f *forwarding) closed(host string) string {
	if f.Leaf == nil {
		return "nothing is intercepted"
	}
	if why := f.tunnels.refused(host); why != "" {
		return why
	}
	if f.Closed != nil {
		return f.Closed(host)
	}
	return ""
}

// passTunnel connects to the server and passes bytes on in both directions.
func (x *call) passTunnel(authority, host, why string) bool {
	up, err := x.p.forward.dial(authority)
	if err != nil {
		x.begin()
		return x.sendFailed(&sendError{dialPhase(err), err})
	}
	if !x.establish() {
		_ = up.Close()
		return false
	}
	cn := x.cn
	cn.then = func() { cn.passOn(up, host, why) }
	return false
}

// passOn is a tunnel that is not looked into.
func (cn *conn) passOn(up net.Conn, host, why string) {
	t := cn.p.forward.tunnels
	t.open(host, why)
	sent, received := cn.join(up)
	t.passed(host, sent, received)
}

// dial connects to a server that is only passed bytes.
func (f *forwarding) dial(authority string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), f.limits.Connect)
	defer cancel()
	p := &pool{network: "tcp", addr: authority, parent: f.parent(&url.URL{Scheme: "https", Host: authority})}
	return p.connect(ctx)
}

// join passes bytes in both directions until both sides have ended, and counts
// them. A side that has ended still gets what the other has to say.
func (cn *conn) join(up net.Conn) (sent, received int64) {
	defer func() { _ = up.Close() }()
	cn.up.Store(&upstream{c: up})
	cn.enter(tunnelling)
	if cn.stopping.Load() {
		return 0, 0
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		n, err := io.Copy(up, &cn.rd)
		sent = n
		ended(up, err)
	}()
	received, err := io.Copy(cn.c, up)
	ended(cn.c, err)
	// A client that was told that the server has ended gets a while for the rest.
	_ = cn.c.SetReadDeadline(time.Now().Add(cn.p.opts.Limits.Idle))
	<-done
	return sent, received
}

// ended passes the end of one side on to the other: as an end if it was one,
// else by closing, so that nobody takes a break for an end.
func ended(c net.Conn, err error) {
	if err != nil {
		_ = c.Close()
		return
	}
	closeWrite(c)
}
