package guard

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/testcert"
)

// tlsServer shakes hands with each connection and closes it.
func tlsServer(t *testing.T, config *tls.Config) string {
	t.Helper()
	return server(t, func(c net.Conn) { _ = tls.Server(c, config).Handshake() })
}

func server(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			serve(c)
			_ = c.Close()
		}
	}()
	t.Cleanup(func() { _ = ln.Close(); <-done })
	return ln.Addr().String()
}

// met is the error of a client that connects and reads.
func met(addr string, config *tls.Config) error {
	c, err := tls.Dial("tcp", addr, config)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	_, err = c.Read(make([]byte, 1))
	return err
}

func TestErrorsOnTheWayToTheServer(t *testing.T) {
	t.Parallel()
	ca, other := testcert.New(t, "Our CA"), testcert.New(t, "Other CA")
	now := time.Now()
	serving := func(c tls.Certificate) string {
		return tlsServer(t, &tls.Config{Certificates: []tls.Certificate{c}})
	}
	trusting := &tls.Config{ServerName: "api.example.com", RootCAs: ca.Pool()}
	good := ca.Valid("api.example.com")
	mutual := tlsServer(t, &tls.Config{Certificates: []tls.Certificate{good}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: ca.Pool()})
	foreign, withChain := other.Valid("eve"), other.Valid("api.example.com")
	withChain.Certificate = append(withChain.Certificate, other.Cert.Raw)
	for _, tt := range []struct {
		name  string
		err   error
		want  string
		found string
		party faultline.Party
	}{
		{"wrong name", met(serving(ca.Valid("www.example.com", "192.0.2.1")), trusting), "the certificate of the server is for another name than `api.example.com`", "a certificate for www.example.com, 192.0.2.1", ""},
		{"unknown", met(serving(other.Valid("api.example.com")), trusting), "comes from `Other CA`, which the proxy does not know", "", ""},
		{"unknown with its root", met(serving(withChain), trusting), "from an authority that the proxy does not trust: `Other CA`", "", ""},
		{"expired", met(serving(ca.Leaf(now.Add(-48*time.Hour), now.Add(-time.Hour), "api.example.com")), trusting), "has expired at " + stamp(now.Add(-time.Hour)), "the clock of the proxy says", faultline.Server},
		{"not yet", met(serving(ca.Leaf(now.Add(time.Hour), now.Add(48*time.Hour), "api.example.com")), trusting), "is not valid yet: it begins at " + stamp(now.Add(time.Hour)), "the clock of the proxy says", faultline.Server},
		{"self-signed", met(serving(testcert.SelfSigned(t, "api.example.com")), trusting), "the server signed its certificate itself", "", ""},
		{"no name", met(serving(ca.Valid()), trusting), "for another name than `api.example.com`", "only the common name", ""},
		{"client certificate wanted", met(mutual, trusting), "the server wants a certificate of the proxy", "", ""},
		{
			"client certificate refused", met(mutual, &tls.Config{ServerName: "api.example.com", RootCAs: ca.Pool(), GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &foreign, nil }}),
			"the server refused the client certificate of the proxy: ", "", "",
		},
		{"old server", met(tlsServer(t, &tls.Config{Certificates: []tls.Certificate{good}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}), trusting), "no common version of TLS", "", ""},
		{"server insists", errors.New("tls: server selected unsupported protocol version 301"), "the server speaks only versions of TLS that are broken", "", faultline.Server},
		{"no protocol", met(tlsServer(t, &tls.Config{Certificates: []tls.Certificate{good}, NextProtos: []string{"imap"}}), &tls.Config{ServerName: "api.example.com", RootCAs: ca.Pool(), NextProtos: []string{"h2"}}), "none of the HTTP versions that the proxy offers", "", ""},
		{"plain", met(server(t, func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n") }), trusting), "the server speaks plain HTTP on the port where the proxy spoke TLS", "`HTTP/`", ""},
		{"no TLS", met(server(t, func(c net.Conn) { _, _ = io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n") }), trusting), "does not speak TLS on this port", "", ""},
		{"HTTP/1 there", errors.New("http2: frame too large, note that the frame header looked like an HTTP/1.1 header"), "does not speak HTTP/2 on the port", "", ""},
		{"no socket", dialError("unix", t.TempDir()+"/s"), "there is no socket at `", "", ""},
		{"refused", dialError("tcp", closedPort(t)), "nothing listens on `127.0.0.1:", "", ""},
		{"no such name", &net.DNSError{Name: "api.internal", IsNotFound: true}, "the name `api.internal` does not exist", "no address for api.internal", ""},
		{"silent name server", &net.DNSError{Name: "api.internal", IsTimeout: true}, "no answer for `api.internal` in time", "", ""},
	} {
		if tt.err == nil {
			t.Errorf("%s: no error", tt.name)
			continue
		}
		f := gatewayFinding(&faultline.Exchange{Failure: &faultline.Failure{Phase: faultline.PhaseHandshake, Text: tt.err.Error()}}, 502)
		sharpen(&f, tt.err)
		if !strings.Contains(f.Message, tt.want) || !strings.Contains(f.Found, tt.found) || f.Party != tt.party {
			t.Errorf("%s: %q, found %q, party %q; want %q, %q, %q (from %v)", tt.name, f.Message, f.Found, f.Party, tt.want, tt.found, tt.party, tt.err)
		}
		if f.Cause.Slug.Family() != "gateway" || f.Remedy.Text == "" {
			t.Errorf("%s: %+v", tt.name, f)
		}
	}
}

func dialError(network, addr string) error {
	_, err := new(net.Dialer).DialContext(context.Background(), network, addr)
	return err
}

func closedPort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	return ln.Addr().String()
}

// TestCertificateFactsAreEvidence: names, issuer and dates, as a person would look them up.
func TestCertificateFactsAreEvidence(t *testing.T) {
	t.Parallel()
	ca := testcert.New(t, "Our CA")
	leaf := ca.Valid("a.example", "b.example")
	f := gatewayFinding(&faultline.Exchange{Failure: &faultline.Failure{Phase: faultline.PhaseHandshake, Text: "x"}}, 502)
	sharpen(&f, &tls.CertificateVerificationError{UnverifiedCertificates: []*x509.Certificate{leaf.Leaf}, Err: x509.UnknownAuthorityError{}})
	var got []string
	for _, line := range f.Evidence[1].Lines {
		got = append(got, line.Text)
	}
	want := "x|certificate for a.example, b.example|issued by CN=Our CA|valid from " + stamp(leaf.Leaf.NotBefore) + " to " + stamp(leaf.Leaf.NotAfter)
	if strings.Join(got, "|") != want {
		t.Errorf("evidence = %q, want %q", got, want)
	}
}
