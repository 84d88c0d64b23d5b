package schema

import "math/bits"

// Types is a set of JSON types.
type Types uint8

// The types. Integer is the part of Number without a fraction: a set that has
// Number has Integer as well.
const (
	NullType Types = 1 << iota
	BoolType
	IntegerType
	NumberType
	StringType
	ArrayType
	ObjectType

	// AnyType is all of them.
	AnyType = NullType | BoolType | IntegerType | NumberType | StringType | ArrayType | ObjectType
)

var typeNames = [...]string{"null", "boolean", "integer", "number", "string", "array", "object"}

// Names returns the names of the types as JSON Schema writes them; integer only
// where number is not in the set.
func (t Types) Names() []string {
	if t == 0 {
		return nil
	}
	out := make([]string, 0, bits.OnesCount8(uint8(t)))
	for i, name := range typeNames {
		bit := Types(1) << i
		if t&bit == 0 || bit == IntegerType && t&NumberType != 0 {
			continue
		}
		out = append(out, name)
	}
	return out
}
