package proxy

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unsafe"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/ca"
	"github.com/faultline-http/faultline/internal/testcert"
)

// forward is a forward proxy with what a test needs of it.
type forward struct {
	t       *testing.T
	address string
	p       *Proxy
	seen    caught
	told    chan TunnelEvent
	ours    *ca.Authority       // signs what clients see
	theirs  *testcert.Authority // signs what servers show
}

// startForward starts one that looks into tunnels.
func startForward(t *testing.T, change func(*Forward)) *forward {
	t.Helper()
	ours, err := ca.Create(filepath.Join(t.TempDir(), "ca"), ca.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := &forward{t: t, ours: ours, theirs: testcert.New(t, "servers"), told: make(chan TunnelEvent, 100)}
	o := &Forward{Leaf: ours.Leaf, TLS: &tls.Config{RootCAs: f.theirs.Pool()}, Told: func(e TunnelEvent) { f.told <- e }}
	if change != nil {
		change(o)
	}
	f.address, f.p, f.seen = watched(t, "http://unused.invalid", func(all *Options) { all.Services, all.Forward = nil, o })
	return f
}

// server is one of https at 127.0.0.1 and localhost.
func (f *forward) server(h http.HandlerFunc) *url.URL {
	s := httptest.NewUnstartedServer(h)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{f.theirs.Valid("127.0.0.1", "localhost")}}
	s.StartTLS()
	f.t.Cleanup(s.Close)
	u, err := url.Parse(s.URL)
	if err != nil {
		f.t.Fatal(err)
	}
	return u
}

// client calls through the proxy and trusts the roots.
func (f *forward) client(roots *x509.CertPool) *http.Client {
	proxy := &url.URL{Scheme: "http", Host: f.address}
	tr := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots}}
	f.t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, Timeout: 20 * time.Second}
}

// trusting calls through the proxy and accepts its certificates.
func (f *forward) trusting() *http.Client {
	roots := x509.NewCertPool()
	roots.AddCert(f.ours.Certificate())
	return f.client(roots)
}

func (f *forward) get(c *http.Client, url string) (status int, body string) {
	f.t.Helper()
	resp, err := c.Get(url)
	if err != nil {
		f.t.Fatalf("GET %s: %v", url, err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		f.t.Fatalf("GET %s: %v", url, err)
	}
	return resp.StatusCode, string(text)
}

// connect opens a tunnel by hand.
func (f *forward) connect(authority string) *rawClient {
	f.t.Helper()
	c := dial(f.t, f.address)
	c.send("CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n", authority, authority)
	if line, _ := c.r.ReadString('\n'); !strings.Contains(line, " 200 ") {
		f.t.Fatalf("CONNECT %s: %q", authority, line)
	}
	if line, err := c.r.ReadString('\n'); line != "\r\n" || err != nil {
		f.t.Fatalf("CONNECT %s: %q after the status line, want the empty line (%v)", authority, line, err)
	}
	return c
}

func refuseOrder(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	_, _ = io.WriteString(w, `{"error":"customer_id is required"}`)
}

func TestCallsInATunnelAreExplained(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil)
	to := f.server(refuseOrder)
	status, body := f.get(f.trusting(), to.String()+"/v1/orders?x=1")
	if status != http.StatusBadRequest || body != `{"error":"customer_id is required"}` {
		t.Errorf("the client got %d %s, want the server's own answer", status, body)
	}
	got := <-f.seen
	q := got.ex.Request
	if q.Scheme != "https" || q.Host != to.Host || q.Target != "/v1/orders?x=1" || got.ex.Response == nil || got.ex.Response.Status != http.StatusBadRequest {
		t.Errorf("the exchange is %s %s %s, answer %+v; want https, %s, /v1/orders?x=1 and the 400", q.Scheme, q.Host, q.Target, got.ex.Response, to.Host)
	}
	if !got.d.Failed || len(got.d.Findings) == 0 {
		t.Errorf("diagnosis %+v, want a finding", got.d)
	}
	if n := f.p.Counts().Seen; n != 1 {
		t.Errorf("%d calls were counted, want 1: CONNECT is none", n)
	}
}

