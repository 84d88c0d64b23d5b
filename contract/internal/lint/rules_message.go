package lint

import (
	"fmt"
	"mime"
	"strings"
)

var mediaName = &Rule{
	Slug: "media.name", Severity: Error,
	Title:   "a media type cannot be read",
	Why:     "No Content-Type matches it, so that every body is refused.",
	Fix:     "Write type, slash and subtype: `application/json`.",
	Section: "RFC 9110, section 8.3.1; OpenAPI 3.1.1, section 4.8.13 (content)",
	look: func(c *check) {
		for _, s := range c.sites[media] {
			if s.base != "" || len(s.steps) == 0 || s.steps[0] == "mediaTypes" {
				continue
			}
			if why := badMedia(s.name); why != "" {
				c.say(s, s.at, fmt.Sprintf("`%s` is no media type: %s", s.name, why), "write type, slash and subtype, such as `application/json`")
			}
		}
		for _, s := range c.sites[document] {
			for _, key := range [...]string{"consumes", "produces"} {
				list := s.node.Get(key)
				if list == nil || c.v != V20 {
					continue
				}
				for i, item := range list.Items {
					if why := badMedia(item.Text); why != "" {
						c.say(s, item.Pos, fmt.Sprintf("`%s` is no media type: %s", item.Text, why), "write type, slash and subtype, such as `application/json`", key, itoa(i))
					}
				}
			}
		}
	},
}

// badMedia says why a name is no media type or range, or is empty.
func badMedia(name string) string {
	t, _, err := mime.ParseMediaType(name)
	if err != nil && strings.Contains(name, "*") {
		t, err = strings.TrimSpace(strings.Split(name, ";")[0]), nil
	}
	main, sub, slash := strings.Cut(t, "/")
	switch {
	case err != nil:
		return strings.TrimPrefix(err.Error(), "mime: ")
	case !slash || main == "" || sub == "":
		return "it has no type and subtype"
	}
	return ""
}

var mediaDuplicate = &Rule{
	Slug: "media.duplicate", Severity: Warning,
	Title:   "a media type is listed twice",
	Why:     "Media types have no case, so that two entries match the same bodies; which schema counts is not defined.",
	Fix:     "Merge the two entries.",
	Section: "RFC 9110, section 8.3.1 (case-insensitive)",
	look: func(c *check) {
		first := map[*site]map[string]*site{}
		for _, s := range c.sites[media] {
			if first[s.parent] == nil {
				first[s.parent] = map[string]*site{}
			}
			name := strings.ToLower(strings.ReplaceAll(s.name, " ", ""))
			if before := first[s.parent][name]; before != nil && before.name != s.name {
				c.say(s, s.at, fmt.Sprintf("`%s` is the same media type as `%s` in line %d", s.name, before.name, before.at.Line), "merge the two entries")
				continue
			}
			first[s.parent][name] = s
		}
	},
}

var bodyContent = &Rule{
	Slug: "body.no-content", Severity: Warning,
	Title:   "a request body names no media type",
	Why:     "Any body is taken.",
	Fix:     "Add `content` with the media types of the body.",
	Section: "OpenAPI 3.1.1, section 4.8.13 (content: REQUIRED)",
	look: func(c *check) {
		for _, s := range c.sites[body] {
			if n := s.node.Get("content"); n == nil || len(n.Members) == 0 {
				c.say(s, s.node.Pos, "the requestBody has no `content`: any body is taken", "add `content` with the media types of the body")
			}
		}
	},
}

var bodyMethod = &Rule{
	Slug: "body.without-meaning", Severity: Warning,
	Title:   "a GET, HEAD, DELETE or TRACE request has a body",
	Why:     "The body of such a request has no defined meaning: some clients and proxies drop it, servers may refuse it.",
	Fix:     "Send the values as query parameters, or use POST (QUERY in OpenAPI 3.2).",
	Section: "RFC 9110, sections 9.3.1, 9.3.2, 9.3.5, 9.3.8; OpenAPI 3.1.1, section 4.8.10 (requestBody)",
	look: func(c *check) {
		for _, s := range c.sites[operation] {
			switch s.name {
			case "get", "head", "delete", "trace":
			default:
				continue
			}
			method := strings.ToUpper(s.name)
			if m := member(s.node, "requestBody"); m != nil {
				c.say(s, m.Pos, "a body of a "+method+" request has no defined meaning: some clients and proxies drop it", "send the values as parameters, or use another method", "requestBody")
			}
			for _, p := range c.parametersOf(s) {
				if in := text(p.node.Get("in")); c.v == V20 && (in == "body" || in == "formData") {
					c.say(s, p.entry.Pos, "a body of a "+method+" request has no defined meaning: some clients and proxies drop it", "send the values as parameters, or use another method", "parameters")
				}
			}
		}
	},
}

