package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/lexicon"
)

func init() { register("tls.certificate", tlsCertificate) }

// saysDistrust is the gate: clients that were connected and did not like the
// certificate. Some of them wrap it as a failure to connect.
var saysDistrust = topic("distrust",
	"certificate*", "cert has expired", "err cert*", "x509*", "self signed*", "pkix*", "mozilla pkix*", "unable to verify leaf*", "unable_to_get_issuer*", "unable to verify the first", "*altname*", "trust anchor*", "sec error*", "secerror*",
	"unknown issuer", "unknownissuer", "trust relationship", "certification path", "peer unverified*", "cert expired", "certexpired", "not valid for name", "notvalidforname", "hostname verification failed", "not verified", "error -1202", "error -1201", "error -1203", "error -1204",
	"code=-1202", "code=-1201", "code=-1203", "code=-1204", "sec e untrusted root", "sec e wrong principal", "sec e cert expired", "sec e cert unknown", "crypt e revoked", "crypt e no revocation check", "crypt e revocation offline", "cert e *", "ssl error bad cert domain", "osstatus error -98*", "code=-98*", "(-98*",
	"curl: (51)", "curl: (60)", "curl: (77)", "curl: (90)", "curl: (91)", "pinned public key", "ca certificate*", "bad certificate*", "no alternative certificate*", "ssl peer certificate*", "ca bundle", "untrusted", "0x80090325", "0x80090322", "0x80090328", "remote certificate*")

