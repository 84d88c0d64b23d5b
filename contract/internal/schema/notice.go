package schema

import (
	"strings"

	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A Notice is something that is formally wrong and has one meaning, in which it
// was read.
type Notice struct {
	Pos    yaml.Pos
	Rule   string // "schema-nullable"
	Msg    string
	Remedy string
}

// mostNotices bounds what is said about one description.
const mostNotices = 1000

// Notices are what was noticed so far, each place once, in the order in which
// the schemas were read.
func (b *Builder) Notices() []Notice { return b.notices }

// tolerate notes what is wrong and clear. The suites of JSON Schema want to see
// it refused: a Standard builder tolerates nothing.
func (r *reader) tolerate(n *yaml.Node, rule, msg, remedy string) bool {
	if r.b.opts.Standard {
		return false
	}
	key := noticeKey{n.Pos, rule}
	if r.b.noticed[key] || len(r.b.notices) >= mostNotices {
		return true
	}
	if r.b.noticed == nil {
		r.b.noticed = map[noticeKey]bool{}
	}
	r.b.noticed[key] = true
	r.b.notices = append(r.b.notices, Notice{n.Pos, rule, msg, remedy})
	return true
}

type noticeKey struct {
	pos  yaml.Pos
	rule string
}

// absent reports whether a keyword is null where null says nothing: programs
// write what they do not have so.
func (r *reader) absent(keyword string, n *yaml.Node) bool {
	return n.Kind == yaml.Null && keyword != "const" && keyword != "enum" &&
		r.tolerate(n, "schema-null", "`"+keyword+"` is null, which says nothing", "leave `"+keyword+"` out")
}

// quoted reads a number in quotes.
func (r *reader) quoted(keyword string, n *yaml.Node) *yaml.Node {
	if n == nil || n.Kind != yaml.String {
		return n
	}
	if end, ok := tape.ScanNumber([]byte(n.Text), 0); !ok || end != len(n.Text) ||
		!r.tolerate(n, "schema-number", "`"+keyword+"` is a number in quotes", "write `"+n.Text+"` without quotes") {
		return n
	}
	return &yaml.Node{Kind: yaml.Number, Text: n.Text, Pos: n.Pos}
}

// flag reads exclusiveMinimum and exclusiveMaximum where they are true or false
// in a dialect in which they are numbers: with a bound beside them they mean
// what they meant in draft 4.
func (r *reader) flag(exclusive, keyword string, bound *yaml.Node) (is, exclusively bool) {
	n := r.get(exclusive)
	if n == nil || n.Kind != yaml.Bool || bound == nil {
		return false, false
	}
	remedy := "leave it out"
	if n.Text == "true" {
		remedy = "write `" + exclusive + ": " + bound.Text + "` in place of `" + keyword + "`"
	}
	is = r.tolerate(n, "schema-exclusive", "`"+exclusive+"` is a number in "+r.dialect().String()+", this is `"+n.Text+"`: it is read as in draft 4", remedy)
	return is, n.Text == "true"
}

// modern reads exclusiveMinimum and exclusiveMaximum where they are a number in
// a dialect in which they are true or false.
func (r *reader) modern(exclusive string, n *yaml.Node) bool {
	return n != nil && n.Kind == yaml.Number && r.tolerate(n, "schema-exclusive",
		"`"+exclusive+"` is true or false in "+r.dialect().String()+", this is `"+n.Text+"`: it is read as a bound",
		"write the bound as `"+strings.ToLower(strings.TrimPrefix(exclusive, "exclusive"))+"`, and `"+exclusive+": true`")
}

// newerTypes reads a list of types, and null, where the dialect has neither:
// JSON Schema gives them the only meaning that they have.
func (r *reader) newerTypes(n *yaml.Node) bool {
	return r.tolerate(n, "schema-type", "`type` is one name in "+r.dialect().String()+" and never null, this is "+kindWords(n)+": it is read as in JSON Schema",
		"write one type and `nullable: true`, or say `openapi: 3.1.0`")
}
