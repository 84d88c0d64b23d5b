package causes

import "github.com/faultline-http/faultline"

func init() { register("tls.client-certificate", clientCertificate) }

// saysWantsCertificate is what servers say, by an alert or in an answer, of a
// certificate that the client did not show or that they do not take.
var saysWantsCertificate = topic("wants certificate",
	"certificate required", "certificate_required", "no required ssl certificate was sent", "no required tls certificate was sent", "the ssl certificate error", "client certificate required", "client certificate is required", "requires a client certificate",
	"requires a valid client certificate", "client certificate missing", "missing client certificate", "no client certificate*", "invalid client certificate", "client certificate is untrusted*", "client certificate ~ not trusted", "client certificate ~ expired", "client certificate ~ revoked", "client certificate ~ invalid",
	"client certificate has expired", "client certificate verification failed", "client certificate authentication failed", "tls certificate failed verification", "peer did not return a certificate", "alert certificate unknown", "alert certificate expired", "alert certificate revoked", "alert bad certificate",
	"alert unknown ca", "alert unsupported certificate", "alert access denied", "fatal alert: bad certificate*", "fatal alert: certificate*", "fatal alert: unknown ca", "fatal alert: unsupported certificate", "fatal alert: access denied", "tls: bad certificate", "remote error: tls: unknown certificate*", "remote error: tls: expired certificate", "remote error: tls: revoked certificate",
	"remote error: tls: unsupported certificate", "remote error: tls: access denied", "received fatal alert: certificate*", "err bad ssl client auth cert", "err ssl client auth*", "ssl error bad cert alert", "ssl error certificate required*", "ssl error rx certificate required*", "ssl error handshake unexpected alert", "ssl error unknown ca alert", "ssl error expired cert alert", "ssl error revoked cert alert", "error -1205", "code=-1205",
	"error -1206", "code=-1206", "certificate was not provided by the client", "mtls required", "mutual tls ~ required", "mtls authentication failed", "x-forwarded-client-cert ~ missing", "client_certificate_required", "received alert: certificate required", "alert received: certificate*", "alert received(certificate required)", "alert received(bad certificate)", "alert received(unknown ca)",
	"403.7", "403.16", "403.17", "server requested a certificate", "no suitable client certificate", "tlsv13 alert certificate required")

// saysOwnCertificate is what clients say of their own certificate or key before they show it.
var saysOwnCertificate = topic("own certificate",
	"curl: (58)", "could not load pem client certificate", "could not load client certificate", "unable to set private key file", "unable to use client certificate", "unable to load client cert*", "key values mismatch", "private key does not match", "private key does not match public key", "unable to load client key",
	"failed to find any pem data in certificate input", "failed to find any pem data in key input", "problem with the local ssl certificate", "could not load certificate", "bad decrypt", "bad password read", "err_ossl_*", "mac verify failure", "could not find the tls certificate file", "could not find the tls key file", "keystore was tampered with", "invalid keystore format", "private key ~ mismatch")

// clientCertificate is for mutual TLS: the server wants to know the client by
// its certificate.
func clientCertificate(c *Case) []faultline.Finding {
	if c.Exchange.Response == nil {
		return c.certificateAlert()
	}
	switch c.Status() {
	case 400, 401, 403, 495, 496:
	default:
		return nil
	}
	if !c.says(saysWantsCertificate) && c.Status() < 495 {
		return nil
	}
	f := c.certificateWanted()
	f.Strength, f.At = faultline.Proven, faultline.AtConnection()
	f.Found = "no certificate, or one that the server does not take"
	f.Evidence = c.serverWords()
	f.Retry = "as sent it fails every time; show a certificate"
	if c.says(saysNoCertificate) {
		f.Found = "no certificate"
	}
	return []faultline.Finding{f}
}

// saysNoCertificate: none came at all.
var saysNoCertificate = topic("no certificate",
	"certificate required", "no required ssl certificate was sent", "no required tls certificate was sent", "client certificate required", "client certificate is required", "no client certificate*", "missing client certificate", "client certificate missing", "peer did not return a certificate", "403.7", "requires a client certificate", "not provided by the client")

func (c *Case) certificateAlert() []faultline.Finding {
	if c.Exchange.Failure == nil || c.clientSays(saysUnresolved) {
		return nil
	}
	if c.clientSays(saysOwnCertificate) {
		f := c.certificateWanted()
		f.Message, f.Brief = "the client cannot use its own certificate or key", "own certificate cannot be used"
		f.Expected, f.Found = "a certificate and the private key that belongs to it", "files that the client cannot read or that do not belong together"
		f.Remedy = faultline.Remedy{Text: "check path, format and password of certificate and key, and that the two belong together", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "check path, format and password of certificate and key"},
			{Text: "compare the two: both print the same", Command: "openssl x509 -noout -pubkey -in client.pem; openssl pkey -pubout -in client.key"},
		}}
		f.Retry = "nothing was sent"
		return []faultline.Finding{f}
	}
	if !c.clientSays(saysWantsCertificate) || c.Exchange.Vantage == faultline.AtServer {
		return nil
	}
	f := c.certificateWanted()
	if c.clientSays(saysNoCertificate) {
		f.Found = "no certificate"
	} else {
		f.Message, f.Brief = c.peer()+" does not take the client's certificate", "client certificate refused"
		f.Found = "a certificate that the server refused with an alert"
		f.Remedy.Text = "show a certificate that is not expired and comes from an authority that the server knows"
		f.Remedy.Steps[0].Text = f.Remedy.Text
	}
	f.RuledOut = []faultline.Rival{{Slug: "tls.certificate", Why: "the alert came from the server, so it is not about the server's certificate"}}
	return []faultline.Finding{f}
}

func (c *Case) certificateWanted() faultline.Finding {
	f := c.connectionFinding(faultline.Likely, c.peer()+" wants a certificate of the client", "client certificate wanted")
	f.Expected, f.Found = "a client certificate from an authority that the server knows", "none that it takes"
	f.Remedy = faultline.Remedy{Text: "give the client its certificate and key", Applicability: faultline.Guess, Steps: []faultline.Step{
		{Text: "give the client its certificate and key", Command: "curl --cert client.pem --key client.key"},
	}}
	f.Retry = "safe: the server did not read the request; show a certificate"
	return f
}
