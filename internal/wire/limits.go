// Package wire reads HTTP/1.0 and 1.1 messages off a connection (RFC 9112):
// strictly, with limits, keeping order and spelling of every field and the
// bytes themselves, and able to say what is wrong with a malformed message and
// at which byte.
package wire

// Limits bounds the head of a message. Zero fields mean the defaults.
type Limits struct {
	Line   int // bytes of the request or status line
	Head   int // bytes of the whole head; at most MaxHead
	Fields int // field lines
}

const (
	// DefaultLine is well above the 8000 octets that RFC 9112, section 3, wants
	// to be supported at least, and above what common servers accept (8 to 16 KiB).
	DefaultLine = 32 << 10

	// DefaultHead is more than common servers accept (Node 16 KiB, nginx 32 KiB,
	// Tomcat 8 KiB), so that their own 431 is seen before ours.
	DefaultHead = 256 << 10

	// MaxHead bounds the configurable limit: a head is held in memory as a whole.
	MaxHead = 1 << 20

	// DefaultFields bounds the work for a head of many tiny fields.
	DefaultFields = 1000
)

// WithDefaults puts the defaults in place of what is not set.
func (l Limits) WithDefaults() Limits {
	if l.Line <= 0 {
		l.Line = DefaultLine
	}
	if l.Head <= 0 {
		l.Head = DefaultHead
	}
	l.Head = min(l.Head, MaxHead)
	l.Line = min(l.Line, l.Head)
	if l.Fields <= 0 {
		l.Fields = DefaultFields
	}
	return l
}
