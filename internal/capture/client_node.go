package capture

// nodeWords are errors of Node.js: of fetch (undici), node:http, axios, got,
// node-fetch, ky and superagent. An axios error that was printed with its
// config and response is a format of its own.
var nodeWords = clientWords{
	name:  "node",
	about: "errors of Node.js: fetch, node:http, axios, got, node-fetch, superagent",
	sayings: []saying{
		says("equest failed with status code ", `Request failed with status code (?P<status>\d{3})(?: (?P<reason>[^:\n]+): (?P<method>[A-Z]+) (?P<url>https?://\S+))?`),
		says("Response code ", `HTTPError: Response code (?P<status>\d{3}) \((?P<reason>[^)\n]*)\)`),
		says("request to ", `(?P<words>request to (?P<url>https?://\S+) failed, reason: .*)$`),
		says("network timeout at: ", `(?P<words>network timeout at: (?P<url>https?://\S+))`),
		says("fetch failed", `(?P<words>TypeError: fetch failed)`),
		says("terminated", `^(?:Uncaught )?(?:\[?cause\]?: )?(?P<words>TypeError: terminated)\b`),
		says("[cause]", `\[cause\]: (?P<words>.*?)(?: \{)?$`),
		says("ECONN", `(?P<words>\b(?:connect|read|write) (?:ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)\b(?: (?P<peer>[\w.:\[\]-]*\d))?)`),
		says("connect E", `(?P<words>\bconnect (?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES)\b(?: (?P<peer>[\w.:\[\]-]*\d))?)`),
		says("getaddrinfo", `(?P<words>\bgetaddrinfo (?:ENOTFOUND|EAI_AGAIN|EAI_FAIL) (?P<host>[\w.-]+))`),
		says("socket hang up", `(?P<words>socket hang up)`),
		says("Error: ", `^(?:Uncaught |Unhandled[\w ]*|\s*\d+\) )?(?P<words>(?:AxiosError|RequestError|FetchError|TimeoutError|ReadError|CacheError|UndiciError|SocketError|ConnectTimeoutError|HeadersTimeoutError|BodyTimeoutError|MaxRedirectsError)(?: \[\w+\])?: .*?)(?: \{)?$`),
		says("Timeout", `(?P<words>\b(?:Timeout of \d+ms exceeded|timeout of \d+ms exceeded|Timeout awaiting '\w+' for \d+ms).*?)$`),
		says("exceeded", `(?P<words>\btimeout of \d+ms exceeded)`),
		says("DOMException [", `(?P<words>DOMException \[\w+\]: .*?)(?: \{)?$`),
		says("self", `^(?:\s*Error: )?(?P<words>(?:self[- ]signed certificate|unable to verify the first certificate|certificate has expired|unable to get local issuer certificate)\b.*?)(?: \{)?$`),
		says("certificate", `(?P<words>Error: (?:self[- ]signed certificate|unable to verify the first certificate|certificate has expired|unable to get local issuer certificate|Hostname/IP does not match certificate's altnames).*?)(?: \{)?$`),
		says("code: '", `\bcode: '(?P<words>(?:E[A-Z_]{4,}|UND_ERR_[A-Z_]+|[A-Z_]*CERT[A-Z_]*|UNABLE_TO_[A-Z_]+|ERR_(?:TLS|SSL)_[A-Z_]+))'`),
		says("hostname: '", `\bhostname: '(?P<host>[\w.-]+)'`),
		// The OpenAI and Anthropic SDKs: `NotFoundError: 404 {"error":…}`.
		says("Error: ", `^\w*Error: (?P<status>[45]\d{2}) (?P<body>\{.*\})\s*(?:\{)?$`),
		// superagent keeps the status as a member of the error.
		says("  status: ", `^  status: (?P<status>[45]\d{2}),?$`),
	},
}
