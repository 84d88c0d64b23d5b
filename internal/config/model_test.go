package config

import (
	"strings"
	"testing"
)

// TestModel holds every key to what the docs and the schema say of it: words,
// and a sample that its own reader takes and would print as it can be read.
func TestModel(t *testing.T) {
	t.Parallel()
	count := 0
	walk(model(&Config{}), "", func(path string, k *key) {
		count++
		if k.doc == "" || strings.HasSuffix(k.doc, ".") {
			t.Errorf("%s: words without a full stop at their end are missing: %q", path, k.doc)
		}
		if strings.ToLower(k.name) != k.name || strings.ContainsAny(k.name, "- ") {
			t.Errorf("%s: names are lower case with underscores", path)
		}
		_, isObject := k.value.(*object)
		if l, ok := k.value.(lister); ok {
			_, isObject = l.element().(*object)
		}
		if k.sample() == "" {
			if !isObject {
				t.Errorf("%s has neither default nor example", path)
			}
			return
		}
		read := func(text string) Errors {
			env := &environment{getenv: func(string) string { return "x" }, readFile: func(string) ([]byte, error) { return []byte("x\n"), nil }}
			r := &reader{doc: newDocument("sample", ".", []byte(text)), env: env, origins: map[string]Origin{}}
			k.value.read(r, mustParse(text), path)
			return r.errs
		}
		if errs := read(k.sample()); len(errs) > 0 {
			t.Fatalf("%s: its own sample %q is refused: %v", path, k.sample(), errs)
		}
		once := k.value.inline()
		if errs := read(once); len(errs) > 0 {
			t.Fatalf("%s: %q is shown as %q, which is refused: %v", path, k.sample(), once, errs)
		}
		if twice := k.value.inline(); twice != once {
			t.Errorf("%s: %q becomes %q, and that %q", path, k.sample(), once, twice)
		}
	})
	if count < 80 {
		t.Errorf("%d keys were looked at, want at least 80", count)
	}
}
