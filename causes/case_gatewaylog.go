package causes

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
)

// logWords are what a gateway's access log says in words of this call.
func (c *Case) logWords() string {
	if len(c.Exchange.Labels) == 0 {
		return ""
	}
	var out []string
	for _, label := range []string{faultline.LabelError, faultline.LabelEnvoyFailure, faultline.LabelEnvoyDetails, faultline.LabelALBReason} {
		if text := c.Exchange.Labels[label]; text != "" {
			out = append(out, text[:min(len(text), maxQuoted)])
		}
	}
	return strings.Join(out, " . ")
}

// logged is what a gateway's access log, or a field with the same content, says
// of this call: the cause and the words; "" if there is none.
func (c *Case) logged() (cause faultline.Slug, words string) {
	if flags := c.responseFlags(); len(flags) > 0 {
		if cause := c.flagsMean(flags); cause != "" {
			return cause, "Envoy's response flags " + strings.Join(flags, ",")
		}
	}
	labels := c.Exchange.Labels
	if state := labels[faultline.LabelHAProxyState]; len(state) >= 2 {
		if cause := haproxyStates[state[:2]]; cause != "" {
			if cause == "gateway.upstream-refused" && strings.Contains(labels[faultline.LabelUpstream]+labels[faultline.LabelBackend], "<NOSRV>") {
				cause = "gateway.no-upstream"
			}
			return cause, "HAProxy's session state " + short(state)
		}
	}
	if reason := labels[faultline.LabelALBReason]; reason != "" {
		return albMeans(reason), "the load balancer's error_reason " + short(reason)
	}
	return "", ""
}

// responseFlags are Envoy's own account of what went wrong between it and the
// API, from its access log or where an operator lets it send them: "UF,URX".
func (c *Case) responseFlags() []string {
	text := c.Exchange.Labels[faultline.LabelEnvoyFlags]
	if r := c.Exchange.Response; text == "" && r != nil {
		for _, f := range r.Header {
			if strings.HasSuffix(strings.ToLower(f.Name), "response-flags") {
				text = f.Value
			}
		}
	}
	if text == "" || text == "-" || len(text) > 40 {
		return nil
	}
	return strings.Split(strings.ToUpper(text), ",")
}

// envoyFlags are the response flags by what they mean, the telling ones first.
// https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage
var envoyFlags = []struct {
	flag  string
	cause faultline.Slug
}{
	{"NR", "route.gateway-no-match"},
	{"DF", "gateway.upstream-dns"},
	{"UH", "gateway.no-upstream"},
	{"NC", "gateway.no-upstream"},
	{"NFCF", "gateway.no-upstream"},
	{"UO", "server.overloaded"},
	{"OM", "server.overloaded"},
	{"DO", "server.overloaded"},
	{"UT", "gateway.upstream-timeout"},
	{"UMSDR", "gateway.upstream-timeout"},
	{"SI", "gateway.upstream-timeout"},
	{"DT", "gateway.upstream-timeout"},
	{"UF", "gateway.upstream-refused"},
	{"UC", "gateway.bad-response"},
	{"UPE", "gateway.bad-response"},
	{"UR", "gateway.bad-response"},
	{"FI", "server.unavailable"},
}

func (c *Case) flagsMean(flags []string) faultline.Slug {
	for _, known := range envoyFlags {
		if !slices.Contains(flags, known.flag) {
			continue
		}
		if known.flag == "UF" {
			return c.connectFailure(c.Exchange.Labels[faultline.LabelEnvoyFailure])
		}
		return known.cause
	}
	return ""
}

// connectFailure tells by the reason of the transport why UF was set.
func (c *Case) connectFailure(reason string) faultline.Slug {
	low := strings.ToLower(reason)
	switch {
	case strings.Contains(low, "tls"), strings.Contains(low, "ssl"), strings.Contains(low, "certificate"):
		return "gateway.upstream-tls"
	case strings.Contains(low, "timeout"), reason == "" && c.took() >= slowest:
		return "gateway.upstream-timeout"
	}
	return "gateway.upstream-refused"
}

// haproxyStates are the first two letters of a session's state at its end: who
// ended it, and in which phase. https://docs.haproxy.org/2.8/configuration.html#8.5
var haproxyStates = map[string]faultline.Slug{
	"SC": "gateway.upstream-refused",
	"sC": "gateway.upstream-timeout",
	"SH": "gateway.bad-response",
	"sH": "gateway.upstream-timeout",
	"PH": "gateway.bad-response",
	"PR": "security.waf-block",
	"PT": "security.waf-block",
	"sQ": "server.overloaded",
	"PC": "server.overloaded",
	"RC": "server.overloaded",
}

// albMeans reads error_reason of Amazon's load balancers.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
func albMeans(reason string) faultline.Slug {
	low := strings.ToLower(reason)
	switch {
	case strings.Contains(low, "timeout"):
		return "gateway.upstream-timeout"
	case strings.Contains(low, "unhandled"):
		return "server.exception"
	case strings.Contains(low, "throttl"):
		return "server.overloaded"
	case strings.Contains(low, "waf"):
		return "security.waf-block"
	case strings.HasPrefix(low, "lambda"):
		return "gateway.bad-response"
	}
	return ""
}
