package cli

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/quic-go/quic-go/http3"

	faultlisten "github.com/faultline-http/faultline/internal/listen"
	"github.com/faultline-http/faultline/internal/proxy"
	"github.com/faultline-http/faultline/internal/testcert"
)

// TestHTTP3BesideTLS: a client of HTTP/2 is told of the port, and is answered there.
func TestHTTP3BesideTLS(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }))
	t.Cleanup(server.Close)
	to, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	p, err := proxy.New(proxy.Options{Services: []proxy.Service{{To: to}}})
	if err != nil {
		t.Fatal(err)
	}
	ca := testcert.New(t, "Test CA")
	cert, key := ca.Save("front", ca.Valid("127.0.0.1"))
	ls, err := faultlisten.Open(t.Context(), faultlisten.Spec{Address: "127.0.0.1:0", TLS: &faultlisten.TLS{Pairs: []faultlisten.Pair{{Cert: cert, Key: key}}}})
	if err != nil {
		t.Fatal(err)
	}
	q, err := openQUIC(t.Context(), ls[0])
	if err != nil {
		t.Fatal(err)
	}
	q.begin(t.Context(), p, &proxy.Limits{}, func(text string) { t.Error(text) })
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- p.Serve(ctx, net.Listener(ls[0])) }()
	t.Cleanup(func() {
		q.close()
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Serve = %v", err)
		}
	})
	trust := &tls.Config{RootCAs: ca.Pool()}
	second := &http.Transport{TLSClientConfig: trust, ForceAttemptHTTP2: true}
	third := &http3.Transport{TLSClientConfig: trust.Clone()}
	t.Cleanup(second.CloseIdleConnections)
	t.Cleanup(func() { _ = third.Close() })
	for proto, tr := range map[string]http.RoundTripper{"HTTP/2.0": second, "HTTP/3.0": third} {
		res, err := (&http.Client{Transport: tr}).Get("https://" + ls[0].Addr().String() + "/x")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if string(body) != "hello" || res.Proto != proto {
			t.Errorf("%s %q, want %s", res.Proto, body, proto)
		}
		if alt := res.Header.Get("Alt-Svc"); proto == "HTTP/2.0" && !strings.HasPrefix(alt, `h3=":`) {
			t.Errorf("Alt-Svc: %q", alt)
		}
	}
}
