package listen

import (
	"crypto/tls"
	"crypto/x509"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline/internal/testcert"
)

// shake connects as a client and returns what both sides have of it.
func shake(t *testing.T, l *Listener, config *tls.Config) (client tls.ConnectionState, server greeted, err error) {
	t.Helper()
	done := greetOne(t, l)
	tc := tls.Client(dialed(t, l), config)
	err = tc.HandshakeContext(t.Context())
	if err == nil {
		go func() { _, _ = tc.Read(make([]byte, 1)) }() // takes tickets and late alerts
	} else {
		_ = tc.NetConn().Close()
	}
	return tc.ConnectionState(), <-done, err
}

func TestCertificateFitsTheName(t *testing.T) {
	t.Parallel()
	ca := testcert.New(t, "Test CA")
	l := opened(t, Spec{TLS: &TLS{Pairs: []Pair{
		saved(ca, "first", ca.Valid("first.example")),
		saved(ca, "wild", ca.Valid("*.example.com")),
		saved(ca, "exact", ca.Valid("api.example.com")),
		saved(ca, "ip", ca.Valid("127.0.0.1")),
	}}})
	for name, want := range map[string]string{
		"first.example": "first.example", "FIRST.Example": "first.example", "www.example.com": "*.example.com", "api.example.com": "api.example.com",
		"a.b.example.com": "first.example", "example.com": "first.example", "other.test": "first.example", "": "127.0.0.1",
	} {
		client, _, err := shake(t, l, &tls.Config{ServerName: name, InsecureSkipVerify: true})
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if got := client.PeerCertificates[0].Subject.CommonName; got != want {
			t.Errorf("%q: got the certificate of %s, want %s", name, got, want)
		}
	}
}

func TestProtocolsAreNegotiated(t *testing.T) {
	t.Parallel()
	ca := testcert.New(t, "Test CA")
	pair := saved(ca, "a", ca.Valid("a.example"))
	for _, tt := range []struct {
		offer   []string
		noHTTP2 bool
		want    string
		http2   bool
	}{
		{[]string{"h2", "http/1.1"}, false, "h2", true},
		{[]string{"h2", "http/1.1"}, true, "http/1.1", false},
		{[]string{"http/1.1"}, false, "http/1.1", false},
		{nil, false, "", false},
	} {
		l := opened(t, Spec{TLS: &TLS{Pairs: []Pair{pair}, NoHTTP2: tt.noHTTP2}})
		client, server, err := shake(t, l, &tls.Config{ServerName: "a.example", RootCAs: ca.Pool(), NextProtos: tt.offer})
		if err != nil || server.err != nil {
			t.Fatal(err, server.err)
		}
		if client.NegotiatedProtocol != tt.want || server.conn.HTTP2() != tt.http2 {
			t.Errorf("%v: %q, http2 %v", tt.offer, client.NegotiatedProtocol, server.conn.HTTP2())
		}
	}
}

func TestChangedFilesAreUsed(t *testing.T) {
	t.Parallel()
	ca := testcert.New(t, "Test CA")
	var told notices
	pair := saved(ca, "a", ca.Valid("old.example"))
	steady := saved(ca, "b", ca.Valid("steady.example"))
	l := opened(t, Spec{TLS: &TLS{Pairs: []Pair{pair, steady}}, Notify: told.add})
	shown := func() string {
		client, _, err := shake(t, l, &tls.Config{InsecureSkipVerify: true, ServerName: "new.example"})
		if err != nil {
			t.Fatal(err)
		}
		return client.PeerCertificates[0].DNSNames[0]
	}
	poll := func(want string, topics ...Topic) {
		t.Helper()
		l.keys.poll()
		if got := shown(); got != want {
			t.Errorf("shown: %s, want %s", got, want)
		}
		list := told.take()
		for i, n := range list {
			if i >= len(topics) || n.Topic != topics[i] {
				t.Errorf("notice %v, want %v", n, topics)
			}
		}
		if len(list) != len(topics) {
			t.Errorf("notices %v, want %v", list, topics)
		}
	}
	told.take()
	poll("old.example")

	next := ca.Valid("new.example")
	text, _ := os.ReadFile(pair.Key)
	saved(ca, "a", next)
	fresh, _ := os.ReadFile(pair.Key)
	touch(t, pair.Key, text, 1) // the certificate is there, its key is not yet
	touch(t, pair.Cert, nil, 1)
	poll("old.example") // nothing is said of what may be half done
	poll("old.example", ReloadError)
	poll("old.example") // and once is enough
	touch(t, pair.Key, fresh, 2)
	poll("new.example", Reloaded)

	if err := os.Remove(pair.Cert); err != nil {
		t.Fatal(err)
	}
	poll("new.example")
	poll("new.example", ReloadError)
	touch(t, steady.Cert, nil, 3) // a change of another pair is no error of this one, which is said again with it
	poll("new.example")
	if err := l.Reload(); err == nil || !strings.Contains(err.Error(), pair.Cert) {
		t.Errorf("Reload with a missing file: %v", err)
	}
}

