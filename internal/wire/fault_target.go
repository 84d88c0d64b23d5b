package wire

// Faults of the request target and of the Host field (RFC 9112, section 3.2).
var (
	targetSpace = declare(Fault{
		Name: "target-space", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "a space stands in the request target: it must be percent-encoded as %%20", Want: "`%20`",
		Source: "RFC 9112, section 3.2", Fix: "percent-encode the target's parts before putting them together", Plain: true,
	})
	targetControl = declare(Fault{
		Name: "target-control", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "%s stands in the request target: it must be percent-encoded as %%%02X", Want: "a percent-encoded byte",
		Source: "RFC 3986, section 2", Fix: "percent-encode the target's parts before putting them together",
	})
	targetFragment = declare(Fault{
		Name: "target-fragment", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "`#` stands in the request target: it must be percent-encoded as %%23", Want: "no fragment: it is for the client alone",
		Source: "RFC 9112, section 3.2, and RFC 9110, section 7.1", Fix: "cut the URL at `#` before sending it, or write `%23` where the character is meant",
	})
	targetNoSlash = declare(Fault{
		Name: "target-no-slash", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "the request target must begin with a slash", Want: "a path that begins with `/`",
		Source: "RFC 9112, section 3.2.1", Fix: "put a slash before the path",
	})
	targetAsterisk = declare(Fault{
		Name: "target-asterisk", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "the target `*` is for OPTIONS only", Want: "a path",
		Source: "RFC 9112, section 3.2.4", Fix: "send the path of the resource",
	})
	targetScheme = declare(Fault{
		Name: "target-scheme", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "the request target has the scheme `%s`", Want: "`http://` or `https://`, or a path",
		Source: "RFC 9112, section 3.2.2", Fix: "send the path alone, or an http URL",
	})
	targetNoHost = declare(Fault{
		Name: "target-host-missing", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "the request target names no host", Want: "a host after `://`",
		Source: "RFC 9110, section 4.2.1: an empty host is invalid", Fix: "put the host into the URL",
	})
	targetHostInvalid = declare(Fault{
		Name: "target-host-invalid", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "%s cannot stand in the host of the request target", Want: "a host name or address, and a port",
		Source: "RFC 3986, section 3.2.2", Fix: "write the host as a name, an IPv4 address, or an IPv6 address in brackets",
	})
	targetPort = declare(Fault{
		Name: "target-port-invalid", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "`%s` is no port", Want: "a number from 1 to 65535",
		Source: "RFC 3986, section 3.2.3", Fix: "write the port as a number, or leave it out with its colon",
	})
	targetUserinfo = declare(Fault{
		Name: "target-userinfo", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "the request target has a user before the host", Want: "the host alone",
		Source: "RFC 9110, section 4.2.4: it is used to hide the true host", Fix: "take user and password out of the URL and send them in `Authorization`", Hidden: true,
	})
	hostMismatch = declare(Fault{
		Name: "target-host-mismatch", Topic: Target, Cause: "route.wrong-host", Status: 400,
		Words: "the request target names `%s`, and the Host field `%s`", Want: "the same host in both",
		Source: "RFC 9112, section 3.2: a client must send both alike; servers differ in which one they go by", Fix: "send the authority of the target in `Host`",
	})
	connectTarget = declare(Fault{
		Name: "connect-target-invalid", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "the target of CONNECT is not a host and a port", Want: "`host:port` alone",
		Source: "RFC 9112, section 3.2.3", Fix: "send the authority alone: no scheme, no path, no user",
	})
	connectPort = declare(Fault{
		Name: "connect-port-missing", Topic: Target, Cause: "url.syntax", Status: 400,
		Words: "the target of CONNECT has no port", Want: "`host:port`",
		Source: "RFC 9110, section 9.3.6: there is no default port", Fix: "add the port, mostly `:443`",
	})
	hostMissing = declare(Fault{
		Name: "host-missing", Topic: Field, Cause: "header.missing", Status: 400,
		Words: "the request has no Host field, which HTTP/1.1 requires", Want: "one Host field",
		Source: "RFC 9112, section 3.2", Fix: "send `Host` with the authority of the URL",
	})
	hostDoubled = declare(Fault{
		Name: "host-doubled", Topic: Field, Cause: "header.duplicate", Status: 400,
		Words: "the request has a second Host field", Want: "one Host field",
		Source: "RFC 9112, section 3.2", Fix: "send `Host` once: the library sets it by itself",
	})
	hostList = declare(Fault{
		Name: "host-list", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "the Host field holds a list", Want: "one host",
		Source: "RFC 9112, section 3.2: a list is what two Host fields become on their way", Fix: "send one host",
	})
	hostUserinfo = declare(Fault{
		Name: "host-userinfo", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "the Host field has a user before the host", Want: "host and port alone",
		Source: "RFC 9110, section 7.2", Fix: "take the user out of `Host`", Hidden: true,
	})
	hostURL = declare(Fault{
		Name: "host-url", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "the Host field holds a URL or a path", Want: "host and port alone",
		Source: "RFC 9110, section 7.2", Fix: "take scheme and path out of `Host`",
	})
	hostInvalid = declare(Fault{
		Name: "host-invalid", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "%s cannot stand in the Host field", Want: "a host name or address, and a port",
		Source: "RFC 9110, section 7.2", Fix: "write the host as a name, an IPv4 address, or an IPv6 address in brackets",
	})
	hostBrackets = declare(Fault{
		Name: "host-brackets", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "the brackets in the Host field hold no IPv6 address", Want: "`[`, an IPv6 address, `]`",
		Source: "RFC 3986, section 3.2.2", Fix: "write an IPv6 address in brackets, and everything else without",
	})
	hostPort = declare(Fault{
		Name: "host-port-invalid", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "`%s` is no port", Want: "a number from 1 to 65535",
		Source: "RFC 3986, section 3.2.3", Fix: "write the port as a number, or leave it out with its colon",
	})
	hostEmptyName = declare(Fault{
		Name: "host-name-missing", Topic: Field, Cause: "header.invalid", Status: 400,
		Words: "the Host field has a port and no host", Want: "a host before the colon",
		Source: "RFC 9110, section 4.2.1: an empty host is invalid", Fix: "put the host before the port",
	})
)
