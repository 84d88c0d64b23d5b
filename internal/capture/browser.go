package capture

// browserWords are the messages that the consoles of Chrome (and Edge), Firefox
// and Safari print for a call of a page: CORS, blocked and broken calls, and
// statuses. The words of the browser stay in Failure.Text whole, one line a
// message; URL, method and the page's origin (as the Origin field) are set where
// a message names them. A status is only taken over where it is surely that of
// the call itself and not of its preflight: Chrome's `net::ERR_FAILED 500`.
var browserWords = clientWords{
	name:       "browser-console",
	about:      "console messages of browsers: CORS, failed fetches, statuses",
	keepsWords: true,
	sayings: []saying{
		// Chrome: `Access to fetch at 'URL' (redirected from 'URL') from origin 'O' has been blocked by CORS policy: …`
		says("blocked by CORS policy", `(?P<words>Access to [\w ]+ at '(?P<url>[^'\n]+)'(?: \(redirected from '(?P<redirected>[^'\n]+)'\))? from origin '(?P<origin>[^'\n]+)' has been blocked by CORS policy.*)$`),
		says("Fetch API cannot load ", `(?P<words>(?:Fetch API|XMLHttpRequest|EventSource) cannot load (?P<url>https?://\S+?)(?:\.| due to access control checks\.?)(?: .*)?)$`),
		says("XMLHttpRequest cannot load ", `(?P<words>XMLHttpRequest cannot load (?P<url>https?://\S+?)(?:\.| due to access control checks\.?)(?: .*)?)$`),
		// Firefox: the reason is what tells.
		says("Cross-Origin Request Blocked", `(?P<words>Cross-Origin Request Blocked: .*?(?: at (?P<url>https?://\S+?)\.? \(Reason: .*)?)$`),
		// Safari
		says(" is not allowed by Access-Control-Allow-Origin", `(?P<words>Origin (?P<origin>\S+) is not allowed by Access-Control-Allow-Origin.*)$`),
		says("Preflight response is not successful", `(?P<words>Preflight response is not successful.*)$`),
		says("is not allowed by Access-Control-Allow-", `^(?:\[Error\] )?(?P<words>(?:Request header field \S+|Method (?P<method>[A-Z]+)) is not allowed by Access-Control-Allow-(?:Headers|Methods).*)$`),
		says("redentials flag is true", `^(?:\[Error\] )?(?P<words>.*[cC]redentials flag is true.*)$`),
		says("Access-Control-Allow-Methods in preflight", `Method (?P<method>[A-Z]+) is not allowed by Access-Control-Allow-Methods in preflight`),
		// Chrome's network lines: `POST URL net::ERR_FAILED 500 (Internal Server Error)`, `GET URL 404 (Not Found)`
		says("net::ERR_", `\b(?P<method>[A-Z]{3,10}) (?P<url>(?:https?|wss?)://\S+) (?P<words>net::ERR_\w+)(?: (?P<status>\d{3})(?: \((?P<reason>[^)\n]*)\))?)?`),
		says("Failed to load resource: net::", `(?P<words>Failed to load resource: net::ERR_\w+)`),
		says(" (", `(?:^|[\s:]\d* ?)(?P<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (?P<url>https?://\S+) (?P<status>[45]\d{2}) \((?P<reason>[^)\n]*)\)`),
		says("responded with a status of ", `the server responded with a status of (?P<status>\d{3})(?: \((?P<reason>[^)\n]*)\))?`),
		// Firefox's: `XHRGET URL [HTTP/1.1 404 Not Found 12ms]`
		says("[HTTP/", `(?:^|XHR ?|\s)(?P<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) ?(?P<url>https?://[^\s\[]+)\s*\[HTTP/[\d.]+ (?P<status>\d{3}) ?(?P<reason>[^\d\]\n]*?) ?\d* ?m?s?\]`),
		says("Content Security Policy", `(?P<words>(?:Refused to connect to|Connecting to) '(?P<url>[^'\n]+)'.* (?:violates|because it violates) the following Content Security Policy directive.*)$`),
		says("Mixed Content: ", `(?P<words>Mixed Content: The page at '[^'\n]+' was loaded over HTTPS, but requested an insecure [\w ]+ '(?P<url>[^'\n]+)'.*)$`),
		says("NetworkError when attempting to fetch resource", `(?P<words>TypeError: NetworkError when attempting to fetch resource)`),
		says("Failed to fetch", `(?P<words>TypeError: Failed to fetch)`),
		says("TypeError: Load failed", `(?P<words>TypeError: Load failed)`),
		says("WebSocket connection to ", `(?P<words>WebSocket connection to '(?P<url>wss?://[^'\n]+)' failed.*)$`),
	},
}
