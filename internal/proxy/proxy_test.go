package proxy

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// start serves a proxy for the server until the test ends, and returns its address.
func start(t testing.TB, to string, change func(*Options)) (address string, p *Proxy) {
	t.Helper()
	address, p, stop := startStopping(t, to, change)
	t.Cleanup(func() {
		if err := <-stop(); err != nil {
			t.Errorf("Serve = %v, want nil", err)
		}
	})
	return address, p
}

// startStopping leaves it to the test to stop the proxy; the channel gives
// what Serve returned.
func startStopping(t testing.TB, to string, changes ...func(*Options)) (address string, p *Proxy, stop func() <-chan error) {
	t.Helper()
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Services: []Service{{To: u}}}
	for _, change := range changes {
		if change != nil {
			change(&o)
		}
	}
	p, err = New(o)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- p.Serve(ctx, ln) }()
	t.Cleanup(cancel)
	return ln.Addr().String(), p, func() <-chan error {
		cancel()
		return done
	}
}

func TestCallPasses(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Got", r.Method+" "+r.URL.String())
		_, _ = w.Write(body)
	}))
	t.Cleanup(server.Close)
	addr, p := start(t, server.URL, nil)
	for range 3 {
		resp, err := http.Post("http://"+addr+"/a?b=c", "text/plain", strings.NewReader("hello"))
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if got, want := string(body)+" "+resp.Header.Get("X-Got"), "hello POST /a?b=c"; got != want {
			t.Errorf("answer = %q, want %q", got, want)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	_ = p
}
