package capture

import (
	"regexp"
	"strings"
	"time"

	faultline "github.com/faultline-http/faultline"
)

// combinedLog is the Common Log Format and what grew from it: Apache's common
// and combined, nginx and Kong, ingress-nginx, Traefik, and the lines of
// development servers (werkzeug, Django, uvicorn, morgan, Gin).
var combinedLog = logFormat{
	name:  "access-log",
	about: "access logs of nginx, Apache, Kong, Traefik, ingress-nginx and of development servers",
	read:  readCombined,
}

var (
	combinedLine = regexp.MustCompile(`^(?:(\S+) )?(\S+) \S+ (\S.*?) \[(\d{1,2}/\w{3}/\d{4}[: ][^\]]{8,16})\] "((?:[^"\\]|\\.)*)" (\d{3}|-) (\d+|-)(.*)$`)
	// Django's runserver: `[21/Nov/2026 14:31:02] "GET /x HTTP/1.1" 404 2345`
	djangoLine = regexp.MustCompile(`^\[(\d{1,2}/\w{3}/\d{4} [\d:]{8})\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d+|-)$`)
	// uvicorn: `INFO:     127.0.0.1:52114 - "GET /x HTTP/1.1" 404 Not Found`
	uvicornLine = regexp.MustCompile(`^INFO: +(\S+) - "((?:[^"\\]|\\.)*)" (\d{3})(?: (.*))?$`)
	// morgan's dev: `GET /x 404 12.345 ms - 150`
	morganLine = regexp.MustCompile(`^([A-Z]{3,10}) (/\S*) (\d{3}) ([\d.]+) ms - (\d+|-)$`)
	// Gin: `[GIN] 2026/11/20 - 14:31:02 | 404 |     120.3µs |       127.0.0.1 | GET      "/x"`
	ginLine = regexp.MustCompile(`^\[GIN\] (\d{4}/\d\d/\d\d - [\d:]{8}) \| *(\d{3}) \| *\S+ \| *(\S+) \| *([A-Z]+) +"?([^"]*)"?`)

	traefikTail = regexp.MustCompile(`^\d+ "([^"]*)" "([^"]*)" (\d+)ms$`)
	ingressTail = regexp.MustCompile(`^\d+ ([\d.]+) \[([^\]]*)\] \[[^\]]*\] (\S+(?:, \S+)*) \S+(?:, \S+)* ([\d.-]+(?:, [\d.-]+)*) (\d{3}|-)((?:, (?:\d{3}|-))*)`)
)

// clfTime is the time of the Common Log Format; werkzeug leaves the zone out.
var clfTime = []string{"02/Jan/2006:15:04:05 -0700", "02/Jan/2006 15:04:05"}

func readCombined(c *logCall, line string) bool {
	if m := combinedLine.FindStringSubmatch(line); m != nil {
		return c.combined(m)
	}
	if m := djangoLine.FindStringSubmatch(line); m != nil {
		c.requestLine(m[2])
		c.sizeOf(m[4])
		return c.at(m[1], clfTime...) && c.statusOf(m[3]) && c.by("django", "")
	}
	if m := uvicornLine.FindStringSubmatch(line); m != nil {
		c.requestLine(m[2])
		c.reason = m[4]
		return c.statusOf(m[3]) && c.by("uvicorn", m[1])
	}
	if m := morganLine.FindStringSubmatch(line); m != nil {
		c.ex.Request.Method, c.ex.Request.Target = m[1], m[2]
		c.took(m[4], time.Millisecond)
		c.sizeOf(m[5])
		return c.statusOf(m[3]) && c.by("morgan", "")
	}
	if m := ginLine.FindStringSubmatch(line); m != nil {
		c.ex.Request.Method, c.ex.Request.Target = m[4], m[5]
		return c.at(m[1], "2006/01/02 - 15:04:05") && c.statusOf(m[2]) && c.by("gin", m[3])
	}
	return false
}

// by notes who wrote the line, and who called.
func (c *logCall) by(program, client string) bool {
	c.label(faultline.LabelLog, program)
	c.label(faultline.LabelClient, client)
	if program != "nginx" && program != "traefik" {
		c.ex.Vantage = faultline.AtServer
	}
	return true
}

func (c *logCall) combined(m []string) bool {
	c.requestLine(strings.ReplaceAll(m[5], `\"`, `"`))
	c.sizeOf(m[7])
	c.host(m[1]) // Apache's %v in front
	if !c.at(m[4], clfTime...) || !c.statusOf(m[6]) {
		return false
	}
	program := "combined"
	fields := quotedFields(m[8])
	switch {
	case len(fields) == 0:
		program = "common"
	case len(fields) >= 2:
		c.field("Referer", fields[0])
		c.field("User-Agent", fields[1])
	}
	rest := m[8]
	for range 2 {
		if _, after, ok := strings.Cut(strings.TrimPrefix(rest, " "), `" `); ok {
			rest = after
		}
	}
	if t := traefikTail.FindStringSubmatch(strings.TrimSpace(rest)); t != nil {
		program = "traefik"
		c.label(faultline.LabelBackend, t[1])
		c.label(faultline.LabelUpstream, t[2])
		c.took(t[3], time.Millisecond)
	}
	if t := ingressTail.FindStringSubmatch(strings.TrimSpace(rest)); t != nil {
		program = "nginx"
		c.took(t[1], time.Second)
		c.label(faultline.LabelBackend, t[2])
		c.label(faultline.LabelUpstream, t[3])
		c.label(faultline.LabelUpstreamTime, t[4])
		c.label(faultline.LabelUpstreamStatus, t[5]+t[6])
	}
	return c.by(program, m[2])
}
