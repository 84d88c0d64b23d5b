package causes_test

import (
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// TestWordsOfClients holds what client libraries say against the cause that they mean. An empty cause
// is one that the catalogue has no page for, so that nothing may be claimed.
func TestWordsOfClients(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range []struct {
		want faultline.Slug
		said string
	}{
		{"network.refused", "dial tcp [::1]:8080: connect: connection refused"},
		{"network.refused", "curl: (7) Failed to connect to localhost port 8080 after 0 ms: Couldn't connect to server"},
		{"network.refused", "error trying to connect: tcp connect error: Connection refused (os error 111)"},
		{"network.refused", "java.net.ConnectException: Connection refused"},
		{"network.refused", "No connection could be made because the target machine actively refused it. (localhost:5001)"},
		{"network.refused", "Failed to open TCP connection to localhost:3000 (Connection refused - connect(2) for \"localhost\" port 3000)"},
		{"network.refused", "httpx.ConnectError: All connection attempts failed"},
		{"network.refused", "Cannot connect to host localhost:8080 ssl:default [Connect call failed ('127.0.0.1', 8080)]"},
		{"network.refused", "connect ECONNREFUSED ::1:3000"},
		{"network.refused", "net::ERR_CONNECTION_REFUSED"},
		{"network.refused", "cURL error 7: Failed to connect to api.example.com port 443: Connection refused (see https://curl.haxx.se/libcurl/c/libcurl-errors.html)"},
		{"network.refused", "java.net.NoRouteToHostException: No route to host"},
		{"network.refused", "connect EHOSTUNREACH 10.0.0.7:443"},
		{"network.refused", "SocketException: Connection refused (OS Error: Connection refused, errno = 111), address = localhost, port = 41222"},
		{"network.timeout", "curl: (28) Failed to connect to api.example.com port 443 after 130523 ms: Couldn't connect to server"},
		{"network.timeout", "curl: (28) Connection timed out after 5001 milliseconds"},
		{"network.timeout", "java.net.SocketTimeoutException: Read timed out"},
		{"network.timeout", "java.net.http.HttpConnectTimeoutException: HTTP connect timed out"},
		{"network.timeout", "Net::OpenTimeout: execution expired"},
		{"network.timeout", "Net::ReadTimeout with #<TCPSocket:(closed)>"},
		{"network.timeout", "The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing."},
		{"network.timeout", "A connection attempt failed because the connected party did not properly respond after a period of time"},
		{"network.timeout", "timeout of 5000ms exceeded"},
		{"network.timeout", "UND_ERR_HEADERS_TIMEOUT Headers Timeout Error"},
		{"network.timeout", "UND_ERR_CONNECT_TIMEOUT Connect Timeout Error (attempted address: api.example.com:443, timeout: 10000ms)"},
		{"network.timeout", "httpx.ReadTimeout"},
		{"network.timeout", "net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)"},
		{"network.timeout", "net::ERR_CONNECTION_TIMED_OUT"},
		{"network.timeout", "connect ETIMEDOUT 203.0.113.9:443"},
		{"network.timeout", "dial tcp 203.0.113.9:443: connect: connection timed out"},
		{"network.reset", "read ECONNRESET"},
		{"network.reset", "Error: socket hang up"},
		{"network.reset", "httpx.RemoteProtocolError: Server disconnected without sending a response."},
		{"network.reset", "java.net.SocketException: Connection reset"},
		{"network.reset", "org.apache.http.NoHttpResponseException: api.example.com:443 failed to respond"},
		{"network.reset", "http: server closed idle connection"},
		{"network.reset", "An existing connection was forcibly closed by the remote host."},
		{"network.reset", "net::ERR_EMPTY_RESPONSE"},
		{"network.reset", "connection closed before message completed"},
		{"network.reset", "write tcp 10.0.0.2:4444->203.0.113.9:443: write: broken pipe"},
		{"network.reset", "EOFError: end of file reached"},
		{"network.reset", "The network connection was lost."},
		{"tls.certificate", "x509: certificate has expired or is not yet valid: current time 2026-11-21T00:27:58Z is after 2026-11-01T00:00:00Z"},
		{"tls.certificate", "tls: failed to verify certificate: x509: cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs"},
		{"tls.certificate", "javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target"},
		{"tls.certificate", "java.security.cert.CertificateException: No subject alternative DNS name matching api.example.com found."},
		{"tls.certificate", "The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch"},
		{"tls.certificate", "SSL_connect returned=1 errno=0 state=error: certificate verify failed (certificate has expired)"},
		{"tls.certificate", "cURL error 60: SSL certificate problem: unable to get local issuer certificate"},
		{"tls.certificate", "unable to verify the first certificate"},
		{"tls.certificate", "ERR_TLS_CERT_ALTNAME_INVALID Hostname/IP does not match certificate's altnames: Host: api.example.com."},
		{"tls.certificate", "net::ERR_CERT_AUTHORITY_INVALID"},
		{"tls.certificate", "invalid peer certificate: UnknownIssuer"},
		{"tls.certificate", "SEC_ERROR_UNKNOWN_ISSUER"},
		{"tls.certificate", "HandshakeException: Handshake error in client (OS Error: CERTIFICATE_VERIFY_FAILED: self signed certificate(handshake.cc:393))"},
		{"network.dns", "getaddrinfo ENOTFOUND api.example.com"},
		{"network.dns", "dial tcp: lookup api.example.com on 10.0.0.2:53: read udp: i/o timeout: no such host"},
		{"network.client-closed", "context canceled"},
		{"network.client-closed", "AbortError: This operation was aborted"},
		{"network.client-closed", "DOMException [AbortError]: The user aborted a request."},
		{"network.client-closed", "net::ERR_ABORTED"},
		{"network.client-closed", "CanceledError: canceled, code ERR_CANCELED"},
		{"network.client-closed", "System.Threading.Tasks.TaskCanceledException: A task was canceled."},
		{"network.client-closed", "the client closed the connection before the answer was complete"},
		{"network.client-closed", "the client broke off its request: read tcp 127.0.0.1:8080->127.0.0.1:5000: read: connection reset by peer"},
		{"network.client-closed", "the client broke off its request: read tcp 127.0.0.1:8080->127.0.0.1:5000: i/o timeout"},
		{"network.timeout", "TimeoutError: The operation was aborted due to timeout"},
		{"tls.client-certificate", "remote error: tls: certificate required"},
		{"tls.client-certificate", "received fatal alert: bad_certificate"},
		{"tls.plain-http-to-https", "http: server gave HTTP response to HTTPS client"},
		{"tls.plain-http-to-https", "curl: (35) error:0A00010B:SSL routines::wrong version number"},
		{"response.truncated", "curl: (18) transfer closed with 470 bytes remaining to read"},
		{"", "TypeError: Failed to fetch"},
	} {
		ex := &faultline.Exchange{
			Request: faultline.Request{Method: "GET", Scheme: "https", Host: "api.example.com", Target: "/v1/orders"},
			Failure: &faultline.Failure{Text: tt.said},
		}
		d := engine.Diagnose(ex)
		first, _ := d.Primary()
		if first.Cause.Slug != tt.want {
			t.Errorf("%q is diagnosed as %q, want %q", tt.said, first.Cause.Slug, tt.want)
		}
		if !d.Failed {
			t.Errorf("%q: the call has not failed", tt.said)
		}
		if tt.want == "" && len(d.Looked) == 0 {
			t.Errorf("%q is unexplained, and nothing says what was looked at", tt.said)
		}
	}
}

// TestWordsOfCertificates tells the faults of certificates apart.
func TestWordsOfCertificates(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range []struct{ brief, said string }{
		{"certificate expired", "x509: certificate has expired or is not yet valid: current time 2026-11-21T00:27:58Z is after 2026-11-01T00:00:00Z"},
		{"certificate not yet valid", "x509: certificate has expired or is not yet valid: current time 2026-11-21T00:27:58Z is before 2027-01-01T00:00:00Z"},
		{"self-signed certificate", "SSL certificate problem: self-signed certificate in certificate chain"},
		{"certificate for another name", "SSL: no alternative certificate subject name matches target host name 'api.example.com'"},
		{"incomplete certificate chain", "UNABLE_TO_VERIFY_LEAF_SIGNATURE unable to verify the first certificate"},
		{"unknown certificate authority", "x509: certificate signed by unknown authority"},
	} {
		ex := &faultline.Exchange{
			Request: faultline.Request{Method: "GET", Scheme: "https", Host: "api.example.com", Target: "/"},
			Failure: &faultline.Failure{Text: tt.said, Phase: faultline.PhaseHandshake},
			Timing:  faultline.Timing{Total: time.Second},
		}
		first, _ := engine.Diagnose(ex).Primary()
		if first.Brief != tt.brief {
			t.Errorf("%q is told as %q, want %q", tt.said, first.Brief, tt.brief)
		}
	}
}

// A client that leaves in the middle of an answer is seen by a proxy, and so is
// one that left before; a 499 that asks for a token is another matter.
func TestClientsThatLeave(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	const gone = "the client closed the connection before the answer was complete"
	for name, tt := range map[string]struct {
		failure  string
		status   int
		body     string
		want     faultline.Slug
		brief    string
		strength faultline.Strength
	}{
		"before the answer": {gone, 0, "", "network.client-closed", "the client hung up after 40 ms", faultline.Proven},
		"in the answer":     {gone, 200, "[1,", "network.client-closed", "the client hung up after 40 ms, half-way through the answer", faultline.Proven},
		"in a log":          {"", 499, "", "network.client-closed", "the client hung up after 40 ms", faultline.Likely},
		"token required":    {"", 499, `{"error":{"code":499,"message":"Token Required"}}`, "auth.missing", "", 0},
	} {
		ex := &faultline.Exchange{
			Vantage: faultline.AtProxy,
			Request: faultline.Request{Method: "GET", Scheme: "https", Host: "api.example.com", Target: "/v1/orders"},
			Timing:  faultline.Timing{Total: 40 * time.Millisecond},
		}
		if tt.failure != "" {
			ex.Failure = &faultline.Failure{Phase: faultline.PhaseWait, Text: tt.failure}
		}
		if tt.status > 0 {
			ex.Response = &faultline.Response{Status: tt.status, Body: faultline.NewBody([]byte(tt.body))}
		}
		first, _ := engine.Diagnose(ex).Primary()
		if first.Cause.Slug != tt.want {
			t.Errorf("%s: diagnosed as %q, want %q", name, first.Cause.Slug, tt.want)
		}
		if tt.brief != "" && (first.Brief != tt.brief || first.Strength != tt.strength || first.WhoActs() != faultline.Client) {
			t.Errorf("%s: got %q, %v, %v", name, first.Brief, first.Strength, first.WhoActs())
		}
	}
}
