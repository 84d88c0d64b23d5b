package ca

import (
	"container/list"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"net"
	"sync"
	"time"
)

const (
	// leafValid is what a run takes at the most; nobody keeps these certificates.
	leafValid = 7 * 24 * time.Hour

	// renewed is how long before its end a certificate is not handed out any more.
	renewed = 24 * time.Hour

	// maxLeaves bounds the certificates in memory, about 2 KiB each.
	maxLeaves = 1024
)

// leaves are the certificates made so far. One key serves them all: it lives in
// this process alone, and whoever has it has the others, too.
type leaves struct {
	mu     sync.Mutex
	key    *ecdsa.PrivateKey
	byHost map[string]*list.Element // of *leaf
	used   *list.List               // the one used last in front
}

// leaf is a certificate that is being made, or that is there once done is closed.
type leaf struct {
	host string
	done chan struct{}
	cert *tls.Certificate
	err  error
}

func newLeaves() *leaves {
	return &leaves{byHost: map[string]*list.Element{}, used: list.New()}
}

// Leaf is a certificate for the host, a name or an address without a port. The
// same host gets the same one for as long as it is fresh; of several callers at
// once one makes it and the others wait.
func (a *Authority) Leaf(host string) (*tls.Certificate, error) {
	name, ip, err := canonical(host)
	if err != nil {
		return nil, err
	}
	if ip.IsValid() {
		name = ip.String()
	}
	l, mine := a.leaves.get(name)
	if !mine {
		<-l.done
		return l.cert, l.err
	}
	defer close(l.done)
	l.cert, l.err = a.mint(name, ip.AsSlice())
	if l.err != nil {
		a.leaves.forget(name)
	}
	return l.cert, l.err
}

// get finds the leaf of a host, or adds one that the caller has to make.
func (s *leaves) get(host string) (l *leaf, mine bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.byHost[host]; e != nil {
		l := e.Value.(*leaf)
		if l.fresh() {
			s.used.MoveToFront(e)
			return l, false
		}
		s.used.Remove(e)
	}
	l = &leaf{host: host, done: make(chan struct{})}
	s.byHost[host] = s.used.PushFront(l)
	if s.used.Len() > maxLeaves {
		oldest := s.used.Back()
		delete(s.byHost, oldest.Value.(*leaf).host)
		s.used.Remove(oldest)
	}
	return l, true
}

// fresh is true of a leaf that is being made, too. Clocks can jump: what is not
// valid yet is as stale as what is over.
func (l *leaf) fresh() bool {
	select {
	case <-l.done:
	default:
		return true
	}
	now := time.Now()
	return l.err == nil && now.After(l.cert.Leaf.NotBefore) && now.Before(l.cert.Leaf.NotAfter.Add(-renewed))
}

func (s *leaves) forget(host string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.byHost[host]; e != nil {
		delete(s.byHost, host)
		s.used.Remove(e)
	}
}

// sharedKey makes the key with the first leaf.
func (s *leaves) sharedKey() (*ecdsa.PrivateKey, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key == nil {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return nil, err
		}
		s.key = key
	}
	return s.key, nil
}

// mint signs a certificate for a name or, if there is one, an address.
func (a *Authority) mint(name string, ip net.IP) (*tls.Certificate, error) {
	now := time.Now()
	if now.After(a.cert.NotAfter) {
		return nil, &ExpiredError{Name: a.Name(), At: a.cert.NotAfter}
	}
	key, err := a.leaves.sharedKey()
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: newSerial(),
		Subject:      pkix.Name{Organization: []string{"faultline"}, CommonName: commonName(name)},
		NotBefore:    later(now.Add(-backdated), a.cert.NotBefore),
		NotAfter:     earlier(now.Add(leafValid), a.cert.NotAfter),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	if err != nil {
		return nil, fmt.Errorf("ca: a certificate for %s: %w", name, err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: parsed}, nil
}

// maxCommonName is the longest that RFC 5280 allows (ub-common-name).
const maxCommonName = 64

// commonName is for people only; programs read the subject's other names.
func commonName(name string) string {
	if len(name) > maxCommonName {
		return name[:maxCommonName]
	}
	return name
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
