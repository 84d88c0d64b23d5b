package capture

import (
	"regexp"
	"strings"
	"time"

	faultline "github.com/faultline-http/faultline"
)

// haproxyLog is HAProxy's `option httplog`, maybe behind the head of syslog.
// Its manual, section 8.2.3, names the fields; section 8.5 the four letters of
// the session state.
var haproxyLog = logFormat{
	name:  "haproxy-log",
	about: "HAProxy's httplog, with the session state at disconnection",
	read:  readHAProxy,
}

var haproxyLine = regexp.MustCompile(`(?:^|[ :])(\S+:\d+) \[(\d{1,2}/\w{3}/\d{4}:[\d:.]+)\] (\S+) (\S+?)/(\S+) (-?\d+)/(-?\d+)/(-?\d+)/(-?\d+)/\+?(-?\d+) (-?\d+) \+?(\d+) \S+ \S+ ([A-Za-z-]{4}) \d+/\d+/\d+/\d+/\+?\d+ (\d+/\d+)(?: \{[^}]*\})*(?: "(.*?)"?)?$`)

func readHAProxy(c *logCall, line string) bool {
	m := haproxyLine.FindStringSubmatch(line)
	if m == nil || !c.at(m[2], "02/Jan/2006:15:04:05.000") {
		return false
	}
	c.statusOf(m[11])
	c.sizeOf(m[12])
	c.requestLine(strings.TrimSuffix(m[15], `"`))
	c.took(m[10], time.Millisecond)
	if m[9] != "-1" {
		c.label(faultline.LabelUpstreamTime, inSeconds(m[9]))
	}
	c.label(faultline.LabelLog, "haproxy")
	c.label(faultline.LabelClient, m[1])
	c.label(faultline.LabelBackend, m[4])
	c.label(faultline.LabelUpstream, m[5]) // "<NOSRV>" if none could be asked
	c.label(faultline.LabelHAProxyState, m[13])
	c.label(faultline.LabelHAProxyQueue, m[14])
	c.failed = "no answer was sent: HAProxy's session state is " + m[13]
	return true
}