func TestConnectionInATunnelIsUsedAgain(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil)
	to := f.server(func(w http.ResponseWriter, r *http.Request) {
		all, _ := io.ReadAll(r.Body)
		_, _ = w.Write(all)
	})
	c := f.trusting()
	for range 3 {
		resp, err := c.Post(to.String(), "text/plain", strings.NewReader(strings.Repeat("é", 40<<10)))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || len(body) != 80<<10 {
			t.Fatalf("%d bytes came back (%v), want %d", len(body), err, 80<<10)
		}
		_ = resp.Body.Close()
	}
	if n := f.p.Counts().Seen; n != 3 {
		t.Errorf("%d calls were counted, want 3", n)
	}
}

func TestPlainCallsGoToTheirServer(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil)
	server := mirror(t)
	c := dial(t, f.address)
	c.send("GET http://%s/a?b HTTP/1.1\r\nHost: %s\r\nProxy-Authorization: Basic eA==\r\nProxy-Connection: keep-alive\r\nX-y:1\r\n\r\n", server, server)
	_, got := c.read("GET")
	want := "GET /a?b HTTP/1.1\r\nHost: " + server + "\r\nX-y:1\r\nVia: 1.1 "
	if !strings.HasPrefix(got, want) {
		t.Errorf("the server got\n%s\nwant it to begin with\n%s", got, want)
	}
	other := mirror(t)
	c.send("GET http://%s HTTP/1.1\r\nHost: %s\r\n\r\n", other, other)
	if _, got := c.read("GET"); !strings.HasPrefix(got, "GET / HTTP/1.1\r\nHost: "+other) {
		t.Errorf("the second call of the connection came to\n%s", got)
	}
	if ex := (<-f.seen).ex; ex.Request.Scheme != "http" || ex.Request.Host != server {
		t.Errorf("the exchange is of %s://%s, want http://%s", ex.Request.Scheme, ex.Request.Host, server)
	}
}

func TestPlainCallsInATunnelAreSeen(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil)
	server := mirror(t)
	c := f.connect(server)
	c.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
	if _, got := c.read("GET"); !strings.HasPrefix(got, "GET /a HTTP/1.1\r\nHost: x\r\n") {
		t.Errorf("the server got\n%s", got)
	}
	if ex := (<-f.seen).ex; ex.Request.Scheme != "http" || ex.Request.Target != "/a" {
		t.Errorf("the exchange is %s %s, want http and /a", ex.Request.Scheme, ex.Request.Target)
	}
}

func TestAbsoluteTargetOfHTTPSIsServed(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil)
	to := f.server(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.URL.Path) })
	c := dial(t, f.address)
	c.send("GET %s/old HTTP/1.1\r\nHost: %s\r\n\r\n", to, to.Host)
	if resp, got := c.read("GET"); resp.StatusCode != http.StatusOK || got != "/old" {
		t.Errorf("got %d %q, want the answer of the server over TLS", resp.StatusCode, got)
	}
}

func TestClosedTunnelPassesBytes(t *testing.T) {
	t.Parallel()
	f := startForward(t, func(o *Forward) { o.Leaf = nil })
	server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
		all, _ := io.ReadAll(r) // to the end of the client's side, which must come through
		_, _ = fmt.Fprintf(c, "got %d bytes", len(all))
	})
	c := f.connect(server)
	c.send("\x00\x01not HTTP")
	if err := c.c.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if got := c.ended(); got != "got 10 bytes" {
		t.Errorf("the client got %q, want %q", got, "got 10 bytes")
	}
	e := <-f.told
	host, _, _ := net.SplitHostPort(server)
	if e.Kind != TunnelClosed || e.Host != host || e.Text != "nothing is intercepted" {
		t.Errorf("told %+v", e)
	}
	want := Tunnel{Host: host, Why: "nothing is intercepted", Connections: 1, Sent: 10, Received: 12}
	if got := eventually(t, f.p.Tunnels, func(l []Tunnel) bool { return len(l) == 1 && l[0].Sent > 0 }); got[0] != want {
		t.Errorf("counted %+v, want %+v", got[0], want)
	}
	if n := f.p.Counts().Seen; n != 0 {
		t.Errorf("%d calls were counted, want none", n)
	}
}

