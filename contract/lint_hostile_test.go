package contract_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/faultline-http/faultline/contract"
)

// TestLintOfHostileDescriptionsIsBounded gives shapes whose cost would grow with
// the square of their size, or worse.
func TestLintOfHostileDescriptionsIsBounded(t *testing.T) {
	t.Parallel()
	const n = 2000
	many := func(format string, count int) string {
		var b strings.Builder
		for i := range count {
			fmt.Fprintf(&b, strings.ReplaceAll(format, "#N", "%[1]d"), i)
		}
		return b.String()
	}
	const head = "openapi: 3.1.0\ninfo: {title: x, version: '1'}\n"
	const fine = "{responses: {'200': {description: fine}}}"
	for name, text := range map[string]string{
		"paths that overlap":      head + "paths:\n" + many("  /a/{x#N}/b#N: {get: "+fine+"}\n  /a/c#N/{y#N}: {get: "+fine+"}\n", n),
		"parameters twice":        head + "paths:\n  /a:\n    parameters:\n" + many("      - {name: p#N, in: query, schema: {type: string}}\n", n) + "    get:\n      responses: {}\n      parameters:\n" + many("        - {name: p#N, in: query, schema: {type: object}}\n", n),
		"branches of oneOf":       head + "components:\n  schemas:\n    A:\n      oneOf:\n" + many("        - {type: object, properties: {a#N: {type: string}, b: {type: object, properties: {c#N: {}}}}}\n", n),
		"bases of bases":          head + "components:\n  schemas:\n    A0: {type: object, properties: {p: {type: string}}}\n" + manyFrom(1, 400, "    A%[1]d: {allOf: [{$ref: '#/components/schemas/A%[2]d'}, {properties: {q%[1]d: {type: string}, p: {minLength: %[1]d}}}]}\n"),
		"references in circles":   head + "components:\n  schemas:\n" + manyFrom(1, n, "    A%[1]d: {$ref: '#/components/schemas/A%[2]d'}\n") + "    A0: {$ref: '#/components/schemas/A1'}\n",
		"aliases":                 head + "components:\n  schemas:\n    A0: &a0 {type: object, required: [x], properties: {x: {minimum: 2, maximum: 1}}}\n" + manyFrom(1, 18, "    A%[1]d: &a%[1]d {type: object, properties: {a: *a%[2]d, b: *a%[2]d}}\n"),
		"allOf of a wide diamond": head + "components:\n  schemas:\n    A0: {type: object}\n" + manyFrom(1, 60, "    A%[1]d: {allOf: [{$ref: '#/components/schemas/A%[2]d'}, {$ref: '#/components/schemas/A%[2]d'}]}\n"),
		"names that are missing":  head + "components:\n  schemas:\n    A:\n      type: object\n      properties:\n" + many("        property#N: {type: string}\n", n) + "      required: [" + many("propert#N, ", n) + "z]\n",
		"scopes and tags":         head + "tags: [" + many("{name: t#N}, ", n) + "{name: z}]\npaths:\n" + many("  /p#N: {get: {tags: [x#N], responses: {'200': {description: fine}}}}\n", n),
	} {
		fsys := fstest.MapFS{"x.yaml": &fstest.MapFile{Data: []byte(text)}}
		start := time.Now()
		if _, err := contract.Lint(fsys, "x.yaml", contract.Options{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %d bytes took %v", name, len(text), took)
		}
		t.Logf("%-24s %7d bytes %v", name, len(text), time.Since(start))
	}
}

func manyFrom(from, to int, format string) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, format, i, i-1)
	}
	return b.String()
}
