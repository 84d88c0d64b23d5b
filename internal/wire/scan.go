package wire

import (
	"bytes"
	"strings"

	"github.com/faultline-http/faultline"
)

// The scanner takes messages that are well-formed and says no to everything
// else, without a word: what is wrong with them is found out by reading them a
// second time, slowly (explain). The two agree, which a fuzz target holds.

func indexNewline(b []byte) int { return bytes.IndexByte(b, '\n') }

// FieldKind tells the fields that the connection or the framing depends on.
type FieldKind uint8

// The kinds of fields.
const (
	Ordinary FieldKind = iota
	HostField
	ContentLengthField
	TransferEncodingField
	ConnectionField
	KeepAliveField
	ProxyConnectionField
	TEField
	UpgradeField
	ExpectField
	ViaField
	disguisedField // what some servers take for a field of the framing
)

// Special names a field that is more than data, by its index.
type Special struct {
	Index int
	Kind  FieldKind
}

// Special are the fields that are more than data, in their order.
func (h *Head) Special() []Special { return h.special }

// SpecialValue is the value of the first field of the kind, and whether there is one.
func (h *Head) SpecialValue(kind FieldKind) (string, bool) {
	for _, s := range h.special {
		if s.Kind == kind {
			return h.Header[s.Index].Value, true
		}
	}
	return "", false
}

// FirstLine returns the request or status line as it came.
func (h *Head) FirstLine() string { return h.Raw[:h.lines[0]] }

// FieldLines returns the lines of the fields from i up to j as they came.
func (h *Head) FieldLines(i, j int) string { return h.Raw[h.lines[i]:h.lines[j]] }

// kindOf recognises the special fields by length first, since most are not.
func kindOf(name string) FieldKind {
	switch len(name) {
	case 2:
		if lowerEqual(name, "te") {
			return TEField
		}
	case 3:
		if lowerEqual(name, "via") {
			return ViaField
		}
	case 4:
		if lowerEqual(name, "host") {
			return HostField
		}
	case 6:
		if lowerEqual(name, "expect") {
			return ExpectField
		}
	case 7:
		if lowerEqual(name, "upgrade") {
			return UpgradeField
		}
	case 10:
		switch {
		case lowerEqual(name, "connection"):
			return ConnectionField
		case lowerEqual(name, "keep-alive"):
			return KeepAliveField
		}
	case 14:
		switch {
		case lowerEqual(name, "content-length"):
			return ContentLengthField
		case lowerEqual(name, "content_length"):
			return disguisedField
		}
	case 16:
		if lowerEqual(name, "proxy-connection") {
			return ProxyConnectionField
		}
	case 17:
		switch {
		case lowerEqual(name, "transfer-encoding"):
			return TransferEncodingField
		case lowerEqual(name, "transfer_encoding"):
			return disguisedField
		}
	}
	return Ordinary
}

// reset makes the head empty and keeps its memory, which lines are in already.
func (h *Head) reset(raw []byte) {
	*h = Head{Header: h.Header[:0], lines: h.lines, special: h.special[:0], Raw: view(raw), length: -1, coding: -1, host: -1}
}

// scanFields reads the field lines.
func (h *Head) scanFields(raw []byte) bool {
	for i := range len(h.lines) - 1 {
		text := raw[h.lines[i] : h.lines[i+1]-len("\r\n")]
		end := 0
		for end < len(text) && tokenByte[text[end]] {
			end++
		}
		if end == 0 || end == len(text) || text[end] != ':' {
			return false
		}
		value := text[end+1:]
		if !plainText(value) {
			return false
		}
		f := faultline.Field{Name: view(text[:end]), Value: trimOWS(view(value))}
		h.Header = append(h.Header, f)
		if kind := kindOf(f.Name); kind != Ordinary {
			h.special = append(h.special, Special{i, kind})
			if !h.note(kind, i, f.Value) {
				return false
			}
		}
	}
	return true
}

// note keeps what a special field says about framing and connection.
func (h *Head) note(kind FieldKind, i int, value string) bool {
	switch kind {
	case ContentLengthField:
		n, ok := parseLength(value)
		// Equal repetitions are an answer's privilege; see contentLength.
		if !ok || h.length >= 0 && (!h.answer || n != h.declared) {
			return false
		}
		h.declared, h.length = n, i
	case TransferEncodingField:
		if h.coding >= 0 || !lowerEqual(value, "chunked") {
			return false
		}
		h.coding = i
	case HostField:
		if !h.answer && h.host >= 0 {
			return false
		}
		h.host = i
		h.doubt = h.doubt || !plainHost(value)
	case disguisedField:
		h.doubt = true
	case ConnectionField:
		h.noteConnection(value)
	case UpgradeField:
		h.upgrade = value
	case ExpectField:
		h.expect = value
	}
	return true
}

func (h *Head) noteConnection(value string) {
	for len(value) > 0 {
		option := value
		if i := indexComma(value); i >= 0 {
			option, value = value[:i], value[i+1:]
		} else {
			value = ""
		}
		option = trimOWS(option)
		switch {
		case option == "":
		case lowerEqual(option, "close"):
			h.close = true
		case lowerEqual(option, "keep-alive"):
			h.keepAlive = true
		case lowerEqual(option, "upgrade"):
			h.upgrades = true
		case lowerEqual(option, "te"):
		default:
			h.Named = true
		}
	}
}

func indexComma(s string) int {
	for i := range len(s) {
		if s[i] == ',' {
			return i
		}
	}
	return -1
}

