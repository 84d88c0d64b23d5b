package listen

import (
	"crypto/tls"
	"errors"
	"fmt"
	"slices"
)

// TLS says how TLS is spoken on a listener.
type TLS struct {
	// Pairs are the certificates. The one that fits the name a client asks for is
	// shown; the first of them if none does, or no name was sent.
	Pairs []Pair

	// Strict refuses clients that ask for a name no certificate is for, in place
	// of showing them the first.
	Strict bool

	// Issuer obtains certificates by itself, such as by ACME; nil: nobody does.
	// Pairs come first.
	Issuer Issuer

	// MinVersion is the lowest version of TLS; 0: 1.2 (RFC 9325, section 3.1.1).
	MinVersion uint16

	// Clients says whether clients have to show a certificate.
	Clients ClientAuth

	// ClientCAs are PEM files with the authorities of the clients' certificates.
	ClientCAs []string

	// NoHTTP2 leaves "h2" out of what is offered (ALPN).
	NoHTTP2 bool
}

// Pair is a certificate, with the certificates of its chain behind it, and its
// private key: PEM files, which may be the same.
type Pair struct{ Cert, Key string }

// An Issuer obtains certificates by itself.
type Issuer interface {
	// Certificate returns the certificate for a handshake, or one that answers
	// the challenge of an authority. Nil without an error: the name is none of
	// the issuer's. It may wait for as long as the context of the hello.
	Certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error)

	// Protocols are further ALPN names that the issuer's challenges need.
	Protocols() []string
}

// ClientAuth says whether clients have to show a certificate.
type ClientAuth uint8

// What can be asked of clients. A certificate that is shown is verified in any case.
const (
	NoClientCert      ClientAuth = iota // not asked for
	RequestClientCert                   // asked for, and one may go without
	RequireClientCert                   // nobody goes without
)

// ParseVersion reads the version of TLS as people write it.
func ParseVersion(text string) (uint16, error) {
	switch text {
	case "":
		return 0, nil
	case "1.2":
		return tls.VersionTLS12, nil
	case "1.3":
		return tls.VersionTLS13, nil
	}
	return 0, fmt.Errorf("%q is no version of TLS that is spoken here: 1.2 and 1.3 are", text)
}

// ParseClientAuth reads none, request or require.
func ParseClientAuth(text string) (ClientAuth, error) {
	switch text {
	case "", "none":
		return NoClientCert, nil
	case "request":
		return RequestClientCert, nil
	case "require":
		return RequireClientCert, nil
	}
	return 0, fmt.Errorf("%q says nothing about certificates of clients: none, request or require does", text)
}

func (t *TLS) check() error {
	if len(t.Pairs) == 0 && t.Issuer == nil {
		return errors.New("TLS needs a certificate and its key")
	}
	for _, p := range t.Pairs {
		switch {
		case p.Cert == "":
			return fmt.Errorf("the key %s has no certificate beside it", p.Key)
		case p.Key == "":
			return fmt.Errorf("the certificate %s has no key beside it", p.Cert)
		}
	}
	switch {
	case t.MinVersion != 0 && t.MinVersion < tls.VersionTLS12:
		return fmt.Errorf("%s is broken and not spoken (RFC 8996): 1.2 is the lowest version", tls.VersionName(t.MinVersion))
	case t.MinVersion > tls.VersionTLS13:
		return fmt.Errorf("the lowest version 0x%04x is not known", t.MinVersion)
	case t.Clients != NoClientCert && len(t.ClientCAs) == 0:
		return errors.New("certificates of clients are asked for, and the authorities that they come from are not given")
	case t.Clients == NoClientCert && len(t.ClientCAs) > 0:
		return errors.New("authorities of clients' certificates are given, and no certificate is asked for: request or require it")
	}
	return nil
}

// config reads the files. What it returns asks the keyring at every handshake,
// so that changed files are used by the next one.
func (t *TLS) config(notify func(Topic, string, ...any)) (*tls.Config, *keyring, error) {
	k := newKeyring(t, notify)
	if err := k.reload(); err != nil {
		return nil, nil, err
	}
	front := &tls.Config{
		MinVersion: max(t.MinVersion, tls.VersionTLS12),
		NextProtos: t.protocols(),
		ClientAuth: t.Clients.std(),
	}
	front.GetCertificate = k.certificate
	if len(t.ClientCAs) == 0 {
		front.GetConfigForClient = func(h *tls.ClientHelloInfo) (*tls.Config, error) {
			noteHello(h)
			return nil, nil
		}
		return front, k, nil
	}
	// The authorities may change, and only a configuration of its own has others.
	// Tickets go on with the keys of the front; a resumed session is verified
	// against the present authorities once more.
	base := front.Clone()
	front.GetConfigForClient = func(h *tls.ClientHelloInfo) (*tls.Config, error) {
		noteHello(h)
		c := base.Clone()
		c.ClientCAs = k.current.Load().clients
		return c, nil
	}
	return front, k, nil
}

func (t *TLS) protocols() []string {
	protos := []string{"h2", "http/1.1"}
	if t.NoHTTP2 {
		protos = protos[1:]
	}
	if t.Issuer != nil {
		protos = slices.Concat(protos, t.Issuer.Protocols())
	}
	return protos
}

func (a ClientAuth) std() tls.ClientAuthType {
	switch a {
	case RequestClientCert:
		return tls.VerifyClientCertIfGiven
	case RequireClientCert:
		return tls.RequireAndVerifyClientCert
	}
	return tls.NoClientCert
}
