package wire

import (
	"bufio"
	"bytes"
	"errors"
	"io"

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
	x := explainer{lim: lim.withDefaults(), request: true}
	if err := x.read(br); err != nil {
		return err
	}
	r.fill(&x)
	return nil
}

// ReadResponse reads the head of a response to a request with the method. Its
// errors are those of [ReadRequest] with the status 502.
func ReadResponse(br *bufio.Reader, r *Response, method string, lim Limits) error {
	x := explainer{lim: lim.withDefaults(), method: method}
	if err := x.read(br); err != nil {
		return err
	}
	r.fill(&x, method)
	return nil
}

// read takes the bytes through the first empty line and goes over them. It
// looks at the ends of lines only, so that a head over a limit is refused
// before it is held.
func (x *explainer) read(br *bufio.Reader) error {
	first, err := br.Peek(1)
	if err != nil {
		return err
	}
	if !tokenByte[first[0]] && first[0] != '\r' && first[0] != '\n' {
		// Another protocol may never send the end of a line.
		begin, _ := br.Peek(br.Buffered())
		return x.judge(string(begin), false)
	}
	buf := make([]byte, 0, min(max(br.Buffered(), 256), x.lim.Head))
	for start := 0; ; start = len(buf) {
		for {
			var part []byte
			part, err = br.ReadSlice('\n')
			buf = append(buf, part...)
			if !errors.Is(err, bufio.ErrBufferFull) || len(buf) > x.lim.Head {
				break
			}
		}
		text := buf[start:]
		ends := bytes.HasSuffix(text, []byte("\r\n"))
		switch {
		case err == nil && ends && len(text) == 2 && start > 0:
			return x.judge(string(buf), false)
		case err == nil && ends && len(buf) <= x.lim.Head && (start > 2 || len(text) <= x.lim.Line):
			continue
		case err == nil || errors.Is(err, bufio.ErrBufferFull) || errors.Is(err, io.EOF):
			return x.judge(string(buf), errors.Is(err, io.EOF))
		default:
			return err
		}
	}
}

// judge is nil only for a whole head.
func (x *explainer) judge(raw string, ended bool) error {
	x.raw = raw
	wrong := x.explain()
	if wrong == nil && ended {
		wrong = ExplainCut([]byte(raw), x.request, x.lim)
	}
	if wrong == nil {
		return nil
	}
	if !x.request {
		wrong.Status = 502
	}
	return wrong
}

// fill takes over what was read.
func (h *Head) fill(x *explainer) {
	start := 0
	if x.raw[0] == '\r' {
		start = 2
	}
	*h = Head{Minor: x.minor, Raw: x.raw[start:], Header: make(faultline.Header, 0, len(x.fields)), lines: make([]int, 0, len(x.fields)+1)}
	for _, f := range x.fields {
		h.Header = append(h.Header, f.Field)
		h.lines = append(h.lines, int(f.offset)-start)
	}
	h.lines = append(h.lines, int(x.end.offset)-start)
}
