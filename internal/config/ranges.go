package config

import (
	"net/netip"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// rangeList is a list of address ranges; a name stands for several of them.
type rangeList struct{ into *[]netip.Prefix }

const rangesLike = "a list of addresses and ranges: `10.0.0.0/8`, `::1`, `loopback`, `private`, `*`"

// read implements value.
func (l *rangeList) read(r *reader, n *yaml.Node, path string) {
	var texts []string
	before := len(r.errs)
	all := &list[string]{into: &texts, item: func(s *string) value { return text(s, "an address or a range of addresses", nil) }}
	all.read(r, n, path)
	if len(r.errs) > before {
		return
	}
	*l.into = nil
	for i, text := range texts {
		prefixes, err := parseRange(text)
		if err != nil {
			r.errs = append(r.errs, at(err, r.origins[index(path, i)].place))
			continue
		}
		*l.into = append(*l.into, prefixes...)
	}
}

func (l *rangeList) takes() string { return rangesLike }

func (l *rangeList) isSet() bool { return len(*l.into) > 0 }

func (l *rangeList) schema() map[string]any { return listSchema(map[string]any{"type": "string"}) }

func (l *rangeList) inline() string {
	parts := make([]string, len(*l.into))
	for i, p := range *l.into {
		parts[i] = yamlText(p.String())
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
