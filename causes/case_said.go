package causes

import (
	"fmt"
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
	if b.sure || b.field != nil || c.noRequest() && len(b.complaint.Field) > 0 {
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
		if want := b.wantedType(); want != "" {
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
		if want := b.wantedType(); want != "" {
			return want
		}
	case words.Value:
		return b.complaint.Expected
	case words.Null:
		return "a value"
	case words.Duplicate:
		return "each key once"
	}
	return ""
}

// wantedType is the type that the server asks for, in the words of JSON.
func (b *blame) wantedType() string {
	if b.complaint.Expected != "" {
		return words.JSONType(b.complaint.Expected)
	}
	return words.WantedType(b.complaint.Text)
}
