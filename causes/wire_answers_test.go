package causes_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// wireAnswers are refusals that are about the message as such, in the words of servers, frameworks and
// gateways. The request of each is the one of its cause below.
var wireAnswers = []struct {
	want   faultline.Slug
	status int
	server string
	body   string
}{
	{"content.too-large", 413, "nginx/1.25.3", "<html><head><title>413 Request Entity Too Large</title></head><body><center><h1>413 Request Entity Too Large</h1></center></body></html>"},
	{"content.too-large", 413, "Apache/2.4.57", "<!DOCTYPE HTML><html><head><title>413 Request Entity Too Large</title></head><body><h1>Request Entity Too Large</h1>The requested resource does not allow request data with POST requests, or the amount of data provided in the request exceeds the capacity limit.</body></html>"},
	{"content.too-large", 404, "Microsoft-IIS/10.0", "<h2>HTTP Error 404.13 - Not Found</h2><h3>The request filtering module is configured to deny a request that exceeds the request content length.</h3>"},
	{"content.too-large", 413, "Microsoft-IIS/10.0", "The page was not displayed because the request entity is too large."},
	{"content.too-large", 413, "", `{"message":"request entity too large","expected":150000,"length":150000,"limit":102400,"type":"entity.too.large"}`},
	{"content.too-large", 500, "", `{"timestamp":"2026-11-20T14:31:02.000+00:00","status":500,"error":"Internal Server Error","message":"Maximum upload size exceeded; nested exception is java.lang.IllegalStateException: org.apache.tomcat.util.http.fileupload.impl.FileSizeLimitExceededException: The field file exceeds its maximum permitted size of 1048576 bytes."}`},
	{"content.too-large", 413, "", `{"type":"about:blank","title":"Payload Too Large","status":413,"detail":"Maximum upload size exceeded"}`},
	{"content.too-large", 400, "", `http: request body too large`},
	{"content.too-large", 400, "Kestrel", `Request body too large. The max request body size is 30000000 bytes.`},
	{"content.too-large", 413, "awselb/2.0", `{"message":"Request Too Long"}`},
	{"content.too-large", 413, "", `{"Type":"User","message":"Request must be smaller than 6291456 bytes for the InvokeFunction operation"}`},
	{"content.too-large", 413, "Vercel", "Request Entity Too Large\n\nFUNCTION_PAYLOAD_TOO_LARGE\n\nfra1::abcde-1700000000000-000000000000"},
	{"content.too-large", 400, "", `{"detail":"Part exceeded maximum size of 1024KB."}`},
	{"content.too-large", 413, "", `The data value transmitted exceeds the capacity limit.`},
	{"content.too-large", 413, "", `Maximum request body size 1048576 exceeded, actual body size 2097152`},
	{"content.too-large", 400, "", `Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.`},
	{"content.too-large", 413, "", `Failed to buffer the request body: length limit exceeded`},
	{"content.too-large", 413, "", `JSON payload (2097165 bytes) is larger than allowed (limit: 2097152 bytes).`},
	{"content.too-large", 413, "cowboy", `{"errors":{"detail":"Request Entity Too Large"}}`},
	{"content.too-large", 413, "", `{"status":413,"message":"The content length [20971520] exceeds the maximum allowed content length [10485760]"}`},
	{"content.too-large", 400, "", `<?xml version="1.0" encoding="UTF-8"?><Error><Code>EntityTooLarge</Code><Message>Your proposed upload exceeds the maximum allowed size</Message></Error>`},
	{"content.too-large", 413, "kong/3.4", `{"message":"Request size limit exceeded"}`},
	{"content.too-large", 400, "ESF", `{"error":{"code":400,"message":"Request payload size exceeds the limit: 10485760 bytes.","status":"INVALID_ARGUMENT"}}`},
	{"content.too-large", 413, "", `{"message":"Request entity too large","code":40005}`},
	{"content.too-large", 422, "", `{"message":"Validation failed (current file size is 2000, expected size is less than 1000)","error":"Unprocessable Entity","statusCode":422}`},

	{"url.too-long", 414, "nginx", "<html><head><title>414 Request-URI Too Large</title></head></html>"},
	{"url.too-long", 404, "Microsoft-IIS/10.0", "<h2>HTTP Error 404.15 - Not Found</h2><h3>The request filtering module is configured to deny a request where the query string is too long.</h3>"},
	{"url.too-long", 400, "gunicorn", "<html><head><title>Bad Request</title></head><body><h1><p>Bad Request</p></h1>Request Line is too large (9001 &gt; 4094)</body></html>"},
	{"url.too-long", 400, "Microsoft-IIS/10.0", "The length of the query string for this request exceeds the configured maxQueryStringLength value."},
	{"url.too-long", 431, "", ""},
	{"url.too-long", 400, "", "HTTP Status 400 – Bad Request. java.lang.IllegalArgumentException: Request header is too large"},
	{"url.too-long", 400, "", "Bad Request: io.netty.handler.codec.http.TooLongHttpLineException: An HTTP line is larger than 4096 bytes."},
	{"url.too-long", 414, "Microsoft-HTTPAPI/2.0", "<h2>Request URL Too Long</h2><hr><p>HTTP Error 414. The request URL is too long.</p>"},
	{"url.too-long", 400, "haproxy", "<html><body><h1>400 Bad request</h1>\nYour browser sent an invalid request.\n</body></html>"},

	{"header.too-large", 431, "", ""},
	{"header.too-large", 400, "nginx/1.25.3", "<html><head><title>400 Request Header Or Cookie Too Large</title></head></html>"},
	{"header.too-large", 400, "Apache/2.4.57", "<p>Your browser sent a request that this server could not understand.<br />Size of a request header field exceeds server limit.</p>"},
	{"header.too-large", 400, "Microsoft-HTTPAPI/2.0", "<h2>Bad Request - Request Too Long</h2><hr><p>HTTP Error 400. The size of the request headers is too long.</p>"},
	{"header.too-large", 431, "envoy", "Request header fields too large"},
	{"header.too-large", 400, "", "Request header is too large"},
	{"header.too-large", 400, "gunicorn", "Bad Request: Error parsing headers: 'limit request headers fields size'"},
	{"header.too-large", 494, "nginx", "<title>400 Request Header Or Cookie Too Large</title>"},
	{"header.too-large", 400, "haproxy", "<html><body><h1>400 Bad request</h1>\nYour browser sent an invalid request.\n</body></html>"},
	{"header.too-large", 413, "gws", "<title>Error 413 (Request Entity Too Large)</title><p><b>413.</b> <ins>That’s an error.</ins> Your client issued a request with too many headers."},

	{"header.duplicate", 400, "", "400 Bad Request: too many Host headers"},
	{"header.duplicate", 400, "nginx", "<html><head><title>400 Bad Request</title></head></html>"},

	{"content.length-mismatch", 411, "nginx", "<title>411 Length Required</title>"},
	{"content.length-mismatch", 411, "AmazonS3", "<Error><Code>MissingContentLength</Code><Message>You must provide the Content-Length HTTP header.</Message></Error>"},
	{"content.length-mismatch", 400, "AmazonS3", "<Error><Code>IncompleteBody</Code><Message>You did not provide the number of bytes specified by the Content-Length HTTP header</Message></Error>"},
	{"content.length-mismatch", 400, "", `{"message":"request size did not match content length","expected":60,"length":60,"received":14,"type":"request.size.invalid"}`},
	{"content.length-mismatch", 400, "Kestrel", "Unexpected end of request content."},
	{"content.length-mismatch", 400, "", "FST_ERR_CTP_INVALID_CONTENT_LENGTH: Request body size did not match Content-Length"},

	{"content.encoding", 415, "", `{"message":"unsupported content encoding \"br\"","type":"encoding.unsupported"}`},
	{"content.encoding", 400, "", "gzip: invalid header"},
	{"content.encoding", 400, "", "incorrect header check"},
	{"content.encoding", 415, "", "Content-Encoding not supported"},

	{"content.charset", 415, "", `{"message":"unsupported charset \"LATIN1\"","charset":"latin1","type":"charset.unsupported"}`},
	{"content.charset", 400, "", `JSON parse error - 'utf-8' codec can't decode byte 0xe9 in position 9: invalid continuation byte`},
	{"content.charset", 400, "", `{"message":"JSON parse error: Invalid UTF-8 middle byte 0x22"}`},
	{"content.charset", 400, "", `Malformed UTF-8 characters, possibly incorrectly encoded`},
	{"content.charset", 400, "", `The JSON value could not be converted. Unable to translate bytes [E9] at index 9 from specified code page to Unicode.`},

	{"content.multipart-boundary", 400, "", "no multipart boundary param in Content-Type"},
	{"content.multipart-boundary", 400, "", `{"detail":"Missing boundary in multipart."}`},
	{"content.multipart-boundary", 500, "", `Required request part 'file' is not present: the request was rejected because no multipart boundary was found`},
	{"content.multipart-boundary", 400, "", `Multipart form parse error - Invalid boundary in multipart: None`},
	{"content.multipart-boundary", 500, "", `{"error":"Missing content-type boundary."}`},

	{"tls.plain-http-to-https", 400, "nginx", "<title>400 The plain HTTP request was sent to HTTPS port</title>"},
	{"tls.plain-http-to-https", 400, "Apache", "Your browser sent a request that this server could not understand. Reason: You're speaking plain HTTP to an SSL-enabled server port. Instead use the HTTPS scheme to access this URL, please."},
	{"tls.plain-http-to-https", 400, "", "Bad Request\nThis combination of host and port requires TLS.\n"},
	{"tls.plain-http-to-https", 400, "", "Client sent an HTTP request to an HTTPS server.\n"},

	{"tls.client-certificate", 400, "nginx", "<title>400 No required SSL certificate was sent</title>"},
	{"tls.client-certificate", 400, "nginx", "<title>400 The SSL certificate error</title>"},
	{"tls.client-certificate", 403, "Microsoft-IIS/10.0", "<h2>403.7 - Forbidden: Client certificate required.</h2>"},
	{"tls.client-certificate", 401, "kong", `{"message":"No required TLS certificate was sent"}`},
	{"tls.client-certificate", 403, "", `{"statusCode":403,"message":"Invalid client certificate"}`},

	{"protocol.version", 505, "", "HTTP Version Not Supported"},
	{"protocol.version", 426, "", "Upgrade Required"},
	{"protocol.version", 400, "", `Can "Upgrade" only to "WebSocket".`},
	{"protocol.version", 400, "", "Bad Request\nwebsocket: the client is not using the websocket protocol: 'upgrade' token not found in 'Connection' header"},
	{"protocol.version", 400, "", "An HTTP/1.x request was sent to an HTTP/2 only endpoint."},
	{"protocol.version", 400, "", "not a WebSocket handshake request: missing upgrade"},

	{"gateway.proxy-auth", 407, "squid", "<title>ERROR: Cache Access Denied</title>"},
}

