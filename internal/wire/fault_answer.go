package wire

// Faults of what servers answer: mostly another protocol, or a status line
// that is none (RFC 9112, section 4). The other faults of answers are those of
// requests: fields, lengths, codings and chunks.
var (
	answerTLS      = answerFault("tls-answer", "the server answered with TLS to plain HTTP: its address wants https://", "RFC 8446, section 5.1", "begin the address of the server with `https://`")
	answerAlert    = answerFault("tls-alert", "the server answered with the TLS alert `%s` to plain HTTP: its address wants https://", "RFC 8446, section 6", "begin the address of the server with `https://`")
	answerHTTP2    = answerFault("http2-answer", "the server answered in HTTP/2 to HTTP/1.1", "RFC 9113, section 3.4", "speak HTTP/2 with this server: `h2c://`")
	answerICY      = answerFault("icy-answer", "the answer begins with ICY: that is a stream of SHOUTcast", "SHOUTcast 1", "ask the server for HTTP/1.1, or connect with a player")
	answerOld      = answerFault("http09-answer", "the answer has no head: that is the form of HTTP/0.9", "RFC 9112, appendix C.1.1", "check the port: what listens there does not answer in HTTP/1.1")
	answerMail     = answerFault("greeting-220", "a mail or FTP server greets with `220`", "RFC 5321, section 4.2", "check the port: a mail or FTP server listens there")
	answerSSH      = answerFault("ssh-answer", "an SSH server greets", "RFC 4253, section 4.2", "check the port: an SSH server listens there")
	answerMySQL    = answerFault("mysql-greeting", "a MySQL server greets", "MySQL, Protocol::HandshakeV10", "check the port: a MySQL server listens there")
	answerPOP      = answerFault("pop-greeting", "a POP3 or IMAP server greets", "RFC 1939 and RFC 9051", "check the port: a mail server listens there")
	answerRedis    = answerFault("redis-answer", "Redis answers", "RESP, the protocol of Redis", "check the port: Redis listens there")
	answerEcho     = answerFault("request-as-answer", "the answer is a request", "RFC 9112, section 4", "check the port: what listens there sends requests, or sends back what it gets")
	answerLeftOver = answerFault("answer-left-over", "the answer begins with the rest of another: the Content-Length of the answer before it was probably too short", "RFC 9112, section 6.3", "count the bytes of each body, not its characters, and send that as Content-Length")
	answerNoHTTP   = answerFault("no-http-answer", "the answer does not begin with HTTP/1.1 or HTTP/1.0", "RFC 9112, section 4", "check the port: another service listens there")
	answerSpace    = answerFault("status-line-leading-space", "white space stands before the status line", "RFC 9112, section 4", "begin the answer with `HTTP/1.1`")
	answerVersion  = answerFault("status-version-malformed", "`%s` is no version such as HTTP/1.1", "RFC 9112, section 2.3", "begin the status line with `HTTP/1.1`")
	answerVersion2 = answerFault("status-version-unsupported", "the answer names the version %s in a status line, which is the form of HTTP/1.1", "RFC 9112, section 2.3", "begin the status line with `HTTP/1.1`")
	statusMissing  = answerFault("status-missing", "the status line has no status", "RFC 9112, section 4", "put the status after the version: three digits")
	statusInvalid  = answerFault("status-invalid", "the status is not a number of three digits", "RFC 9110, section 15", "send a status of three digits")
	statusRange    = answerFault("status-below-100", "the status %s is below 100", "RFC 9110, section 15", "send a status from 100 to 599")
	statusSpaces   = answerFault("status-line-spaces", "more than one space separates the parts of the status line", "RFC 9112, section 4", "put one space between version and status")
	reasonControl  = answerFault("reason-control", "%s stands in the reason phrase", "RFC 9112, section 4", "take the character out of the reason phrase")
)

func answerFault(name, words, source, fix string) *Fault {
	return declare(Fault{
		Name: name, Topic: Syntax, Cause: "gateway.bad-response", Status: 502,
		Words: words, Want: "a status line such as `HTTP/1.1 200 OK`", Source: source, Fix: fix,
	})
}
