package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/caret"
	"github.com/faultline-http/faultline/internal/yaml"
)

// Name is what the file is called in a project.
const Name = "faultline.yaml"

// Source says where a configuration is looked for.
type Source struct {
	File    string   // the only file that is read; empty: they are looked for
	Dir     string   // of the project: Name is looked for here and in the folders above, up to the repository's root
	Further []string // files that are read, too, if they exist; the first goes before the others
	Getenv  func(string) string
	Environ []string // NAME=value; for variables that nobody knows
}

// Load reads the configuration. Variables FAULTLINE_* go before the file of the
// project, that before the further ones, those before the defaults. A mapping is
// put together key by key, a list taken as a whole. The error is [Errors], or
// that of a file which cannot be read.
func Load(s Source) (*Loaded, error) {
	l := &Loaded{origins: map[string]Origin{}}
	root := model(&l.Config)
	setDefaults(root)
	files := s.Files()
	env := &environment{getenv: s.Getenv, readFile: readFile}
	var errs Errors
	for _, name := range slices.Backward(files) {
		raw, err := readFile(name)
		if err != nil {
			return nil, fmt.Errorf("configuration %s: %w", name, bare(err))
		}
		errs = append(errs, l.read(root, name, raw, env)...)
	}
	l.Files = files
	errs = append(errs, l.readVariables(root, s, env)...)
	if len(errs) == 0 {
		errs = l.check()
	}
	if len(errs) > 0 {
		return nil, errs
	}
	return l, nil
}

// Parse reads a configuration that is at hand, as if it stood in a file of that
// name.
func Parse(name string, raw []byte, getenv func(string) string) (*Loaded, error) {
	l := &Loaded{origins: map[string]Origin{}, Files: []string{name}}
	root := model(&l.Config)
	setDefaults(root)
	errs := l.read(root, name, raw, &environment{getenv: getenv, readFile: readFile})
	if len(errs) == 0 {
		errs = l.check()
	}
	if len(errs) > 0 {
		return nil, errs
	}
	return l, nil
}

func (l *Loaded) read(root *object, name string, raw []byte, env *environment) Errors {
	doc := newDocument(name, filepath.Dir(name), raw)
	node, err := yaml.ParseWith(name, raw, yaml.Limits{Bytes: mostConfig, Depth: 64})
	if err != nil {
		if e := notYAML(doc, err); e != nil {
			return Errors{e}
		}
		return nil
	}
	r := &reader{doc: doc, env: env, origins: l.origins}
	root.read(r, node, "")
	delete(l.origins, "") // the file as a whole is nobody's origin
	return r.errs
}

// notYAML shows what the reader of YAML says; an empty file is an empty
// configuration, for which there is nothing to say.
func notYAML(doc *document, err error) *Error {
	var broken *yaml.Error
	if !errors.As(err, &broken) {
		return &Error{Msg: err.Error(), Places: []caret.Place{{File: doc.name}}}
	}
	if broken.Msg == "the file is empty" {
		return nil
	}
	e := &Error{Msg: broken.Msg, Remedy: broken.Remedy, Places: []caret.Place{doc.place(broken.Pos, 1, "")}}
	if broken.Other.Line > 0 {
		e.Places = append(e.Places, doc.place(broken.Other, 1, "here, too"))
	}
	return e
}

// Files lists what is read, those that go before others first.
func (s *Source) Files() []string {
	if s.File != "" {
		return []string{s.File}
	}
	var out []string
	if name := inProject(s.Dir); name != "" {
		out = append(out, name)
	}
	for _, name := range s.Further {
		if isFile(name) {
			out = append(out, name)
		}
	}
	return out
}

// inProject finds the file in a folder or, within a repository, in one above.
func inProject(dir string) string {
	if here := filepath.Join(dir, Name); isFile(here) {
		return here
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	var above []string
	for {
		above = append(above, full)
		if exists(filepath.Join(full, ".git")) {
			break
		}
		parent := filepath.Dir(full)
		if parent == full {
			return "" // no repository: only this folder counts
		}
		full = parent
	}
	for _, folder := range above[1:] {
		if name := filepath.Join(folder, Name); isFile(name) {
			return name
		}
	}
	return ""
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// bare drops operation and path from an error about a file that is named already.
func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// prefix begins the names of our variables.
const prefix = "FAULTLINE_"

// known are variables that are no settings.
var known = []string{"FAULTLINE_CACHE", "FAULTLINE_CONFIG", "FAULTLINE_REQUIRE_SERVICES"}

// variables are the names of the variables that set a key: all but those of
// lists of mappings, which a variable cannot hold.
func variables(root *object) map[string]*key {
	out := map[string]*key{}
	walk(root, "", func(path string, k *key) {
		if strings.Contains(path, "[]") {
			return
		}
		o, isObject := k.value.(*object)
		if l, isList := k.value.(lister); isList {
			o, isObject = l.element().(*object)
		}
		if !isObject || o.short != "" {
			out[variableName(path)] = k
		}
	})
	return out
}

func variableName(path string) string {
	return prefix + strings.ToUpper(strings.ReplaceAll(path, ".", "_"))
}

// readVariables reads what the environment sets.
func (l *Loaded) readVariables(root *object, s Source, env *environment) (errs Errors) {
	settable := variables(root)
	names := known
	paths := map[string]string{}
	walk(root, "", func(path string, _ *key) { paths[variableName(path)] = path })
	for name := range settable {
		names = append(names, name)
	}
	for _, pair := range slices.Sorted(slices.Values(s.Environ)) {
		name, text, _ := strings.Cut(pair, "=")
		k := settable[name]
		switch {
		case !strings.HasPrefix(name, prefix) || slices.Contains(known, name) || text == "":
		case k == nil:
			l.Notes = append(l.Notes, unknownVariable(name, names))
		default:
			doc := &document{name: name, dir: s.Dir}
			r := &reader{doc: doc, env: env, origins: l.origins, loose: true}
			k.value.read(r, &yaml.Node{Kind: yaml.String, Text: text}, paths[name])
			errs = append(errs, r.errs...)
		}
	}
	return errs
}

func unknownVariable(name string, names []string) string {
	note := "the variable `" + name + "` sets nothing"
	if meant := nearest(name, names); meant != "" {
		note += ": did you mean `" + meant + "`?"
	}
	return note
}