// eventually asks until the answer pleases: what is counted at the end of a
// connection comes after the client has seen the end.
func eventually[T any](t *testing.T, ask func() T, pleases func(T) bool) T {
	t.Helper()
	for give := time.Now().Add(20 * time.Second); ; {
		got := ask()
		if pleases(got) {
			return got
		}
		if time.Now().After(give) {
			t.Fatalf("after 20 s it is still %+v", got)
		}
		time.Sleep(time.Millisecond)
	}
}

func TestHostsThatAreExcludedAreTunnelled(t *testing.T) {
	t.Parallel()
	f := startForward(t, func(o *Forward) {
		o.Closed = func(host string) string { return map[string]string{"localhost": "--exclude"}[host] }
	})
	to := f.server(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })
	excluded := "https://localhost:" + to.Port()
	if _, body := f.get(f.client(f.theirs.Pool()), excluded); body != "hello" { // the server's own certificate
		t.Errorf("got %q", body)
	}
	if e := <-f.told; e.Kind != TunnelClosed || e.Host != "localhost" || e.Text != "--exclude" {
		t.Errorf("told %+v, want that localhost is excluded", e)
	}
	if _, body := f.get(f.trusting(), to.String()); body != "hello" {
		t.Errorf("got %q from the other host", body)
	}
}

func TestHostWhoseClientRefusedIsTunnelledFromThenOn(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil)
	to := f.server(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })
	pinned := f.client(f.theirs.Pool())
	if resp, err := pinned.Get(to.String()); err == nil {
		_ = resp.Body.Close()
		t.Fatal("a client that knows only the server's authority accepted ours")
	}
	if e := <-f.told; e.Kind != TunnelRefused || e.Host != "127.0.0.1" || !strings.Contains(e.Text, "certificate") {
		t.Errorf("told %+v, want that the client refused, and why", e)
	}
	if _, body := f.get(pinned, to.String()); body != "hello" {
		t.Errorf("the second call got %q, want the server's answer", body)
	}
	if e := <-f.told; e.Kind != TunnelClosed || !strings.HasPrefix(e.Text, "a client refused our certificate: it ") {
		t.Errorf("told %+v, want that the tunnel stays closed, and why", e)
	}
}

// hangUp shakes hands as a client that dislikes the certificate afterwards.
func (f *forward) hangUp(authority string) {
	c := f.connect(authority)
	host, _, _ := net.SplitHostPort(authority)
	tc := tls.Client(c.c, &tls.Config{InsecureSkipVerify: true, ServerName: host})
	if err := tc.Handshake(); err != nil {
		f.t.Fatal(err)
	}
	_ = c.c.Close()
}

func TestClientsThatHangUpSilentlyTwiceAreTakenToRefuse(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil)
	to := f.server(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })
	f.hangUp(to.Host)
	if e := <-f.told; e.Kind != TunnelSilent {
		t.Errorf("told %+v, want that the client said nothing", e)
	}
	if why := f.p.forward.closed("127.0.0.1"); why != "" {
		t.Errorf("after one, the tunnel is closed: %s", why)
	}
	f.hangUp(to.Host)
	eventually(t, func() string { return f.p.forward.closed("127.0.0.1") }, func(why string) bool { return why != "" })
	if _, body := f.get(f.client(f.theirs.Pool()), to.String()); body != "hello" {
		t.Errorf("got %q, want the server's answer through the tunnel", body)
	}
}

