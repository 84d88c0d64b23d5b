package proxy

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/textproto"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/listen"
	"github.com/faultline-http/faultline/internal/testcert"
)

// TestGuardSeesRelayedCalls: one exchange and one answer, whatever is spoken.
func TestGuardSeesRelayedCalls(t *testing.T) {
	t.Parallel()
	const good, bad = `{"customer_id":"c"}`, `{"custmer_id":"c"}`
	c, err := contract.Load(fstest.MapFS{"orders.yaml": {Data: []byte(orders)}}, "orders.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"http", "h2", "h2c"} {
		seen := make(caught, 10)
		s := serving(t, kind, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			if string(body) != good {
				t.Errorf("a request that breaks the contract reached the server: %q", body)
			}
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusCreated)
			_, _ = io.WriteString(w, `{"id": "1"}`)
		}))
		s.Guard = guard.Options{Contracts: []*contract.Contract{c}, Mode: guard.Block}
		for _, f := range fronts(t, Options{Services: []Service{s}, Sinks: sinks(seen)}) {
			for _, tt := range []struct {
				body   string
				status int
				action string
			}{{good, 201, ""}, {bad, 400, faultline.ActionBlocked}} {
				req := request(t, "POST", f.base+"/orders", strings.NewReader(tt.body))
				req.Header.Set("Content-Type", "application/json")
				res, err := f.client.Do(req)
				if err != nil {
					t.Fatalf("%s to %s: %v", f.name, kind, err)
				}
				body, _ := io.ReadAll(res.Body)
				_ = res.Body.Close()
				if res.StatusCode != tt.status || res.Header.Get("Faultline-Action") != tt.action {
					t.Errorf("%s to %s: %s %v %s", f.name, kind, res.Status, res.Header, body)
				}
				d := <-seen
				if got, want := d.ex.Request.Proto, strings.TrimSuffix(f.proto, ".0"); got != want || string(d.ex.Request.Body.Raw) != tt.body {
					t.Errorf("%s to %s: the exchange has %s %q, want %s %q", f.name, kind, got, d.ex.Request.Body.Raw, want, tt.body)
				}
				if d.ex.Labels[faultline.LabelAction] != tt.action || d.ex.Response == nil || d.ex.Response.Status != tt.status {
					t.Errorf("%s to %s: labels %v, answer %+v", f.name, kind, d.ex.Labels, d.ex.Response)
				}
				if secure := strings.HasPrefix(f.base, "https"); (d.ex.Labels[faultline.LabelTLS] == "TLS 1.3") != secure || (d.ex.Request.Scheme == "https") != secure {
					t.Errorf("%s to %s: %s %v", f.name, kind, d.ex.Request.Scheme, d.ex.Labels)
				}
			}
		}
	}
}

// TestHTTPInTheClearToTLSIsExplained: the client gets an answer that it can read.
func TestHTTPInTheClearToTLSIsExplained(t *testing.T) {
	t.Parallel()
	ca := testcert.New(t, "Front CA")
	cert, key := ca.Save("front", ca.Valid("127.0.0.1"))
	seen := make(caught, 10)
	addr, _ := served(t, Options{Services: []Service{{To: parsed(t, "http://127.0.0.1:1")}}, Sinks: sinks(seen)},
		listen.Spec{TLS: &listen.TLS{Pairs: []listen.Pair{{Cert: cert, Key: key}}}})
	c := dial(t, addr)
	c.send("GET /v1/orders HTTP/1.1\r\nHost: api.example.com\r\n\r\n")
	resp, body := c.read("GET")
	if resp.StatusCode != 400 || resp.Header.Get("Faultline-Cause") != "tls.plain-http-to-https" || !strings.Contains(body, `"type": "https://`) {
		t.Errorf("%s %v %s", resp.Status, resp.Header, body)
	}
	if d := <-seen; d.ex.Timing.Total > time.Hour || d.ex.Request.Target != "/v1/orders" || d.ex.Request.Host != "api.example.com" || d.d.Findings[0].Remedy.Text != plainOnTLS.Fix {
		t.Errorf("exchange %+v, %+v", d.ex.Request, d.d.Findings)
	}
}

