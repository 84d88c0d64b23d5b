package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("tls.certificate", tlsCertificate) }

// certificateFaults are the ways in which a client finds a certificate wanting,
// in the words of OpenSSL, Go, Node, Java, .NET, Apple and the browsers. The
// first that fits wins: "self-signed certificate in certificate chain" before
// "self-signed".
var certificateFaults = []struct {
	brief, message, remedy, command string
	words                           []string
}{
	{
		"certificate not yet valid", "the certificate of %s is not valid yet", "check the client's clock, then the certificate's first day",
		"timedatectl",
		[]string{"certificate is not yet valid", "cert_not_yet_valid", "certificatenotyetvalid", "notbefore", " is before 2"},
	},
	{
		"certificate expired", "the certificate of %s has expired", "renew the server's certificate", "",
		[]string{
			"certificate has expired", "cert_has_expired", "certificate expired", "err_cert_date_invalid", "certificateexpiredexception",
			"notafter", "certexpired", "invalid peer certificate: expired", "has expired or is not yet valid", "sec_error_expired",
			"curl: (60) ssl certificate problem: certificate has expired", "validity check failed", "certificate is expired",
			"' has expired", "error -1201", "code=-1201",
		},
	},
	{
		"certificate for another name", "the certificate of %s is for another name",
		"call the server by a name that stands in its certificate, or have that name added", "",
		[]string{
			"no alternative certificate subject name", "doesn't match", "does not match", "certificate is valid for",
			"err_tls_cert_altname_invalid", "altnames", "hostname mismatch", "host name", "hostname", "err_cert_common_name_invalid", "subject name",
			"subject alternative", "certificate is not valid for any names", "ssl_error_bad_cert_domain", "remotecertificatenamemismatch",
			"doesn't contain any ip sans", "cannot validate certificate for", "no name matching", "not valid for name", "notvalidforname",
			"not verified", "common name", "certificate is not valid for",
		},
	},
	{
		"self-signed certificate", "%s has a certificate that it signed itself",
		"give the client the certificate to trust, or the server one from an authority", "",
		[]string{
			"depth_zero_self_signed", "self-signed certificate in", "self signed certificate in", "self_signed_cert_in_chain", "self-signed",
			"self signed", "self_signed",
		},
	},
	{
		"certificate revoked", "the certificate of %s has been revoked", "replace the server's certificate", "",
		[]string{"certificate revoked", "certificate has been revoked", "cert_revoked", "err_cert_revoked"},
	},
	{
		"incomplete certificate chain",
		"%s does not send the intermediate certificate that leads to a known authority, or the client does not know the authority",
		"let the server send the whole chain, or give the client the missing certificate", "openssl s_client -showcerts",
		[]string{
			"unable to get local issuer", "unable_to_get_issuer", "unable to verify the first certificate", "unable_to_verify_leaf",
			"incomplete chain", "partialchain", "unable to get issuer", "chain building failed",
		},
	},
	{
		"unknown certificate authority", "the client does not know the authority behind the certificate of %s",
		"give the client the authority's certificate", "",
		[]string{
			"unknown authority", "unknown ca", "not trusted", "untrusted", "err_cert_authority_invalid", "pkix path building failed",
			"unable to find valid certification path", "trust anchor", "certificate verify failed", "certificate_verify_failed",
			"sec_error_unknown_issuer", "invalid peer certificate", "unknownissuer",
			"remotecertificatechainerrors", "could not establish trust", "server certificate untrusted", "peer certificate cannot be authenticated",
			"failed to verify certificate", "ssl certificate problem", "sslcertverificationerror", "the remote certificate is invalid",
			"certificateexception", "kcfstreamerrordomainssl", "certificate unknown", "certificate for this server is invalid", "mozilla_pkix",
			"cannot verify", "certificate is not trusted", "certificate is invalid", "invalid certificate", "certificate error", "err_cert",
			"trust relationship", "peer certificate", "error -1202", "error -1203",
		},
	},
}

// tlsCertificate is for clients that broke the handshake off since they do not
// trust the server. An alert of the server about the client's certificate is
// another cause.
func tlsCertificate(c *Case) []faultline.Finding {
	said, broke := c.failure()
	if !broke || saysAny(said, "remote error: tls", " alert ", "tlsv1", "sslv3", "certificate required", "client certificate", "received fatal alert",
		"alert number") {
		return nil
	}
	if !saysAny(said, "certificate", "cert_", "x509", "self_signed", "self-signed", "pkix", "unable_to_verify_leaf", "unable_to_get_issuer", "altname",
		"trust anchor", "sec_error", "unknownissuer", "trust relationship", "certification path", "peerunverified", "certexpired", "notvalidforname",
		"certificatenamemismatch", "not verified", "hostname verification failed", "error -1202", "error -1201", "error -1203", "error -1204", "cert_") {
		return nil
	}
	for _, fault := range certificateFaults {
		if saysAny(said, fault.words...) {
			message := strings.Replace(fault.message, "%s", c.peer(), 1)
			f := c.connectionFinding(faultline.Proven, message, fault.brief)
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
	}
	return nil
}
