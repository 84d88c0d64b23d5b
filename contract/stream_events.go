package contract

import (
	"bytes"

	"github.com/faultline-http/faultline/internal/tape"
)

// event puts the next event of a text/event-stream together as the object that it
// stands for (WHATWG HTML, section 9.2.6; OpenAPI 3.2.0, section 4.14.6). An event
// without data is not dispatched, nor is one that the stream ends in.
func (w *stream) event(a *assembly) bool {
	for w.at < len(w.data) {
		var block event
		w.item.start = w.at
		done := false
		for !done && w.at < len(w.data) {
			start, end, after, ended := eventLine(w.data, w.at)
			if !ended {
				w.at = len(w.data)
				a.dropComma()
				return false
			}
			if done = start == end; !done {
				block.line(w.data, start, end)
			}
			w.item.end, w.at = end, after
		}
		if done && block.hasData {
			block.write(a, w.data)
			return true
		}
	}
	a.dropComma()
	return false
}

// eventLine finds the end of a line: CR LF, LF or CR.
func eventLine(data []byte, at int) (start, end, after int, ended bool) {
	length := bytes.IndexAny(data[at:], "\r\n")
	if length < 0 {
		return at, len(data), len(data), false
	}
	end = at + length
	after = end + 1
	if data[end] == '\r' && after < len(data) && data[after] == '\n' {
		after++
	}
	return at, end, after, true
}

// A span is bytes of the body.
type span struct{ start, end int }

// An event is the fields of one event: of all but data the last one counts.
type event struct {
	hasData          bool
	dataFrom, dataTo span // of the first and of the last line of data
	lines            int
	name, id, retry  span
	hasName, hasID   bool
	hasRetry         bool
}

// line reads a line; a comment has no name.
func (e *event) line(data []byte, start, end int) {
	colon := bytes.IndexByte(data[start:end], ':')
	name, value := span{start, end}, span{end, end}
	if colon >= 0 {
		name.end, value.start = start+colon, start+colon+1
		if value.start < end && data[value.start] == ' ' {
			value.start++
		}
	}
	switch text := data[value.start:value.end]; string(data[name.start:name.end]) {
	case "data":
		if !e.hasData {
			e.hasData, e.dataFrom = true, span{start, value.end}
		}
		e.dataTo, e.lines = value, e.lines+1
	case "event":
		e.name, e.hasName = value, true
	case "id":
		if bytes.IndexByte(text, 0) < 0 {
			e.id, e.hasID = value, true
		}
	case "retry":
		if len(text) > 0 && allDigits(text) {
			e.retry, e.hasRetry = value, true
		}
	}
}

func allDigits(text []byte) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// write appends the event as an object.
func (e *event) write(a *assembly, data []byte) {
	from := len(a.json)
	a.json = append(a.json, '{')
	a.mark(from, e.dataFrom.start, e.dataTo.end, false) // what is missing is missing here
	a.key("data", e.dataFrom.start, e.dataFrom.start+len("data"))
	e.writeData(a, data)
	if e.hasName {
		a.key("event", e.name.start, e.name.end)
		a.member(data[e.name.start:e.name.end], e.name)
	}
	if e.hasID {
		a.key("id", e.id.start, e.id.end)
		a.member(data[e.id.start:e.id.end], e.id)
	}
	if e.hasRetry {
		a.key("retry", e.retry.start, e.retry.end)
		from := len(a.json)
		digits := bytes.TrimLeft(data[e.retry.start:e.retry.end-1], "0") // 007 is 7
		a.json = append(append(a.json, digits...), data[e.retry.end-1])
		a.mark(from, e.retry.start, e.retry.end, false)
	}
	a.json = append(a.json, '}')
}

// writeData joins the lines of data.
func (e *event) writeData(a *assembly, data []byte) {
	from := len(a.json)
	start := e.dataTo.start
	a.json = append(a.json, '"')
	first := true
	for at := e.dataFrom.start; at <= e.dataTo.start; {
		lineStart, end, after, _ := eventLine(data, at)
		at = after
		line := data[lineStart:end]
		name, value, _ := bytes.Cut(line, []byte(":"))
		if string(name) != "data" {
			continue
		}
		if !first {
			a.json = append(a.json, '\\', 'n')
		} else {
			start = end - len(bytes.TrimPrefix(value, []byte(" ")))
		}
		first = false
		a.json = tape.AppendEscaped(a.json, bytes.TrimPrefix(value, []byte(" ")))
	}
	a.json = append(a.json, '"')
	a.mark(from, start, e.dataTo.end, false)
}

// member appends a JSON string.
func (a *assembly) member(text []byte, at span) {
	from := len(a.json)
	a.json = tape.AppendQuoted(a.json, text)
	a.mark(from, at.start, at.end, false)
}