// TestClientBehindBalancerIsTheOneThatCalls: its address and its certificate's name.
func TestClientBehindBalancerIsTheOneThatCalls(t *testing.T) {
	t.Parallel()
	ca := testcert.New(t, "CA")
	cert, key := ca.Save("front", ca.Valid("127.0.0.1"))
	s := serving(t, "http", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Header.Get("X-Forwarded-For")+" "+r.Header.Get("X-Forwarded-Proto"))
	}))
	s.Forwarded = true
	seen := make(caught, 10)
	addr, _ := served(t, Options{Services: []Service{s}, Sinks: sinks(seen)}, listen.Spec{
		Balancers: listen.NewRanges(netip.MustParsePrefix("127.0.0.0/8")),
		TLS:       &listen.TLS{Pairs: []listen.Pair{{Cert: cert, Key: key}}, Clients: listen.RequireClientCert, ClientCAs: []string{ca.File()}},
	})
	for _, proto := range []string{"http/1.1", "h2"} {
		tr := &http.Transport{
			Protocols:       new(http.Protocols),
			TLSClientConfig: &tls.Config{RootCAs: ca.Pool(), Certificates: []tls.Certificate{ca.Valid("orders")}},
			DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
				c, err := new(net.Dialer).DialContext(ctx, network, addr)
				if err == nil {
					_, err = io.WriteString(c, "PROXY TCP4 203.0.113.9 198.51.100.2 56324 443\r\n")
				}
				return c, err
			},
		}
		tr.Protocols.SetHTTP1(proto != "h2")
		tr.Protocols.SetHTTP2(proto == "h2")
		res, err := (&http.Client{Transport: tr}).Get("https://" + addr + "/x")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		tr.CloseIdleConnections()
		if string(body) != "203.0.113.9 https" {
			t.Errorf("%s: the server was told %q", proto, body)
		}
		if d := <-seen; d.ex.Labels[faultline.LabelClientSubject] != "CN=orders" {
			t.Errorf("%s: labels %v", proto, d.ex.Labels)
		}
	}
}

// TestUpgradesOverHTTP2AreRefusedInWords: none is carried, and nobody is left waiting.
func TestUpgradesOverHTTP2AreRefusedInWords(t *testing.T) {
	t.Parallel()
	s := serving(t, "h2c", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "plain") }))
	all := fronts(t, Options{Services: []Service{s}})
	for _, tt := range []struct {
		name   string
		status int
		say    string
		change func(*http.Request)
	}{
		{"WebSocket", 501, "carries no upgrade", func(r *http.Request) {
			r.Header.Set("Connection", "Upgrade")
			r.Header.Set("Upgrade", "websocket")
		}},
		{"offer of h2c", 200, "plain", func(r *http.Request) {
			r.Header.Set("Connection", "Upgrade, HTTP2-Settings")
			r.Header.Set("Upgrade", "h2c")
			r.Header.Set("HTTP2-Settings", "AAMAAABkAAQAAP__")
		}},
	} {
		req := request(t, "GET", all[0].base+"/ws", nil)
		tt.change(req)
		res, err := all[0].client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != tt.status || !strings.Contains(string(body), tt.say) {
			t.Errorf("%s: %s %s", tt.name, res.Status, body)
		}
	}
	for _, f := range []front{all[1], all[3]} {
		req := request(t, "CONNECT", f.base, nil)
		req.URL.Opaque, req.Host = "a.example:443", "a.example:443"
		res, err := f.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != 501 || !strings.Contains(string(body), "forward prox") {
			t.Errorf("%s: %s %s", f.name, res.Status, body)
		}
	}
}

// TestInterimAnswersPass: 103, and the leave to send a body, which is asked of the server.
func TestInterimAnswersPass(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"http", "h2c"} {
		s := serving(t, kind, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/early" {
				w.Header().Set("Link", "</style.css>; rel=preload")
				w.WriteHeader(http.StatusEarlyHints)
				w.Header().Del("Link")
			}
			if r.URL.Path == "/no" {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			_, _ = io.Copy(w, r.Body)
		}))
		for _, f := range fronts(t, Options{Services: []Service{s}}) {
			f.client.Transport.(*http.Transport).ExpectContinueTimeout = 1 << 40 // only leave makes the body go
			for path, want := range map[string]string{"/early": "the body", "/yes": "the body", "/no": ""} {
				var early []string
				req := request(t, "POST", f.base+path, io.NopCloser(strings.NewReader("the body")))
				hints := 0
				if path == "/early" {
					hints = 1
				} else {
					req.Header.Set("Expect", "100-continue")
				}
				res, err := f.client.Do(req.WithContext(httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{
					Got1xxResponse: func(status int, h textproto.MIMEHeader) error {
						if status == http.StatusEarlyHints {
							early = append(early, h.Get("Link"))
						}
						return nil
					},
				})))
				if err != nil {
					t.Fatalf("%s to %s: %v", f.name, kind, err)
				}
				body, _ := io.ReadAll(res.Body)
				_ = res.Body.Close()
				if string(body) != want || len(early) != hints || hints > 0 && early[0] != "</style.css>; rel=preload" || res.Header.Get("Link") != "" {
					t.Errorf("%s to %s: %s %q, early %q", f.name, kind, res.Status, body, early)
				}
			}
		}
	}
}