// touch writes a file, or only its time, so that it differs by so many seconds.
func touch(t *testing.T, name string, text []byte, seconds int) {
	t.Helper()
	if text != nil {
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	at := time.Now().Add(time.Duration(seconds) * time.Second)
	if err := os.Chtimes(name, at, at); err != nil {
		t.Fatal(err)
	}
}

func TestExpiryIsSaid(t *testing.T) {
	t.Parallel()
	ca := testcert.New(t, "Test CA")
	var told notices
	opened(t, Spec{Notify: told.add, TLS: &TLS{Pairs: []Pair{
		saved(ca, "good", ca.Valid("good.example")),
		saved(ca, "soon", ca.Leaf(time.Now().Add(-time.Hour), time.Now().Add(48*time.Hour), "soon.example")),
		saved(ca, "over", ca.Leaf(time.Now().Add(-48*time.Hour), time.Now().Add(-time.Hour), "over.example")),
	}}})
	list := told.take()
	if len(list) != 2 || !strings.Contains(list[0].Text, "soon.crt expires at") || !strings.Contains(list[1].Text, "over.crt has expired at") {
		t.Errorf("notices = %v", list)
	}
}

func TestVerifiedSubjectIsKnown(t *testing.T) {
	t.Parallel()
	ca := testcert.New(t, "Test CA")
	mine := ca.Valid("orders-service")
	l := opened(t, Spec{TLS: &TLS{Pairs: []Pair{saved(ca, "a", ca.Valid("a.example"))}, Clients: RequestClientCert, ClientCAs: []string{ca.File()}}})
	for _, tt := range []struct {
		certs []tls.Certificate
		want  string
	}{{nil, ""}, {[]tls.Certificate{mine}, "CN=orders-service"}} {
		_, server, err := shake(t, l, &tls.Config{ServerName: "a.example", RootCAs: ca.Pool(), Certificates: tt.certs})
		if err != nil || server.err != nil {
			t.Fatal(err, server.err)
		}
		labels := map[string]string{}
		server.conn.Label(func(name, value string) { labels[name] = value })
		if labels["client.tls"] != "TLS 1.3" || labels["client.subject"] != tt.want {
			t.Errorf("labels = %v, want the subject %q", labels, tt.want)
		}
	}
}

// TestResumedClientIsVerifiedAgain: a ticket must not outlive the authority by
// which its client was let in.
func TestResumedClientIsVerifiedAgain(t *testing.T) {
	t.Parallel()
	ca, other := testcert.New(t, "Test CA"), testcert.New(t, "Other CA")
	l := opened(t, Spec{TLS: &TLS{Pairs: []Pair{saved(ca, "a", ca.Valid("a.example"))}, Clients: RequireClientCert, ClientCAs: []string{ca.File()}}})
	cache := &savedTicket{got: make(chan struct{}, 8)}
	config := &tls.Config{ServerName: "a.example", RootCAs: ca.Pool(), Certificates: []tls.Certificate{ca.Valid("client")}, ClientSessionCache: cache}
	for i, resumed := range []bool{false, true} {
		_, server, err := shake(t, l, config)
		if err != nil || server.err != nil {
			t.Fatal(err, server.err)
		}
		if server.conn.TLS.DidResume != resumed {
			t.Errorf("connection %d: resumed %v, want %v", i, server.conn.TLS.DidResume, resumed)
		}
		<-cache.got
	}
	testcert.Write(t, l.keys.cas[0], "CERTIFICATE", other.Cert.Raw)
	if err := l.Reload(); err != nil {
		t.Fatal(err)
	}
	_, server, _ := shake(t, l, config)
	if server.err == nil || !strings.Contains(server.err.Error(), "a certificate of the client is required") {
		t.Errorf("with the authority gone: %v", server.err)
	}
}

// savedTicket is a session cache for one server that tells when a ticket came.
type savedTicket struct {
	tls.ClientSessionCache
	state *tls.ClientSessionState
	got   chan struct{}
}

func (s *savedTicket) Get(string) (*tls.ClientSessionState, bool) { return s.state, s.state != nil }

func (s *savedTicket) Put(_ string, state *tls.ClientSessionState) {
	if s.state = state; state != nil {
		s.got <- struct{}{}
	}
}

func TestTLSThatCannotBe(t *testing.T) {
	t.Parallel()
	ca := testcert.New(t, "Test CA")
	good, other := saved(ca, "good", ca.Valid("a.example")), saved(ca, "other", ca.Valid("b.example"))
	locked := ca.Dir + "/locked.key"
	testcert.Write(t, locked, "ENCRYPTED PRIVATE KEY", []byte{1, 2, 3})
	for name, tt := range map[string]struct {
		tls  TLS
		want string
	}{
		"nothing":            {TLS{}, "needs a certificate"},
		"no key":             {TLS{Pairs: []Pair{{Cert: good.Cert}}}, "has no key beside it"},
		"missing file":       {TLS{Pairs: []Pair{{Cert: ca.Dir + "/none", Key: good.Key}}}, "the certificate: stat " + ca.Dir + "/none: no such file"},
		"not its key":        {TLS{Pairs: []Pair{{good.Cert, other.Key}}}, "private key does not match public key"},
		"encrypted key":      {TLS{Pairs: []Pair{{good.Cert, locked}}}, "is encrypted: give one without a passphrase"},
		"old version":        {TLS{Pairs: []Pair{good}, MinVersion: tls.VersionTLS11}, "TLS 1.1 is broken"},
		"no authorities":     {TLS{Pairs: []Pair{good}, Clients: RequireClientCert}, "the authorities that they come from are not given"},
		"idle authorities":   {TLS{Pairs: []Pair{good}, ClientCAs: []string{good.Cert}}, "no certificate is asked for"},
		"empty authorities":  {TLS{Pairs: []Pair{good}, Clients: RequireClientCert, ClientCAs: []string{good.Key}}, "holds no certificate"},
		"broken authorities": {TLS{Pairs: []Pair{good}, Clients: RequireClientCert, ClientCAs: []string{brokenPEM(t)}}, "x509: malformed certificate"},
	} {
		_, err := Open(t.Context(), Spec{Address: "127.0.0.1:0", TLS: &tt.tls})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want an error with %q", name, err, tt.want)
		}
	}
}

func brokenPEM(t *testing.T) string {
	name := t.TempDir() + "/x.pem"
	testcert.Write(t, name, "CERTIFICATE", []byte{1, 2, 3})
	return name
}

func TestNamesOfCertificates(t *testing.T) {
	t.Parallel()
	ca := testcert.New(t, "Test CA")
	bare := &x509.Certificate{}
	bare.Subject.CommonName = "Only.Common"
	if got := namesOf(bare); len(got) != 1 || got[0] != "only.common" {
		t.Errorf("names = %q", got)
	}
	if got := listed(namesOf(ca.Valid("B.example", "a.example", "192.0.2.1").Leaf)); got != "192.0.2.1, a.example, b.example" {
		t.Errorf("names = %q", got)
	}
	if got := listed(strings.Split("a b c d e f g h i j", " ")); got != "a, b, c, d, e, f, g, h and 2 more" {
		t.Errorf("names = %q", got)
	}
}
