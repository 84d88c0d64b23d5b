package schema

import (
	"bytes"

	"github.com/faultline-http/faultline/internal/tape"
)

func (e *eval) inEnum(list []constant, token int) bool {
	for i := range list {
		if e.equals(&list[i], token) {
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
	end, other := int(a.Tokens[i].Next), int(b.Tokens[j].Next)
	for key := i + 1; key < end; key = int(a.Tokens[key+1].Next) {
		found := false
		for k := j + 1; k < other && !found; k = int(b.Tokens[k+1].Next) {
			if equalStrings(a, key, b, k) {
				if !equalTokens(a, key+1, b, k+1) {
					return false
				}
				found = true
			}
		}
		if !found {
			return false
		}
	}
	return true
}
