package capture

import "regexp"

// javaWords are exceptions of java.net, OkHttp, Apache HttpClient, Spring's
// RestTemplate and WebClient, Feign, Retrofit, JAX-RS and Ktor.
var javaWords = clientWords{
	name:  "java",
	about: "exceptions of Java's HttpClient, OkHttp, Apache HttpClient, Spring, Feign, Retrofit, Ktor",
	sayings: []saying{
		// Spring: `404 Not Found on GET request for "http://…": "{…}"`; before 6.2 without the request.
		says("HttpClientErrorException", `HttpClientErrorException[\w$]*: `+springAnswer),
		says("HttpServerErrorException", `HttpServerErrorException[\w$]*: `+springAnswer),
		says("WebClientResponseException", `WebClientResponseException[\w$]*: (?P<status>\d{3}) (?P<reason>[^:\n]*?) from (?P<method>[A-Z]+) (?P<url>\S+?)(?:, but response failed.*)?$`),
		says("] during [", `\[(?P<status>\d{3}) ?(?P<reason>[^\]\n]*)\] during \[(?P<method>[A-Z]+)\] to \[(?P<url>[^\]\s]+)\] \[[^\]\n]*\](?:: \[(?P<body>.*?)\]\)?)?$`),
		says("FeignException", `FeignException[\w$]*: status (?P<status>\d{3}) reading `),
		says(" executing ", `(?P<words>RetryableException: .*) executing (?P<method>[A-Z]+) (?P<url>https?://\S+)`),
		says("I/O error on ", `(?P<words>I/O error on (?P<method>[A-Z]+) request for "(?P<url>[^"\n]+)": .*?)(?:; nested exception is .*)?$`),
		says("Server returned HTTP response code: ", `Server returned HTTP response code: (?P<status>\d{3}) for URL: (?P<url>\S+)`),
		{
			has: "FileNotFoundException: http", pattern: regexp.MustCompile(`java\.io\.FileNotFoundException: (?P<url>https?://\S+)`),
			status: 404, notice: "HttpURLConnection throws FileNotFoundException for a 404 and for a 410",
		},
		says("HttpException: HTTP ", `HttpException: HTTP (?P<status>\d{3}) ?(?P<reason>.*)$`),
		says(".ws.rs.", `\.ws\.rs\.\w+Exception: HTTP (?P<status>\d{3}) ?(?P<reason>.*)$`),
		says(" invalid: ", `(?:Client request|Server error|Unhandled redirect)\((?P<method>[A-Z]+) (?P<url>[^)\s]+)\) invalid: (?P<status>\d{3}) ?(?P<reason>[^.\n]*)\.(?: Text: "(?P<body>.*)")?`),
		logs("<-- ", `<-- (?P<status>\d{3}) ?(?P<reason>[^\n]*?) (?P<url>https?://\S+) \(\d+ms`),
		logs("<-- HTTP FAILED", `<-- HTTP FAILED: (?P<words>.*)$`),
		says("Connect to ", `Connect to (?:https?://)?(?P<host>[\w.-]+):(?P<port>\d+) \[`),
		says("ailed to connect to ", `[Ff]ailed to connect to (?P<host>[\w.-]+)/[\w.:\[\]]+:(?P<port>\d+)`),
		says("ailed to connect to /", `[Ff]ailed to connect to /(?P<peer>[\w.:\[\]]+:\d+)`),
		says("unexpected end of stream on ", `unexpected end of stream on (?:Connection\{)?(?P<url>https?://[^\s.]+[^\s,]*?)(?:/\.\.\.)?(?:,|$)`),
		says("Exception", `(?:^|Caused by: |\] |: |"main" )(?P<words>(?:java|javax|jakarta|okhttp3|sun|kotlin|feign|retrofit2|reactor|com\.android\.volley|io\.(?:netty|ktor|vertx|lettuce)|org\.(?:apache\.(?:http|hc|cxf)|springframework|eclipse\.jetty|asynchttpclient))\.[\w.$]+(?:Exception|Error|Timeout)\w*(?:: .*?)?)(?:; nested exception is .*)?$`),
	},
}

// springAnswer is the message of Spring's RestClientResponseException. The body
// is not escaped, so that it ends with the line.
const springAnswer = `(?P<status>\d{3}) ?(?P<reason>[^:\n]*?)(?: on (?P<method>[A-Z]+) request for "(?P<url>[^"\n]+)")?(?:: (?:\[no body\]|\[(?P<body>.*)\]|"(?P<body>.*)"))?\s*$`
