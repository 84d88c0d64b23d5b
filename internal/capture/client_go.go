package capture

// goWords are errors of Go's net/http, alone or wrapped, as programs and their
// logs print them, and of the SDKs of AWS and Google.
var goWords = clientWords{
	name:  "go",
	about: "errors of Go's net/http and of SDKs on top of it",
	sayings: []saying{
		says(": ", `(?P<words>\b(?P<method>Get|Post|Put|Patch|Delete|Head|Options) \\?"?(?P<url>https?://[^"\s\\]+)\\?"?: .*)$`),
		says("cannot fetch token: ", `oauth2: cannot fetch token: (?P<status>\d{3}) ?(?P<reason>.*)\n(?:Response: (?P<body>.*))?`),
		says("StatusCode: ", `(?P<words>operation error .*https response error StatusCode: (?P<status>\d{3}), .*)$`),
		says("googleapi: ", `googleapi: Error (?P<status>\d{3}): `),
		says("googleapi: got HTTP", `googleapi: got HTTP response code (?P<status>\d{3}) with body: (?P<body>.*)$`),
		says(" tcp", `(?P<words>\b(?:dial tcp|proxyconnect tcp|(?:read|write) tcp [\d.:\[\]a-f]+->)[^\n"]*)`),
		says("lookup ", `(?P<words>\blookup (?P<host>[\w.-]+)(?: on [\d.:]+)?: (?:no such host|server misbehaving|i/o timeout)[^\n"]*)`),
		says(": ", `(?P<words>\b(?:x509: (?:certificate|cannot)|tls: (?:failed|handshake|first record|bad|no |unknown|server|unsupported|oversized|received|protocol|internal|certificate)|net/http: |http: server gave|http2: )[^\n"]*)`),
		says("Client.Timeout", `(?P<words>context deadline exceeded \(Client\.Timeout[^)\n]*\))`),
	},
}