// wireRequests are the requests that are refused so.
func wireRequest(cause faultline.Slug) faultline.Request {
	r := faultline.Request{Method: "POST", Scheme: "https", Host: "api.example.com", Target: "/v1/users", Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}}}
	body := `{"name":"Ada"}`
	add := func(name, value string) { r.Header = append(r.Header, faultline.Field{Name: name, Value: value}) }
	switch cause {
	case "content.too-large":
		body = `{"name":"` + strings.Repeat("a", 2000) + `"}`
	case "url.too-long":
		r.Method, body = "GET", ""
		r.Target = "/v1/users?ids=" + strings.Repeat("100000,", 1300)
	case "header.too-large":
		r.Method, body = "GET", ""
		add("Cookie", "session="+strings.Repeat("a", 9000))
	case "header.duplicate":
		r.Method, body = "GET", ""
		add("Host", "api.example.com")
		add("Host", "other.example.com")
	case "content.length-mismatch":
		r.Header = r.Header[:1]
	case "content.encoding":
		add("Content-Encoding", "gzip")
	case "content.charset":
		r.Header[0].Value = "application/json; charset=latin1"
		body = "{\"name\":\"Jos\xe9\"}"
	case "content.multipart-boundary":
		r.Header[0].Value = "multipart/form-data"
		body = "--A1\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nx\r\n--A1--\r\n"
	case "tls.plain-http-to-https":
		r.Scheme, r.Host = "http", "api.example.com:8443"
	case "protocol.version", "gateway.proxy-auth", "tls.client-certificate":
		r.Method, body, r.Header = "GET", "", nil
	}
	r.Body = faultline.NewBody([]byte(body))
	return r
}

func TestAnswersAboutTheMessage(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, a := range wireAnswers {
		ex := &faultline.Exchange{Request: wireRequest(a.want), Response: &faultline.Response{Status: a.status, Body: faultline.NewBody([]byte(a.body))}}
		mediaType := "text/plain"
		switch {
		case strings.HasPrefix(a.body, "{"):
			mediaType = "application/json"
		case strings.HasPrefix(a.body, "<?xml") || strings.HasPrefix(a.body, "<Error"):
			mediaType = "application/xml"
		case strings.HasPrefix(a.body, "<"):
			mediaType = "text/html"
		}
		ex.Response.Header = faultline.Header{{Name: "Content-Type", Value: mediaType}, {Name: "Server", Value: a.server}}
		d := engine.Diagnose(ex)
		if first, _ := d.Primary(); first.Cause.Slug != a.want {
			t.Errorf("%d %.90q is diagnosed as %q (%s), want %q; all: %s", a.status, a.body, first.Cause.Slug, first.Message, a.want, slugs(d))
		}
	}
}
