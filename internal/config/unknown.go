package config

import (
	"strings"

	"github.com/faultline-http/faultline/internal/near"
)

// unknownKey says what was likely meant by a key that does not exist.
func unknownKey(name, path string, names []string) error {
	fix := "the keys are " + quoted(names)
	if path == "" {
		fix += "; keys that begin with `x-` are left alone"
	}
	if meant := nearest(name, names); meant != "" {
		fix = "did you mean `" + meant + "`?"
	} else if home := homeOf(name); home != "" {
		fix = "`" + name + "` is a key of " + home
	}
	return wrongf(fix, "`%s` is not a key of %s", name, here(path))
}

// nearest returns the known name that a misspelt one most likely stands for, or "".
func nearest(name string, known []string) string {
	if len(name) > near.Most {
		return ""
	}
	folded := near.Fold(name)
	best, least := "", max(1, len(folded)/3)+1
	for _, k := range known {
		if d := near.Distance(folded, near.Fold(k)); d < least {
			best, least = k, d
		}
	}
	return best
}

// homeOf finds where a key belongs that stands in the wrong place: of several
// places the outermost.
func homeOf(name string) string {
	home, depth := "", 0
	walk(model(&Config{}), "", func(path string, k *key) {
		if k.name != name || home != "" && strings.Count(path, ".") >= depth {
			return
		}
		parent, _, nested := cutLast(path)
		if home, depth = "the configuration itself, at the left edge", strings.Count(path, "."); nested {
			home = "`" + parent + "`"
		}
	})
	return home
}

func cutLast(path string) (parent, name string, found bool) {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}

// walk calls f with every key, the outer ones first. The path of a key in a list
// has empty brackets: services[].to.
func walk(o *object, path string, f func(path string, k *key)) {
	for i := range o.keys {
		k := &o.keys[i]
		at := join(path, k.name)
		f(at, k)
		v := k.value
		if l, ok := v.(lister); ok {
			v, at = l.element(), at+"[]"
		}
		if inner, ok := v.(*object); ok {
			walk(inner, at, f)
		}
	}
}

func quoted(names []string) string {
	return "`" + strings.Join(names, "`, `") + "`"
}
