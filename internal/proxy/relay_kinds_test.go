package proxy

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/listen"
	"github.com/faultline-http/faultline/internal/testcert"
)

// front is a proxy with a way for clients to reach it.
type front struct {
	name   string
	base   string // "https://127.0.0.1:1234"
	client *http.Client
	proto  string // that the client sees
}

// serving runs a server of one kind for the handler and returns the service for it.
func serving(t *testing.T, kind string, h http.Handler) Service {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.Config.Protocols = new(http.Protocols)
	t.Cleanup(s.Close)
	switch kind {
	case "http":
		s.Config.Protocols.SetHTTP1(true)
		s.Start()
		return Service{To: parsed(t, s.URL)}
	case "h2c":
		s.Config.Protocols.SetUnencryptedHTTP2(true)
		s.Start()
		return Service{To: parsed(t, strings.Replace(s.URL, "http:", "h2c:", 1))}
	case "unix":
		path := filepath.Join(t.TempDir(), "s")
		ln, err := net.Listen("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		_ = s.Listener.Close()
		s.Listener = ln
		s.Config.Protocols.SetHTTP1(true)
		s.Start()
		return Service{To: parsed(t, "unix:"+path)}
	}
	s.Config.Protocols.SetHTTP1(kind == "https" || kind == "https-h2")
	s.Config.Protocols.SetHTTP2(kind == "h2" || kind == "https-h2")
	s.EnableHTTP2 = kind != "https"
	s.StartTLS()
	to := s.URL
	if kind == "h2" {
		to = strings.Replace(to, "https:", "h2:", 1)
	}
	return Service{To: parsed(t, to), TLS: &tls.Config{RootCAs: s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}}
}

func parsed(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// fronts starts a proxy and returns the ways to it: HTTP/1.1 and HTTP/2, each
// with TLS and without.
func fronts(t *testing.T, o Options) []front {
	t.Helper()
	ca := testcert.New(t, "Front CA")
	cert, key := ca.Save("front", ca.Valid("127.0.0.1", "localhost"))
	plain, _ := served(t, o, listen.Spec{})
	secure, _ := served(t, o, listen.Spec{TLS: &listen.TLS{Pairs: []listen.Pair{{Cert: cert, Key: key}}}})
	all := []front{
		{"h1", "http://" + plain, nil, "HTTP/1.1"},
		{"h2c", "http://" + plain, nil, "HTTP/2.0"},
		{"h1 over TLS", "https://" + secure, nil, "HTTP/1.1"},
		{"h2", "https://" + secure, nil, "HTTP/2.0"},
	}
	for i := range all {
		v := new(http.Protocols)
		v.SetHTTP1(all[i].proto == "HTTP/1.1")
		v.SetHTTP2(all[i].name == "h2")
		v.SetUnencryptedHTTP2(all[i].name == "h2c")
		tr := &http.Transport{Protocols: v, DisableCompression: true, TLSClientConfig: &tls.Config{RootCAs: ca.Pool()}}
		all[i].client = &http.Client{Transport: tr, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		t.Cleanup(tr.CloseIdleConnections)
	}
	return all
}

// served starts a proxy on a listener as described.
func served(t *testing.T, o Options, spec listen.Spec) (addr string, p *Proxy) {
	t.Helper()
	p, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	spec.Address = "127.0.0.1:0"
	ls, err := listen.Open(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- p.Serve(ctx, ls[0]) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Serve = %v", err)
		}
	})
	return ls[0].Addr().String(), p
}

var kinds = []string{"http", "https", "https-h2", "h2", "h2c", "unix"}

// echo answers with what it got, trailer included.
func echo(w http.ResponseWriter, r *http.Request) {
	_ = http.NewResponseController(w).EnableFullDuplex() // HTTP/2 has no other way
	w.Header()["X-Twice"] = []string{"1", "2"}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("X-Target", r.RequestURI)
	w.Header().Set("X-Got", strings.Join(r.Header["X-Sent"], "|"))
	w.Header().Set("Trailer", "X-Sum")
	w.WriteHeader(http.StatusCreated)
	n, _ := io.Copy(w, r.Body)
	w.Header().Set("X-Sum", r.Trailer.Get("X-Client-Sum")+"/"+strings.Repeat("x", int(n%7)))
}

// TestEveryFrontReachesEveryServer: all versions of HTTP that clients speak, to
// all that servers do.
func TestEveryFrontReachesEveryServer(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			for _, f := range fronts(t, Options{Services: []Service{serving(t, kind, http.HandlerFunc(echo))}}) {
				body := strings.Repeat("0123456789", 20_001)
				req := request(t, "POST", f.base+"/a%2Fb//c?q=%20x&&y", io.NopCloser(strings.NewReader(body)))
				req.Header["X-Sent"] = []string{"a", "b"}
				req.Trailer = http.Header{"X-Client-Sum": {"17"}}
				res, err := f.client.Do(req)
				if err != nil {
					t.Errorf("%s: %v", f.name, err)
					continue
				}
				got, err := io.ReadAll(res.Body)
				if err != nil || !bytes.Equal(got, []byte(body)) {
					t.Errorf("%s: %d bytes came back, %v", f.name, len(got), err)
				}
				_ = res.Body.Close()
				if res.StatusCode != http.StatusCreated || res.Proto != f.proto || len(res.Header["X-Twice"]) != 2 || res.Header.Get("X-Got") != "a|b" || res.Header.Get("X-Target") != "/a%2Fb//c?q=%20x&&y" {
					t.Errorf("%s: %s %s %v", f.name, res.Proto, res.Status, res.Header)
				}
				if got := res.Trailer.Get("X-Sum"); got != "17/xxxxxx" {
					t.Errorf("%s: trailer %q (%v)", f.name, got, res.Trailer)
				}
			}
		})
	}
}

