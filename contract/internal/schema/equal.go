package schema

import (
	"bytes"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/tape"
)

// inEnum reports whether a value is one of the enum of a form.
func (e *eval) inEnum(f *form, token int) bool {
	if f.among != nil {
		for _, i := range f.among[e.hash(token)] {
			if e.equals(&f.enum[i], token) {
				return true
			}
		}
		return false
	}
	for i := range f.enum {
		if e.equals(&f.enum[i], token) {
			return true
		}
	}
	return false
}

func (e *eval) equals(c *constant, token int) bool {
	tok := &e.t.Tokens[token]
	if tok.Kind != c.kind {
		return false
	}
	switch c.kind {
	case tape.Null:
		return true
	case tape.Bool:
		return string(e.t.Bytes(token)) == c.json
	case tape.Number:
		d := parseDecimal(e.t.Bytes(token))
		return d.compare(&c.num) == 0
	case tape.String:
		return string(e.text(token)) == c.text
	}
	return equalTokens(e.t, token, c.tape, 0)
}

// equalTokens compares two values as JSON does: 1 is 1.0, and the order of
// members does not matter.
func equalTokens(a *tape.Tape, i int, b *tape.Tape, j int) bool {
	x, y := &a.Tokens[i], &b.Tokens[j]
	if x.Kind != y.Kind || x.Count != y.Count {
		return false
	}
	switch x.Kind {
	case tape.Null:
		return true
	case tape.Bool:
		return bytes.Equal(a.Bytes(i), b.Bytes(j))
	case tape.Number:
		d, o := parseDecimal(a.Bytes(i)), parseDecimal(b.Bytes(j))
		return d.compare(&o) == 0
	case tape.String:
		return equalStrings(a, i, b, j)
	case tape.Array:
		end := int(x.Next)
		for i, j = i+1, j+1; i < end; i, j = int(a.Tokens[i].Next), int(b.Tokens[j].Next) {
			if !equalTokens(a, i, b, j) {
				return false
			}
		}
		return true
	}
	return equalObjects(a, i, b, j)
}

func equalStrings(a *tape.Tape, i int, b *tape.Tape, j int) bool {
	if !a.Tokens[i].Escaped && !b.Tokens[j].Escaped {
		return bytes.Equal(a.Bytes(i), b.Bytes(j))
	}
	return a.Text(i) == b.Text(j)
}

func equalObjects(a *tape.Tape, i int, b *tape.Tape, j int) bool {
	end := int(a.Tokens[i].Next)
	left := int(a.Tokens[i].Count)
	for i, j = i+1, j+1; i < end && equalStrings(a, i, b, j); i, j = int(a.Tokens[i+1].Next), int(b.Tokens[j+1].Next) {
		if !equalTokens(a, i+1, b, j+1) {
			return false
		}
		left--
	}
	switch {
	case left == 0:
		return true
	case left > fewItems:
		return equalSorted(a, i, b, j, left)
	}
	return equalFew(a, i, b, j, left)
}

// equalFew compares the last members of two objects, from the keys i and j on,
// in any order.
func equalFew(a *tape.Tape, i int, b *tape.Tape, j, left int) bool {
	for range left {
		k := j
		for n := 1; !equalStrings(a, i, b, k); n++ {
			if n == left {
				return false
			}
			k = int(b.Tokens[k+1].Next)
		}
		if !equalTokens(a, i+1, b, k+1) {
			return false
		}
		i = int(a.Tokens[i+1].Next)
	}
	return true
}

// equalSorted is equalFew for many members.
func equalSorted(a *tape.Tape, i int, b *tape.Tape, j, left int) bool {
	x, y := sortedMembers(a, i, left), sortedMembers(b, j, left)
	for n := range x {
		if x[n].name != y[n].name || !equalTokens(a, x[n].key+1, b, y[n].key+1) {
			return false
		}
	}
	return true
}

type namedMember struct {
	name string
	key  int
}

func sortedMembers(t *tape.Tape, key, n int) []namedMember {
	out := make([]namedMember, n)
	for i := range out {
		out[i] = namedMember{t.Text(key), key}
		key = int(t.Tokens[key+1].Next)
	}
	slices.SortFunc(out, func(a, b namedMember) int { return strings.Compare(a.name, b.name) })
	return out
}
