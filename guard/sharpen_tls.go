package guard

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

const upstreamTLS faultline.Slug = "gateway.upstream-tls"

// explainCertificate says what is wrong with the certificate of the server.
func explainCertificate(err error) *sharper {
	var verify *tls.CertificateVerificationError
	if !errors.As(err, &verify) || len(verify.UnverifiedCertificates) == 0 {
		return nil
	}
	chain := verify.UnverifiedCertificates
	leaf := chain[0]
	s := &sharper{slug: upstreamTLS, message: "the certificate of the server cannot be used: " + strings.TrimPrefix(verify.Err.Error(), "x509: "), facts: factsOf(leaf)}
	var name x509.HostnameError
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(verify.Err, &name):
		s.message = "the certificate of the server is for another name than `" + name.Host + "`"
		s.found = "a certificate for " + namesOn(leaf)
		s.fix = "forward to a name that the certificate has, or give the server a certificate for this one"
	case errors.As(verify.Err, &unknown):
		s.untrusted(chain)
	case errors.As(verify.Err, &invalid) && invalid.Reason == x509.Expired:
		s.outOfTime(outdated(chain))
	}
	return s
}

// untrusted tells apart why nobody known has signed a chain.
func (s *sharper) untrusted(chain []*x509.Certificate) {
	leaf, last := chain[0], chain[len(chain)-1]
	s.fix = "let the proxy trust the authority of the server's certificate"
	switch {
	case isRoot(leaf):
		s.message = "the server signed its certificate itself, and nobody told the proxy to trust it"
		s.fix = "let the proxy trust this certificate, or give the server one of an authority that it trusts"
	case isRoot(last):
		s.message = "the certificate of the server comes from an authority that the proxy does not trust: " + commonName(last)
	case len(chain) == 1:
		s.message = "the certificate of the server comes from `" + leaf.Issuer.CommonName + "`, which the proxy does not know"
		s.fix += "; if it is a public one, the server leaves out the certificates in between, and has to send its full chain"
	default:
		s.message = "the chain of the server ends at `" + last.Issuer.CommonName + "`, which the proxy does not know"
	}
}

// outOfTime is for a certificate that is not valid now.
func (s *sharper) outOfTime(c *x509.Certificate) {
	s.party = faultline.Server
	now := time.Now()
	if now.Before(c.NotBefore) {
		s.message = "the certificate of the server is not valid yet: it begins at " + stamp(c.NotBefore)
		s.found = "the clock of the proxy says " + stamp(now)
		s.fix = "set the clock of the proxy or of whoever made the certificate: one of the two is wrong"
		return
	}
	s.message = "the certificate of the server has expired at " + stamp(c.NotAfter)
	s.found = "the clock of the proxy says " + stamp(now)
	s.fix = "renew the certificate at the server, and look why that did not happen by itself"
}

// outdated is the certificate of the chain that is not valid now.
func outdated(chain []*x509.Certificate) *x509.Certificate {
	now := time.Now()
	for _, c := range chain {
		if now.Before(c.NotBefore) || now.After(c.NotAfter) {
			return c
		}
	}
	return chain[0]
}

func isRoot(c *x509.Certificate) bool { return c.CheckSignatureFrom(c) == nil || selfMade(c) }

// selfMade is for leaves that signed themselves, which may sign nothing else.
func selfMade(c *x509.Certificate) bool {
	return slices.Equal(c.RawSubject, c.RawIssuer) && c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil
}

func commonName(c *x509.Certificate) string { return "`" + c.Subject.CommonName + "`" }

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// factsOf are the lines that a person would look up with openssl.
func factsOf(c *x509.Certificate) []string {
	return []string{
		"certificate for " + namesOn(c),
		"issued by " + c.Issuer.String(),
		"valid from " + stamp(c.NotBefore) + " to " + stamp(c.NotAfter),
	}
}

// maxNames bounds the names in a message: certificates of hosters have hundreds.
const maxNames = 8

func namesOn(c *x509.Certificate) string {
	names := slices.Clone(c.DNSNames)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	switch {
	case len(names) == 0:
		return "no name (only the common name " + commonName(c) + ", which does not count)"
	case len(names) > maxNames:
		return strings.Join(names[:maxNames], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

// explainHandshake is for handshakes that end before or beside the certificate,
// by an alert of the server or since what it sent is no TLS.
func explainHandshake(err error) *sharper {
	var record tls.RecordHeaderError
	if errors.As(err, &record) {
		if strings.HasPrefix(string(record.RecordHeader[:]), "HTTP/") {
			return &sharper{
				slug: upstreamTLS, message: "the server speaks plain HTTP on the port where the proxy spoke TLS", found: "an answer that begins with `HTTP/`",
				fix: "forward to http:// in place of https://, or to the port on which the server speaks TLS",
			}
		}
		return &sharper{slug: upstreamTLS, message: "the server does not speak TLS on this port", fix: "correct the scheme or the port of the address that the proxy forwards to"}
	}
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "remote error" {
		return explainSelected(err)
	}
	said := strings.TrimPrefix(op.Err.Error(), "tls: ")
	s := &sharper{slug: upstreamTLS, message: "the server ended the TLS handshake: " + said, found: "the alert `" + said + "`"}
	switch {
	case said == "certificate required":
		s.message = "the server wants a certificate of the proxy (mutual TLS), and the proxy has none for it"
		s.fix = "give the proxy a client certificate and its key for this server"
	case strings.Contains(said, "certificate"):
		s.message = "the server refused the client certificate of the proxy: " + said
		s.fix = "give the proxy a certificate of the authority that the server trusts, within its time"
	case strings.Contains(said, "protocol version"):
		s.message = "no common version of TLS with the server"
		s.fix = "bring the server up to TLS 1.2 or 1.3"
	case said == "unrecognized name":
		s.message = "the server has no site of the name that the proxy asked for"
		s.fix = "forward to a name that the server serves, or set the server name (SNI) for it"
	case said == "no application protocol":
		s.message = "the server speaks none of the HTTP versions that the proxy offers (ALPN)"
	case said == "handshake failure":
		s.message = "no common ground with the server in the TLS handshake: version, cipher, name, or a client certificate that is missing"
	}
	return s
}

// explainSelected is for what the server chose and the proxy cannot take.
func explainSelected(err error) *sharper {
	if strings.Contains(err.Error(), "tls: server selected unsupported protocol version") {
		return &sharper{
			slug: upstreamTLS, party: faultline.Server, message: "the server speaks only versions of TLS that are broken and switched off (RFC 8996)",
			fix: "bring the server up to TLS 1.2 or 1.3",
		}
	}
	return nil
}
