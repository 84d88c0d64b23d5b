package cli

import (
	"context"
	"errors"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/pflag"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/admin"
	"github.com/faultline-http/faultline/internal/config"
	faultlisten "github.com/faultline-http/faultline/internal/listen"
	"github.com/faultline-http/faultline/internal/proxy"
)

// program is a running proxy: what it is configured to do, and what changes when
// the configuration is read anew.
type program struct {
	app   *app
	flags *proxyFlags
	set   *pflag.FlagSet

	proxy    *proxy.Proxy
	watch    *watch
	data     *dataFolder    // nil: nothing is kept
	forwards *proxy.Forward // nil: it stands in front of services only
	keys     tlsConfigs
	started  time.Time
	end      context.CancelFunc

	listening atomic.Bool
	draining  atomic.Bool
	holds     atomic.Pointer[settings]

	reloading sync.Mutex // held while the configuration is read anew
	listeners []*listener
	admin     net.Listener // nil: none

	mu      sync.Mutex
	notices map[string]int64
	reloads admin.Reloads
}

// settings is a configuration with the contracts that it names.
type settings struct {
	*config.Loaded
	contracts [][]*contract.Contract
	state     string // of the files, when they were read
}

// read reads configuration, flags and contracts.
func (p *program) read() (*settings, error) {
	l, err := p.app.loadConfig("")
	if err != nil {
		return nil, err
	}
	if err := p.flags.override(p.app, p.set, l); err != nil {
		return nil, err
	}
	s := &settings{Loaded: l}
	s.state = state(s.files()...)
	if s.contracts, err = p.app.loadContracts(l); err != nil {
		return nil, err
	}
	p.app.tellConflicts(l, s.contracts)
	return s, nil
}

// serveProxy runs the proxy until ctx ends.
func (a *app) serveProxy(ctx context.Context, f *proxyFlags, set *pflag.FlagSet) error {
	p := &program{app: a, flags: f, set: set, started: a.Now(), notices: map[string]int64{}}
	p.reloads.LastOK = true
	s, err := p.read()
	if err != nil {
		return err
	}
	p.show(&s.Config.Output)
	if err := p.open(ctx, s); err != nil {
		return err
	}
	for i, all := range s.contracts {
		for n, c := range all {
			a.warnUnverified(c, s.Config.Services[i].Contracts[n])
		}
	}
	return a.toOutput(func(w *output) error { return p.run(ctx, w, s) })
}

// show takes over how calls are shown, where no flag says it.
func (p *program) show(o *config.Output) {
	flags := &p.app.flags
	set(!p.set.Changed("format"), &flags.format, o.Format)
	set(!p.set.Changed("color"), &flags.color, o.Color)
	set(!p.set.Changed("ascii"), &flags.ascii, o.ASCII)
	set(!p.set.Changed("quiet"), &flags.quiet, o.Quiet)
}

// open takes the ports, so that what cannot be had is told before anything runs.
func (p *program) open(ctx context.Context, s *settings) error {
	err := p.openAll(ctx, s)
	if err != nil {
		p.closeAll()
	}
	return err
}

func (p *program) openAll(ctx context.Context, s *settings) error {
	for i := range s.Config.Listen {
		ln, err := p.openListener(ctx, s.Loaded, i)
		if err != nil {
			return err
		}
		p.listeners = append(p.listeners, ln)
		for n := range s.Config.Services {
			if to := s.Config.Services[n].To; pointsAt(to, ln.sockets[0].Addr()) {
				return usagef("give the service another port, or the proxy another --listen", "`--to %s` is the proxy itself", to)
			}
		}
	}
	var err error
	if p.forwards, err = p.forward(&s.Config.Forward); err != nil {
		return err
	}
	if d := &s.Config.Data; d.Folder != "" {
		if p.data, err = newDataFolder(d.Folder, d.MaxSize, p.app.Now); err != nil {
			return err
		}
	}
	if address := s.Config.Admin.Address; address != "" {
		opened, err := faultlisten.Open(ctx, faultlisten.Spec{Address: address})
		if err != nil {
			return s.Errorf("admin.address", "", "the admin address: %s", err)
		}
		p.admin = opened[0]
	}
	return nil
}

func (p *program) closeAll() {
	for _, ln := range p.listeners {
		ln.close()
	}
	if p.admin != nil {
		_ = p.admin.Close()
	}
	if p.data != nil {
		_ = p.data.close()
	}
}

// sockets are those of all listeners.
func sockets(all []*listener) (out []net.Listener) {
	for _, ln := range all {
		out = append(out, ln.sockets...)
	}
	return out
}

