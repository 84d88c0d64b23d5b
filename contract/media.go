package contract

import "strings"

// mediaTypeOf is a media type in lower case and without parameters.
func mediaTypeOf(contentType string) string {
	t, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(t))
}

// isJSON reports whether a media type, in any case and without parameters, is
// JSON or has its suffix (RFC 6839, section 3.1).
func isJSON(t string) bool {
	return equalFold(t, "application/json") || equalFold(t, "text/json") || hasSuffixFold(t, "+json")
}

func equalFold(a, b string) bool { return strings.EqualFold(a, b) }

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

// A mediaParameter is a parameter that a media type of the contract has.
type mediaParameter struct{ name, value string }

// parametersOf are the parameters by which media types are told apart. The
// boundary is made up for each body, and q is no part of a type.
func parametersOf(contentType string) []mediaParameter {
	var out []mediaParameter
	for p := range typeParameters(contentType) {
		if !equalFold(p.name, "boundary") && !equalFold(p.name, "q") {
			out = append(out, p)
		}
	}
	return out
}

// typeParameter returns a parameter of a Content-Type (RFC 9110, section 8.3.1).
func typeParameter(contentType, name string) (string, bool) {
	for p := range typeParameters(contentType) {
		if strings.EqualFold(p.name, name) {
			return p.value, true
		}
	}
	return "", false
}

// typeParameters yields the parameters of a Content-Type (RFC 9110, section
// 5.6.6).
func typeParameters(contentType string) func(func(mediaParameter) bool) {
	return func(yield func(mediaParameter) bool) {
		_, rest, _ := strings.Cut(contentType, ";")
		for rest != "" {
			rest = strings.TrimLeft(rest, " \t;")
			key, after, found := strings.Cut(rest, "=")
			if !found {
				return
			}
			if i := strings.LastIndexByte(key, ';'); i >= 0 { // one without a value stands before it
				key = key[i+1:]
			}
			var value string
			value, rest = parameterValue(after)
			if !yield(mediaParameter{strings.TrimSpace(key), value}) {
				return
			}
		}
	}
}

func parameterValue(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexByte(s, ';')
		if end < 0 {
			end = len(s)
		}
		return strings.TrimSpace(s[:end]), s[end:]
	}
	if end := strings.IndexAny(s[1:], `"\`); end >= 0 && s[1+end] == '"' {
		return s[1 : 1+end], s[end+2:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}

// pickMedia finds the entry for a Content-Type, the most specific one of those
// that fit (RFC 9110, section 12.5.1; OpenAPI 3.1.1, section 4.8.14).
func pickMedia(list []media, contentType string) *media {
	if len(list) == 1 && len(list[0].params) == 0 && list[0].name == contentType {
		return &list[0] // as it nearly always is
	}
	typ, sub, ok := splitType(contentType)
	if !ok {
		return nil
	}
	var best *media
	rank := 0
	for i := range list {
		m := &list[i]
		if r := m.fits(typ, sub, contentType); r > rank {
			best, rank = m, r
		}
	}
	return best
}

// Ranks of entries that fit a type. A parameter that both name makes an entry
// more specific than the same one without it.
const (
	fitsLoosely = 1 + iota // it names parameters that the type leaves out
	fitsAny
	fitsRange
	fitsExactly
)

// fits ranks how closely an entry names a type; 0 if it does not. A type with
// the suffix +json is one of its own: servers refuse the general one for it, and
// the other way round.
func (m *media) fits(typ, sub, contentType string) int {
	rank := 0
	switch {
	case strings.EqualFold(m.typ, typ) && strings.EqualFold(m.sub, sub):
		rank = fitsExactly
	case m.typ == "*":
		rank = fitsAny
	case m.sub == "*" && strings.EqualFold(m.typ, typ):
		rank = fitsRange
	default:
		return 0
	}
	matched := 0
	for i := range m.params {
		value, sent := typeParameter(contentType, m.params[i].name)
		switch {
		case !sent && equalFold(m.params[i].name, "charset"): // it says how, not what
		case !sent:
			return fitsLoosely
		case !sameParameter(&m.params[i], value):
			return 0
		default:
			matched++
		}
	}
	return rank<<8 + min(matched, 255)
}

// sameParameter compares values: those of charset in any case (RFC 9110, section
// 8.3.2), of others as they are written, since only their definitions know.
func sameParameter(p *mediaParameter, value string) bool {
	if equalFold(p.name, "charset") {
		return equalFold(p.value, value) || isUTF8(p.value) && isUTF8(value)
	}
	return p.value == value
}

func isUTF8(charset string) bool { return equalFold(charset, "utf-8") || equalFold(charset, "utf8") }

// splitType cuts a Content-Type into type and subtype without allocating.
func splitType(contentType string) (typ, sub string, ok bool) {
	if i := strings.IndexByte(contentType, ';'); i >= 0 {
		contentType = contentType[:i]
	}
	contentType = strings.TrimSpace(contentType)
	typ, sub, ok = strings.Cut(contentType, "/")
	return typ, sub, ok && typ != "" && sub != ""
}
