package proxy

import (
	"regexp"
	"strings"
)

// A Rewrite changes the path of requests on their way to the server. The query
// stays as it was sent. The zero value changes nothing.
type Rewrite struct {
	StripPrefix string        // taken off the path where it ends with a segment: "/api"
	AddPrefix   string        // put before the path: "/v2"
	Replace     []Replacement // made between the two, one after the other
}

// A Replacement replaces what an expression matches in a path.
type Replacement struct {
	Match *regexp.Regexp
	With  string // with $1 and ${name} for what the groups hold
}

// None reports whether the rewrite leaves every path as it is.
func (r *Rewrite) None() bool {
	return r.StripPrefix == "" && r.AddPrefix == "" && len(r.Replace) == 0
}

// Target returns the request target as the server gets it. Only targets in
// origin form are changed: `OPTIONS *` and a CONNECT have no path. What stands
// in the path percent-encoded is not decoded for the comparison, since a
// decoded path that is sent on would be another one.
func (r *Rewrite) Target(target string) string {
	if r.None() || target == "" || target[0] != '/' {
		return target
	}
	path, query, asks := strings.Cut(target, "?")
	path = r.path(path)
	if asks {
		return path + "?" + query
	}
	return path
}

func (r *Rewrite) path(path string) string {
	path = withoutPrefix(path, r.StripPrefix)
	for _, re := range r.Replace {
		path = rooted(re.Match.ReplaceAllString(path, re.With))
	}
	return strings.TrimSuffix(r.AddPrefix, "/") + path
}

// withoutPrefix takes whole segments off: `/api` is no prefix of `/apis`.
func withoutPrefix(path, prefix string) string {
	rest, ok := strings.CutPrefix(path, strings.TrimSuffix(prefix, "/"))
	if !ok || rest != "" && rest[0] != '/' {
		return path
	}
	return rooted(rest)
}

// rooted puts a slash before a path that has lost its own.
func rooted(path string) string {
	if path == "" || path[0] != '/' {
		return "/" + path
	}
	return path
}