func TestClientsThatCallKeepTheTunnelOpen(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil)
	to := f.server(func(http.ResponseWriter, *http.Request) {})
	f.get(f.trusting(), to.String())
	for range 3 {
		f.hangUp(to.Host) // as browsers do that open a connection in advance
	}
	f.get(f.trusting(), to.String())
	if why := f.p.forward.closed("127.0.0.1"); why != "" {
		t.Errorf("the tunnel is closed: %s", why)
	}
}

func TestOtherProtocolsPass(t *testing.T) {
	t.Parallel()
	f, soon := startForward(t, nil), startForward(t, nil)
	soon.p.forward.patience, f.p.forward.patience = time.Millisecond, time.Second
	tests := []struct {
		name, client, server, why string
		serverFirst               bool
	}{
		{"the server speaks first", "EHLO x\r\n", "220 mail\r\n", "the client says nothing first", true},
		{"SSH", "SSH-2.0-x\r\n", "SSH-2.0-y\r\n", "neither TLS nor HTTP/1", false},
		{"HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "frames", "neither TLS nor HTTP/1", false},
		{"half a word", "GET", "what?", "neither TLS nor HTTP/1", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server := rawServer(t, func(c net.Conn, r *bufio.Reader) {
				if !tt.serverFirst {
					_, _ = io.ReadFull(r, make([]byte, len(tt.client)))
				}
				_, _ = io.WriteString(c, tt.server)
				if tt.serverFirst {
					_, _ = io.ReadFull(r, make([]byte, len(tt.client)))
				}
			})
			through := f
			if tt.serverFirst {
				through = soon
			}
			c := through.connect(server)
			if !tt.serverFirst {
				c.send("%s", tt.client)
			}
			got := make([]byte, len(tt.server))
			if _, err := io.ReadFull(c.r, got); err != nil || string(got) != tt.server {
				t.Errorf("the client got %q (%v), want %q", got, err, tt.server)
			}
			if tt.serverFirst {
				c.send("%s", tt.client)
			}
			c.ended()
		})
	}
	said := soon.said() + "; " + f.said()
	for _, tt := range tests {
		if !strings.Contains(said, tt.why) {
			t.Errorf("said %q, want %q", said, tt.why)
		}
	}
}

func TestServerThatCannotBeReachedThroughATunnelIsExplained(t *testing.T) {
	t.Parallel()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = free.Close()
	f := startForward(t, nil)
	status, body := f.get(f.trusting(), "https://"+free.Addr().String())
	if status != http.StatusBadGateway || !strings.Contains(body, "refused") {
		t.Errorf("inside the tunnel: %d %s, want a 502 that says refused", status, body)
	}
	closed := startForward(t, func(o *Forward) { o.Leaf = nil })
	c := dial(t, closed.address)
	c.send("CONNECT %s HTTP/1.1\r\nHost: x\r\n\r\n", free.Addr())
	if resp, body := c.read("GET"); resp.StatusCode != http.StatusBadGateway || !strings.Contains(body, "refused") {
		t.Errorf("to CONNECT: %d %s, want a 502 that says refused", resp.StatusCode, body)
	}
}

func TestCertificateOfTheServerIsVerifiedByUs(t *testing.T) {
	t.Parallel()
	f := startForward(t, func(o *Forward) { o.TLS = nil }) // the system's roots
	to := f.server(func(http.ResponseWriter, *http.Request) { t.Error("the server was called") })
	status, body := f.get(f.trusting(), to.String())
	if status != http.StatusBadGateway || !strings.Contains(body, "certificate") {
		t.Errorf("got %d %s, want a 502 about the certificate", status, body)
	}
	if got := <-f.seen; got.ex.Failure == nil || got.ex.Failure.Phase != faultline.PhaseHandshake {
		t.Errorf("the exchange failed in %+v, want the handshake", got.ex.Failure)
	}
}

