package config

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A Secret is a text that is not written into the configuration: it stands in
// the environment or in a file of its own. It prints as where it comes from.
type Secret struct{ value, from string }

// Value is the secret itself.
func (s Secret) Value() string { return s.value }

// String says where the secret comes from.
func (s Secret) String() string { return s.from }

// GoString keeps the secret out of %#v.
func (s Secret) GoString() string { return fmt.Sprintf("config.Secret(%q)", s.from) }

// Format keeps the secret out of every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, s.from) }

// environment is what a configuration may ask of the process around it.
type environment struct {
	getenv   func(string) string
	readFile func(string) ([]byte, error)
}

// secret is a text that must not stand in the file itself.
func secret(into *Secret) value {
	return &scalar[Secret]{
		into: into, hidden: true, like: "`${NAME}` of the environment or `file:PATH`", typed: map[string]any{"type": "string", "pattern": `^(file:.+|.*\$\{[A-Za-z_][A-Za-z0-9_]*\}.*)$`},
		format: func(s Secret) string { return yamlText(s.from) },
		parse: func(text string, r *reader) (Secret, error) {
			value, err := r.expand(text)
			if err == nil && value == text && !r.loose {
				return Secret{}, wrongf("put it into the environment and write `${NAME}`, or into a file of its own and write `file:PATH`", "a secret does not stand in a configuration file, which others read and keep")
			}
			return Secret{value, text}, err
		},
	}
}

var variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// mostSecret bounds a file that holds one secret.
const mostSecret = 64 << 10

// expand puts in what `${NAME}` and `file:PATH` stand for. No message has it.
func (r *reader) expand(text string) (string, error) {
	if name, ok := strings.CutPrefix(text, "file:"); ok {
		return r.secretFile(name)
	}
	var missing string
	out := variable.ReplaceAllStringFunc(text, func(ref string) string {
		name := ref[2 : len(ref)-1]
		v := r.env.getenv(name)
		if v == "" {
			missing = name
		}
		return v
	})
	if missing != "" {
		return "", wrongf("set it before the program starts, or write `file:PATH`", "the variable `%s` is not set, or empty", missing)
	}
	if strings.ContainsAny(out, "\x00\r\n") {
		return "", wrongf("", "what `%s` stands for holds a line break", text)
	}
	return out, nil
}

func (r *reader) secretFile(name string) (string, error) {
	if !filepath.IsAbs(name) {
		name = filepath.Join(r.doc.dir, filepath.FromSlash(name))
	}
	raw, err := r.env.readFile(name)
	switch {
	case err != nil:
		return "", wrongf("", "the file of the secret cannot be read: %v", err)
	case len(raw) > mostSecret:
		return "", wrongf("", "the file of the secret has %d bytes", len(raw))
	}
	out := strings.TrimRight(string(raw), "\r\n")
	if out == "" || strings.ContainsAny(out, "\x00\r\n") {
		return "", wrongf("put the secret alone into it, on one line", "the file of the secret is empty or has more than one line")
	}
	return out, nil
}

// Fields are header fields that are set or added, in the order of the file.
type Fields []FieldRule

// A FieldRule is a field, and where its value comes from if that is not the
// configuration itself.
type FieldRule struct {
	Name, Value string
	from        string // as it is written, for one with `${NAME}` or `file:PATH`
}

// shown is the value as `config show` prints it.
func (f *FieldRule) shown() string {
	switch {
	case f.from != "":
		return f.from
	case faultline.SecretName(f.Name):
		return "•••"
	}
	return f.Value
}

// fields is a mapping from names of header fields to their values.
type fields struct{ into *Fields }

// read implements value.
func (v *fields) read(r *reader, n *yaml.Node, path string) {
	if n.Kind != yaml.Object {
		r.fail(n, wrongf("write `Name: value` below it", "%s takes %s, not %s", here(path), v.takes(), kindWords(n)))
		return
	}
	r.from(path, n)
	*v.into = nil
	for i := range n.Members {
		m := &n.Members[i]
		if err := ruledField(m.Key); err != nil {
			r.failAt(m.Pos, len([]rune(m.Key)), err)
			continue
		}
		if m.Value.Kind == yaml.Object || m.Value.Kind == yaml.Array || m.Value.Kind == yaml.Null {
			r.fail(m.Value, wrongf("write one text", "the value of `%s` is %s", m.Key, kindWords(m.Value)))
			continue
		}
		f := FieldRule{Name: m.Key}
		var err error
		if f.Value, err = r.expand(m.Value.Text); err != nil {
			r.errs = append(r.errs, at(err, r.doc.hidden(m.Value.Pos)))
			continue
		}
		if f.Value != m.Value.Text {
			f.from = m.Value.Text
		}
		*v.into = append(*v.into, f)
		r.from(join(path, m.Key), m.Value)
	}
}

func (v *fields) takes() string {
	return "a mapping of names to values; `${NAME}` and `file:PATH` keep secrets out"
}

func (v *fields) isSet() bool { return len(*v.into) > 0 }

func (v *fields) schema() map[string]any {
	return map[string]any{"type": "object", "additionalProperties": map[string]any{"type": []any{"string", "number", "boolean"}}}
}

func (v *fields) inline() string {
	parts := make([]string, len(*v.into))
	for i := range *v.into {
		f := &(*v.into)[i]
		parts[i] = yamlText(f.Name) + ": " + yamlText(f.shown())
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// readFile reads a file that has to be a small regular one: a pipe or a device
// would hold the program up.
func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a regular file", name)
	case info.Size() > mostConfig:
		return nil, fmt.Errorf("%s has %d bytes, more than the limit of %d", name, info.Size(), mostConfig)
	}
	return os.ReadFile(name)
}

// mostConfig bounds a configuration file: that of ten thousand services is smaller.
const mostConfig = 16 << 20

// Secret lists the names of the fields whose values come from elsewhere.
func (f Fields) Secret() (names []string) {
	for i := range f {
		if f[i].from != "" {
			names = append(names, f[i].Name)
		}
	}
	return names
}
