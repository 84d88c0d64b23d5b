package config

import (
	"fmt"
	"strings"
)

// A Setting is one value that holds, for `config show`.
type Setting struct {
	Key    string `json:"key"`    // services[0].to
	Value  string `json:"value"`  // as YAML, secrets masked
	Origin string `json:"origin"` // "faultline.yaml:4", "FAULTLINE_LISTEN", "default"
}

// Settings lists what holds, in the order of the docs.
func (l *Loaded) Settings() (out []Setting) {
	l.each(model(&l.Config), "", 0, func(path, _ string, _ int, v value) {
		if v != nil {
			out = append(out, Setting{path, v.inline(), l.Origin(path).String()})
		}
	})
	return out
}

// YAML writes what holds as a file that could be read, secrets masked. With
// origins each line says where its value comes from.
func (l *Loaded) YAML(origins bool) string {
	var lines, notes []string
	widest := 0
	l.each(model(&l.Config), "", 0, func(path, head string, depth int, v value) {
		line := strings.Repeat("  ", depth) + head
		note := ""
		if v != nil {
			line += " " + v.inline()
			note = l.Origin(path).String()
		}
		lines, notes = append(lines, line), append(notes, note)
		if n := len([]rune(line)); n <= mostAligned {
			widest = max(widest, n)
		}
	})
	var b strings.Builder
	for i, line := range lines {
		b.WriteString(line)
		if origins && notes[i] != "" {
			fmt.Fprintf(&b, "%*s  # %s", max(0, widest-len([]rune(line))), "", notes[i])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// mostAligned is how far a long line may push the column of the origins.
const mostAligned = 60

// each calls f with every line: the path of a value, its key as it begins the
// line, and the value, which is nil where further lines follow.
func (l *Loaded) each(o *object, path string, depth int, f func(path, head string, depth int, v value)) {
	for i := range o.keys {
		k := &o.keys[i]
		if k.value.isSet() || k.def != "" {
			l.line(k.value, join(path, k.name), k.name+":", depth, f)
		}
	}
}

func (l *Loaded) line(v value, path, head string, depth int, f func(path, head string, depth int, v value)) {
	if o, ok := v.(*object); ok {
		f(path, head, depth, nil)
		l.each(o, path, depth+1, f)
		return
	}
	all, ok := v.(lister)
	if _, mappings := elementOf(all).(*object); !ok || !mappings || len(all.items()) == 0 {
		f(path, head, depth, v)
		return
	}
	f(path, head, depth, nil)
	for i, item := range all.items() {
		begin := "- "
		l.each(item.(*object), index(path, i), depth+2, func(path, head string, at int, v value) {
			if begin != "" && at == depth+2 {
				head, at, begin = begin+head, at-1, ""
			}
			f(path, head, at, v)
		})
	}
}

func elementOf(l lister) value {
	if l == nil {
		return nil
	}
	return l.element()
}