var responsesMissing = &Rule{
	Slug: "operation.no-responses", Severity: Warning,
	Title:   "an operation documents no responses",
	Why:     "Any answer is taken. Since OpenAPI 3.1 `responses` may be left out, which is worth knowing and no mistake.",
	Fix:     "Document the answers, or `default`.",
	Section: "OpenAPI 3.0.4, section 4.7.10 (responses: REQUIRED); OpenAPI 3.1.1, section 4.8.16 (MUST contain at least one response code)",
	look: func(c *check) {
		for _, s := range c.sites[operation] {
			severity := Warning
			n := s.node.Get("responses")
			if n == nil && c.v >= V31 {
				severity = Info
			}
			if n == nil || len(n.Members) == 0 {
				c.sayAs(severity, s, s.at, "the operation documents no responses: any answer is taken", "add `responses`")
			}
		}
	},
}

var responseStatus = &Rule{
	Slug: "response.status", Severity: Warning,
	Title:   "a key of `responses` is no status",
	Why:     "No answer has that status, so the entry is left out, and the answers it was meant for are not documented.",
	Fix:     "Write a status from 100 to 599, a range such as `4XX`, or `default`.",
	Section: "OpenAPI 3.1.1, section 4.8.16.2; RFC 9110, section 15",
	look: func(c *check) {
		for _, op := range c.sites[operation] {
			list := op.node.Get("responses")
			if list == nil {
				continue
			}
			for i := range list.Members {
				m := &list.Members[i]
				if strings.HasPrefix(m.Key, "x-") {
					continue
				}
				if why := badStatus(m.Key, c.v); why != "" {
					c.say(op, m.Pos, fmt.Sprintf("the response `%s` %s: it is left out", m.Key, why), "write a status from 100 to 599, a range such as `4XX`, or `default`", "responses", m.Key)
				}
			}
		}
	},
}

func badStatus(key string, v Version) string {
	switch {
	case key == "default":
		return ""
	case len(key) == 3 && key[0] >= '1' && key[0] <= '5' && strings.EqualFold(key[1:], "XX"):
		if v == V20 {
			return "is a range, which OpenAPI 2.0 does not have"
		}
		return ""
	case len(key) == 3 && key[0] >= '1' && key[0] <= '5' && isDigit(key[1]) && isDigit(key[2]):
		return ""
	case len(key) == 3 && isDigit(key[0]) && isDigit(key[1]) && isDigit(key[2]):
		return "is out of the range of statuses"
	}
	return "is no status, no range and not `default`"
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

var responseUnquoted = &Rule{
	Slug: "response.unquoted-status", Severity: Info,
	Title:   "a status is not in quotes",
	Why:     "In YAML it is a number, while keys of JSON are strings. It is clear what is meant, and read so here; some tools refuse it.",
	Fix:     "Put the status in quotes.",
	Section: "OpenAPI 3.1.1, section 4.8.16.2 (MUST be enclosed in quotation marks)",
	look: func(c *check) {
		for _, s := range c.sites[response] {
			if len(s.steps) != 2 || s.steps[0] != "responses" || s.name == "" || !isDigit(s.name[0]) || s.parent.role != operation {
				continue
			}
			line := []rune(c.in.Line(s.at))
			if i := s.at.Column - 1; i >= 0 && i < len(line) && line[i] >= '0' && line[i] <= '9' {
				c.say(s, s.at, fmt.Sprintf("the status `%s` should be in quotes", s.name), "write `\""+s.name+"\"`")
				return // one is enough to tell how the whole description is written
			}
		}
	},
}

var responseDescription = &Rule{
	Slug: "response.no-description", Severity: Warning,
	Title:   "a response has no description",
	Why:     "It changes no verdict; the description is formally wrong, and strict tools refuse it.",
	Fix:     "Add a `description`; it may be empty.",
	Section: "OpenAPI 3.1.1, section 4.8.17 (description: REQUIRED; not so in 3.2)",
	look: func(c *check) {
		for _, s := range c.sites[response] {
			if s.node.Get("description") == nil && c.v != V32 {
				c.say(s, s.node.Pos, fmt.Sprintf("the response `%s` has no `description`", s.name), "add a `description`")
			}
		}
	},
}

var responseContentType = &Rule{
	Slug: "response.content-type-header", Severity: Warning,
	Title:   "a response declares the header Content-Type",
	Why:     "It is ignored: the media types of `content` say what it may be.",
	Fix:     "Leave the header out, and list the media type in `content`.",
	Section: "OpenAPI 3.1.1, section 4.8.17 (If a response header is defined with the name \"Content-Type\", it SHALL be ignored)",
	look: func(c *check) {
		for _, s := range c.sites[response] {
			list := s.node.Get("headers")
			if list == nil || c.v == V20 {
				continue
			}
			for i := range list.Members {
				if m := &list.Members[i]; strings.EqualFold(m.Key, "Content-Type") {
					c.say(s, m.Pos, "the response header `"+m.Key+"` is ignored: `content` says what it may be", "leave it out", "headers", m.Key)
				}
			}
		}
	},
}
