package listen

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

// explain says why a handshake failed that had begun. The hello is nil if the
// client did not come that far.
func (l *Listener) explain(err error, hello *tls.ClientHelloInfo, wire *firstRead) *GreetError {
	e := &GreetError{Cause: "tls.handshake", Party: faultline.Client, Err: err}
	if hello != nil {
		e.Name = hello.ServerName
	}
	var name *nameError
	var verify *tls.CertificateVerificationError
	alert, fromClient := alertOf(err)
	if !fromClient && strings.Contains(err.Error(), "bad record MAC") {
		alert, fromClient = wire.alert()
	}
	switch {
	case fromClient:
		l.explainAlert(e, alert)
	case errors.As(err, &name):
		e.Text = "there is " + name.Error() + ": the ones here are for " + l.served()
		e.Fix = "correct the host in the address, or add a certificate for the name"
	case errors.As(err, &verify):
		e.Cause = "tls.client-certificate"
		e.Text = "the certificate that the client showed is refused: " + whyRefused(verify)
		e.Fix = "give the client a certificate of the authority that is expected here"
	case strings.Contains(err.Error(), "client didn't provide a certificate"):
		e.Cause = "tls.client-certificate"
		e.Text = "a certificate of the client is required, and it showed none"
		e.Fix = "give the client its certificate and key: --cert and --key in curl"
	case isTimeout(err):
		e.Text = "the TLS handshake was not complete in time"
	case ended(err):
		explainSilence(e, hello)
	default:
		explainMismatch(e, err, hello)
	}
	return e
}

// explainSilence is for clients that end the connection without an alert, as
// Java's and browsers' do when they dislike a certificate.
func explainSilence(e *GreetError, hello *tls.ClientHelloInfo) {
	e.Text = "the client ended the connection within the TLS handshake, without saying why"
	if hello != nil {
		e.Cause = "tls.certificate"
		e.Text += "; most often it does not trust the certificate that it was shown"
	}
}

// explainMismatch is for handshakes that find no common ground.
func explainMismatch(e *GreetError, err error, hello *tls.ClientHelloInfo) {
	text := strings.TrimPrefix(err.Error(), "tls: ")
	e.Text = "the TLS handshake failed: " + text
	switch {
	case strings.Contains(text, "unsupported versions"), strings.Contains(text, "SSLv2"):
		e.Text = "no common version of TLS"
		if hello != nil {
			e.Text = "no common version of TLS: the client offers " + versions(hello.SupportedVersions)
		}
		e.Fix = "bring the client up to date: TLS 1.2 and 1.3 are spoken here, older versions are broken (RFC 8996)"
	case strings.Contains(text, "no cipher suite"), strings.Contains(text, "no supported elliptic curves"), strings.Contains(text, "no key exchanges"):
		e.Text = "no common cipher suite or key exchange: the client offers none that is spoken here"
		if hello != nil {
			e.Text = fmt.Sprintf("no common cipher suite or key exchange: none of the %d suites that the client offers can be used with this certificate", len(hello.CipherSuites))
		}
		e.Fix = "bring the client up to date: it has to know ECDHE with AES-GCM or ChaCha20"
	case strings.Contains(text, "signature algorithms"), strings.Contains(text, "peer doesn't support any of the certificate's"):
		e.Text = "the client cannot verify signatures of the kind that the certificate here has"
		e.Fix = "add a certificate with another kind of key: RSA for old clients"
	case strings.Contains(text, "unsupported application protocols"):
		e.Text = "no common application protocol (ALPN)"
		if hello != nil {
			e.Text = fmt.Sprintf("no common application protocol: the client offers %q", hello.SupportedProtos)
		}
		e.Fix = "let the client offer h2 or http/1.1, or no ALPN at all"
	}
}

const ssl3 = 0x0300

func versions(list []uint16) string {
	var out []string
	for _, v := range list {
		if v >= ssl3 && v <= tls.VersionTLS13 { // others are grease (RFC 8701)
			out = append(out, tls.VersionName(v))
		}
	}
	if len(out) == 0 {
		return "none that is known"
	}
	return strings.Join(out, ", ")
}

// alerts are those by which clients say that our certificate does not please
// them (RFC 8446, section 6.2), in words that end "the client ...".
var alerts = map[uint8]string{
	42: "finds the certificate corrupt or its signatures wrong",
	43: "does not support the kind of the certificate",
	44: "knows that the certificate was revoked",
	45: "finds the certificate expired or not yet valid",
	46: "does not accept the certificate, for a reason that it does not say",
	48: "does not know the authority that signed the certificate",
}

// explainAlert is for what the client itself said.
func (l *Listener) explainAlert(e *GreetError, alert uint8) {
	if words, ok := alerts[alert]; ok {
		e.Cause, e.Party = "tls.certificate", faultline.Environment
		e.Text = "the client refused our certificate: it " + words
		if e.Name != "" {
			e.Text += fmt.Sprintf(" (it asked for %q, and the certificates here are for %s)", e.Name, l.served())
		}
		e.Fix = "give the client the authority to trust, or give this port a certificate of one that it trusts, with the whole chain"
		return
	}
	said := strings.TrimPrefix(tls.AlertError(alert).Error(), "tls: ")
	e.Text = "the client ended the TLS handshake: " + said
	switch alert {
	case 0, 90: // close_notify, user_canceled
		e.Quiet = true
	case 70:
		e.Text = "the client ended the TLS handshake: no common version of TLS"
	}
}

// alertNumbers turns Go's words for an alert back into its number: the type that
// holds it is not exported.
var alertNumbers = func() map[string]uint8 {
	out := map[string]uint8{}
	for n := range 256 {
		out[tls.AlertError(n).Error()] = uint8(n)
	}
	return out
}()

// alertOf is the alert that the peer sent, if it did.
func alertOf(err error) (alert uint8, ok bool) {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "remote error" {
		return 0, false
	}
	alert, ok = alertNumbers[op.Err.Error()]
	return alert, ok
}

// whyRefused says what is wrong with a certificate of a client, with its name.
func whyRefused(verify *tls.CertificateVerificationError) string {
	leaf := verify.UnverifiedCertificates[0]
	who := fmt.Sprintf("%q, issued by %q", leaf.Subject, leaf.Issuer)
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(verify.Err, &unknown):
		return "it comes from an authority that is not among those expected here: " + who
	case errors.As(verify.Err, &invalid) && invalid.Reason == x509.Expired && time.Now().After(leaf.NotAfter):
		return "it has expired at " + leaf.NotAfter.UTC().Format(time.RFC3339) + ": " + who
	case errors.As(verify.Err, &invalid) && invalid.Reason == x509.Expired:
		return "it is not valid before " + leaf.NotBefore.UTC().Format(time.RFC3339) + ": " + who
	case errors.As(verify.Err, &invalid) && invalid.Reason == x509.IncompatibleUsage:
		return "it is not made for clients (extended key usage): " + who
	}
	return strings.TrimPrefix(verify.Err.Error(), "x509: ") + ": " + who
}

// maxServed bounds the names in a message.
const maxServed = 8

// served are the names of the certificates.
func (l *Listener) served() string {
	t := l.keys.current.Load()
	var names []string
	for name := range t.names {
		names = append(names, name)
	}
	return listed(names)
}

// listed puts names into a message.
func listed(names []string) string {
	if len(names) == 0 {
		return "no name"
	}
	slices.Sort(names)
	if more := len(names) - maxServed; more > 0 {
		return strings.Join(names[:maxServed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}
