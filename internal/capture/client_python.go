package capture

// pythonWords are exceptions of requests, urllib3, httpx, aiohttp, urllib and
// of SDKs on top of them, and the lines that those log.
var pythonWords = clientWords{
	name:       "python",
	about:      "exceptions and logs of Python's requests, urllib3, httpx, aiohttp, urllib",
	innerFirst: true,
	sayings: []saying{
		// requests: Response.raise_for_status
		says(" for url: ", `(?P<status>\d{3}) (?:Client|Server) Error: (?P<reason>.*?) for url: (?P<url>\S+)`),
		// httpx: Response.raise_for_status
		says("' for url '", `(?:Client error|Server error|Redirect response|Informational response) '(?P<status>\d{3}) ?(?P<reason>[^'\n]*)' for url '(?P<url>[^'\n]+)'`),
		says("HTTP Error 3", `(?P<words>HTTPError: HTTP Error 3\d\d: The HTTP server returned a redirect error that would lead to an infinite loop)`),
		says("HTTP Error ", `HTTPError: HTTP Error (?P<status>[1245]\d{2}): (?P<reason>.*)$`),
		says("message=", `(?:ClientResponseError|ContentTypeError|WSServerHandshakeError|TooManyRedirects)?:? ?\b(?P<status>\d{3}), message=['"](?P<reason>[^'"\n]*)['"], url=(?:URL\()?['"](?P<url>[^'"\n]+)['"]`),
		says("Error code: ", `^[\w.]+Error: Error code: (?P<status>\d{3}) - (?P<literal>\{.*\})\s*$`),
		says("urlopen error", `^(?:[\w.]+: )?(?P<words><urlopen error .*>)`),
		logs("HTTP Request: ", `HTTP Request: (?P<method>[A-Z]+) (?P<url>\S+) "HTTP/[\d.]+ (?P<status>\d{3}) ?(?P<reason>[^"\n]*)"`),
		logs(" HTTP/1.", `(?P<scheme>https?)://(?P<host>\[[^\]\s]+\]|[^\s"/:]+):(?P<port>\d+) "(?P<method>[A-Z]+) (?P<path>\S+) HTTP/[\d.]+" (?P<status>\d{3}) (?:\d+|None)`),
		says("ConnectionPool(", `(?P<words>\b(?P<scheme>HTTPS?)ConnectionPool\(host='(?P<host>[^'\n]+)', port='?(?P<port>\d+)'?\)(?:: Max retries exceeded with url: (?P<path>\S+))?.*)$`),
		says("Cannot connect to host ", `Cannot connect to host (?P<host>\[[^\]\n]+\]|[^\s:]+):(?P<port>\d+)`),
		says("urllib", `^(?P<words>(?:requests|urllib3|urllib)\.(?:[\w.]+\.)?(?:\w+Error|\w*Timeout\w*|TooManyRedirects|InvalidURL|InvalidSchema|MissingSchema|\w*Exception)(?:: .*)?)$`),
		says("requests.exceptions.", `^(?P<words>requests\.exceptions\.\w+(?:: .*)?)$`),
		says("http", `^(?P<words>(?:httpx|httpcore|aiohttp|http\.client)\.(?:[\w.]+\.)?\w+(?:: .*)?)$`),
		says("Error", `^(?P<words>(?:Connection(?:Refused|Reset|Aborted)Error|BrokenPipeError|(?:asyncio\.(?:exceptions\.)?)?TimeoutError|ssl\.\w+|socket\.\w+)(?:: .*)?)$`),
		says("botocore.exceptions.", `^(?P<words>botocore\.exceptions\.\w+: .*)$`),
		says("Could not connect to the endpoint URL", `Could not connect to the endpoint URL: "(?P<url>[^"\n]+)"`),
		// The frames of the libraries name the method: requests/api.py, in post.
		says(`.py", line `, `^ +File "[^"\n]*(?:requests/(?:api|sessions)|httpx/_(?:api|client))\.py", line \d+, in (?P<method>get|post|put|patch|delete|head|options)$`),
	},
}
