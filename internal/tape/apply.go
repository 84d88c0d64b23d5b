package tape

import (
	"bytes"
	"errors"
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
	w := writer{t: t, json: json, stale: true}
	for _, edit := range edits {
		if edit.In != "" && edit.In != faultline.InBody {
			continue
		}
		if err := w.do(edit); err != nil {
			return nil, fmt.Errorf("%s %q: %w", edit.Op, edit.Path, err)
		}
	}
	return w.flush(), nil
}

// plan is the change of the text that one edit makes. A move to another object
// is none: it takes two.
func (t *Tape) plan(edit faultline.Edit) (change, error) {
	switch edit.Op {
	case "move":
		return t.rename(edit.From, edit.Path)
	case "remove":
		p, err := t.mustFind(edit.Path)
		if err != nil {
			return change{}, err
		}
		return t.remove(p), nil
	case "add", "replace":
		if !Valid([]byte(edit.Value)) {
			return change{}, fmt.Errorf("the value `%s` is not JSON", edit.Value)
		}
		if edit.Op == "add" {
			return t.add(edit.Path, edit.Value)
		}
		p, err := t.mustFind(edit.Path)
		if err != nil {
			return change{}, err
		}
		return t.replace(p.token, edit.Value), nil
	}
	return change{}, errors.New("the operation is none of add, replace, remove, move")
}

func (t *Tape) mustFind(pointer string) (place, error) {
	p, ok := t.find(pointer)
	if !ok {
		return p, fmt.Errorf("there is no value at %q", pointer)
	}
	return p, nil
}

func (t *Tape) replace(token int, text string) change {
	tok := t.Tokens[token]
	return change{TextEdit: TextEdit{int(tok.Start), int(tok.End), text}, box: none}
}

// remove takes a value out of its container together with one comma and the
// white space that belonged to it.
func (t *Tape) remove(p place) change {
	if p.parent == none {
		return t.replace(p.token, "null") // a text cannot be without a value
	}
	first := t.first(p)
	out := change{TextEdit: TextEdit{Start: int(t.Tokens[first].Start), End: int(t.Tokens[p.token].End)}, box: p.parent}
	box := t.Tokens[p.parent]
	next := t.Tokens[p.token].Next
	switch {
	case next < box.Next:
		out.End = int(t.Tokens[next].Start)
	case first == p.parent+1: // the only one
		out.Start, out.End = int(box.Start)+1, int(box.End)-1
	default:
		out.Start = bytes.LastIndexByte(t.Src[:out.Start], ',')
	}
	return out
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
func (t *Tape) add(pointer, text string) (change, error) {
	if pointer == "" {
		return t.replace(0, text), nil
	}
	slash := strings.LastIndexByte(pointer, '/')
	if slash < 0 {
		return change{}, fmt.Errorf("%q is not a JSON Pointer", pointer)
	}
	box, err := t.mustFind(pointer[:slash])
	if err != nil {
		return change{}, err
	}
	name := faultline.UnescapePointer(pointer[slash+1:])
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
			return change{}, fmt.Errorf("the array has %d items", count)
		}
		p, _ := t.step(box.token, name)
		at := int(t.Tokens[p.token].Start)
		return change{TextEdit: TextEdit{at, at, text + "," + t.gap(box.token)}, box: box.token, grows: true}, nil
	}
	return change{}, fmt.Errorf("%q is no object and no array", pointer[:slash])
}

// push puts the text of a member or an item at the end of a container.
func (t *Tape) push(box int, text string) change {
	tok := t.Tokens[box]
	out := change{box: box, grows: true}
	if tok.Count == 0 {
		out.TextEdit = TextEdit{int(tok.Start) + 1, int(tok.End) - 1, text}
		return out
	}
	at := t.lastEnd(box)
	out.TextEdit = TextEdit{at, at, "," + t.gap(box) + text}
	return out
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
	if first := t.lender(); first != none {
		return t.afterColon(first + 2)
	}
	return ""
}

// lender is the first object that has a member, or none: it lends its style to
// the empty ones.
func (t *Tape) lender() int {
	for i, tok := range t.Tokens {
		if tok.Kind == Object && tok.Count > 0 {
			return i
		}
	}
	return none
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

// errFar says that a move is more than a new name.
var errFar = errors.New("the value moves to another place")

// rename gives a member another name in the same object; errFar if the pointers
// are of different objects, or the name is taken.
func (t *Tape) rename(from, to string) (change, error) {
	if from == "" || strings.HasPrefix(to, from+"/") {
		return change{}, errors.New("a value cannot move into itself")
	}
	p, err := t.mustFind(from)
	if err != nil {
		return change{}, err
	}
	if p.key == none || to == "" || parent(to) != parent(from) {
		return change{}, errFar
	}
	name := faultline.UnescapePointer(to[len(parent(to))+1:])
	if _, taken := t.step(p.parent, name); taken {
		return change{}, errFar
	}
	key := t.Tokens[p.key]
	return change{TextEdit: TextEdit{int(key.Start), int(key.End), Quote(name)}, box: none}, nil
}
