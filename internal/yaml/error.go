package yaml

import "fmt"

// An Error says why a document cannot be read, and where.
type Error struct {
	Pos    Pos
	Msg    string // "the key `paths` stands here twice"
	Remedy string // what to do about it, starting with a verb; may be empty
	Other  Pos    // the second place that the message speaks of; zero if there is none
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s: %s", e.Pos, e.Msg)
}

// String is the place as editors and compilers write it: file:line:column.
func (p Pos) String() string {
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}
