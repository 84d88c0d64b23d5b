package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("route.unknown-path", unknownPath) }

// unknownPath is proven by a contract alone. Without one a 404 may also mean
// that the path is right and the thing is not there: words of a router make it
// likely, words about a thing rule it out.
func unknownPath(c *Case) []faultline.Finding {
	if !c.Refused() || c.preflight() {
		return nil
	}
	if c.Unrouted() {
		return c.undocumentedPath()
	}
	if f, ok := c.unknownProcedure(); ok {
		return []faultline.Finding{f}
	}
	if c.Contract != nil {
		return nil
	}
	switch {
	case c.saysNoRoute():
		return []faultline.Finding{c.pathFinding(faultline.Likely)}
	case c.Status() == 404 && !c.saysNoThing() && c.Exchange.Request.Method != "HEAD":
		f := c.pathFinding(faultline.Possible)
		f.Notes = []faultline.Note{{
			Label: "settle it",
			Text:  "the same path with an identifier that is known to exist: if that answers, the path is right and the thing is not there",
		}}
		return []faultline.Finding{f}
	}
	return nil
}

// undocumentedPath speaks where the contract has no such path with any method, and no mended spelling
// of it that another rule explains better.
func (c *Case) undocumentedPath() []faultline.Finding {
	m := c.Match
	if m.Route != "" || m.Base != "" || m.Slash != "" {
		return nil
	}
	switch {
	case c.Unsent(), c.Status() == 404, c.saysNoRoute():
	default:
		return nil
	}
	f := c.pathFinding(faultline.Proven)
	f.Message = fmt.Sprintf("the contract has no path `%s`", shownPath(c.Exchange.Request.Path()))
	if len(m.Near) == 0 {
		return []faultline.Finding{f}
	}
	near := m.Near[0]
	f.Expected = near.Template
	f.Caret = fmt.Sprintf("did you mean `%s`?", near.Path)
	f.Brief = fmt.Sprintf("`%s` → `%s`", shownPath(c.Exchange.Request.Path()), near.Path)
	f.Remedy.Text = fmt.Sprintf("send the request to `%s`", near.Path)
	f.Remedy.Patch = newPath(near.Path)
	if len(m.Near) > 1 {
		var others []string
		for _, n := range m.Near[1:min(len(m.Near), 4)] {
			others = append(others, n.Method+" "+n.Template)
		}
		f.Evidence = append(f.Evidence, faultline.Evidence{
			Kind: faultline.Fact, Title: "also near", Lines: []faultline.Line{{Text: strings.Join(others, " · ")}},
		})
	}
	return []faultline.Finding{f}
}

func (c *Case) pathFinding(s faultline.Strength) faultline.Finding {
	path := shownPath(c.Exchange.Request.Path())
	if c.Exchange.Request.Target == "" {
		return faultline.Finding{
			Strength: s, At: faultline.AtPath(""), Message: "the server has no route for the path that was called", Brief: "no such route", Expected: "a path that the API has",
			Remedy: faultline.Remedy{Text: "compare the path with the API's documentation, segment by segment", Applicability: faultline.Guess},
			Retry:  "as sent it fails every time",
		}
	}
	return faultline.Finding{
		Strength: s,
		At:       c.atPath(),
		Message:  fmt.Sprintf("the server has no route for `%s`", path),
		Brief:    fmt.Sprintf("no route for %s", path),
		Expected: "a path that the API has",
		Found:    path,
		Remedy: faultline.Remedy{
			Text:          "compare the path with the API's documentation, segment by segment",
			Applicability: faultline.Guess,
		},
		Retry: "as sent it fails every time",
	}
}

// saysRouter are further words of routers, of web servers and of those who write
// their own.
var saysRouter = topic("a router",
	"requested resource was not found on this server", "requested url was not found on", "action not found for request", "route does not exist", "route doesn't exist", "no such path", "no such resource path", "path does not exist", "path doesn't exist", "unknown route", "unknown url", "unknown uri", "invalid route", "invalid url path", "invalid api path", "invalid api endpoint",
	"api not found", "api endpoint not found", "api endpoint does not exist", "no api at this path", "nothing to see here", "resource path not found", "uri not found", "no http resource was found that matches the request uri", "no type was found that matches the controller", "rest no route", "no route for that uri", "no handler for", "no controller found", "no action found", "not a valid endpoint", "not a valid api endpoint", "not a known endpoint", "is not a recognized endpoint",
	"endpoint not exist*", "endpoint is not found", "unable to find matching target resource method", "request path not found", "could not find any route", "no matching endpoint", "no matching operation", "unsupported endpoint", "undefined route", "this url does not exist", "page does not exist", "invalid resource path", "no service found at this path", "no webservice")

