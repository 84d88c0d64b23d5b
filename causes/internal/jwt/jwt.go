// Package jwt reads JSON Web Tokens (RFC 7519) without verifying them: it says
// what a token claims, or what exactly keeps it from being a token. It trusts
// nothing that it reads; whether the signature is good is for the server to
// say.
package jwt

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

// maxToken bounds what is decoded. Servers refuse header fields of more than 8
// to 64 KiB, so a longer token never arrives.
const maxToken = 64 << 10

// A Mistake is a way in which text fails to be a token.
type Mistake string

// The mistakes, by what a sender did.
const (
	Quoted    Mistake = "quotes"       // "…" or '…' around the token
	Twice     Mistake = "scheme twice" // "Bearer " inside the token
	Broken    Mistake = "line break"   // a line break or other white space inside, also percent-encoded
	Bracketed Mistake = "placeholder"  // <token>, {{token}}, ${TOKEN}: never filled in
	Literal   Mistake = "no value"     // undefined, null, [object Object]
	Opaque    Mistake = "opaque"       // no dots at all: some other kind of token
	Segments  Mistake = "segments"     // not three parts
	Alphabet  Mistake = "alphabet"     // a character that is not base64url
	Padding   Mistake = "padding"      // "=" where none may stand
	Coding    Mistake = "base64"       // a length that no base64url text has
	NotJSON   Mistake = "not JSON"     // header or claims do not parse
	Answer    Mistake = "answer"       // the whole answer of the token endpoint
	Dates     Mistake = "dates"        // exp, nbf or iat is no number
	Unsigned  Mistake = "unsigned"     // alg none, or an empty signature
	TooLong   Mistake = "too long"
)

// An Error says what keeps text from being a token. Start and End mark the
// bytes of the text that it is about.
type Error struct {
	Mistake    Mistake
	Message    string // never quotes the token
	Start, End int
	Part       string // "header", "claims", "signature", if it is about one
	Cut        bool   // the text looks like the beginning of a token
	Mended     string // the token without the mistake, if that is certain
}

func (e *Error) Error() string { return e.Message }

// Looks reports whether text looks like a token that was meant to be a JWT: it
// begins as the encoding of `{"` does, or its second part of three does.
func Looks(text string) bool {
	text = strings.TrimLeft(text, " \t\"'")
	if _, claims, ok := strings.Cut(text, "."); ok && strings.HasPrefix(claims, "eyJ") && strings.Count(claims, ".") == 1 {
		return true // its beginning was cut off
	}
	return strings.HasPrefix(text, "eyJ") || strings.HasPrefix(text, "ewo") || strings.HasPrefix(text, "eyA")
}

// Decode reads a token. If only its signature is wrong or absent, the claims
// are returned with the error.
func Decode(text string) (Claims, *Error) {
	if len(text) > maxToken {
		return Claims{}, &Error{Mistake: TooLong, Message: "the token is longer than any server accepts", End: len(text)}
	}
	if err := unfilled(text, lower(text)); err != nil {
		return Claims{}, err
	}
	if err := wrapping(text); err != nil {
		return Claims{}, err
	}
	parts := strings.Split(text, ".")
	if err := counted(text, parts); err != nil {
		return Claims{}, err
	}
	claims := Claims{Length: len(text), Encrypted: len(parts) == 5}
	at := 0
	for i, part := range parts {
		data, err := segment(part, at, partNames[min(i, 2)])
		if err != nil && i == 2 && !claims.Encrypted {
			return claims, err
		}
		if err != nil {
			return Claims{}, err
		}
		if i == 2 && !claims.Encrypted {
			claims.Signature = len(data)
		}
		if err := claims.read(i, data, at, len(part)); err != nil {
			return Claims{}, err
		}
		at += len(part) + 1
	}
	if strings.EqualFold(claims.Algorithm, "none") {
		return claims, &Error{Mistake: Unsigned, Message: "the token is not signed: its algorithm is `none`", End: len(parts[0]), Part: "header"}
	}
	if len(parts) == 3 && parts[2] == "" {
		return claims, &Error{Mistake: Unsigned, Message: "the token has no signature: its third part is empty", Start: len(text) - 1, End: len(text), Part: "signature"}
	}
	if claims.badDate != "" {
		start := len(parts[0]) + 1
		return claims, &Error{
			Mistake: Dates, Part: "claims", Start: start, End: start + len(parts[1]),
			Message: "`" + claims.badDate + "` of the token is not a number: RFC 7519 wants seconds since 1970",
		}
	}
	return claims, nil
}

var partNames = [...]string{"header", "claims", "signature"}

