package wire

import "strings"

// statusLine reads "HTTP/1.1 200 OK" (RFC 9112, section 4). The space after
// the status is required there and missing in some servers' answers.
func (x *explainer) statusLine(l line) *Error {
	version, rest, _ := strings.Cut(l.text, " ")
	minor, ok := minorVersion(version)
	if !ok {
		return badAnswer(l, version)
	}
	x.minor = minor
	at := len(version) + 1
	status := rest[:min(3, len(rest))]
	switch {
	case strings.HasPrefix(rest, " "):
		return l.at(at, at+leadingOWS(rest), statusSpaces)
	case strings.TrimSpace(rest) == "":
		return l.at(min(at, len(l.text)), len(l.text), statusMissing)
	case len(status) < 3 || strings.Trim(status, "0123456789") != "" || len(rest) > 3 && rest[3] != ' ':
		end := at + len(rest)
		if i := strings.IndexByte(rest, ' '); i >= 0 {
			end = at + i
		}
		return l.at(at, end, statusInvalid)
	case status[0] == '0':
		return l.at(at, at+3, statusRange, status)
	}
	x.status = int(status[0]-'0')*100 + int(status[1]-'0')*10 + int(status[2]-'0')
	if len(rest) < 4 {
		return nil
	}
	x.reason = rest[4:]
	if i := firstNot(x.reason, &valueByte); i >= 0 {
		return l.byteAt(at+4+i, reasonControl, ByteName(rest[4+i]))
	}
	return nil
}

// badAnswer says what a first line is that begins with no known version.
func badAnswer(l line, version string) *Error {
	switch {
	case l.text == "":
		return l.at(0, 0, answerNoHTTP)
	case l.text[0] == ' ' || l.text[0] == '\t':
		return l.at(0, leadingOWS(l.text), answerSpace)
	case isVersion(version) || version == "HTTP/2" || version == "HTTP/3":
		return l.at(0, len(version), answerVersion2, version)
	case len(version) >= 4 && lowerEqual(version[:4], "http"):
		return l.at(0, len(version), answerVersion, clip(version))
	}
	return l.at(0, min(len(l.text), 1), answerNoHTTP)
}
