package causes_test

import (
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// clientWords are what further client libraries say, in the words of their languages and systems. An
// empty cause is one that the catalogue has no page for.
var clientWords = []struct {
	want faultline.Slug
	said string
	took time.Duration
}{
	// Java and Kotlin
	{"network.refused", "java.net.ConnectException", 0},
	{"network.refused", "io.netty.channel.AbstractChannel$AnnotatedConnectException: finishConnect(..) failed: Connection refused: localhost/127.0.0.1:8080", 0},
	{"network.refused", "org.apache.http.conn.HttpHostConnectException: Connect to localhost:8080 [localhost/127.0.0.1] failed: Connection refused", 0},
	{"network.timeout", "java.net.http.HttpTimeoutException: request timed out", 0},
	{"network.timeout", "io.netty.handler.timeout.ReadTimeoutException", 0},
	{"network.timeout", "org.apache.http.conn.ConnectTimeoutException: Connect to api.example.com:443 [api.example.com/203.0.113.9] failed: connect timed out", 0},
	{"network.reset", "java.io.IOException: HTTP/1.1 header parser received no bytes", 0},
	{"network.reset", "java.io.EOFException: EOF reached while reading", 0},
	{"network.reset", "reactor.netty.http.client.PrematureCloseException: Connection prematurely closed BEFORE response", 0},
	{"network.reset", "java.io.IOException: unexpected end of stream on http://api.example.com/...", 0},
	{"network.reset", "okhttp3.internal.http2.StreamResetException: stream was reset: INTERNAL_ERROR", 0},
	{"network.reset", "java.nio.channels.ClosedChannelException", 0},
	{"network.reset", "java.net.SocketException: Software caused connection abort: recv failed", 0},
	{"tls.certificate", "javax.net.ssl.SSLPeerUnverifiedException: Hostname api.example.com not verified: certificate: sha256/x", 0},
	{"tls.certificate", "java.security.cert.CertPathValidatorException: Trust anchor for certification path not found.", 0},
	{"network.dns", "java.net.UnknownHostException: api.example.com", 0},
	// .NET
	{"network.refused", "System.Net.Sockets.SocketException (10061)", 0},
	{"network.timeout", "System.Net.Sockets.SocketException (10060)", 0},
	{"network.reset", "System.Net.Http.HttpIOException: The response ended prematurely. (ResponseEnded)", 0},
	{"network.reset", "The SSL connection could not be established, see inner exception. Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host.", 0},
	{"tls.certificate", "AuthenticationException: The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot", 0},
	{"network.timeout", "System.TimeoutException: The operation was canceled. ---> TaskCanceledException", 0},
	// Windows
	{"network.refused", "wsarecv: WSAECONNREFUSED 10061", 0},
	{"network.reset", "WSAECONNRESET (10054)", 0},
	{"network.timeout", "WSAETIMEDOUT (10060)", 0},
	{"network.reset", "wsarecv: An established connection was aborted by the software in your host machine.", 0},
	{"network.timeout", "WinHttpSendRequest: 12002: The operation timed out", 0},
	{"network.refused", "WinHttpSendRequest: 12029: A connection with the server could not be established", 0},
	{"network.reset", "WinHttpReceiveResponse: 12030: The connection with the server was terminated abnormally", 0},
	{"network.refused", "Unable to connect to the remote server", 0},
	{"network.reset", "The underlying connection was closed: A connection that was expected to be kept alive was closed by the server.", 0},
	// Apple
	{"network.timeout", "Error Domain=NSURLErrorDomain Code=-1001 \"The request timed out.\"", 0},
	{"network.refused", "Error Domain=NSURLErrorDomain Code=-1004 \"Could not connect to the server.\"", 0},
	{"network.reset", "NSURLErrorDomain error -1005", 0},
	{"network.timeout", "The operation couldn’t be completed. (NSURLErrorDomain error -1001.)", 0},
	{"network.refused", "The operation couldn’t be completed. (NSURLErrorDomain error -1004.)", 0},
	{"tls.certificate", "NSURLErrorDomain Code=-1202 \"The certificate for this server is invalid. You might be connecting to a server that is pretending to be “api.example.com”\"", 0},
	{"tls.certificate", "The operation couldn’t be completed. (NSURLErrorDomain error -1202.)", 0},
	{"network.dns", "The operation couldn’t be completed. (NSURLErrorDomain error -1003.)", 0},
	{"network.client-closed", "The operation couldn’t be completed. (NSURLErrorDomain error -999.)", 0},
	{"network.refused", "The operation couldn’t be completed. (NSPOSIXErrorDomain error 61 - Connection refused)", 0},
	{"network.refused", "NSURLErrorDomain Code=-1009 \"The Internet connection appears to be offline.\"", 0},
	// Python
	{"tls.certificate", "aiohttp.client_exceptions.ClientConnectorCertificateError: Cannot connect to host api.example.com:443 ssl:True [SSLCertVerificationError: (1, 'certificate verify failed: certificate has expired')]", 0},
	{"network.reset", "aiohttp.client_exceptions.ServerDisconnectedError: Server disconnected", 0},
	{"network.timeout", "aiohttp.client_exceptions.ServerTimeoutError: Connection timeout to host https://api.example.com/", 0},
	{"network.timeout", "asyncio.exceptions.TimeoutError", 0},
	{"network.refused", "requests.exceptions.ConnectionError: HTTPConnectionPool(host='localhost', port=5000): Max retries exceeded with url: / (Caused by NewConnectionError('<urllib3.connection.HTTPConnection object at 0x7f>: Failed to establish a new connection: [Errno 111] Connection refused'))", 0},
	{"network.timeout", "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='api.example.com', port=443): Read timed out. (read timeout=5)", 0},
	{"network.reset", "requests.exceptions.ConnectionError: ('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))", 0},
	{"network.refused", "[WinError 10061] No connection could be made because the target machine actively refused it", 0},
	{"network.reset", "http.client.BadStatusLine: No status line received - the server has closed the connection", 0},
	{"network.timeout", "socket.timeout: The read operation timed out", 0},
	// Ruby, Perl, PHP
	{"network.refused", "Errno::ECONNREFUSED: Failed to open TCP connection to localhost:3000", 0},
	{"network.refused", "Faraday::ConnectionFailed: Connection refused - connect(2) for 127.0.0.1:3000", 0},
	{"network.timeout", "Faraday::TimeoutError: Net::ReadTimeout", 0},
	{"network.reset", "Errno::EPIPE: Broken pipe", 0},
	{"network.timeout", "HTTP::ConnectTimeoutError", 0},
	{"network.refused", "500 Can't connect to localhost:4300 (Connection refused)", 0},
	{"network.timeout", "500 Can't connect to api.example.com:443 (Connection timed out)", 0},
	{"network.timeout", "500 read timeout at /usr/share/perl5/Net/HTTP/Methods.pm line 274", 0},
	{"network.reset", "500 Server closed connection without sending any data back", 0},
	{"tls.certificate", "500 Can't connect to api.example.com:443 (certificate verify failed)", 0},
	{"tls.certificate", "Can't connect to api.example.com:443 (hostname verification failed)", 0},
	{"network.dns", "500 Can't connect to api.example.com:443 (Bad hostname)", 0},
	{"network.refused", "file_get_contents(http://localhost:8000/): Failed to open stream: Connection refused", 0},
	{"network.reset", "GuzzleHttp\\Exception\\ConnectException: cURL error 52: Empty reply from server", 0},
	{"network.timeout", "cURL error 28: Operation timed out after 30001 milliseconds with 0 bytes received", 0},
	{"network.reset", "curl: (56) Recv failure: Connection reset by peer", 0},
	// Rust, Dart, Elixir, Erlang, C, Go
	{"network.refused", "reqwest::Error { kind: Request, url: \"http://localhost:3000/\", source: hyper_util::client::legacy::Error(Connect, ConnectError(\"tcp connect error\", Os { code: 111, kind: ConnectionRefused, message: \"Connection refused\" })) }", 0},
	{"network.reset", "hyper::Error(IncompleteMessage)", 0},
	{"network.timeout", "reqwest::Error { kind: Request, url: \"http://api.example.com/\", source: TimedOut }", 0},
	{"tls.certificate", "invalid peer certificate: NotValidForName", 0},
	{"network.reset", "HttpException: Connection closed before full header was received, uri = http://api.example.com/", 0},
	{"network.timeout", "DioException [connection timeout]: The request connection took longer than 0:00:05.000000", 0},
	{"network.timeout", "TimeoutException after 0:00:10.000000: Future not completed", 0},
	{"network.refused", "%Mint.TransportError{reason: :econnrefused}", 0},
	{"network.reset", "%Mint.TransportError{reason: :closed}", 0},
	{"network.timeout", "{failed_connect,[{to_address,{\"api.example.com\",443}},{inet,[inet],etimedout}]}", 0},
	{"network.reset", "socket_closed_remotely", 0},
	{"network.reset", "http2: client connection lost", 0},
	{"network.reset", "http2: Transport received Server's graceful shutdown GOAWAY", 0},
	{"network.timeout", "net/http: TLS handshake timeout", 0},
	// tools and browsers
	{"network.reset", "No data received.", 0},
	{"network.reset", "wget: server returned nothing", 0},
	{"network.refused", "wget: can't connect to remote host (127.0.0.1): Connection refused", 0},
	{"network.reset", "Read error (Connection reset by peer) in headers.", 0},
	{"network.reset", "http: error: ConnectionError: ('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer')) while doing a GET request to URL: http://localhost/", 0},
	{"tls.certificate", "ERROR: The certificate of 'api.example.com' has expired.", 0},
	{"tls.certificate", "ERROR: cannot verify api.example.com's certificate, issued by 'CN=x': Unable to locally verify the issuer's authority.", 0},
	{"tls.certificate", "net::ERR_CERT_COMMON_NAME_INVALID", 0},
	{"network.refused", "NS_ERROR_CONNECTION_REFUSED", 0},
	{"network.reset", "Fetch API cannot load http://api.example.com/ due to: The network connection was lost.", 0},
	{"network.timeout", "ky TimeoutError: Request timed out: GET https://api.example.com/", 0},
	{"network.timeout", "ESOCKETTIMEDOUT", 0},
	{"network.refused", "AggregateError [ECONNREFUSED]:", 0},
	{"network.refused", "ConnectionRefused: Unable to connect. Is the computer able to access the url?", 0},
	{"network.reset", "error: The socket connection was closed unexpectedly. For more information, pass `verbose: true` in the second argument to fetch()", 0},
	{"tls.certificate", "DEPTH_ZERO_SELF_SIGNED_CERT", 0},
	{"network.refused", "error sending request for url (http://localhost:9/): client error (Connect): tcp connect error: Connection refused (os error 61)", 0},
	// look-alikes
	{"url.syntax", "Unsupported protocol scheme \"\"", 0},
	{"", "java.lang.NullPointerException", 0},
	{"", "kCFErrorDomainCFNetwork error 303", 0},
	{"tls.handshake", "javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure", 0},
}

func TestWordsOfFurtherClients(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range clientWords {
		first, _ := engine.Diagnose(&faultline.Exchange{
			Request: faultline.Request{Method: "GET", Scheme: "https", Host: "api.example.com", Target: "/v1/orders"},
			Failure: &faultline.Failure{Text: tt.said},
			Timing:  faultline.Timing{Total: tt.took},
		}).Primary()
		if first.Cause.Slug != tt.want {
			t.Errorf("%q is diagnosed as %q, want %q", tt.said, first.Cause.Slug, tt.want)
		}
	}
}
