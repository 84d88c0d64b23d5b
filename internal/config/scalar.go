package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// scalar is a single value.
type scalar[T comparable] struct {
	into   *T
	parse  func(text string, r *reader) (T, error)
	format func(T) string // as YAML; what the reader reads as the same value
	like   string         // what it is, with an example: "a duration: 500ms, 10s, 2m"
	number bool           // a plain number is one, too
	only   yaml.Kind      // Number or Bool: a text is none
	hidden bool           // no message shows the value
	typed  map[string]any // its JSON Schema
}

// read implements value.
func (s *scalar[T]) read(r *reader, n *yaml.Node, path string) {
	if !s.accepts(n, r.loose) {
		r.fail(n, wrongf(s.fix(n), "%s takes %s, not %s", here(path), s.like, kindWords(n)))
		return
	}
	v, err := s.parse(n.Text, r)
	if err != nil && s.hidden {
		r.errs = append(r.errs, at(err, r.doc.hidden(n.Pos)))
		return
	}
	if err != nil {
		r.fail(n, err)
		return
	}
	*s.into = v
	r.from(path, n)
}

func (s *scalar[T]) accepts(n *yaml.Node, loose bool) bool {
	switch {
	case n.Kind == yaml.String:
		return s.only == yaml.Null || loose
	case n.Kind == yaml.Number:
		return s.number || s.only == yaml.Number
	}
	return n.Kind == yaml.Bool && s.only == yaml.Bool
}

// fix says how a value of another kind would be written right.
func (s *scalar[T]) fix(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.Object || n.Kind == yaml.Array:
		return "write one value"
	case s.only == yaml.Bool:
		return "write true or false, without quotes"
	case s.only == yaml.Number:
		return "write the number without quotes"
	case n.Kind == yaml.Bool || n.Kind == yaml.Number:
		return "put it in quotes, if it is meant"
	}
	return ""
}

func (s *scalar[T]) takes() string { return s.like }

func (s *scalar[T]) schema() map[string]any { return maps.Clone(s.typed) }

func (s *scalar[T]) isSet() bool { return *s.into != *new(T) }

func (s *scalar[T]) inline() string { return s.format(*s.into) }

// choice is one of some words.
func choice[T comparable](into *T, parse func(string) (T, error), format func(T) string, words ...string) value {
	enum := make([]any, len(words))
	for i, w := range words {
		enum[i] = w
	}
	return &scalar[T]{
		into: into, format: format, like: "one of " + quoted(words), number: true,
		typed: map[string]any{"enum": enum},
		parse: func(text string, _ *reader) (T, error) {
			if slices.Contains(words, text) {
				return parse(text)
			}
			fix := "it is one of " + quoted(words)
			if meant := nearest(text, words); meant != "" {
				fix = "did you mean `" + meant + "`? " + fix
			}
			return *new(T), wrongf(fix, "`%s` is not known here", text)
		},
	}
}

// word is a choice that is kept as it is written.
func word[T ~string](into *T, words ...string) value {
	return choice(into, func(s string) (T, error) { return T(s), nil }, func(v T) string { return yamlText(string(v)) }, words...)
}

// flag is true or false.
func flag(into *bool) value {
	return &scalar[bool]{
		into: into, only: yaml.Bool, like: "true or false",
		typed:  map[string]any{"type": "boolean"},
		format: func(v bool) string { return map[bool]string{true: "true", false: "false"}[v] },
		parse: func(text string, _ *reader) (bool, error) {
			switch strings.ToLower(text) {
			case "true":
				return true, nil
			case "false":
				return false, nil
			}
			return false, wrongf("write true or false", "`%s` is neither true nor false", text)
		},
	}
}

// text is any text that check does not refuse.
func text(into *string, like string, check func(string) error) value {
	return &scalar[string]{
		into: into, like: like, typed: map[string]any{"type": "string"}, format: yamlText,
		parse: func(text string, _ *reader) (string, error) {
			if strings.ContainsFunc(text, func(c rune) bool { return c < 0x20 || c == 0x7f }) {
				return "", wrongf("write it on one line", "the text holds a line break or another control character")
			}
			if check == nil {
				return text, nil
			}
			return text, check(text)
		},
	}
}

// yamlText writes a text so that YAML reads it as the same text.
func yamlText(s string) string {
	if plainText(s) {
		return s
	}
	return jsonText(s)
}

// plainText reports whether a text needs no quotes: those that could be taken
// for something else get them.
func plainText(s string) bool {
	if s == "" || strings.ContainsAny(s[:1], " -?:,[]{}#&*!|>'\"%@`.+0123456789~") && !strings.HasPrefix(s, "./") && !strings.HasPrefix(s, "../") {
		return safeStart(s)
	}
	if strings.ContainsAny(s, ",[]{}") { // marks within [a, b] and {a: b}
		return false
	}
	switch strings.ToLower(s) {
	case "true", "false", "null", "yes", "no", "on", "off":
		return false
	}
	return !strings.Contains(s, ": ") && !strings.Contains(s, " #") && !strings.HasSuffix(s, ":") && !strings.HasSuffix(s, " ") && printableASCII(s)
}

// safeStart lets addresses, sizes and durations stand as people write them.
func safeStart(s string) bool {
	if s == "" || s[0] < '0' || s[0] > '9' || !strings.ContainsAny(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:/") {
		return false
	}
	if strings.ContainsAny(s, "eExXoO_") && strings.Trim(s, "0123456789abcdefABCDEFxXoO_+-.") == "" {
		return false // 0x10 and 1e5 are numbers
	}
	return !strings.ContainsAny(s, ",[]{}") && !strings.Contains(s, ": ") && !strings.Contains(s, " #") && !strings.HasSuffix(s, ":") && printableASCII(s)
}

func printableASCII(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool { return c < 0x20 || c > 0x7e })
}
