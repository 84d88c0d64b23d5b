package schema

import (
	"bytes"

	"github.com/faultline-http/faultline/internal/tape"
)

// An item is where an item of an array of unique ones stands.
type item struct{ start, end int }

// twice reports whether one of the items from base on stands twice in the array
// at i. Few scalars are compared as they are sent, all else on a tape.
func (r *runner) twice(base, i, depth int) bool {
	items := r.s.items[base:]
	if len(items) > fewItems {
		return r.twiceOnTape(i, depth)
	}
	for k := range items {
		a := r.src[items[k].start:items[k].end]
		switch a[0] {
		case '{', '[':
			return r.twiceOnTape(i, depth)
		case '"':
			if bytes.IndexByte(a, '\\') >= 0 {
				return r.twiceOnTape(i, depth)
			}
		}
		for _, other := range items[:k] {
			if sameScalar(a, r.src[other.start:other.end]) {
				return true
			}
		}
	}
	return false
}

// sameScalar compares scalars without escapes.
func sameScalar(a, b []byte) bool {
	switch a[0] {
	case '"', 't', 'f', 'n':
		return bytes.Equal(a, b)
	}
	if b[0] != '-' && b[0]-'0' > 9 {
		return false
	}
	x, y := parseDecimal(a), parseDecimal(b)
	return x.compare(&y) == 0
}

// twiceOnTape is for the array at i, which is sound.
func (r *runner) twiceOnTape(i, depth int) bool {
	t := &r.s.tape
	if _, ok := tape.ParseAt(t, r.src, i, depth); !ok {
		return true
	}
	e := &r.s.eval
	e.begin(e.forms, t)
	return e.twin(0) >= 0 || e.spent
}
