package lexicon

// A tree leads byte by byte to the phrases that begin with what was read.
type tree struct {
	first [256]uint32 // nodes behind the first byte, 0: none
	nodes []node      // the first one is unused
}

type node struct {
	bytes    []byte // that lead on, beside the nodes that they lead to
	children []uint32
	phrases  []uint16 // whose first part ends here
}

func (t *tree) root(b byte) uint32 { return t.first[b] }

func (t *tree) child(n uint32, b byte) uint32 {
	here := &t.nodes[n]
	for i, have := range here.bytes {
		if have == b {
			return here.children[i]
		}
	}
	return 0
}

// add files a phrase under its text, which is not empty.
func (t *tree) add(text string, phrase uint16) {
	if t.nodes == nil {
		t.nodes = make([]node, 1)
	}
	n := t.first[text[0]]
	if n == 0 {
		n = t.grow()
		t.first[text[0]] = n
	}
	for i := 1; i < len(text); i++ {
		next := t.child(n, text[i])
		if next == 0 {
			next = t.grow()
			here := &t.nodes[n]
			here.bytes, here.children = append(here.bytes, text[i]), append(here.children, next)
		}
		n = next
	}
	t.nodes[n].phrases = append(t.nodes[n].phrases, phrase)
}

func (t *tree) grow() uint32 {
	t.nodes = append(t.nodes, node{})
	return uint32(len(t.nodes) - 1)
}
