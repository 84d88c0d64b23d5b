package diagnose

import (
	"fmt"
	"slices"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

// A claim is what a status says of a failure (RFC 9110, section 15), and the
// families of causes that it may be said of.
type claim struct {
	says     string
	families []string
}

var claims = map[int]claim{
	400: {"the request is malformed", []string{"url", "body", "param", "header", "content", "oauth", "protocol", "route", "tls", "cors", "state"}},
	401: {"the credential is missing or wrong", []string{"auth", "oauth"}},
	403: {"the caller may not do this", []string{"auth", "oauth", "security", "cors", "limit", "tls"}},
	404: {"there is no such thing", []string{"route", "resource", "url"}},
	405: {"the method is not allowed", []string{"route", "cors"}},
	409: {"the call contradicts the present state", []string{"state"}},
	413: {"the content is too large", []string{"content", "header", "limit"}},
	415: {"the media type is not supported", []string{"content"}},
	422: {"the content cannot be processed", []string{"body", "param", "content", "header", "state", "resource", "oauth"}},
	429: {"there were too many requests", []string{"limit"}},
	500: {"the server failed", []string{"server", "gateway"}},
	502: {"the gateway got no usable answer", []string{"gateway", "server", "network"}},
	503: {"the service is not available", []string{"gateway", "server", "limit", "network"}},
	504: {"the gateway waited in vain", []string{"gateway", "server", "network"}},
}

// misled adds a note to the first finding where the status speaks of something
// else than the cause: who reads the status first looks in the wrong place.
func misled(c *causes.Case, f *faultline.Finding) {
	if f.Strength == faultline.Possible || f.Cause.Slug.Family() == "cors" {
		return
	}
	status := c.Status()
	if status >= 200 && status <= 299 && c.ErrorInside() {
		note(f, fmt.Sprintf("the status %d says that the call succeeded, the body says that it failed: read the body before trusting the status", status))
		return
	}
	said, known := claims[status]
	if !known || slices.Contains(said.families, f.Cause.Slug.Family()) {
		return
	}
	if rule, ok := causes.Lookup(f.Cause.Slug); ok && slices.Contains(rule.Statuses, status) {
		return
	}
	note(f, fmt.Sprintf("the status %d misleads: it says that %s", status, said.says))
}

func note(f *faultline.Finding, text string) {
	f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: text})
}
