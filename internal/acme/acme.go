// Package acme obtains and renews certificates by ACME (RFC 8555), so that nobody
// has to copy files.
//
//	m, err := acme.New(acme.Options{Names: []string{"api.example.com"}, Agreed: true, Folder: dir, Port: 443})
//	ls, err := listen.Open(ctx, listen.Spec{Address: ":443", TLS: &listen.TLS{Issuer: m}})
//	err = m.Start(ctx) // in the background, from now on
//	defer m.Close()
//
// The names are proven by TLS on the port itself (RFC 8737): no second port is
// needed. Everything about the protocol is certmagic's; what others see of it is
// the two methods that [listen.Issuer] asks for.
package acme

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/caddyserver/certmagic"
	"github.com/mholt/acmez/v3"
	"go.uber.org/zap"
)

// Options says which certificates are wanted, and from whom.
type Options struct {
	// Names are the host names. Wildcards need another kind of proof and cannot be had.
	Names []string

	// Agreed says that a person has read and accepts the terms of the authority.
	Agreed bool

	// Email is where the authority writes to; empty: nowhere.
	Email string

	// Directory is the address of the authority; empty: Let's Encrypt.
	Directory string

	// Roots verify the authority's own address; nil: the system's.
	Roots *x509.CertPool

	// Folder is where keys and certificates are kept: a lost folder means new
	// certificates, of which authorities give only some in a week.
	Folder string

	// Host and Port are where our listener is. Authorities in the internet call
	// port 443, which has to lead here.
	Host string
	Port int

	// Notify is told of certificates that came and of those that did not. It
	// must not wait. Nil: nobody is told.
	Notify func(text string)
}

// A Manager keeps certificates for its names. It is safe for concurrent use.
type Manager struct {
	names  []string
	cache  *certmagic.Cache
	config *certmagic.Config
}

// New returns a manager that has what its folder holds, or an error that says
// which option cannot be.
func New(o Options) (*Manager, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	m := &Manager{}
	for _, name := range o.Names {
		m.names = append(m.names, strings.ToLower(name))
	}
	silent := zap.NewNop() // what matters comes as events
	m.cache = certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert: func(certmagic.Certificate) (*certmagic.Config, error) { return m.config, nil },
		Logger:           silent,
	})
	m.config = certmagic.New(m.cache, certmagic.Config{
		Storage: &certmagic.FileStorage{Path: o.Folder}, Logger: silent, OnEvent: o.tell,
	})
	m.config.Issuers = []certmagic.Issuer{certmagic.NewACMEIssuer(m.config, certmagic.ACMEIssuer{
		CA: o.directory(), TestCA: o.directory(), Email: o.Email, Agreed: o.Agreed, TrustedRoots: o.Roots, Logger: silent,
		DisableHTTPChallenge: true, DisableDistributedSolvers: true, ListenHost: o.Host, AltTLSALPNPort: o.Port,
	})}
	return m, nil
}

func (o *Options) check() error {
	switch {
	case len(o.Names) == 0:
		return errors.New("acme: the names that certificates are wanted for are missing")
	case !o.Agreed:
		return errors.New("acme: the authority gives certificates to those who accept its terms: read them and say so")
	case o.Folder == "":
		return errors.New("acme: a folder for keys and certificates is missing")
	case o.Port == 0:
		return errors.New("acme: the port of the listener is missing")
	}
	for _, name := range o.Names {
		switch {
		case strings.Contains(name, "*"):
			return fmt.Errorf("acme: %s: a wildcard cannot be proven by a port; name each host", name)
		case net.ParseIP(name) != nil || !strings.Contains(name, "."):
			return fmt.Errorf("acme: %s is no public host name: authorities give no certificates for it", name)
		}
	}
	return nil
}

func (o *Options) directory() string {
	if o.Directory == "" {
		return certmagic.LetsEncryptProductionCA
	}
	return o.Directory
}

// tell turns certmagic's events into words.
func (o *Options) tell(_ context.Context, event string, data map[string]any) error {
	if o.Notify == nil {
		return nil
	}
	name, _ := data["identifier"].(string)
	switch event {
	case "cert_obtained":
		verb := "obtained"
		if renewed, _ := data["renewal"].(bool); renewed {
			verb = "renewed"
		}
		o.Notify("the certificate for " + name + " was " + verb)
	case "cached_managed_cert":
		names, _ := data["sans"].([]string)
		o.Notify("the certificate for " + strings.Join(names, ", ") + " is in use")
	case "cert_failed":
		err, _ := data["error"].(error)
		o.Notify(fmt.Sprintf("no certificate for %s, it will be tried again: %v", name, err))
	}
	return nil
}

// Start obtains what is missing and renews what is old, in the background until
// Close. Clients are to be able to connect by now: the authority is one of them.
func (m *Manager) Start(ctx context.Context) error { return m.config.ManageAsync(ctx, m.names) }

// Close ends the work in the background.
func (m *Manager) Close() { m.cache.Stop() }

// Certificate returns the certificate for a handshake, or the answer to an
// authority that looks whether the name is ours. Nil: the name is none of ours.
func (m *Manager) Certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	if !slices.Contains(m.names, strings.ToLower(hello.ServerName)) {
		return nil, nil
	}
	c, err := m.config.GetCertificate(hello)
	if err != nil {
		return nil, fmt.Errorf("the certificate for %q was not obtained yet: %w", hello.ServerName, err)
	}
	return c, nil
}

// Protocols is what challenges by TLS are recognised by (RFC 8737, section 3).
func (m *Manager) Protocols() []string { return []string{acmez.ACMETLS1Protocol} }
