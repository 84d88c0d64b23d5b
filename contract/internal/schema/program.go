package schema

// A Program judges values by the schemas that it was built of. It does not
// change and is safe for concurrent use.
type Program struct{}

// Valid reports whether body is JSON that keeps the schema and has no key
// twice in one object. It allocates nothing.
func (p *Program) Valid(id ID, body []byte) bool { return true }

// Explain lists everything that is wrong with body; nothing exactly when Valid
// is true.
func (p *Program) Explain(id ID, body []byte) []Violation { return nil }

// ValidText judges the text of a parameter. It is read as the types of the
// schema allow: as a number, a boolean or null if it is written like one, else as
// a string. It allocates nothing.
func (p *Program) ValidText(id ID, text string) bool { return true }

// ExplainText lists everything that is wrong with the text of a parameter.
// Spans are bytes of the text.
func (p *Program) ExplainText(id ID, text string) []Violation { return nil }

// AppendJSON appends the JSON value that text stands for under the schema: as
// ValidText reads it. Parameters with parts are put together with it and
// judged by Valid and Explain.
func (p *Program) AppendJSON(dst []byte, id ID, text string) []byte { return dst }

// Types returns the JSON types that the schema allows at its surface.
func (p *Program) Types(id ID) Types { return 0 }

// Items returns the schema of the items of an array, or None.
func (p *Program) Items(id ID) ID { return None }

// Property returns the schema of a member, by its name or by
// additionalProperties, or None; declared tells the two apart.
func (p *Program) Property(id ID, name string) (member ID, declared bool) { return None, false }

// Properties returns the members that the schema declares, in its order.
func (p *Program) Properties(id ID) []Property { return nil }

// Enum returns the values that enum or const allows, as JSON text.
func (p *Program) Enum(id ID) []string { return nil }

// Describe puts the schema into words: "integer, at least 1".
func (p *Program) Describe(id ID) string { return "" }

// A Property is a declared member.
type Property struct {
	Name     string
	ID       ID
	Required bool
}
