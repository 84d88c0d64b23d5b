package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// An askedVersion is where a request says which version of the API it wants.
type askedVersion struct {
	at   faultline.Location
	text string // empty if it is not there
}

// versionAsked finds the version that the server speaks of: the place that it
// names, else one whose text it quotes, else the first there is.
func (c *Case) versionAsked() (askedVersion, bool) {
	all := c.versionsAsked()
	text := c.heard().Text
	if name := namedVersionHeader(c.Said()); name != "" {
		for _, v := range all {
			if v.at.In == faultline.InHeader && strings.EqualFold(v.at.Name, name) || v.at.In == faultline.InQuery && strings.EqualFold(v.at.Name, name) {
				return v, true
			}
		}
		if len(all) == 0 || all[0].at.In == faultline.InPath {
			return askedVersion{at: c.absentVersion(name)}, true
		}
	}
	for _, v := range all {
		if v.text != "" && strings.Contains(text, strings.ToLower(strings.ReplaceAll(v.text, "-", " "))) {
			return v, true
		}
	}
	if len(all) > 0 {
		return all[0], true
	}
	return askedVersion{at: c.atPath()}, false
}

// absentVersion is where a version goes whose name the server says: with a
// capital or an X in front it is a field, else a parameter.
func (c *Case) absentVersion(name string) faultline.Location {
	if name == "api-version" || name == "api_version" || name == "version" {
		return faultline.AtQuery(name)
	}
	return faultline.AtHeader(name)
}

// versionsAsked are all places of the request that name a version: fields,
// parameters, the media type that is accepted, segments of the path.
func (c *Case) versionsAsked() []askedVersion {
	var out []askedVersion
	r := &c.Exchange.Request
	for _, f := range r.Header {
		low := strings.ToLower(f.Name)
		switch {
		case versionName(low):
			out = append(out, askedVersion{faultline.AtHeader(f.Name), f.Value})
		case low == "accept" && (strings.Contains(f.Value, "version=") || strings.Contains(f.Value, "/vnd.") && versionInType(f.Value) != ""):
			out = append(out, askedVersion{faultline.AtHeader(f.Name), versionInType(f.Value)})
		}
	}
	for _, p := range pairs(r.Query(), "&") {
		if low := strings.ToLower(p.name); versionName(low) || low == "v" || low == "ver" {
			out = append(out, askedVersion{faultline.AtQuery(p.name), p.value})
		}
	}
	for segment := range strings.SplitSeq(strings.TrimPrefix(r.Path(), "/"), "/") {
		if versionLike(segment) {
			at := c.atPath()
			if i := strings.Index(r.Target, "/"+segment); i >= 0 {
				at.Span = faultline.Span{Start: i + 1, End: i + 1 + len(segment)}
			}
			return append(out, askedVersion{at, segment})
		}
	}
	return out
}

// versionName recognises fields and parameters that name a version of an API:
// Stripe-Version, X-Api-Version, api-version, X-Ms-Version. Upgrade fields and
// versions of the client are others.
func versionName(low string) bool {
	switch low {
	case "version", "revision", "x-version", "accept-version":
		return true
	case "upgrade-insecure-requests", "sec-websocket-version", "mime-version", "dnt":
		return false
	}
	if strings.Contains(low, "client") || strings.Contains(low, "app-version") || strings.Contains(low, "sdk") || strings.HasPrefix(low, "sec-") {
		return false
	}
	return strings.HasSuffix(low, "-version") || strings.HasSuffix(low, "_version") || strings.HasSuffix(low, "apiversion")
}

// namedVersionHeader is the name of a field or parameter for versions that the
// server's words have: "notion-version", "x-api-version".
func namedVersionHeader(said string) string {
	said = said[:min(len(said), mostHeard)]
	for rest := said; ; {
		i := strings.Index(rest, "-version")
		if i < 0 {
			return ""
		}
		start := i
		for start > 0 && (rest[start-1] == '-' || 'a' <= rest[start-1] && rest[start-1] <= 'z' || '0' <= rest[start-1] && rest[start-1] <= '9') {
			start--
		}
		end := i + len("-version")
		if name := rest[start:end]; start < i && len(name) < 40 && (end == len(rest) || rest[end] != 's') && versionName(name) {
			return name
		}
		rest = rest[end:]
	}
}

// versionInType is the version in a media type: "application/vnd.acme.v3+json",
// "application/json; version=2".
func versionInType(value string) string {
	if _, after, found := strings.Cut(value, "version="); found {
		end := strings.IndexAny(after, ",; ")
		if end < 0 {
			end = len(after)
		}
		return strings.Trim(after[:end], `"`)
	}
	for part := range strings.FieldsFuncSeq(value, func(r rune) bool { return strings.ContainsRune("./+;-,", r) }) {
		if versionLike(part) {
			return part
		}
	}
	return ""
}

// versionLike recognises a segment that is a version: v2, v1.1, v2beta1, 2024-01, 2024-01-15.
func versionLike(segment string) bool {
	if len(segment) < 2 || len(segment) > 16 {
		return false
	}
	if segment[0]|0x20 == 'v' && '0' <= segment[1] && segment[1] <= '9' {
		rest := strings.Trim(segment[1:], "0123456789._")
		return rest == "" || strings.HasPrefix(rest, "alpha") || strings.HasPrefix(rest, "beta") || strings.HasPrefix(rest, "rc")
	}
	return len(segment) >= 7 && segment[4] == '-' && strings.Trim(segment, "0123456789-") == "" && segment[0] >= '1' && segment[0] <= '2'
}

// otherVersion reports whether two paths differ in one segment alone that is a
// version in both.
func otherVersion(path, to string) (asked, has string) {
	a, b := strings.Split(path, "/"), strings.Split(to, "/")
	if to == "" || len(a) != len(b) {
		return "", ""
	}
	for i := range a {
		switch {
		case a[i] == b[i]:
		case has == "" && versionLike(a[i]) && versionLike(b[i]):
			asked, has = a[i], b[i]
		default:
			return "", ""
		}
	}
	return asked, has
}
