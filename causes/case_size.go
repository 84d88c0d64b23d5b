package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// settings are where products bound what they take, as "setting (what it is unless set)". A mark is a
// piece of the Server or X-Powered-By field, or the name of a field that only the product sends.
var settings = []struct{ mark, product, body, head, line string }{
	{"cloudflare", "Cloudflare", "the plan's limit (100 MB on Free and Pro)", "no setting (128 KB)", "no setting (16 KB)"},
	{"cloudfront", "Amazon CloudFront", "no setting (20 GB)", "no setting (20,480 bytes)", "no setting (8,192 bytes)"},
	{"x-amz-apigw-id", "Amazon API Gateway", "no setting (10 MB, and 6 MB to Lambda): upload to S3 with a presigned URL", "no setting (10,240 bytes)", "no setting (10,240 bytes)"},
	{"apigw-requestid", "Amazon API Gateway", "no setting (10 MB, and 6 MB to Lambda): upload to S3 with a presigned URL", "no setting (10,240 bytes)", "no setting (10,240 bytes)"},
	{"awselb", "the Amazon load balancer", "no setting (1 MB to Lambda)", "no setting (64 KB)", "no setting (16 KB)"},
	{"kong", "Kong", "`nginx_http_client_max_body_size`, or `allowed_payload_size` of request-size-limiting (128 MB)", "`nginx_http_large_client_header_buffers` (4 of 8 KB)", "`nginx_http_large_client_header_buffers` (4 of 8 KB)"},
	{"openresty", "OpenResty", "`client_max_body_size` (1 MB)", "`large_client_header_buffers` (4 of 8 KB)", "`large_client_header_buffers` (4 of 8 KB)"},
	{"nginx", "nginx", "`client_max_body_size` (1 MB)", "`large_client_header_buffers` (4 of 8 KB)", "`large_client_header_buffers` (4 of 8 KB)"},
	{"apache-coyote", "Tomcat", "`maxPostSize` and `maxSwallowSize` (2 MB)", "`maxHttpHeaderSize` (8 KB)", "`maxHttpHeaderSize` (8 KB)"},
	{"apache", "Apache", "`LimitRequestBody` (1 GB)", "`LimitRequestFieldSize` (8,190 bytes)", "`LimitRequestLine` (8,190 bytes)"},
	{"microsoft-iis", "IIS", "`maxAllowedContentLength` (30,000,000 bytes) and `maxRequestLength` (4 MB)", "`MaxFieldLength` and `MaxRequestBytes` of http.sys (16 KB)", "`maxUrl` (4,096 bytes) and `maxQueryString` (2,048 bytes)"},
	{"microsoft-httpapi", "http.sys", "`maxAllowedContentLength` (30,000,000 bytes)", "`MaxFieldLength` and `MaxRequestBytes` (16 KB)", "`UrlSegmentMaxLength` (260 characters)"},
	{"kestrel", "Kestrel", "`MaxRequestBodySize` (30,000,000 bytes)", "`MaxRequestHeadersTotalSize` (32 KB)", "`MaxRequestLineSize` (8 KB)"},
	{"envoy", "Envoy", "`max_request_bytes` of the buffer filter", "`max_request_headers_kb` (60 KB)", "`max_request_headers_kb` (60 KB)"},
	{"haproxy", "HAProxy", "an ACL on `req.body_size`", "`tune.bufsize` (16 KB)", "`tune.bufsize` (16 KB)"},
	{"gunicorn", "gunicorn", "the framework behind it", "`--limit-request-field_size` (8,190 bytes)", "`--limit-request-line` (4,094 bytes)"},
	{"uvicorn", "uvicorn", "the framework behind it", "`--h11-max-incomplete-event-size` (64 KB)", "`--h11-max-incomplete-event-size` (64 KB)"},
	{"werkzeug", "Flask", "`MAX_CONTENT_LENGTH`", "no setting (64 KB)", "no setting (64 KB)"},
	{"jetty", "Jetty", "`maxFormContentSize` (200,000 bytes)", "`requestHeaderSize` (8 KB)", "`requestHeaderSize` (8 KB)"},
	{"express", "Express", "`limit` of body-parser (100 KB)", "`--max-http-header-size` of Node (16 KB)", "`--max-http-header-size` of Node (16 KB)"},
	{"next.js", "Next.js", "`bodyParser.sizeLimit` (1 MB)", "`--max-http-header-size` of Node (16 KB)", "`--max-http-header-size` of Node (16 KB)"},
	{"php", "PHP", "`post_max_size` (8 MB) and `upload_max_filesize` (2 MB)", "the web server in front of it", "the web server in front of it"},
	{"vercel", "Vercel", "no setting (4.5 MB for a function)", "no setting (32 KB)", "no setting (14 KB)"},
	{"gfe", "Google Front End", "no setting (32 MB on Cloud Run over HTTP/1)", "no setting (about 15 KB)", "no setting (about 15 KB)"},
	{"squid", "Squid", "`request_body_max_size`", "`request_header_max_size` (64 KB)", "`request_header_max_size` (64 KB)"},
	{"varnish", "Varnish", "the backend behind it", "`http_req_hdr_len` (8 KB)", "`http_req_size` (32 KB)"},
	{"traefik", "Traefik", "`maxRequestBodyBytes` of the buffering middleware", "no setting (1 MB)", "no setting (1 MB)"},
	{"caddy", "Caddy", "`request_body max_size`", "`max_header_size` (1 MB)", "`max_header_size` (1 MB)"},
	{"lighttpd", "lighttpd", "`server.max-request-size`", "`server.max-request-field-size` (8 KB)", "`server.max-request-field-size` (8 KB)"},
	{"puma", "Puma", "`http_content_length_limit`", "no setting (80 KB)", "no setting (10 KB for a query)"},
	{"cowboy", "Cowboy", "`length` of Plug.Parsers (8 MB)", "`max_header_value_length` (4,096 bytes)", "`max_request_line_length` (8,000 bytes)"},
}

