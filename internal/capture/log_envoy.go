package capture

import (
	"regexp"
	"strings"
	"time"

	faultline "github.com/faultline-http/faultline"
)

// envoyLog is Envoy's default access log and Istio's, which has more fields.
// https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#default-format-string
var envoyLog = logFormat{
	name:  "envoy-log",
	about: "access logs of Envoy, Istio, Contour and others, with response flags",
	read:  readEnvoy,
}

var envoyLine = regexp.MustCompile(`^\[(\d{4}-\d\d-\d\dT[\d:.]+Z)\] "([^"]*)" (\d{1,3}) (\S+) (.*)$`)

// Where the fields behind the response flags stand.
const (
	envoyDefault = 9  // received sent duration upstream "forwarded" "agent" "id" "authority" "host"
	istioDefault = 18 // details termination "transport failure" received sent duration upstream … cluster local …
)

func readEnvoy(c *logCall, line string) bool {
	m := envoyLine.FindStringSubmatch(line)
	if m == nil || !c.at(m[1], time.RFC3339Nano) {
		return false
	}
	n := quotedFields(m[5])
	if len(n) < envoyDefault {
		return false
	}
	if m[3] != "0" {
		c.statusOf(m[3])
	}
	if len(n) >= istioDefault {
		c.label(faultline.LabelEnvoyDetails, n[0])
		c.label(faultline.LabelEnvoyClosed, n[1])
		c.label(faultline.LabelEnvoyFailure, n[2])
		c.label(faultline.LabelEnvoyCluster, n[12])
		n = n[3:]
	}
	c.requestLine(m[2])
	c.label(faultline.LabelEnvoyFlags, m[4])
	c.failed = "no answer was sent: Envoy's response flags are " + m[4]
	c.sizeOf(n[1])
	c.took(n[2], time.Millisecond)
	c.label(faultline.LabelUpstreamTime, inSeconds(n[3]))
	c.field("X-Forwarded-For", n[4])
	c.field("User-Agent", n[5])
	c.field("X-Request-Id", n[6])
	c.host(n[7])
	c.label(faultline.LabelUpstream, strings.TrimPrefix(n[8], "tcp://"))
	c.label(faultline.LabelLog, "envoy")
	return true
}

// inSeconds turns milliseconds into the seconds of the label.
func inSeconds(ms string) string {
	d, err := time.ParseDuration(ms + "ms")
	if err != nil {
		return ""
	}
	return trimSeconds(d)
}
