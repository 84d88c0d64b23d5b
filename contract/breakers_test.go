package contract_test

import (
	"strings"
	"testing"
	"time"
)

// TestWhatBreaksOthers holds what makes validators panic, hang or answer
// wrongly: numbers that no float holds, powers that nobody can write out,
// branches that multiply, patterns that go back.
func TestWhatBreaksOthers(t *testing.T) {
	t.Parallel()
	huge := strings.Repeat("9", 300)
	tests := []struct {
		name, schema, json string
		valid              bool
	}{
		{"a huge power under maximum", `{"maximum": 5}`, `1e10000000`, false},
		{"a huge negative power under maximum", `{"maximum": 5}`, `-1e10000000`, true},
		{"a huge power over minimum", `{"minimum": 5}`, `1e10000000`, true},
		{"a tiny number over an exclusive minimum", `{"exclusiveMinimum": 0}`, `1e-10000000`, true},
		{"a tiny negative number over zero", `{"minimum": 0}`, `-1e-10000000`, false},
		{"a huge power is an integer", `{"type": "integer"}`, `1e10000000`, true},
		{"a tiny number is none", `{"type": "integer"}`, `1e-10000000`, false},
		{"a huge power by ten", `{"multipleOf": 10}`, `1e10000000`, true},
		{"a huge power by seven", `{"multipleOf": 7}`, `1e10000000`, false},
		{"seven times a huge power by seven", `{"multipleOf": 7}`, `7e10000000`, true},
		{"a huge power by 2^62", `{"multipleOf": 4611686018427387904}`, `1e10000000`, true},
		{"2^61 by 2^62", `{"multipleOf": 4611686018427387904}`, `2305843009213693952`, false},
		{"a huge power by a tiny step", `{"multipleOf": 1e-10000000}`, `1e10000000`, true},
		{"one by a huge step", `{"multipleOf": 1e10000000}`, `1`, false},
		{"zero by a huge step", `{"multipleOf": 1e10000000}`, `0.00`, true},
		{"a power beyond all powers", `{"maximum": 5}`, `1e99999999999999999999999999`, false},
		{"a power below all powers", `{"minimum": 0, "maximum": 1e-400}`, `1e-99999999999999999999999999`, true},
		{"1e400 where no float is", `{"minimum": 1e399, "maximum": 1e401}`, `1e400`, true},
		{"1e400 above 1e399", `{"maximum": 1e399}`, `1e400`, false},
		{"1e400 is itself", `{"const": 1e400}`, `10e399`, true},
		{"1e400 is not 1e401", `{"const": 1e400}`, `1e401`, false},
		{"2^53+1 is not 2^53", `{"const": 9007199254740992}`, `9007199254740993`, false},
		{"2^53+1 in enum", `{"enum": [9007199254740992, 9007199254740994]}`, `9007199254740993`, false},
		{"2^53+1 above 2^53", `{"maximum": 9007199254740992}`, `9007199254740993`, false},
		{"2^53+1 at its maximum", `{"maximum": 9007199254740993}`, `9007199254740993`, true},
		{"2^53 and 2^53+1 differ", `{"uniqueItems": true}`, `[9007199254740992, 9007199254740993]`, true},
		{"2^63 above 2^63-1", `{"maximum": 9223372036854775807}`, `9223372036854775808`, false},
		{"many digits that differ in the last", `{"maximum": ` + huge + `8}`, huge + `9`, false},
		{"19.99 by 0.01", `{"multipleOf": 0.01}`, `19.99`, true},
		{"19.995 by 0.01", `{"multipleOf": 0.01}`, `19.995`, false},
		{"0.3 by 0.1", `{"multipleOf": 0.1}`, `0.3`, true},
		{"1e-7 by 1e-8", `{"multipleOf": 1e-8}`, `1e-7`, true},
		{"-19.99 by 0.01", `{"multipleOf": 0.01}`, `-19.99`, true},
		{"0.1 and 0.10 and 1e-1", `{"uniqueItems": true}`, `[0.1, 0.10]`, false},
		{"1 and 1.0", `{"const": 1}`, `1.0`, true},
		{"1 and 1e0", `{"enum": [1]}`, `1e0`, true},
		{"1.0 and 10e-1 in a list", `{"uniqueItems": true}`, `[1.0, 10e-1]`, false},
		{"1 and true", `{"uniqueItems": true}`, `[1, true, "1", [1], {"a": 1}]`, true},
		{"0 and -0", `{"const": 0}`, `-0.0e5`, true},
		{"0 and -0 in a list", `{"uniqueItems": true}`, `[0, -0]`, false},
		{"-0 over minimum 0", `{"minimum": 0}`, `-0`, true},
		{"1.0 is an integer", `{"type": "integer"}`, `1.0`, true},
		{"1.5e1 is an integer", `{"type": "integer"}`, `1.5e1`, true},
		{"1.5 is none", `{"type": "integer"}`, `1.5`, false},
		{"1.05e1 is none", `{"type": "integer"}`, `1.05e1`, false},
		{"deep equality by value", `{"const": {"a": [1, 2.50]}}`, `{"a": [1.0, 25e-1]}`, true},
		{"a lone surrogate is one character", `{"minLength": 1, "maxLength": 1}`, `"\ud800"`, true},
		{"two halves in the wrong order are two", `{"minLength": 2, "maxLength": 2}`, `"\udc00\ud800"`, true},
		{"a pair is one character", `{"maxLength": 1}`, `"\ud83d\ude00"`, true},
		{"beyond the first plane, as it is", `{"minLength": 2}`, `"😀"`, false},
		{"a lookahead", `{"pattern": "^(?=.*[0-9])(?!.*secret).{4,}$"}`, `"pass1"`, true},
		{"a lookahead that forbids", `{"pattern": "^(?=.*[0-9])(?!.*secret).{4,}$"}`, `"secret1"`, false},
		{"a lookbehind", `{"pattern": "(?<=a)b$"}`, `"ab"`, true},
		{"a back reference", `{"pattern": "^(a|b)\\1$"}`, `"ab"`, false},
		{"a pattern that goes back for ever", `{"pattern": "^(a+)+$"}`, `"` + strings.Repeat("a", 50_000) + `!"`, false},
		{"a pattern that goes back for ever and fits", `{"pattern": "^(a+)+$"}`, `"` + strings.Repeat("a", 50_000) + `"`, true},
		{"__proto__ is a name like any other", `{"properties": {"__proto__": {"type": "string"}}}`, `{"__proto__": 1}`, false},
		{"not everything", `{"not": {}}`, `null`, false},
		{"a key twice", `{}`, `{"a": 1, "\u0061": 2}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := compileSchema(t, tt.schema)
			if got := s.Valid([]byte(tt.json)); got != tt.valid {
				t.Errorf("%.80s under %.80s: valid is %v, want %v", tt.json, tt.schema, got, tt.valid)
			}
			if list := s.Explain([]byte(tt.json)); (len(list) == 0) != tt.valid {
				t.Errorf("%.80s under %.80s: %d violations, want valid %v", tt.json, tt.schema, len(list), tt.valid)
			}
		})
	}
}

// tagged is oneOf of objects told apart by a constant, recursive; untagged is
// told apart by which member is required.
const (
	tagged = `{"oneOf": [{"type": "boolean"},
		{"type": "object", "required": ["op", "of"], "properties": {"op": {"const": "a"}, "of": {"$ref": "#"}}},
		{"type": "object", "required": ["op", "of"], "properties": {"op": {"const": "b"}, "of": {"$ref": "#"}}},
		{"type": "object", "required": ["op", "of"], "properties": {"op": {"const": "c"}, "of": {"$ref": "#"}}}]}`
	untagged = `{"oneOf": [{"type": "boolean"},
		{"type": "object", "properties": {"of": {"$ref": "#"}, "a": true}, "minProperties": 2, "additionalProperties": false},
		{"type": "object", "properties": {"of": {"$ref": "#"}, "b": true}, "minProperties": 2, "additionalProperties": false},
		{"type": "object", "properties": {"of": {"$ref": "#"}, "c": true}, "minProperties": 2, "additionalProperties": false}]}`
)

// TestRecursiveOneOf has branches that would multiply with each level: at 30
// levels nobody would see the end of it.
func TestRecursiveOneOf(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, schema, open, closing string }{
		{"told apart by a constant", tagged, `{"op":"c","of":`, `}`},
		{"told apart by a constant that comes last", tagged, `{"of":`, `,"op":"c"}`},
		{"told apart by nothing", untagged, `{"of":`, `,"c":1}`},
	} {
		s := compileSchema(t, tt.schema)
		for _, depth := range []int{1, 30, 200} {
			for inner, valid := range map[string]bool{"true": true, "1": false} {
				body := []byte(strings.Repeat(tt.open, depth) + inner + strings.Repeat(tt.closing, depth))
				if got := s.Valid(body); got != valid {
					t.Errorf("%s, %d deep around %s: valid is %v", tt.name, depth, inner, got)
				}
				if list := s.Explain(body); (len(list) == 0) != valid {
					t.Errorf("%s, %d deep around %s: %d violations", tt.name, depth, inner, len(list))
				}
			}
		}
	}
}

// TestHostileBodiesEnd gives each hostile body far more time than a byte may
// cost: what multiplies needs more than that.
func TestHostileBodiesEnd(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("some seconds")
	}
	// Far above what the slowest machine takes under the race detector, and far below
	// what grows with the square of a megabyte.
	const perByte = 20 * time.Microsecond
	for _, h := range hostile {
		s := compileSchema(t, h.schema)
		body := []byte(h.body())
		start := time.Now()
		valid := s.Valid(body)
		if took := time.Since(start); took > time.Duration(len(body))*perByte {
			t.Errorf("%s: %v for %d bytes", h.name, took, len(body))
		}
		if got := len(s.Explain(body)) == 0; got != valid {
			t.Errorf("%s: valid is %v, explained as valid %v", h.name, valid, got)
		}
	}
}
