package config

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline/internal/caret"
)

// An Origin says where a value was set.
type Origin struct {
	Name string // a file or a variable; empty: the default
	Line int    // of a file

	place caret.Place
}

// String is "faultline.yaml:4", "FAULTLINE_LISTEN" or "default".
func (o Origin) String() string {
	switch {
	case o.Name == "":
		return "default"
	case o.Line == 0:
		return o.Name
	}
	return fmt.Sprintf("%s:%d", o.Name, o.Line)
}

// Loaded is a configuration with the places that it comes from.
type Loaded struct {
	Config Config
	Files  []string // that were read, those that go before others first
	Notes  []string // what deserves a word and is no mistake

	origins map[string]Origin
}

// Origin says where the value of a path such as `services[0].to` was set. What
// stands in a list or mapping that was set as a whole has the origin of that.
func (l *Loaded) Origin(path string) Origin {
	for {
		if o, ok := l.origins[path]; ok {
			return o
		}
		parent := outer(path)
		if parent == "" || path[len(parent)] != '[' {
			return Origin{}
		}
		path = parent
	}
}

// Override notes that a flag has set the value of a path, and forgets where what
// stands in it came from.
func (l *Loaded) Override(path, flag string) {
	for p := range l.origins {
		if p == path || strings.HasPrefix(p, path+".") || strings.HasPrefix(p, path+"[") {
			delete(l.origins, p)
		}
	}
	l.origins[path] = Origin{Name: flag, place: caret.Place{File: flag}}
}

// Check finds what is wrong although each value by itself is fine: for values
// that flags have set. The error is [Errors].
func (l *Loaded) Check() error {
	if errs := l.check(); len(errs) > 0 {
		return errs
	}
	return nil
}

// nearestOrigin is the origin of a path or of what it stands in.
func (l *Loaded) nearestOrigin(path string) (Origin, bool) {
	for ; path != ""; path = outer(path) {
		if o, ok := l.origins[path]; ok {
			return o, true
		}
	}
	return Origin{}, false
}

// outer is the path of what a value stands in: `services[0]` for `services[0].to`.
func outer(path string) string {
	for i := len(path) - 1; i > 0; i-- {
		if path[i] == '.' || path[i] == '[' {
			return path[:i]
		}
	}
	return ""
}

// Errorf is an error about the value of a path, with its line and a caret if it
// stands in a file. Further paths are shown below it, each with its label.
func (l *Loaded) Errorf(path, fix, format string, args ...any) *Error {
	e := &Error{Msg: fmt.Sprintf(format, args...), Remedy: fix}
	return l.also(e, path, "")
}

// also adds a place to an error.
func (l *Loaded) also(e *Error, path, label string) *Error {
	if o, ok := l.nearestOrigin(path); ok {
		p := o.place
		p.Label = label
		e.Places = append(e.Places, p)
	}
	return e
}
