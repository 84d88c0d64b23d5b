package words

import "strings"

// A Code is a machine-readable name that an answer gives its error, and the
// member that it stands in: {"code": "resource_missing"}, {"error_code": 429}.
// Both are in lower case.
type Code struct {
	Member string
	Text   string
	Number bool // digits alone, as number or as text
}

// What is read to find codes: they stand near the root, and are few.
const (
	maxCodes     = 16
	maxCodeText  = 96
	maxCodeDepth = 7
	maxCodeNodes = 400
)

// codeMembers are the names of the members in which services put their codes.
var codeMembers = map[string]bool{
	"code": true, "error": true, "errors": true, "type": true, "reason": true, "status": true, "name": true, "kind": true, "id": true, "key": true, "title": true,
	"errorcode": true, "error_code": true, "error-code": true, "errcode": true, "errno": true, "error_codes": true, "errortype": true, "error_type": true,
	"exception": true, "__type": true, "subcode": true, "error_subcode": true, "sub_code": true, "faultcode": true, "value": true, "decline_code": true,
	"errorname": true, "error_name": true, "errorkey": true, "error_key": true, "issue": true, "category": true, "subcategory": true, "resultcode": true,
	"result": true, "statuscode": true, "errorcode_": true, "error_id": true, "errorid": true, "exceptioncode": true, "messagecode": true, "message_code": true,
	"exceptionid": true, "internal_code": true, "error_class": true, "errorclass": true, "errormessageid": true, "ret": true, "err": true, "sqlstate": true,
	"hint": true, ".tag": true, "number": true, "error_number": true, "@code": true, "retcode": true, "rtncode": true, "returncode": true, "return_code": true, "bizcode": true,
}

// spokenMembers are the names of the members that hold a sentence: some begin it with a code,
// such as "AADSTS65001: ...".
var spokenMembers = map[string]bool{
	"message": true, "error_description": true, "description": true, "detail": true, "errormessage": true, "faultstring": true, "error": true, "errors": true,
}

// Codes lists the codes of an answer, in the order in which they stand in it.
func Codes(root *Node) []Code {
	w := codeReader{left: maxCodeNodes}
	w.walk(root, "", 0)
	return w.found
}

// CodeOf reads a code as a header field holds it: "ThrottlingException:http://...".
func CodeOf(member, text string) (Code, bool) {
	text, _, _ = strings.Cut(text, ":")
	return asCode(member, text)
}

type codeReader struct {
	found []Code
	left  int
}

func (w *codeReader) walk(n *Node, member string, depth int) {
	if n == nil || depth > maxCodeDepth || w.left <= 0 || len(w.found) >= maxCodes {
		return
	}
	w.left--
	switch n.shape {
	case object:
		for i, kid := range n.kids {
			w.walk(kid, n.keys[i], depth+1)
		}
	case aList:
		for _, kid := range n.kids {
			w.walk(kid, member, depth+1)
		}
	case text, number:
		w.scalar(strings.ToLower(member), n.text)
	}
}

func (w *codeReader) scalar(member, value string) {
	if spokenMembers[member] {
		if code, rest, ok := strings.Cut(value, ":"); ok && rest != "" && numbered(code) {
			w.add(asCode(member, code))
			return
		}
	}
	if codeMembers[member] {
		w.add(asCode(member, value))
	}
}

func (w *codeReader) add(c Code, ok bool) {
	if ok && len(w.found) < maxCodes {
		w.found = append(w.found, c)
	}
}

// asCode takes what stands around a code away: the namespace of a type in
// com.amazonaws.x#ThrottlingException, the prefix in soap:Client, the address before the name of a problem type.
func asCode(member, text string) (Code, bool) {
	if len(text) > maxCodeText {
		return Code{}, false
	}
	if i := strings.LastIndexAny(text, "#/"); i >= 0 && i+1 < len(text) {
		text = text[i+1:]
	}
	if member == "faultcode" || member == "value" {
		text = text[strings.LastIndexByte(text, ':')+1:]
	}
	if text == "" || strings.ContainsAny(text, " \t\n") {
		return Code{}, false
	}
	return Code{Member: member, Text: strings.ToLower(text), Number: digits(text)}, true
}

func digits(text string) bool {
	text = strings.TrimPrefix(text, "-")
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// numbered reports whether a word is a code that sentences begin with: capitals and digits.
func numbered(word string) bool {
	number := false
	for i := range len(word) {
		switch ch := word[i]; {
		case ch >= '0' && ch <= '9':
			number = true
		case ch >= 'A' && ch <= 'Z', ch == '-', ch == '_':
		default:
			return false
		}
	}
	return number && len(word) > 4 && len(word) < 24
}