func TestOnlyThisMachineMayUseIt(t *testing.T) {
	t.Parallel()
	for name, access := range map[string]Access{
		"denied":      {Deny: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}},
		"not allowed": {Allow: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}},
	} {
		f := startForward(t, func(o *Forward) { o.Access = access })
		for _, line := range []string{"CONNECT api.example.com:443", "GET http://api.example.com/"} {
			c := dial(t, f.address)
			c.send("%s HTTP/1.1\r\nHost: api.example.com\r\n\r\n", line)
			if resp, _ := c.read("GET"); resp.StatusCode != http.StatusForbidden {
				t.Errorf("%s: %s: %d, want 403", name, line, resp.StatusCode)
			}
		}
	}
	f := startForward(t, nil)
	for address, want := range map[string]bool{"127.0.0.1:1": true, "[::1]:1": true, "[::ffff:127.0.0.1]:1": true, "10.0.0.1:1": false, "[2001:db8::1]:1": false} {
		if got := f.p.forward.permits(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address))); got != want {
			t.Errorf("by default, permits(%s) = %v, want %v", address, got, want)
		}
	}
}

// said is why tunnels to this machine were not looked into.
func (f *forward) said() string {
	f.p.forward.tunnels.mu.Lock()
	defer f.p.forward.tunnels.mu.Unlock()
	return strings.Join(f.p.forward.tunnels.hosts["127.0.0.1"].said, "; ")
}

func TestLoginIsAskedFor(t *testing.T) {
	t.Parallel()
	f := startForward(t, func(o *Forward) {
		o.Login = func(user, password string) bool { return user == "u" && password == "p:w" }
	})
	server := mirror(t)
	for login, want := range map[string]int{"": 407, "Basic dTp4": 407, "Bearer x": 407, "Basic dTpwOnc=": 200} {
		c := dial(t, f.address)
		c.send("GET http://%s/ HTTP/1.1\r\nHost: %s\r\nProxy-Authorization: %s\r\n\r\n", server, server, login)
		resp, body := c.read("GET")
		if resp.StatusCode != want || strings.Contains(body, "Proxy-Authorization") && want == 200 {
			t.Errorf("with %q: %d\n%s\nwant %d, and nothing of the login at the server", login, resp.StatusCode, body, want)
		}
		if want == 407 && resp.Header.Get("Proxy-Authenticate") != `Basic realm="faultline"` {
			t.Errorf("a 407 with Proxy-Authenticate %q", resp.Header.Get("Proxy-Authenticate"))
		}
	}
}

func TestRequestToTheProxyItself(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil)
	c := dial(t, f.address)
	c.send("GET /x HTTP/1.1\r\nHost: %s\r\n\r\n", f.address)
	if resp, body := c.read("GET"); resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, "does not name its server") {
		t.Errorf("got %d %s, want a 400 that says what the proxy is", resp.StatusCode, body)
	}
	c.send("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", DefaultPages, f.address)
	if resp, _ := c.read("GET"); resp.StatusCode != http.StatusOK {
		t.Errorf("the pages: %d, want 200", resp.StatusCode)
	}
}

func TestProxyBeforeTheServer(t *testing.T) {
	t.Parallel()
	parent := startForward(t, func(o *Forward) {
		o.Leaf = nil
		o.Login = func(user, password string) bool { return user == "me" && password == "secret" }
	})
	through := &url.URL{Scheme: "http", Host: parent.address, User: url.UserPassword("me", "secret")}
	f := startForward(t, func(o *Forward) { o.Parent = func(*url.URL) (*url.URL, error) { return through, nil } })
	to := f.server(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })
	if _, body := f.get(f.trusting(), to.String()); body != "hello" {
		t.Errorf("got %q", body)
	}
	if e := <-parent.told; e.Kind != TunnelClosed || e.Host != "127.0.0.1" {
		t.Errorf("the other proxy told %+v, want a tunnel", e)
	}
	through.User = nil
	wrong := startForward(t, func(o *Forward) { o.Parent = func(*url.URL) (*url.URL, error) { return through, nil } })
	if status, body := wrong.get(wrong.trusting(), to.String()); status != http.StatusBadGateway || !strings.Contains(body, "407") {
		t.Errorf("with a proxy that refuses: %d %s, want a 502 that names its 407", status, body)
	}
}