// plainHost reports whether an authority is a name or an IPv4 address with a
// port or without: what nearly all are.
func plainHost(s string) bool {
	name := len(s)
	for i := range len(s) {
		if s[i] == ':' {
			name = i
			break
		}
		if c := s[i] | 0x20; (c < 'a' || c > 'z') && !isDigit(s[i]) && s[i] != '.' && s[i] != '-' {
			return false
		}
	}
	port := s[name:]
	for i := 1; i < len(port); i++ {
		if !isDigit(port[i]) || i == 1 && port[i] == '0' {
			return false
		}
	}
	const highest = ":65535"
	return name > 0 && len(port) != 1 && (len(port) < len(highest) || len(port) == len(highest) && port <= highest)
}

func (*Request) begins(c byte) bool { return tokenByte[c] || c == '\r' }

// scan takes the head of a request apart.
func (r *Request) scan(raw []byte) bool {
	r.reset(raw)
	r.Method, r.Target, r.Host, r.Expect, r.Upgrade = "", "", "", false, ""
	first := raw[:r.lines[0]-len("\r\n")]
	if !r.scanLine(first) || !r.scanFields(raw) {
		return false
	}
	if r.host < 0 && r.Minor == 1 {
		return false
	}
	if r.Host == "" && r.host >= 0 {
		r.Host = r.Header[r.host].Value
	}
	switch {
	case r.coding >= 0 && (r.length >= 0 || r.Minor == 0):
		return false
	case r.coding >= 0:
		r.Framing = Framing{Kind: Chunked}
	case r.length >= 0 && r.declared > 0:
		r.Framing = Framing{Kind: Length, Length: r.declared}
	}
	r.Close = r.close || r.Minor == 0 && !r.keepAlive
	// RFC 9110, section 7.8: Upgrade counts only in HTTP/1.1 and with its connection option.
	if r.upgrades && r.Minor == 1 {
		r.Upgrade = r.upgrade
	}
	r.Expect = r.Minor == 1 && r.Framing.Kind != NoBody && lowerEqual(r.expect, "100-continue")
	// The limits have been kept to while the lines arrived.
	return !r.doubt || ExplainRequest(raw, Limits{Line: MaxHead, Head: MaxHead, Fields: MaxHead}) == nil
}

// scanLine reads "GET /path HTTP/1.1".
func (r *Request) scanLine(b []byte) bool {
	method := 0
	for method < len(b) && tokenByte[b[method]] {
		method++
	}
	at := len(b) - len(" HTTP/1.1")
	if method == 0 || at <= method+1 || b[method] != ' ' {
		return false
	}
	version := b[at:]
	if string(version[:8]) != " HTTP/1." || !isDigit(version[8]) {
		return false
	}
	if version[8] != '0' {
		r.Minor = 1
	}
	target := b[method+1 : at]
	for _, c := range target {
		if c <= ' ' || c == 0x7f || c == '#' {
			return false
		}
	}
	r.Method, r.Target = view(b[:method]), view(target)
	if target[0] != '/' || r.Method == "CONNECT" {
		r.doubt = true
		r.Host = authorityOf(r.Method, r.Target)
	}
	return true
}

// authorityOf is the authority of a target that is not in origin-form.
func authorityOf(method, target string) string {
	if method == "CONNECT" {
		return target
	}
	_, rest, _ := strings.Cut(target, "://")
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

func (*Request) explain(raw []byte, lim Limits) *Error { return ExplainRequest(raw, lim) }

func (*Response) begins(c byte) bool { return c == 'H' }

func (r *Response) explain(raw []byte, lim Limits) *Error { return ExplainResponse(raw, r.method, lim) }

// scan takes the head of a response apart.
func (r *Response) scan(raw []byte) bool {
	r.reset(raw)
	r.answer = true
	r.Status, r.Reason = 0, ""
	if !r.scanLine(raw[:r.lines[0]-len("\r\n")]) || !r.scanFields(raw) {
		return false
	}
	switch {
	case r.coding >= 0 && r.length >= 0:
		return false
	case r.method == "HEAD" || r.Status < 200 || r.Status == 204 || r.Status == 304:
		// RFC 9112, section 6.3, number 1: these have no body, whatever their fields say.
	case r.coding >= 0 && r.Minor == 0:
		return false
	case r.coding >= 0:
		r.Framing = Framing{Kind: Chunked}
	case r.length >= 0:
		if r.declared > 0 {
			r.Framing = Framing{Kind: Length, Length: r.declared}
		}
	default:
		r.Framing = Framing{Kind: UntilClose}
	}
	r.Close = r.close || r.Minor == 0 && !r.keepAlive || r.Framing.Kind == UntilClose
	return true
}

// scanLine reads "HTTP/1.1 200 OK".
func (r *Response) scanLine(b []byte) bool {
	const shortest = len("HTTP/1.1 200")
	if len(b) < shortest || string(b[:7]) != "HTTP/1." || !isDigit(b[7]) || b[8] != ' ' {
		return false
	}
	if b[7] != '0' {
		r.Minor = 1
	}
	if b[9] < '1' || b[9] > '9' || !isDigit(b[10]) || !isDigit(b[11]) || len(b) > shortest && b[12] != ' ' {
		return false
	}
	r.Status = int(b[9]-'0')*100 + int(b[10]-'0')*10 + int(b[11]-'0')
	if len(b) > shortest+1 {
		reason := b[shortest+1:]
		if !plainText(reason) {
			return false
		}
		r.Reason = view(reason)
	}
	return true
}
