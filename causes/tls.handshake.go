package causes

import "github.com/faultline-http/faultline"

func init() { register("tls.handshake", tlsHandshake) }

// saysAlert is said where one side ended the handshake with an alert (RFC 8446,
// section 6.2) or found nothing in common with the other.
var saysAlert = topic("alert",
	"remote error: tls", "alert number*", "tlsv1 alert*", "tlsv13 alert*", "sslv3 alert*", "tlsv1 unrecognized name", "received fatal alert*", "fatal alert*", "received alert*", "alert received*", "alertreceived*", "alert handshake failure", "alert protocol version", "handshake_failure", "handshake failure",
	"sslv3_alert*", "tlsv1_alert*", "tlsv1_unrecognized_name", "(in), tls alert*", "unrecognized name", "unrecognized_name", "insufficient security", "inappropriate fallback", "no_application_protocol")

// saysNothingCommon are version, cipher and settings on which the two do not agree.
var saysNothingCommon = topic("nothing in common",
	"protocol version not supported", "protocol version", "protocol_version", "unsupported protocol", "unsupported_protocol", "no protocols available", "err ssl version or cipher mismatch", "version_or_cipher_mismatch", "ssl error unsupported version", "ssl error no cypher overlap", "err ssl obsolete version", "err ssl version interference", "no shared cipher", "no ciphers available",
	"no cipher suite*", "no appropriate protocol", "cipher suites are inappropriate", "common algorithm", "sec e algorithm mismatch", "0x80090331", "sec e unsupported function", "sec e illegal message", "0x80090326", "0x80090302", "dh key too small", "dh_key_too_small", "unsafe legacy renegotiation*", "server selected unsupported protocol version",
	"client offered only unsupported versions", "peerincompatible*", "peer incompatible*", "unsupported version", "error -9836", "error -9824", "key=-9836", "key=-9824", "ssl_error_protocol_version_alert", "no mutual cipher", "handshake_failure_on_client_hello", "unable to negotiate*", "curl: (59)", "no supported ciphers", "the requested security protocol is not supported", "tls version ~ not supported", "legacy sigalg disallowed", "wrong signature type", "wrong_signature_type", "no_shared_cipher")

// saysHandshake is said of a handshake that failed, without a reason or with
// one that another cause reads.
var saysHandshake = topic("handshake",
	"curl: (35)", "curl error 35:", "ssl handshake exception", "handshake exception", "handshake error*", "ssl connect error", "ssl_connect*", "ssl connect: ssl error syscall", "ssl error syscall", "tls handshake failed", "tls handshake error", "ssl handshake failed", "handshake failed", "ssl handshake failure", "could not create ssl/tls secure channel",
	"ssl connection could not be established", "tls error caused the secure connection to fail", "secure connection to the server cannot be made", "secure connection failed", "error -1200", "code=-1200", "unexpected eof while reading", "terminated the handshake", "closed connection during handshake", "connection closed during handshake", "during the handshake", "pr end of file error", "pr connect reset error", "ssl exception", "sslexception",
	"ssl error", "sslerror", "eproto", "err ssl*", "ssl_error*", "error -9806", "error -9800", "key=-9806", "key=-9800", "sslerrorwebsite", "sec e internal error", "tls connect error", "openssl/3*", "ssl: *", "[ssl*", "tls handshake eof", "eof ~ handshake", "client handshake*", "before secure tls connection was established", "authentication failed, see inner exception", "authentication exception", "a call to sspi failed", "error:0a000*", "error:1409*", "error:1408*")

// tlsHandshake is for handshakes that found no common ground. What says more,
// of a certificate or of a peer that speaks no TLS at all, goes before.
func tlsHandshake(c *Case) []faultline.Finding {
	if _, broke := c.failure(); !broke || c.distrusts() || c.cut() || c.clientSays(saysUnresolved, saysPlain, saysWantsCertificate, saysOwnCertificate, saysTimeout, saysOtherVersion) {
		return nil
	}
	f := c.connectionFinding(faultline.Likely, "the TLS handshake with "+c.peer()+" failed", "TLS handshake failed")
	f.Expected = "a version, a cipher and a name that both sides know"
	f.Found = "a handshake that was broken off"
	f.Retry = "safe: no request was sent"
	switch {
	case c.clientSays(saysOtherName):
		f.Message, f.Brief = c.peer()+" knows no site of this name", "name unknown to the TLS server"
		f.Remedy = faultline.Remedy{Text: "call the server by a name that it serves: the handshake carries it (SNI)", Applicability: faultline.Guess}
	case c.clientSays(saysNothingCommon):
		f.Message, f.Brief = "client and "+c.peer()+" have no version or cipher of TLS in common", "no common version or cipher of TLS"
		f.Remedy = faultline.Remedy{Text: "let both sides speak TLS 1.2 or 1.3: bring the older of the two up to date", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "let both sides speak TLS 1.2 or 1.3: bring the older of the two up to date"},
			{Text: "see what the server takes", Command: "openssl s_client -tls1_2 -connect " + c.tlsAddress()},
		}}
	case c.clientSays(saysAlert):
		f.Remedy = faultline.Remedy{Text: "look into the server's log for the reason of the alert: version, cipher, name or certificate", Applicability: faultline.Guess}
	case c.clientSays(saysHandshake) && !c.clientSays(saysNobodyListens, saysNoRoute):
		f.Strength = faultline.Possible
		f.Rank = -1
		f.Remedy = faultline.Remedy{Text: "find out what ends the handshake: a firewall, a version that is too old, a name that the server does not know", Applicability: faultline.Guess}
		f.Notes = []faultline.Note{{Label: "settle it", Text: "openssl s_client -connect " + c.tlsAddress() + " -servername " + withoutPort(c.peer()) + " says how far the handshake comes"}}
	default:
		return nil
	}
	return []faultline.Finding{f}
}

// saysOtherName is the alert of a server that has no certificate for the name in the handshake.
var saysOtherName = topic("unknown server name", "unrecognized name", "unrecognized_name", "tlsv1_unrecognized_name", "alert unrecognized name", "unrecognised name")

func (c *Case) tlsAddress() string {
	host := c.peer()
	if portOf(host) == "" {
		return host + ":443"
	}
	return host
}
