package schema

import (
	"github.com/faultline-http/faultline/internal/tape"
)

// An eval judges values on a tape by forms. It is the slow road of the verdict
// program, for values that have to be seen twice, and what the explain program
// asks where a schema is a condition.
type eval struct {
	forms []form
	t     *tape.Tape

	steps   int // that are left; a named outcome when they run out
	spent   bool
	costly  bool // a pattern took too long
	slow    int  // what patterns that have to go back have cost
	memo    memo
	marks   []bool // a stack: members or items that were evaluated
	bits    []uint64
	scratch []byte
	slots   []int32  // a stack: the slots of members, as they stand
	hashes  []uint64 // of items, and where they stand
	tokens  []int32
	hashed  hashSet
	keys    keyStack
}

// A memoKey is a value under a schema.
type memoKey struct {
	id    ID
	token int32
}

const (
	// Steps bound the work on one body: schemas that branch without telling
	// apart cost up to their number times the tokens, and no honest one comes
	// near this.
	fewestSteps   = 1 << 20
	stepsPerToken = 1 << 10
	// fewTokens is where a memo costs more than it saves: a value without
	// containers in it. Each level that is left out multiplies by the branches.
	fewTokens = 4
)

func (e *eval) begin(forms []form, t *tape.Tape) {
	e.forms, e.t = forms, t
	e.steps = fewestSteps + stepsPerToken*len(t.Tokens)
	e.spent, e.costly, e.slow = false, false, 0
	e.marks, e.bits, e.slots = e.marks[:0], e.bits[:0], e.slots[:0]
	e.memo.forget()
}

// jsonType is the type of a token as a set of one, for a number of two if it is
// an integer.
func (e *eval) jsonType(token int) Types {
	switch e.t.Tokens[token].Kind {
	case tape.Null:
		return NullType
	case tape.Bool:
		return BoolType
	case tape.String:
		return StringType
	case tape.Array:
		return ArrayType
	case tape.Object:
		return ObjectType
	}
	if d := parseDecimal(e.t.Bytes(token)); d.integer() {
		return IntegerType
	}
	return NumberType
}

// branch is valid with a memo: what is asked of the same value from several
// branches is answered once, so that a recursive oneOf stays linear.
func (e *eval) branch(id ID, token int) bool {
	tok := &e.t.Tokens[token]
	if tok.Next-uint32(token) < fewTokens {
		return e.valid(id, token)
	}
	if ok, known := e.memo.ask(id, token); known {
		return ok
	}
	ok := e.valid(id, token)
	e.memo.keep(id, token, ok)
	return ok
}

// valid reports whether the value at a token keeps a form.
func (e *eval) valid(id ID, token int) bool {
	if e.steps--; e.steps < 0 {
		e.spent = true
		return false
	}
	f := &e.forms[id]
	if f.never {
		return false
	}
	kind := e.t.Tokens[token].Kind
	if f.nullable && kind == tape.Null {
		return true
	}
	if f.types != AnyType && !e.hasType(f.types, token) {
		return false
	}
	if f.enum != nil && !e.inEnum(f, token) {
		return false
	}
	if f.constant != nil && !e.equals(f.constant, token) {
		return false
	}
	switch kind {
	case tape.Number:
		if f.num != nil && !e.validNumber(f.num, token) {
			return false
		}
	case tape.String:
		if f.str != nil && !e.validString(f.str, token) {
			return false
		}
	case tape.Array:
		if f.arr != nil && !e.validArray(f.arr, token) {
			return false
		}
	case tape.Object:
		if f.obj != nil && !e.validObject(f.obj, token) {
			return false
		}
	}
	return e.validInPlace(f, token) && e.validRest(id, f, token)
}

func (e *eval) hasType(types Types, token int) bool {
	if e.t.Tokens[token].Kind == tape.Number && types&(NumberType|IntegerType) == NumberType|IntegerType {
		return true
	}
	return types&e.jsonType(token) != 0
}

// validInPlace asks the schemas that speak of the same value.
func (e *eval) validInPlace(f *form, token int) bool {
	if f.ref != None && !e.valid(f.ref, token) {
		return false
	}
	for _, id := range f.allOf {
		if !e.valid(id, token) {
			return false
		}
	}
	if f.disc != nil {
		if id, picked := e.pick(f.disc, token); picked {
			return e.branch(id, token) && e.validConditions(f, token)
		}
		if f.disc.strict && e.unnamed(f.disc, token) {
			return false
		}
	}
	if f.anyOf != nil && !e.validAny(f.anyOf, token) {
		return false
	}
	if f.oneOf != nil && !e.validOne(f.oneOf, token) {
		return false
	}
	return e.validConditions(f, token)
}

func (e *eval) validConditions(f *form, token int) bool {
	if f.not != None && (e.branch(f.not, token) || e.spent) {
		return false
	}
	if f.when == None || f.yes == None && f.no == None {
		return true
	}
	next := f.no
	if e.branch(f.when, token) {
		next = f.yes
	}
	return next == None || e.valid(next, token)
}

func (e *eval) validAny(ids []ID, token int) bool {
	for _, id := range ids {
		if e.branch(id, token) {
			return true
		}
	}
	return false
}

func (e *eval) validOne(ids []ID, token int) bool {
	fits := 0
	for _, id := range ids {
		if e.branch(id, token) {
			if fits++; fits > 1 {
				return false
			}
		}
	}
	return fits == 1
}

// pick is the branch that the discriminator's property names. A text that
// names none leaves the branches to be told apart by themselves, if they say
// which texts they have: descriptions without a mapping often send other texts
// than the names of their schemas.
func (e *eval) pick(d *discriminator, token int) (ID, bool) {
	if e.t.Tokens[token].Kind != tape.Object {
		return None, false
	}
	value := e.member(token, d.property)
	if value < 0 {
		return d.other, d.other != None
	}
	if e.t.Tokens[value].Kind != tape.String {
		return None, false
	}
	if id, ok := d.branches[string(e.text(value))]; ok {
		return id, true
	}
	return d.other, d.other != None
}

// unnamed reports whether the discriminator's property has a text, which pick
// has found to name no branch: then no schema can be determined and validation
// fails (OpenAPI 3.1.1, section 4.8.25.4).
func (e *eval) unnamed(d *discriminator, token int) bool {
	if e.t.Tokens[token].Kind != tape.Object {
		return false
	}
	value := e.member(token, d.property)
	return value >= 0 && e.t.Tokens[value].Kind == tape.String
}

// member is the token of the value of a member, or -1.
func (e *eval) member(object int, name string) int {
	end := int(e.t.Tokens[object].Next)
	for key := object + 1; key < end; key = int(e.t.Tokens[key+1].Next) {
		if string(e.text(key)) == name {
			return key + 1
		}
	}
	return -1
}
