package capture

import (
	"encoding/json"
	"sort"
	"strconv"
	"strings"
	"time"

	faultline "github.com/faultline-http/faultline"
)

// jsonLog is access logs of one JSON object a line, by the names that are in
// use: Envoy's and Istio's JSON, nginx by hand, Traefik, Caddy, Kong's http-log,
// pino-http, Google Cloud's httpRequest, Elastic's schema.
var jsonLog = logFormat{
	name:  "json-log",
	about: "access logs in JSON, one call a line, with the usual names",
	read:  readJSONLog,
}

// The names of the members, the first that is there wins. Inner ones are
// joined with dots, as some programs write them themselves.
var (
	jsonMethod   = []string{"method", "request_method", "http_method", "http.method", "http.request.method", "verb", "req.method", "request.method", "RequestMethod", "httpRequest.requestMethod"}
	jsonStatus   = []string{"status", "status_code", "statusCode", "response_code", "http_status", "http.status_code", "http.response.status_code", "res.statusCode", "response.status", "DownstreamStatus", "httpRequest.status", "code"}
	jsonTarget   = []string{"path", "uri", "request_uri", "requestPath", "RequestPath", "target", "url", "http.url", "http.target", "url.original", "url.path", "req.url", "request.uri", "request.url", "httpRequest.requestUrl", "http.path"}
	jsonHost     = []string{"host", "authority", "http_host", "vhost", "server_name", "RequestHost", "request.host", "request.headers.host", "req.headers.host", "url.domain", "http.host"}
	jsonTime     = []string{"time", "ts", "timestamp", "@timestamp", "start_time", "StartUTC", "time_iso8601", "time_local", "started_at"}
	jsonSeconds  = []string{"request_time", "duration", "elapsed", "latency"}
	jsonMillis   = []string{"duration_ms", "response_time_ms", "responseTime", "latency_ms", "latencies.request", "elapsed_ms", "took_ms"}
	jsonClient   = []string{"client_ip", "remote_addr", "remote_ip", "clientip", "ClientHost", "client_address", "downstream_remote_address", "request.client_ip", "req.remoteAddress", "httpRequest.remoteIp", "source.ip"}
	jsonAgent    = []string{"user_agent", "userAgent", "http_user_agent", "httpRequest.userAgent", "user_agent.original"}
	jsonRequests = []string{"request.headers", "req.headers", "request_headers", "requestHeaders"}
	jsonAnswers  = []string{"response.headers", "res.headers", "resp_headers", "response_headers", "responseHeaders"}
)

// jsonLabels are members that explain a gateway.
var jsonLabels = []struct {
	label string
	names []string
}{
	{faultline.LabelEnvoyFlags, []string{"response_flags"}},
	{faultline.LabelEnvoyDetails, []string{"response_code_details"}},
	{faultline.LabelEnvoyFailure, []string{"upstream_transport_failure_reason"}},
	{faultline.LabelEnvoyCluster, []string{"upstream_cluster"}},
	{faultline.LabelEnvoyClosed, []string{"connection_termination_details"}},
	{faultline.LabelHAProxyState, []string{"termination_state"}},
	{faultline.LabelUpstream, []string{"upstream_host", "upstream_addr", "upstream_address", "ServiceAddr", "upstream_uri"}},
	{faultline.LabelUpstreamStatus, []string{"upstream_status", "OriginStatus"}},
	{faultline.LabelUpstreamTime, []string{"upstream_response_time"}},
	{faultline.LabelBackend, []string{"proxy_upstream_name", "ServiceName", "RouterName", "service.name", "route_name"}},
	{faultline.LabelError, []string{"error", "err", "err.message", "error.message", "err_msg", "error_message", "exception"}},
}

// members are the scalars of a JSON object by their dotted names.
type jsonMembers map[string]any

// mostMembers bounds what is kept of one line.
const mostMembers = 2000

func (j jsonMembers) take(prefix string, value any, depth int) {
	inner, ok := value.(map[string]any)
	if !ok || depth > 8 {
		if len(j) < mostMembers {
			j[prefix] = value
		}
		return
	}
	for name, v := range inner {
		if prefix != "" {
			name = prefix + "." + name
		}
		j.take(name, v, depth+1)
	}
}

