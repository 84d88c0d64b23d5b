// Package signs knows the names and values by which bodies report a failure
// behind a status of success: `"ok": false`, `"errors": [{...}]`, `"status": "failed"`.
package signs

import (
	"bytes"
	"slices"
	"strings"
)

// MostScanned is how much of a body is searched. The members that tell stand at
// the beginning of an envelope.
const MostScanned = 64 << 10

// signs are the beginnings and ends of names under which envelopes report a
// failure behind a status of success: error, errors, errcode, ok, success,
// status, userErrors.
var signs = [][]byte{
	[]byte(`rror`), []byte(`"err`), []byte(`"Err`), []byte(`"ERR`), []byte(`"ok"`), []byte(`"Ok"`), []byte(`"OK"`),
	[]byte(`ailed`), []byte(`nprocessed`), []byte(`uccess"`), []byte(`UCCESS"`), []byte(`ucceeded"`), []byte(`ucceed"`), []byte(`uccessful"`), []byte(`tatus"`), []byte(`STATUS"`), []byte(`Fault>`),
}

// In reports whether a body has a sign of failure in it. In JSON it
// takes a member with a telling name and a value that can mean a failure: a
// `"status": "paid"` and an `"errors": []` are no signs. Elsewhere the name is
// enough.
func In(body []byte) bool {
	body = body[:min(len(body), MostScanned)]
	if first := bytes.TrimLeft(body, " \t\r\n"); len(first) > 0 && (first[0] == '{' || first[0] == '[') {
		return memberFails(body)
	}
	for _, sign := range signs {
		if bytes.Contains(body, sign) {
			return true
		}
	}
	return false
}

// memberFails goes from colon to colon, since there are fewer of them than of
// quotes: what stands before one between quotes is a name.
func memberFails(body []byte) bool {
	for at := 0; ; at++ {
		next := bytes.IndexByte(body[at:], ':')
		if next < 0 {
			return false
		}
		at += next
		end := at - 1
		for end > 0 && body[end] <= ' ' {
			end--
		}
		if name := Name(body, end); name != nil && Tells(name, body[at+1:]) {
			return true
		}
	}
}

// longestName is how long a name can be that tells of a failure.
const longestName = 40

// shortestName is that of ok.
const shortestName = 2

// Name is the text of which the closing quote stands at body[end], if it may be
// one of the telling names, else nil: those have two r, c or s in a row (error,
// success, unprocessed, message), an f (failed), or a known end. Nearly all others
// are sorted out so on the way to their first letter.
func Name(body []byte, end int) []byte {
	if end < 2 || body[end] != '"' {
		return nil
	}
	may := knownEnd(body[end-2], body[end-1])
	last := byte(0)
	start := end - 1
	for lowest := max(0, end-longestName); start >= lowest && body[start] != '"'; start-- {
		c := body[start] | 0x20
		may = may || c == last && (c == 'r' || c == 'c' || c == 's') || c == 'f'
		last = c
	}
	if !may || start < 0 || body[start] != '"' || end-start <= shortestName {
		return nil
	}
	return body[start+1 : end]
}

// knownEnd knows the ends of status, msg, reason, ok and retcode.
func knownEnd(a, b byte) bool {
	switch [2]byte{a | 0x20, b | 0x20} {
	case [2]byte{'u', 's'}, [2]byte{'s', 'g'}, [2]byte{'o', 'n'}, [2]byte{'o', 'k'}, [2]byte{'d', 'e'}:
		return true
	}
	return false
}

// failures are values that mean a failure under one telling name or another.
var failures = [][]byte{[]byte(`false`), []byte(`1 `), []byte(`400`), []byte(`"failed: error"`)}

// Telling is the name if there are values that mean a failure under it, else nil.
func Telling(name string) []byte {
	quoted := []byte(`"` + name + `"`)
	text := Name(quoted, len(quoted)-1)
	if text != nil && slices.ContainsFunc(failures, func(value []byte) bool { return Tells(text, value) }) {
		return text
	}
	return nil
}

// Tells reports whether a member of the name, which is one that [Name] returned,
// with the value that begins there can mean that the call failed.
func Tells(name, value []byte) bool {
	value = bytes.TrimLeft(value, " \t\r\n")
	var room [longestName]byte
	low := room[:copy(room[:], name)]
	for i, c := range low {
		if 'A' <= c && c <= 'Z' {
			low[i] = c | 0x20
		}
	}
	s := string(low) // it does not escape
	switch s[len(s)-2:] {
	case "us":
		if strings.HasSuffix(s, "status") {
			return startsWith(value, 'e') || startsWith(value, 'f') || startsWith(value, '4') || startsWith(value, '5')
		}
	case "ok":
		if s == "ok" {
			return startsWith(value, 'f')
		}
	case "sg", "ge", "on":
		if (strings.HasSuffix(s, "msg") || strings.HasSuffix(s, "message") || s == "reason") && speaksOfFailure(value) {
			return true
		}
	}
	switch {
	case strings.Contains(s, "err") && (strings.HasPrefix(s, "err") || strings.Contains(s, "error")), strings.Contains(s, "fail"),
		strings.Contains(s, "unprocessed"), s == "retcode":
		return !nothing(value)
	case strings.Contains(s, "succe"):
		return startsWith(value, 'f')
	}
	return false
}

// startsWith looks at the first letter of a value, in quotes or without.
func startsWith(value []byte, c byte) bool {
	if len(value) > 0 && value[0] == '"' {
		value = value[1:]
	}
	return len(value) > 0 && value[0]|0x20 == c|0x20
}

// speaksOfFailure reports whether a text says at its beginning that something
// failed.
func speaksOfFailure(value []byte) bool {
	const said = 200
	value = value[:min(len(value), said)]
	if len(value) == 0 || value[0] != '"' {
		return false
	}
	if end := bytes.IndexByte(value[1:], '"'); end >= 0 {
		value = value[:end+1]
	}
	return bytes.Contains(value, []byte("rror")) || bytes.Contains(value, []byte("ailed"))
}

// nothings are the values that say that there is no error.
var nothings = []string{"null", "[]", "{}", `""`, "0", "false", `"0"`, `"false"`}

func nothing(value []byte) bool {
	for _, none := range nothings {
		if len(value) > len(none) && string(value[:len(none)]) == none && strings.IndexByte(",}] \t\r\n", value[len(none)]) >= 0 {
			return true
		}
	}
	return false
}
