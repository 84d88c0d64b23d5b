package contract

// standardPrefixes begin the names of families of headers that clients and
// intermediaries add.
var standardPrefixes = [...]string{
	":",                       // pseudo-header fields, RFC 9113, section 8.3
	"sec-",                    // Fetch standard, section 2.2.2: forbidden to scripts, set by browsers
	"proxy-",                  // the same
	"access-control-request-", // Fetch standard, section 3.2.2
	"x-forwarded-",
	"x-envoy-", "x-amzn-", "x-amz-cf-", "x-cloud-", "cf-", "x-azure-", "x-appengine-", "fastly-", // of load balancers and networks
	"x-b3-", "x-datadog-", "ot-tracer-", "uberctx-", // of tracing
}

// standardHeaders are the request header fields that need no declaration.
var standardHeaders = namesOf(
	// RFC 9110, and those of the registry that it began
	"accept", "accept-charset", "accept-datetime", "accept-encoding", "accept-language", "authorization", "connection",
	"content-disposition", "content-encoding", "content-language", "content-length", "content-location", "content-range", "content-type",
	"cookie", "date", "expect", "from", "host", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
	"keep-alive", "max-forwards", "origin", "pragma", "prefer", "range", "referer", "te", "trailer", "transfer-encoding", "upgrade",
	"user-agent", "via",
	// RFC 9111, 9213, 9218, 7239, 8470, 9530, 9421, 8297, 9449
	"cache-control", "cdn-cache-control", "priority", "forwarded", "early-data", "content-digest", "repr-digest", "want-content-digest",
	"want-repr-digest", "digest", "want-digest", "signature", "signature-input", "accept-signature", "dpop", "alt-used", "alt-svc", "http2-settings",
	// browsers
	"dnt", "upgrade-insecure-requests", "save-data", "downlink", "ect", "rtt", "device-memory", "dpr", "viewport-width", "width",
	"x-requested-with", "purpose", "ping-from", "ping-to", "service-worker", "service-worker-navigation-preload", "last-event-id",
	"content-md5", "x-csrf-token", "x-xsrf-token",
	// intermediaries
	"x-real-ip", "x-client-ip", "x-original-host", "x-original-url", "x-original-uri", "x-original-forwarded-for", "x-rewrite-url",
	"x-cluster-client-ip", "true-client-ip", "x-scheme", "x-proxyuser-ip", "x-http-method-override", "cdn-loop", "x-arr-ssl", "x-arr-log-id",
	"x-waws-unencoded-url", "x-ms-client-principal", "x-varnish", "x-original-proto", "front-end-https",
	// tracing
	"traceparent", "tracestate", "baggage", "b3", "x-request-id", "x-correlation-id", "x-trace-id", "x-cloud-trace-context",
	"uber-trace-id", "sentry-trace", "newrelic", "elastic-apm-traceparent", "grpc-trace-bin", "x-client-trace-id", "request-id", "correlation-context",
)

func namesOf(names ...string) map[string]bool {
	out := make(map[string]bool, len(names))
	for _, name := range names {
		out[name] = true
	}
	return out
}
