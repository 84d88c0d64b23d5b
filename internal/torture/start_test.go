package torture

import (
	"context"
	"net"
	"net/url"
	"testing"

	"github.com/faultline-http/faultline/internal/proxy"
)

// running is a proxy in this process.
type running struct {
	addr  string
	proxy *proxy.Proxy
	ended chan error
	stop  context.CancelFunc
}

// start starts a proxy in front of the server at host and port, and ends it
// with the test. It is the one place that knows how a proxy is made.
func start(t testing.TB, server string, change func(*proxy.Options)) *running {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := proxy.Options{Services: []proxy.Service{{To: &url.URL{Scheme: "http", Host: server}}}}
	if change != nil {
		change(&o)
	}
	p, err := proxy.New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{addr: ln.Addr().String(), proxy: p, ended: make(chan error, 1), stop: cancel}
	go func() { r.ended <- p.Serve(ctx, ln) }()
	t.Cleanup(func() {
		cancel()
		if err := <-r.ended; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return r
}
