package causes_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// clientTexts are whole messages of clients, by what is true of the call.
var clientTexts = map[faultline.Slug][]string{
	"network.dns": {
		"curl: (6) Could not resolve host: api.example.invalid",
		"curl: (28) Resolving timed out after 5000 milliseconds",
		"curl: (5) Could not resolve proxy: proxy.example.com",
		"Get \"https://api.example.com/\": dial tcp: lookup api.example.com: Temporary failure in name resolution",
		"Error: getaddrinfo EAI_AGAIN api.example.com",
		"FetchError: request to https://api.example.com/ failed, reason: getaddrinfo ENOTFOUND api.example.com",
		"requests.exceptions.ConnectionError: HTTPSConnectionPool(host='api.example.com', port=443): Max retries exceeded with url: / (Caused by NameResolutionError(\"<urllib3.connection.HTTPSConnection object at 0x7f>: Failed to resolve 'api.example.com' ([Errno -2] Name or service not known)\"))",
		"httpx.ConnectError: [Errno 8] nodename nor servname provided, or not known",
		"aiohttp.client_exceptions.ClientConnectorDNSError: Cannot connect to host api.example.com:443 ssl:default [Name or service not known]",
		"java.net.UnknownHostException: api.example.com: nodename nor servname provided, or not known",
		"Unable to resolve host \"api.example.com\": No address associated with hostname",
		"java.nio.channels.UnresolvedAddressException",
		"System.Net.Http.HttpRequestException: No such host is known. (api.example.com:443)",
		"System.Net.Http.HttpRequestException: Name or service not known (api.example.com:443)",
		"The remote name could not be resolved: 'api.example.com'",
		"SocketError: Failed to open TCP connection to api.example.com:443 (getaddrinfo: Name or service not known)",
		"cURL error 6: Could not resolve host: api.example.com (see https://curl.haxx.se/libcurl/c/libcurl-errors.html)",
		"php_network_getaddresses: getaddrinfo failed: Name or service not known",
		"error sending request for url (https://api.example.com/): error trying to connect: dns error: failed to lookup address information: Name or service not known",
		"SocketException: Failed host lookup: 'api.example.com' (OS Error: No address associated with hostname, errno = 7)",
		"Error Domain=NSURLErrorDomain Code=-1003 \"A server with the specified hostname could not be found.\"",
		"net::ERR_NAME_NOT_RESOLVED", "NS_ERROR_UNKNOWN_HOST", "%Mint.TransportError{reason: :nxdomain}",
		"wget: unable to resolve host address 'api.example.com'",
		"rpc error: code = Unavailable desc = name resolver error: produced zero addresses",
	},
	"network.refused": {
		"curl: (7) Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server",
		"curl: (7) Failed to connect to 127.0.0.1 port 12002: Connection refused",
		"dial tcp 127.0.0.1:9807: connect: connection refused",
		"connect ECONNREFUSED 127.0.0.1:12007",
		"TypeError: fetch failed { cause: AggregateError [ECONNREFUSED]: connect ECONNREFUSED ::1:3000 }",
		"AxiosError: connect ECONNREFUSED 127.0.0.1:3000",
		"System.Net.Http.HttpRequestException: Connection refused (localhost:5000)",
		"rpc error: code = Unavailable desc = connection error: desc = \"transport: Error while dialing: dial tcp 127.0.0.1:50051: connect: connection refused\"",
		"NS_ERROR_CONNECTION_REFUSED", "java.net.ConnectException: Connection refused: connect",
		"Failed to connect to localhost/127.0.0.1:8080",
	},
	"network.timeout": {
		"curl: (28) Operation timed out after 5001 milliseconds with 0 bytes received",
		"curl: (28) SSL connection timeout",
		"AxiosError: timeout of 5000ms exceeded", "Error: ESOCKETTIMEDOUT", "ConnectTimeoutError: Connect Timeout Error",
		"TypeError: fetch failed cause: HeadersTimeoutError: Headers Timeout Error code: UND_ERR_HEADERS_TIMEOUT",
		"requests.exceptions.ConnectTimeout: HTTPSConnectionPool(host='203.0.113.9', port=443): Max retries exceeded with url: / (Caused by ConnectTimeoutError(<urllib3.connection.HTTPSConnection object at 0x7f>, 'Connection to 203.0.113.9 timed out. (connect timeout=3)'))",
		"java.net.SocketTimeoutException: connect timed out", "java.net.SocketTimeoutException: timeout",
		"System.Threading.Tasks.TaskCanceledException: The request was canceled due to the configured HttpClient.Timeout of 5 seconds elapsing. ---> System.TimeoutException: The operation was canceled.",
		"context deadline exceeded (Client.Timeout exceeded while awaiting headers)", "dial tcp 203.0.113.9:443: i/o timeout",
		"Net::OpenTimeout: Failed to open TCP connection to api.example.com:443 (execution expired)",
		"operation timed out", "NSURLErrorDomain Code=-1001 \"The request timed out.\"", "net::ERR_TIMED_OUT", "NS_ERROR_NET_TIMEOUT",
		"DEADLINE_EXCEEDED: deadline exceeded after 4.99s", "httpx.PoolTimeout",
	},
	"network.reset": {
		"curl: (52) Empty reply from server", "curl: (56) Recv failure: Connection reset by peer", "curl: (55) Send failure: Broken pipe",
		"read tcp 10.0.0.2:4444->203.0.113.9:443: read: connection reset by peer", "Post \"https://api.example.com/\": EOF",
		"http2: server sent GOAWAY and closed the connection; LastStreamID=1, ErrCode=NO_ERROR, debug=\"\"",
		"Error: read ECONNRESET", "Error: write EPIPE", "TypeError: fetch failed cause: SocketError: other side closed",
		"('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))",
		"httpx.ReadError: [Errno 104] Connection reset by peer", "httpcore.RemoteProtocolError: Server disconnected without sending a response.",
		"org.apache.http.NoHttpResponseException: The target server failed to respond", "java.net.SocketException: Broken pipe (Write failed)",
		"System.Net.Http.HttpRequestException: An error occurred while sending the request. ---> System.IO.IOException: The response ended prematurely.",
		"Errno::ECONNRESET: Connection reset by peer", "net::ERR_CONNECTION_RESET", "NS_ERROR_NET_RESET",
		"error sending request for url (http://api.example.com/): connection closed before message completed",
		"NSURLErrorDomain Code=-1005 \"The network connection was lost.\"",
		"BadStatusLine(\"''\")", "curl: (56) OpenSSL SSL_read: OpenSSL/3.0.19: error:0A000126:SSL routines::unexpected eof while reading, errno 0",
	},
	"network.client-closed": {
		"Get \"https://api.example.com/\": context canceled", "AbortError: This operation was aborted", "CanceledError: canceled",
		"java.util.concurrent.CancellationException", "asyncio.exceptions.CancelledError", "java.io.IOException: Canceled",
	},
	"tls.certificate": {
		"curl: (60) SSL certificate problem: self-signed certificate",
		"curl: (60) SSL: no alternative certificate subject name matches target host name 'api.example.com'",
		"curl: (51) SSL: certificate subject name 'other' does not match target host name 'api.example.com'",
		"curl: (77) error setting certificate verify locations:  CAfile: /x.pem CApath: none",
		"curl: (90) SSL: public key does not match pinned public key",
		"curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority that is not trusted.",
		"curl: (35) schannel: next InitializeSecurityContext failed: CRYPT_E_NO_REVOCATION_CHECK (0x80092012) - The revocation function was unable to check revocation for the certificate.",
		"curl: (60) schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322) - The target principal name is incorrect.",
		"tls: failed to verify certificate: x509: certificate signed by unknown authority",
		"x509: certificate is valid for other.example.com, not api.example.com", "x509: certificate relies on legacy Common Name field, use SANs instead",
		"Error: unable to get local issuer certificate", "Error: self-signed certificate in certificate chain", "Error: certificate has expired { code: 'CERT_HAS_EXPIRED' }",
		"SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch, certificate is not valid for 'api.example.com'. (_ssl.c:1006)'))",
		"OSError: Could not find a suitable TLS CA certificate bundle, invalid path: /x.pem",
		"sun.security.validator.ValidatorException: PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed",
		"javax.net.ssl.SSLHandshakeException: java.security.cert.CertificateException: No name matching api.example.com found",
		"java.security.InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty",
		"javax.net.ssl.SSLPeerUnverifiedException: Certificate pinning failure!",
		"System.Security.Authentication.AuthenticationException: The remote certificate is invalid because of errors in the certificate chain: NotTimeValid",
		"The remote certificate is invalid according to the validation procedure.", "Could not establish trust relationship for the SSL/TLS secure channel.",
		"NSURLErrorDomain Code=-1202 \"The certificate for this server is invalid.\"", "net::ERR_CERT_DATE_INVALID", "SEC_ERROR_EXPIRED_CERTIFICATE", "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", "SSL_ERROR_BAD_CERT_DOMAIN",
		"SSL_connect returned=1 errno=0 peeraddr=127.0.0.1:8443 state=error: certificate verify failed (self-signed certificate)",
		"invalid peer certificate: Expired", "HandshakeException: Handshake error in client (OS Error: CERTIFICATE_VERIFY_FAILED: certificate has expired(handshake.cc:359))",
		"ssl.SSLError: [SSL: EE_KEY_TOO_SMALL] ee key too small: certificate key too weak",
	},
	"tls.client-certificate": {
		"curl: (56) OpenSSL SSL_read: OpenSSL/3.0.19: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0",
		"curl: (35) error:0A000412:SSL routines::sslv3 alert bad certificate", "curl: (58) could not load PEM client certificate, OpenSSL error error:02001002, (no key found, wrong pass phrase, or wrong file format?)",
		"remote error: tls: bad certificate", "remote error: tls: unknown certificate authority", "remote error: tls: expired certificate",
		"javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate", "javax.net.ssl.SSLHandshakeException: Received fatal alert: certificate_required",
		"Error: 40C7:error:0A000412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:1590:SSL alert number 42",
		"ssl.SSLError: [SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required (_ssl.c:2580)",
		"[X509: KEY_VALUES_MISMATCH] key values mismatch (_ssl.c:4067)", "received fatal alert: CertificateRequired", "net::ERR_BAD_SSL_CLIENT_AUTH_CERT",
		"tls: private key does not match public key", "curl: (35) error:0A000418:SSL routines::tlsv1 alert unknown ca",
	},
	"tls.plain-http-to-https": {
		"curl: (35) error:0A00010B:SSL routines::wrong version number", "curl: (35) error:1408F10B:SSL routines:ssl3_get_record:wrong version number",
		"curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_INVALID_TOKEN (0x80090308) - The token supplied to the function is invalid",
		"http: server gave HTTP response to HTTPS client", "tls: first record does not look like a TLS handshake",
		"net/http: HTTP/1.x transport connection broken: malformed HTTP response \"\\x15\\x03\\x01\\x00\\x02\\x02\"",
		"Error: write EPROTO 40C7:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:355:",
		"SSLError(SSLError(1, '[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)'))", "[SSL: RECORD_LAYER_FAILURE] record layer failure (_ssl.c:1006)",
		"javax.net.ssl.SSLException: Unsupported or unrecognized SSL message", "javax.net.ssl.SSLException: Unrecognized SSL message, plaintext connection?",
		"System.IO.IOException: Cannot determine the frame size or a corrupted frame was received.", "The handshake failed due to an unexpected packet format.",
		"received corrupt message of type InvalidContentType", "SSL_ERROR_RX_RECORD_TOO_LONG", "HandshakeException: Handshake error in client (OS Error: WRONG_VERSION_NUMBER(tls_record.cc:242))",
		"BadStatusLine('\\x15\\x03\\x03\\x00\\x02\\x02P')",
	},
	"tls.handshake": {
		"curl: (35) error:0A00042E:SSL routines::tlsv1 alert protocol version", "curl: (35) error:0A000102:SSL routines::unsupported protocol",
		"curl: (35) OpenSSL/3.0.19: error:0A000410:SSL routines::sslv3 alert handshake failure", "curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to api.example.com:443",
		"curl: (35) error:0A000152:SSL routines::unsafe legacy renegotiation disabled", "curl: (35) TLS connect error: error:0A000126:SSL routines::unexpected eof while reading",
		"curl: (35) LibreSSL/3.3.6: error:1404B42E:SSL routines:ST_CONNECT:tlsv1 alert protocol version", "curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_ALGORITHM_MISMATCH (0x80090331) - The client and server cannot communicate, because they do not possess a common algorithm.",
		"remote error: tls: handshake failure", "tls: server selected unsupported protocol version 301", "remote error: tls: unrecognized name",
		"javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure", "javax.net.ssl.SSLHandshakeException: No appropriate protocol (protocol is disabled or cipher suites are inappropriate)", "javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake",
		"The request was aborted: Could not create SSL/TLS secure channel.", "NSURLErrorDomain Code=-1200 \"A TLS error caused the secure connection to fail.\"",
		"net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "SSL_ERROR_UNSUPPORTED_VERSION", "SSL_ERROR_NO_CYPHER_OVERLAP", "received fatal alert: ProtocolVersion",
		"ssl.SSLError: [SSL: TLSV1_ALERT_PROTOCOL_VERSION] tlsv1 alert protocol version (_ssl.c:1006)", "Client network socket disconnected before secure TLS connection was established",
		"[SSL: UNSAFE_LEGACY_RENEGOTIATION_DISABLED] unsafe legacy renegotiation disabled (_ssl.c:1006)",
	},
	"protocol.version": {
		"curl: (1) Received HTTP/0.9 when not allowed", "curl: (16) Error in the HTTP2 framing layer", "curl: (8) Weird server reply", "curl: (92) HTTP/2 stream 1 was not closed cleanly: HTTP_1_1_REQUIRED (err 13)",
		"net/http: HTTP/1.x transport connection broken: malformed HTTP response \"\\x00\\x00\\x12\\x04\\x00\\x00\\x00\\x00\\x00\\x00\"", "malformed HTTP status code \"banner\"", "Get \"http://127.0.0.1:2222/\": readLoopPeekFailLocked: %!w(<nil>)", "http2: frame too large",
		"Parse Error: Expected HTTP/, RTSP/ or ICE/ { code: 'HPE_INVALID_CONSTANT' }", "rpc error: code = Unavailable desc = connection error: desc = \"error reading server preface: http2: frame too large\"",
		"BadStatusLine('SSH-2.0-OpenSSH_9.2p1')", "httpx.RemoteProtocolError: illegal status line: bytearray(b'SSH-2.0-OpenSSH_9.2p1')", "java.io.IOException: Invalid status line: \"SSH-2.0\"",
		"Received an invalid status line: 'SSH-2.0-OpenSSH_9.2'.", "remote error: tls: no application protocol", "invalid HTTP version parsed",
	},
	"redirect.loop": {
		"curl: (47) Maximum (50) redirects followed", "Get \"/v1/a\": stopped after 10 redirects", "requests.exceptions.TooManyRedirects: Exceeded 30 redirects.", "httpx.TooManyRedirects: Exceeded maximum allowed redirects.",
		"TypeError: fetch failed cause: Error: redirect count exceeded", "AxiosError: Maximum number of redirects exceeded", "net::ERR_TOO_MANY_REDIRECTS", "NS_ERROR_REDIRECT_LOOP", "java.net.ProtocolException: Too many follow-up requests: 21",
		"java.net.ProtocolException: Server redirected too many times (20)", "org.apache.http.client.CircularRedirectException: Circular redirect to 'https://api.example.com/'", "Will not follow more than 5 redirects", "error following redirect for url (http://api.example.com/): too many redirects",
		"RedirectException: Redirect loop detected", "NSURLErrorDomain Code=-1007 \"too many HTTP redirects\"", "Too many automatic redirections were attempted.", "20 redirections exceeded.",
	},
	"response.truncated": {
		"curl: (18) transfer closed with 470 bytes remaining to read", "curl: (18) transfer closed with outstanding read data remaining", "curl: (56) Malformed encoding found in chunked-encoding", "unexpected EOF",
		"IncompleteRead(43 bytes read, 469 more expected)", "(\"Connection broken: InvalidChunkLength(got length b'', 0 bytes read)\", InvalidChunkLength(got length b'', 0 bytes read))", "httpx.RemoteProtocolError: peer closed connection without sending complete message body (received 43 bytes, expected 512)",
		"aiohttp.client_exceptions.ClientPayloadError: Response payload is not completed", "TypeError: terminated; cause: SocketError: other side closed", "net::ERR_CONTENT_LENGTH_MISMATCH", "net::ERR_INCOMPLETE_CHUNKED_ENCODING", "NS_ERROR_NET_PARTIAL_TRANSFER",
		"org.apache.http.ConnectionClosedException: Premature end of Content-Length delimited message body (expected: 512; received: 43)", "java.io.IOException: fixed content-length: 512, bytes received: 43", "java.io.IOException: Premature EOF", "The response ended prematurely, with at least 469 additional bytes expected.",
		"error decoding response body: unexpected EOF during chunk size line", "HttpException: Connection closed while receiving data", "cURL error 18: transfer closed with 469 bytes remaining to read", "invalid byte in chunk length: malformed chunked encoding",
	},
	"response.encoding": {
		"gzip: invalid header", "curl: (61) Error while processing content unencoding: incorrect header check", "curl: (61) Unrecognized content encoding type. libcurl understands deflate, gzip, br, zstd content encodings.",
		"requests.exceptions.ContentDecodingError: ('Received response with content-encoding: gzip, but failed to decode it.', error('Error -3 while decompressing data: incorrect header check'))", "httpx.DecodingError: Error -3 while decompressing data: incorrect header check",
		"TypeError: terminated cause: Error: incorrect header check { code: 'Z_DATA_ERROR' }", "java.util.zip.ZipException: Not in GZIP format", "System.IO.InvalidDataException: The magic number in GZip header is not correct. Make sure you are passing in a GZip stream.", "net::ERR_CONTENT_DECODING_FAILED", "NS_ERROR_INVALID_CONTENT_ENCODING",
		"Zlib::GzipFile::Error: not in gzip format", "NSURLErrorDomain Code=-1015 \"cannot decode raw data\"", "aiohttp.client_exceptions.ClientPayloadError: 400, message='Can not decode content-encoding: gzip'",
	},
	"response.not-json": {
		"SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON", "SyntaxError: Unexpected token < in JSON at position 0", "SyntaxError: Unexpected end of JSON input", "JSONDecodeError: Expecting value: line 1 column 1 (char 0)", "invalid character '<' looking for beginning of value",
		"com.fasterxml.jackson.core.JsonParseException: Unexpected character ('<' (code 60)): expected a valid value", "'<' is an invalid start of a value. Path: $ | LineNumber: 0 | BytePositionInLine: 0.", "Newtonsoft.Json.JsonReaderException: Unexpected character encountered while parsing value: <. Path '', line 0, position 0.",
		"com.google.gson.JsonSyntaxException: java.lang.IllegalStateException: Expected BEGIN_OBJECT but was STRING at line 1 column 1 path $", "expected value at line 1 column 1", "FormatException: Unexpected character (at character 1)\n<!DOCTYPE html>", "JSON Parse error: Unrecognized token '<'", "aiohttp.client_exceptions.ContentTypeError: 200, message='Attempt to decode JSON with unexpected mimetype: text/html'",
	},
	"response.header-too-large": {
		"Error: Parse Error: Header overflow", "HeadersOverflowError: Headers Overflow Error code: UND_ERR_HEADERS_OVERFLOW", "net/http: server response headers exceeded 10485760 bytes; aborted", "The HTTP response headers length exceeded the set limit of 65536 bytes.", "net::ERR_RESPONSE_HEADERS_TOO_BIG", "http.client.HTTPException: got more than 100 headers",
	},
	"content.length-mismatch": {
		"RequestContentLengthMismatchError: Request body length does not match content-length header", "http: ContentLength=10 with Body length 5", "h11._util.LocalProtocolError: Too little data for declared Content-Length", "Bytes to be written to the stream exceed the Content-Length bytes size specified.",
	},
	"gateway.proxy-auth": {
		"curl: (56) CONNECT tunnel failed, response 407", "curl: (56) Received HTTP code 407 from proxy after CONNECT", "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))", "java.io.IOException: Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 407 Proxy Authentication Required\"", "Get \"https://api.example.com/\": Proxy Authentication Required",
		"The proxy tunnel request to proxy 'http://proxy:3128/' failed with status code '407'.",
	},
	"header.not-allowed": {
		"java.lang.IllegalArgumentException: restricted header name: \"Host\"", "Refused to set unsafe header \"Content-Length\"", "InvalidArgumentError: invalid connection header", "Misused header name, 'Content-Type'. Make sure request headers are used with HttpRequestMessage",
	},
	"url.syntax": {"curl: (3) URL using bad/illegal format or missing URL", "requests.exceptions.MissingSchema: Invalid URL 'api.example.com/v1': No scheme supplied. Perhaps you meant https://api.example.com/v1?"},
}

func TestTextsOfClients(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for want, texts := range clientTexts {
		for _, text := range texts {
			d := engine.Diagnose(&faultline.Exchange{
				Request: faultline.Request{Method: "GET", Scheme: "https", Host: "api.example.com", Target: "/v1/orders"},
				Failure: &faultline.Failure{Text: text},
			})
			if first, _ := d.Primary(); first.Cause.Slug != want {
				t.Errorf("%q is diagnosed as %q, want %q; all: %s", text, first.Cause.Slug, want, slugs(d))
			}
		}
	}
}
