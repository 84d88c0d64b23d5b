package capture

import (
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

var (
	dumpEvent = regexp.MustCompile(`^(?:[0-9:.]+ )?(?:(== Info:) ?(.*)|([<=][=>]) (Send|Recv) (header|data|SSL data)\b.*)$`)
	dumpLine  = regexp.MustCompile(`^([0-9a-f]{4,}): ?(.*)$`)
	hexBytes  = regexp.MustCompile(`^((?:[0-9a-f]{2} ){1,16})`)
)

// dump reads --trace-ascii and --trace: events of bytes sent and received,
// each in lines that begin with their offset.
func (t *traceReader) dump(text string) {
	d := &dumpReader{trace: t}
	c := newCursor(text)
	for !c.done() {
		line := c.next()
		if m := dumpEvent.FindStringSubmatch(line); m != nil {
			d.flush()
			if m[1] != "" {
				t.info(strings.TrimSpace(m[2]))
				continue
			}
			d.kind = m[4] + " " + m[5]
			continue
		}
		if m := dumpLine.FindStringSubmatch(line); m != nil && d.kind != "" {
			d.add(m[1], m[2])
			continue
		}
		d.flush()
		d.kind = ""
		if strings.HasPrefix(line, "curl: (") {
			t.call().failure = line
		}
	}
	d.flush()
}

type dumpReader struct {
	trace *traceReader
	kind  string
	data  []byte
	hex   bool
}

// add takes one line of an event. --trace shows each byte; --trace-ascii
// starts a new line at each CRLF, which the next offset gives away.
func (d *dumpReader) add(offset, text string) {
	if m := hexBytes.FindString(text + " "); m != "" && (d.hex || len(d.data) == 0 && len(m) >= min(len(text), 3) && looksHex(text)) {
		d.hex = true
		if raw, err := hex.DecodeString(strings.ReplaceAll(m, " ", "")); err == nil {
			d.data = append(d.data, raw...)
		}
		return
	}
	if at, err := strconv.ParseUint(offset, 16, 31); err == nil {
		if missing := int(at) - len(d.data); missing == 2 || missing == 4 {
			d.data = append(d.data, strings.Repeat("\r\n", missing/2)...)
		}
	}
	d.data = append(d.data, text...)
}

// looksHex: bytes in hexadecimal, padding, and the same bytes as text.
func looksHex(text string) bool { return len(text) > 49 && hexBytes.MatchString(text) }

func (d *dumpReader) flush() {
	data, ascii := d.data, !d.hex
	d.data, d.hex = nil, false
	if len(data) == 0 {
		return
	}
	switch d.kind {
	case "Send header":
		for line := range strings.SplitSeq(strings.TrimRight(string(data), "\r\n"), "\n") {
			d.trace.sent(strings.TrimSuffix(line, "\r"))
		}
		d.trace.sent("")
	case "Send data":
		c := d.trace.call()
		c.sent = append(c.sent, d.restore(c, data, ascii)...)
	case "Recv header":
		line := strings.TrimRight(string(data), "\r\n")
		for l := range strings.SplitSeq(line, "\n") {
			d.trace.received(strings.TrimSuffix(l, "\r"))
		}
	case "Recv data":
		if c := d.trace.open; c != nil && c.ex.Response != nil {
			c.inHead = false
			c.body.Write(d.restore(c, data, ascii))
		}
	}
}

// restore makes JSON readable again: --trace-ascii shows each control character
// as a dot, and a dot outside a string and a number was white space.
func (d *dumpReader) restore(c *traceCall, data []byte, ascii bool) []byte {
	text := strings.TrimSpace(string(data))
	if !ascii || !strings.Contains(text, ".") {
		return data
	}
	c.ascii = true
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return data
	}
	out := []byte(string(data))
	quoted := false
	for i := 0; i < len(out); i++ {
		switch {
		case out[i] == '\\' && quoted:
			i++
		case out[i] == '"':
			quoted = !quoted
		case out[i] == '.' && !quoted && !(isDigitAt(out, i-1) && isDigitAt(out, i+1)):
			out[i] = '\n'
		}
	}
	return out
}

func isDigitAt(b []byte, i int) bool { return 0 <= i && i < len(b) && '0' <= b[i] && b[i] <= '9' }
