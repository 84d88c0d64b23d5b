package schema

import (
	"hash/maphash"
	"slices"

	"github.com/faultline-http/faultline/internal/tape"
)

func (e *eval) validArray(r *arrRule, token int) bool {
	tok := &e.t.Tokens[token]
	n := int(tok.Count)
	if n < r.min || r.max >= 0 && n > r.max {
		return false
	}
	if len(r.prefix) > 0 || r.items != None {
		i := 0
		for item := token + 1; item < int(tok.Next); item = int(e.t.Tokens[item].Next) {
			id := r.items
			if i < len(r.prefix) {
				id = r.prefix[i]
			}
			if id == None {
				break
			}
			if !e.valid(id, item) {
				return false
			}
			i++
		}
	}
	if r.contains != None {
		fits := e.contained(r, token)
		if fits < r.minContains || r.maxContains >= 0 && fits > r.maxContains {
			return false
		}
	}
	return !r.unique || e.twin(token) < 0
}

// contained counts the items that contains fits, no further than it must.
func (e *eval) contained(r *arrRule, token int) int {
	fits := 0
	for item := token + 1; item < int(e.t.Tokens[token].Next); item = int(e.t.Tokens[item].Next) {
		if e.branch(r.contains, item) {
			fits++
			if r.maxContains < 0 && fits >= r.minContains || r.maxContains >= 0 && fits > r.maxContains {
				break
			}
		}
	}
	return fits
}

type hashed struct {
	hash  uint64
	token int32
}

var seed = maphash.MakeSeed()

// fewItems is where comparing each with each is cheaper than hashing.
const fewItems = 16

// twin is the first item of an array that equals an earlier one, or -1.
func (e *eval) twin(token int) int {
	tok := &e.t.Tokens[token]
	if tok.Count < 2 {
		return -1
	}
	e.hashes = e.hashes[:0]
	for item := token + 1; item < int(tok.Next); item = int(e.t.Tokens[item].Next) {
		h := uint64(0)
		if tok.Count > fewItems {
			h = e.hash(item)
		}
		e.hashes = append(e.hashes, hashed{h, int32(item)})
	}
	if tok.Count > fewItems {
		slices.SortFunc(e.hashes, func(a, b hashed) int {
			switch {
			case a.hash < b.hash:
				return -1
			case a.hash > b.hash:
				return 1
			}
			return int(a.token - b.token)
		})
	}
	first := int32(-1)
	for i := range e.hashes {
		for j := i + 1; j < len(e.hashes) && e.hashes[j].hash == e.hashes[i].hash; j++ {
			if e.steps--; e.steps < 0 {
				e.spent = true
				return token
			}
			a, b := e.hashes[i].token, e.hashes[j].token
			if (first < 0 || b < first) && equalTokens(e.t, int(a), e.t, int(b)) {
				first = b
			}
		}
	}
	return int(first)
}

// hash is equal for equal values.
func (e *eval) hash(token int) uint64 {
	tok := &e.t.Tokens[token]
	e.steps--
	switch tok.Kind {
	case tape.Number:
		d := parseDecimal(e.t.Bytes(token))
		h := maphash.Bytes(seed, d.head)
		if len(d.tail) > 0 {
			// The point must not matter: 10.5 and 1.05e1.
			e.scratch = append(append(e.scratch[:0], d.head...), d.tail...)
			h = maphash.Bytes(seed, e.scratch)
		}
		h ^= uint64(d.exp) * 0x9e3779b97f4a7c15
		if d.neg {
			h = ^h
		}
		return h
	case tape.String:
		return maphash.Bytes(seed, e.text(token))
	case tape.Array:
		h := uint64(tok.Count) + 1
		for item := token + 1; item < int(tok.Next); item = int(e.t.Tokens[item].Next) {
			h = h*0x9e3779b97f4a7c15 + e.hash(item)
		}
		return h
	case tape.Object:
		h := uint64(tok.Count) + 2
		for key := token + 1; key < int(tok.Next); key = int(e.t.Tokens[key+1].Next) {
			h += e.hash(key) * (2*e.hash(key+1) + 1) // whatever the order
		}
		return h
	}
	return maphash.Bytes(seed, e.t.Bytes(token))
}

// slotBits is a set of slots on the stack of sets.
type slotBits struct {
	e    *eval
	base int
}

func (e *eval) pushBits(n int) slotBits {
	b := slotBits{e: e, base: len(e.bits)}
	for range (n + 63) / 64 {
		e.bits = append(e.bits, 0)
	}
	return b
}

func (b slotBits) set(i int32)      { b.e.bits[b.base+int(i>>6)] |= 1 << (i & 63) }
func (b slotBits) has(i int32) bool { return b.e.bits[b.base+int(i>>6)]>>(i&63)&1 == 1 }
func (b slotBits) pop()             { b.e.bits = b.e.bits[:b.base] }

func (e *eval) validObject(r *objRule, token int) bool {
	tok := &e.t.Tokens[token]
	n := int(tok.Count)
	if n < r.min || r.max >= 0 && n > r.max {
		return false
	}
	seen := e.pushBits(len(r.slots))
	defer seen.pop()
	for key := token + 1; key < int(tok.Next); key = int(e.t.Tokens[key+1].Next) {
		if r.names != None && !e.valid(r.names, key) {
			return false
		}
		if !e.validMember(r, seen, key) {
			return false
		}
	}
	for i := range r.slots {
		s := &r.slots[i]
		if !seen.has(int32(i)) {
			if s.required {
				return false
			}
			continue
		}
		for _, need := range s.needs {
			if !seen.has(need) {
				return false
			}
		}
		if s.then != None && !e.valid(s.then, token) {
			return false
		}
	}
	return true
}

