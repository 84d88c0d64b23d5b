package listen

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline/internal/testcert"

	"github.com/faultline-http/faultline"
)

func TestHandshakesThatFailAreExplained(t *testing.T) {
	t.Parallel()
	ca, other := testcert.New(t, "Test CA"), testcert.New(t, "Other CA")
	pair := saved(ca, "a", ca.Valid("a.example"))
	plain := &TLS{Pairs: []Pair{pair}}
	mutual := &TLS{Pairs: []Pair{pair}, Clients: RequireClientCert, ClientCAs: []string{ca.File()}}
	trusting := func(certs ...tls.Certificate) *tls.Config {
		return &tls.Config{ServerName: "a.example", RootCAs: ca.Pool(), Certificates: certs}
	}
	now := time.Now()
	for _, tt := range []struct {
		name   string
		server *TLS
		client *tls.Config
		cause  faultline.Slug
		want   string
	}{
		{
			"old client", plain, &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11},
			"tls.handshake", "no common version of TLS: the client offers TLS 1.1, TLS 1.0",
		},
		{
			"server wants 1.3", &TLS{Pairs: []Pair{pair}, MinVersion: tls.VersionTLS13}, &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS12},
			"tls.handshake", "no common version of TLS: the client offers TLS 1.2",
		},
		{
			"no cipher", plain, &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}},
			"tls.handshake", "none of the 1 suites that the client offers",
		},
		{
			"no protocol", plain, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"imap"}},
			"tls.handshake", `no common application protocol: the client offers ["imap"]`,
		},
		{
			"strict name", &TLS{Pairs: []Pair{pair}, Strict: true}, &tls.Config{InsecureSkipVerify: true, ServerName: "b.example"},
			"tls.handshake", `there is no certificate for the server name "b.example": the ones here are for a.example`,
		},
		{
			"unknown authority", plain, &tls.Config{ServerName: "a.example", RootCAs: other.Pool()},
			"tls.certificate", `the client refused our certificate: it`,
		},
		{
			"other name", plain, &tls.Config{ServerName: "b.example", RootCAs: ca.Pool()},
			"tls.certificate", `it asked for "b.example", and the certificates here are for a.example`,
		},
		{"no certificate", mutual, trusting(), "tls.client-certificate", "a certificate of the client is required, and it showed none"},
		{"foreign certificate", mutual, forced(trusting(), other.Valid("eve")), "tls.client-certificate", `not among those expected here: "CN=eve", issued by "CN=Other CA"`},
		{"expired certificate", mutual, trusting(ca.Leaf(now.Add(-2*time.Hour), now.Add(-time.Hour), "late")), "tls.client-certificate", "it has expired at "},
		{"early certificate", mutual, trusting(ca.Leaf(now.Add(time.Hour), now.Add(2*time.Hour), "early")), "tls.client-certificate", "it is not valid before "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var told notices
			l := opened(t, Spec{TLS: tt.server, Notify: told.add})
			told.take()
			_, server, _ := shake(t, l, tt.client)
			var e *GreetError
			if !errors.As(server.err, &e) {
				t.Fatalf("error = %v", server.err)
			}
			if e.Cause != tt.cause || !strings.Contains(e.Text, tt.want) {
				t.Errorf("%s: %q, want %s: %q", e.Cause, e.Text, tt.cause, tt.want)
			}
			if list := told.take(); len(list) != 1 || list[0].Topic != Greeting || !strings.Contains(list[0].Text, e.Text) {
				t.Errorf("notices = %v", list)
			}
		})
	}
}

// forced shows a certificate although the server asks for those of others.
func forced(c *tls.Config, cert tls.Certificate) *tls.Config {
	c.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &cert, nil }
	return c
}

