package wire

import (
	"bytes"
	"errors"
	"strings"

	"github.com/faultline-http/faultline"
)

func bareEnd(l line, f *Fault) *Error { return l.byteAt(len(l.text), f) }

// chunkLine reads "1a;name=value" (RFC 9112, section 7.1): the size and the
// length of the extensions.
func chunkLine(l line) (size int64, extensions int, err *Error) {
	text := l.text
	n := 0
	for n < len(text) && hexDigit(text[n]) >= 0 {
		// More than 16 digits are 64 bits: leading zeros are how lengths are smuggled past a reader that cuts them.
		if size >= 1<<58 || n == 16 {
			return 0, 0, l.at(0, len(strings.TrimRight(text, " ")), chunkSizeHuge, clip(text))
		}
		size = size<<4 | int64(hexDigit(text[n]))
		n++
	}
	rest := text[n:]
	if n == 0 {
		return 0, 0, noSize(l)
	}
	if rest == "" {
		return size, 0, nil
	}
	return size, len(rest), checkExtension(l, n)
}

func noSize(l line) *Error {
	text := l.text
	switch {
	case text == "" || text[0] == ';':
		return l.at(0, 0, chunkSizeMissing)
	case text[0] == '-' || text[0] == '+':
		return l.byteAt(0, chunkSizeSigned, clip(text))
	case text[0] == ' ' || text[0] == '\t':
		return l.at(0, leadingOWS(text), chunkSizeSpace, clip(trimOWS(text)))
	}
	return l.byteAt(0, chunkSizeInvalid, clip(text))
}

// checkExtension judges what follows the size.
func checkExtension(l line, at int) *Error {
	rest := l.text[at:]
	switch c := rest[0]; {
	case c == ';':
	case c == ' ' || c == '\t':
		// RFC 9112, section 7.1.1, tolerates white space before the semicolon; parsers differ about it, so it is refused.
		return l.at(at, at+leadingOWS(rest), chunkSizeSpace, clip(l.text[:at]))
	case (c == 'x' || c == 'X') && strings.Trim(l.text[:at], "0") == "":
		return l.byteAt(at, chunkSizePrefix, clip(l.text))
	case c == '\r':
		return l.byteAt(at, chunkExtCR)
	default:
		return l.byteAt(at, chunkSizeFollow, clip(rest))
	}
	quoted := -1
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '\r':
			return l.byteAt(at+i, chunkExtCR)
		case !valueByte[c]:
			return l.byteAt(at+i, chunkExtControl, ByteName(c))
		case c == '"' && quoted >= 0:
			quoted = -1
		case c == '"':
			quoted = i
		case c == '\\' && quoted >= 0 && i+1 < len(rest) && valueByte[rest[i+1]]:
			i++ // quoted-pair (RFC 9110, section 5.6.4)
		}
	}
	if quoted >= 0 {
		return l.at(at+quoted, len(l.text), chunkExtQuote)
	}
	return nil
}

// chunkEnd judges the two bytes after the data of a chunk.
func chunkEnd(two []byte, offset int64) *Error {
	if len(two) == 0 {
		return nil
	}
	l := line{text: string(two[:min(len(two), 2)]), offset: offset}
	switch {
	case two[0] == '\n':
		return l.byteAt(0, chunkDataLF)
	case two[0] != '\r':
		return l.byteAt(0, chunkDataLong, ByteName(two[0]))
	case len(two) > 1 && two[1] != '\n':
		return l.byteAt(1, chunkDataLong, ByteName(two[1]))
	}
	return nil
}

// trailerField reads a field of a trailer section.
func trailerField(l line) (faultline.Field, *Error) {
	f, err := splitField(l, false)
	if err != nil {
		return faultline.Field{}, err
	}
	// RFC 9110, section 6.5.1: fields of framing and routing have no business here.
	for _, name := range [...]string{"content-length", "transfer-encoding", "host", "trailer"} {
		if lowerEqual(f.Name, name) {
			return faultline.Field{}, l.at(0, len(f.Name), trailerForbidden, f.Name)
		}
	}
	return f.Field, nil
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// ExplainChunked says what is wrong with a body in chunks whose beginning is
// raw. ended means that the connection ended after it. nil means that nothing is
// wrong so far, or in the whole body.
func ExplainChunked(raw []byte, lim Limits, ended bool) *Error {
	var rd Reader
	rd.Reset(bytes.NewReader(raw))
	defer rd.Close()
	lim = lim.WithDefaults()
	var b Body
	b.Reset(&rd, Framing{Kind: Chunked}, &lim)
	for {
		_, _, err := b.Next()
		if err == nil {
			continue
		}
		var wrong *Error
		switch {
		case errors.As(err, &wrong):
			return wrong
		case errors.Is(err, ErrCut) && ended:
			return line{offset: int64(len(raw))}.at(0, 0, chunkedCut)
		}
		return nil
	}
}
