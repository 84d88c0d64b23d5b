package tape

import (
	"errors"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
)

// A change is what one edit does to the text.
type change struct {
	TextEdit
	box   int  // the container that loses or gains a part, or none
	grows bool // it gains one
}

// A writer does edits in their order and reads the text as seldom as it can:
// edits that do not touch each other are done in one go.
type writer struct {
	t       *Tape
	json    []byte
	stale   bool // the tape is not of json
	changes []change
	touched []string // the pointers that the changes are about
}

func (w *writer) do(edit faultline.Edit) error {
	if w.stale || w.meets(edit.Path) || edit.Op == "move" && w.meets(edit.From) {
		if err := w.read(); err != nil {
			return err
		}
	}
	if edit.Op == "move" && edit.From == edit.Path {
		return nil
	}
	c, err := w.t.plan(edit)
	if errors.Is(err, errFar) {
		return w.move(edit)
	}
	if err != nil {
		return err
	}
	if w.joins(&c) {
		w.touched = append(w.touched, edit.Path)
		return nil
	}
	if w.crosses(&c) {
		if err := w.read(); err != nil {
			return err
		}
		if c, err = w.t.plan(edit); err != nil {
			return err
		}
	}
	w.changes = append(w.changes, c)
	w.touched = append(w.touched, edit.Path)
	if edit.Op == "move" {
		w.touched = append(w.touched, edit.From)
	}
	if c.box != none && w.t.Tokens[c.box].Kind == Array {
		w.touched = append(w.touched, parent(edit.Path)) // other items have other indices now
	}
	return nil
}

// move takes a value away and adds it at another place.
func (w *writer) move(edit faultline.Edit) error {
	p, err := w.t.mustFind(edit.From)
	if err != nil {
		return err
	}
	text := string(w.t.Bytes(p.token))
	if err := w.do(faultline.Edit{Op: "remove", Path: edit.From}); err != nil {
		return err
	}
	return w.do(faultline.Edit{Op: "add", Path: edit.Path, Value: text})
}

// meets reports whether a pointer leads through, or to a part of, what was
// changed since the text was read. Names with escapes can be written in more
// than one way: they meet everything.
func (w *writer) meets(pointer string) bool {
	for _, t := range w.touched {
		if within(pointer, t) || within(t, pointer) || strings.Contains(t+pointer, "~") {
			return true
		}
	}
	return false
}

// within reports whether a pointer is another one or leads on from it.
func within(pointer, outer string) bool {
	rest, ok := strings.CutPrefix(pointer, outer)
	return ok && (rest == "" || rest[0] == '/')
}

func parent(pointer string) string { return pointer[:max(0, strings.LastIndexByte(pointer, '/'))] }

// crosses reports whether a change would be another one after those before it:
// it overlaps with one, or takes its style from what they changed.
func (w *writer) crosses(c *change) bool {
	for i := range w.changes {
		o := &w.changes[i]
		switch {
		case o.Start < c.End && c.Start < o.End, o.Start == c.Start && o.End == c.End:
			return true
		case o.Start < c.Start && c.Start < o.End, c.Start < o.Start && o.Start < c.End:
			return true // one is an insertion
		case c.box != none && c.box == o.box && (c.grows || o.grows):
			return true
		}
	}
	return c.grows && w.t.borrows(c.box) && w.styled()
}

// borrows reports whether what is added to a container takes its style from
// elsewhere in the text, for want of neighbours.
func (t *Tape) borrows(box int) bool {
	tok := t.Tokens[box]
	return tok.Kind == Object && tok.Count == 0 || tok.Kind == Array && tok.Count == 1
}

// styled reports whether a change may be about the object that lends its style.
func (w *writer) styled() bool {
	first := w.t.lender()
	for i := range w.changes {
		if o := &w.changes[i]; first == none || o.box != none && o.box <= first || o.Start <= int(w.t.Tokens[first].Start) {
			return true
		}
	}
	return false
}

// joins adds a member to those that the same object gains already.
func (w *writer) joins(c *change) bool {
	if !c.grows || w.t.Tokens[c.box].Kind != Object {
		return false
	}
	for i := range w.changes {
		o := &w.changes[i]
		if o.box != c.box || !o.grows {
			continue
		}
		if w.t.Tokens[c.box].Count == 0 {
			o.Text += "," + w.t.colonSpace(c.box)
		}
		o.Text += c.Text
		return true
	}
	return false
}

// flush does the changes that were planned.
func (w *writer) flush() []byte {
	if len(w.changes) == 0 {
		return w.json
	}
	slices.SortFunc(w.changes, func(a, b change) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	all := make([]TextEdit, len(w.changes))
	for i := range w.changes {
		all[i] = w.changes[i].TextEdit
	}
	w.json = Splice(w.json, all)
	w.changes, w.touched, w.stale = w.changes[:0], w.touched[:0], true
	return w.json
}

// read makes the tape that of the text as it is now.
func (w *writer) read() error {
	w.flush()
	if !w.stale {
		return nil
	}
	w.stale = false
	return Parse(w.t, w.json, Limits{})
}
