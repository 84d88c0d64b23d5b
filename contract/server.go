package contract

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// A Server is one address under which the operations are offered.
type Server struct {
	URL   string   // as the contract writes it, with its {variables}
	Hosts []string // that the address can have, port included; nil if it names none
	Bases []string // base paths that it can have, without a slash at the end; "" is the root
}

// maxVariants bounds the addresses that the enums of server variables multiply
// to.
const maxVariants = 256

// servers reads a servers array; ok is false if there is none.
func (l *loader) servers(n *yaml.Node) (out []Server, ok bool, err error) {
	list := n.Get("servers")
	if list == nil || list.Kind == yaml.Null {
		return nil, false, nil
	}
	if list.Kind != yaml.Array {
		return nil, false, l.docs.fail(list.Pos, "`servers` must be a list", "")
	}
	for _, item := range list.Items {
		s, err := l.server(item)
		if err != nil {
			return nil, false, err
		}
		out = append(out, s)
	}
	return out, len(out) > 0, nil
}

func (l *loader) server(n *yaml.Node) (Server, error) {
	url := n.Get("url")
	if url == nil || url.Kind != yaml.String {
		return Server{}, l.docs.fail(n.Pos, "a server without `url`", "add the address, such as https://api.example.com/v1")
	}
	s := Server{URL: url.Text}
	for _, variant := range l.variants(url, n.Get("variables")) {
		host, base := splitServer(variant)
		if host != "" {
			s.Hosts = appendNew(s.Hosts, host)
		}
		s.Bases = appendNew(s.Bases, base)
	}
	return s, nil
}

// variants writes out a server's address for each value of its variables. A
// variable without enum stands for its default and for anything else: `{}`.
func (l *loader) variants(url, variables *yaml.Node) []string {
	out := []string{url.Text}
	for range maxVariants {
		open := strings.IndexByte(strings.ReplaceAll(out[0], "{}", "__"), '{')
		if open < 0 {
			return out
		}
		length := strings.IndexByte(out[0][open:], '}')
		if length < 0 {
			l.tolerate(url.Pos, "server-variable", fmt.Sprintf("the server address `%s` has a brace without its partner", url.Text), "write a variable as `{name}`")
			return out
		}
		name := out[0][open+1 : open+length]
		values := l.variableValues(url, name, variables.Get(name))
		if len(out)*len(values) > maxVariants {
			l.tolerate(url.Pos, "server-variable", fmt.Sprintf("the variables of the server address `%s` have too many values: any value of `%s` is taken", url.Text, name), "leave its `enum` out")
			values = []string{"{}"}
		}
		var next []string
		for _, value := range values {
			for _, text := range out {
				next = append(next, strings.ReplaceAll(text, "{"+name+"}", value))
			}
		}
		out = next
	}
	return out
}

func (l *loader) variableValues(url *yaml.Node, name string, v *yaml.Node) []string {
	var values []string
	if enum := v.Get("enum"); enum != nil {
		for _, item := range enum.Items {
			values = append(values, item.Text)
		}
		if len(values) > 0 {
			return values
		}
	}
	if v == nil {
		l.tolerate(url.Pos, "server-variable", fmt.Sprintf("the server address `%s` has a variable `%s` that is not declared: any value is taken", url.Text, name), "declare it below `variables` with a `default`")
		return []string{"{}"}
	}
	if def := v.Get("default"); def != nil && def.Text != "" {
		values = append(values, def.Text)
	}
	return append(values, "{}")
}

// splitServer returns host and base path of a server address. An address
// without a scheme is relative to the place of the document, which is not
// known: it is taken from the root.
func splitServer(url string) (host, base string) {
	url, _, _ = strings.Cut(url, "#")
	url, _, _ = strings.Cut(url, "?")
	rest, absolute := "", false
	if _, after, found := strings.Cut(url, "://"); found {
		rest, absolute = after, true
	} else if strings.HasPrefix(url, "//") {
		rest, absolute = url[2:], true
	}
	if absolute {
		slash := strings.IndexByte(rest, '/')
		if slash < 0 {
			slash = len(rest)
		}
		host, url = rest[:slash], rest[slash:]
		if url == "" {
			url = "/"
		}
	}
	base = path.Clean("/" + url)
	if base == "/" {
		base = ""
	}
	return strings.ToLower(host), base
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// A hostPattern is a host whose variable parts are cut out: the fixed texts
// between them.
type hostPattern []string

func newHostPattern(host string) hostPattern {
	return strings.Split(strings.TrimSuffix(strings.TrimSuffix(host, ":443"), ":80"), "{}")
}

// match reports whether a host fits, without regard to case and to the default
// ports.
func (p hostPattern) match(host string) bool {
	host = strings.TrimSuffix(strings.TrimSuffix(host, ":443"), ":80")
	if len(p) == 1 {
		return strings.EqualFold(p[0], host)
	}
	host = strings.ToLower(host)
	if !strings.HasPrefix(host, p[0]) {
		return false
	}
	host = host[len(p[0]):]
	for _, text := range p[1 : len(p)-1] {
		i := strings.Index(host, text)
		if i < 0 {
			return false
		}
		host = host[i+len(text):]
	}
	return strings.HasSuffix(host, p[len(p)-1])
}

func (c *Contract) hasHost(host string) bool {
	if len(c.hosts) == 0 {
		return true
	}
	for _, p := range c.hosts {
		if p.match(host) {
			return true
		}
	}
	return false
}
