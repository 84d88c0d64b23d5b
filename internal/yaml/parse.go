package yaml

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
)

// Limits on one document. A description that is larger than this is not meant
// to be read by anybody; each bound keeps a hostile file from costing more than
// a large honest one.
const (
	MaxBytes = 50 << 20 // ten times the largest public description
	MaxDepth = 512      // schemas nest perhaps thirty deep; recursion over the tree stays cheap
	MaxNodes = 4 << 20  // values after aliases are expanded: a bomb is refused before it is walked
)

// Limits bound one document. Zero means the constant of the same kind.
type Limits struct {
	Bytes int
	Depth int
	Nodes int
}

func (l Limits) withDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = MaxBytes
	}
	if l.Depth <= 0 {
		l.Depth = MaxDepth
	}
	if l.Nodes <= 0 {
		l.Nodes = MaxNodes
	}
	return l
}

// Parse is ParseWith with the limits of this package.
func Parse(name string, raw []byte) (*Node, error) { return ParseWith(name, raw, Limits{}) }

// ParseWith reads one document, JSON or YAML, and returns its root. name is used in
// positions, and its extension is only a hint: a JSON document in a .yaml file
// is read as JSON, whose errors are clearer. An error is always an [*Error].
//
// Aliased nodes share one pointer; the tree is therefore a graph without
// cycles, of bounded size even when it is walked as a tree.
func ParseWith(name string, raw []byte, limits Limits) (*Node, error) {
	limits = limits.withDefaults()
	if len(raw) > limits.Bytes {
		return nil, &Error{
			Pos:    Pos{File: name, Line: 1, Column: 1},
			Msg:    fmt.Sprintf("the file has %d bytes, more than the limit of %d", len(raw), limits.Bytes),
			Remedy: "split the description into several files",
		}
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if !looksLikeJSON(raw) {
		return parseYAML(name, raw, limits)
	}
	node, err := parseJSON(name, raw, limits)
	if err == nil || strings.EqualFold(path.Ext(name), ".json") {
		return node, err
	}
	// A YAML document may begin with a brace as well. The reader that got
	// farther knows better what is wrong.
	node, yamlErr := parseYAML(name, raw, limits)
	if yamlErr != nil && !farther(yamlErr, err) {
		return nil, err
	}
	return node, yamlErr
}

func farther(a, b error) bool {
	var x, y *Error
	if !errors.As(a, &x) || !errors.As(b, &y) {
		return false
	}
	return x.Pos.Line > y.Pos.Line || x.Pos.Line == y.Pos.Line && x.Pos.Column > y.Pos.Column
}

func looksLikeJSON(raw []byte) bool {
	head := bytes.TrimLeft(raw, " \t\r\n")
	return len(head) > 0 && (head[0] == '{' || head[0] == '[')
}
