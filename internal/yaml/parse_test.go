package yaml_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/internal/yaml"
)

// outline writes a tree in one line: kinds, texts and places.
func outline(n *yaml.Node) string {
	at := fmt.Sprintf("@%d:%d", n.Pos.Line, n.Pos.Column)
	switch n.Kind {
	case yaml.Null:
		return "null" + at
	case yaml.String:
		return fmt.Sprintf("%q%s", n.Text, at)
	case yaml.Array:
		var items []string
		for _, item := range n.Items {
			items = append(items, outline(item))
		}
		return "[" + strings.Join(items, " ") + "]" + at
	case yaml.Object:
		var members []string
		for _, m := range n.Members {
			members = append(members, fmt.Sprintf("%s@%d:%d=%s", m.Key, m.Pos.Line, m.Pos.Column, outline(m.Value)))
		}
		return "{" + strings.Join(members, " ") + "}" + at
	}
	return n.Text + at
}

func TestDocumentsKeepTheirPlaces(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"json", "{\"a\": [1,\n  \"é\", true]}", `{a@1:2=[1@1:8 "é"@2:3 true@2:8]@1:7}@1:1`},
		{"json escapes", `["\u00e9\n\ud83d\ude00\ud800x"]`, `["é\n😀�x"@1:2]@1:1`},
		{"json numbers", `[-0.5e+3, 10]`, `[-0.5e+3@1:2 10@1:11]@1:1`},
		{"json with a mark", "\xef\xbb\xbf{}", `{}@1:1`},
		{"yaml", "a:\n  - 1\n  - é: x\n", `{a@1:1=[1@2:5 {é@3:5="x"@3:8}@3:5]@2:3}@1:1`},
		{"flow yaml", "{a: 1, b: [x]}", `{a@1:2=1@1:5 b@1:8=["x"@1:12]@1:11}@1:1`},
		{
			"core schema", "- yes\n- 2020-01-02\n- 1.10\n- 0x1F\n- 0o17\n- 007\n- .5\n- +3\n- 1_000\n- .inf\n- ~\n- True\n- '1'\n- !!str 2\n- 1e3\n- 5.\n-\n",
			`["yes"@1:3 "2020-01-02"@2:3 1.10@3:3 31@4:3 15@5:3 7@6:3 0.5@7:3 3@8:3 "1_000"@9:3 ".inf"@10:3 null@11:3 true@12:3 "1"@13:3 "2"@14:3 1e3@15:3 5@16:3 null@17:2]@1:1`,
		},
		{"keys keep their spelling", "200: a\non: b\nnull: c\n", `{200@1:1="a"@1:6 on@2:1="b"@2:5 null@3:1="c"@3:7}@1:1`},
		{"aliases", "a: &x {k: 1}\nb: *x\n", `{a@1:1={k@1:8=1@1:11}@1:4 b@2:1={k@1:8=1@1:11}@1:4}@1:1`},
		{
			"merge", "a: &x {k: 1, l: 2}\nb: {<<: *x, k: 3}\nc: {<<: [{m: 4}, *x]}\n",
			`{a@1:1={k@1:8=1@1:11 l@1:14=2@1:17}@1:4 b@2:1={k@2:13=3@2:16 l@1:14=2@1:17}@2:4 c@3:1={m@3:11=4@3:14 k@1:8=1@1:11 l@1:14=2@1:17}@3:4}@1:1`,
		},
		{"quoted merge sign", `{"<<": 1, x: 2,}`, `{<<@1:2=1@1:8 x@1:11=2@1:14}@1:1`},
		{"version directive", "# c\n%YAML 1.2\n---\na: 1\n", `{a@4:1=1@4:4}@4:1`},
	} {
		n, err := yaml.Parse("x.yaml", []byte(tt.text))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, outline(n)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

func TestBrokenDocumentsAreRefusedWithTheirPlace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, file, text, want string }{
		{"json comma", "x.json", "{\"a\": 1,\n}", "x.json:2:1: '}' where a member name in double quotes is expected"},
		{"json end", "x.json", `{"a": [1`, "x.json:1:9: the document ends where `,` or `]` is expected"},
		{"json tail", "x.json", "{}\n{}", "x.json:2:1: text after the end of the document"},
		{"json escape", "x.json", `["\q"]`, "x.json:1:3: `\\q` is not an escape of JSON"},
		{"json string", "x.json", "[\"a\n\"]", "x.json:1:4: a control character inside a string"},
		{"json utf-8", "x.json", "[\"\xff\"]", "x.json:1:3: the string is not valid UTF-8"},
		{"json number", "x.json", `[01]`, "x.json:1:3: '1' where `,` or `]` is expected"},
		{"json twice", "x.json", "{\"a\": 1,\n \"a\": 2}", "x.json:2:2: the key `a` stands here for the second time, first in line 1, column 2"},
		{"json deep", "x.json", strings.Repeat("[", 600), "x.json:1:513: values are nested more than 512 deep"},
		{"yaml twice", "x.yaml", "a: 1\nb: 2\na: 3\n", "x.yaml:3:1: the key `a` stands here for the second time, first in line 1, column 1"},
		{"yaml twice by other spelling", "x.yaml", "200: 1\n\"200\": 3\n", "x.yaml:2:1: the key `200` stands here for the second time, first in line 1, column 1"},
		{"yaml tab", "x.yaml", "a: 1\n\tb: 2", "x.yaml:2:1: while scanning a plain scalar that begins in line 1: found a tab character that violates indentation"},
		{"yaml empty", "x.yaml", "# nothing\n", "x.yaml:1:1: the file is empty"},
		{"yaml documents", "x.yaml", "a: 1\n---\nb: 2\n", "x.yaml:2:1: the file holds more than one YAML document"},
		{"yaml unknown alias", "x.yaml", "a: *x\n", "x.yaml:1:4: unknown anchor 'x' referenced"},
		{"yaml alias in itself", "x.yaml", "a: &x\n  b: *x\n", "x.yaml:2:6: the alias `*x` stands inside its own anchor"},
		{"yaml key", "x.yaml", "? [a]\n: 1\n", "x.yaml:1:3: a key that is a list or a mapping"},
		{"yaml merge", "x.yaml", "a: {<<: 1}", "x.yaml:1:9: a merge key `<<` takes a mapping or a list of mappings"},
		{"yaml deep", "x.yaml", "{a: " + strings.Repeat("[", 600) + strings.Repeat("]", 600) + "}", "x.yaml:1:517: values are nested more than 512 deep"},
	} {
		_, err := yaml.Parse(tt.file, []byte(tt.text))
		var parse *yaml.Error
		if !errors.As(err, &parse) {
			t.Errorf("%s: got %v, want an *Error", tt.name, err)
			continue
		}
		if got := err.Error(); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// bomb is a document whose aliases stand for 10^levels values.
func bomb(levels int) string {
	var b strings.Builder
	b.WriteString("a0: &a0 x\n")
	for i := 1; i <= levels; i++ {
		alias := fmt.Sprintf("*a%d", i-1)
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(alias+", ", 10), ", "))
	}
	return b.String()
}

