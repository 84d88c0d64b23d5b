package schema

import (
	"math/rand/v2"
	"slices"

	"github.com/faultline-http/faultline/internal/tape"
)

const (
	// sampleTries is how often a whole sample is begun anew, localTries how
	// often one value in it is.
	sampleTries = 4
	localTries  = 4
	// sampleRoom bounds the values that one sample may try: branches inside
	// branches could be tried for ever.
	sampleRoom = 4000
	// sampleDepth is where a sample stops to branch out: what is optional is
	// left out from there on, and recursion ends.
	sampleDepth = 7
	// deepestSample is where it gives up.
	deepestSample = 24
)

// Sample makes up a JSON value that keeps the schema. The same seed gives the
// same value. ok is false if none was found: the schema may be one that no
// value keeps, or one that is too strict to be met by chance.
func (p *Program) Sample(id ID, r *rand.Rand) (json []byte, ok bool) {
	for range sampleTries {
		s := sampler{p: p, r: r, room: sampleRoom}
		if s.value([]ID{id}, 0) && p.Valid(id, s.out) {
			return s.out, true
		}
	}
	return nil, false
}

// A sampler writes one sample.
type sampler struct {
	p    *Program
	r    *rand.Rand
	out  []byte
	room int
}

func (s *sampler) chance(oneIn int) bool { return s.r.IntN(oneIn) == 0 }

// value appends a value that keeps all of the schemas.
func (s *sampler) value(ids []ID, depth int) bool {
	if depth > deepestSample {
		return false
	}
	before := len(s.out)
	for range localTries {
		if s.room--; s.room < 0 {
			return false
		}
		if s.attempt(ids, depth) && s.keeps(ids, s.out[before:]) {
			return true
		}
		s.out = s.out[:before]
	}
	return false
}

func (s *sampler) keeps(ids []ID, json []byte) bool {
	return !slices.ContainsFunc(ids, func(id ID) bool { return !s.p.Valid(id, json) })
}

func (s *sampler) attempt(ids []ID, depth int) bool {
	w := wish{s: s, types: AnyType, seen: map[ID]bool{}, deep: depth >= sampleDepth}
	for _, id := range ids {
		if !w.add(id) {
			return false
		}
	}
	if w.nullable && s.chance(12) {
		s.write("null")
		return true
	}
	if w.lists != nil {
		return s.constant(&w)
	}
	switch w.kind() {
	case NullType:
		s.write("null")
	case BoolType:
		s.write([...]string{"true", "false"}[s.r.IntN(2)])
	case IntegerType:
		return s.number(&w, true)
	case NumberType:
		return s.number(&w, false)
	case StringType:
		return s.string(&w)
	case ArrayType:
		return s.array(&w, depth)
	case ObjectType:
		return s.object(&w, depth)
	default:
		return false
	}
	return true
}

func (s *sampler) write(text string) { s.out = append(s.out, text...) }

// constant writes a value that all lists have.
func (s *sampler) constant(w *wish) bool {
	shortest := slices.MinFunc(w.lists, func(a, b []constant) int { return len(a) - len(b) })
	if len(shortest) == 0 {
		return false
	}
	s.write(shortest[s.r.IntN(len(shortest))].json)
	return true
}

// A wish is all that a set of schemas says of one value, with one branch chosen
// wherever there is a choice.
type wish struct {
	s        *sampler
	seen     map[ID]bool
	deep     bool
	forms    []*form
	types    Types
	nullable bool
	lists    [][]constant
	fixed    map[string]string // what discriminators need their properties to be
}

func (w *wish) add(id ID) bool {
	if id == None || w.seen[id] {
		return true
	}
	w.seen[id] = true
	f := &w.s.p.forms[id]
	if f.never {
		return false
	}
	w.forms = append(w.forms, f)
	w.types &= f.types
	w.nullable = w.nullable || f.nullable
	if f.enum != nil {
		w.lists = append(w.lists, f.enum)
	}
	if f.constant != nil {
		w.lists = append(w.lists, []constant{*f.constant})
	}
	if !w.add(f.ref) {
		return false
	}
	for _, next := range f.allOf {
		if !w.add(next) {
			return false
		}
	}
	return w.branches(f) && w.condition(f)
}

func (w *wish) branches(f *form) bool {
	if f.disc != nil && len(f.disc.order) > 0 {
		return w.discriminated(f.disc)
	}
	for _, list := range [...][]ID{f.anyOf, f.oneOf} {
		if len(list) > 0 && !w.add(w.choose(list)) {
			return false
		}
	}
	return true
}

// choose takes a branch, far down one that needs no container if there is any.
func (w *wish) choose(list []ID) ID {
	if w.deep {
		flat := slices.DeleteFunc(slices.Clone(list), func(id ID) bool {
			return w.s.p.Types(id)&^(ArrayType|ObjectType) == 0
		})
		if len(flat) > 0 {
			list = flat
		}
	}
	return list[w.s.r.IntN(len(list))]
}

func (w *wish) discriminated(d *discriminator) bool {
	text := d.order[w.s.r.IntN(len(d.order))]
	for _, other := range d.order {
		if w.seen[d.branches[other]] {
			text = other // one that extends this schema is asked for
			break
		}
	}
	if w.fixed == nil {
		w.fixed = map[string]string{}
	}
	// Descriptions without a mapping often fix other texts than the names of
	// their schemas.
	texts := w.s.p.fixedTexts(d.branches[text], d.property)
	if _, known := w.fixed[d.property]; !known && (texts == nil || slices.Contains(texts, text)) {
		w.fixed[d.property] = text
	}
	return w.add(d.branches[text])
}

func (w *wish) condition(f *form) bool {
	if f.when == None {
		return true
	}
	if w.s.chance(2) {
		return w.add(f.when) && w.add(f.yes)
	}
	return w.add(f.no)
}

// kind chooses a type among those that are allowed: of a schema without types
// one that it has something to say of.
func (w *wish) kind() Types {
	types := w.types
	if types == AnyType {
		types = w.spokenOf()
	}
	if types&NumberType != 0 {
		types &^= IntegerType
	}
	if w.deep && types&^(ArrayType|ObjectType|NullType) != 0 {
		types &^= ArrayType | ObjectType
	}
	if types != NullType && !w.s.chance(8) {
		types &^= NullType
	}
	var list []Types
	for bit := NullType; bit <= ObjectType; bit <<= 1 {
		if types&bit != 0 {
			list = append(list, bit)
		}
	}
	if list == nil {
		return 0
	}
	return list[w.s.r.IntN(len(list))]
}

func (w *wish) spokenOf() Types {
	var types Types
	for _, f := range w.forms {
		if f.num != nil {
			types |= NumberType | IntegerType
		}
		if f.str != nil {
			types |= StringType
		}
		if f.arr != nil || f.unevaluatedArr != None {
			types |= ArrayType
		}
		if f.obj != nil || f.unevaluated != None {
			types |= ObjectType
		}
	}
	if types == 0 || len(w.fixed) > 0 {
		types |= ObjectType
	}
	if types == ObjectType && len(w.fixed) == 0 && len(w.forms) == 1 && w.forms[0].obj == nil {
		types = BoolType | IntegerType | StringType
	}
	return types
}

// quoted writes a string.
func (s *sampler) quoted(text string) { s.out = tape.AppendQuoted(s.out, text) }
