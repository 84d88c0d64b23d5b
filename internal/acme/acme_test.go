package acme

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
	"github.com/miekg/dns"

	"github.com/faultline-http/faultline/internal/listen"
)

// pebble starts the ACME server that the makers of Let's Encrypt test their
// clients with. It calls names at the port of 127.0.0.1.
func pebble(t *testing.T, port int) (directory string, client, issued *x509.CertPool) {
	t.Helper()
	t.Setenv("PEBBLE_VA_NOSLEEP", "1")
	t.Setenv("PEBBLE_WFE_NONCEREJECT", "0")
	silent, store := log.New(io.Discard, "", 0), db.NewMemoryStore()
	authority := ca.New(silent, store, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {Description: "the only one"}})
	front := wfe.New(silent, store, va.New(silent, 1, port, true, resolver(t), store), authority, []string{"authority.example"}, true, false, 0, 0)
	s := httptest.NewTLSServer(front.Handler())
	t.Cleanup(s.Close)
	issued = x509.NewCertPool()
	issued.AddCert(authority.GetRootCert(0).Cert)
	return s.URL + wfe.DirectoryPath, s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs, issued
}

// resolver answers that every name is at 127.0.0.1.
func resolver(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &dns.Server{Listener: ln, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		a := new(dns.Msg).SetReply(q)
		if q.Question[0].Qtype == dns.TypeA {
			a.Answer = append(a.Answer, &dns.A{Hdr: dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET}, A: net.IPv4(127, 0, 0, 1)})
		}
		_ = w.WriteMsg(a)
	})}
	done := make(chan error, 1)
	go func() { done <- s.ActivateAndServe() }()
	t.Cleanup(func() { _ = s.Shutdown(); <-done })
	return ln.Addr().String()
}

func TestCertificateIsObtained(t *testing.T) {
	var later struct{ *Manager } // which has to know the port
	ls, err := listen.Open(t.Context(), listen.Spec{Address: "127.0.0.1:0", TLS: &listen.TLS{Issuer: &later}})
	if err != nil {
		t.Fatal(err)
	}
	l := ls[0]
	port := l.Addr().(*net.TCPAddr).Port
	directory, client, issued := pebble(t, port)
	told := make(chan string, 10)
	m, err := New(Options{
		Names: []string{"api.example.com"}, Agreed: true, Directory: directory, Roots: client, Folder: t.TempDir(),
		Host: "127.0.0.1", Port: port, Notify: func(text string) { told <- text },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	later.Manager = m
	ctx, cancel := context.WithCancel(t.Context())
	challenged := make(chan struct{}, 10)
	var open sync.WaitGroup
	open.Go(func() {
		for {
			raw, err := l.Accept()
			if err != nil {
				return
			}
			open.Go(func() {
				defer func() { _ = raw.Close() }()
				c, err := l.Greet(raw, 10*time.Second)
				switch {
				case errors.Is(err, listen.ErrChallenge):
					challenged <- struct{}{}
				case err == nil:
					_, _ = io.WriteString(c, "served")
				}
			})
		}
	})
	t.Cleanup(func() { cancel(); _ = l.Close(); open.Wait() })

	if c, err := m.Certificate(&tls.ClientHelloInfo{ServerName: "other.example.com"}); c != nil || err != nil {
		t.Errorf("a name that is not ours: %v, %v", c, err)
	}
	if err := m.Start(ctx); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"the certificate for api.example.com was obtained", "the certificate for api.example.com is in use"} {
		if text := <-told; text != want {
			t.Fatal(text)
		}
	}
	if len(challenged) == 0 {
		t.Error("the authority did not look whether the name is ours")
	}
	c, err := tls.Dial("tcp", l.Addr().String(), &tls.Config{ServerName: "api.example.com", RootCAs: issued})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if text, err := io.ReadAll(c); string(text) != "served" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestAuthorityThatSaysNo(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(s.Close)
	told := make(chan string, 10)
	m, err := New(Options{
		Names: []string{"api.example.com"}, Agreed: true, Directory: s.URL + "/dir", Folder: t.TempDir(), Port: 1,
		Notify: func(text string) { told <- text },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if err := m.Start(ctx); err != nil {
		t.Fatal(err)
	}
	if text := <-told; !strings.HasPrefix(text, "no certificate for api.example.com, it will be tried again: ") {
		t.Errorf("notice = %q", text)
	}
	client, server := net.Pipe()
	go func() { _ = tls.Client(client, &tls.Config{ServerName: "API.example.com"}).Handshake() }()
	if err := tls.Server(server, &tls.Config{GetCertificate: m.Certificate}).Handshake(); err == nil || !strings.Contains(err.Error(), "was not obtained yet") {
		t.Errorf("error = %v", err)
	}
}

func TestOptionsThatCannotBe(t *testing.T) {
	t.Parallel()
	good := Options{Names: []string{"a.example"}, Agreed: true, Folder: "x", Port: 443}
	for want, change := range map[string]func(*Options){
		"names":                  func(o *Options) { o.Names = nil },
		"accept its terms":       func(o *Options) { o.Agreed = false },
		"folder":                 func(o *Options) { o.Folder = "" },
		"port":                   func(o *Options) { o.Port = 0 },
		"a wildcard cannot be":   func(o *Options) { o.Names = []string{"*.a.example"} },
		"is no public host name": func(o *Options) { o.Names = []string{"localhost"} },
	} {
		o := good
		change(&o)
		if _, err := New(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want an error with %q", err, want)
		}
	}
}
