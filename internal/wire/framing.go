package wire

import (
	"iter"
	"math"
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

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
