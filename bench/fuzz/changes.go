package fuzz

import (
	"encoding/json"
	"maps"
	"math/big"
	"slices"
	"strings"
)

// change changes a value at one place.
func (m *maker) change(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if len(v) > 0 {
			return m.changeObject(v)
		}
	case []any:
		if len(v) > 0 {
			return m.changeArray(v)
		}
	case json.Number:
		return m.changeNumber(v)
	case string:
		return m.changeText(v)
	}
	return m.another()
}

// another is some value of the suite.
func (m *maker) another() any { return clone(pick(m.choice, m.pool.values)) }

func (m *maker) changeObject(v map[string]any) any {
	keys := slices.Sorted(maps.Keys(v))
	key := pick(m.choice, keys)
	value := v[key]
	switch m.of(6) {
	case 0:
		delete(v, key)
	case 1:
		delete(v, key)
		v[m.changeText(key)] = value
	case 2:
		v[m.changeText(pick(m.choice, keys))] = m.another()
	case 3:
		return m.another()
	default:
		v[key] = m.change(value)
	}
	return v
}

func (m *maker) changeArray(v []any) any {
	at := m.of(len(v))
	switch m.of(6) {
	case 0:
		return slices.Delete(v, at, at+1)
	case 1:
		return append(v, clone(v[at]))
	case 2:
		return append(v, m.another())
	case 3:
		return m.another()
	default:
		v[at] = m.change(v[at])
	}
	return v
}

// changeNumber writes another number, or the same one otherwise. Exponents stay
// small: the other side computes with all digits.
func (m *maker) changeNumber(v json.Number) any {
	text := v.String()
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		return v
	}
	switch m.of(8) {
	case 0:
		n.Add(n, big.NewRat(1, 1))
	case 1:
		n.Sub(n, big.NewRat(1, 1))
	case 2:
		n.Neg(n)
	case 3:
		n.Mul(n, big.NewRat(10, 1))
	case 4:
		n.Mul(n, big.NewRat(1, 2))
	case 5:
		if !strings.ContainsAny(text, ".eE") {
			return json.Number(text + ".0")
		}
	case 6:
		if !strings.ContainsAny(text, "eE") {
			return json.Number(text + "e0")
		}
	default:
		return json.Number(pick(m.choice, []string{"0", "-0", "1e1", "1E+2", "0.1", "9007199254740993", "18446744073709551616", "1e-20", "1.5e40"}))
	}
	return json.Number(strings.TrimSuffix(n.FloatString(m.of(4)), "."))
}

func (m *maker) changeText(v string) string {
	runes := []rune(v)
	switch m.of(5) {
	case 0:
		if len(runes) > 0 {
			return string(runes[:len(runes)-1])
		}
	case 1:
		return v + pick(m.choice, []string{"a", "é", "💩", "\u0000", "~", "/", "\"", "1", " ", "\n"})
	case 2:
		return v + v
	case 3:
		return strings.ToUpper(v)
	}
	return pick(m.choice, []string{"", "foo", "bar", "k", "l", "kl", "a", "1", "é", "__proto__", "$ref"})
}

// changeSchema changes a number, a list or a text in a schema, or takes a keyword away.
// Identifiers and references stay as they are.
func (m *maker) changeSchema(v any) {
	object, ok := v.(map[string]any)
	if !ok || len(object) == 0 {
		return
	}
	key := pick(m.choice, slices.Sorted(maps.Keys(object)))
	if strings.HasPrefix(key, "$") || key == "id" || key == "definitions" {
		return
	}
	switch value := object[key].(type) {
	case json.Number:
		object[key] = m.changeNumber(value)
	case bool:
		object[key] = !value
	case map[string]any:
		m.changeSchema(value)
	case []any:
		if len(value) > 0 {
			m.changeSchema(value[m.of(len(value))])
		}
	}
	if m.once(4) {
		delete(object, key)
	}
}
