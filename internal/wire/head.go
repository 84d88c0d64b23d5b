package wire

import "github.com/faultline-http/faultline"

// A Head is what requests and responses have in common: field lines, the bytes
// that they came in, and how the body is framed.
type Head struct {
	Minor   int // of HTTP/1.x: 0 or 1
	Header  faultline.Header
	Raw     string // the whole head as it came, with its empty line
	Framing Framing
	Close   bool // the sender will not use the connection again
	Named   bool // the Connection fields name further fields that stay on this connection

	lines   []int // where each field line ends in Raw; lines[0] is the end of the first line
	special []Special

	// Notes of the scanner, and the indexes of fields: -1 if there is none.
	answer                     bool
	doubt                      bool // something rare, which the slow reader has to decide about
	close, keepAlive, upgrades bool
	length, coding, host       int
	declared                   int64
	upgrade, expect            string
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
