package config

import (
	"cmp"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// A key is one setting, bound to the place of a Config that it sets. Everything
// that the program knows about a setting is said here once.
type key struct {
	name     string
	doc      string // a sentence without its full stop
	def      string // the value without the key, as YAML; empty: none
	example  string // a value, as YAML; empty: the default is one
	required bool
	value    value
}

// sample is a value that the key takes.
func (k *key) sample() string { return cmp.Or(k.example, k.def) }

// A value reads one kind of setting and describes it.
type value interface {
	read(r *reader, n *yaml.Node, path string)
	takes() string          // for people: "a duration"
	schema() map[string]any // for editors
	inline() string         // what is set now, as YAML on one line
	isSet() bool            // whether that is more than nothing
}

// object is a mapping with keys that are known.
type object struct {
	keys  []key
	short string      // the key that a bare text stands for; empty: a mapping is wanted
	made  func()      // called before the members are read; may be nil
	set   func() bool // nil: if one of the keys is set
}

func (o *object) key(name string) *key {
	for i := range o.keys {
		if o.keys[i].name == name {
			return &o.keys[i]
		}
	}
	return nil
}

func (o *object) names() []string {
	out := make([]string, len(o.keys))
	for i := range o.keys {
		out[i] = o.keys[i].name
	}
	return out
}

func (o *object) isSet() bool {
	if o.set != nil {
		return o.set()
	}
	return slices.ContainsFunc(o.keys, func(k key) bool { return k.value.isSet() })
}

func (o *object) takes() string {
	if o.short != "" {
		return "a mapping, or its `" + o.short + "` alone"
	}
	return "a mapping"
}

func (o *object) inline() string {
	var parts []string
	for _, k := range o.keys {
		if k.value.isSet() {
			parts = append(parts, k.name+": "+k.value.inline())
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// list is a sequence of values of one kind. A single value stands for a list of
// one.
type list[T any] struct {
	into *[]T
	item func(*T) value
}

func (l *list[T]) isSet() bool { return len(*l.into) > 0 }

func (l *list[T]) takes() string {
	var zero T
	if _, object := l.item(&zero).(*object); object {
		return "a list of mappings"
	}
	return "a list: " + l.item(&zero).takes()
}

func (l *list[T]) inline() string {
	parts := make([]string, len(*l.into))
	for i, item := range l.items() {
		parts[i] = item.inline()
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (l *list[T]) items() []value {
	out := make([]value, len(*l.into))
	for i := range *l.into {
		out[i] = l.item(&(*l.into)[i])
	}
	return out
}

// element is an item of a list as it is described, not set.
func (l *list[T]) element() value { return l.item(new(T)) }

// lister is a list of anything.
type lister interface {
	element() value
	items() []value
}

// ServicePath is the path of service number i.
func ServicePath(i int) string { return index("services", i) }

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