func TestFirstBytesThatAreNoTLS(t *testing.T) {
	t.Parallel()
	ca := testcert.New(t, "Test CA")
	pair := saved(ca, "a", ca.Valid("a.example"))
	for _, tt := range []struct {
		name, sent, want string
		cause            faultline.Slug
		quiet, plain     bool
	}{
		{"a request", "GET /v1/orders HTTP/1.1\r\nHost: a.example\r\n\r\n", "HTTP was spoken in the clear", "tls.plain-http-to-https", false, true},
		{"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP was spoken in the clear", "tls.plain-http-to-https", false, true},
		{"PROXY 1", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", "not among the balancers", "", false, false},
		{"PROXY 2", "\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c", "not among the balancers", "", false, false},
		{"SSH", "SSH-2.0-OpenSSH_9.2\r\n", `"SSH-2.0-OpenSSH_" are no TLS handshake`, "", false, false},
		{"nothing", "", "ended before a TLS handshake began", "", true, false},
		{"half a hello", "\x16\x03\x01\x02\x00\x01", "without saying why", "tls.handshake", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := opened(t, Spec{TLS: &TLS{Pairs: []Pair{pair}}})
			done := greetOne(t, l)
			c := dialed(t, l)
			_, _ = io.WriteString(c, tt.sent)
			_ = c.(*net.TCPConn).CloseWrite()
			g := <-done
			var e *GreetError
			if !errors.As(g.err, &e) {
				t.Fatalf("error = %v", g.err)
			}
			if !strings.Contains(e.Text, tt.want) || e.Cause != tt.cause || e.Quiet != tt.quiet || (e.Plain != nil) != tt.plain {
				t.Errorf("got %+v", e)
			}
			if e.Plain == nil {
				return
			}
			if got, err := io.ReadAll(e.Plain); err != nil || string(got) != tt.sent {
				t.Errorf("the connection gives %q back (%v)", got, err)
			}
		})
	}
}

func TestSilentClientIsGivenUp(t *testing.T) {
	t.Parallel()
	ca := testcert.New(t, "Test CA")
	l := opened(t, Spec{TLS: &TLS{Pairs: []Pair{saved(ca, "a", ca.Valid("a.example"))}}})
	dialed(t, l)
	raw, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = raw.Close() }()
	_, err = l.Greet(raw, time.Nanosecond)
	var e *GreetError
	if !errors.As(err, &e) || !e.Quiet || !strings.Contains(e.Text, "silent") {
		t.Errorf("error = %v", err)
	}
}

// TestRealClientsThatDistrust: curl and openssl say by alerts why they end a handshake.
func TestRealClientsThatDistrust(t *testing.T) {
	t.Parallel()
	curl := need(t, "curl", "apt-get install -y curl")
	ca := testcert.New(t, "Test CA")
	expired := ca.Leaf(time.Now().Add(-48*time.Hour), time.Now().Add(-time.Hour), "localhost", "127.0.0.1")
	for name, tt := range map[string]struct {
		cert tls.Certificate
		args []string
		want string
	}{
		"unknown authority": {ca.Valid("localhost", "127.0.0.1"), nil, "does not know the authority that signed the certificate"},
		"expired":           {expired, []string{"--cacert", ca.File()}, "finds the certificate expired or not yet valid"},
	} {
		l := opened(t, Spec{TLS: &TLS{Pairs: []Pair{saved(ca, "x", tt.cert)}}})
		done := greetOne(t, l)
		out, _ := exec.Command(curl, append(tt.args, "-sS", "https://"+l.Addr().String()+"/")...).CombinedOutput()
		g := <-done
		if g.err == nil || !strings.Contains(g.err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q; curl said %s", name, g.err, tt.want, bytes.TrimSpace(out))
		}
	}
}

func TestAlertsKeepTheirNumbers(t *testing.T) {
	t.Parallel()
	err := &net.OpError{Op: "remote error", Err: errors.New(tls.AlertError(48).Error())}
	if n, ok := alertOf(err); !ok || n != 48 {
		t.Errorf("alert = %d, %v", n, ok)
	}
	if _, ok := alertOf(&net.OpError{Op: "local error", Err: err.Err}); ok {
		t.Error("an alert of ours is taken for one of the peer")
	}
	leaf := &x509.Certificate{}
	why := whyRefused(&tls.CertificateVerificationError{UnverifiedCertificates: []*x509.Certificate{leaf}, Err: x509.CertificateInvalidError{Reason: x509.IncompatibleUsage}})
	if !strings.Contains(why, "not made for clients") {
		t.Errorf("why = %q", why)
	}
}
