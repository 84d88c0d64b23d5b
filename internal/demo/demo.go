// Package demo shows faultline at work on one machine: a small order service
// with its contract, a gateway in front of it, and four programs that call it
// with mistakes. The calls are real HTTP over loopback and go through the real
// proxy; what a program sees when no call comes about (a refused connection, a
// certificate that nobody trusts) is watched at the program.
//
//	d, err := demo.Start(demo.Options{Seed: 1, Sinks: []guard.Sink{tail}})
//	fmt.Println(d.Address())
//	err = d.Run(ctx) // until ctx ends
//
// Nothing leaves the machine.
package demo

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/proxy"
)

//go:embed orders.yaml
var files embed.FS

// Contract loads the contract of the order service, which is built in.
func Contract() (*contract.Contract, error) { return contract.Load(files, "orders.yaml") }

const (
	// firstPort is where the demo API listens; the next free one if it is taken.
	firstPort = 8080
	// mostPorts bounds the search for a free port before the system chooses one.
	mostPorts = 20

	// defaultEvery makes about two events a second, and all mistakes within ten
	// seconds of the start.
	defaultEvery = 470 * time.Millisecond
	// defaultPatience is how long the gateway and the programs wait for an
	// answer: long enough to be told from a refusal, short enough to watch.
	defaultPatience = 400 * time.Millisecond

	// The limit on searches. Calls of the demo come one after the other, so a
	// program has to mean it to get there.
	searchQuota  = 4
	searchWindow = 5 * time.Second
)

// Options says how the demo runs. The zero value is the demo as people see it.
type Options struct {
	Seed     uint64        // the same seed makes the same mistakes in the same order
	Once     bool          // end when each mistake was made once
	Port     int           // where the API listens; 0: 8080 or the next free port
	Every    time.Duration // between two mistakes; 0: about half a second
	Patience time.Duration // of those who wait for an answer; 0: 400 ms
	Sinks    []guard.Sink  // told about every call
}

// A Demo is running services, and programs that wait to be let loose.
type Demo struct {
	opts     Options
	contract *contract.Contract
	tokens   issuer
	proxy    *proxy.Proxy
	places   places
	close    []func() error
	serving  sync.WaitGroup
	stop     context.CancelFunc
}

// places are the addresses that programs call.
type places struct {
	api    string // the proxy in front of the gateway: where calls should go
	closed string // nobody listens
	silent string // accepts and never answers
	unsafe string // has a certificate that nobody trusts
}

// Start starts the services. Run, or Close, has to follow.
func Start(o Options) (*Demo, error) {
	if o.Every == 0 {
		o.Every = defaultEvery
	}
	if o.Patience == 0 {
		o.Patience = defaultPatience
	}
	c, err := Contract()
	if err != nil {
		return nil, err
	}
	d := &Demo{opts: o, contract: c, tokens: issuer{key: []byte("the demo's own key, worth nothing")}}
	if err := d.start(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *Demo) start() error {
	service := newService(d.tokens, time.Now, &limiter{quota: searchQuota, window: searchWindow})
	orders, err := d.serve("127.0.0.1:0", service)
	if err != nil {
		return err
	}
	if err := d.startBroken(); err != nil {
		return err
	}
	routes := map[string]*url.URL{
		"/v1/payments": {Scheme: "http", Host: d.places.closed},
		"/v1/exports":  {Scheme: "http", Host: d.places.silent},
	}
	gateway, err := d.serve("127.0.0.1:0", newGateway(routes, orders, d.opts.Patience))
	if err != nil {
		return err
	}
	return d.startProxy(gateway)
}

// serve serves a handler on loopback until the demo is closed.
func (d *Demo) serve(address string, h http.Handler) (*url.URL, error) {
	ln, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ErrorLog: quiet()}
	d.close = append(d.close, server.Close)
	d.serving.Go(func() { _ = server.Serve(ln) })
	return &url.URL{Scheme: "http", Host: ln.Addr().String()}, nil
}

func (d *Demo) startProxy(to *url.URL) error {
	var sinks []guard.Sink
	for _, s := range d.opts.Sinks {
		sinks = append(sinks, guard.Everything(s))
	}
	p, err := proxy.New(proxy.Options{Sinks: sinks, Services: []proxy.Service{{
		To: to,
		// The server and the links that it makes see the address that programs call.
		PreserveHost: true,
		Guard:        guard.Options{Contracts: []*contract.Contract{d.contract}, Mode: guard.Warn},
	}}})
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	ln, err := listenNear(d.opts.Port)
	if err != nil {
		return err
	}
	d.proxy = p
	d.places.api = "http://" + ln.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	d.stop = cancel
	d.serving.Go(func() { _ = p.Serve(ctx, ln) })
	return nil
}

// listenNear takes the wanted port, or the next free one, or any.
func listenNear(port int) (net.Listener, error) {
	if port == 0 {
		port = firstPort
	}
	for p := port; p < port+mostPorts; p++ {
		if ln, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", p)); err == nil {
			return ln, nil
		}
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	return ln, nil
}

// Address is where the demo API can be called.
func (d *Demo) Address() string { return d.places.api }

// Moved reports whether the usual port was taken.
func (d *Demo) Moved() bool {
	u, err := url.Parse(d.places.api)
	return err == nil && u.Port() != fmt.Sprint(firstPort)
}

// Contract is the contract of the demo API.
func (d *Demo) Contract() *contract.Contract { return d.contract }

// Programs is how many programs call the API, Mistakes how many different
// mistakes they make.
func (d *Demo) Programs() int { return len(programs) }

// Mistakes is how many different mistakes the programs make.
func (d *Demo) Mistakes() int { return len(mistakes) }

// Counts is what the proxy has seen so far.
func (d *Demo) Counts() guard.Counts { return d.proxy.Counts() }

// Close ends the services and waits for them: the sinks have been told
// everything when it returns.
func (d *Demo) Close() error {
	if d.stop != nil {
		d.stop()
		d.stop = nil
	}
	var errs []error
	for _, end := range d.close {
		if err := end(); err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	d.close = nil
	d.serving.Wait()
	return errors.Join(errs...)
}
