package wire

import "github.com/faultline-http/faultline"

// Faults of clients that speak another protocol to this port, or send a body
// where a head should be.
var (
	tlsHello     = foreignFault("tls-client-hello", "tls.plain-http-to-https", "TLS was spoken to a port that expects plain HTTP%s", "RFC 8446, section 5.1", "begin the address with `http://` here, or send it to the port for TLS")
	ssl2Hello    = foreignFault("ssl2-client-hello", "tls.plain-http-to-https", "SSL 2 was spoken to a port that expects plain HTTP", "RFC 5246, appendix E.2", "begin the address with `http://` here; for TLS, use a client that knows version 1.2")
	http2Preface = declare(Fault{
		Name: "http2-preface", Topic: Version, Cause: "protocol.version", Status: 505,
		Words: "HTTP/2 was begun without being negotiated: this port takes HTTP/1.1", Want: "HTTP/1.1",
		Source: "RFC 9113, section 3.3", Fix: "let the client speak HTTP/1.1 here, or HTTP/2 over TLS",
	})
	http2Frames = declare(Fault{
		Name: "http2-frames", Topic: Version, Cause: "protocol.version", Status: 505,
		Words: "a frame of HTTP/2 came without the preface of a connection", Want: "HTTP/1.1",
		Source: "RFC 9113, section 3.4", Fix: "open a new connection, and speak HTTP/1.1 here",
	})
	proxyV1        = foreignFault("proxy-protocol-v1", "protocol.not-http", "a PROXY header of version 1 came where none is expected", "PROXY protocol, section 2.1", "switch the PROXY protocol off in the balancer before this port, or on here")
	proxyV2        = foreignFault("proxy-protocol-v2", "protocol.not-http", "a PROXY header of version 2 came where none is expected", "PROXY protocol, section 2.2", "switch the PROXY protocol off in the balancer before this port, or on here")
	sshBanner      = foreignFault("ssh-banner", "protocol.not-http", "an SSH client opened the connection", "RFC 4253, section 4.2", "connect to the port of the SSH server")
	mailCommand    = foreignFault("smtp-command", "protocol.not-http", "the SMTP command `%s` was sent", "RFC 5321, section 4.1", "connect to the port of the mail server")
	ftpCommand     = foreignFault("ftp-command", "protocol.not-http", "the command `%s` of FTP or POP3 was sent", "RFC 959, section 4.1, and RFC 1939", "connect to the port of that server")
	redisCommand   = foreignFault("redis-command", "protocol.not-http", "a command of Redis was sent", "RESP, the protocol of Redis", "connect to the port of Redis, mostly 6379")
	postgresStart  = foreignFault("postgres-startup", "protocol.not-http", "a PostgreSQL client opened the connection", "PostgreSQL, message formats", "connect to the port of PostgreSQL, mostly 5432")
	mqttConnect    = foreignFault("mqtt-connect", "protocol.not-http", "an MQTT client opened the connection", "MQTT 3.1.1, section 3.1", "connect to the port of the MQTT broker, mostly 1883")
	amqpHeader     = foreignFault("amqp-header", "protocol.not-http", "an AMQP client opened the connection", "AMQP 0-9-1, section 4.2.2", "connect to the port of the AMQP broker, mostly 5672")
	rdpConnect     = foreignFault("rdp-connect", "protocol.not-http", "a client of Remote Desktop opened the connection", "RFC 1006, section 6", "connect to the port of the RDP server, mostly 3389")
	memcacheCall   = foreignFault("memcached-command", "protocol.not-http", "the command `%s` of memcached was sent", "memcached, protocol.txt", "connect to the port of memcached, mostly 11211")
	smbNegotiate   = foreignFault("smb-negotiate", "protocol.not-http", "an SMB client opened the connection", "MS-SMB2, section 2.1", "connect to the port of the file server, mostly 445")
	ldapBind       = foreignFault("ldap-message", "protocol.not-http", "a message of LDAP was sent", "RFC 4511, section 4.1.1", "connect to the port of the LDAP server, mostly 389")
	socks4Connect  = foreignFault("socks4-connect", "protocol.not-http", "a SOCKS 4 client opened the connection", "SOCKS 4, CONNECT", "configure this address as an HTTP proxy, not as a SOCKS proxy")
	socks5Greeting = foreignFault("socks5-greeting", "protocol.not-http", "a SOCKS 5 client opened the connection", "RFC 1928, section 3", "configure this address as an HTTP proxy, not as a SOCKS proxy")
	torrent        = foreignFault("bittorrent-handshake", "protocol.not-http", "a BitTorrent client opened the connection", "BEP 3", "connect to a BitTorrent peer")
	webSocketFrame = foreignFault("websocket-frame", "protocol.not-http", "a WebSocket frame came before the handshake was done", "RFC 6455, section 4.1", "wait for the answer 101 before sending frames")
	grpcMessage    = foreignFault("grpc-message", "protocol.not-http", "a gRPC message came without the HTTP/2 that carries it", "gRPC over HTTP/2, Length-Prefixed-Message", "use a gRPC client, which speaks HTTP/2")

	jsonAlone     = foreignFault("json-without-head", "protocol.not-http", "JSON came where a request line should be", "RFC 9112, section 3", "send a request line, the header and an empty line before the body; if a request went before it on this connection, its Content-Length was too short")
	xmlAlone      = foreignFault("xml-without-head", "protocol.not-http", "XML or HTML came where a request line should be", "RFC 9112, section 3", "send a request line, the header and an empty line before the body; if a request went before it on this connection, its Content-Length was too short")
	formAlone     = foreignFault("form-without-head", "content.length-mismatch", "the body of a form came where a request line should be: the Content-Length of the request before it was probably too short", "RFC 9112, section 6.3", "count the bytes of the body, not its characters, and send that as Content-Length")
	chunkAlone    = foreignFault("chunk-without-head", "content.length-mismatch", "a chunk came where a request line should be: the request before it ended earlier for this reader than for the sender", "RFC 9112, section 6.3", "send either Content-Length or `Transfer-Encoding: chunked`, and end a chunked body with `0` and an empty line")
	gzipAlone     = foreignFault("compressed-without-head", "content.length-mismatch", "compressed bytes came where a request line should be: the Content-Length of the request before it was probably too short", "RFC 9112, section 6.3", "count the bytes after compression, and send that as Content-Length")
	statusLine    = foreignFault("status-line-as-request", "protocol.not-http", "a status line came where a request is expected: somebody answers on a connection on which they should ask", "RFC 9112, section 4", "connect the two the other way round: this end is a server")
	byteOrderMark = foreignFault("byte-order-mark", "protocol.not-http", "a byte order mark stands before the method", "RFC 9112, section 2.2: a head is parsed as bytes of ASCII", "save the file without a byte order mark")
	utf16Text     = foreignFault("utf-16", "protocol.not-http", "the request is written in UTF-16", "RFC 9112, section 2.2: a head is parsed as bytes of ASCII", "send the head in ASCII")
)

func foreignFault(name string, cause faultline.Slug, words, source, fix string) *Fault {
	return declare(Fault{
		Name: name, Topic: OtherProtocol, Cause: cause, Status: 400,
		Words: words, Want: "a request line such as `GET / HTTP/1.1`", Source: source, Fix: fix,
	})
}
