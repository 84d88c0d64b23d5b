package proxy

import (
	"net/http"
	"strings"

	"github.com/faultline-http/faultline"
)

// HeaderRules change the header fields of a message on its way. The zero value
// changes none.
type HeaderRules struct {
	Remove []string         // names
	Set    faultline.Header // each takes the place of the first field of its name, the others go
	Add    faultline.Header // each is put behind what is there
}

// None reports whether the rules leave every header as it is.
func (r *HeaderRules) None() bool { return len(r.Remove) == 0 && len(r.Set) == 0 && len(r.Add) == 0 }

// Apply returns the header after the rules: what is removed first, then what is
// set, then what is added. What no rule names keeps its place and its bytes. h
// may be changed.
func (r *HeaderRules) Apply(h faultline.Header) faultline.Header {
	if r.None() {
		return h
	}
	for _, name := range r.Remove {
		h = without(h, name, 0)
	}
	for _, f := range r.Set {
		h = with(h, f)
	}
	return append(h, r.Add...)
}

// ApplyMap is Apply for the headers of net/http.
func (r *HeaderRules) ApplyMap(h http.Header) {
	for _, name := range r.Remove {
		h.Del(name)
	}
	for _, f := range r.Set {
		h.Set(f.Name, f.Value)
	}
	for _, f := range r.Add {
		h.Add(f.Name, f.Value)
	}
}

func with(h faultline.Header, f faultline.Field) faultline.Header {
	for i := range h {
		if strings.EqualFold(h[i].Name, f.Name) {
			h[i] = f
			return without(h, f.Name, i+1)
		}
	}
	return append(h, f)
}

// without drops the fields of a name from number from on.
func without(h faultline.Header, name string, from int) faultline.Header {
	kept := h[:from]
	for _, f := range h[from:] {
		if !strings.EqualFold(f.Name, name) {
			kept = append(kept, f)
		}
	}
	return kept
}

// connectionFields frame the message or belong to one connection: a rule that
// changes them would change where the message ends, or promise what this
// connection does not do (RFC 9110, section 7.6.1; RFC 9112, section 6).
var connectionFields = []string{
	"Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
}

// OwnField returns the field of that name, as it is spelt usually, if it is one
// that only the proxy itself may write, or "".
func OwnField(name string) string {
	for _, own := range connectionFields {
		if strings.EqualFold(name, own) {
			return own
		}
	}
	return ""
}
