package tape

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

// Apply does the edits of a body (RFC 6902: add, replace, remove, move) one
// after the other, as changes of the text: every byte that an edit is not about
// stays as the sender wrote it. A member that moves within its object keeps its
// place and its value, only its name changes. What is added takes on the
// style of its neighbours. Edits of other parts of a request are passed over.
func Apply(json []byte, edits []faultline.Edit) ([]byte, error) {
	t := get()
	defer put(t)
	for _, edit := range edits {
		if edit.In != "" && edit.In != faultline.InBody {
			continue
		}
		next, err := apply(t, json, edit)
		if err != nil {
			return nil, fmt.Errorf("%s %q: %w", edit.Op, edit.Path, err)
		}
		json = next
	}
	return json, nil
}

func apply(t *Tape, json []byte, edit faultline.Edit) ([]byte, error) {
	if err := Parse(t, json, Limits{}); err != nil {
		return nil, err
	}
	switch edit.Op {
	case "move":
		return t.move(edit.From, edit.Path)
	case "remove":
		p, err := t.mustFind(edit.Path)
		if err != nil {
			return nil, err
		}
		return t.remove(p), nil
	case "add", "replace":
		if !Valid([]byte(edit.Value)) {
			return nil, fmt.Errorf("the value `%s` is not JSON", edit.Value)
		}
		if edit.Op == "add" {
			return t.add(edit.Path, edit.Value)
		}
		p, err := t.mustFind(edit.Path)
		if err != nil {
			return nil, err
		}
		return t.replace(p.token, edit.Value), nil
	}
	return nil, fmt.Errorf("the operation is none of add, replace, remove, move")
}

func (t *Tape) mustFind(pointer string) (place, error) {
	p, ok := t.find(pointer)
	if !ok {
		return p, fmt.Errorf("there is no value at %q", pointer)
	}
	return p, nil
}

func (t *Tape) replace(token int, text string) []byte {
	tok := t.Tokens[token]
	return t.splice(int(tok.Start), int(tok.End), text)
}

func (t *Tape) splice(start, end int, text string) []byte {
	return Splice(t.Src, []TextEdit{{start, end, text}})
}

// remove takes a value out of its container together with one comma and the
// white space that belonged to it.
func (t *Tape) remove(p place) []byte {
	if p.parent == none {
		return t.replace(p.token, "null") // a text cannot be without a value
	}
	first := t.first(p)
	start, end := int(t.Tokens[first].Start), int(t.Tokens[p.token].End)
	box := t.Tokens[p.parent]
	if next := t.Tokens[p.token].Next; next < box.Next {
		return t.splice(start, int(t.Tokens[next].Start), "")
	}
	if first == p.parent+1 { // the only one
		return t.splice(int(box.Start)+1, int(box.End)-1, "")
	}
	comma := bytes.LastIndexByte(t.Src[:start], ',')
	return t.splice(comma, end, "")
}

// first is the token with which an item or member begins.
func (t *Tape) first(p place) int {
	if p.key != none {
		return p.key
	}
	return p.token
}

// add puts a value into a container: a member at the end, an item before the
// one with the index. A member that is there already is replaced.
func (t *Tape) add(pointer, text string) ([]byte, error) {
	if pointer == "" {
		return t.replace(0, text), nil
	}
	slash := strings.LastIndexByte(pointer, '/')
	if slash < 0 {
		return nil, fmt.Errorf("%q is not a JSON Pointer", pointer)
	}
	box, err := t.mustFind(pointer[:slash])
	if err != nil {
		return nil, err
	}
	name := unescapePointer(pointer[slash+1:])
	switch t.Tokens[box.token].Kind {
	case Object:
		if p, ok := t.step(box.token, name); ok {
			return t.replace(p.token, text), nil
		}
		return t.push(box.token, Quote(name)+":"+t.colonSpace(box.token)+text), nil
	case Array:
		count := int(t.Tokens[box.token].Count)
		n, ok := arrayIndex(name)
		if name == "-" || ok && n == count {
			return t.push(box.token, text), nil
		}
		if !ok || n > count {
			return nil, fmt.Errorf("the array has %d items", count)
		}
		p, _ := t.step(box.token, name)
		at := int(t.Tokens[p.token].Start)
		return t.splice(at, at, text+","+t.gap(box.token)), nil
	}
	return nil, fmt.Errorf("%q is no object and no array", pointer[:slash])
}

