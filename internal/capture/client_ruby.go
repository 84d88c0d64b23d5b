package capture

// rubyWords are exceptions of Ruby's net/http, open-uri, Faraday, HTTParty and
// rest-client, with the class before or behind the message.
var rubyWords = clientWords{
	name:  "ruby",
	about: "exceptions of Ruby's net/http, open-uri, Faraday, rest-client",
	sayings: []saying{
		says("Net::HTTP", `(?P<status>\d{3}) "(?P<reason>[^"\n]*)" \(Net::HTTP\w+\)`),
		says("Net::HTTP", `Net::HTTP\w+: (?P<status>\d{3}) "(?P<reason>[^"\n]*)"`),
		says("OpenURI::HTTPError", `(?P<status>\d{3}) (?P<reason>[^(\n]*?) \(OpenURI::HTTPError\)`),
		says("OpenURI::HTTPError: ", `OpenURI::HTTPError: (?P<status>\d{3}) (?P<reason>.*)$`),
		says("the server responded with status ", `the server responded with status (?P<status>\d{3})(?: for (?P<method>[A-Z]+) (?P<url>https?://\S+))?`),
		says("RestClient::", `RestClient::[\w:]+: (?P<status>\d{3}) (?P<reason>.*)$`),
		says("RestClient::", `(?P<status>\d{3}) (?P<reason>[^(\n]*?) \(RestClient::\w+\)`),
		says("Failed to open TCP connection to ", `Failed to open TCP connection to (?P<host>[\w.-]+|\[[^\]\n]+\]):(?P<port>\d+)`),
		says("::", `(?P<words>[^\n':`+"`"+`]*(?:: [^\n]*)?\((?:Errno::[A-Z]+|Net::\w+Timeout|SocketError|Socket::ResolutionError|OpenSSL::SSL::SSLError|EOFError|Faraday::\w+|RestClient::\w+|HTTPX::\w+|Excon::\w[\w:]*)\))$`),
		says("EOFError", `(?:^|': )(?P<words>[^\n':]*\(EOFError\))`),
		says(": ", `(?:^|[\s(])(?P<words>(?:Errno::[A-Z]+|Net::\w+Timeout|Net::ProtocolError|SocketError|Socket::ResolutionError|OpenSSL::SSL::SSLError|Faraday::\w+|Excon::\w[\w:]*|HTTP::ConnectionError): .*)$`),
	},
}
