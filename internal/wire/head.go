package wire

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/faultline-http/faultline"
)

// A Head is what requests and responses have in common: field lines, the bytes
// that they came in, and how the body is framed.
type Head struct {
	Minor   int // of HTTP/1.x: 0 or 1
	Header  faultline.Header
	Raw     string // the whole head as it came, with its empty line
	Framing Framing
	Close   bool // the sender will not use the connection again

	lines []int // where each field line ends in Raw; lines[0] is the end of the first line
}

// Proto is the version that the head names, as HTTP/1.0 or HTTP/1.1.
func (h *Head) Proto() string {
	if h.Minor == 0 {
		return "HTTP/1.0"
	}
	return "HTTP/1.1"
}

// FieldLine returns the i-th field line as it came, with its CR LF: it can be
// sent on without changing a byte.
func (h *Head) FieldLine(i int) string { return h.Raw[h.lines[i]:h.lines[i+1]] }

// ReadRequest reads the head of a request. It returns io.EOF if the connection
// ended before the first byte, an [*Error] for a head that is malformed or too
// large, and else the error of the connection.
func ReadRequest(br *bufio.Reader, r *Request, lim Limits) error {
	if err := sniffRequest(br); err != nil {
		return err
	}
	raw, err := readHead(br, lim.withDefaults(), http.StatusRequestURITooLong)
	if err != nil {
		return err
	}
	return r.parse(raw)
}

// ReadResponse reads the head of a response to a request with the method. Its
// errors are those of [ReadRequest] with the status 502.
func ReadResponse(br *bufio.Reader, r *Response, method string, lim Limits) error {
	err := sniffResponse(br)
	if err == nil {
		var raw string
		if raw, err = readHead(br, lim.withDefaults(), http.StatusBadGateway); err == nil {
			err = r.parse(raw, method)
		}
	}
	var wrong *Error
	if errors.As(err, &wrong) {
		wrong.Status = http.StatusBadGateway
	}
	return err
}

// readHead takes the bytes through the first empty line. It looks at the ends
// of lines only, so that a head over a limit is refused before it is held.
func readHead(br *bufio.Reader, lim Limits, tooLong int) (string, error) {
	buf := make([]byte, 0, min(max(br.Buffered(), 256), lim.Head))
	for number := 1; ; number++ {
		start := len(buf)
		if number-2 > lim.Fields {
			return "", line{offset: start, number: number}.wrong(0, http.StatusRequestHeaderFieldsTooLarge,
				"the head has more than %d fields", lim.Fields).about(TooLarge)
		}
		var err error
		if buf, err = readLine(br, buf, number, lim, tooLong); err != nil {
			return "", err
		}
		if len(buf)-start > 2 {
			continue
		}
		if start > 0 {
			return string(buf), nil
		}
		// RFC 9112, section 2.2: an empty line before the request line is ignored.
		// One is what old clients send after a body; more of them is no HTTP.
		if number > 1 {
			return "", line{number: number}.bad(0, "empty lines stand where a request should begin")
		}
		buf = buf[:0]
	}
}

// readLine appends one line with its CR LF to buf.
func readLine(br *bufio.Reader, buf []byte, number int, lim Limits, tooLong int) ([]byte, error) {
	start := len(buf)
	for {
		part, err := br.ReadSlice('\n')
		buf = append(buf, part...)
		if err == nil && len(buf) <= lim.Head && (start > 0 || len(buf) <= lim.Line) {
			break
		}
		l := line{text: string(buf[start:min(len(buf), start+maxText)]), offset: start, number: number}
		switch {
		case start == 0 && len(buf) > lim.Line:
			return nil, l.wrong(lim.Line, tooLong, "the first line is longer than %d bytes", lim.Line).about(TooLong)
		case len(buf) > lim.Head:
			return nil, l.wrong(lim.Head-start, http.StatusRequestHeaderFieldsTooLarge, "the head is longer than %d bytes", lim.Head).about(TooLarge)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			return nil, l.bad(len(buf)-start, "the connection ended inside the head")
		}
		return nil, err
	}
	if text := buf[start:]; len(text) < 2 || text[len(text)-2] != '\r' {
		// RFC 9112, section 2.2 permits to take a bare LF as the end of a line. Two
		// readers that differ in this see two different requests, so we do not.
		return nil, line{text: string(bytes.TrimRight(text, "\r\n")), offset: start, number: number}.
			bad(len(text)-1, "the line ends with LF alone, and HTTP ends lines with CR LF")
	}
	return buf, nil
}

// parseFields reads the field lines of Raw, which begin at the offset.
func (h *Head) parseFields(offset int) *Error {
	rest := h.Raw[offset:]
	count := countLines(rest) - 1
	h.Header = make(faultline.Header, 0, count)
	h.lines = append(make([]int, 0, count+1), offset)
	for number := 2; len(rest) > 2; number++ {
		end := indexLF(rest)
		l := line{text: rest[:end-1], offset: offset, number: number}
		f, err := parseField(l)
		if err != nil {
			return err
		}
		h.Header = append(h.Header, f)
		offset += end + 1
		h.lines = append(h.lines, offset)
		rest = rest[end+1:]
	}
	return nil
}

// parseField takes one field line apart (RFC 9112, section 5).
func parseField(l line) (faultline.Field, *Error) {
	if c := l.text[0]; c == ' ' || c == '\t' {
		// Section 5.2: a server that does not fold refuses.
		return faultline.Field{}, l.bad(0, "the line begins with white space: folded fields are obsolete and read in two ways").about(Field)
	}
	end := firstNot(l.text, &tokenByte)
	switch {
	case end < 0:
		return faultline.Field{}, l.bad(len(l.text), "the field `%s` has no colon", clip(l.text)).about(Field)
	case end == 0 && l.text[0] == ':':
		return faultline.Field{}, l.bad(0, "the field has no name before the colon").about(Field)
	case l.text[end] == ' ' || l.text[end] == '\t':
		if strings.HasPrefix(trimOWS(l.text[end:]), ":") {
			// Section 5.1: a server must refuse this with 400; it was used to smuggle requests.
			return faultline.Field{}, l.bad(end, "white space stands before the colon of the field `%s`", clip(l.text[:end])).about(Field)
		}
		return faultline.Field{}, l.bad(end, "the field name `%s` is followed by white space and no colon", clip(l.text[:end])).about(Field)
	case l.text[end] != ':':
		return faultline.Field{}, l.bad(end, "%s cannot stand in a field name", byteName(l.text[end])).about(Field)
	}
	name, value := l.text[:end], l.text[end+1:]
	if i := firstNot(value, &valueByte); i >= 0 {
		return faultline.Field{}, l.bad(end+1+i, "%s stands in the value of the field `%s`", byteName(value[i]), clip(name)).about(Field)
	}
	return faultline.Field{Name: name, Value: trimOWS(value)}, nil
}
