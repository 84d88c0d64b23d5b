// Package testcert makes certificates for tests: authorities, what they sign, and
// the files that servers read.
//
//	ca := testcert.New(t, "Test CA")
//	pair := ca.Save("server", ca.Valid("api.example.com", "127.0.0.1"))
package testcert

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// An Authority signs certificates.
type Authority struct {
	Cert *x509.Certificate
	Dir  string // where its files are

	t   *testing.T
	key *ecdsa.PrivateKey
}

// New makes an authority that signed itself.
func New(t *testing.T, name string) *Authority {
	t.Helper()
	a := &Authority{t: t, Dir: t.TempDir(), key: newKey(t)}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(1000 * time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	a.Cert = a.sign(template, template, a.key)
	return a
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (a *Authority) sign(template, parent *x509.Certificate, key *ecdsa.PrivateKey) *x509.Certificate {
	a.t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return cert
}

// Pool holds the authority alone.
func (a *Authority) Pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.Cert)
	return pool
}

// File writes the authority's certificate and returns its name.
func (a *Authority) File() string {
	name := filepath.Join(a.Dir, "ca.pem")
	Write(a.t, name, "CERTIFICATE", a.Cert.Raw)
	return name
}

// Leaf signs a certificate for the names, valid from and to.
func (a *Authority) Leaf(from, to time.Time, names ...string) tls.Certificate {
	a.t.Helper()
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		a.t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: strings.Join(names[:min(len(names), 1)], "")}, NotBefore: from, NotAfter: to,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
			continue
		}
		template.DNSNames = append(template.DNSNames, name)
	}
	key := newKey(a.t)
	cert := a.sign(template, a.Cert, key)
	return tls.Certificate{Certificate: [][]byte{cert.Raw}, PrivateKey: key, Leaf: cert}
}

// Valid signs a certificate that is valid now.
func (a *Authority) Valid(names ...string) tls.Certificate {
	return a.Leaf(time.Now().Add(-time.Hour), time.Now().Add(500*time.Hour), names...)
}

// Save writes certificate and key into NAME.crt and NAME.key and returns the names of both.
func (a *Authority) Save(name string, c tls.Certificate) (cert, key string) {
	a.t.Helper()
	cert, key = filepath.Join(a.Dir, name+".crt"), filepath.Join(a.Dir, name+".key")
	Write(a.t, cert, "CERTIFICATE", c.Certificate[0])
	der, err := x509.MarshalECPrivateKey(c.PrivateKey.(*ecdsa.PrivateKey))
	if err != nil {
		a.t.Fatal(err)
	}
	Write(a.t, key, "EC PRIVATE KEY", der)
	return cert, key
}

// Write writes a PEM file.
func Write(t *testing.T, name, kind string, der []byte) {
	t.Helper()
	if err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// SelfSigned makes a certificate that nobody else signed and that may sign nothing.
func SelfSigned(t *testing.T, name string) tls.Certificate {
	t.Helper()
	a := &Authority{t: t, key: newKey(t)}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(500 * time.Hour), KeyUsage: x509.KeyUsageDigitalSignature,
	}
	cert := a.sign(template, template, a.key)
	return tls.Certificate{Certificate: [][]byte{cert.Raw}, PrivateKey: a.key, Leaf: cert}
}
