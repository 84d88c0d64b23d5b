// Package engines puts JSON Schema engines, and what merely checks or decodes
// JSON, behind one function each, so that one loop asks them all.
package engines

// A Contract is what the bodies have to keep, as each engine likes it.
type Contract struct {
	Schema    []byte // JSON Schema 2020-12
	OpenAPI   []byte // OpenAPI 3.0
	Component string // the schema in it
}

// Kind is how much of the work an engine does.
type Kind string

// The kinds.
const (
	Verdict Kind = "verdict" // does the body keep the contract?
	Check   Kind = "check"   // is it JSON at all?
	Decode  Kind = "decode"  // Go values of it
	Explain Kind = "explain" // all that is wrong with it, in words
)

// Judges reports whether an engine of the kind says no to what breaks the
// contract.
func (k Kind) Judges() bool { return k == Verdict || k == Explain }

// An Engine is one row. Compile returns what goes from bytes to yes or no, the
// parsing included.
type Engine struct {
	Name    string
	Kind    Kind
	Compile func(Contract) (func(body []byte) bool, error)
}

// All are the rows, ours first.
func All() []Engine {
	return []Engine{
		{"faultline", Verdict, faultline},
		{"faultline Explain", Explain, faultlineExplain},
		{"kin-openapi 3.0", Verdict, kin},
		{"santhosh-tekuri v6", Verdict, santhosh},
		{"jsontext IsValid", Check, without(jsontextValid)},
		{"sonic Valid", Check, without(sonicValid)},
		{"gjson Valid", Check, without(gjsonValid)},
		{"encoding/json Unmarshal any", Decode, without(unmarshal)},
	}
}

// without is the Compile of what needs no contract.
func without(run func([]byte) bool) func(Contract) (func([]byte) bool, error) {
	return func(Contract) (func([]byte) bool, error) { return run, nil }
}
