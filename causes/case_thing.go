package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// Phrases about things that are not there. Routers speak of routes, pages and
// addresses; these speak of what has a kind or an identifier.
var (
	saysMissingThing = topic("a thing does not exist", "no such customer", "no such key", "no such bucket", "no such user", "no such object", "no such file", "no such entity",
		"does not exist", "doesn't exist", "do not exist", "no query results for model", "record not found", "resource missing", "could not resolve to", "no longer exists",
		"session id unknown", "unknown session", "session unknown", "unknown sid", "unknown user", "unknown channel", "unknown message", "unknown guild", "unknown id", "unknown object", "unknown customer", "unknown order", "unknown account", "unknown item",
		"no matching record", "no record found", "no records found", "no object found", "no resource found with", "no item found", "no results found", "no rows",
		"with id ~ not found", "with id ~ could not be found", "with the id ~ not found", "id not found", "couldn't find", "could not find", "can't find", "cannot find", "unable to find",
		"was not found", "matches the given query", "cannot be found", "not found with", "not found for", "not found exception", "entity not found", "object not found",
		"item not found", "user not found", "account not found", "document not found", "order not found", "project not found", "customer not found", "product not found", "invalid id",
		"no data found", "nothing found", "not found in the database", "unknown key", "blob unknown", "manifest unknown", "name unknown", "chat not found", "group not found")
	saysMissingProcedure = topic("no such procedure", "no procedure found", "procedure not found", "unknown procedure", "method not found", "unknown method", "no such method", "unknown operation",
		"operation not found", "unknown action", "unknown command", "no such operation", "service not found", "unknown service", "no such action", "invalid action")
	saysDeletedThing = topic("a thing was removed", "has been deleted", "was deleted", "been removed", "was removed", "permanently deleted", "permanently removed", "no longer available",
		"has been retired", "was retired", "has been archived", "been discontinued", "is gone", "been sunset", "was sunset", "has been shut down", "been decommissioned", "been purged",
		"method deprecated", "endpoint ~ removed", "endpoint ~ deprecated", "endpoint ~ retired", "api ~ retired", "are disabled for this", "is disabled for this", "too old resource version",
		"full sync", "sync token ~ no longer valid", "sync token ~ expired", "been discontinued", "link has expired", "has ended")
	saysHidden = topic("a thing may be hidden", "not found or ~ access", "not found or ~ permission*", "does not exist or ~ access", "does not exist or ~ permission*", "doesn't exist or ~ access",
		"doesn't exist or ~ permission*", "does not exist, or ~ access", "does not exist or ~ authorized", "does not exist or ~ not visible", "not found or ~ authorized", "not found or not visible",
		"not found or private", "not exist or ~ private", "no access or not found", "not found or insufficient", "either ~ does not exist or", "may not exist or", "not exist, or you",
		"not exist or you", "not found, or you", "not found or you", "not found or user", "not found or the caller", "cannot be loaded due to missing permissions", "you may not have access",
		"may not have permission to", "do not have permission to view it", "don't have permission to view it", "not shared with your integration", "shared with your integration",
		"repository not found or", "or you do not have access", "or you don't have access", "or you may not have access", "or access denied", "or is not accessible", "or is private",
		"or permission denied", "or you are not authorized", "or you lack", "permission to access it (or it may not exist)", "or it may not exist", "if you have access")
)

// idLike reports whether a segment of a path is an identifier rather than a
// name of a collection: a number, a UUID, a hash, a prefixed key such as cus_42.
func idLike(segment string) bool {
	segment, _, _ = strings.Cut(segment, ".json")
	segment, _, _ = strings.Cut(segment, ".xml")
	if segment == "" || len(segment) > 128 {
		return false
	}
	numbers, letters, marks := 0, 0, 0
	for i := range len(segment) {
		switch ch := segment[i]; {
		case '0' <= ch && ch <= '9':
			numbers++
		case 'a' <= ch|0x20 && ch|0x20 <= 'z':
			letters++
		default:
			marks++
		}
	}
	switch {
	case numbers == 0:
		return false
	case letters == 0 && marks == 1 && numbers <= 3 && strings.Contains(segment, "."):
		return false // 2.5, a version
	case letters == 0:
		return true
	case len(segment) <= 3:
		return false // v1, v2
	}
	return numbers*2 >= letters || len(segment) >= 12 || marks > 0
}

// namesInstance reports whether the path ends with an identifier, or with one
// before its last segment: /orders/7, /orders/7/items.
func (c *Case) namesInstance() bool {
	path := strings.TrimSuffix(c.Exchange.Request.Path(), "/")
	last := path[strings.LastIndexByte(path, '/')+1:]
	if idLike(last) {
		return true
	}
	rest := strings.TrimSuffix(path, "/"+last)
	return idLike(rest[strings.LastIndexByte(rest, '/')+1:])
}