// saysNoRoute knows the words with which routers, not handlers, answer.
func (c *Case) saysNoRoute() bool {
	if s := c.Status(); s > 405 && s != 410 && s != 501 {
		return false // other pages speak of "the requested URL" as well
	}
	if c.Status() < 400 && !c.ErrorInside() {
		return false
	}
	if c.BodySays("no route matches", "no route matched", "no route found", "no matching route", "route not found", "could not match", "no static resource", "no such route",
		"unrecognized request url", "unknown endpoint", "endpoint not found", "no such endpoint", "unknown path", "path not found", "unknown method", "unknown_method",
		"no handler found", "no mapping for", "for the segment", "url not found", "404 page not found", "the page you are looking for",
		"unknown api", "unknown_url", "invalid endpoint", "endpoint does not exist", "no resource method found", "matching target resource", "resource not found for the segment",
		"didn't match any", "did not match any route", "could not be routed", "could not route") {
		return true
	}
	if c.says(saysRouter) || c.BodySays("requested url") && !c.BodySays("caused an error") { // Bottle names the address whatever failed
		return true
	}
	said, method := c.Said(), strings.ToLower(c.Exchange.Request.Method)
	if strings.Contains(said, "cannot "+method+" /") {
		return true // Express and those who answer like it
	}
	// A router that quotes the whole path knows no parts of it; a handler speaks of its thing.
	if path := strings.ToLower(c.Exchange.Request.Path()); len(path) > 1 {
		for _, end := range []string{" does not exist", " not found", " was not found", " is not found", " could not be found"} {
			if i := strings.Index(said, path); i >= 0 && strings.HasPrefix(strings.TrimLeft(said[i+len(path):], "'\"`]"), end) {
				return true
			}
		}
	}
	if strings.Contains(said, "route") && (strings.Contains(said, "not found") || strings.Contains(said, "could not be found") || strings.Contains(said, "does not exist")) {
		return true
	}
	// API Gateway answers an unknown path as if credentials were missing.
	return c.Exchange.Response.Header.Value("X-Amzn-ErrorType") == "MissingAuthenticationTokenException" &&
		!c.Exchange.Request.Header.Has("Authorization")
}

// saysNoThing reports whether a 404 speaks of a thing by its kind or its
// identifier: then the route exists. "Not found" alone says neither.
func (c *Case) saysNoThing() bool {
	said := c.Said()
	if c.BodySays("no such ", "does not exist", "doesn't exist", "no query results", "resource_missing", "resourcenotfound", "record not found", "no longer exists",
		"could not resolve to", "was deleted", "has been deleted", "not found or", "unknown user", "unknown id") {
		return true
	}
	for _, words := range []string{" not found", " was not found", " could not be found", " is not found", "_not_found", "not found:"} {
		if i := strings.Index(said, words); i > 0 && namesThing(said[:i]) {
			return true
		}
	}
	// An identifier of the path that the answer quotes back, outside a copy of the whole path.
	path := c.Exchange.Request.Path()
	rest := strings.ReplaceAll(said, strings.ToLower(path), "")
	last := strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	if idLike(last) && numbersThing(said, last) {
		return true
	}
	return len(last) >= 3 && looksLikeID(last) && strings.Contains(rest, last)
}

// numbersThing reports whether the answer says that there is "no item 44": a kind of thing and the
// identifier of the path behind a no.
func numbersThing(said, id string) bool {
	for _, no := range []string{"no ", "unknown ", "invalid ", "missing "} {
		for rest := said; ; {
			_, after, found := strings.Cut(rest, no)
			if !found {
				break
			}
			kind, number, _ := strings.Cut(after, " ")
			number, _, _ = strings.Cut(number, " ")
			if namesThing(kind) && strings.Trim(number, `"'#.,:;)`) == id {
				return true
			}
			rest = after
		}
	}
	return false
}

// namesThing looks at the words before "not found": the last of them is a kind
// of thing unless it is a word for the route, the page or the status itself.
func namesThing(before string) bool {
	before = strings.TrimRight(before, `"'. `)
	start := strings.LastIndexAny(before, " \"'{:>_,;(") + 1
	word := before[start:]
	switch word {
	case "", "404", "found", "route", "page", "path", "url", "uri", "endpoint", "resource", "file", "object", "error", "status", "message", "detail", "title", "reason", "code", "it", "–", "-", "method", "api", "handler", "operation":
		return false
	}
	return word[0] >= 'a' && word[0] <= 'z' || strings.HasPrefix(word, "#")
}

// looksLikeID reports whether a segment is rather an identifier than a word.
func looksLikeID(segment string) bool {
	digits := 0
	for i := range len(segment) {
		if '0' <= segment[i] && segment[i] <= '9' {
			digits++
		}
	}
	return digits > 0 && (digits*2 >= len(segment) || len(segment) >= 8 || strings.ContainsAny(segment, "-_"))
}
