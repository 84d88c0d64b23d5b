package schema

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A maker writes random schemas and bodies of few names and few values, so that
// they meet.
type maker struct{ *rand.Rand }

func (m maker) pick(list ...string) string { return list[m.IntN(len(list))] }

func (m maker) name() string {
	return m.pick("a", "b", "kind", "a_long_name_of_a_member", `q\"`)
}

func (m maker) scalar() string {
	return m.pick("null", "true", "false", "0", "-0", "1", "1.0", "1e0", "1.5", "-2", "0.30", "12345678901234567890", `""`, `"a"`, `"b"`, `"\u0061"`, `"abcdefghij"`, `"é€😀"`, `"a\\n"`)
}

func (m maker) body(depth int) string {
	kind := m.IntN(4)
	if depth == 0 || kind > 1 && m.IntN(2) == 0 {
		return m.scalar()
	}
	var parts []string
	for range m.IntN(5) {
		part := m.body(depth - 1)
		if kind%2 == 0 {
			part = fmt.Sprintf(`"%s"%s:%s%s`, m.name(), m.pick("", "", " "), m.pick("", "", " ", "\n"), part)
		}
		parts = append(parts, part)
	}
	inner := strings.Join(parts, m.pick(",", ",", " , "))
	if kind%2 == 0 {
		return "{" + inner + "}"
	}
	return "[" + inner + "]"
}

func (m maker) schemas(depth int) string {
	var list []string
	for range 1 + m.IntN(3) {
		list = append(list, m.schema(depth))
	}
	return "[" + strings.Join(list, ",") + "]"
}

func (m maker) schema(depth int) string {
	if depth == 0 || m.IntN(12) == 0 {
		return m.pick("true", "false", "{}", `{"type":"string"}`, `{"type":"integer"}`, `{"const":`+m.scalar()+"}", `{"$ref":"#/components/schemas/Root/properties/of"}`)
	}
	var keywords []string
	said := map[string]bool{}
	say := func(keyword, value string) {
		if !said[keyword] {
			said[keyword] = true
			keywords = append(keywords, `"`+keyword+`":`+value)
		}
	}
	for range 1 + m.IntN(4) {
		switch m.IntN(24) {
		case 0, 1:
			say("type", m.pick(`"object"`, `"array"`, `"string"`, `"number"`, `"integer"`, `["object","null"]`, `["integer","string"]`))
		case 2:
			say("enum", "["+m.scalar()+","+m.scalar()+","+m.pick(m.scalar(), m.body(1))+"]")
		case 3:
			say("const", m.pick(m.scalar(), m.body(1)))
		case 4:
			say(m.pick("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), m.pick("0", "1", "1.5", "-2", "0.3", "1e2", "12345678901234567889"))
		case 5:
			say("multipleOf", m.pick("1", "0.1", "0.5", "2", "5"))
		case 6:
			say(m.pick("minLength", "maxLength"), m.pick("0", "1", "3", "9"))
		case 7:
			say("pattern", m.pick(`"^[a-c]+$"`, `"a"`, `"^.{1,3}$"`, `"^(?!a)"`))
		case 8:
			say(m.pick("minItems", "maxItems", "minProperties", "maxProperties"), m.pick("0", "1", "2", "3"))
		case 9:
			say("uniqueItems", "true")
		case 10:
			say("items", m.schema(depth-1))
		case 11:
			say("prefixItems", m.schemas(depth-1))
		case 12:
			say("contains", m.schema(depth-1))
		case 13, 14, 15:
			say("properties", `{"`+m.name()+`x":`+m.schema(depth-1)+`,"kind":`+m.schema(depth-1)+`,"a":`+m.schema(depth-1)+"}")
		case 16:
			say("required", m.pick(`["a"]`, `["kind","a"]`, `["a_long_name_of_a_member"]`))
		case 17:
			say("additionalProperties", m.schema(depth-1))
		case 18:
			say("patternProperties", `{"^a":`+m.schema(depth-1)+"}")
		case 19:
			say(m.pick("propertyNames", "not", "if", "then", "else"), m.schema(depth-1))
		case 20:
			say(m.pick("allOf", "anyOf", "oneOf"), m.schemas(depth-1))
		case 21:
			say("oneOf", `[{"required":["kind"],"properties":{"kind":{"const":"a"},"b":`+m.schema(depth-1)+`}},{"required":["kind"],"properties":{"kind":{"enum":["b","abcdefghij"]}}}]`)
		case 22:
			say(m.pick("unevaluatedProperties", "unevaluatedItems"), m.schema(depth-1))
		case 23:
			say("dependentRequired", `{"a":["kind"],"b":["a"]}`)
		}
	}
	return "{" + strings.Join(keywords, ",") + "}"
}

// judgeRandom holds the programs of a random schema together on random bodies,
// and says how many were judged and how many of these were valid.
func judgeRandom(t *testing.T, seed uint64) (judged, valid int) {
	t.Helper()
	m := maker{rand.New(rand.NewPCG(seed, seed))}
	src := `Root: {"properties":{"of":` + m.schema(2) + `},"allOf":[` + m.schema(3) + `]}`
	p, id, err := tryCompile(JSONSchema202012, Request, src)
	if err != nil {
		return 0, 0
	}
	for range 40 {
		body := []byte(m.body(3))
		agree(t, p, id, body)
		judged++
		if p.Valid(id, body) {
			valid++
		}
	}
	if t.Failed() {
		t.Logf("seed %d: %s", seed, src)
	}
	return judged, valid
}

func TestProgramsAgreeOnRandomSchemas(t *testing.T) {
	t.Parallel()
	judged, valid := 0, 0
	for seed := range uint64(300) {
		a, b := judgeRandom(t, seed)
		judged, valid = judged+a, valid+b
		if t.Failed() {
			return
		}
	}
	if judged < 8000 || valid < judged/10 || valid > judged*9/10 {
		t.Errorf("%d bodies judged, %d valid: the maker does not find both", judged, valid)
	}
}

func FuzzProgramsAgreeOnRandomSchemas(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { judgeRandom(t, seed) })
}
