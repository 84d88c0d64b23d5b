package causes

import (
	"fmt"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

func init() { register("route.api-version", apiVersion) }

// saysAPIVersion are the words in which servers refuse a version of their API.
var saysAPIVersion = topic("the version of the API", "unsupported api version*", "api version ~ not supported", "api version ~ unsupported", "api version ~ not valid", "api version ~ invalid", "api version ~ unknown", "api version ~ not found", "api version ~ not exist", "api version ~ required",
	"api version ~ deprecated", "api version ~ retired", "api version ~ no longer", "api version ~ sunset", "api version ~ disabled", "api version ~ expired", "api version ~ missing", "invalid api version*", "invalid ~ api version", "unknown api version", "missing api version*", "no api version", "wrong api version",
	"not a supported version", "not a valid version of the api", "not a valid api version", "version of the api ~ not supported", "version of the api ~ no longer", "version of this api ~ no longer", "version of the api is deprecated", "deprecated version of the*", "version ~ has been deprecated", "version ~ is deprecated", "version ~ no longer supported", "version ~ no longer available", "version ~ has been retired", "version ~ has been sunset", "version ~ was sunset", "version ~ has reached end of life",
	"unsupported version", "version not supported", "version is not supported", "version ~ not supported for resource type", "requested version", "invalid version header", "version header ~ required", "version header ~ missing", "missing ~ version header", "missing required ~ version header", "invalid ~ version header", "supported api versions", "supported versions are", "supported versions:", "unspecified api version", "api version unspecified", "ambiguous api version", "no registered provider found ~ api version",
	"rest api v*", "specify your intended version", "specify ~ version ~ accept header", "api v1 is*", "api v2 is*", "api v3 is*", "v1 api ~ no longer", "v2 api ~ no longer", "api version ~ turned off", "api version ~ removed", "api ~ v1 ~ no longer", "migrate to api v*", "no longer active. please migrate", "end of life version", "v1 has been shut down", "v1 has been deprecated", "v2 has been deprecated", "v1 endpoints have been", "please upgrade to a newer version of the api", "please use v2", "please use version", "please migrate to v*", "migrate to the new api", "upgrade to the latest api version", "this api has been retired", "this api version", "compatible with ~ version is not supported", "invalid media type version", "unsupported graph api version", "does not exist in api version", "revision ~ not supported", "invalid revision", "unsupported revision")

// saysVersionOfElse are versions of other things than the API.
var saysVersionOfElse = topic("another version", "http version", "tls version", "client version", "app version", "browser version", "tls protocol version", "version conflict", "version mismatch", "document version", "row version", "object version", "if match", "entity version", "resource version", "schema version", "current version is", "expected version", "optimistic*", "minimum supported version", "ssh version")

// apiVersion finds the version of the API that was asked for, in the path, a
// field, the query or a media type, where the server does not have it.
func apiVersion(c *Case) []faultline.Finding {
	if c.Exchange.Response == nil && !c.Unsent() {
		return nil
	}
	if f, ok := c.versionByContract(); ok {
		return []faultline.Finding{f}
	}
	status := c.Status()
	if status < 400 && !c.ErrorInside() || status == 505 || status == 401 {
		return nil
	}
	n, named := c.named("route.api-version")
	switch t := c.hop().Tell; {
	case named:
		v, _ := c.versionAsked()
		return []faultline.Finding{c.apiVersionFinding(v, n.strength(), c.saidOnPage())}
	case t != nil && t.Cause == "route.api-version", c.says(saysAPIVersion) && !c.says(saysVersionOfElse):
		v, _ := c.versionAsked()
		if v.text == "" && c.BodySays("accept header", "`accept` header", "'accept' header", "accept media type") {
			v.at = faultline.AtHeader("Accept")
		}
		return []faultline.Finding{c.apiVersionFinding(v, faultline.Likely, c.saidOnPage())}
	}
	if status != 404 && status != 410 && status != 400 && status != 406 && status != 403 && status != 426 {
		return nil
	}
	if f, ok := c.versionOfAnswer(); ok {
		return []faultline.Finding{f}
	}
	if f, ok := c.sunset(); ok {
		return []faultline.Finding{f}
	}
	return nil
}

// versionByContract: the contract has the same path under another version.
func (c *Case) versionByContract() (faultline.Finding, bool) {
	if !c.Unrouted() || !c.Refused() || c.Match.Route != "" {
		return faultline.Finding{}, false
	}
	path := c.Exchange.Request.Path()
	candidates := []string{c.Match.Base}
	for _, n := range c.Match.Near {
		candidates = append(candidates, n.Path)
	}
	for _, to := range candidates {
		asked, has := otherVersion(path, to)
		if has == "" {
			continue
		}
		v := askedVersion{c.atPath(), asked}
		f := c.apiVersionFinding(v, faultline.Proven, nil)
		f.Message = fmt.Sprintf("the contract has this path in version `%s`, not `%s`", has, asked)
		f.Expected, f.Brief = shownPath(to), asked+" → "+has
		f.Remedy = faultline.Remedy{Text: fmt.Sprintf("send the request to `%s`, after reading what changed between the versions", shownPath(to)), Applicability: faultline.Guess, Patch: newPath(to)}
		return f, true
	}
	return faultline.Finding{}, false
}

// versionOfAnswer: the answer says in a field which version it is of, and the
// request asked for another.
func (c *Case) versionOfAnswer() (faultline.Finding, bool) {
	for _, f := range c.Exchange.Response.Header {
		if low := strings.ToLower(f.Name); !strings.Contains(low, "api-version") || strings.Contains(low, "supported") || len(f.Value) > 40 {
			continue
		}
		for _, v := range c.versionsAsked() {
			if v.text != "" && versionLike(v.text) && versionLike(f.Value) && v.text != f.Value && len(c.blames()) == 0 {
				out := c.apiVersionFinding(v, faultline.Likely, []faultline.Evidence{{Kind: faultline.Fact, Title: "evidence", Lines: []faultline.Line{{Text: f.Name + ": " + short(f.Value) + ", asked for was " + short(v.text)}}}})
				out.Expected = short(f.Value)
				return out, true
			}
		}
	}
	return faultline.Finding{}, false
}

// sunset: RFC 8594, section 3: from the time in Sunset on the resource is
// expected to be gone. RFC 9745: Deprecation came before it.
func (c *Case) sunset() (faultline.Finding, bool) {
	h := c.Exchange.Response.Header
	text := h.Value("Sunset")
	if text == "" {
		return faultline.Finding{}, false
	}
	over, ok := httpDate(text)
	now, told := c.serverClock()
	if !told {
		now = c.Exchange.Start
	}
	if !ok || now.IsZero() || now.Before(over) {
		return faultline.Finding{}, false
	}
	v, asked := c.versionAsked()
	if !asked || v.text == "" {
		return faultline.Finding{}, false // the endpoint is gone, not a version of it
	}
	evidence := []faultline.Evidence{{Kind: faultline.Fact, Title: "evidence", Lines: []faultline.Line{{Text: "Sunset: " + short(text) + ": " + span(now.Sub(over).Round(time.Hour)) + " ago"}}}}
	f := c.apiVersionFinding(v, faultline.Likely, evidence)
	f.Message = "the version of the API that was asked for was withdrawn"
	for _, link := range h.Values("Link") {
		if strings.Contains(link, "successor-version") || strings.Contains(link, "deprecation") || strings.Contains(link, "sunset") {
			f.Remedy.Text = "use the version that comes after it: " + short(link)
		}
	}
	return f, true
}

func (c *Case) apiVersionFinding(v askedVersion, s faultline.Strength, evidence []faultline.Evidence) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       v.at,
		Message:  fmt.Sprintf("the server does not have version `%s` of the API", short(v.text)),
		Brief:    "no version " + short(v.text),
		Expected: "a version that the API has",
		Found:    short(v.text),
		Remedy:   faultline.Remedy{Text: "ask for a version that the API's documentation lists, and read what changed since this one", Applicability: faultline.Guess},
		Evidence: evidence,
		Retry:    failsAgain,
		Rank:     25,
	}
	if v.text == "" {
		f.Message, f.Brief, f.Found = "the request does not say which version of the API it wants", "no version asked for", "none"
		f.Remedy.Text = "name a version that the API's documentation lists"
	}
	if supported := c.Exchange.Response; supported != nil {
		if v := supported.Header.Value("api-supported-versions"); v != "" {
			f.Expected = "one of " + short(v)
		}
	}
	return f
}
