package wire

import (
	"net/http"
	"strings"

	"github.com/faultline-http/faultline"
)

// ExplainRequest says what is wrong with a request whose beginning is raw:
// what has arrived of its head, complete or not, and perhaps of what follows.
// nil means that nothing is wrong with it so far. This is the definition of
// what is malformed: whatever reads requests faster has to agree with it.
//
// It is pure, takes time in proportion to raw, and looks at no more of it than
// the limits allow.
func ExplainRequest(raw []byte, lim Limits) *Error {
	x := explainer{raw: bounded(raw, lim), lim: lim.WithDefaults(), request: true}
	return x.explain().seeing(&x)
}

// seeing adds what can be read of a request all the same.
func (e *Error) seeing(x *explainer) *Error {
	if e != nil && x.request && e.Topic != OtherProtocol {
		e.Seen = see(x.raw, x.lim)
	}
	return e
}

// ExplainResponse is ExplainRequest for the response to a request with the
// method. Its errors have the status 502.
func ExplainResponse(raw []byte, method string, lim Limits) *Error {
	x := explainer{raw: bounded(raw, lim), lim: lim.WithDefaults(), method: method}
	err := x.explain()
	if err != nil {
		err.Status = http.StatusBadGateway
	}
	return err
}

// ExplainCut is for a connection that ended inside a head: what was wrong with
// the part that arrived, or else that it ended there.
func ExplainCut(raw []byte, request bool, lim Limits) *Error {
	x := explainer{raw: bounded(raw, lim), lim: lim.WithDefaults(), request: request}
	err := x.explain()
	if err == nil {
		number := 1 + strings.Count(x.raw, "\n")
		last := strings.LastIndexByte(x.raw, '\n') + 1
		l := line{text: x.raw[last:], offset: int64(last), number: number}
		err = l.at(len(l.text), len(l.text), headCut)
	}
	err = err.seeing(&x)
	if !request {
		err.Status = http.StatusBadGateway
	}
	return err
}

// bounded is what of raw can matter: a head over the limit is refused at the
// limit.
func bounded(raw []byte, lim Limits) string {
	return string(raw[:min(len(raw), lim.WithDefaults().Head+1)])
}

// An explainer goes over a head line by line and stops at the first fault.
type explainer struct {
	raw     string
	lim     Limits
	request bool
	method  string // of the request that a response answers

	minor  int
	status int
	reason string
	target target
	fields []placed
	end    line // the empty line
}

// placed is a field with the line that it came in. value is where its value
// begins within the line.
type placed struct {
	faultline.Field
	line
	value int
}

func (x *explainer) explain() *Error {
	complete, err := x.lines()
	if err != nil && err.Line <= 2 && len(x.fields) == 0 && x.minor < 0 {
		if better := x.foreign(); better != nil {
			return better
		}
	}
	if err != nil || !complete {
		return err
	}
	if x.request {
		if err := x.checkHost(); err != nil {
			return err
		}
	}
	return x.checkFraming()
}

// lines goes over the lines and reports whether the head is complete.
func (x *explainer) lines() (complete bool, err *Error) {
	x.minor = -1 // not known: the first line has not been read
	at, number := 0, 1
	for ; at < len(x.raw); number++ {
		l := line{offset: int64(at), number: number}
		end := strings.IndexByte(x.raw[at:], '\n')
		if end < 0 {
			l.text = x.raw[at:]
			return false, x.begun(l)
		}
		if err := x.withinLimits(line{text: x.raw[at : at+end+1], offset: l.offset, number: number}); err != nil {
			return false, err
		}
		l.text, l.ending = x.raw[at:at+end], "\n"
		at += end + 1
		if !strings.HasSuffix(l.text, "\r") {
			return false, x.bareLF(l)
		}
		l.text, l.ending = l.text[:len(l.text)-1], "\r\n"
		switch {
		case x.minor < 0 && l.text == "":
			// RFC 9112, section 2.2: a server should ignore an empty line before the
			// request line. One is what old clients send after a body; more of them is no HTTP.
			if number > 1 || !x.request {
				return false, l.at(0, 2, emptyLines)
			}
		case x.minor < 0:
			err = x.first(l)
		case l.text == "":
			x.end = l
			return true, nil
		default:
			err = x.field(l)
		}
		if err != nil {
			return false, err
		}
	}
	return false, nil
}

// withinLimits judges a line with its end, or as much of it as has come.
func (x *explainer) withinLimits(l line) *Error {
	after := int(l.offset) + len(l.text)
	switch {
	case x.minor < 0 && len(l.text) > x.lim.Line:
		return l.byteAt(x.lim.Line, lineTooLong, x.lim.Line)
	case after > x.lim.Head:
		return l.byteAt(max(0, x.lim.Head-int(l.offset)), headTooLarge, x.lim.Head)
	}
	return nil
}

// begun judges a line whose end has not come yet: only what no later byte can mend.
func (x *explainer) begun(l line) *Error {
	if err := x.withinLimits(l); err != nil {
		return err
	}
	if x.minor >= 0 || l.text == "\r" {
		return nil
	}
	if !x.request {
		const begin = "HTTP/1."
		if n := min(len(begin), len(l.text)); l.text[:n] != begin[:n] {
			return x.first(l)
		}
		return nil
	}
	method, _, _ := strings.Cut(l.text, " ")
	if firstNot(method, &tokenByte) >= 0 || method == "" {
		return x.first(l)
	}
	return nil
}

// bareLF names what else is wrong with the line before its end, if anything is.
func (x *explainer) bareLF(l line) *Error {
	if x.minor < 0 && l.text != "" && firstNot(l.text[:1], &tokenByte) == 0 {
		return x.first(l)
	}
	return l.byteAt(len(l.text), lineBareLF)
}

func (x *explainer) first(l line) *Error {
	if x.request {
		return x.requestLine(l)
	}
	return x.statusLine(l)
}

func (x *explainer) foreign() *Error {
	if x.request {
		return foreign(x.raw)
	}
	return foreignAnswer(x.raw)
}

// field reads one field line.
func (x *explainer) field(l line) *Error {
	if len(x.fields) == x.lim.Fields {
		return l.all(tooManyFields, x.lim.Fields)
	}
	f, err := splitField(l, len(x.fields) == 0)
	if err != nil {
		return err
	}
	x.fields = append(x.fields, f)
	return nil
}
