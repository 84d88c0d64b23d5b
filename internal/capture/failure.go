package capture

import (
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// phaseWords are words of client libraries that are said in one phase of a
// call only. The first that fits wins, so the order matters: Go writes "dial
// tcp: lookup" for a name and "dial tcp" for a connection.
var phaseWords = []struct {
	phase faultline.Phase
	words []string
}{
	{faultline.PhaseResolve, []string{
		"no such host", "could not resolve", "couldn't resolve", "enotfound", "eai_again", "getaddrinfo", "dial tcp: lookup",
		"name or service not known", "name resolution", "nameresolutionerror", "resolving timed out", "err_name_not_resolved",
		"unknownhostexception", "nodename nor servname",
	}},
	{faultline.PhaseHandshake, []string{
		"x509:", "tls:", "tls handshake", "certificate", "sslerror", "ssl routines", "ssl_error", "ssl connect", "ssl connection timeout",
		"sslhandshakeexception", "self_signed_cert", "self-signed", "unable_to_verify_leaf", "cert_has_expired", "err_tls", "err_ssl", "err_cert",
		"server gave http response to https client", "no alternative certificate subject name", "wrong version number",
	}},
	{faultline.PhaseConnect, []string{
		"connection refused", "econnrefused", "failed to connect", "couldn't connect to server", "could not connect to server", "dial tcp ",
		"network is unreachable", "no route to host", "ehostunreach", "enetunreach", "connecttimeout", "connect_timeout", "newconnectionerror",
		"err_connection_refused", "connection timed out after", "actively refused",
	}},
	{faultline.PhaseSend, []string{"write tcp ", "broken pipe", "epipe", "send failure"}},
	{faultline.PhaseReceive, []string{
		"transfer closed with", "malformed encoding found in chunked", "chunklength", "invalid chunk", "incompleteread",
		"content unencoding", "gzip: invalid", "err_incomplete_chunked", "err_content_length_mismatch", "response_ended_prematurely",
	}},
	{faultline.PhaseWait, []string{
		"timeout awaiting response headers", "empty reply from server", "remotedisconnected", "err_empty_response",
		"headers_timeout", "bytes received", "malformed http status", "malformed http response", "und_err_socket other side closed",
	}},
}

// failure makes a Failure of the words of a client. The phase is set only
// where the words, or the words and the half answer, leave no choice.
func failure(words string, answered bool) *faultline.Failure {
	f := &faultline.Failure{Text: words}
	low := strings.ToLower(words)
	for _, p := range phaseWords {
		for _, w := range p.words {
			if !strings.Contains(low, w) {
				continue
			}
			f.Phase = p.phase
			if answered && f.Phase != faultline.PhaseReceive {
				// An answer was there, so name, connection and handshake were good.
				f.Phase = faultline.PhaseUnknown
			}
			if f.Phase == faultline.PhaseWait && strings.Contains(low, "bytes received") && !strings.Contains(low, "with 0 bytes received") {
				f.Phase = faultline.PhaseReceive
			}
			return f
		}
	}
	return f
}