func TestAnswerThatBreaksOffInATunnelIsNotComplete(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil)
	ln, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{f.theirs.Valid("127.0.0.1")}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			r := bufio.NewReader(c)
			readHeadText(t, r)
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
			_ = c.(*tls.Conn).NetConn().Close()
		}
	}()
	resp, err := f.trusting().Get("https://" + ln.Addr().String())
	if err == nil {
		_, err = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
	}
	if err == nil {
		t.Error("the client took half an answer for a whole one")
	}
}

func TestContractsAreForTheirHosts(t *testing.T) {
	t.Parallel()
	c, err := contract.Load(fstest.MapFS{"orders.yaml": {Data: []byte(orders)}}, "orders.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f := startForward(t, func(o *Forward) {
		o.Knows = func(host string) bool { return host == "127.0.0.1" }
		o.Guard = guard.Options{Contracts: []*contract.Contract{c}, Mode: guard.Block}
	})
	to := f.server(func(http.ResponseWriter, *http.Request) {})
	client := f.trusting()
	if status, _ := f.get(client, to.String()+"/no/such/path"); status == http.StatusOK {
		t.Error("a call that the contract of its host does not have passed, want it blocked")
	}
	if status, _ := f.get(client, "https://localhost:"+to.Port()+"/no/such/path"); status != http.StatusOK {
		t.Errorf("a call to another host: %d, want it to pass", status)
	}
	if n := f.p.Counts().Seen; n != 2 {
		t.Errorf("%d calls were counted, want both", n)
	}
}

func TestOriginsAreBounded(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil).p.forward
	first, err := f.origin("https", "H0.example", "")
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := f.origin("https", "h0.example:443", ""); again != first {
		t.Error("the same server has two services")
	}
	for i := range maxOrigins {
		if _, err := f.origin("https", fmt.Sprintf("h%d.example", i+1), ""); err != nil {
			t.Fatal(err)
		}
	}
	if len(f.origins) != maxOrigins || f.used.Len() != maxOrigins || !first.pool.closed {
		t.Errorf("%d servers are kept, %d in order, the first one's connections are closed: %v; want %d and true", len(f.origins), f.used.Len(), first.pool.closed, maxOrigins)
	}
}

// TestOriginsKeepTextOfTheirOwn: the memory of the call that asked first is used again.
func TestOriginsKeepTextOfTheirOwn(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil).p.forward
	var asked string
	f.Knows = func(host string) bool { asked = host; return true }
	line := []byte("https://h0.example:8443 sni.example")
	text := unsafe.String(unsafe.SliceData(line), len(line))
	svc, err := f.origin(text[:5], text[8:23], text[24:])
	if err != nil {
		t.Fatal(err)
	}
	copy(line, "GET /something/else/that/has/come/since")
	if to := svc.To.String(); to != "https://h0.example:8443" || svc.Name != "h0.example:8443" || asked != "h0.example" || svc.authority != "h0.example:8443" {
		t.Errorf("the server has become %s, %s, %s, %s", to, svc.Name, asked, svc.authority)
	}
	if again, _ := f.origin("https", "h0.example:8443", "sni.example"); again != svc {
		t.Error("the server is not found any more")
	}
}

func TestTunnelHostsAreBounded(t *testing.T) {
	t.Parallel()
	told := 0
	tn := newTunnels(func(TunnelEvent) { told++ })
	for i := range maxTunnelHosts + 100 {
		host := fmt.Sprintf("h%d.example", i)
		tn.open(host, "why")
		tn.open(host, "why")
		tn.passed(host, 1, 2)
	}
	list := tn.list()
	if len(list) != maxTunnelHosts+1 || told != maxTunnelHosts {
		t.Errorf("%d hosts are kept and %d were told, want %d and one for all others", len(list), told, maxTunnelHosts)
	}
	var sum Tunnel
	for _, l := range list {
		sum.Connections += l.Connections
		sum.Sent += l.Sent
	}
	if sum.Connections != 2*(maxTunnelHosts+100) || sum.Sent != maxTunnelHosts+100 {
		t.Errorf("in total %+v: something was lost", sum)
	}
}

