package stream

import (
	"bytes"
	"iter"
)

// An Event is an event of a text/event-stream that is dispatched: it has data.
type Event struct {
	Name       string // its type; empty: "message"
	Data       []byte // its lines of data, joined
	Start, End int    // where it stands
}

// AllEvents walks over the events of a text (WHATWG HTML, section 9.2.6). One that
// the text ends in is not dispatched.
func AllEvents(text []byte) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
		var e Event
		has := false
		for at := 0; at < len(text); {
			start, end, after := line(text, at)
			if at = after; after == end {
				return // no line end
			}
			if start == end {
				e.End = after
				if has && !yield(e) {
					return
				}
				e, has = Event{Start: after}, false
				continue
			}
			has = e.line(text[start:end], has) || has
		}
	}
}

// line reads a field, and reports whether it is data.
func (e *Event) line(field []byte, more bool) bool {
	name, value, _ := bytes.Cut(field, []byte(":"))
	value = bytes.TrimPrefix(value, []byte(" "))
	switch string(name) {
	case "event":
		e.Name = string(value)
	case "data":
		if more {
			e.Data = append(append(e.Data, '\n'), value...)
		} else {
			e.Data = bytes.Clone(value)
		}
		return true
	}
	return false
}

// Fails reports whether an event may say that something failed: it is called
// error, or holds an object that speaks of one early. A closer look is the reader's.
func (e *Event) Fails() bool {
	if e.Name == "error" {
		return true
	}
	data := bytes.TrimSpace(e.Data)
	if len(data) == 0 || data[0] != '{' {
		return false
	}
	head := data[:min(len(data), 200)]
	return bytes.Contains(head, []byte(`"error"`))
}
