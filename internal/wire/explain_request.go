package wire

import (
	"net/http"
	"strings"
)

// requestLine reads "GET /path HTTP/1.1" (RFC 9112, section 3): one space
// between the parts, none inside them.
func (x *explainer) requestLine(l line) *Error {
	method, rest, ok := strings.Cut(l.text, " ")
	if err := badMethod(l, method); err != nil {
		return err
	}
	if !ok {
		return l.at(len(method), len(method), targetMissing)
	}
	if i := strings.IndexByte(l.text, '\r'); i >= 0 {
		return l.byteAt(i, bareCR, "the request line")
	}
	at := len(method) + 1
	sp := strings.LastIndexByte(rest, ' ')
	if sp < 0 {
		return noVersion(l, at, rest)
	}
	words, version := rest[:sp], rest[sp+1:]
	if version == "" {
		end := len(strings.TrimRight(l.text, " \t"))
		return l.at(end, len(l.text), lineSpaceLast)
	}
	if err := x.version(l, method, version); err != nil {
		return err
	}
	if err := badTarget(l, at, words); err != nil {
		return err
	}
	x.target = target{method: method, text: words, at: at}
	return x.target.check(l)
}

func badMethod(l line, method string) *Error {
	i := firstNot(method, &tokenByte)
	if i < 0 && method != "" {
		return nil
	}
	if method == "" {
		return l.at(0, leadingOWS(l.text), lineSpaceFirst)
	}
	if known := methodAfter(l.text, method, i); known != "" {
		n := len(method) - len(known)
		return l.at(0, n, bodyLeftOver, n, known)
	}
	switch c := method[i]; {
	case c == '\t' && i == 0:
		return l.at(0, leadingOWS(l.text), lineSpaceFirst)
	case c == '\t' || c == '\v' || c == '\f':
		return l.byteAt(i, lineTab, ByteName(c))
	case c == '\r':
		return l.byteAt(i, bareCR, "the request line")
	case c == 0 && i > 0:
		return l.byteAt(i, nulByte, "the request line")
	case i == 0 && (c < ' ' || c >= 0x7f):
		return l.byteAt(i, garbage, ByteName(c))
	default:
		return l.byteAt(i, methodInvalid, ByteName(c))
	}
}

// methodAfter is the method that the word ends with, if something that is no
// part of it stands before it and the line goes on as a request line does.
func methodAfter(text, word string, bad int) string {
	if c := word[bad]; c <= ' ' || c >= 0x7f || !strings.HasSuffix(text, " HTTP/1.1") && !strings.HasSuffix(text, " HTTP/1.0") {
		return ""
	}
	for _, known := range [...]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT"} {
		if strings.HasSuffix(word[bad+1:], known) {
			return known
		}
	}
	return ""
}

// noVersion is for a line of two words: the form of HTTP/0.9, or one part left out.
func noVersion(l line, at int, word string) *Error {
	switch {
	case strings.HasPrefix(word, "HTTP/") || word == "":
		return l.at(at, at, targetMissing)
	case strings.ContainsAny(word, "\t\v\f"):
		i := strings.IndexAny(word, "\t\v\f")
		return l.byteAt(at+i, lineTab, ByteName(word[i]))
	}
	return l.at(len(l.text), len(l.text), versionMissing)
}