func TestAliasesThatExplodeAreRefused(t *testing.T) {
	t.Parallel()
	if _, err := yaml.Parse("x.yaml", []byte(bomb(4))); err != nil {
		t.Errorf("10 000 values: %v", err)
	}
	_, err := yaml.Parse("x.yaml", []byte(bomb(20)))
	if err == nil || !strings.Contains(err.Error(), "with its aliases written out the document has more than") {
		t.Errorf("10^20 values: got %v, want a refusal", err)
	}
}

func TestTooLargeFilesAreRefused(t *testing.T) {
	t.Parallel()
	_, err := yaml.Parse("x.yaml", make([]byte, yaml.MaxBytes+1))
	if err == nil || !strings.Contains(err.Error(), "more than the limit") {
		t.Errorf("got %v, want a refusal", err)
	}
}

// plain turns a tree into what encoding/json makes of a document.
func plain(n *yaml.Node) any {
	switch n.Kind {
	case yaml.Bool:
		return n.Text == "true"
	case yaml.Number:
		return json.Number(n.Text)
	case yaml.String:
		return n.Text
	case yaml.Array:
		out := []any{}
		for _, item := range n.Items {
			out = append(out, plain(item))
		}
		return out
	case yaml.Object:
		out := map[string]any{}
		for _, m := range n.Members {
			out[m.Key] = plain(m.Value)
		}
		return out
	}
	return nil
}

// FuzzParse holds the JSON reader against encoding/json, and both readers
// against broken trees.
func FuzzParse(f *testing.F) {
	f.Add("x.json", []byte(`{"a": [1, -2.5e3, true, null, "\u00e9\ud83d"]}`))
	f.Add("x.yaml", []byte("a: &x {k: 1}\nb: {<<: *x, c: [~, yes, 0x1f]}\n"))
	f.Add("x.yaml", []byte(bomb(8)))
	f.Add("x.yaml", []byte("%YAML 1.2\n---\n? a\n: |\n  text\n"))
	f.Fuzz(func(t *testing.T, name string, raw []byte) {
		n, err := yaml.Parse(name, raw)
		if err != nil {
			var parse *yaml.Error
			if !errors.As(err, &parse) || parse.Pos.Line < 1 || parse.Pos.Column < 1 {
				t.Fatalf("got %v, want an *Error with a place", err)
			}
			return
		}
		walk(t, n, 0)
		if strings.HasSuffix(name, ".json") && json.Valid(raw) {
			var want any
			d := json.NewDecoder(strings.NewReader(string(raw)))
			d.UseNumber()
			if err := d.Decode(&want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, plain(n)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		}
	})
}

func walk(t *testing.T, n *yaml.Node, depth int) {
	t.Helper()
	if depth > 40 {
		return
	}
	if n.Pos.Line < 1 || n.Pos.Column < 1 {
		t.Fatalf("a value without a place: %v", n)
	}
	if n.Kind == yaml.Number && !json.Valid([]byte(n.Text)) {
		t.Errorf("the number %q is not JSON", n.Text)
	}
	for i, item := range n.Items {
		if i < 50 {
			walk(t, item, depth+1)
		}
	}
	for i, m := range n.Members {
		if i < 50 {
			walk(t, m.Value, depth+1)
		}
	}
}
