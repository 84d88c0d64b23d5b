package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("header.duplicate", headerDuplicate) }

// saysTwice is what servers say of a field or a credential that came twice.
var saysTwice = topic("twice",
	"duplicate header*", "duplicated header*", "multiple host headers", "too many host headers", "more than one host header", "duplicate host", "multiple content length", "duplicate content length",
	"multiple content type headers", "multiple authorization headers", "more than one authorization header", "duplicate authorization", "multiple bearer tokens", "multiple access tokens",
	"more than one method ~ token", "more than one method for including an access token", "more than one authentication method", "multiple authentication methods", "multiple auth methods",
	"more than one auth mechanism", "multiple authentication credentials", "more than one authentication mechanism", "only one authentication method", "more than one token", "multiple tokens",
	"multiple values for header", "header ~ more than once", "header ~ multiple times", "header ~ specified twice", "duplicate transfer encoding", "conflicting credentials", "multiple api keys",
	"both an authorization header and", "invalid number of authorization headers", "must not contain more than one", "repeated header", "duplicate ~ header field")

// onlyOnce are the fields that a request has once at most: their values are no
// lists (RFC 9110, section 5.3; RFC 9112, section 3.2 for Host).
var onlyOnce = []string{"Host", "Content-Length", "Content-Type", "Authorization", "Proxy-Authorization", "Content-Encoding", "Transfer-Encoding", "Range", "If-Modified-Since", "If-Unmodified-Since", "Idempotency-Key", "Origin", "X-Api-Key", "Max-Forwards", "Date"}

// headerDuplicate finds fields that came twice and credentials that were sent
// in two ways. Which of two a server reads is luck, so careful ones refuse.
func headerDuplicate(c *Case) []faultline.Finding {
	if c.Status() < 400 && !c.Unsent() {
		return nil
	}
	told := c.says(saysTwice)
	if name, first, second, ok := c.repeatedField(); ok && (told || c.Status() == 400 || c.Status() == 401 || c.Status() == 415 || c.Unsent()) {
		return []faultline.Finding{c.twiceFinding(name, first, second, told)}
	}
	if !told {
		return nil
	}
	if at, ok := c.secondToken(); ok {
		f := c.twoWays(at)
		return []faultline.Finding{f}
	}
	return nil
}

// repeatedField finds a field of onlyOnce on two lines, or one whose lines a
// client or proxy has joined: "application/json, application/json".
func (c *Case) repeatedField() (name, first, second string, ok bool) {
	h := c.Exchange.Request.Header
	for i := range h {
		for _, once := range onlyOnce {
			if len(h[i].Name) != len(once) || !strings.EqualFold(h[i].Name, once) {
				continue
			}
			if again, twice := h[i+1:].Get(once); twice {
				return once, h[i].Value, again, true
			}
			if a, b, ok := joined(once, h[i].Value); ok {
				return once, a, b, true
			}
		}
	}
	return "", "", "", false
}

// joined splits a value that is two of them with a comma between: media types
// and hosts have no commas, a Digest credential does.
func joined(name, value string) (a, b string, ok bool) {
	a, b, ok = strings.Cut(value, ",")
	if !ok {
		return "", "", false
	}
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	switch name {
	case "Content-Type":
		return a, b, strings.Contains(b, "/") && !strings.Contains(a, `"`)
	case "Content-Length", "Host", "Origin":
		return a, b, b != ""
	case "Authorization", "Proxy-Authorization":
		first, _, _ := strings.Cut(a, " ")
		second, _, _ := strings.Cut(b, " ")
		return a, b, strings.EqualFold(first, second) && !strings.Contains(b, "=\"")
	}
	return "", "", false
}

func (c *Case) twiceFinding(name, first, second string, told bool) faultline.Finding {
	f := faultline.Finding{
		Strength: faultline.Proven,
		At:       faultline.AtHeader(name),
		Message:  fmt.Sprintf("`%s` stands twice in the request", name),
		Brief:    "`" + name + "` twice",
		Expected: "one " + name,
		Found:    fmt.Sprintf("two values, %q and %q", short(first), short(second)),
		Remedy: faultline.Remedy{
			Text:          "send `" + name + "` once: set it where the client has set it already, or add no second one",
			Applicability: faultline.Guess,
		},
		Retry: failsAlways,
		Rank:  deeper + 1,
	}
	if secretName(name) {
		f.Found = "two values"
	}
	if first == second {
		f.Found = "the same value twice"
	}
	if told {
		f.Evidence = c.serverWords()
	} else if c.Status() != 400 {
		f.Strength = faultline.Likely
	}
	return f
}

// secondToken is where a second credential stands beside the Authorization
// field: RFC 6750, section 2, allows one way in each request.
func (c *Case) secondToken() (faultline.Location, bool) {
	if !c.Exchange.Request.Header.Has("Authorization") {
		return faultline.Location{}, false
	}
	fields := c.queryFields()
	for i := range fields {
		switch fold(fields[i].name()) {
		case "accesstoken", "token", "apikey", "key", "auth", "sig", "signature", "xamzsignature", "xamzalgorithm":
			return fields[i].at(), true
		}
	}
	for _, name := range []string{"X-Api-Key", "Api-Key", "X-Auth-Token", "X-Access-Token", "Private-Token", "Cookie"} {
		if c.Exchange.Request.Header.Has(name) {
			return faultline.AtHeader(name), true
		}
	}
	if at := findHead(c.body().fields(), []string{"access_token"}); at != nil {
		return at.at(), true
	}
	return faultline.AtHeader("Authorization"), true
}

func (c *Case) twoWays(at faultline.Location) faultline.Finding {
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       at,
		Message:  "the request carries two credentials, and the server takes one",
		Brief:    "two credentials",
		Expected: "a credential in `Authorization` alone",
		Found:    "one in `Authorization` and another one",
		Evidence: c.serverWords(),
		Remedy:   faultline.Remedy{Text: "send one of the two", Applicability: faultline.Guess},
		Retry:    failsAlways,
		Rank:     deeper,
	}
	if at.In == faultline.InQuery {
		f.Found = "one in `Authorization`, one in the query as `" + at.Name + "`"
		f.Remedy = faultline.Remedy{
			Text: "drop `" + at.Name + "` from the query", Applicability: faultline.Guess,
			Patch: []faultline.Edit{{Op: "remove", In: faultline.InQuery, Name: at.Name}},
		}
	}
	return f
}