// wrapping finds what stands around or between the characters of a token.
func wrapping(text string) *Error {
	if n := len(text); n >= 2 && (text[0] == '"' || text[0] == '\'' || text[0] == '`') {
		e := &Error{Mistake: Quoted, Message: "the token stands in quotes", End: 1, Mended: strings.Trim(text, "\"'` ")}
		if text[n-1] != text[0] {
			e.Message = "the token begins with a quote"
		}
		return e
	}
	if i := strings.IndexAny(text, "\"'`"); i >= 0 {
		return &Error{Mistake: Quoted, Message: "a quote stands in the token", Start: i, End: i + 1, Mended: strings.Trim(text, "\"'`")}
	}
	low := lower(text)
	for _, scheme := range []string{"bearer ", "jwt ", "token "} {
		if strings.HasPrefix(low, scheme) {
			return &Error{Mistake: Twice, Message: "the scheme stands twice before the token", End: len(scheme) - 1, Mended: strings.TrimSpace(text[len(scheme):])}
		}
	}
	for _, end := range []string{"%0a", "%0d", "%20", `\n`, `\r`} {
		if i := strings.Index(low, end); i >= 0 {
			e := &Error{Mistake: Broken, Message: "an escaped line break or space stands in the token", Start: i, End: i + len(end)}
			if i+len(end) == len(text) {
				e.Message, e.Mended = "an escaped line break or space stands at the end of the token", text[:i]
			}
			return e
		}
	}
	for i := range len(text) {
		if text[i] <= ' ' || text[i] == 0x7f {
			return &Error{Mistake: Broken, Message: "white space stands inside the token", Start: i, End: i + 1}
		}
	}
	return nil
}

// unfilled finds what programs send when they had no token to send.
func unfilled(text, low string) *Error {
	switch low {
	case "undefined", "null", "none", "nil", "nan", "[object", "[object object]", "[object promise]", "false", "true", "(null)", "<nil>", "nullptr":
		return &Error{Mistake: Literal, Message: "the word `" + low + "` was sent in place of a token", End: len(text)}
	}
	if strings.HasPrefix(text, "{") && strings.Contains(low, "token") && len(text) > 24 {
		return &Error{Mistake: Answer, Message: "the whole JSON answer of the token endpoint was sent in place of the token in it", End: len(text)}
	}
	open := strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">") || strings.HasPrefix(text, "{") && strings.HasSuffix(text, "}") ||
		strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") || strings.HasPrefix(text, "$")
	switch {
	case open && len(text) <= 80, low == "your_token", low == "your-token", low == "access_token", low == "token", strings.HasPrefix(low, "your_") && len(low) < 40:
		return &Error{Mistake: Bracketed, Message: "a placeholder was sent in place of a token", End: len(text)}
	}
	return nil
}

func counted(text string, parts []string) *Error {
	switch n := len(parts); {
	case n == 1:
		return &Error{Mistake: Opaque, Message: "the token has no dots: it is not a JWT", End: len(text), Cut: Looks(text)}
	case n == 3, n == 5:
		return nil
	case n == 2:
		e := &Error{Mistake: Segments, Message: "the token has 2 parts, a JWT has 3", Start: len(text), End: len(text), Part: "signature", Cut: true}
		if algorithm(parts[0]) == "none" {
			e.Mistake, e.Message = Unsigned, "the token is not signed: its algorithm is `none` and the signature is missing"
			e.Start, e.End, e.Part, e.Cut = 0, len(parts[0]), "header", false
		}
		return e
	default:
		third := len(parts[0]) + len(parts[1]) + len(parts[2]) + 2
		if n == 4 {
			return &Error{Mistake: Segments, Message: "the token has 4 parts, a JWT has 3", Start: third, End: len(text)}
		}
		return &Error{Mistake: Segments, Message: "the token has more than 5 parts, a JWT has 3", Start: third, End: len(text)}
	}
}

func algorithm(header string) string {
	data, err := base64.RawURLEncoding.DecodeString(header)
	if err != nil {
		return ""
	}
	var h struct {
		Alg string `json:"alg"`
	}
	if json.Unmarshal(data, &h) != nil {
		return ""
	}
	return strings.ToLower(h.Alg)
}

// segment decodes one part. RFC 7515, section 2: base64url without padding.
func segment(part string, at int, name string) ([]byte, *Error) {
	for i := range len(part) {
		c := part[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' {
			continue
		}
		e := &Error{Mistake: Alphabet, Part: name, Start: at + i, End: at + i + 1, Message: "the " + name + " of the token holds a character that base64url does not have"}
		switch c {
		case '+', '/':
			e.Message = "the " + name + " of the token is written in standard base64 (`+` and `/`), not in base64url (`-` and `_`)"
		case '=':
			e.Mistake, e.End = Padding, at+len(part)
			e.Message = "the " + name + " of the token ends with padding (`=`), which a JWT never has"
		}
		return nil, e
	}
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		// Every length but 4n+1 is possible: this text was cut, or lost a character.
		return nil, &Error{Mistake: Coding, Part: name, Start: at, End: at + len(part), Cut: true, Message: "the " + name + " of the token has a length that no base64url text has: characters are missing"}
	}
	return data, nil
}

func notJSON(name string, at, length int) *Error {
	return &Error{Mistake: NotJSON, Part: name, Start: at, End: at + length, Cut: true, Message: "the " + name + " of the token are not JSON: it was cut or changed"}
}

// lower keeps offsets: strings.ToLower makes invalid bytes longer.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}
