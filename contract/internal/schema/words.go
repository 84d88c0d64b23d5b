package schema

import (
	"math/bits"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

const (
	longestName  = 80 // of a member, as it is shown
	longestValue = 60 // of a value, as it is shown
	longestText  = 300
	mostListed   = 8 // values of an enum, as they are shown
)

// name is how a value is called in messages: by its member name, by the place in
// its array, or as the whole body.
func (x *explainer) name(token int) string {
	n := len(x.path)
	if n == 0 {
		return "the body"
	}
	if last := x.path[n-1]; last.key >= 0 {
		return tick(x.text(last.key), longestName)
	}
	// tags[0], or matrix[1][2]
	first := n
	for first > 0 && x.path[first-1].key < 0 {
		first--
	}
	var b strings.Builder
	if first > 0 {
		b.WriteString(tape.Printable(x.text(x.path[first-1].key), longestName))
	} else {
		b.WriteString("body")
	}
	for _, s := range x.path[first:] {
		b.WriteString("[" + strconv.Itoa(s.index) + "]")
	}
	return "`" + b.String() + "`"
}

// found puts a value into words: `string "3"`.
func (x *explainer) found(token int) string {
	tok := &x.t.Tokens[token]
	switch tok.Kind {
	case tape.Null:
		return "null"
	case tape.Array:
		return "array of " + plural(int(tok.Count), "item")
	case tape.Object:
		return "object with " + plural(int(tok.Count), "member")
	}
	var room [2 * longestValue]byte
	out := append(append(room[:0], x.typeName(token)...), ' ')
	return string(tape.AppendPrintable(out, x.t.Bytes(token), longestValue))
}

// typeName is the JSON type of a value; an integer is called one.
func (x *explainer) typeName(token int) string {
	return typeNames[bits.TrailingZeros8(uint8(x.jsonType(token)))]
}

// foundValue is the value at a token, which is called by a name if it is that of
// a member.
func (x *explainer) foundValue(token int, name string) *faultline.Value {
	v := &faultline.Value{Field: name, Type: x.typeName(token)}
	if text := x.t.Bytes(token); len(text) > longestText {
		v.Text = tape.Printable(text, longestText)
	} else {
		v.Text = string(text)
	}
	return v
}

// tick is text from the wire between backticks.
func tick[T string | []byte](text T, most int) string {
	var room [2 * longestName]byte
	return string(append(tape.AppendPrintable(append(room[:0], '`'), text, most), '`'))
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// Article puts "a" or "an" before the name of a type; null stands alone.
func Article(noun string) string {
	if noun == "null" || noun == "" {
		return noun
	}
	if strings.IndexByte("aeiou", noun[0]) >= 0 {
		return "an " + noun
	}
	return "a " + noun
}

// spoken are the names of types in the order in which people say them: null
// comes last.
func (t Types) spoken() []string {
	names := (t &^ NullType).Names()
	if t&NullType != 0 {
		names = append(names, "null")
	}
	return names
}

// withArticles lists types: "a string or an integer".
func withArticles(types Types) string {
	names := types.spoken()
	if len(names) == 0 {
		return "absent"
	}
	for i := range names {
		names[i] = Article(names[i])
	}
	return orList(names)
}

func orList(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// oneOfWords lists constants: "one of `a`, `b`".
func oneOfWords(list []constant, most int) string {
	if len(list) == 1 {
		return string(list[0].appendWords(nil))
	}
	var room [256]byte
	out := append(room[:0], "one of "...)
	for i := range list[:min(most, len(list))] {
		if i > 0 {
			out = append(out, ", "...)
		}
		out = list[i].appendWords(out)
	}
	if len(list) > most {
		out = append(append(out, " or "...), plural(len(list)-most, "more value")...)
	}
	return string(out)
}

func (c *constant) appendWords(dst []byte) []byte {
	text := c.json
	if c.kind == tape.String {
		text = c.text
	}
	return append(tape.AppendPrintable(append(dst, '`'), text, longestValue), '`')
}

func (b *bound) words() string {
	switch b.keyword {
	case "minimum":
		return "at least " + b.text
	case "maximum":
		return "at most " + b.text
	case "exclusiveMinimum":
		return "more than " + b.text
	}
	return "less than " + b.text
}
