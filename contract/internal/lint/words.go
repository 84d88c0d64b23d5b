package lint

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/near"
	"github.com/faultline-http/faultline/internal/yaml"
)

// mostNames bounds the names among which a likely one is looked for.
const mostNames = 1000

// nearest is the name that is likely meant, or empty.
func nearest(word string, names []string) string {
	best, distance := "", 1+max(1, len(word)/4)
	word = strings.ToLower(word)
	for _, name := range names[:min(len(names), mostNames)] {
		if apart := len(name) - len(word); apart >= distance || -apart >= distance {
			continue
		}
		if d := near.Distance(word, strings.ToLower(name)); d < distance {
			best, distance = name, d
		}
	}
	return best
}

// suggest is a remedy that offers the nearest name, or another one.
func suggest(word string, names []string, otherwise string) string {
	if name := nearest(word, names); name != "" {
		return "write `" + name + "`, which exists"
	}
	return otherwise
}

// String is the version as people say it.
func (v Version) String() string { return [...]string{"2.0", "3.0", "3.1", "3.2"}[v] }

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

func textsOf(items []*yaml.Node) []string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = item.Text
	}
	return out
}

func setOf(names []string) map[string]bool {
	out := make(map[string]bool, len(names))
	for _, name := range names {
		out[name] = true
	}
	return out
}
