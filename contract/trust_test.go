package contract_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/contract"
)

// TestDocumentsOfTheWildLoad reads what is formally wrong. Each case has one
// meaning, in which it is judged, and a notice with its place.
func TestDocumentsOfTheWildLoad(t *testing.T) {
	t.Parallel()
	const v30, v31 = "openapi: 3.0.3\n", "openapi: 3.1.0\n"
	get := func(more string) string {
		return "info: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n" + more + "\n      responses: {'200': {description: ok}}\n"
	}
	schema := func(s string) string { return get("      parameters: [{name: q, in: query, schema: {" + s + "}}]") }
	for _, tt := range []struct {
		name, text, rule string
		line             int
		valid, wrong     string // targets; empty: none
	}{
		{"no info", v30 + "paths: {/a: {get: {responses: {'200': {description: ok}}}}}\n", "info", 1, "/a", ""},
		{"info without version", v30 + "info: {title: T}\npaths: {/a: {get: {responses: {'200': {description: ok}}}}}\n", "info-version", 2, "/a", ""},
		{"info that is a text", v30 + "info: T\npaths: {/a: {get: {responses: {'200': {description: ok}}}}}\n", "info", 2, "/a", ""},
		{"unquoted version", "openapi: 3.1\n" + get(""), "string-quoted", 1, "/a", ""},
		{"unquoted swagger", "swagger: 2.0\n" + get(""), "string-quoted", 1, "/a", ""},
		{"no paths", v30 + "info: {title: T, version: '1'}\n", "paths", 1, "", ""},
		{"null paths", v30 + "info: {title: T, version: '1'}\npaths:\n", "paths", 1, "", ""},
		{"path without slash", v30 + "info: {title: T, version: '1'}\npaths: {a: {get: {responses: {'200': {description: ok}}}}}\n", "path-slash", 3, "/a", ""},
		{"method in capitals", v30 + "info: {title: T, version: '1'}\npaths: {/a: {GET: {responses: {'200': {description: ok}}}}}\n", "method-case", 3, "/a", ""},
		{"empty operation", v30 + "info: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n", "operation-object", 5, "/a", ""},
		{"no responses", v30 + "info: {title: T, version: '1'}\npaths: {/a: {get: {}}}\n", "operation-responses", 3, "/a", ""},
		{"no description", v30 + "info: {title: T, version: '1'}\npaths: {/a: {get: {responses: {200: {}}}}}\n", "response-description", 3, "/a", ""},
		{"null description", v30 + "info: {title: T, version: '1'}\npaths: {/a: {get: {responses: {200: {description: }}}}}\n", "response-description", 3, "/a", ""},
		{"exclusive flag in 3.1", v31 + schema("type: number, minimum: 3, exclusiveMinimum: true"), "schema-exclusive", 6, "/a?q=4", "/a?q=3"},
		{"exclusive flag that is off", v31 + schema("type: number, maximum: 3, exclusiveMaximum: false"), "schema-exclusive", 6, "/a?q=3", "/a?q=4"},
		{"exclusive number in 3.0", v30 + schema("type: number, exclusiveMinimum: 3"), "schema-exclusive", 6, "/a?q=4", "/a?q=3"},
		{"types in 3.0", v30 + schema("type: [integer, boolean]"), "schema-type", 6, "/a?q=true", "/a?q=x"},
		{"null in 3.0", v30 + schema("type: 'null'"), "schema-type", 6, "/a?q=null", "/a?q=x"},
		{"number in quotes", v30 + schema("type: integer, maximum: '3'"), "schema-number", 6, "/a?q=3", "/a?q=4"},
		{"count in quotes", v30 + schema("type: string, maxLength: '3'"), "schema-number", 6, "/a?q=abc", "/a?q=abcd"},
		{"null keyword", v30 + schema("type: integer, maximum: null, pattern: null"), "schema-null", 6, "/a?q=3", "/a?q=x"},
		{"required as a flag", v30 + schema("type: integer, required: true"), "schema-required", 6, "/a?q=3", "/a?q=x"},
		{"required: yes", v30 + get("      parameters: [{name: q, in: query, required: yes, schema: {type: integer}}]"), "yaml-boolean", 6, "/a?q=3", "/a"},
		{"parameter without schema", v30 + get("      parameters: [{name: q, in: query, required: true}]"), "parameter-schema", 6, "/a?q=x", "/a"},
		{"duplicate parameter", v30 + get("      parameters: [{name: q, in: query, schema: {type: integer}}, {name: q, in: query, schema: {type: string}}]"), "parameter-unique", 6, "/a?q=3", "/a?q=x"},
		{"illegal component name", v30 + get("      parameters: [{$ref: '#/components/parameters/a b~1c'}]") + "components: {parameters: {'a b/c': {name: q, in: query, schema: {type: integer}}}}\n", "component-name", 8, "/a?q=3", "/a?q=x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := load(t, tt.text)
			if i := slices.IndexFunc(c.Notices(), func(n contract.Notice) bool { return n.Rule == tt.rule }); i < 0 {
				t.Errorf("got %s, want a notice %s", notices(c), tt.rule)
			} else if n := c.Notices()[i]; n.Source.Line != tt.line || n.Remedy == "" {
				t.Errorf("got %+v, want line %d and a remedy", n, tt.line)
			}
			for target, want := range map[string]bool{tt.valid: true, tt.wrong: false} {
				if target == "" {
					continue
				}
				if got, violations := judge(t, c, request("GET", target)); got != want {
					t.Errorf("%s: got %v, want %v: %v", target, got, want, violations)
				}
			}
		})
	}
}

// notices are the notices of a contract, one a line.
func notices(c *contract.Contract) string {
	var b strings.Builder
	for _, n := range c.Notices() {
		fmt.Fprintf(&b, "\n%s:%d [%s] %s", n.Source.File, n.Source.Line, n.Rule, n.Text)
	}
	return b.String()
}

// TestWritingsOfYAMLAreOneDocument reads what editors and generators leave in
// files.
func TestWritingsOfYAMLAreOneDocument(t *testing.T) {
	t.Parallel()
	const body = "info: {title: T, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: ok}}}}}\n"
	for name, text := range map[string]string{
		"byte order mark": "\xef\xbb\xbfopenapi: 3.0.3\n" + body,
		"marker":          "---\nopenapi: 3.0.3\n" + body + "...\n",
		"lines of DOS":    strings.ReplaceAll("openapi: 3.0.3\n"+body, "\n", "\r\n"),
		"merge key":       "x: &ok {description: ok}\nopenapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {'200': {<<: *ok}}}}}\n",
		"alias":           "x: &ok {description: ok}\nopenapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {'200': *ok}}}}\n",
		"unknown members": "x-a: 1\nfuture: {a: 1}\nopenapi: 3.0.3\n" + body,
	} {
		c := load(t, text)
		if got := notices(c); got != "" {
			t.Errorf("%s: got %s, want nothing", name, got)
		}
		if ok, _ := judge(t, c, request("GET", "/a")); !ok {
			t.Errorf("%s: got no operation", name)
		}
	}
}
