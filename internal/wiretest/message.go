package wiretest

import (
	"fmt"
	"strconv"
	"strings"
)

// A role says what a field line is there for.
type role uint8

const (
	plain     role = iota // goes from end to end, as it is
	hop                   // belongs to the connection: must not go on
	host                  // is replaced by the proxy
	framing               // is written anew when the body changes
	necessary             // plain, and not to be left out of a smaller script
)

// A Field is one field line.
type Field struct {
	Line string // without its CR LF; of framing lines the name and white space alone
	role role
}

// A Message is a request or an answer.
type Message struct {
	Start  string // the first line, without its CR LF
	Fields []Field
	Body   Body
	Cuts   []int // where the bytes are divided into several writes
	Step   int   // offset in the body up to which the peer must have read before the rest is sent; 0: none
}

func (m *Message) http10() bool { return strings.Contains(m.Start, "HTTP/1.0") }

// lines are the field lines as they are sent.
func (m *Message) lines() []string {
	out := make([]string, 0, len(m.Fields))
	for _, f := range m.Fields {
		if line, ok := m.line(f); ok {
			out = append(out, line)
		}
	}
	return out
}

func (m *Message) line(f Field) (string, bool) {
	if f.role != framing {
		return f.Line, true
	}
	switch m.Body.Kind {
	case Length:
		return strings.Replace(f.Line, framingName, "Content-Length", 1) + strconv.Itoa(len(m.Body.Content)), true
	case Chunked:
		return strings.Replace(f.Line, framingName, "Transfer-Encoding", 1) + "chunked", true
	}
	return "", false
}

// framingName stands for the name of the framing field, whichever it will be.
const framingName = "\x00"

// head is the head as it is sent.
func (m *Message) head() []byte {
	return []byte(m.Start + "\r\n" + strings.Join(append(m.lines(), "", ""), "\r\n"))
}

// has reports whether a Connection field has the option.
func (m *Message) has(option string) bool {
	for _, f := range m.Fields {
		name, value, _ := strings.Cut(f.Line, ":")
		if strings.EqualFold(name, "Connection") && hasMember(value, option) {
			return true
		}
	}
	return false
}

func hasMember(list, member string) bool {
	for part := range strings.SplitSeq(list, ",") {
		if strings.EqualFold(strings.Trim(part, " \t"), member) {
			return true
		}
	}
	return false
}

func (m *Message) String() string {
	var text strings.Builder
	text.WriteString(fmt.Sprintf("%s\n", m.Start))
	for _, line := range m.lines() {
		text.WriteString(fmt.Sprintf("  %.200q\n", line))
	}
	wire := m.Body.wire()
	return text.String() + fmt.Sprintf("  [%d bytes of body: %.120q; cuts %d; step %d]\n", len(wire), wire, m.Cuts, m.Step)
}
