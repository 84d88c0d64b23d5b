package words

import "strings"

// maxTexts bounds how deep JSON texts may stand in the strings of others.
const maxTexts = 2

// inside reads a message that is a JSON text, or ends with one: validation libraries throw their list
// of issues as the message of an exception, and handlers send it on as a string.
func (r *reader) inside(message, code string) bool {
	if r.texts >= maxTexts || len(message) < len(`[{"a":1}]`) {
		return false
	}
	start := strings.IndexAny(message, "[{")
	if start < 0 || !strings.ContainsAny(message[start:], `"`) {
		return false
	}
	root := Parse([]byte(message[start:]))
	if root == nil || root.shape == aList && !root.holdsObjects() || root.shape == object && len(root.kids) == 0 {
		return false
	}
	before := len(r.found)
	r.texts++
	switch {
	case root.shape == aList:
		r.list(root, 0, code)
	case isFieldMap(root, false):
		r.fieldMap(root, nil, "", 0)
	default:
		r.object(root, 0, code)
	}
	r.texts--
	return len(r.found) > before
}

func (n *Node) holdsObjects() bool {
	for _, kid := range n.kids {
		if kid.shape == object && len(kid.kids) > 0 {
			return true
		}
	}
	return false
}

// isAside recognises a member that says beside the message where the fault is, and nothing else:
// {"source": "query", "keys": ["room"]}.
func (n *Node) isAside() bool {
	return n.shape == object && n.place() != "" && n.asideKeys() != nil
}

func (n *Node) asideKeys() *Node {
	for _, key := range []string{"keys", "fields", "names", "params"} {
		if k := n.Get(key); k != nil && k.shape == aList && len(k.strings()) == len(k.kids) {
			return k
		}
	}
	return nil
}

// aside returns the one field that stands in such a member.
func (n *Node) aside(in Place) (path []string, at Place) {
	for _, kid := range n.kids {
		if !kid.isAside() {
			continue
		}
		if keys := kid.asideKeys().strings(); len(keys) == 1 {
			path, _ = split(keys[0])
		}
		return path, kid.place()
	}
	return nil, in
}
