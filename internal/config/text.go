package config

import (
	"net/netip"
	"regexp"
	"strings"
)

// A Pattern is a regular expression (RE2: it takes linear time).
type Pattern struct{ *regexp.Regexp }

// pattern is a regular expression.
func pattern(into *Pattern) value {
	return &scalar[Pattern]{
		into: into, like: "a regular expression (RE2)", typed: map[string]any{"type": "string", "format": "regex"},
		format: func(p Pattern) string {
			if p.Regexp == nil {
				return `""`
			}
			return yamlText(p.String())
		},
		parse: func(text string, _ *reader) (Pattern, error) {
			re, err := regexp.Compile(text)
			if err != nil {
				return Pattern{}, wrongf("the syntax is that of https://github.com/google/re2/wiki/Syntax", "%s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
			}
			return Pattern{re}, nil
		},
	}
}

// pathPrefix is the beginning of a path.
func pathPrefix(into *string) value {
	return text(into, "the beginning of a path: `/api`", checkPath)
}

func checkPath(s string) error {
	switch {
	case !strings.HasPrefix(s, "/"):
		return wrongf("write `/"+s+"`", "`%s` does not begin with a slash", s)
	case strings.ContainsAny(s, "?# "):
		return wrongf("leave it out, or percent-encode it", "`%s` holds a space, `?` or `#`, which no path does", s)
	case strings.ContainsAny(s, "*{}"):
		return wrongf("give the fixed part alone: what comes behind it is taken, too", "`%s`: paths are compared by their beginnings, without patterns", s)
	}
	return nil
}

// hostName is a host of requests; `*.` stands for one or more labels.
func hostName(into *string) value {
	return text(into, "a host: `api.example.com`, `*.example.com`", func(s string) error {
		const fix = "write the name alone: `api.example.com`, or `*.example.com`"
		bare := strings.TrimPrefix(s, "*.")
		switch {
		case s == "*" || s == "":
			return wrongf("leave `hosts` out to take every host", "`%s` is not a host", s)
		case strings.Contains(s, "://") || strings.ContainsAny(s, "/?#@ "):
			return wrongf(fix, "`%s` is more than a host", s)
		case strings.Contains(bare, "*"):
			return wrongf(fix, "`%s`: a star stands for the first labels only", s)
		}
		if _, err := netip.ParseAddr(strings.Trim(bare, "[]")); err == nil {
			return nil
		}
		if strings.Contains(bare, ":") {
			return wrongf("leave the port out", "`%s`: a host is compared without its port", s)
		}
		return nil
	})
}

// tokenChars are those of a field's name (RFC 9110, section 5.6.2).
var tokenChars = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

// fieldName is a name of a header field that a rule may touch.
func fieldName(into *string) value {
	return text(into, "the name of a header field", ruledField)
}

// connectionFields frame the message or belong to one connection (RFC 9110,
// section 7.6.1; RFC 9112, section 6).
var connectionFields = map[string]string{
	"connection": "", "content-length": "", "expect": "", "keep-alive": "", "proxy-connection": "", "te": "", "trailer": "", "transfer-encoding": "",
	"upgrade": "", "host": "`preserve_host: true` passes the client's own on; else it is that of `to`",
}

// ruledField says why a rule may not touch a field, or is nil.
func ruledField(name string) error {
	if !tokenChars.MatchString(name) {
		return wrongf("letters, digits and hyphens make up a name", "`%s` is not the name of a header field", name)
	}
	if fix, own := connectionFields[strings.ToLower(name)]; own {
		return wrongf(fix, "`%s` belongs to the connection or says where the message ends: no rule may touch it", name)
	}
	return nil
}
