package contract

import (
	"bytes"

	"github.com/faultline-http/faultline/contract/internal/schema"
)

// A streamItem is one item of a stream: bytes of the body, or JSON that was put
// together from them.
type streamItem struct {
	start, end int  // of the body
	cut        bool // a text that may have lost its end
	bare       bool // a text without its record separator
}

// recordSeparator stands before each text of a JSON text sequence.
const recordSeparator = 0x1E

// nextLine takes the next text off lines of JSON (ndjson.org and jsonlines.org):
// a line of white space only is none.
func nextLine(data []byte, at int) (item streamItem, after int, ok bool) {
	for at < len(data) {
		end := bytes.IndexByte(data[at:], '\n')
		after = at + end + 1
		if end < 0 {
			end, after = len(data)-at, len(data)
		}
		if len(bytes.TrimSpace(data[at:at+end])) > 0 {
			return streamItem{start: at, end: at + end}, after, true
		}
		at = after
	}
	return streamItem{}, at, false
}

// nextRecord takes the next text off a JSON text sequence (RFC 7464, section
// 2.1). Separators one after the other hold nothing between them.
func nextRecord(data []byte, at int) (item streamItem, after int, ok bool) {
	begin := at
	for at < len(data) && data[at] == recordSeparator {
		at++
	}
	if at >= len(data) {
		return streamItem{}, at, false
	}
	end := bytes.IndexByte(data[at:], recordSeparator)
	if end < 0 {
		end = len(data) - at
	}
	item = streamItem{start: at, end: at + end, bare: at == begin}
	item.cut = mayBeCut(data[at : at+end])
	return item, at + end, true
}

// mayBeCut reports whether a text is a number, true, false or null with no white
// space behind it: then nobody knows that it is whole (RFC 7464, section 2.4).
func mayBeCut(text []byte) bool {
	if len(text) == 0 {
		return false
	}
	switch c := text[len(text)-1]; c {
	case ' ', '\t', '\n', '\r', '"', ']', '}':
		return false
	}
	return true
}

// ofWhole reports whether the schema of the entry is one of the stream as a
// whole, which is an array then (OpenAPI 3.2.0, section 4.14.5). A schema that
// takes no array, or speaks of members and not of items, can only have been meant
// for each item, as descriptions before 3.2 had to write it.
func (m *media) ofWhole(prog *schema.Program) bool {
	if m.id == schema.None || m.types&schema.ArrayType == 0 {
		return false
	}
	return m.types&schema.ObjectType == 0 || prog.Items(m.id) != schema.None || len(prog.Properties(m.id)) == 0
}

// each is the schema of each item, or None.
func (m *media) each() schema.ID {
	if m.item != schema.None || m.whole {
		return m.item
	}
	return m.id
}

// validStream reports whether the items of a stream keep the contract.
func (c *Contract) validStream(m *media, how handling, data []byte, s *scratch) bool {
	each, whole := m.each(), m.whole
	if each == schema.None {
		each = c.anything
	}
	a := &s.value
	a.reset(a.keep)
	if whole {
		a.json = append(a.json, '[')
	}
	for w := newStream(how, data); w.next(a, whole); {
		if w.item.cut || w.item.bare || !c.program.Valid(each, w.text(a)) {
			return false
		}
	}
	if !whole {
		return true
	}
	a.json = append(a.json, ']')
	return c.program.Valid(m.id, a.json)
}

// A stream walks over the items of a body.
type stream struct {
	how  handling
	data []byte
	at   int
	item streamItem
	json int // where the item begins in the assembly, if it is there
}

func newStream(how handling, data []byte) stream {
	w := stream{how: how, data: data}
	if how == asEvents && bytes.HasPrefix(data, byteOrderMark) {
		w.at = len(byteOrderMark)
	}
	return w
}

// next goes to the next item. Events are put together in a; if the items are
// wanted as one array, all of them are.
func (w *stream) next(a *assembly, whole bool) bool {
	if !whole {
		a.reset(a.keep)
	} else {
		a.item()
	}
	w.json = len(a.json)
	if w.how == asEvents {
		return w.event(a)
	}
	take := nextLine
	if w.how == asSequence {
		take = nextRecord
	}
	var ok bool
	if w.item, w.at, ok = take(w.data, w.at); !ok {
		a.dropComma()
		return false
	}
	if whole {
		a.splice(w.data[w.item.start:w.item.end], w.item.start)
	}
	return true
}

// text is the JSON of the item.
func (w *stream) text(a *assembly) []byte {
	if w.how == asEvents {
		return a.json[w.json:]
	}
	return w.data[w.item.start:w.item.end]
}
