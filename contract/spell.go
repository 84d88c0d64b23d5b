package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// spell writes a value in the style of the parameter, as it should have been
// sent: "tags=a&tags=b", "address[city]=Bonn". ok is false for a value that the
// style cannot carry.
func (q *parameter) spell(v *yaml.Node) (text string, ok bool) {
	switch {
	case q.style == content:
		return q.prefix() + escape(string(schema.AppendNode(nil, v)), q.in), true
	case q.style == deepObject:
		var parts []string
		ok = deepParts(q.name, v, &parts, 0)
		return strings.Join(parts, "&"), ok && len(parts) > 0
	case v.Kind == yaml.Array:
		return q.spellArray(v)
	case v.Kind == yaml.Object:
		return q.spellObject(v)
	}
	return q.prefix() + escape(v.Text, q.in), true
}

// prefix is what stands in front of a single value.
func (q *parameter) prefix() string {
	switch {
	case q.style == label:
		return "."
	case q.style == matrix:
		return ";" + q.name + "="
	case q.in == faultline.InQuery || q.in == faultline.InCookie:
		return escape(q.name, q.in) + "="
	}
	return ""
}

func (q *parameter) spellArray(v *yaml.Node) (string, bool) {
	items := make([]string, 0, len(v.Items))
	for _, item := range v.Items {
		if item.Kind == yaml.Array || item.Kind == yaml.Object {
			return "", false
		}
		items = append(items, escape(item.Text, q.in))
	}
	if q.explode {
		switch q.style {
		case label:
			return "." + strings.Join(items, "."), true
		case matrix:
			return strings.Join(prefixed(";"+q.name+"=", items), ""), true
		case form, cookie, spaceDelimited, pipeDelimited:
			return strings.Join(prefixed(q.prefix(), items), q.ampersand()), true
		}
	}
	return q.prefix() + strings.Join(items, q.joint()), true
}

// joint is the delimiter as it is written on the wire.
func (q *parameter) joint() string {
	switch q.style {
	case spaceDelimited:
		return "%20"
	case pipeDelimited:
		return "|"
	case tabDelimited:
		return "%09"
	}
	return ","
}

// ampersand is what stands between pairs.
func (q *parameter) ampersand() string {
	if q.in == faultline.InCookie {
		return "; " // RFC 6265, section 4.2.1
	}
	return "&"
}

func prefixed(prefix string, list []string) []string {
	for i := range list {
		list[i] = prefix + list[i]
	}
	return list
}

func (q *parameter) spellObject(v *yaml.Node) (string, bool) {
	var parts []string
	equals, joint := ",", q.joint()
	if q.explode {
		equals = "="
		switch q.style {
		case form, cookie:
			joint = q.ampersand()
		case label:
			joint = "."
		case matrix:
			joint = ";"
		}
	}
	for i := range v.Members {
		m := &v.Members[i]
		if m.Value.Kind == yaml.Array || m.Value.Kind == yaml.Object {
			return "", false
		}
		parts = append(parts, escape(m.Key, q.in)+equals+escape(m.Value.Text, q.in))
	}
	text := strings.Join(parts, joint)
	switch {
	case q.explode && q.style == matrix:
		return ";" + text, true
	case q.explode && q.style == label:
		return "." + text, true
	case q.explode:
		return text, true
	}
	if q.joint() != "," {
		text = strings.Join(parts, q.joint())
	}
	return q.prefix() + text, true
}

// deepParts writes a value as name[key]=value pairs.
func deepParts(name string, v *yaml.Node, out *[]string, depth int) bool {
	if depth > maxBrackets {
		return false
	}
	switch v.Kind {
	case yaml.Object:
		for i := range v.Members {
			if !deepParts(name+"["+escape(v.Members[i].Key, faultline.InQuery)+"]", v.Members[i].Value, out, depth+1) {
				return false
			}
		}
		return true
	case yaml.Array:
		for _, item := range v.Items {
			if !deepParts(name, item, out, depth+1) {
				return false
			}
		}
		return true
	}
	*out = append(*out, name+"="+escape(v.Text, faultline.InQuery))
	return true
}

// escape percent-encodes what a value may not hold raw in its part (RFC 3986,
// section 2.3); header values stay as they are.
func escape(s string, in faultline.Part) string {
	if in == faultline.InHeader {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if isAlnum(c) || strings.IndexByte("-._~:@", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte("0123456789ABCDEF"[c>>4])
		b.WriteByte("0123456789ABCDEF"[c&15])
	}
	return b.String()
}
