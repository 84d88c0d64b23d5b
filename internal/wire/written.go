package wire

import "strings"

// Written is a message that somebody wrote down or copied: bytes off a
// connection, or a text of which an editor has touched the line ends. LF at the
// end of every line of the head is the editor's and stands for CR LF; CR LF and
// LF side by side are what was sent. A head that is not ended was copied in part.
type Written struct {
	Head   string // up to and with the empty line
	Body   string // in chunks; empty if it is not, or if whoever copied it has put it together
	Answer bool
	Method string // of the request that an answer answers
}

// writtenLimits bounds the work alone: which length a server takes is not known.
var writtenLimits = Limits{Line: MaxHead, Head: MaxHead, Fields: MaxHead / 4}

// Exact reports whether the line ends are those of the connection.
func (w *Written) Exact() bool {
	return strings.Contains(w.Head, "\r\n") || strings.Contains(w.Head, "\n\r") || !strings.Contains(w.Head, "\n")
}

// Explain says what is wrong with the message, as [ExplainRequest],
// [ExplainResponse] and [ExplainChunked] do. Offsets are those of Head and Body.
func (w *Written) Explain() *Error {
	err := w.explainHead()
	if err == nil && w.Body != "" {
		err = w.explainBody()
	}
	if err == nil || err.Topic == TooLong || err.Topic == TooLarge {
		return nil
	}
	return err
}

func (w *Written) explainHead() *Error {
	if w.Exact() {
		if err := w.explain(w.Head); err != nil {
			return err
		}
		return w.explain(withEnd(w.Head))
	}
	err := w.explain(withEnd(strings.ReplaceAll(w.Head, "\n", "\r\n")))
	if err != nil {
		added := int64(err.Line - 1) // a CR for each line before
		err.Offset, err.End, err.TextAt = err.Offset-added, err.End-added, err.TextAt-added
	}
	return err
}

func (w *Written) explain(head string) *Error {
	if w.Answer {
		return ExplainResponse([]byte(head), w.Method, writtenLimits)
	}
	return ExplainRequest([]byte(head), writtenLimits)
}

// withEnd is the head with the line ends that are missing at its end.
func withEnd(head string) string {
	if strings.HasSuffix(head, "\r\n\r\n") {
		return head
	}
	return strings.TrimSuffix(head, "\r\n") + "\r\n\r\n"
}

// explainBody looks at no more than the first line where an editor has touched
// the others, since they are counted. A first line that is far from a size
// belongs to a body that was put together by whoever copied it.
func (w *Written) explainBody() *Error {
	first, _, _ := strings.Cut(w.Body, "\n")
	first = strings.TrimSuffix(first, "\r")
	switch {
	case w.Answer && !nearlySize(first), !w.Exact() && (first == "" || strings.ContainsAny(first[:1], `{["<`)):
		return nil
	case w.Exact():
		// Empty lines part it from the message below.
		return ExplainChunked([]byte(strings.TrimRight(w.Body, "\r\n")+"\r\n"), writtenLimits, false)
	}
	return ExplainChunked([]byte(first+"\r\n"), writtenLimits, false)
}

// nearlySize reports whether a line begins with a number in hexadecimal digits,
// with what is written around it by mistake.
func nearlySize(line string) bool {
	size, _, _ := strings.Cut(trimOWS(line), ";")
	size = strings.TrimLeft(trimOWS(size), "+-")
	if len(size) > 2 && size[0] == '0' && size[1]|0x20 == 'x' {
		size = size[2:]
	}
	return size != "" && strings.Trim(size, "0123456789abcdefABCDEF") == ""
}
