package diagnose

import (
	"bytes"
	"strings"
)

// mostScanned is how much of a body is searched for signs of failure. The
// members that tell stand at the beginning of an envelope.
const mostScanned = 64 << 10

// signs are the beginnings and ends of names under which envelopes report a
// failure behind a status of success: error, errors, errcode, ok, success,
// status, userErrors.
var signs = [][]byte{
	[]byte(`rror`), []byte(`"err`), []byte(`"Err`), []byte(`"ERR`), []byte(`"ok"`), []byte(`"Ok"`), []byte(`"OK"`),
	[]byte(`ailed`), []byte(`nprocessed`), []byte(`uccess"`), []byte(`UCCESS"`), []byte(`ucceeded"`), []byte(`ucceed"`), []byte(`uccessful"`), []byte(`tatus"`), []byte(`STATUS"`), []byte(`Fault>`),
}

// showsFailure reports whether a body has a sign of failure in it. In JSON it
// takes a member with a telling name and a value that can mean a failure: a
// `"status": "paid"` and an `"errors": []` are no signs. Elsewhere the name is
// enough.
func showsFailure(body []byte) bool {
	body = body[:min(len(body), mostScanned)]
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
		if name := nameBefore(body, at); len(name) > 1 && mayTell(name) && tells(name, bytes.TrimLeft(body[at+1:], " \t\r\n")) {
			return true
		}
	}
}

// longestName is how long a name can be that tells of a failure.
const longestName = 40

// nameBefore is the text between the quotes that end before the colon.
func nameBefore(body []byte, colon int) []byte {
	end := colon - 1
	for end > 0 && (body[end] == ' ' || body[end] == '\n' || body[end] == '\r' || body[end] == '\t') {
		end--
	}
	if end < 1 || body[end] != '"' {
		return nil
	}
	start := end - 1
	for lowest := max(0, end-longestName); start >= lowest; start-- {
		if body[start] == '"' {
			return body[start+1 : end]
		}
	}
	return nil
}

// letters is a set of letters in either case.
type letters uint32

func lettersOf(s string) (set letters) {
	for _, c := range []byte(s) {
		set |= 1 << (c & 31)
	}
	return set
}

func (set letters) has(all letters) bool { return set&all == all }

// What the telling names have in common, each a pair or so that other names
// seldom have.
var (
	inErr     = lettersOf("er")
	inFail    = lettersOf("fail")
	inUndone  = lettersOf("unproces")
	inSucceed = lettersOf("suce")
	inStatus  = lettersOf("status")
	inOK      = lettersOf("ok")
	inMessage = lettersOf("msg")
	inReason  = lettersOf("reason")
)

// mayTell sorts most names out by their letters.
func mayTell(name []byte) bool {
	var set letters
	for _, c := range name {
		set |= 1 << (c & 31)
	}
	return set.has(inErr) || set.has(inStatus) || set.has(inFail) || set.has(inSucceed) || set.has(inUndone) || set.has(inMessage) || set.has(inReason) || set == inOK
}

// tells reports whether a member of the name with the value that begins there
// can mean that the call failed.
func tells(name, value []byte) bool {
	var room [longestName]byte
	low := room[:copy(room[:], name)]
	for i, c := range low {
		if 'A' <= c && c <= 'Z' {
			low[i] = c | 0x20
		}
	}
	switch s := string(low); { // it does not escape
	case s == "retcode", strings.Contains(s, "error"), strings.HasPrefix(s, "err"), strings.Contains(s, "fail"), strings.Contains(s, "unprocessed"):
		return !nothing(value)
	case strings.HasSuffix(s, "msg"), strings.HasSuffix(s, "message"), s == "reason":
		return speaksOfFailure(value)
	case s == "ok", strings.Contains(s, "succe"):
		return startsWith(value, 'f')
	case strings.HasSuffix(s, "status"):
		return startsWith(value, 'e') || startsWith(value, 'f') || startsWith(value, '4') || startsWith(value, '5')
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