// A sized is what of a request is bounded.
type sized uint8

const (
	bodySize sized = iota
	headSize
	lineSize
)

// limitSetting names where the server that answered bounds what it takes; ok is false if it is not known.
func (c *Case) limitSetting(what sized) (product, setting string, ok bool) {
	if c.Exchange.Response == nil {
		return "", "", false
	}
	h := c.Exchange.Response.Header
	by := strings.ToLower(h.Value("Server") + " " + h.Value("X-Powered-By"))
	for i := range settings {
		s := &settings[i]
		if strings.Contains(by, s.mark) || h.Has(s.mark) {
			return s.product, [...]string{s.body, s.head, s.line}[what], true
		}
	}
	return "", "", false
}

// limitStep is the remedy at the server, if it is known where that is set.
func (c *Case) limitStep(what sized) []faultline.Step {
	product, setting, ok := c.limitSetting(what)
	if !ok {
		return nil
	}
	return []faultline.Step{{Text: "at " + product + " the limit is " + setting}}
}

var byteCount = lazily(`(?i)(?:max\w*|limit\w*|allowed|than|exceed\w*|least|up to)\D{0,60}?(\d[\d,. ]{0,14}\d|\d)\s?(bytes?|[kmg]i?b)\b`)

// limitSaid is the limit as the server names it: "at most 1000 bytes".
func (c *Case) limitSaid() string {
	m := byteCount().FindStringSubmatch(clipText(c.Said(), 600))
	if m == nil {
		return ""
	}
	unit := strings.ToLower(m[2])
	if !strings.HasPrefix(unit, "byte") {
		unit = strings.ToUpper(unit)
	}
	return "at most " + strings.TrimSpace(m[1]) + " " + unit
}

func clipText(s string, most int) string { return s[:min(len(s), most)] }

// largestField is the header field that takes up the most, and what all of them take.
func (c *Case) largestField() (name string, size, all int) {
	for _, f := range c.Exchange.Request.Header {
		n := len(f.Name) + len(f.Value) + 4
		all += n
		if n > size && !strings.HasPrefix(f.Name, ":") {
			name, size = f.Name, n
		}
	}
	return name, size, all
}

// largestParam is the query parameter that takes up most of the request target.
func largestParam(query string) (name string, size int) {
	for pair := range strings.SplitSeq(query, "&") {
		if len(pair) > size {
			name, _, _ = strings.Cut(pair, "=")
			size = len(pair)
		}
	}
	return name, size
}