func (j jsonMembers) first(names []string) string {
	for _, name := range names {
		switch v := j[name].(type) {
		case string:
			if v != "" {
				return v
			}
		case json.Number:
			return v.String()
		}
	}
	return ""
}

func readJSONLog(c *logCall, line string) bool {
	start := strings.IndexByte(line, '{')
	if start < 0 || start > 200 || len(line) < 20 {
		return false
	}
	dec := tokens(strings.NewReader(line[start:]))
	var tree map[string]any
	if dec.Decode(&tree) != nil || tree["log"] != nil || tree["request"] != nil && !ofServer(tree) {
		return false // a HAR on one line, or exchange/1
	}
	j := jsonMembers{}
	j.take("", tree, 0)
	method, status := strings.ToUpper(j.first(jsonMethod)), j.first(jsonStatus)
	if !isMethod(method) || status == "" {
		return false
	}
	if n, err := strconv.Atoi(status); err != nil || n < 0 || n > 599 || n > 0 && n < 100 || !c.statusOf(status) {
		return false
	}
	c.ex.Request.Method = method
	setTarget(&c.ex.Request, j.first(jsonTarget))
	if c.ex.Request.Host != "" {
		c.ex.Request.Target = pathOf(c.ex.Request.Target)
	} else {
		c.host(j.first(jsonHost))
	}
	c.jsonHeaders(j, tree)
	c.jsonTimes(j)
	c.label(faultline.LabelLog, "json")
	c.label(faultline.LabelClient, j.first(jsonClient))
	for _, l := range jsonLabels {
		c.label(l.label, j.first(l.names))
	}
	if flags := j.first([]string{"response_flags"}); flags != "" {
		c.failed = "no answer was sent: Envoy's response flags are " + flags
		c.label(faultline.LabelLog, "envoy")
	}
	return true
}

// ofServer tells the lines of Caddy and Kong from exchange/1, which has a
// member `request` as well.
func ofServer(tree map[string]any) bool {
	for _, name := range []string{"ts", "level", "logger", "latencies", "client_ip", "started_at", "upstream_uri"} {
		if tree[name] != nil {
			return true
		}
	}
	return false
}

// jsonHeaders takes over the header fields that some programs log. They are
// often a choice, so that others may have been sent all the same.
func (c *logCall) jsonHeaders(j jsonMembers, tree map[string]any) {
	c.ex.Request.Header = append(c.ex.Request.Header, jsonFields(tree, jsonRequests)...)
	c.answer = jsonFields(tree, jsonAnswers)
	if !c.ex.Request.Header.Has("User-Agent") {
		c.field("User-Agent", j.first(jsonAgent))
	}
}

func jsonFields(tree map[string]any, names []string) faultline.Header {
	var h faultline.Header
	for _, name := range names {
		var value any = tree
		for part := range strings.SplitSeq(name, ".") {
			inner, _ := value.(map[string]any)
			value = inner[part]
		}
		fields, _ := value.(map[string]any)
		for name, v := range fields {
			switch v := v.(type) {
			case string:
				h = append(h, faultline.Field{Name: name, Value: v})
			case []any:
				for _, each := range v {
					if text, ok := each.(string); ok {
						h = append(h, faultline.Field{Name: name, Value: text})
					}
				}
			}
		}
	}
	sort.SliceStable(h, func(a, b int) bool { return h[a].Name < h[b].Name })
	return h
}

func (c *logCall) jsonTimes(j jsonMembers) {
	at := j.first(jsonTime)
	if seconds, err := strconv.ParseFloat(at, 64); err == nil && seconds > 0 && seconds < 1e14 {
		if seconds > 1e11 {
			seconds /= 1000 // pino counts milliseconds
		}
		c.ex.Start = time.UnixMilli(int64(seconds * 1000)).UTC()
	} else {
		c.at(at, append([]string{time.RFC3339Nano, "2006-01-02T15:04:05.999-0700"}, clfTime...)...)
	}
	if ms := j.first(jsonMillis); ms != "" {
		c.took(ms, time.Millisecond)
		return
	}
	text := j.first(jsonSeconds)
	if d, err := time.ParseDuration(text); err == nil && d > 0 {
		c.ex.Timing.Total = d
		return
	}
	// Envoy counts milliseconds without saying so, the others seconds.
	if j.first([]string{"response_flags"}) != "" {
		c.took(text, time.Millisecond)
		return
	}
	c.took(text, time.Second)
}
