package capture

import (
	"strconv"
	"time"

	faultline "github.com/faultline-http/faultline"
)

// albLog is the access log of Amazon's Application Load Balancer.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
var albLog = logFormat{
	name:  "alb-log",
	about: "access logs of Amazon's Application Load Balancer",
	read:  readALB,
}

func trimSeconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) }

func readALB(c *logCall, line string) bool {
	f := quotedFields(line)
	if len(f) < 17 {
		return false
	}
	switch f[0] {
	case "http", "https", "h2", "grpcs", "ws", "wss":
	default:
		return false
	}
	if !c.at(f[1], time.RFC3339Nano) || !c.statusOf(f[8]) {
		return false
	}
	c.requestLine(f[12])
	c.field("User-Agent", f[13])
	c.label(faultline.LabelLog, "alb")
	c.label(faultline.LabelClient, f[3])
	c.label(faultline.LabelUpstream, f[4])
	c.label(faultline.LabelUpstreamStatus, f[9])
	c.sizeOf(f[11])
	c.failed = "the load balancer sent no answer: the client closed the connection"
	// Request, target and response processing time, -1 where it did not come to that.
	var total float64
	for _, part := range f[5:8] {
		if n, err := strconv.ParseFloat(part, 64); err == nil && n > 0 {
			total += n
		}
	}
	c.took(strconv.FormatFloat(total, 'f', -1, 64), time.Second)
	if f[6] != "-1" {
		c.label(faultline.LabelUpstreamTime, f[6])
	}
	c.label(faultline.LabelBackend, f[16])
	for i, name := range map[int]string{22: faultline.LabelALBActions, 24: faultline.LabelALBReason} {
		if len(f) > i {
			c.label(name, f[i])
		}
	}
	if len(f) > 28 && f[27] != "-" {
		c.label(faultline.LabelALBClass, f[27]+" "+f[28])
	}
	return true
}
