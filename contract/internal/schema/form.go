package schema

import (
	"github.com/faultline-http/faultline/contract/internal/format"
	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A form is one schema in the shape that both programs are made from: keywords
// grouped by the type of value that they speak of, other schemas by ID.
type form struct {
	places places
	name   string // the component that it is, or empty
	dir    Direction
	err    error // *Error or *Unsupported

	never    bool // the schema false
	nullable bool // OpenAPI 3.0: null passes, whatever else is said
	types    Types
	enum     []constant // nil: not said
	among    enumIndex  // of enum; nil if it is short
	constant *constant

	num *numRule
	str *strRule
	arr *arrRule
	obj *objRule

	ref            ID // $ref, $dynamicRef or $recursiveRef; allOf begins with others
	allOf          []ID
	anyOf, oneOf   []ID
	not            ID
	when, yes, no  ID // if, then, else
	disc           *discriminator
	unevaluated    ID // unevaluatedProperties
	unevaluatedArr ID // unevaluatedItems

	xml *XML // nil: not said
}

// A constant is a value that enum or const names.
type constant struct {
	kind tape.Kind
	json string
	text string  // of a string
	num  decimal // of a number
	tape *tape.Tape
}

// A bound is one of the four numeric ones.
type bound struct {
	keyword string
	value   decimal
	text    string
}

type numRule struct {
	bounds  []bound
	divisor divisor
	step    string // its text
	format  string // int32, int64, float, double, ...
	least   *decimal
	most    *decimal // range of the format
	whole   bool     // the format is one of integers
	plain   bool     // an integer is written without fraction and exponent
}

type strRule struct {
	min, max int // code points; max -1: not said
	pattern  *pattern
	format   *format.Format
	name     string // of the format
	content  *contentRule
}

type arrRule struct {
	prefix      []ID
	items       ID
	contains    ID
	minContains int
	maxContains int  // -1: not said
	marks       bool // what contains fits counts as evaluated
	min, max    int  // max -1: not said
	unique      bool
}

// A slot is a name that the schema speaks of.
type slot struct {
	name     string
	schema   ID // None: the name stands in required or dependentRequired only
	required bool
	needs    []int32 // dependentRequired: slots that must be there if this one is
	then     ID      // dependentSchemas
	source   yaml.Pos
}

type patternSlot struct {
	pattern *pattern
	schema  ID
}

type objRule struct {
	slots    []slot
	index    map[string]int32 // of the slots, while the schema is read
	finder   *names           // of the slots, from then on
	patterns []patternSlot
	rest     ID   // additionalProperties; None: not said, or true
	open     bool // additionalProperties is said and true
	names    ID   // propertyNames
	min, max int  // max -1: not said
	required int  // how many slots are
	deps     bool
}

// settle is called when all slots are known.
func (r *objRule) settle() {
	list := make([]string, len(r.slots))
	for i := range r.slots {
		list[i] = r.slots[i].name
	}
	r.finder, r.index = newNames(list), nil
}

// slotOf is the index of a name's slot, and whether it has one.
func (r *objRule) slotOf(name []byte) (int, bool) {
	i := r.finder.find(name)
	return i, i >= 0
}

// A discriminator picks a branch by the text of one property.
type discriminator struct {
	property string
	branches map[string]ID // text to schema, of oneOf or anyOf
	order    []string
	base     bool // no oneOf or anyOf: the schemas are those that extend this one by allOf
	other    ID   // defaultMapping: for a text that names none, and for no text; None if not said
	strict   bool // a text that names none fits nothing: no branch says itself which texts it has
}

// inPlace yields the schemas that speak of the same value as f.
func (f *form) inPlace(yield func(ID) bool) {
	one := func(id ID) bool { return id == None || yield(id) }
	list := func(ids []ID) bool {
		for _, id := range ids {
			if !yield(id) {
				return false
			}
		}
		return true
	}
	if !one(f.ref) || !list(f.allOf) || !list(f.anyOf) || !list(f.oneOf) || !one(f.not) || !one(f.when) || !one(f.yes) || !one(f.no) {
		return
	}
	if f.disc != nil {
		for _, text := range f.disc.order {
			if !one(f.disc.branches[text]) {
				return
			}
		}
		if !one(f.disc.other) {
			return
		}
	}
	if f.obj != nil && f.obj.deps {
		for i := range f.obj.slots {
			if !one(f.obj.slots[i].then) {
				return
			}
		}
	}
}

// below yields the schemas that speak of parts of the value.
func (f *form) below(yield func(ID) bool) {
	one := func(id ID) bool { return id == None || yield(id) }
	if !one(f.unevaluated) || !one(f.unevaluatedArr) {
		return
	}
	if f.str != nil && f.str.content != nil && !one(f.str.content.schema) {
		return
	}
	if a := f.arr; a != nil {
		for _, id := range a.prefix {
			if !yield(id) {
				return
			}
		}
		if !one(a.items) || !one(a.contains) {
			return
		}
	}
	if o := f.obj; o != nil {
		for i := range o.slots {
			if !one(o.slots[i].schema) {
				return
			}
		}
		for i := range o.patterns {
			if !one(o.patterns[i].schema) {
				return
			}
		}
		if one(o.rest) {
			one(o.names)
		}
	}
}
