package tape

import (
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
)

// A Node is where a value stands in JSON text.
type Node struct {
	Kind  Kind
	Value faultline.Span // the quotes of a string included
	Key   faultline.Span // of a member: its name between the quotes; else zero
	Name  string         // of a member
}

// Locate finds the value that a JSON Pointer (RFC 6901) means. It is not found
// in text that is not JSON. Of a key that stands twice the last one counts, as
// it does for most readers.
func Locate(json []byte, pointer string) (Node, bool) {
	t := get()
	defer put(t)
	if Parse(t, json, Limits{}) != nil {
		return Node{}, false
	}
	p, ok := t.find(pointer)
	if !ok {
		return Node{}, false
	}
	return t.node(p), true
}

// Find returns the token of the value that a JSON Pointer means.
func (t *Tape) Find(pointer string) (token int, ok bool) {
	p, ok := t.find(pointer)
	return p.token, ok
}

// place is a value on the tape and the container that it stands in.
type place struct {
	token  int
	key    int // token of the key, or none
	parent int // or none for the root
}

func (t *Tape) find(pointer string) (place, bool) {
	p := place{parent: none, key: none}
	if pointer == "" {
		return p, true
	}
	if pointer[0] != '/' {
		return p, false
	}
	for step := range strings.SplitSeq(pointer[1:], "/") {
		next, ok := t.step(p.token, faultline.UnescapePointer(step))
		if !ok {
			return p, false
		}
		p = next
	}
	return p, true
}

// step goes one reference token down.
func (t *Tape) step(from int, name string) (place, bool) {
	found := place{token: none, key: none, parent: from}
	switch t.Tokens[from].Kind {
	case Object:
		for key, value := range t.members(from) {
			if t.keyIs(key, name) {
				found.key, found.token = key, value
			}
		}
	case Array:
		n, ok := arrayIndex(name)
		if !ok {
			return found, false
		}
		for item := range t.items(from) {
			if n == 0 {
				found.token = item
				break
			}
			n--
		}
	}
	return found, found.token != none
}

// keyIs compares a key with its escapes undone.
func (t *Tape) keyIs(key int, name string) bool {
	if tok := t.Tokens[key]; !tok.Escaped {
		return string(t.Src[tok.Start+1:tok.End-1]) == name
	}
	return t.Text(key) == name
}

// arrayIndex reads an array index of RFC 6901, section 4: no leading zeros.
func arrayIndex(s string) (int, bool) {
	if s == "" || len(s) > 1 && s[0] == '0' || s[0] == '+' || s[0] == '-' {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

func (t *Tape) node(p place) Node {
	tok := t.Tokens[p.token]
	n := Node{Kind: tok.Kind, Value: SpanOf(t.Src, int(tok.Start), int(tok.End))}
	if p.key != none {
		key := t.Tokens[p.key]
		n.Key = SpanOf(t.Src, int(key.Start)+1, int(key.End)-1)
		n.Name = t.Text(p.key)
	}
	return n
}

// Pointer is the JSON Pointer of the value at a token, or of the member whose
// key it is.
func (t *Tape) Pointer(token int) string {
	var b strings.Builder
	at := 0
	for at != token {
		box := t.Tokens[at]
		next := none
		switch box.Kind {
		case Object:
			for key, value := range t.members(at) {
				if token == key || token >= value && token < int(t.Tokens[value].Next) {
					b.WriteString("/" + faultline.EscapePointer(t.Text(key)))
					if next = value; token == key {
						return b.String()
					}
				}
			}
		case Array:
			n := 0
			for item := range t.items(at) {
				if token >= item && token < int(t.Tokens[item].Next) {
					b.WriteString("/" + strconv.Itoa(n))
					next = item
					break
				}
				n++
			}
		}
		if next == none {
			return b.String()
		}
		at = next
	}
	return b.String()
}