// push puts the text of a member or an item at the end of a container.
func (t *Tape) push(box int, text string) []byte {
	tok := t.Tokens[box]
	if tok.Count == 0 {
		return t.splice(int(tok.Start)+1, int(tok.End)-1, text)
	}
	at := t.lastEnd(box)
	return t.splice(at, at, ","+t.gap(box)+text)
}

// lastEnd is the end of the last value of a container.
func (t *Tape) lastEnd(box int) int {
	return int(t.Tokens[t.lastValue(box)].End)
}

func (t *Tape) lastValue(box int) int {
	last := none
	if t.Tokens[box].Kind == Object {
		for _, value := range t.members(box) {
			last = value
		}
		return last
	}
	for item := range t.items(box) {
		last = item
	}
	return last
}

// gap is the white space that stands between the members or items of a
// container: what follows its first comma, else what stands before its only
// member if that is on a line of its own, else what follows a colon.
func (t *Tape) gap(box int) string {
	tok := t.Tokens[box]
	firstStart := int(t.Tokens[box+1].Start)
	if tok.Count < 2 {
		lead := string(t.Src[tok.Start+1 : firstStart])
		if strings.Contains(lead, "\n") {
			return lead
		}
		return t.colonSpace(box)
	}
	value := box + 1
	if tok.Kind == Object {
		value++
	}
	second := t.Tokens[value].Next
	comma := int(t.Tokens[value].End)
	for t.Src[comma] != ',' {
		comma++
	}
	return string(t.Src[comma+1 : t.Tokens[second].Start])
}

// colonSpace is the white space that the sender puts behind a colon: in this
// container, else in the first object of the text that has a member.
func (t *Tape) colonSpace(box int) string {
	if tok := t.Tokens[box]; tok.Kind == Object && tok.Count > 0 {
		return t.afterColon(t.lastValue(box))
	}
	for i, tok := range t.Tokens {
		if tok.Kind == Object && tok.Count > 0 {
			return t.afterColon(i + 2)
		}
	}
	return ""
}

func (t *Tape) afterColon(value int) string {
	end := int(t.Tokens[value].Start)
	start := len(bytes.TrimRight(t.Src[:end], " \t\r\n"))
	space := string(t.Src[start:end])
	if strings.Contains(space, "\n") {
		return " "
	}
	return space
}

// move renames a member in place if both pointers are in the same object, else
// takes the value away and adds it at the other place.
func (t *Tape) move(from, to string) ([]byte, error) {
	if from == to {
		return t.Src, nil
	}
	if from == "" || strings.HasPrefix(to, from+"/") {
		return nil, fmt.Errorf("a value cannot move into itself")
	}
	p, err := t.mustFind(from)
	if err != nil {
		return nil, err
	}
	fromDir, toDir := from[:strings.LastIndexByte(from, '/')], ""
	if i := strings.LastIndexByte(to, '/'); i >= 0 {
		toDir = to[:i]
	}
	if p.key != none && fromDir == toDir {
		name := unescapePointer(to[len(toDir)+1:])
		if _, taken := t.step(p.parent, name); !taken {
			key := t.Tokens[p.key]
			return t.splice(int(key.Start), int(key.End), Quote(name)), nil
		}
	}
	text := string(t.Bytes(p.token))
	rest := t.remove(p)
	if err := Parse(t, rest, Limits{}); err != nil {
		return nil, err
	}
	return t.add(to, text)
}