func TestStatusesWithoutBodies(t *testing.T) {
	t.Parallel()
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/204":
			w.WriteHeader(http.StatusNoContent)
		case "/304":
			w.Header().Set("ETag", `"v1"`)
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("Content-Length", "5")
			_, _ = io.WriteString(w, "hello")
		}
	})
	for _, kind := range []string{"http", "h2c"} {
		for _, f := range fronts(t, Options{Services: []Service{serving(t, kind, h)}}) {
			for _, tt := range []struct {
				method, path string
				status       int
				body         string
				length       int64
			}{{"GET", "/204", 204, "", 0}, {"GET", "/304", 304, "", -1}, {"HEAD", "/x", 200, "", 5}, {"GET", "/x", 200, "hello", 5}} {
				res, err := f.client.Do(request(t, tt.method, f.base+tt.path, nil))
				if err != nil {
					t.Fatalf("%s to %s: %v", f.name, kind, err)
				}
				body, err := io.ReadAll(res.Body)
				_ = res.Body.Close()
				if err != nil || res.StatusCode != tt.status || string(body) != tt.body || tt.length > 0 && res.ContentLength != tt.length {
					t.Errorf("%s to %s: %s %s: %d %q (length %d, %v)", f.name, kind, tt.method, tt.path, res.StatusCode, body, res.ContentLength, err)
				}
			}
		}
	}
}

// TestEventsPassAsTheyCome: each is answered by the client before the next is sent.
func TestEventsPassAsTheyCome(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"http", "h2c", "h2"} {
		next := make(chan struct{})
		s := serving(t, kind, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			for range 5 {
				_, _ = io.WriteString(w, "data: x\n\n")
				_ = http.NewResponseController(w).Flush()
				<-next
			}
		}))
		for _, f := range fronts(t, Options{Services: []Service{s}}) {
			res, err := f.client.Get(f.base + "/events")
			if err != nil {
				t.Fatal(err)
			}
			for range 5 {
				event := make([]byte, 9)
				if _, err := io.ReadFull(res.Body, event); err != nil || string(event) != "data: x\n\n" {
					t.Fatalf("%s to %s: %q, %v", f.name, kind, event, err)
				}
				next <- struct{}{}
			}
			if rest, err := io.ReadAll(res.Body); len(rest) > 0 || err != nil {
				t.Errorf("%s to %s: %q, %v", f.name, kind, rest, err)
			}
			_ = res.Body.Close()
		}
	}
}

// TestAnswerThatBreaksOffIsNeverComplete: whatever the versions, a client must notice
// that the server broke off.
func TestAnswerThatBreaksOffIsNeverComplete(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		s := serving(t, kind, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "half of ")
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}))
		seen := make(caught, 10)
		for _, f := range fronts(t, Options{Services: []Service{s}, Sinks: sinks(seen)}) {
			res, err := f.client.Get(f.base + "/x")
			if err != nil {
				t.Fatalf("%s to %s: %v", f.name, kind, err)
			}
			body, err := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if err == nil || string(body) != "half of " {
				t.Errorf("%s to %s: %q as a whole answer", f.name, kind, body)
			}
			d := <-seen
			if d.ex.Failure == nil || !d.ex.Response.Body.Truncated || len(d.d.Findings) == 0 || d.d.Findings[0].Cause.Slug != "response.truncated" {
				t.Errorf("%s to %s: failure %v, findings %+v", f.name, kind, d.ex.Failure, d.d.Findings)
			}
		}
	}
}

// TestClientThatCancelsIsNoted: the server's call is ended with the client's.
func TestClientThatCancelsIsNoted(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"http", "h2", "h2c"} {
		called, ended := make(chan struct{}), make(chan struct{})
		s := serving(t, kind, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			close(called)
			<-r.Context().Done()
			close(ended)
		}))
		seen := make(caught, 10)
		for _, f := range fronts(t, Options{Services: []Service{s}, Sinks: sinks(seen)}) {
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() {
				_, err := f.client.Do(request(t, "GET", f.base+"/x", nil).WithContext(ctx))
				done <- err
			}()
			<-called
			cancel()
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("%s to %s: %v", f.name, kind, err)
			}
			<-ended
			d := <-seen
			if len(d.d.Findings) == 0 || d.d.Findings[0].Cause.Slug != "network.client-closed" {
				t.Errorf("%s to %s: failure %v, findings %+v", f.name, kind, d.ex.Failure, d.d.Findings)
			}
			called, ended = make(chan struct{}), make(chan struct{})
		}
	}
}
