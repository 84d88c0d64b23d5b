package cli

import (
	"bufio"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net"
	"os"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/childenv"
	faultlisten "github.com/faultline-http/faultline/internal/listen"
	"github.com/faultline-http/faultline/internal/proxy"
)

// aboutTunnel says what happened to a tunnel.
func aboutTunnel(e proxy.TunnelEvent) string {
	switch e.Kind {
	case proxy.TunnelRefused:
		return e.Host + ": the client refused faultline's certificate: it " + e.Text + "; that call failed because of it, and from now on the host is tunnelled, not looked into"
	case proxy.TunnelSilent:
		return e.Host + ": a client ended the connection when it had faultline's certificate, without a word; most often it does not trust it"
	case proxy.TunnelBroken:
		return e.Host + ": no TLS could be made with the client: " + e.Text
	case proxy.TunnelClosed:
	}
	return e.Host + " is tunnelled, not looked into: " + e.Text
}

// tellTunnels owns up to what was not looked at.
func (a *app) tellTunnels(tunnels []proxy.Tunnel) {
	for _, t := range tunnels {
		a.notice("faultline: %s was tunnelled, not looked into (%s): %s, %d bytes sent, %d received", t.Host, t.Why, count(int(t.Connections), "connection"), t.Sent, t.Received)
	}
}

// serveForward is `proxy --forward`.
func (a *app) serveForward(ctx context.Context, f *proxyFlags) error {
	if f.to != "" {
		return usagef("drop one of them", "`--to` stands in front of one service, `--forward` goes wherever clients ask to")
	}
	c, err := a.loadSharedContract()
	if err != nil {
		return err
	}
	forward, err := f.forwardOptions(a, c)
	if err != nil {
		return err
	}
	ln, err := listen(f.listen)
	if err != nil {
		return err
	}
	if c != nil {
		a.warnUnverified(c, a.flags.contract)
	}
	return a.toOutput(func(w *output) error { return a.watchForward(ctx, w, ln, forward, f) })
}

// watchForward serves until ctx ends, then sums up.
func (a *app) watchForward(ctx context.Context, w *output, ln net.Listener, forward *proxy.Forward, f *proxyFlags) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	contracts := forward.Guard.Contracts
	var p *proxy.Proxy
	t := a.newWatch(w, watchOptions{
		head:   append([]string{"proxy http://" + ln.Addr().String() + " → wherever clients ask to", forward.Guard.Mode.String()}, contractsInWords(contracts)...),
		routes: contracts, end: end, counts: func() guard.Counts { return p.Counts() },
	})
	defer t.keys.close()
	forward.Told = func(e proxy.TunnelEvent) { t.say(aboutTunnel(e)) }
	p, err := proxy.New(proxy.Options{
		Forward: forward, Sinks: []guard.Sink{guard.Everything(t)}, Pages: f.pages, NoPages: f.noPages, Notice: t.say, Limits: f.limits,
	})
	if err != nil {
		return errors.Join(usagef("", "%w", err), t.close())
	}
	if err := p.Serve(ctx, ln); err != nil {
		return errors.Join(inputf("", "%w", err), t.close())
	}
	return a.sumUpProxy(t, p, len(contracts) > 0)
}

// forwardOptions checks the flags.
func (f *proxyFlags) forwardOptions(a *app, c *contract.Contract) (*proxy.Forward, error) {
	roots, notes := childenv.Roots(os.Environ())
	for _, note := range notes {
		a.warn("%s", note)
	}
	forward := a.forward(c, roots)
	if err := f.guardForward(&forward.Guard); err != nil {
		return nil, err
	}
	for _, text := range f.allow {
		prefixes, err := faultlisten.ParseRange(text)
		var wrong *faultlisten.RangeError
		if errors.As(err, &wrong) {
			return nil, usagef(wrong.Fix(), "--allow: %w", wrong)
		}
		forward.Access.Allow = append(forward.Access.Allow, prefixes...)
	}
	if f.loginFile != "" {
		var err error
		if forward.Login, err = logins(f.loginFile); err != nil {
			return nil, err
		}
	}
	if f.tunnels.noIntercept {
		return forward, nil
	}
	authority, _, err := a.openCA()
	if err != nil {
		return nil, err
	}
	forward.Leaf, forward.Closed = authority.Leaf, f.tunnels.closed(authority)
	return forward, nil
}

// guardForward sets what the flags say of the guard.
func (f *proxyFlags) guardForward(g *guard.Options) (err error) {
	if g.Mode, err = guard.ParseMode(f.mode); err != nil {
		return badChoice("--mode", f.mode, []string{"observe", "warn", "block"})
	}
	if g.Mode == guard.Block && len(g.Contracts) == 0 {
		return usagef("add --contract openapi.yaml", "`--mode block` without a contract has nothing to block by")
	}
	if g.Undocumented, err = guard.ParseUndocumented(f.undocumented); err != nil {
		return badChoice("--undocumented", f.undocumented, []string{"pass", "block"})
	}
	if g.BodyLimit, err = byteSize("--body-limit", f.bodyLimit); err != nil {
		return err
	}
	g.Problem.Base, g.Problem.Detail, g.Problem.Origins = f.problemBase, faultline.DetailLevel(f.problemDetail), f.problemOrigins
	return nil
}

// maxLogins bounds a file of logins.
const maxLogins = 10_000

// logins reads a file of NAME:PASSWORD and compares with it in constant time.
func logins(name string) (func(user, password string) bool, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, inputf("", "--login-file: %w", err)
	}
	defer func() { _ = file.Close() }()
	known := map[string][32]byte{}
	lines := bufio.NewScanner(file)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		user, password, ok := strings.Cut(line, ":")
		if !ok || user == "" || len(known) == maxLogins {
			return nil, inputf("a line is NAME:PASSWORD", "--login-file %s: line %d is none, or there are more than %d", name, number, maxLogins)
		}
		known[user] = sha256.Sum256([]byte(password))
	}
	if err := lines.Err(); err != nil {
		return nil, inputf("", "--login-file: %w", err)
	}
	if len(known) == 0 {
		return nil, inputf("a line is NAME:PASSWORD", "--login-file %s: nobody is in it", name)
	}
	return func(user, password string) bool {
		want, ok := known[user]
		got := sha256.Sum256([]byte(password))
		return subtle.ConstantTimeCompare(want[:], got[:]) == 1 && ok
	}, nil
}
