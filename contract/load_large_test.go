package contract_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/outside"
)

// large multiplies a document of the shared folder, with its paths and
// operations renamed, until it has a number of bytes.
func large(tb testing.TB, size int) string {
	tb.Helper()
	raw, err := os.ReadFile(filepath.Join(outside.Specs(tb), "adyen-management-v1.json"))
	if err != nil {
		tb.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, raw); err != nil {
		tb.Fatal(err)
	}
	var doc, paths map[string]json.RawMessage
	if err := json.Unmarshal(compact.Bytes(), &doc); err != nil {
		tb.Fatal(err)
	}
	if err := json.Unmarshal(doc["paths"], &paths); err != nil {
		tb.Fatal(err)
	}
	all := map[string]json.RawMessage{}
	for i, have := 0, compact.Len(); have < size; i++ {
		for path, item := range paths {
			all[fmt.Sprintf("/copy%d%s", i, path)] = bytes.ReplaceAll(item, []byte(`"operationId":"`), fmt.Appendf(nil, `"operationId":"copy%d-`, i))
			have += len(item)
		}
	}
	if doc["paths"], err = json.Marshal(all); err != nil {
		tb.Fatal(err)
	}
	out, err := json.Marshal(doc)
	if err != nil {
		tb.Fatal(err)
	}
	return string(out)
}

// BenchmarkLoadLarge reads a document of 4.5 MB, about the largest that is
// published.
func BenchmarkLoadLarge(b *testing.B) {
	text := large(b, 4_500_000)
	fsys := files("api.json", text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := contract.Load(fsys, "api.json"); err != nil {
			b.Fatal(err)
		}
	}
}

// TestHostileDescriptionsAreBounded reads descriptions that would cost more than
// they weigh. Each is read or refused with its place within seconds, also under
// the race detector; a cost of the square would be minutes.
func TestHostileDescriptionsAreBounded(t *testing.T) {
	t.Parallel()
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	paths := head + "paths:\n"
	for name, tt := range map[string]struct {
		text    string
		refused string
	}{
		"parameters": {paths + "  /a:\n    get:\n      parameters:\n" + many(20_000, "        - {name: p%d, in: query}\n"), ""},
		"servers":    {head + "servers:\n" + many(5_000, "  - {url: 'https://h%d.example/b'}\n") + "paths: {}\n", ""},
		"broken":     {paths + many(5_000, "  /p%d: {get: {parameters: [{$ref: '#/components/parameters/Nope'}]}}\n") + "components: {parameters: {" + strings.TrimSuffix(many(5_000, "N%d: {name: a, in: query}, "), ", ") + "}}\n", ""},
		"callbacks":  {paths + "  /a: {post: {callbacks: {x: {$ref: '#/components/callbacks/C0'}}}}\ncomponents:\n  callbacks:\n" + many(6, "    C%d: {'{$url}': {post: {callbacks: {$N}}}}\n"), "the contract has more than"},
		"nesting":    {"openapi: 3.0.3\npaths: " + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "\n", "deep"},
		"zero bytes": {"openapi: 3.0.3\n\x00\x00", "control characters"},
		"not UTF-8":  {"{\"openapi\": \"\xff\"}", "not valid UTF-8"},
	} {
		if name == "callbacks" {
			for i := range 6 {
				var next strings.Builder
				for j := range 20 {
					fmt.Fprintf(&next, "x%d: {$ref: '#/components/callbacks/C%d'}, ", j, (i+1)%7)
				}
				tt.text = strings.Replace(tt.text, "{$N}", "{"+strings.TrimSuffix(next.String(), ", ")+"}", 1)
			}
			tt.text += "    C6: {'{$url}': {post: {responses: {}}}}\n"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			_, err := contract.LoadWith(files("api.yaml", tt.text), "api.yaml", contract.Options{Limits: contract.Limits{Operations: 20_000}})
			var refused *contract.Error
			switch {
			case err != nil && (!errors.As(err, &refused) || refused.Line == 0):
				t.Errorf("got %v, want an *Error with its place", err)
			case tt.refused != "" && (err == nil || !strings.Contains(err.Error(), tt.refused)):
				t.Errorf("got %v, want %q", err, tt.refused)
			}
			t.Logf("%d bytes in %v: %v", len(tt.text), time.Since(start), err)
		})
	}
}
