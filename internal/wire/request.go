package wire

import (
	"bufio"
	"net/http"
	"strings"
)

// A Request is the head of a request.
type Request struct {
	Head
	Method  string
	Target  string // as it came
	Host    string // the authority: of the target if it has one, else of the Host field
	Expect  bool   // the client waits for 100 (Continue) before it sends the body
	Upgrade string // the protocols that the client offers to switch to; empty if none
}

// sniffRequest recognises other protocols by their first bytes, before a line
// end is waited for that they may never send.
func sniffRequest(br *bufio.Reader) error {
	first, err := br.Peek(1)
	if err != nil {
		return err
	}
	switch c := first[0]; {
	case c == 0x16 || c == 0x80:
		// A TLS record of type handshake (RFC 8446, section 5.1), or the ClientHello of SSL 2.
		return line{number: 1}.bad(0, "TLS was spoken to a port that expects plain HTTP: use http:// here").about(OtherProtocol)
	case tokenByte[c] || c == '\r' || c == '\n':
		return nil
	default:
		return line{number: 1}.bad(0, "%s begins no HTTP request", byteName(c))
	}
}

func (r *Request) parse(raw string) error {
	*r = Request{Head: Head{Raw: raw}}
	end := indexLF(raw)
	l := line{text: raw[:end-1], number: 1}
	if err := r.parseLine(l); err != nil {
		return err
	}
	if err := r.parseFields(end + 1); err != nil {
		return err
	}
	if err := r.checkHost(); err != nil {
		return err
	}
	if err := r.frameRequest(); err != nil {
		return err
	}
	r.readConnection()
	r.Expect = r.Minor == 1 && r.Framing.Kind != NoBody && lowerEqual(r.Header.Value("Expect"), "100-continue")
	return nil
}

// parseLine reads "GET /path HTTP/1.1" (RFC 9112, section 3): one space
// between the parts, none inside them.
func (r *Request) parseLine(l line) *Error {
	method, rest, ok := strings.Cut(l.text, " ")
	if i := firstNot(method, &tokenByte); i >= 0 || method == "" {
		return l.bad(max(i, 0), "the request line does not begin with a method")
	}
	if !ok {
		return l.bad(len(method), "the request line has no request target")
	}
	sp := strings.LastIndexByte(rest, ' ')
	if sp < 0 {
		return l.bad(len(l.text), "the request line does not end with a version such as HTTP/1.1")
	}
	target, version := rest[:sp], rest[sp+1:]
	if err := r.parseVersion(l, method, version); err != nil {
		return err
	}
	for i := range len(target) {
		if c := target[i]; c <= ' ' || c == 0x7f || c == '#' {
			return l.bad(len(method)+1+i, "%s stands in the request target: it must be percent-encoded as %%%02X", byteName(c), c).about(Target)
		}
	}
	r.Method, r.Target = method, target
	return r.parseTarget(l)
}

func (r *Request) parseVersion(l line, method, version string) *Error {
	at := len(l.text) - len(version)
	switch {
	case method == "PRI" && version == "HTTP/2.0":
		return l.wrong(at, http.StatusHTTPVersionNotSupported, "HTTP/2 was begun without being negotiated: this port takes HTTP/1.1").about(Version)
	case version == "HTTP/1.0":
		return nil
	case len(version) == 8 && version[:7] == "HTTP/1." && '1' <= version[7] && version[7] <= '9':
		// RFC 9110, section 2.5: a higher minor version is treated as the highest known.
		r.Minor = 1
		return nil
	case len(version) == 8 && version[:5] == "HTTP/" && isDigit(version[5]) && version[6] == '.' && isDigit(version[7]):
		return l.wrong(at, http.StatusHTTPVersionNotSupported, "the version %s is not supported: HTTP/1.1 and HTTP/1.0 are", version).about(Version)
	}
	return l.bad(at, "the request line does not end with a version such as HTTP/1.1")
}

// parseTarget tells the four forms apart (RFC 9112, section 3.2).
func (r *Request) parseTarget(l line) *Error {
	at := len(r.Method) + 1
	switch {
	case r.Target == "":
		return l.bad(at, "the request line has no request target")
	case r.Method == http.MethodConnect:
		if firstNot(r.Target, &hostByte) >= 0 {
			return l.bad(at, "the target of CONNECT must be a host and a port").about(Target)
		}
		r.Host = r.Target
		return nil
	case r.Target[0] == '/':
		return nil
	case r.Target == "*":
		if r.Method != http.MethodOptions {
			return l.bad(at, "the target `*` is for OPTIONS only").about(Target)
		}
		return nil
	}
	scheme, rest, ok := strings.Cut(r.Target, "://")
	if !ok || !lowerEqual(scheme, "http") && !lowerEqual(scheme, "https") {
		return l.bad(at, "the request target must begin with a slash").about(Target)
	}
	authority := rest
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		authority = rest[:i]
	}
	if authority == "" || firstNot(authority, &hostByte) >= 0 {
		return l.bad(at+len(scheme)+3, "the request target names no valid host").about(Target)
	}
	r.Host = authority
	return nil
}

// checkHost holds the Host field to RFC 9112, section 3.2: exactly one in
// HTTP/1.1, and a valid one; everything else is answered 400.
func (r *Request) checkHost() *Error {
	seen := -1
	for i, f := range r.Header {
		if !lowerEqual(f.Name, "host") {
			continue
		}
		l := r.fieldLine(i)
		if seen >= 0 {
			return l.bad(0, "the request has a second Host field").about(Field)
		}
		if at := firstNot(f.Value, &hostByte); at >= 0 {
			return l.bad(strings.Index(l.text, f.Value)+at, "%s cannot stand in the Host field", byteName(f.Value[at])).about(Field)
		}
		seen = i
	}
	if seen < 0 {
		if r.Minor == 1 {
			return r.endLine().bad(0, "the request has no Host field, which HTTP/1.1 requires").about(Field)
		}
		return nil
	}
	if r.Host == "" {
		r.Host = r.Header[seen].Value
	}
	return nil
}

// readConnection notes what the Connection fields say about reuse and upgrade.
func (r *Request) readConnection() {
	keep := false
	upgrade := false
	for option := range r.Options() {
		switch {
		case lowerEqual(option, "close"):
			r.Close = true
		case lowerEqual(option, "keep-alive"):
			keep = true
		case lowerEqual(option, "upgrade"):
			upgrade = true
		}
	}
	if r.Minor == 0 && !keep {
		r.Close = true
	}
	// RFC 9110, section 7.8: Upgrade counts only in HTTP/1.1 and with its connection option.
	if upgrade && r.Minor == 1 {
		r.Upgrade = r.Header.Value("Upgrade")
	}
}
