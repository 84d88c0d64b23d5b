package causes

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// saidFinding is a complaint in our words, with the server's as evidence.
func (c *Case) saidFinding(b blame) faultline.Finding {
	if b.at.In == "" {
		b.at.In = b.in
	}
	f := faultline.Finding{
		Strength: faultline.Possible,
		At:       b.at,
		Message:  b.message(),
		Expected: b.expected(),
		Evidence: []faultline.Evidence{said(b.complaint.Text)},
		Retry:    failsAgain,
	}
	f.Brief = f.Message
	if b.sure || b.field != nil {
		f.Strength = faultline.Likely
	}
	f.Detail.Field = b.name
	if b.field != nil {
		if b.in == faultline.InBody {
			f.At.Span = c.placed(f.At.Span)
		}
		f.Found = b.field.shown()
		f.Detail.Found = &faultline.Value{Field: b.name, Type: b.field.kind, Text: short(b.field.raw)}
	}
	return f
}

// shown is a value as findings quote it: its type, and its text if that is short.
func (f *reqField) shown() string {
	switch {
	case secretName(f.name()):
		return article(f.kind)
	case f.kind == "object", f.kind == "array", f.kind == "file":
		return article(f.kind)
	case f.kind == "null":
		return "null"
	case f.in == faultline.InBody && f.kind == "string":
		return `string "` + short(f.text) + `"`
	case f.in == faultline.InBody:
		return f.kind + " " + short(f.raw)
	}
	return "`" + short(f.raw) + "`"
}

// secretName reports whether a field is likely to hold a secret, by its name.
func secretName(name string) bool {
	n := fold(name)
	for _, s := range []string{"password", "passwd", "secret", "token", "apikey", "authorization", "credential", "pin", "cvc", "cvv", "cardnumber", "iban", "ssn", "privatekey", "cookie"} {
		if strings.Contains(n, s) && (len(s) > 3 || n == s) {
			return true
		}
	}
	return false
}

func (b *blame) subject() string {
	if b.name == "" {
		switch b.in {
		case faultline.InPath:
			return "the path"
		case faultline.InQuery:
			return "a query parameter"
		case faultline.InHeader:
			return "a header"
		}
		if b.at.Pointer == "" {
			return "the body"
		}
	}
	if isIndex(b.name) {
		return "`" + b.at.Pointer + "`"
	}
	return "`" + b.name + "`"
}

func (b *blame) message() string {
	switch b.kind {
	case words.Missing:
		if b.name == "" {
			return "something required is missing"
		}
		return b.subject() + " is required and missing"
	case words.Unknown:
		if b.name == "" {
			return "the server does not know one of the fields"
		}
		return b.subject() + " is not known to the server"
	case words.Type:
		if want := wantedType(b.complaint.Text); want != "" {
			return fmt.Sprintf("%s must be %s", b.subject(), article(want))
		}
		return b.subject() + " has the wrong type"
	case words.Null:
		if b.name == "" {
			return "a field is null that may not be"
		}
		return b.subject() + " may not be null"
	case words.Duplicate:
		return b.subject() + " stands twice in one object"
	}
	if b.field != nil && b.field.text == "" && (b.field.kind == "string") {
		return b.subject() + " is empty"
	}
	return b.subject() + " has a value that the server refuses"
}

func (b *blame) expected() string {
	switch b.kind {
	case words.Missing:
		if b.name != "" {
			return b.name + " (required)"
		}
	case words.Type:
		if want := wantedType(b.complaint.Text); want != "" {
			return want
		}
	case words.Null:
		return "a value"
	case words.Duplicate:
		return "each key once"
	}
	return ""
}

var typeWord = regexp.MustCompile(`(?i)\b(integer|int(?:32|64)?|long|number|numeric|float|double|decimal|string|str|text|boolean|bool|array|list|object|dictionary|dict|map|uuid|guid|datetime|date-time|date|timestamp)\b`)

// typeNames are the JSON types behind the words of programming languages.
var typeNames = map[string]string{
	"int": "integer", "int32": "integer", "int64": "integer", "long": "integer", "numeric": "number", "float": "number", "double": "number",
	"decimal": "number", "str": "string", "text": "string", "bool": "boolean", "list": "array", "dictionary": "object", "dict": "object", "map": "object",
	"uuid": "UUID", "guid": "UUID", "datetime": "date-time", "timestamp": "date-time",
}

// wantedFirst are the ways to name the wanted type after the one that was found.
var wantedFirst = regexp.MustCompile(`(?i)(?:into|to|as|type|expected|expecting|must be|should be|valid|not an?|required type)[ =:'"` + "`" + `]*(?:a |an |of type |type |go (?:struct field [\w.]+ of type |value of type )?|java\.lang\.|system\.|xs:|valid )*['"` + "`" + `]?(\w[\w-]*)`)

func wantedType(text string) string {
	text = short(text)
	switch low := strings.ToLower(text); {
	case strings.Contains(low, "invalid digit"):
		return "integer" // Rust: "invalid digit found in string"
	case strings.Contains(low, "for input string"):
		return "number" // Java
	}
	for _, m := range wantedFirst.FindAllStringSubmatch(text, -1) {
		if typeWord.MatchString(m[1]) || typeNames[strings.ToLower(m[1])] != "" {
			return jsonTypeName(m[1])
		}
	}
	return jsonTypeName(typeWord.FindString(text))
}

func jsonTypeName(word string) string {
	word = strings.ToLower(word)
	if t := typeNames[word]; t != "" {
		return t
	}
	return word
}
