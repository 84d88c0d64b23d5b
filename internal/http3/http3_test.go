package http3

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
	"time"

	"github.com/quic-go/quic-go/http3"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/proxy"
	"github.com/faultline-http/faultline/internal/testcert"
)

type caught chan *faultline.Exchange

func (c caught) Deliver(_ context.Context, ex *faultline.Exchange, _ *faultline.Diagnosis) { c <- ex }

// start runs a proxy that answers HTTP/3 and returns a client for it.
func start(t *testing.T, h http.Handler) (base string, client *http.Client, seen caught) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	to, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	seen = make(caught, 10)
	p, err := proxy.New(proxy.Options{Services: []proxy.Service{{To: to}}, Sinks: []guard.Sink{guard.Everything(seen)}})
	if err != nil {
		t.Fatal(err)
	}
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ca := testcert.New(t, "Test CA")
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- Serve(ctx, pc, Options{Handler: p.Handler(), TLS: &tls.Config{Certificates: []tls.Certificate{ca.Valid("127.0.0.1")}}, Grace: time.Second})
	}()
	tr := &http3.Transport{TLSClientConfig: &tls.Config{RootCAs: ca.Pool()}, DisableCompression: true}
	t.Cleanup(func() {
		_ = tr.Close()
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Serve = %v", err)
		}
		_ = p.Guard().Close(context.Background())
	})
	return "https://" + pc.LocalAddr().String(), &http.Client{Transport: tr}, seen
}

func TestCallsByHTTP3(t *testing.T) {
	t.Parallel()
	base, client, seen := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).EnableFullDuplex()
		w.Header().Set("X-Target", r.RequestURI)
		w.WriteHeader(http.StatusCreated)
		_, _ = io.Copy(w, r.Body)
	}))
	body := strings.Repeat("0123456789", 20_000)
	res, err := client.Post(base+"/a%2Fb?q=1", "text/plain", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil || string(got) != body || res.StatusCode != http.StatusCreated || res.Header.Get("X-Target") != "/a%2Fb?q=1" {
		t.Errorf("%s, %d bytes, %v, %v", res.Status, len(got), res.Header, err)
	}
	ex := <-seen
	if ex.Request.Proto != "HTTP/3" || ex.Request.Scheme != "https" || ex.Labels[faultline.LabelTLS] != "TLS 1.3" || string(ex.Response.Body.Raw) != body {
		t.Errorf("the exchange: %s %s %v", ex.Request.Proto, ex.Request.Scheme, ex.Labels)
	}
}

// TestBrokenAnswerIsNeverComplete: the client sees its stream reset.
func TestBrokenAnswerIsNeverComplete(t *testing.T) {
	t.Parallel()
	base, client, seen := start(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half of ")
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}))
	// The reset may overtake what was sent before it, head included (RFC 9000, section 3.2).
	if res, err := client.Get(base + "/x"); err == nil {
		got, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err == nil {
			t.Errorf("%q as a whole answer", got)
		}
	}
	if ex := <-seen; ex.Failure == nil || !ex.Response.Body.Truncated {
		t.Errorf("failure = %v", ex.Failure)
	}
}

// TestClientThatCancelsIsNoted: the server's call is ended with the client's.
func TestClientThatCancelsIsNoted(t *testing.T) {
	t.Parallel()
	called, ended := make(chan struct{}), make(chan struct{})
	base, client, seen := start(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(called)
		<-r.Context().Done()
		close(ended)
	}))
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/x", nil)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		<-called
		cancel()
	}()
	if _, err := client.Do(req); err == nil {
		t.Error("the cancelled call was answered")
	}
	<-ended
	if ex := <-seen; ex.Failure == nil || !strings.Contains(ex.Failure.Text, "the client closed the connection") {
		t.Errorf("failure = %v", ex.Failure)
	}
}

func TestServeNeedsTLS(t *testing.T) {
	t.Parallel()
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if got := AltSvc(pc); !strings.HasPrefix(got, `h3=":`) || strings.Contains(got, "127") {
		t.Errorf("Alt-Svc: %s", got)
	}
	if err := Serve(t.Context(), pc, Options{}); err == nil {
		t.Error("it serves without TLS")
	}
}