// answersAsApplication reports whether a 404 has the form in which an
// application speaks of its things, and not the one of its router:
// ASP.NET's problem document (its router answers with nothing), Nest's exception
// without "Cannot GET", Django REST framework's "Not found." with a full stop.
func (c *Case) answersAsApplication() bool {
	said := c.Said()
	answer := c.answer()
	switch {
	case answer == nil:
		return false
	case answer.Get("traceId") != nil && answer.Get("status") != nil:
		return true
	case answer.Get("detail").Text() == "Not found.":
		return true
	case answer.Get("statusCode").Text() == "404" && answer.Get("message").Text() == "Not Found" && answer.Get("error") == nil:
		return true
	}
	return strings.Contains(said, "resource not found") && !strings.Contains(said, "for the segment")
}

// thingPlace is where the request names the thing that is missing.
func (c *Case) thingPlace() faultline.Location {
	if c.hasNoBody() && len(c.queryFields()) == 0 {
		return c.atPath()
	}
	if f, ok := c.kindHeld(); ok {
		return f.at()
	}
	if f, ok := c.spokenOf(); ok {
		return f.at()
	}
	if f, ok := c.quotedField(); ok && !c.quotesPath() {
		return f.at()
	}
	if at, ok := c.thingNamed(); ok && !c.namesInstance() {
		return at
	}
	return c.atPath()
}

// thingNames end the names of parameters and members that identify a thing.
var thingNames = []string{"id", "uuid", "guid", "arn", "name", "slug", "key", "handle", "number", "ref", "reference", "identifier", "url", "sku", "code", "email", "login"}

// thingNamed is what identifies the thing where the path does not: the one parameter that is a name or an
// identifier, else such a member of the body of a call that is no path at all (the target stands in a field or
// in the body, as with Amazon's JSON protocol and RPC).
func (c *Case) thingNamed() (faultline.Location, bool) {
	query := c.queryFields()
	for i := range query[:min(len(query), maxMentioned)] {
		if f := &query[i]; f.text != "" && identifies(f.name()) && !credentialName(f.name()) && !queryCredential(f.name()) {
			return f.at(), true
		}
	}
	if f, ok := c.onlyQuery(); ok {
		return f.at(), true
	}
	if c.Exchange.Request.Path() != "/" && !c.Exchange.Request.Header.Has("X-Amz-Target") {
		return faultline.Location{}, false
	}
	fields := c.body().fields()
	for i := range fields[:min(len(fields), maxMentioned)] {
		if f := &fields[i]; len(f.steps) == 1 && (f.kind == "string" || f.kind == "number") && identifies(f.name()) {
			at := f.at()
			at.Span = c.placed(f.span)
			return at, true
		}
	}
	return faultline.Location{}, false
}

// onlyQuery is the one parameter that says what is asked for, beside credentials, pages and formats.
func (c *Case) onlyQuery() (found reqField, ok bool) {
	query := c.queryFields()
	for i := range query[:min(len(query), maxMentioned)] {
		switch name := strings.ToLower(query[i].name()); {
		case credentialName(name), queryCredential(name), strings.Contains(name, "version"), strings.Contains(name, "format"), strings.Contains(name, "lang"),
			name == "page", name == "limit", name == "offset", name == "size", name == "per_page", name == "fields", name == "include", name == "expand", name == "sort", name == "order", name == "units", name == "_", name == "callback":
			continue
		}
		if ok {
			return reqField{}, false
		}
		found, ok = query[i], true
	}
	return found, ok
}

func identifies(name string) bool {
	n := fold(name)
	for _, end := range thingNames {
		if n == end || strings.HasSuffix(n, end) && (end == "id" || end == "arn" || end == "name" || end == "url" || end == "number") {
			return true
		}
	}
	return false
}

// kindHeld is the field whose name is the kind of thing that is missing, or that holds its identifier:
// "lease not found" is about lease, lease_id and leaseId. A path with an identifier of its own goes before.
func (c *Case) kindHeld() (reqField, bool) {
	if c.namesInstance() {
		return reqField{}, false
	}
	for _, fields := range [][]reqField{c.body().fields(), c.queryFields()} {
		for i := range fields[:min(len(fields), maxPairs)] {
			f := &fields[i]
			kind := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(f.name()), "id"), "_")
			if len(kind) < 3 || f.text == "" || secretName(f.name()) {
				continue
			}
			if c.BodySays(kind+" not found", kind+" does not exist", kind+" was not found", "no such "+kind, "unknown "+kind) {
				return *f, true
			}
		}
	}
	return reqField{}, false
}

// quotesPath reports whether the answer quotes a segment of the path.
func (c *Case) quotesPath() bool {
	said := c.Said()
	for segment := range strings.SplitSeq(strings.ToLower(c.Exchange.Request.Path()), "/") {
		if len(segment) > 2 && idLike(segment) && holdsWord(said, segment) {
			return true
		}
	}
	return false
}
