package faultline

import (
	"strings"
	"time"
)

// Vantage is the place from which an exchange was watched.
type Vantage uint8

// The places from which a call can be watched.
const (
	AtClient Vantage = iota // beside the client: its clock is ours
	AtProxy                 // between client and server
	AtServer                // inside the server, or in front of it
)

// An Exchange is one HTTP request and what came of it. Whoever keeps one past
// the call owns it; it is not safe for concurrent writes.
type Exchange struct {
	ID       string
	Start    time.Time // when the request was sent or, where only that is known, when the answer was received
	Vantage  Vantage
	Request  Request
	Response *Response // nil if none came
	Failure  *Failure  // nil if nothing broke outside HTTP
	Hops     []Hop     // earlier redirects and attempts of the same call, oldest first
	Timing   Timing
	Unseen   Unseen // parts that may be there although they are empty here
	Labels   map[string]string

	Malformed *Malformed // nil if nothing is known to be wrong with the bytes
}

// A Request is an HTTP request as it was sent (RFC 9110, section 6).
type Request struct {
	Method  string
	Scheme  string // "http" or "https"; empty if not known
	Host    string // authority: the Host field or the URL's host and port
	Target  string // request target exactly as it was sent, usually path and query
	Proto   string // "HTTP/1.1"; empty if not known
	Header  Header
	Body    Body
	Trailer Header
}

// A Response is an HTTP response as it was received. Interim (1xx) responses
// are not kept.
type Response struct {
	Status  int
	Reason  string
	Proto   string
	Header  Header
	Body    Body
	Trailer Header
}

// A Field is one header or trailer field line as it was received: spelling
// kept, value without surrounding white space.
type Field struct{ Name, Value string }

// Is reports whether the field has the name, compared without regard to case
// (RFC 9110, section 5.1). Most names are told apart by their length.
func (f *Field) Is(name string) bool {
	return len(f.Name) == len(name) && strings.EqualFold(f.Name, name)
}

// Header is a list of field lines in the order in which they were received,
// duplicates included (RFC 9110, section 5).
type Header []Field

// Get returns the value of the first field with the name, compared without
// regard to case, and whether there is one.
func (h Header) Get(name string) (string, bool) {
	for i := range h {
		if h[i].Is(name) {
			return h[i].Value, true
		}
	}
	return "", false
}

// Value is Get for callers to whom an absent and an empty field are the same.
func (h Header) Value(name string) string {
	v, _ := h.Get(name)
	return v
}

// Values returns the values of all fields with the name, in order.
func (h Header) Values(name string) []string {
	var out []string
	for i := range h {
		if h[i].Is(name) {
			out = append(out, h[i].Value)
		}
	}
	return out
}

// Has reports whether there is a field with the name.
func (h Header) Has(name string) bool {
	_, ok := h.Get(name)
	return ok
}

// Path returns the path of the request target as it was sent: no decoding, no
// cleaning. For an absolute-form target it is the path of that URL.
func (r *Request) Path() string {
	path, _ := r.split()
	return path
}

// Query returns the query of the request target as it was sent, without "?".
func (r *Request) Query() string {
	_, query := r.split()
	return query
}

func (r *Request) split() (path, query string) {
	target, _, _ := strings.Cut(r.Target, "#")
	if i := strings.Index(target, "://"); i > 0 && !strings.HasPrefix(target, "/") {
		target = target[i+3:]
		slash := strings.IndexAny(target, "/?")
		if slash < 0 {
			return "/", ""
		}
		target = target[slash:]
	}
	path, query, _ = strings.Cut(target, "?")
	return path, query
}

// URL returns the address of the request as one string, in the sender's own
// spelling. Parts that are not known are left out.
func (r *Request) URL() string {
	if strings.Contains(r.Target, "://") && !strings.HasPrefix(r.Target, "/") {
		return r.Target
	}
	if r.Host == "" {
		return r.Target
	}
	scheme := r.Scheme
	if scheme == "" {
		scheme = "http"
	}
	return scheme + "://" + r.Host + r.Target
}

// Phase is the part of a call in which it broke.
type Phase uint8

// The phases of a call, in the order in which they happen.
const (
	PhaseUnknown Phase = iota
	PhaseResolve
	PhaseConnect
	PhaseHandshake
	PhaseSend
	PhaseWait
	PhaseReceive
)

var phaseNames = [...]string{"unknown", "resolve", "connect", "handshake", "send", "wait", "receive"}

func (p Phase) String() string { return phaseNames[p] }

// A Failure is what broke a call outside HTTP: no answer, or half of one.
type Failure struct {
	Phase Phase
	Text  string // the words of the client library or operating system
}

// A Hop is an earlier step of the same call: a redirect that was followed, or
// an attempt that was made again.
type Hop struct {
	Request  Request
	Response *Response
	Failure  *Failure
	Start    time.Time
}

// Timing is how long the parts of a call took; zero if not measured.
type Timing struct {
	Connect   time.Duration // name, connection and handshake
	FirstByte time.Duration // from the last request byte to the first answer byte
	Total     time.Duration
}
