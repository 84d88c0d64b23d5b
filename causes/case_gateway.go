package causes

import (
	"fmt"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

// A gateway is who answered in the API's place.
type gateway struct {
	name  string
	signs []string // how it is known
	own   bool     // the words of the answer are those of the gateway itself
	log   string   // what its log says when the API refuses, and when it is late
	late  string
}

// gatewayMarks are the products that answer for an API that does not. A mark is
// a piece of the Server or Via field, or a field that only the product sends.
var gatewayMarks = []struct{ name, server, field, log, late string }{
	{name: "our own proxy", field: "Faultline-Action"},
	{name: "Kong", server: "kong", field: "X-Kong-Response-Latency", log: "connect() failed (111: Connection refused)", late: "upstream timed out (110: Connection timed out)"},
	{name: "Kong", field: "X-Kong-Upstream-Latency", log: "connect() failed (111: Connection refused)", late: "upstream timed out (110: Connection timed out)"},
	{name: "Cloudflare", server: "cloudflare", field: "CF-RAY"},
	{name: "Amazon API Gateway", field: "x-amz-apigw-id", late: "Execution failed due to a timeout error"},
	{name: "Amazon CloudFront", server: "cloudfront", field: "X-Amz-Cf-Id"},
	{name: "Amazon load balancer", server: "awselb", log: "target_status_code - with elb_status_code 502", late: "elb_status_code 504"},
	{name: "Envoy", server: "envoy", field: "x-envoy-upstream-service-time", log: "response flags UF", late: "response flags UT"},
	{name: "Envoy", server: "istio-envoy", log: "response flags UF", late: "response flags UT"},
	{name: "Fastly", field: "X-Served-By"},
	{name: "Varnish", server: "varnish", field: "X-Varnish", log: "FetchError: backend connection failed", late: "FetchError: first byte timeout"},
	{name: "Caddy", server: "caddy", log: "dial tcp: connect: connection refused", late: "i/o timeout"},
	{name: "OpenResty", server: "openresty", log: "connect() failed (111: Connection refused)", late: "upstream timed out (110: Connection timed out)"},
	{name: "nginx", server: "nginx", log: "connect() failed (111: Connection refused)", late: "upstream timed out (110: Connection timed out)"},
	{name: "Apache", server: "apache", log: "AH01114: HTTP: failed to make connection to backend", late: "AH01102: error reading status line from remote server"},
	{name: "IIS", server: "microsoft-iis", log: "HTTP Error 502.3", late: "WINHTTP_ERROR_TIMEOUT"},
	{name: "Azure Application Gateway", server: "microsoft-azure-application-gateway"},
	{name: "Google Front End", server: "gws"},
	{name: "Heroku", server: "cowboy", log: "at=error code=H13", late: "at=error code=H12"},
	{name: "Traefik", server: "traefik", log: "'502 Bad Gateway' caused by: dial tcp: connect: connection refused", late: "'504 Gateway Timeout' caused by"},
	{name: "lighttpd", server: "lighttpd", log: "establishing connection failed"},
	{name: "Squid", server: "squid"},
	{name: "Squid", field: "X-Squid-Error"},
	{name: "Linkerd", field: "l5d-proxy-error"},
	{name: "KrakenD", field: "X-Krakend"},
	{name: "Azure Front Door", field: "X-Azure-Ref"},
	{name: "Apigee", server: "apigee"},
	{name: "Vercel", server: "vercel"},
	{name: "Netlify", server: "netlify"},
	{name: "Fly.io", server: "fly/"},
}

// gateway finds out who answered. Without a mark of a product the body may
// still be the fixed page of one.
func (c *Case) gateway() (gateway, bool) {
	if c.Exchange.Response == nil {
		return gateway{}, false
	}
	h := c.Exchange.Response.Header
	server := strings.ToLower(h.Value("Server"))
	body := c.answerForm()
	for _, m := range gatewayMarks {
		switch {
		case m.server != "" && strings.Contains(server, m.server):
			return gateway{name: m.name, signs: []string{"Server: " + short(h.Value("Server")), body}, own: true, log: m.log, late: m.late}, true
		case m.field != "" && h.Has(m.field):
			return gateway{name: m.name, signs: []string{"a header that " + m.name + " sends: " + m.field, body}, own: true, log: m.log, late: m.late}, true
		}
	}
	said := c.Said()
	type page struct{ name, text, log, late string }
	for _, p := range []page{
		{"nginx", "bad gateway nginx", refusedLog("nginx"), lateLog("nginx")},
		{"nginx", "gateway time-out nginx", refusedLog("nginx"), lateLog("nginx")},
		{"HAProxy", "no server is available to handle this request", "<NOSRV> or SC-- in its log", ""},
		{"HAProxy", "the server didn't respond in time", "", "sH-- in its log"},
		{"HAProxy", "the server returned an invalid or incomplete response", "PH-- or SH-- in its log", ""},
		{"Envoy", "upstream connect error or disconnect/reset before headers", "response flags UF", "response flags UF,URX"},
		{"Envoy", "upstream request timeout", "", "response flags UT"},
		{"Kong", "the upstream server is timing out", "", lateLog("Kong")},
		{"Varnish", "backend fetch failed", refusedLog("Varnish"), lateLog("Varnish")},
		{"Squid", "the requested url could not be retrieved", "", ""},
	} {
		if strings.Contains(said, p.text) {
			return gateway{name: p.name, signs: []string{"the words of the answer are those of " + p.name, body}, own: true, log: p.log, late: p.late}, true
		}
	}
	if via := h.Value("Via"); via != "" {
		return gateway{name: "a gateway", signs: []string{"Via: " + short(via), body}}, true
	}
	if c.bareAnswer() {
		// Go's reverse proxy and many like it answer with the status alone.
		return gateway{name: "a gateway", signs: []string{body, "nothing in the answer is of an API"}}, true
	}
	return gateway{}, false
}

func refusedLog(name string) string {
	for _, m := range gatewayMarks {
		if m.name == name {
			return m.log
		}
	}
	return ""
}

func lateLog(name string) string {
	for _, m := range gatewayMarks {
		if m.name == name {
			return m.late
		}
	}
	return ""
}

// responseFlags are Envoy's own account of what went wrong between it and the
// API, where an operator lets it send them: "UF,URX".
func (c *Case) responseFlags() []string {
	if c.Exchange.Response == nil {
		return nil
	}
	for _, f := range c.Exchange.Response.Header {
		if strings.HasSuffix(strings.ToLower(f.Name), "response-flags") && len(f.Value) < 40 {
			return strings.Split(strings.ToUpper(f.Value), ",")
		}
	}
	return nil
}

// bareAnswer reports whether the answer holds no more than the words of its
// status.
func (c *Case) bareAnswer() bool {
	said := strings.TrimSpace(c.Said())
	switch said {
	case "", "bad gateway", "gateway timeout", "gateway time-out", "service unavailable", "502 bad gateway", "504 gateway timeout", "504 gateway time-out", "502", "504", "error: bad gateway":
		return true
	}
	return false
}

// answerForm is the shape of the answer: "text/html, 157 bytes".
func (c *Case) answerForm() string {
	n := len(c.ResponseBody())
	if n == 0 {
		return "an empty answer"
	}
	if t := c.ResponseType(); t != "" {
		return fmt.Sprintf("%s, %d bytes", short(t), n)
	}
	return fmt.Sprintf("%d bytes without a media type", n)
}

// signOfAPI is a field that the API always sends and this answer lacks, from a
// call that succeeded.
func (c *Case) signOfAPI() string {
	if c.Baseline == nil || c.Baseline.Response == nil {
		return ""
	}
	for _, f := range c.Baseline.Response.Header {
		low := strings.ToLower(f.Name)
		if strings.HasPrefix(low, "x-") && !c.Exchange.Response.Header.Has(f.Name) {
			return low
		}
	}
	return ""
}

// hops draws the way of the call and where it broke.
func (c *Case) hops(g *gateway, broke string) faultline.Evidence {
	way := "client ──ok"
	if d := c.Exchange.Timing.Connect; d > 0 {
		way += " " + span(d)
	}
	way += "──▶ " + g.name + " ──" + broke + "──✗ API (no sign of it in the answer)"
	return faultline.Evidence{Kind: faultline.Hops, Lines: []faultline.Line{{Text: way}}}
}

// gatewayEvidence are the lines that both findings about gateways share.
func (c *Case) gatewayEvidence(g *gateway, broke, timing string) []faultline.Evidence {
	signs := append([]string(nil), g.signs...)
	if name := c.signOfAPI(); name != "" {
		signs = append(signs, "the API always sends "+name+", this answer has none")
	}
	out := []faultline.Evidence{
		c.hops(g, broke),
		{Kind: faultline.Fact, Title: "evidence", Lines: []faultline.Line{{Text: strings.Join(signs, " · ")}}},
	}
	if timing != "" {
		out = append(out, faultline.Evidence{Kind: faultline.Fact, Title: "evidence", Lines: []faultline.Line{{Text: timing}}})
	}
	return out
}

// repeatWords says whether the call may be sent again, by RFC 9110, section
// 9.2.2: reading may, and so may PUT and DELETE.
func (c *Case) repeatWords() string {
	switch c.Exchange.Request.Method {
	case "GET", "HEAD", "OPTIONS", "TRACE":
		return "safe, with a pause that grows"
	case "PUT", "DELETE":
		return "safe: the method may be repeated; pause longer each time"
	}
	if c.Exchange.Request.Header.Has("Idempotency-Key") {
		return "safe: the Idempotency-Key keeps it from being done twice"
	}
	return ""
}

// took is how long the answer took, if known.
func (c *Case) took() time.Duration {
	if d := c.Exchange.Timing.FirstByte; d > 0 {
		return d
	}
	return c.Exchange.Timing.Total
}
