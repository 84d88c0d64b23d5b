package wire

import (
	"iter"
	"math"
	"net/http"
	"strings"
)

// Kind is how the end of a body is told (RFC 9112, section 6).
type Kind uint8

// The kinds of framing.
const (
	NoBody     Kind = iota
	Length          // Content-Length
	Chunked         // Transfer-Encoding: chunked
	UntilClose      // a response that ends with its connection
)

// Framing is the kind and, for Length, how many bytes there are.
type Framing struct {
	Kind   Kind
	Length int64
}

// frameRequest determines the body's length after RFC 9112, section 6.3. What
// two readers could understand in two ways is refused: request smuggling lives there.
func (r *Request) frameRequest() *Error {
	length, at, err := r.contentLength(false)
	if err != nil {
		return err
	}
	coding, err := r.transferCoding()
	if err != nil {
		return err
	}
	switch {
	case coding >= 0 && at >= 0:
		return r.fieldLine(max(coding, at)).bad(0, "the request has both Transfer-Encoding and Content-Length: servers differ in which one counts").about(BodyLength)
	case coding >= 0 && r.Minor == 0:
		// Section 6.1: the framing of such a message is faulty.
		return r.fieldLine(coding).bad(0, "Transfer-Encoding stands in an HTTP/1.0 request, which does not know it").about(BodyLength)
	case coding >= 0:
		r.Framing = Framing{Kind: Chunked}
	case length > 0:
		r.Framing = Framing{Kind: Length, Length: length}
	}
	return nil
}

// frameResponse does the same for a response to a request with the method.
func (r *Response) frameResponse(method string) *Error {
	length, at, err := r.contentLength(true)
	if err != nil {
		return err
	}
	coding, err := r.transferCoding()
	if err != nil {
		return err
	}
	if coding >= 0 && at >= 0 {
		return r.fieldLine(max(coding, at)).bad(0, "the answer has both Transfer-Encoding and Content-Length: clients differ in which one counts").about(BodyLength)
	}
	switch {
	case method == http.MethodHead || r.Status < 200 || r.Status == http.StatusNoContent || r.Status == http.StatusNotModified:
		// Section 6.3, number 1: these have no body, whatever their fields say.
	case coding >= 0 && r.Minor == 0:
		return r.fieldLine(coding).bad(0, "Transfer-Encoding stands in an HTTP/1.0 answer, which does not know it").about(BodyLength)
	case coding >= 0:
		r.Framing = Framing{Kind: Chunked}
	case at >= 0:
		if length > 0 {
			r.Framing = Framing{Kind: Length, Length: length}
		}
	default:
		r.Framing = Framing{Kind: UntilClose}
	}
	return nil
}

// contentLength returns the length and the index of its field, -1 if there is
// none. Servers repeat the field now and then; equal repetitions are tolerated
// in answers (RFC 9110, section 8.6 leaves the choice).
func (h *Head) contentLength(repeated bool) (length int64, at int, err *Error) {
	at = -1
	for i, f := range h.Header {
		if !lowerEqual(f.Name, "content-length") {
			continue
		}
		n, ok := parseLength(f.Value)
		if !ok {
			return 0, at, h.fieldLine(i).bad(0, "Content-Length is not a number: `%s`", clip(f.Value)).about(BodyLength)
		}
		if at >= 0 && (n != length || !repeated) {
			return 0, at, h.fieldLine(i).bad(0, "the message has a second Content-Length: `%s` after `%d`", clip(f.Value), length).about(BodyLength)
		}
		length, at = n, i
	}
	return length, at, nil
}

func parseLength(s string) (int64, bool) {
	if s == "" || len(s) > len("9223372036854775807") {
		return 0, false
	}
	var n int64
	for i := range len(s) {
		if !isDigit(s[i]) {
			return 0, false
		}
		d := int64(s[i] - '0')
		if n > (math.MaxInt64-d)/10 {
			return 0, false
		}
		n = n*10 + d
	}
	return n, true
}

// transferCoding returns the index of the Transfer-Encoding field, -1 if there
// is none. chunked alone is understood: gzip and the like as transfer codings
// are dead in practice, and passing on what we cannot delimit is no option.
func (h *Head) transferCoding() (at int, err *Error) {
	at = -1
	for i, f := range h.Header {
		if !lowerEqual(f.Name, "transfer-encoding") {
			continue
		}
		if at >= 0 {
			return at, h.fieldLine(i).bad(0, "the message has a second Transfer-Encoding field").about(BodyLength)
		}
		if !lowerEqual(f.Value, "chunked") {
			return at, h.fieldLine(i).wrong(0, codingStatus(f.Value), "the Transfer-Encoding `%s` is not supported: only chunked is", clip(f.Value)).about(BodyLength)
		}
		at = i
	}
	return at, nil
}

// codingStatus tells a coding that we do not know (501, RFC 9112, section 6.1)
// from one that is no coding at all or leaves the length open (400).
func codingStatus(value string) int {
	last := value[strings.LastIndexByte(value, ',')+1:]
	if lowerEqual(trimOWS(last), "chunked") && !strings.Contains(strings.ToLower(value[:len(value)-len(last)]), "chunked") {
		return http.StatusNotImplemented
	}
	return http.StatusBadRequest
}

// Options are the connection options of the head: the members of its
// Connection fields (RFC 9110, section 7.6.1).
func (h *Head) Options() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, f := range h.Header {
			if !lowerEqual(f.Name, "connection") {
				continue
			}
			for rest, more := f.Value, true; more; {
				var option string
				option, rest, more = strings.Cut(rest, ",")
				if option = trimOWS(option); option != "" && !yield(option) {
					return
				}
			}
		}
	}
}

// fieldLine is the i-th field line with its place, for errors.
func (h *Head) fieldLine(i int) line {
	text := h.FieldLine(i)
	return line{text: text[:len(text)-2], offset: h.lines[i], number: i + 2}
}

// endLine is the empty line at the end of the head.
func (h *Head) endLine() line {
	return line{offset: len(h.Raw) - 2, number: len(h.Header) + 2}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
