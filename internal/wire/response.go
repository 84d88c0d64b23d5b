package wire

import (
	"bufio"
	"io"
	"strings"
)

// A Response is the head of a response.
type Response struct {
	Head
	Status int
	Reason string
}

// sniffResponse recognises answers of other protocols by their first byte.
func sniffResponse(br *bufio.Reader) error {
	first, err := br.Peek(1)
	if err != nil {
		return err
	}
	switch c := first[0]; c {
	case 'H':
		return nil
	case 0x15, 0x16:
		// TLS records of type alert and handshake (RFC 8446, section 5.1).
		return line{number: 1}.bad(0, "the server answered with TLS to plain HTTP: its address wants https://")
	default:
		peek, _ := br.Peek(min(br.Buffered(), maxText))
		text, _, _ := strings.Cut(string(peek), "\n")
		return line{text: strings.TrimSuffix(text, "\r"), number: 1}.bad(0, "the answer does not begin with HTTP/1.1 or HTTP/1.0")
	}
}

func (r *Response) parse(raw, method string) error {
	*r = Response{Head: Head{Raw: raw}}
	end := indexLF(raw)
	if err := r.parseLine(line{text: raw[:end-1], number: 1}); err != nil {
		return err
	}
	if err := r.parseFields(end + 1); err != nil {
		return err
	}
	if err := r.frameResponse(method); err != nil {
		return err
	}
	r.readConnection()
	return nil
}

// parseLine reads "HTTP/1.1 200 OK" (RFC 9112, section 4). The space after the
// status is required there and missing in some servers' answers.
func (r *Response) parseLine(l line) *Error {
	version, rest, _ := strings.Cut(l.text, " ")
	switch {
	case version == "HTTP/1.0":
	case len(version) == 8 && version[:7] == "HTTP/1." && '1' <= version[7] && version[7] <= '9':
		r.Minor = 1
	default:
		return l.bad(0, "the answer does not begin with HTTP/1.1 or HTTP/1.0")
	}
	if len(rest) < 3 || rest[0] < '1' || rest[0] > '9' || !isDigit(rest[1]) || !isDigit(rest[2]) || len(rest) > 3 && rest[3] != ' ' {
		return l.bad(len(version)+1, "the status is not a number of three digits")
	}
	r.Status = int(rest[0]-'0')*100 + int(rest[1]-'0')*10 + int(rest[2]-'0')
	if len(rest) > 4 {
		r.Reason = rest[4:]
	}
	if i := firstNot(r.Reason, &valueByte); i >= 0 {
		return l.bad(len(version)+5+i, "%s stands in the reason phrase", byteName(r.Reason[i]))
	}
	return nil
}

func (r *Response) readConnection() {
	keep := false
	for option := range r.Options() {
		switch {
		case lowerEqual(option, "close"):
			r.Close = true
		case lowerEqual(option, "keep-alive"):
			keep = true
		}
	}
	if r.Minor == 0 && !keep || r.Framing.Kind == UntilClose {
		r.Close = true
	}
}

// ErrCut means that a message ended before its framing said so.
var ErrCut = io.ErrUnexpectedEOF
