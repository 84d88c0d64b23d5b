package config

import (
	"fmt"
	"maps"
	"regexp"
	"strings"

	"github.com/faultline-http/faultline/internal/caret"
	"github.com/faultline-http/faultline/internal/yaml"
)

// document is one source of settings, to show its lines.
type document struct {
	name  string // as it is shown
	dir   string // what relative paths in it start from
	lines []string
}

func newDocument(name, dir string, raw []byte) *document {
	return &document{name: name, dir: dir, lines: strings.Split(string(raw), "\n")}
}

// place marks width characters.
func (d *document) place(pos yaml.Pos, width int, label string) caret.Place {
	p := caret.Place{File: d.name, Line: pos.Line, Column: pos.Column, Width: width, Label: label}
	if pos.Line >= 1 && pos.Line <= len(d.lines) {
		p.Text = password.ReplaceAllString(strings.TrimSuffix(d.lines[pos.Line-1], "\r"), "://•••@")
	}
	if at := []rune(p.Text); pos.Column >= 1 && pos.Column <= len(at) && width > 0 && (at[pos.Column-1] == '"' || at[pos.Column-1] == '\'') {
		p.Width += 2 // the quotes
	}
	return p
}

// password is what a line must not be shown with.
var password = regexp.MustCompile(`://[^/@\s"']*@`)

// hidden is the place of a value that is not shown.
func (d *document) hidden(pos yaml.Pos) caret.Place {
	p := d.place(pos, 3, "")
	if at := []rune(p.Text); pos.Column >= 1 && pos.Column <= len(at) {
		p.Text, p.Width = string(at[:pos.Column-1])+"•••", 3
	}
	return p
}

// reader reads the values of one document.
type reader struct {
	doc     *document
	env     *environment
	origins map[string]Origin
	errs    Errors
	loose   bool // texts stand for numbers and booleans: all that a variable can hold
}

// fail notes an error about a value.
func (r *reader) fail(n *yaml.Node, err error) {
	r.errs = append(r.errs, at(err, r.doc.place(n.Pos, width(n), "")))
}

func (r *reader) failAt(pos yaml.Pos, width int, err error) {
	r.errs = append(r.errs, at(err, r.doc.place(pos, width, "")))
}

// width is how much of the line a scalar takes, its quotes left out.
func width(n *yaml.Node) int {
	if n.Kind == yaml.Object || n.Kind == yaml.Array || strings.Contains(n.Text, "\n") {
		return 1
	}
	return len([]rune(n.Text))
}

// from notes where a value was set.
func (r *reader) from(path string, n *yaml.Node) {
	r.origins[path] = Origin{Name: r.doc.name, Line: n.Pos.Line, place: r.doc.place(n.Pos, width(n), "")}
}

// read implements value.
func (o *object) read(r *reader, n *yaml.Node, path string) {
	if n.Kind == yaml.Null && path == "" {
		return // a file of comments
	}
	if o.made != nil {
		o.made()
	}
	if n.Kind == yaml.String && o.short != "" {
		r.from(path, n)
		o.key(o.short).value.read(r, n, join(path, o.short))
		return
	}
	if n.Kind != yaml.Object {
		r.fail(n, wrongf("its keys are "+quoted(o.names()), "%s takes %s, not %s", here(path), o.takes(), kindWords(n)))
		return
	}
	r.from(path, n)
	for i := range n.Members {
		m := &n.Members[i]
		k := o.key(m.Key)
		switch {
		case k == nil && path == "" && strings.HasPrefix(m.Key, "x-"):
			// For anchors: what several services share stands there once.
		case k == nil:
			r.failAt(m.Pos, len([]rune(m.Key)), unknownKey(m.Key, path, o.names()))
		case m.Value.Kind == yaml.Null:
			r.failAt(m.Pos, len([]rune(m.Key)), wrongf("give "+k.value.takes()+", or leave the key out", "`%s` has no value", m.Key))
		default:
			k.value.read(r, m.Value, join(path, k.name))
		}
	}
	for i := range o.keys {
		if k := &o.keys[i]; k.required && n.Get(k.name) == nil {
			r.failAt(n.Pos, 1, wrongf("add `"+k.name+": "+k.sample()+"`", "%s has no `%s`: %s", here(path), k.name, k.doc))
		}
	}
}

// read implements value.
func (l *list[T]) read(r *reader, n *yaml.Node, path string) {
	items := []*yaml.Node{n}
	if n.Kind == yaml.Array {
		items = n.Items
	} else if r.loose {
		items = commaSeparated(n)
	}
	// A list replaces that of a source which this one goes before.
	maps.DeleteFunc(r.origins, func(p string, _ Origin) bool { return strings.HasPrefix(p, path+"[") })
	r.from(path, n)
	*l.into = make([]T, len(items))
	for i, item := range items {
		v := l.item(&(*l.into)[i])
		setDefaults(v)
		v.read(r, item, index(path, i))
	}
}

// commaSeparated is how a variable of the environment holds a list.
func commaSeparated(n *yaml.Node) (out []*yaml.Node) {
	for text := range strings.SplitSeq(n.Text, ",") {
		out = append(out, &yaml.Node{Kind: yaml.String, Text: strings.TrimSpace(text), Pos: n.Pos})
	}
	return out
}

func index(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

// here names a place of the configuration in a message.
func here(path string) string {
	if path == "" {
		return "the configuration"
	}
	return "`" + path + "`"
}

func kindWords(n *yaml.Node) string {
	switch n.Kind {
	case yaml.Null:
		return "nothing"
	case yaml.Bool:
		return "true or false"
	case yaml.Number:
		return "a number"
	case yaml.String:
		return "a text"
	case yaml.Array:
		return "a list"
	}
	return "a mapping"
}