func TestEndOfTheProxyEndsTunnels(t *testing.T) {
	t.Parallel()
	f := &Forward{}
	address, _, stop := startStopping(t, "http://unused.invalid", func(o *Options) { o.Services, o.Forward = nil, f })
	server := rawServer(t, func(c net.Conn, r *bufio.Reader) { _, _ = io.Copy(c, r) })
	c := (&forward{t: t, address: address}).connect(server)
	c.send("x")
	if b, err := c.r.ReadByte(); b != 'x' || err != nil {
		t.Fatal(b, err)
	}
	if err := <-stop(); err != nil {
		t.Errorf("Serve = %v", err)
	}
	if rest := c.ended(); rest != "" {
		t.Errorf("the tunnel went on: %q", rest)
	}
}

// TestCurl has a client of its own for each case that a user meets first.
func TestCurl(t *testing.T) {
	t.Parallel()
	curl := need(t, "curl", "apt-get install curl")
	f := startForward(t, nil)
	to := f.server(refuseOrder)
	ours := filepath.Join(t.TempDir(), "ours.pem")
	testcert.Write(t, ours, "CERTIFICATE", f.ours.Certificate().Raw)
	call := func(args ...string) (string, error) {
		out, err := exec.Command(curl, append([]string{"-sS", "--http1.1", "--max-time", "20", "-x", "http://" + f.address}, args...)...).CombinedOutput()
		return string(out), err
	}
	if out, err := call("--cacert", ours, to.String()); err != nil || out != `{"error":"customer_id is required"}` {
		t.Errorf("curl: %v, %s", err, out)
	}
	if got := <-f.seen; !got.d.Failed {
		t.Errorf("diagnosis %+v, want a failed call", got.d)
	}
	if out, err := call("--cacert", f.theirs.File(), to.String()); err == nil || !strings.Contains(out, "certificate") {
		t.Errorf("curl that trusts others: %v, %s; want it to refuse", err, out)
	}
	if e := <-f.told; e.Kind != TunnelRefused {
		t.Errorf("told %+v, want that curl refused", e)
	}
	if out, err := call("--cacert", f.theirs.File(), to.String()); err != nil {
		t.Errorf("the second call of curl that trusts others: %v, %s; want it to pass", err, out)
	}
}

func TestHTTP2OnBothLegsOfATunnel(t *testing.T) {
	t.Parallel()
	f := startForward(t, nil)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprintf(w, "%s %s %s", r.Proto, r.Host, r.URL.Path)
	}))
	s.EnableHTTP2 = true
	s.TLS = &tls.Config{Certificates: []tls.Certificate{f.theirs.Valid("127.0.0.1")}}
	s.StartTLS()
	t.Cleanup(s.Close)
	client := f.trusting()
	client.Transport.(*http.Transport).ForceAttemptHTTP2 = true
	for range 2 {
		resp, err := client.Get(s.URL + "/v1/orders")
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		want := "HTTP/2.0 " + strings.TrimPrefix(s.URL, "https://") + " /v1/orders"
		if err != nil || resp.ProtoMajor != 2 || string(body) != want {
			t.Errorf("the client got %s %q (%v), want HTTP/2 and %q", resp.Proto, body, err, want)
		}
		got := <-f.seen
		if q := got.ex.Request; q.Scheme != "https" || q.Target != "/v1/orders" || !got.d.Failed {
			t.Errorf("the exchange is %s %s, failed %v; want https, /v1/orders and true", q.Scheme, q.Target, got.d.Failed)
		}
	}
	if why := f.p.forward.closed("127.0.0.1"); why != "" {
		t.Errorf("the tunnel is closed: %s", why)
	}
}
