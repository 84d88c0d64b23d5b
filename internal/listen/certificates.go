package listen

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"strings"
)

// maxPEM bounds what is read as a certificate or key: bundles of all public
// authorities have about 250 KB.
const maxPEM = 4 << 20

// load reads certificate and key, which have to fit each other.
func (p Pair) load() (*tls.Certificate, error) {
	cert, err := readPEM("certificate", p.Cert)
	if err != nil {
		return nil, err
	}
	key, err := readPEM("key", p.Key)
	if err != nil {
		return nil, err
	}
	c, err := tls.X509KeyPair(cert, key)
	if err == nil {
		return &c, nil
	}
	if bytes.Contains(key, []byte("ENCRYPTED")) {
		return nil, fmt.Errorf("the key %s is encrypted: give one without a passphrase, readable by this user alone", p.Key)
	}
	return nil, fmt.Errorf("certificate %s with key %s: %s", p.Cert, p.Key, strings.TrimPrefix(err.Error(), "tls: "))
}

func readPEM(what, name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("the %s: %w", what, err)
	}
	if info.Size() > maxPEM {
		return nil, fmt.Errorf("the %s %s has %d bytes: %d are read at most", what, name, info.Size(), maxPEM)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("the %s: %w", what, err)
	}
	return b, nil
}

// loadAuthorities reads the certificates of the files; every file has to hold one.
func loadAuthorities(files []string) (*x509.CertPool, error) {
	if len(files) == 0 {
		return nil, nil
	}
	pool := x509.NewCertPool()
	for _, name := range files {
		b, err := readPEM("authorities' file", name)
		if err != nil {
			return nil, err
		}
		if err := addAuthorities(pool, b); err != nil {
			return nil, fmt.Errorf("the authorities' file %s: %w", name, err)
		}
	}
	return pool, nil
}

func addAuthorities(pool *x509.CertPool, rest []byte) error {
	count := 0
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return err
		}
		pool.AddCert(c)
		count++
	}
	if count == 0 {
		return fmt.Errorf("it holds no certificate in PEM form")
	}
	return nil
}

func newTable(certs []*tls.Certificate, clients *x509.CertPool) *table {
	t := &table{names: map[string][]*tls.Certificate{}, clients: clients}
	for _, c := range certs {
		if c == nil {
			continue
		}
		if t.first == nil {
			t.first = c
		}
		for _, name := range namesOf(c.Leaf) {
			t.names[name] = append(t.names[name], c)
		}
	}
	return t
}

// namesOf are the names a certificate is for. The common name counts where there
// is no other: clients ignore it, and a test certificate may have nothing else.
func namesOf(leaf *x509.Certificate) []string {
	var out []string
	for _, name := range leaf.DNSNames {
		out = append(out, strings.ToLower(name))
	}
	for _, ip := range leaf.IPAddresses {
		out = append(out, ip.String())
	}
	if len(out) == 0 && leaf.Subject.CommonName != "" {
		out = append(out, strings.ToLower(leaf.Subject.CommonName))
	}
	return out
}

// find is the certificate for the name, exact names before wildcards (RFC 6125,
// section 6.4.3: the wildcard is the whole first label). Among several, such as
// one with RSA and one with an elliptic curve, it is the first that the client
// can use.
func (t *table) find(hello *tls.ClientHelloInfo) *tls.Certificate {
	name := strings.TrimSuffix(strings.ToLower(hello.ServerName), ".")
	if name == "" {
		return usable(t.names[localIP(hello)], hello)
	}
	if c := usable(t.names[name], hello); c != nil {
		return c
	}
	if _, parent, ok := strings.Cut(name, "."); ok {
		return usable(t.names["*."+parent], hello)
	}
	return nil
}

// localIP is the address that was called. Clients that call one send no name.
func localIP(hello *tls.ClientHelloInfo) string {
	if hello.Conn == nil {
		return ""
	}
	return AddrPort(hello.Conn.LocalAddr()).Addr().String()
}

func usable(certs []*tls.Certificate, hello *tls.ClientHelloInfo) *tls.Certificate {
	for _, c := range certs {
		if hello.SupportsCertificate(c) == nil {
			return c
		}
	}
	if len(certs) > 0 {
		return certs[0] // let the handshake say what does not fit
	}
	return nil
}