// run serves until ctx ends, then sums up.
func (p *program) run(ctx context.Context, w *output, s *settings) error {
	defer p.closeAll()
	ctx, p.end = context.WithCancel(ctx)
	defer p.end()
	t := p.app.newWatch(w, watchOptions{
		head: p.described(s), routes: every(s.contracts), end: p.end,
		counts: func() (c guard.Counts) {
			if p.listening.Load() {
				c = p.proxy.Counts()
			}
			return c
		},
	})
	defer t.keys.close()
	p.watch = t
	if err := p.build(s); err != nil {
		return errors.Join(err, t.close())
	}
	p.holds.Store(s)
	settleMemory()
	p.listening.Store(true)
	var side sync.WaitGroup
	p.besides(ctx, &side, s)
	notifySystemd("READY=1")
	stopping := context.AfterFunc(ctx, func() {
		p.draining.Store(true)
		notifySystemd("STOPPING=1")
	})
	defer stopping()
	err := p.proxy.Serve(ctx, sockets(p.listeners)...)
	p.end()
	side.Wait()
	if err != nil {
		return errors.Join(inputf("", "%w", err), t.close())
	}
	return p.app.sumUpProxy(t, p.proxy, len(every(s.contracts)) > 0)
}

// build makes the proxy.
func (p *program) build(s *settings) error {
	all, err := services(s.Loaded, s.contracts, &p.keys)
	if err != nil {
		return err
	}
	sinks := []guard.Sink{p.watch}
	if p.data != nil {
		sinks = append(sinks, p.data)
	}
	p.proxy, err = proxy.New(proxy.Options{
		Forward: p.forwards, Services: all, Sinks: sinks, Pages: p.flags.pages, NoPages: p.flags.noPages, Notice: p.say, Limits: limits(&s.Config.Limits),
	})
	if err != nil {
		return usagef("", "%w", err)
	}
	return nil
}

// besides starts what runs beside the proxy.
func (p *program) besides(ctx context.Context, side *sync.WaitGroup, s *settings) {
	side.Go(func() { p.onHangup(ctx) })
	if s.Config.Reload.Watch {
		side.Go(func() { p.onChange(ctx) })
	}
	for _, ln := range p.listeners {
		p.begin(ctx, ln)
	}
	if p.admin == nil {
		return
	}
	server := admin.New(admin.Options{Source: p, Token: s.Config.Admin.Token.Value()})
	side.Go(func() {
		if err := server.Serve(ctx, p.admin); err != nil {
			p.say("the admin address is not answered any more: " + err.Error())
		}
	})
}

// begin starts what a listener does besides accepting.
func (p *program) begin(ctx context.Context, ln *listener) {
	if ln.issuer != nil {
		if err := ln.issuer.Start(ctx); err != nil {
			p.say("certificates of " + ln.Address + ": " + err.Error())
		}
	}
	if ln.quic != nil {
		l := limits(&p.holds.Load().Config.Limits)
		ln.quic.begin(ctx, p.proxy, &l, p.say)
	}
}

// say shows a note to whoever watches.
func (p *program) say(text string) {
	if p.watch != nil {
		p.watch.say(text)
	}
}

// described says what the proxy does: the parts of the tail's first line.
func (p *program) described(s *settings) []string {
	at := "http://" + p.listeners[0].sockets[0].Addr().String()
	if p.listeners[0].TLS != nil {
		at = "https" + at[len("http"):]
	}
	if more := len(sockets(p.listeners)) - 1; more > 0 {
		at += " and " + strconv.Itoa(more) + " more"
	}
	list := s.Config.Services
	to := count(len(list), "service")
	switch {
	case len(list) == 1:
		to = list[0].To.String()
	case len(list) == 0:
		to = "wherever clients ask to"
	}
	head := []string{"proxy " + at + " → " + to}
	if len(list) == 1 {
		head = append(head, list[0].Mode.String())
	}
	head = append(head, contractsInWords(every(s.contracts))...)
	if p.admin != nil {
		head = append(head, "admin http://"+p.admin.Addr().String())
	}
	return head
}

func every(contracts [][]*contract.Contract) (out []*contract.Contract) {
	for _, all := range contracts {
		out = append(out, all...)
	}
	return out
}

func limits(l *config.Limits) proxy.Limits {
	out := proxy.Limits{
		Head: l.Head, Idle: l.Idle, Connect: l.Connect, FirstByte: l.Answer, BodyIdle: l.Body, Grace: l.Grace, MaxClients: l.MaxClients, MaxIdle: l.MaxIdle,
	}
	out.Wire.Head, out.Wire.Line, out.Wire.Fields = int(l.HeadSize), int(l.LineSize), l.Fields
	return out
}

func itoa(i int) string { return strconv.Itoa(i) }
