package yaml

import "fmt"

// manyKeys is where looking through a list becomes slower than a map.
const manyKeys = 16

// keySet refuses the second of two equal keys of one object.
type keySet struct{ lines map[string]Pos }

// add checks the member against those that node has already.
func (s *keySet) add(node *Node, m *Member) error {
	first, twice := s.find(node, m.Key)
	if twice {
		return &Error{
			Pos:    m.Pos,
			Msg:    fmt.Sprintf("the key `%s` stands here for the second time, first in line %d, column %d", m.Key, first.Line, first.Column),
			Remedy: "keep one of the two",
			Other:  first,
		}
	}
	if s.lines != nil {
		s.lines[m.Key] = m.Pos
	}
	return nil
}

func (s *keySet) find(node *Node, key string) (Pos, bool) {
	if s.lines == nil && len(node.Members) >= manyKeys {
		s.lines = make(map[string]Pos, 4*manyKeys)
		for i := range node.Members {
			s.lines[node.Members[i].Key] = node.Members[i].Pos
		}
	}
	if s.lines != nil {
		pos, ok := s.lines[key]
		return pos, ok
	}
	for i := range node.Members {
		if node.Members[i].Key == key {
			return node.Members[i].Pos, true
		}
	}
	return Pos{}, false
}