func (e *eval) validMember(r *objRule, seen slotBits, key int) bool {
	declared := false
	if i, ok := r.index[string(e.text(key))]; ok {
		seen.set(i)
		if id := r.slots[i].schema; id != None {
			declared = true
			if !e.valid(id, key+1) {
				return false
			}
		}
	}
	for i := range r.patterns {
		if e.matches(r.patterns[i].pattern, key) {
			declared = true
			if !e.valid(r.patterns[i].schema, key+1) {
				return false
			}
		}
	}
	return declared || r.rest == None || e.valid(r.rest, key+1)
}

// matches asks a pattern of patternProperties.
func (e *eval) matches(p *pattern, key int) bool {
	ok, _ := e.match(p, e.text(key))
	return ok
}

// validRest asks unevaluatedProperties and unevaluatedItems.
func (e *eval) validRest(id ID, f *form, token int) bool {
	rest := e.restOf(f, token)
	if rest == None {
		return true
	}
	marks := e.evaluated(id, token, false)
	ok := true
	n := 0
	e.parts(token, func(value int) bool {
		if !e.marks[marks+n] && !e.valid(rest, value) {
			ok = false
		}
		n++
		return ok
	})
	e.marks = e.marks[:marks]
	return ok
}

// restOf is the schema for what the others left, or None.
func (e *eval) restOf(f *form, token int) ID {
	switch e.t.Tokens[token].Kind {
	case tape.Object:
		return f.unevaluated
	case tape.Array:
		return f.unevaluatedArr
	}
	return None
}

// parts goes over the values of members or items.
func (e *eval) parts(token int, visit func(value int) bool) {
	tok := &e.t.Tokens[token]
	step := 0
	if tok.Kind == tape.Object {
		step = 1
	}
	for i := token + 1; i < int(tok.Next); i = int(e.t.Tokens[i+step].Next) {
		if !visit(i + step) {
			return
		}
	}
}

// evaluated pushes a mark for each member or item that a schema evaluates, its
// own unevaluated… left out, and returns where the marks begin. lenient counts
// schemas that the value breaks as well: explaining says what is wrong with
// them, and should not call their members unknown on top.
func (e *eval) evaluated(id ID, token int, lenient bool) int {
	base := len(e.marks)
	for range e.t.Tokens[token].Count {
		e.marks = append(e.marks, false)
	}
	e.mark(id, token, base, lenient, true)
	return base
}

func (e *eval) mark(id ID, token, base int, lenient, own bool) {
	if e.steps--; e.steps < 0 {
		e.spent = true
		return
	}
	f := &e.forms[id]
	if !own && e.restOf(f, token) != None {
		for i := range e.t.Tokens[token].Count {
			e.marks[base+int(i)] = true
		}
		return
	}
	if e.t.Tokens[token].Kind == tape.Object {
		e.markMembers(f, token, base)
	} else {
		e.markItems(f, token, base)
	}
	one := func(id ID, sure bool) {
		if id != None && (sure && lenient || e.branch(id, token)) {
			e.mark(id, token, base, lenient, false)
		}
	}
	one(f.ref, true)
	for _, id := range f.allOf {
		one(id, true)
	}
	for _, id := range f.anyOf {
		one(id, false)
	}
	for _, id := range f.oneOf {
		one(id, false)
	}
	if f.disc != nil {
		if id, picked := e.pick(f.disc, token); picked {
			one(id, true)
		}
	}
	if f.when != None {
		if e.branch(f.when, token) {
			e.mark(f.when, token, base, lenient, false)
			one(f.yes, true)
		} else {
			one(f.no, true)
		}
	}
	if f.obj != nil && f.obj.deps && e.t.Tokens[token].Kind == tape.Object {
		for i := range f.obj.slots {
			if s := &f.obj.slots[i]; s.then != None && e.member(token, s.name) >= 0 {
				one(s.then, true)
			}
		}
	}
}

func (e *eval) markMembers(f *form, token, base int) {
	r := f.obj
	if r == nil {
		return
	}
	n := 0
	for key := token + 1; key < int(e.t.Tokens[token].Next); key = int(e.t.Tokens[key+1].Next) {
		at := base + n
		n++
		if r.rest != None || r.open {
			e.marks[at] = true
			continue
		}
		if i, ok := r.index[string(e.text(key))]; ok && r.slots[i].schema != None {
			e.marks[at] = true
			continue
		}
		for i := range r.patterns {
			if e.matches(r.patterns[i].pattern, key) {
				e.marks[at] = true
				break
			}
		}
	}
}

func (e *eval) markItems(f *form, token, base int) {
	r := f.arr
	if r == nil {
		return
	}
	n := 0
	for item := token + 1; item < int(e.t.Tokens[token].Next); item = int(e.t.Tokens[item].Next) {
		if n < len(r.prefix) || r.items != None || r.contains != None && e.branch(r.contains, item) {
			e.marks[base+n] = true
		}
		n++
	}
}
