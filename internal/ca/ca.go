// Package ca is a certificate authority of this machine's user, for looking
// into calls over TLS: it makes certificates for the hosts that clients ask
// for. Only who was told to trust it does.
//
//	a, err := ca.Open(folder)               // made there if there is none
//	config := &tls.Config{GetCertificate: func(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
//		return a.Leaf(h.ServerName)
//	}}
//
// The key never leaves its folder, which only its owner may read. The package
// does not make anybody trust the authority: internal/trust does.
package ca

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"net"
	"slices"
	"strings"
	"time"
)

// An Authority signs certificates of servers. It is safe for concurrent use.
type Authority struct {
	cert   *x509.Certificate
	key    *ecdsa.PrivateKey
	leaves *leaves
}

func newAuthority(cert *x509.Certificate, key *ecdsa.PrivateKey) *Authority {
	return &Authority{cert: cert, key: key, leaves: newLeaves()}
}

// Certificate is the authority's own certificate. It must not be changed.
func (a *Authority) Certificate() *x509.Certificate { return a.cert }

// Name is the common name, under which trust stores show the authority. No two
// authorities have the same one.
func (a *Authority) Name() string { return a.cert.Subject.CommonName }

// PEM is the certificate as clients read it.
func (a *Authority) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: certificateBlock, Bytes: a.cert.Raw})
}

// Fingerprint is the SHA-256 of the certificate in hexadecimal digits.
func (a *Authority) Fingerprint() string {
	sum := sha256.Sum256(a.cert.Raw)
	return hex.EncodeToString(sum[:])
}

// Expires is when the authority, and all that it signed, stops being valid.
func (a *Authority) Expires() time.Time { return a.cert.NotAfter }

// Only are the hosts that the authority is constrained to; none: it may sign
// for all. It is the certificate that says so, and clients hold it to that: who
// steals the key of a constrained authority can play these hosts and no others.
func (a *Authority) Only() []string {
	var out []string
	for _, name := range a.cert.PermittedDNSDomains {
		if name != noName {
			out = append(out, name)
		}
	}
	for _, ip := range a.cert.PermittedIPRanges {
		out = append(out, ip.IP.String())
	}
	return out
}

// Permits reports whether a certificate for the host would be accepted by who
// trusts the authority (RFC 5280, section 4.2.1.10). A host that is no name at
// all is not permitted.
func (a *Authority) Permits(host string) bool {
	name, ip, err := canonical(host)
	switch {
	case err != nil:
		return false
	case !a.cert.PermittedDNSDomainsCritical:
		return true
	case ip.IsValid():
		return slices.ContainsFunc(a.cert.PermittedIPRanges, func(n *net.IPNet) bool { return n.Contains(ip.AsSlice()) })
	}
	return slices.ContainsFunc(a.cert.PermittedDNSDomains, func(domain string) bool {
		return name == domain || strings.HasSuffix(name, "."+domain)
	})
}
