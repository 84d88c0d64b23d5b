package faultline

// A Finding says that a cause is present in one exchange, and how we know. It
// is data, never an error. All text is free of secrets; text that came from
// the wire may hold control characters and must be escaped when it is shown.
type Finding struct {
	Cause    Cause // a rule leaves it empty: the engine fills it in from the catalogue
	Party    Party // who has to act in this exchange, if it is not Cause.Party
	Strength Strength
	At       Location
	Message  string // the headline: "`quantity` must be an integer"
	Brief    string // what a table has room for: "`custmer_id` → `customer_id`", "wait 20 s"
	Expected string // "integer, at least 1"
	Found    string // "string \"3\""
	Caret    string // the words beside the carets: "a string that holds a number: drop the quotes"
	Source   Source // the line of the contract that says so
	Detail   Detail // Expected and Found for machines
	Evidence []Evidence
	RuledOut []Rival
	Remedy   Remedy
	Retry    string // "as sent it fails every time; send the fixed one"; empty: nothing to say
	Notes    []Note // further labelled lines: wait, pace, settle it, note

	// Fingerprint is equal for findings of one kind: same cause, same place of
	// the same operation, same party. The engine fills it in. Indices and values
	// are no part of it.
	Fingerprint string

	Rank int // added to the engine's order among findings of one strength; usually 0
}

// WhoActs is the party that has to act: Party, or the cause's own.
func (f *Finding) WhoActs() Party {
	if f.Party != "" {
		return f.Party
	}
	return f.Cause.Party
}

// Source is a place in a contract's files.
type Source struct {
	File         string
	Line, Column int
}

// Detail is what was expected and found, in pieces. Zero fields are unknown.
type Detail struct {
	Field    string   // name of the expected member, parameter or header
	Types    []string // JSON types that are allowed
	Format   string
	Enum     []string // allowed values as JSON text
	Required bool
	Found    *Value // nil: nothing was found there
	Fault    string // of a message that is not well-formed HTTP: the fault's name, as docs/wire.md lists them
}

// A Value is what stood at the place. Text is its JSON text or wire text, cut
// to a few hundred bytes, and empty where it may be a secret.
type Value struct {
	Field string
	Type  string // JSON type, or "string" for wire text
	Text  string
}

// EvidenceKind tells how a piece of evidence is shown.
type EvidenceKind uint8

// The kinds of evidence.
const (
	Excerpt EvidenceKind = iota // a titled block of lines, some of them with carets
	Fact                        // "= Title  text": one line
	Hops                        // the path of the call from hop to hop: Lines[0].Text
)

// Evidence is one thing that shows why the finding is true.
type Evidence struct {
	Kind  EvidenceKind
	Title string // "response headers", "clocks when the request was sent", "server said"
	Lines []Line
}

// A Line is one line of evidence. Span marks the bytes of Text that the carets
// go under; Note stands beside them, or after the text if Span is zero.
type Line struct {
	Text string
	Span Span
	Note string
}

// A Rival is a cause that was considered and contradicted.
type Rival struct {
	Slug Slug
	Why  string
}

// A Note is a labelled line of advice: "wait", "pace", "settle it", "note".
type Note struct{ Label, Text string }

// Applicability says how far a remedy may be trusted.
type Applicability string

// The three applicabilities. Only a Checked remedy may be applied unasked.
const (
	Checked  Applicability = "checked"  // the corrected request passes the contract and keeps its meaning
	Guess    Applicability = "guess"    // plausible
	Template Applicability = "template" // holds <placeholders>
)

// A Remedy is what to change: words, and edits that a machine can apply.
type Remedy struct {
	Text          string // starts with a verb: "rename to `customer_id`"
	Steps         []Step // when one line is not enough, in order
	Applicability Applicability
	Patch         []Edit // of the request
}

// A Step is one step of a remedy, with the command to type if there is one.
type Step struct {
	Text    string
	Command string // to type
	Lines   string // to put somewhere: header fields, configuration
}

// An Edit is one change of a request. In a body it is an operation of JSON
// Patch (RFC 6902) whose paths are JSON Pointers; elsewhere Name says which
// header, parameter or cookie is added, replaced, moved (renamed) or removed,
// and Value is its text. In the target's "method" Value is the new method; in
// InPath with an empty Name Value is the new path.
type Edit struct {
	Op    string // "add", "replace", "remove", "move"
	In    Part   // empty: the body
	Name  string
	From  string // pointer or name that a move takes away
	Path  string // pointer into the body
	Value string // JSON text in a body, wire text elsewhere
}
