// Package yaml reads YAML and JSON documents into one tree of nodes that know
// their file, line and column.
package yaml

// Kind is the JSON kind of a node.
type Kind uint8

// The kinds.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// A Node is one value of a document. Trees are read only after Parse.
type Node struct {
	Kind    Kind
	Text    string // String: its value; Number: its text as JSON; Bool: "true" or "false"
	Items   []*Node
	Members []Member // in the order of the document; keys are unique
	Pos     Pos

	index map[string]int32 // of the members, once there are very many
}

// A Member is one member of an object.
type Member struct {
	Key   string
	Pos   Pos // of the key
	Value *Node
}

// Pos is a place in a document.
type Pos struct {
	File         string
	Line, Column int // 1-based
}

// Get returns the member called key, or nil. A nil node has no members.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	if i, ok := n.index[key]; ok {
		return n.Members[i].Value
	}
	if n.index != nil && len(n.index) == len(n.Members) {
		return nil
	}
	for i := range n.Members {
		if n.Members[i].Key == key {
			return n.Members[i].Value
		}
	}
	return nil
}

// indexedMembers is where Get stops looking through the list: a description
// with a hundred thousand schemas refers to each of them by name.
const indexedMembers = 64

// close ends the reading of an object.
func (n *Node) close() {
	if len(n.Members) < indexedMembers {
		return
	}
	n.index = make(map[string]int32, len(n.Members))
	for i := range n.Members {
		n.index[n.Members[i].Key] = int32(i)
	}
}
