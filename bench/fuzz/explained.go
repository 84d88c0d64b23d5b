package fuzz

import (
	"bytes"
	"encoding/json"
	"math/big"
	"regexp"
	"strings"

	"github.com/faultline-http/faultline/bench/official"
)

// An explanation tells one kind of difference that is known. It asks about no
// more than its reason: with that taken out of schema or value, both agree.
type explanation struct {
	why string
	is  func(p *pool, d *difference) bool
}

// explanations are all kinds of differences that are known.
var explanations = []explanation{
	{"patterns are ECMA-262; what Go's regexp cannot read is refused by the other side", refusedFor("is not valid regex: error parsing regexp")},
	{"an enum, required or type that lists something twice has one meaning all the same; the metaschema refuses it", refusedFor(" are equal")},
	{"exclusiveMaximum of draft 4 without maximum says nothing; the metaschema refuses it", refusedFor("' exists")},
	{"beside $ref nothing counts until draft 7, so that what is wrong there does no harm; the metaschema refuses it", besideReferences},
	{"an integer of draft 4 has neither fraction nor exponent; the other side takes 1.0", integersWrittenOut},
	{"\\s is what ECMA-262 calls white space and line ends; Go's regexp knows those of ASCII", spacesWrittenOut},
	{"the format regex is asserted by the other side in drafts before 2019-09 even as a note", patternsMended},
	{"the other side's metaschema of draft 4 wants $ref to be a string, which the published one does not", referencesRenamed},
	{"counts beyond 64 bits overflow on the other side", countsCutDown},
}

// explained returns why a difference is as it should be.
func explained(p *pool, d *difference) (why string, ok bool) {
	for i := range explanations {
		if explanations[i].is(p, d) {
			return explanations[i].why, true
		}
	}
	return "", false
}

// refusedFor is of schemas that the other side alone refuses, with a text in its error.
func refusedFor(text string) func(*pool, *difference) bool {
	return func(_ *pool, d *difference) bool {
		return d.value == nil && d.ourErr == nil && d.theirErr != nil && strings.Contains(d.theirErr.Error(), text)
	}
}

// besideReferences takes away what stands beside $ref and is no definition.
func besideReferences(p *pool, d *difference) bool {
	if d.value != nil || d.ourErr != nil || !p.older() {
		return false
	}
	_, err := compileTheirs(encode(aloneReferences(decode(d.schema))), p.options())
	return err == nil
}

func aloneReferences(v any) any {
	switch v := v.(type) {
	case map[string]any:
		_, refers := v["$ref"].(string)
		for name, value := range v {
			if v[name] = aloneReferences(value); refers && name != "$ref" && name != "definitions" {
				delete(v, name)
			}
		}
	case []any:
		for i := range v {
			v[i] = aloneReferences(v[i])
		}
	}
	return v
}

// agree asks both sides about a case again.
func (p *pool) agree(schema, value []byte) bool {
	o := p.options()
	ours, err := official.Faultline(schema, o)
	if err != nil {
		return false
	}
	theirs, err := compileTheirs(schema, o)
	if err != nil {
		return false
	}
	other, err := askTheirs(theirs, value)
	return err == nil && ours(value) == other
}

func integersWrittenOut(p *pool, d *difference) bool {
	if p.draft != "draft4" || d.value == nil {
		return false
	}
	plain := eachNumber(decode(d.value), func(n json.Number) json.Number {
		if r, ok := new(big.Rat).SetString(n.String()); ok && r.IsInt() {
			return json.Number(r.Num().String())
		}
		return n
	})
	return p.agree(d.schema, encode(plain))
}

func countsCutDown(p *pool, d *difference) bool {
	if d.value == nil {
		return false
	}
	limit := new(big.Rat).SetInt64(1 << 40)
	cut := eachNumber(decode(d.schema), func(n json.Number) json.Number {
		if r, ok := new(big.Rat).SetString(n.String()); ok && r.IsInt() && r.Cmp(limit) > 0 {
			return "1099511627776"
		}
		return n
	})
	return p.agree(encode(cut), d.value)
}

// patternsMended replaces texts of the value that Go's regexp cannot read.
func patternsMended(p *pool, d *difference) bool {
	if d.value == nil || !p.older() || !d.valid {
		return false
	}
	return p.agree(d.schema, encode(eachText(decode(d.value), func(text string) string {
		if _, err := regexp.Compile(text); err != nil {
			return "a"
		}
		return text
	})))
}

func referencesRenamed(p *pool, d *difference) bool {
	if d.value == nil || p.draft != "draft4" || !bytes.Contains(d.schema, []byte("http://json-schema.org/draft-04/schema")) {
		return false
	}
	return p.agree(d.schema, encode(eachText(decode(d.value), func(text string) string { return strings.Replace(text, "$ref", "ref", 1) })))
}

// eachText returns v with its texts and names changed.
func eachText(v any, change func(string) string) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, value := range v {
			out[change(name)] = eachText(value, change)
		}
		return out
	case []any:
		for i := range v {
			v[i] = eachText(v[i], change)
		}
	case string:
		return change(v)
	}
	return v
}

// eachNumber returns v with its numbers changed.
func eachNumber(v any, change func(json.Number) json.Number) any {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			v[name] = eachNumber(value, change)
		}
	case []any:
		for i := range v {
			v[i] = eachNumber(v[i], change)
		}
	case json.Number:
		return change(v)
	}
	return v
}

// spaces are White Space and Line Terminators of ECMA-262 (12.2, 12.3) inside of a class.
const spaces = `\\t\\n\\x0b\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}`

// spacesWrittenOut asks the other side with the spaces written out.
func spacesWrittenOut(p *pool, d *difference) bool {
	if d.value == nil {
		return false
	}
	schema := strings.NewReplacer(`\\s`, "["+spaces+"]", `\\S`, "[^"+spaces+"]").Replace(string(d.schema))
	theirs, err := compileTheirs([]byte(schema), p.options())
	if err != nil || schema == string(d.schema) {
		return false
	}
	other, err := askTheirs(theirs, d.value)
	return err == nil && other == d.valid
}
