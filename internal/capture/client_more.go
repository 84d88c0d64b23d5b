package capture

// phpWords are errors of PHP's curl and stream wrappers, Guzzle, Laravel and
// Symfony's client.
var phpWords = clientWords{
	name:  "php",
	about: "errors of PHP: curl, streams, Guzzle, Laravel, Symfony",
	sayings: []saying{
		says("` resulted in a `", "(?:Client|Server) error: `(?P<method>[A-Z]+) (?P<url>\\S+)` resulted in a `(?P<status>\\d{3}) ?(?P<reason>[^`\\n]*)` response:?(?:\\n(?P<body>[^\\n]+(?:\\n[^\\n]*\\(truncated\\.\\.\\.\\))?))?"),
		says("HTTP request returned status code ", `HTTP request returned status code (?P<status>\d{3}):?(?:\n(?P<body>[^\n]+(?:\n[^\n]*\(truncated\.\.\.\))?))?`),
		says(` returned for "`, `HTTP/[\d.]+ (?P<status>\d{3}) ?(?P<reason>[^"\n]*?) returned for "(?P<url>[^"\n]+)"`),
		says("HTTP request failed! HTTP/", `\w+\((?P<url>https?://[^)\s]+)\): [Ff]ailed to open stream: HTTP request failed! HTTP/[\d.]+ (?P<status>\d{3}) ?(?P<reason>[^\r\n]*?)(?: in \S+(?: on line|:)\s*\d+)?\s*$`),
		says("ailed to open stream: ", `\w+\((?P<url>https?://[^)\s]+)\): (?P<words>[Ff]ailed to open stream: [^\n]*?)(?: in (?:\S+|Command line code)(?: on line|:)\s*\d+)?$`),
		says("cURL error ", `(?P<words>cURL error \d+: .*?)(?: for (?P<url>https?://\S+))?$`),
		says("SSL operation failed", `(?P<words>SSL operation failed with code \d+\. OpenSSL Error messages:\s+error:\S+.*?)(?: in (?:\S+|Command line code)(?: on line |:)\d+)?$`),
		says("php_network_getaddresses", `(?P<words>php_network_getaddresses: getaddrinfo .*?)(?: in Command line code on line \d+)?(?: in \S+ on line \d+)?$`),
	},
}

// rustWords are errors of reqwest, hyper and ureq.
var rustWords = clientWords{
	name:  "rust",
	about: "errors of Rust's reqwest, hyper, ureq",
	sayings: []saying{
		says("HTTP status ", `HTTP status (?:client|server) error \((?P<status>\d{3}) ?(?P<reason>[^)\n]*)\) for url \((?P<url>[^)\s]+)\)`),
		says(": status code ", `(?P<url>https?://\S+): status code (?P<status>\d{3})`),
		says("reqwest::Error { kind: ", `(?P<words>reqwest::Error \{ kind: .*?url: "(?P<url>https?://[^"\n]+)".*)$`),
		says("error sending request for url ", `(?P<words>error sending request for url \((?P<url>[^)\s]+)\).*)$`),
		says("os error ", `(?P<words>(?:tcp connect error|dns error|client error \(\w+\)|connection error|error trying to connect)[^\n]*\(os error \d+\))`),
		says("hyper", `(?P<words>hyper(?:_util)?::[\w:]*Error\([^\n]*)$`),
	},
}

// appleWords are errors of URLSession, as Swift and Objective-C print them.
var appleWords = clientWords{
	name:  "apple",
	about: "errors of Apple's URLSession and Alamofire",
	sayings: []saying{
		says("Domain=", `(?P<words>Error Domain=(?:NSURLErrorDomain|kCFErrorDomainCFNetwork|NSPOSIXErrorDomain) Code=-?\d+ "[^"\n]*")`),
		says("NSErrorFailingURL", `NSErrorFailingURL(?:String)?Key=(?P<url>https?://[^,}\s]+)`),
		says("unacceptable", `Response status code was unacceptable: (?P<status>\d{3})`),
		says("NSURLSession", `finished with error \[-\d+\] (?P<words>Error Domain=.*)$`),
	},
}

// dartWords are exceptions of Dart's http and dio.
var dartWords = clientWords{
	name:  "dart",
	about: "exceptions of Dart's http and dio",
	sayings: []saying{
		says("SocketException: ", `(?P<words>(?:ClientException with )?SocketException: .*?)(?:, uri=(?P<url>https?://\S+))?$`),
		says("ClientException", `(?P<words>ClientException: .*?)(?:, uri=(?P<url>https?://\S+))$`),
		says("status code of ", `(?:DioException|DioError) \[bad response\]: .*status code of (?P<status>\d{3})`),
		says("Http status error [", `(?:DioException|DioError) \[[\w.]+\]: Http status error \[(?P<status>\d{3})\]`),
		says("Dio", `(?P<words>(?:DioException|DioError) \[(?:connection|send|receive|bad certificate|unknown)[^\]\n]*\]: .*)$`),
		says("HandshakeException: ", `(?P<words>HandshakeException: .*(?:\n\t.*)?)$`),
		says("HttpException: ", `(?P<words>HttpException: .*?), uri = (?P<url>https?://\S+)`),
	},
}

// clientFormats are the words of clients, those with the plainest marks first:
// Go's come last, since others quote them. Those of .NET come before the curl
// commands, since PowerShell prints its command with the error.
func clientFormats() []Format {
	var out []Format
	for _, c := range []*clientWords{&javaWords, &pythonWords, &phpWords, &rubyWords, &dartWords, &appleWords, &rustWords, &nodeWords, &goWords} {
		out = append(out, c.format())
	}
	return out
}
