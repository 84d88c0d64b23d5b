package wire

import (
	"net/http"
	"strings"
)

// checkFraming holds what tells the length of the body to RFC 9112, section
// 6.3. What two readers could understand in two ways is refused: request
// smuggling lives there.
func (x *explainer) checkFraming() *Error {
	length, err := x.length()
	if err != nil {
		return err
	}
	coding, err := x.coding()
	if err != nil {
		return err
	}
	if x.request {
		if err := x.disguised(); err != nil {
			return err
		}
	}
	switch {
	case coding != nil && length != nil:
		later := coding
		if length.offset > coding.offset {
			later = length
		}
		return later.at(0, len(later.text), lengthAndCoding)
	case coding != nil && x.minor == 0 && (x.request || !x.bodiless()):
		// Section 6.1: the framing of such a message is faulty.
		return coding.at(0, len(coding.Name), codingOld)
	case x.request && x.target.method == http.MethodConnect && coding != nil:
		return coding.at(0, len(coding.Name), connectBody, "Transfer-Encoding")
	case x.request && x.target.method == http.MethodConnect && length != nil && strings.Trim(length.Value, "0") != "":
		return length.at(0, len(length.Name), connectBody, "Content-Length")
	}
	return nil
}

// bodiless are the answers of section 6.3, number 1: they have no body,
// whatever their fields say.
func (x *explainer) bodiless() bool {
	return x.method == http.MethodHead || x.status < 200 || x.status == http.StatusNoContent || x.status == http.StatusNotModified
}

// length returns the Content-Length field. Servers repeat it now and then;
// equal repetitions are tolerated in answers (RFC 9110, section 8.6 leaves the choice).
func (x *explainer) length() (*placed, *Error) {
	var seen *placed
	var before int64
	for i := range x.fields {
		f := &x.fields[i]
		if !lowerEqual(f.Name, "content-length") {
			continue
		}
		n, ok := parseLength(f.Value)
		switch {
		case !ok:
			return nil, badLength(f)
		case seen != nil && n != before:
			return nil, f.at(0, len(f.text), lengthConflict, clip(f.Value), before)
		case seen != nil && x.request:
			return nil, f.at(0, len(f.text), lengthDoubled, clip(f.Value), before)
		}
		seen, before = f, n
	}
	return seen, nil
}

func badLength(f *placed) *Error {
	start, end := f.value, f.value+len(f.Value)
	switch v := f.Value; {
	case v == "":
		return f.at(start, end, lengthEmpty)
	case strings.Trim(v, "0123456789") == "":
		return f.at(start, end, lengthHuge, clip(v))
	case strings.Contains(v, ","):
		return f.at(start, end, lengthList, clip(v))
	case (v[0] == '+' || v[0] == '-') && strings.Trim(v[1:], "0123456789") == "":
		return f.byteAt(start, lengthSigned, clip(v))
	default:
		i := strings.IndexFunc(v, func(r rune) bool { return r < '0' || r > '9' })
		return f.byteAt(start+i, lengthInvalid, clip(v))
	}
}

// coding returns the Transfer-Encoding field. chunked alone is understood: gzip
// and the like as transfer codings are dead in practice, and passing on what
// we cannot delimit is no option.
func (x *explainer) coding() (*placed, *Error) {
	var seen *placed
	for i := range x.fields {
		f := &x.fields[i]
		if !lowerEqual(f.Name, "transfer-encoding") {
			continue
		}
		if seen != nil {
			return nil, f.at(0, len(f.text), codingDoubled)
		}
		if !lowerEqual(f.Value, "chunked") {
			return nil, badCoding(f)
		}
		seen = f
	}
	return seen, nil
}

// badCoding names what a value other than chunked is: each of these was
// understood by one server and not by the other, and a request smuggled between them.
func badCoding(f *placed) *Error {
	v, start, end := strings.ToLower(f.Value), f.value, f.value+len(f.Value)
	whole := func(fault *Fault) *Error { return f.at(start, end, fault, clip(f.Value)) }
	if v == "" {
		return f.at(start, end, codingEmpty)
	}
	if i := strings.IndexFunc(f.Value, func(r rune) bool { return r >= 0x80 }); i >= 0 {
		return f.at(start+i, start+i+runOf(f.Value[i:]), codingNonASCII, ByteName(f.Value[i]))
	}
	members := strings.Split(v, ",")
	for i := range members {
		members[i] = trimOWS(members[i])
	}
	last := members[len(members)-1]
	has := func(word string) int {
		n := 0
		for _, m := range members {
			if m == word {
				n++
			}
		}
		return n
	}
	switch {
	case strings.ContainsAny(v, `"'`):
		return whole(codingQuoted)
	case has("") > 0:
		return whole(codingEmptyMember)
	case strings.Contains(v, ";"):
		return whole(codingParameter)
	case has("chunked") > 1:
		return whole(codingRepeated)
	case has("identity") > 0:
		return whole(codingIdentity)
	case has("chunked") == 1 && last != "chunked":
		return whole(codingNotLast)
	}
	for _, m := range members {
		if i := firstNot(m, &tokenByte); i >= 0 {
			at := start + strings.Index(v, m) + i
			if m[i] == ' ' || m[i] == '\t' {
				return f.byteAt(at, codingSpace, clip(f.Value))
			}
			return f.byteAt(at, codingInvalid, ByteName(m[i]))
		}
	}
	switch {
	case last == "chunked":
		return whole(codingUnknown)
	case strings.Contains(v, "chunk"):
		return whole(codingNear)
	}
	return whole(codingNoChunked)
}

// disguised looks for fields that servers of CGI and the like take for those of
// framing.
func (x *explainer) disguised() *Error {
	for i := range x.fields {
		f := &x.fields[i]
		switch {
		case lowerEqual(f.Name, "content_length"):
			return f.at(0, len(f.Name), framingUnderscore, clip(f.Name), "Content-Length")
		case lowerEqual(f.Name, "transfer_encoding"):
			return f.at(0, len(f.Name), framingUnderscore, clip(f.Name), "Transfer-Encoding")
		}
	}
	return nil
}
