package wire

// Faults of the request line (RFC 9112, sections 2.2, 2.3 and 3).
var (
	emptyLines = declare(Fault{
		Name: "empty-lines", Topic: Syntax, Cause: "protocol.syntax", Status: 400,
		Words: "empty lines stand where a message should begin", Want: "a request line, after one empty line at most",
		Source: "RFC 9112, section 2.2", Fix: "send nothing between two messages: what follows a body must be counted in its Content-Length", Plain: true,
	})
	lineSpaceFirst = declare(Fault{
		Name: "request-line-leading-space", Topic: Syntax, Cause: "protocol.syntax", Status: 400,
		Words: "white space stands before the request line", Want: "the method as the first byte",
		Source: "RFC 9112, section 3", Fix: "begin the request with its method", Plain: true,
	})
	lineBareLF = declare(Fault{
		Name: "bare-lf", Topic: Syntax, Cause: "protocol.syntax", Status: 400,
		Words: "the line ends with LF alone, and HTTP ends lines with CR LF", Want: "CR LF",
		Source: "RFC 9112, section 2.2: a recipient may take it, and those that do not see another message", Fix: "end each line of the head with `\\r\\n`", Plain: true,
	})
	bareCR = declare(Fault{
		Name: "bare-cr", Topic: Syntax, Cause: "protocol.syntax", Status: 400,
		Words: "a CR without its LF stands inside %s", Want: "CR only as a part of CR LF",
		Source: "RFC 9112, section 2.2", Fix: "end each line with `\\r\\n`, and take line breaks out of values",
	})
	nulByte = declare(Fault{
		Name: "nul-byte", Topic: Syntax, Cause: "protocol.syntax", Status: 400,
		Words: "a NUL byte stands inside %s", Want: "text",
		Source: "RFC 9110, section 5.5", Fix: "take the NUL bytes out: often the buffer was longer than the text in it",
	})
	methodInvalid = declare(Fault{
		Name: "method-invalid", Topic: Syntax, Cause: "protocol.syntax", Status: 400,
		Words: "%s stands where the method should be", Want: "a method such as `GET`, then one space",
		Source: "RFC 9110, section 9.1", Fix: "begin the request with a method of letters",
	})
	bodyLeftOver = declare(Fault{
		Name: "body-left-over", Topic: Syntax, Cause: "content.length-mismatch", Status: 400,
		Words: "%d bytes stand before the method %s: the Content-Length of the request before it was probably too short", Want: "the method as the first byte",
		Source: "RFC 9112, section 6.3", Fix: "count the bytes of the body, not its characters, and send that as Content-Length", Hidden: true,
	})
	garbage = declare(Fault{
		Name: "no-http", Topic: OtherProtocol, Cause: "protocol.not-http", Status: 400,
		Words: "%s begins no HTTP request", Want: "a request line such as `GET / HTTP/1.1`",
		Source: "RFC 9112, section 3", Fix: "check which protocol the client speaks to this port: here it is HTTP/1.1 without TLS",
	})
	lineTab = declare(Fault{
		Name: "request-line-tab", Topic: Syntax, Cause: "protocol.syntax", Status: 400,
		Words: "%s separates the parts of the request line", Want: "one space",
		Source: "RFC 9112, section 3: parts are told apart by one space; taking more is what splits readers", Fix: "put one space between method, target and version", Plain: true,
	})
	lineSpaces = declare(Fault{
		Name: "request-line-spaces", Topic: Syntax, Cause: "protocol.syntax", Status: 400,
		Words: "more than one space separates the parts of the request line", Want: "one space",
		Source: "RFC 9112, section 3", Fix: "put one space between method, target and version", Plain: true,
	})
	lineSpaceLast = declare(Fault{
		Name: "request-line-trailing-space", Topic: Syntax, Cause: "protocol.syntax", Status: 400,
		Words: "white space stands after the version", Want: "CR LF right after the version",
		Source: "RFC 9112, section 3", Fix: "take out the white space at the end of the request line", Plain: true,
	})
	targetMissing = declare(Fault{
		Name: "target-missing", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "the request line has no request target", Want: "a path such as `/`",
		Source: "RFC 9112, section 3.2", Fix: "put the path between method and version; the shortest is `/`",
	})
	versionMissing = declare(Fault{
		Name: "version-missing", Topic: Version, Cause: "protocol.version", Status: 400,
		Words: "the request line has no version: that is the form of HTTP/0.9", Want: "`HTTP/1.1` at the end of the line",
		Source: "RFC 9112, section 2.3 and appendix C.1.1", Fix: "end the request line with ` HTTP/1.1`", Plain: true,
	})
	versionCase = declare(Fault{
		Name: "version-lower-case", Topic: Version, Cause: "protocol.version", Status: 400,
		Words: "the version `%s` is not written in capitals", Want: "`HTTP/1.1`",
		Source: "RFC 9112, section 2.3: the name of the version is case-sensitive", Fix: "write `HTTP` in capitals", Plain: true,
	})
	versionMalformed = declare(Fault{
		Name: "version-malformed", Topic: Version, Cause: "protocol.version", Status: 400,
		Words: "`%s` is no version such as HTTP/1.1", Want: "`HTTP/`, one digit, a dot and one digit",
		Source: "RFC 9112, section 2.3", Fix: "end the request line with ` HTTP/1.1`", Plain: true,
	})
	versionUnsupported = declare(Fault{
		Name: "version-unsupported", Topic: Version, Cause: "protocol.version", Status: 505,
		Words: "the version %s is not supported in a message of text: HTTP/1.1 and HTTP/1.0 are", Want: "`HTTP/1.1`",
		Source: "RFC 9110, section 15.6.6", Fix: "send HTTP/1.1; HTTP/2 and HTTP/3 are negotiated and have no request line", Plain: true,
	})
	otherVersion = declare(Fault{
		Name: "version-of-another-protocol", Topic: OtherProtocol, Cause: "protocol.not-http", Status: 400,
		Words: "the request line names %s, which is another protocol than HTTP", Want: "`HTTP/1.1`",
		Source: "RFC 9112, section 2.3", Fix: "send it to the port of that protocol",
	})
	lineTooLong = declare(Fault{
		Name: "line-too-long", Topic: TooLong, Cause: "url.too-long", Status: 414,
		Words: "the first line is longer than %d bytes", Want: "a shorter request target",
		Source: "RFC 9112, section 3", Fix: "send the data in a body instead of the query",
	})
	headTooLarge = declare(Fault{
		Name: "head-too-large", Topic: TooLarge, Cause: "header.too-large", Status: 431,
		Words: "the head is longer than %d bytes", Want: "a smaller head",
		Source: "RFC 6585, section 5", Fix: "send fewer or smaller fields: cookies are the usual reason",
	})
	tooManyFields = declare(Fault{
		Name: "too-many-fields", Topic: TooLarge, Cause: "header.too-large", Status: 431,
		Words: "the head has more than %d fields", Want: "fewer fields",
		Source: "RFC 6585, section 5", Fix: "send fewer fields: one that is added in a loop is the usual reason",
	})
	headCut = declare(Fault{
		Name: "head-cut", Topic: Syntax, Cause: "protocol.syntax", Status: 400,
		Words: "the connection ended inside the head", Want: "the empty line that ends a head",
		Source: "RFC 9112, section 8", Fix: "send an empty line (`\\r\\n`) after the last field, and keep the connection open until the answer has come",
	})
)
