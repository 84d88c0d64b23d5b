package schema

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/yaml"
)

// Kind is what sort of departure a violation is.
type Kind uint8

// The kinds of violations.
const (
	Missing   Kind = iota // a required member is absent
	Unknown               // a member that the schema does not allow
	Type                  // wrong JSON type, or text that cannot be read as the declared type
	Value                 // right type, refused value
	Null                  // null where null is not allowed
	Syntax                // not JSON
	Duplicate             // the same key twice in one object
)

// A Violation is one departure of a value from its schema.
type Violation struct {
	Kind    Kind
	Keyword string // "type", "required"; empty for Syntax and Duplicate
	Pointer string // JSON Pointer of the value; of the parent object for Missing
	Field   string // the member that is missing, unknown or duplicate; for others the value's own name, if it has one

	// Span is the value's bytes, the quotes of a string included. It is the
	// key's bytes with its quotes for Unknown and Duplicate, and the first byte
	// of the parent object for Missing.
	Span faultline.Span
	Key  faultline.Span // the name of the member between its quotes; zero if the value is no member

	Message string // "`quantity` must be an integer"
	Want    string // "integer, at least 1"
	Found   string // `string "3"`
	Caret   string // the words for the carets, where the mistake is known for what it is
	Meant   string // JSON of the value that was probably meant; it keeps the schema of the value
	Keeps   bool   // Meant says the same as what was sent
	Spare   bool   // Null: the member may as well be left out
	Wrapped bool   // Unknown: Meant, the value of the member, is meant for the object around it
	Detail  faultline.Detail
	Source  yaml.Pos // the keyword that says so, or the declaration of the missing property
	Rule    Rule     // the same, for [Map.Locate]
	Schema  string   // name of the component schema nearest above; empty if none

	Undeclared []Member // Missing, Unknown: members of the same object that its schema does not declare
	Declared   []string // Missing, Unknown: the names that it does declare
	Others     int      // branches of oneOf or anyOf that were not meant and are not explained

	// Syntax is the whole story of a body that is not JSON; it is an
	// *tape.SyntaxError of internal/tape, or nil.
	Syntax error
}

// A Rule is a keyword of a schema, by the place of the schema.
type Rule struct {
	Schema  yaml.Pos
	Keyword string // empty: the schema as a whole
}

// A Member is one member of an object in a body.
type Member struct {
	Name  string
	Key   faultline.Span // of the name, between its quotes
	Value faultline.Span
	Type  string // JSON type of the value
}