// version reads the last word of the request line.
func (x *explainer) version(l line, method, version string) *Error {
	at, end := len(l.text)-len(version), len(l.text)
	minor, ok := minorVersion(version)
	switch {
	case ok:
		x.minor = minor
		return nil
	case method == "PRI" && version == "HTTP/2.0":
		return l.at(at, end, http2Preface)
	case isVersion(version) || version == "HTTP/2" || version == "HTTP/3":
		return l.at(at, end, versionUnsupported, version)
	case strings.HasPrefix(version, "RTSP/") || strings.HasPrefix(version, "SIP/"):
		return l.at(at, end, otherVersion, clip(version))
	case len(version) > 5 && lowerEqual(version[:5], "http/") && version[:5] != "HTTP/":
		return l.at(at, at+5, versionCase, clip(version))
	case strings.IndexByte(version, '\t') > 0 && strings.HasPrefix(version, "HTTP/"):
		i := strings.IndexByte(version, '\t')
		return l.at(at+i, end, lineSpaceLast)
	case strings.HasPrefix(version, "HTTP"):
		return l.at(at, end, versionMalformed, clip(version))
	}
	if i := strings.IndexAny(version, "\t\v\f"); i >= 0 {
		return l.byteAt(at+i, lineTab, ByteName(version[i]))
	}
	return l.at(end, end, versionMissing)
}

// minorVersion reads HTTP/1.x. RFC 9110, section 2.5: a higher minor version
// is treated as the highest known.
func minorVersion(s string) (minor int, ok bool) {
	if len(s) != 8 || s[:7] != "HTTP/1." || !isDigit(s[7]) {
		return 0, false
	}
	return int(min(s[7]-'0', 1)), true
}

func isVersion(s string) bool {
	return len(s) == 8 && s[:5] == "HTTP/" && isDigit(s[5]) && s[6] == '.' && isDigit(s[7])
}

// badTarget looks for bytes that no target has. What is not in RFC 3986 and
// understood alike by everybody passes: `|`, `{`, bytes beyond ASCII, a `%`
// that encodes nothing. The API may judge it.
func badTarget(l line, at int, text string) *Error {
	if text == "" || text[0] == ' ' {
		n := len(text) - len(strings.TrimLeft(text, " "))
		if n == len(text) {
			return l.at(at, at+n, targetMissing)
		}
		return l.at(at, at+n, lineSpaces)
	}
	if trimmed := strings.TrimRight(text, " "); len(trimmed) < len(text) && !strings.Contains(trimmed, " ") {
		return l.at(at+len(trimmed), at+len(text), lineSpaces)
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c == ' ':
			return l.byteAt(at+i, targetSpace)
		case c == '#':
			return l.byteAt(at+i, targetFragment)
		case c == 0:
			return l.byteAt(at+i, nulByte, "the request target")
		case c < ' ' || c == 0x7f:
			return l.byteAt(at+i, targetControl, ByteName(c), c)
		}
	}
	return nil
}

// A target is a request target with its place in the request line.
type target struct {
	method, text string
	at           int
	authority    string // of absolute-form and authority-form
}

// check tells the four forms apart (RFC 9112, section 3.2).
func (t *target) check(l line) *Error {
	switch {
	case t.method == http.MethodConnect:
		return t.checkConnect(l)
	case t.text[0] == '/':
		return nil
	case t.text == "*":
		if t.method != http.MethodOptions {
			return l.at(t.at, t.at+1, targetAsterisk)
		}
		return nil
	}
	scheme, rest, ok := strings.Cut(t.text, "://")
	switch {
	case !ok || firstNot(scheme, &tokenByte) >= 0:
		return l.at(t.at, t.at, targetNoSlash)
	case !lowerEqual(scheme, "http") && !lowerEqual(scheme, "https"):
		return l.at(t.at, t.at+len(scheme), targetScheme, clip(scheme))
	}
	authority := rest
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		authority = rest[:i]
	}
	t.authority = authority
	return checkAuthority(l, t.at+len(scheme)+3, authority, targetFaults)
}

// checkConnect: RFC 9110, section 9.3.6: host and port, and there is no default port.
func (t *target) checkConnect(l line) *Error {
	end := t.at + len(t.text)
	if strings.ContainsAny(t.text, "/?@") || t.text == "*" {
		return l.at(t.at, end, connectTarget)
	}
	if err := checkAuthority(l, t.at, t.text, targetFaults); err != nil {
		return err
	}
	if _, port := splitPort(t.text); port == "" {
		return l.at(end, end, connectPort)
	}
	t.authority = t.text
	return nil
}
