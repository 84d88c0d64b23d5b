package contract

import (
	"iter"
	"strings"

	"github.com/faultline-http/faultline"
)

// acceptable reports whether the Accept fields of a request (RFC 9110, section
// 12.5.1) leave room for an answer of success. Without content in one of these
// there is nothing to accept; what is declared for errors is not what the
// client asks for.
func (op *Operation) acceptable(r *faultline.Request) bool {
	if op.plainlyAcceptable(r) || !says(r) {
		return true
	}
	asked := false
	for i := range op.responses {
		a := &op.responses[i]
		if !op.isSuccess(a) {
			continue
		}
		if len(a.media) == 0 {
			return true
		}
		asked = true
		for j := range a.media {
			if accepts(r, a.media[j].name) {
				return true
			}
		}
	}
	return !asked
}

// plainlyAcceptable recognises what nearly all clients send without reading it:
// one Accept field that takes anything, or the very type that is declared.
func (op *Operation) plainlyAcceptable(r *faultline.Request) bool {
	var field *faultline.Field
	for i := range r.Header {
		if r.Header[i].Is("Accept") {
			if field != nil {
				return false
			}
			field = &r.Header[i]
		}
	}
	if field == nil || field.Value == "*/*" {
		return true
	}
	for i := range op.responses {
		a := &op.responses[i]
		if !a.is2xx() {
			continue
		}
		for j := range a.media {
			if a.media[j].name == field.Value {
				return true
			}
		}
	}
	return false
}

// isSuccess reports whether a declared answer is one of success: `default` is
// where no other is (OpenAPI 3.1.1, section 4.8.16).
func (op *Operation) isSuccess(a *response) bool {
	if a.status != 0 {
		return a.is2xx()
	}
	for i := range op.responses {
		if op.responses[i].is2xx() {
			return false
		}
	}
	return true
}

// says reports whether the request has an Accept field with something well
// formed in it. A field of which nothing can be read is ignored, as servers do.
func says(r *faultline.Request) bool {
	for range ranges(r) {
		return true
	}
	return false
}

// ranges are the well formed elements of the Accept fields.
func ranges(r *faultline.Request) iter.Seq[mediaRange] {
	return func(yield func(mediaRange) bool) {
		for i := range r.Header {
			if !r.Header[i].Is("Accept") {
				continue
			}
			for rest := r.Header[i].Value; rest != ""; {
				var element string
				element, rest = nextElement(rest)
				if m, ok := parseRange(element); ok && !yield(m) {
					return
				}
			}
		}
	}
}

// accepts reports whether the request takes answers of a declared media type.
// The most specific range that the type falls into decides.
func accepts(r *faultline.Request, declared string) bool {
	typ, sub, ok := splitType(declared)
	if !ok {
		return true // it cannot be told what the server will send
	}
	best, taken := 0, false
	for m := range ranges(r) {
		switch rank := m.rank(typ, sub, declared); {
		case rank > best:
			best, taken = rank, m.weight > 0
		case rank == best && rank > 0:
			taken = taken || m.weight > 0
		}
	}
	return taken
}

// nextElement takes the first element off a list (RFC 9110, section 5.6.1);
// commas in quotes separate nothing.
func nextElement(s string) (element, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\':
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ',' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// A mediaRange is one element of Accept.
type mediaRange struct {
	typ, sub string
	params   string // those of the media type, with their semicolons
	weight   int    // in thousandths
}

// parseRange reads an element. A lone asterisk, which old clients send, is any
// type.
func parseRange(element string) (mediaRange, bool) {
	m := mediaRange{weight: 1000}
	name, rest := element, ""
	if i := strings.IndexByte(element, ';'); i >= 0 {
		name, rest = element[:i], element[i:]
	}
	name = strings.Trim(name, " \t")
	if name == "*" {
		name = "*/*"
	}
	var ok bool
	m.typ, m.sub, ok = strings.Cut(name, "/")
	if !ok || !isToken(m.typ) || !isToken(m.sub) || m.typ == "*" && m.sub != "*" {
		return m, false
	}
	m.params = rest
	for at := 0; at < len(rest); {
		end := at + 1
		for end < len(rest) && rest[end] != ';' {
			end++
		}
		key, value, _ := strings.Cut(strings.Trim(rest[at+1:end], " \t"), "=")
		if strings.EqualFold(key, "q") {
			m.params = rest[:at] // RFC 9110, section 12.5.1: what follows is no part of the type
			m.weight, ok = weightOf(value)
			return m, ok
		}
		at = end
	}
	return m, true
}

// weightOf reads a qvalue (RFC 9110, section 12.4.2), with its zero left out as
// old clients send it.
func weightOf(s string) (int, bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	if whole != "" && whole != "0" && whole != "1" || len(fraction) > 3 || s == "" || s == "." {
		return 0, false
	}
	w := 0
	for i := range 3 {
		w *= 10
		if i >= len(fraction) {
			continue
		}
		if fraction[i] < '0' || fraction[i] > '9' {
			return 0, false
		}
		w += int(fraction[i] - '0')
	}
	if whole == "1" {
		return 1000, w == 0
	}
	return w, true
}

// rank says how closely the range names a declared type, 0 if it does not. A
// declared range is met by every range that shares a type with it.
func (m *mediaRange) rank(typ, sub, declared string) int {
	rank := 1
	switch {
	case m.typ == "*":
		return rank
	case typ == "*":
		return boolean(m.weight > 0, 4)
	case !strings.EqualFold(m.typ, typ):
		return 0
	case m.sub == "*":
		return 2
	case sub == "*":
		return boolean(m.weight > 0, 4)
	case !strings.EqualFold(m.sub, sub):
		return 0
	}
	if m.params == "" {
		return 3
	}
	return m.rankByParams(declared)
}

func boolean(yes bool, rank int) int {
	if yes {
		return rank
	}
	return 0
}

// rankByParams compares the parameters of the range with those of the declared
// type. One that the contract does not speak of may be what the server sends:
// it is in the way of nothing, and refuses nothing.
func (m *mediaRange) rankByParams(declared string) int {
	unsaid := false
	for want := range typeParameters(m.params) {
		have, said := typeParameter(declared, want.name)
		switch {
		case !said:
			unsaid = true
		case !strings.EqualFold(want.value, have):
			return 0
		}
	}
	if unsaid && m.weight == 0 {
		return 0
	}
	return 4
}

// isToken reports whether a text is a token (RFC 9110, section 5.6.2).
func isToken(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isAlnum(s[i]) && strings.IndexByte("!#$%&'*+-.^_`|~", s[i]) < 0 {
			return false
		}
	}
	return s != ""
}