// TestServersThatCannotBeRelayedToAreExplained: each in words of its own.
func TestServersThatCannotBeRelayedToAreExplained(t *testing.T) {
	t.Parallel()
	h1 := serving(t, "https", http.HandlerFunc(echo))
	h1only := Service{To: parsed(t, strings.Replace(h1.To.String(), "https:", "h2:", 1)), TLS: h1.TLS}
	untrusted := serving(t, "h2", http.HandlerFunc(echo))
	untrusted.TLS = &tls.Config{RootCAs: testcert.New(t, "Other").Pool()}
	plain := serving(t, "http", http.HandlerFunc(echo))
	for name, tt := range map[string]struct {
		service Service
		cause   faultline.Slug
		say     string
	}{
		"refused":      {Service{To: parsed(t, "h2c://127.0.0.1:1")}, "gateway.upstream-refused", "nothing listens on"},
		"no name":      {Service{To: parsed(t, "h2c://api.invalid:80")}, "gateway.upstream-dns", "api.invalid"},
		"no HTTP/2":    {h1only, "gateway.upstream-tls", "HTTP"},
		"untrusted":    {untrusted, "gateway.upstream-tls", "authority"},
		"HTTP/1 there": {Service{To: parsed(t, strings.Replace(plain.To.String(), "http:", "h2c:", 1))}, "gateway.bad-response", "HTTP/2"},
		"no socket":    {Service{To: parsed(t, "unix:/no/such/socket")}, "gateway.upstream-refused", "there is no socket"},
	} {
		seen := make(caught, 10)
		for _, f := range fronts(t, Options{Services: []Service{tt.service}, Sinks: sinks(seen)}) {
			res, err := f.client.Get(f.base + "/x")
			if err != nil {
				t.Fatalf("%s by %s: %v", name, f.name, err)
			}
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
			d := <-seen
			found := d.d.Findings[0]
			if res.StatusCode != 502 || found.Cause.Slug != tt.cause || !strings.Contains(found.Message+found.Found, tt.say) {
				t.Errorf("%s by %s: %s, %s: %q, found %q", name, f.name, res.Status, found.Cause.Slug, found.Message, found.Found)
			}
		}
	}
}

// TestMalformedBodyIsExplainedWhereItIsRelayed: the byte is named as on the direct road.
func TestMalformedBodyIsExplainedWhereItIsRelayed(t *testing.T) {
	t.Parallel()
	s := serving(t, "h2c", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }))
	addr, _ := served(t, Options{Services: []Service{s}}, listen.Spec{})
	c := dial(t, addr)
	c.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nxyz\r\n")
	resp, body := c.read("POST")
	if resp.StatusCode != 400 || !strings.Contains(body, "chunk") || !resp.Close {
		t.Errorf("%s %s", resp.Status, body)
	}
}

// TestConnectionIsUsedAgainAfterRelay: pipelined requests, with bodies and without.
func TestConnectionIsUsedAgainAfterRelay(t *testing.T) {
	t.Parallel()
	s := serving(t, "h2c", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = io.WriteString(w, r.URL.Path+string(body))
	}))
	addr, _ := served(t, Options{Services: []Service{s}}, listen.Spec{})
	c := dial(t, addr)
	c.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n" +
		"POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" +
		"POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n" +
		"GET /4 HTTP/1.0\r\nHost: a\r\n\r\n")
	for _, want := range []string{"/1", "/2abc", "/3de", "/4"} {
		if resp, body := c.read("GET"); resp.StatusCode != 200 || body != want {
			t.Errorf("%s %q, want %q", resp.Status, body, want)
		}
	}
	if rest := c.ended(); rest != "" {
		t.Errorf("%q after the last answer", rest)
	}
}