// certificateFaults are the ways in which a client finds a certificate wanting,
// in the words of OpenSSL, Go, Node, Java, .NET, Apple, Windows and the
// browsers. The first that fits wins: a chain that ends in a certificate of
// its own before one that stands alone.
var certificateFaults = []struct {
	brief, message, remedy, command string
	words                           lexicon.Topic
}{
	{
		"certificate not yet valid", "the certificate of %s is not valid yet", "check the client's clock, then the certificate's first day", "timedatectl",
		topic("certificate early", "certificate is not yet valid", "cert not yet valid", "certificatenotyetvalid", "certificate not yet valid*", "not before*", "notbefore*", "not yet valid certificate*", "is before 2*", "code=-1204", "error -1204"),
	},
	{
		"certificate expired", "the certificate of %s has expired", "let the server's operator renew the certificate; if it is fresh, check the client's clock", "",
		topic("certificate expired",
			"certificate has expired", "cert has expired", "certificate expired*", "err cert date invalid", "certificate expired exception", "not after*", "notafter*", "cert expired", "certexpired", "invalid peer certificate: expired", "has expired or is not yet valid",
			"sec error expired*", "validity check failed", "certificate is expired", "' has expired", "error -1201", "code=-1201", "sec e cert expired", "0x80090328", "error -9814", "code=-9814", "certificate ~ expired", "expired certificate", "not time valid", "nottimevalid", "cert_e_expired"),
	},
	{
		"certificate for another name", "the certificate of %s is for another name", "call the server by a name that stands in its certificate, or have that name added", "",
		topic("certificate name",
			"no alternative certificate subject name", "doesn't match*", "does not match*", "certificate is valid for", "err tls cert altname invalid", "altnames", "hostname mismatch", "host name", "hostname", "host name mismatch", "err cert common name invalid", "subject name", "subject alternative*",
			"certificate is not valid for any names", "ssl error bad cert domain", "remote certificate name mismatch", "doesn't contain any ip sans", "cannot validate certificate for", "no name matching", "not valid for name", "notvalidforname", "common name", "certificate is not valid for",
			"sec e wrong principal", "0x80090322", "error -9843", "code=-9843", "curl: (51)", "not verified", "target principal name is incorrect", "no subject alternative*", "certificate is not standards compliant", "cert_e_cn_no_match"),
	},
	{
		"certificate is not the pinned one", "the certificate of %s is not the one that the client has pinned", "pin the new key in the client, if the change was meant", "",
		topic("certificate pinned", "pinned public key", "certificate pinning failure", "pinning failure", "curl: (90)", "pinned certificate*", "pin verification failed", "err_ssl_pinned_key_not_in_cert_chain"),
	},
	{
		"certificate revoked", "the certificate of %s has been revoked", "let the server's operator replace the certificate", "",
		topic("certificate revoked", "certificate revoked", "certificate has been revoked", "cert revoked", "err cert revoked", "sec error revoked*", "crypt e revoked", "certificate is revoked", "0x80092010", "revoked certificate"),
	},
	{
		"revocation could not be checked", "the client could not find out whether the certificate of %s is revoked", "let the client's network reach the authority's OCSP and CRL addresses; with curl on Windows, --ssl-revoke-best-effort", "",
		topic("certificate revocation", "crypt e no revocation check", "crypt e revocation offline", "unable to check revocation", "0x80092012", "0x80092013", "revocation function was unable", "revocation status unknown", "revocationstatusunknown", "revocation server was offline", "unable to determine revocation", "offline revocation", "sec error ocsp*", "curl: (91)", "invalid ocsp*", "unable to get certificate crl"),
	},
	{
		"weak certificate", "the certificate of %s uses a key or signature that the client holds for too weak", "let the server's operator have the certificate made anew with RSA of 2048 bits or ECDSA and SHA-256", "",
		topic("certificate weak", "key too small", "md too weak", "weak signature*", "err cert weak*", "signature algorithm disabled", "certificate key too weak", "insecure signature algorithm", "err ssl weak*", "algorithm constraints check failed", "does not conform to algorithm constraints", "sha1 signed certificate"),
	},
	{
		"the client's own list of authorities is missing", "the client cannot read its list of authorities, so that it trusts nobody", "install the list of authorities (ca-certificates), or correct the path that the client is given", "",
		topic("certificate store", "curl: (77)", "certificate verify locations", "adding trust anchors*", "error setting certificate verify*", "suitable tls ca certificate bundle", "ca certificate bundle, invalid path", "trustanchors parameter must be non empty", "trust anchors parameter must be non empty", "no ca certificates", "problem with the ssl ca cert", "cafile", "system roots", "failed to load system root*", "no system certificate*", "ca bundle ~ not found"),
	},
	{
		"self-signed certificate", "%s has a certificate that it signed itself", "give the client that certificate to trust (--cacert, REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS), or the server one from an authority", "",
		topic("certificate self", "depth zero self signed*", "self signed*", "mozilla pkix error self signed*"),
	},
	{
		"incomplete certificate chain",
		"%s does not send the intermediate certificate that leads to a known authority, or the client does not know the authority",
		"let the server send the whole chain (fullchain.pem), or give the client the missing certificate", "openssl s_client -showcerts",
		topic("certificate chain", "unable to get local issuer*", "unable to get issuer*", "unable to verify the first certificate", "unable to verify leaf*", "incomplete chain", "partial chain", "chain building failed", "unable to locally verify*"),
	},
	{"unknown certificate authority", "the client does not know the authority behind the certificate of %s", "give the client the authority's certificate; where a company's proxy inspects TLS, that of the proxy", "", saysDistrust},
}

// distrusts reports whether the client broke the handshake off since it does
// not trust the server. An alert of the server is about the client's certificate.
func (c *Case) distrusts() bool {
	return c.clientSays(saysDistrust) && !c.clientSays(saysAlert, saysWantsCertificate, saysOwnCertificate)
}

func tlsCertificate(c *Case) []faultline.Finding {
	if _, broke := c.failure(); !broke || !c.distrusts() {
		return nil
	}
	for _, fault := range certificateFaults {
		if !c.clientSays(fault.words) {
			continue
		}
		f := c.connectionFinding(faultline.Proven, strings.Replace(fault.message, "%s", c.peer(), 1), fault.brief)
		f.Expected = "a certificate that the client trusts for " + c.peer()
		f.Found = fault.brief
		f.Remedy = faultline.Remedy{Text: fault.remedy, Applicability: faultline.Guess}
		if fault.command != "" {
			f.Remedy.Steps = []faultline.Step{{Text: fault.remedy, Command: fault.command}}
		}
		f.Retry = "safe: no request was sent; it fails until the certificate is mended"
		f.Notes = []faultline.Note{{Label: "note", Text: "switching the check off (-k, verify=False, NODE_TLS_REJECT_UNAUTHORIZED=0) lets anybody in between read the call"}}
		return []faultline.Finding{f}
	}
	return nil
}
