package ca

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// Options say what a new authority may do. The zero value is one for all hosts.
type Options struct {
	// Only are the hosts that certificates are made for: names, which include
	// the names below them, and addresses. Empty: all.
	Only []string

	// Valid is for how long, at most [MaxValid]; zero: [DefaultValid].
	Valid time.Duration
}

const (
	// DefaultValid is long enough to forget about it and short enough that a
	// forgotten authority does not stay in a trust store for ever.
	DefaultValid = 3 * 365 * 24 * time.Hour

	// MaxValid is how long an authority may be valid.
	MaxValid = 10 * 365 * 24 * time.Hour

	// backdated is how far clocks of clients may be behind ours.
	backdated = time.Hour

	// noName is permitted where no other name is, since a constraint without any
	// name would leave all names free. Nobody can have it (RFC 6761, section 6.4).
	noName = "faultline.invalid"
)

// ErrExists says that the folder has an authority already.
var ErrExists = errors.New("ca: there is an authority already")

// Create makes an authority and keeps it in the folder, which must not have
// one. The files come into being all at once or not at all.
func Create(folder string, o Options) (*Authority, error) {
	if _, err := os.Stat(filepath.Join(folder, certFile)); err == nil {
		return nil, ErrExists
	}
	a, err := generate(o)
	if err != nil {
		return nil, err
	}
	if err := a.save(folder); err != nil {
		return nil, err
	}
	return a, nil
}

// Open loads the authority of the folder, and makes one first if there is none.
// Of two programs that do so at the same time, both get the same.
func Open(folder string) (*Authority, error) {
	a, err := Load(folder)
	if !errors.Is(err, fs.ErrNotExist) {
		return a, err
	}
	a, err = Create(folder, Options{})
	if errors.Is(err, ErrExists) {
		return Load(folder)
	}
	return a, err
}

func generate(o Options) (*Authority, error) {
	valid := o.Valid
	switch {
	case valid == 0:
		valid = DefaultValid
	case valid < 0 || valid > MaxValid:
		return nil, fmt.Errorf("ca: an authority is valid for more than nothing and at most %d days", MaxValid/(24*time.Hour))
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial := newSerial()
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject: pkix.Name{
			Organization: []string{"faultline"},
			CommonName:   "faultline local CA " + hex.EncodeToString(serial.Bytes()[:4]),
		},
		NotBefore: now.Add(-backdated), NotAfter: now.Add(valid),
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		// It signs servers and no further authority.
		BasicConstraintsValid: true, IsCA: true, MaxPathLenZero: true,
	}
	if err := constrain(template, o.Only); err != nil {
		return nil, err
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return newAuthority(cert, key), nil
}

// constrain writes the hosts into the certificate. A kind of name that is not
// mentioned is free (RFC 5280, section 4.2.1.10), so both are mentioned.
func constrain(template *x509.Certificate, hosts []string) error {
	if len(hosts) == 0 {
		return nil
	}
	template.PermittedDNSDomainsCritical = true
	for _, host := range hosts {
		name, ip, err := canonical(host)
		if err != nil {
			return err
		}
		if ip.IsValid() {
			template.PermittedIPRanges = append(template.PermittedIPRanges, &net.IPNet{IP: ip.AsSlice(), Mask: net.CIDRMask(ip.BitLen(), ip.BitLen())})
			continue
		}
		template.PermittedDNSDomains = append(template.PermittedDNSDomains, name)
	}
	if len(template.PermittedDNSDomains) == 0 {
		template.PermittedDNSDomains = []string{noName}
	}
	if len(template.PermittedIPRanges) == 0 {
		template.ExcludedIPRanges = []*net.IPNet{
			{IP: net.IPv4zero.To4(), Mask: net.CIDRMask(0, 32)},
			{IP: net.IPv6zero, Mask: net.CIDRMask(0, 128)},
		}
	}
	return nil
}

// newSerial is a positive number of 127 random bits (RFC 5280, section 4.1.2.2).
func newSerial() *big.Int {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	b[0] = b[0]&0x7f | 0x40
	return new(big.Int).SetBytes(b[:])
}
