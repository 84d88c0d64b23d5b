package faultline

import "strings"

// Unseen are the parts of a call that its witness did not show: a line of an
// access log has no header fields, an exception of a client no body. What is
// unseen is not absent: nobody may conclude from its absence that it was not
// sent. A method or an address that is not known is empty and needs no mark.
type Unseen uint8

// The parts of a call that a witness may not have shown.
const (
	UnseenRequestHeader  Unseen = 1 << iota // fields that are not there may have been sent
	UnseenRequestBody                       // a body may have been sent
	UnseenStatus                            // an answer came, and its status is 0 here
	UnseenResponseHeader                    // fields that are not there may have come
	UnseenResponseBody                      // a body may have come
)

// UnseenMessages is all but what a line of a log tells.
const UnseenMessages = UnseenRequestHeader | UnseenRequestBody | UnseenResponseHeader | UnseenResponseBody

// unseenNames are in the order of the constants.
var unseenNames = [...]string{"request headers", "request body", "status", "response headers", "response body"}

// Any reports whether one of the parts was not shown.
func (u Unseen) Any(parts Unseen) bool { return u&parts != 0 }

// Names are the parts in words: "request headers", "status".
func (u Unseen) Names() []string {
	var out []string
	for i, name := range unseenNames {
		if u.Any(1 << i) {
			out = append(out, name)
		}
	}
	return out
}

func (u Unseen) String() string { return strings.Join(u.Names(), ", ") }

// UnseenNamed is the opposite of Names; unknown names are left out.
func UnseenNamed(names []string) Unseen {
	var u Unseen
	for i, name := range unseenNames {
		for _, n := range names {
			if n == name {
				u |= 1 << i
			}
		}
	}
	return u
}
