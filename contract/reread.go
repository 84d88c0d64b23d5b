package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A reread is a value that was sent in another style than the declared one: it
// keeps the schema once it is read in that other style.
type reread struct {
	name       string // of the parameter, where it is not known
	style      string // in words: "a comma-separated list"
	want       string // the value in the declared style
	start, end int    // of what was sent
	sent       string
}

// reread looks for the style in which the pieces, or other parameters with the
// name and brackets, keep the schema. Only the query has so many styles that
// they are mixed up.
func (op *Operation) reread(q *parameter, pieces []piece, r *faultline.Request) *reread {
	if q.in != faultline.InQuery || q.whole || r == nil || q.id == schema.None {
		return nil
	}
	for _, attempt := range [...]func(*parameter, []piece, *faultline.Request) *reread{
		op.rereadPlus, op.rereadJSON, op.rereadQuoted, op.rereadBrackets, op.rereadDelimited, op.rereadRepeated, op.rereadDotted, op.rereadSpread,
	} {
		if found := attempt(q, pieces, r); found != nil {
			return found
		}
	}
	return nil
}

// fitting returns a reread if json keeps the schema and can be spelt in the
// declared style.
func (op *Operation) fitting(q *parameter, json []byte, style string, from []piece) *reread {
	if !op.contract.program.Valid(q.id, json) {
		return nil
	}
	v, err := yaml.Parse("value.json", json)
	if err != nil {
		return nil
	}
	want, ok := q.spell(v)
	if !ok {
		return nil
	}
	out := &reread{style: style, want: want, start: from[0].keyAt, end: from[0].end()}
	var sent []string
	for i := range from {
		out.start, out.end = min(out.start, from[i].keyAt), max(out.end, from[i].end())
		text := from[i].key
		if from[i].at > from[i].keyAt+len(from[i].key) {
			text += "=" + from[i].raw
		}
		sent = append(sent, text)
	}
	out.sent = strings.Join(sent, "&")
	if out.sent == want {
		return nil
	}
	return out
}

func one(pieces []piece) bool { return len(pieces) == 1 && pieces[0].raw != "" }

// rereadPlus takes a raw plus for itself and not for a space, as senders of
// +01:00 meant it.
func (op *Operation) rereadPlus(q *parameter, pieces []piece, _ *faultline.Request) *reread {
	if !one(pieces) || strings.IndexByte(pieces[0].raw, '+') < 0 || q.types&schema.StringType == 0 {
		return nil
	}
	p := pieces[0]
	p.plus = false
	return op.fitting(q, op.typed(q.id, &p), "with a raw `+`, which is read as a space", pieces)
}

func (op *Operation) typed(id schema.ID, p *piece) []byte {
	var a assembly
	a.value(op.contract.program, id, p)
	return a.json
}

// rereadJSON takes the text as JSON.
func (op *Operation) rereadJSON(q *parameter, pieces []piece, _ *faultline.Request) *reread {
	if !one(pieces) || q.style == content {
		return nil
	}
	text := strings.TrimSpace(pieces[0].text())
	if text == "" || text[0] != '{' && text[0] != '[' {
		return nil
	}
	return op.fitting(q, []byte(text), "as JSON", pieces)
}

// rereadQuoted takes quotes around a text away.
func (op *Operation) rereadQuoted(q *parameter, pieces []piece, _ *faultline.Request) *reread {
	if !one(pieces) || q.style == content {
		return nil
	}
	text := pieces[0].text()
	n := len(text)
	if n < 2 || text[0] != '"' && text[0] != '\'' || text[n-1] != text[0] {
		return nil
	}
	p := piece{raw: text[1 : n-1], plain: true}
	return op.fitting(q, op.typed(q.id, &p), "in quotes", pieces)
}

// mostReread is how many pieces in another style are read: nobody mends a query of a thousand by hand.
const mostReread = 1000

// rereadBrackets reads tags[]=a, tags[0]=a and address[city]=Bonn.
func (op *Operation) rereadBrackets(q *parameter, _ []piece, r *faultline.Request) *reread {
	if q.style == deepObject {
		return nil
	}
	root := branch{}
	var from []piece
	for pair := queryPairs(r); pair.next(); {
		inner, ok := bracketed(pair.key, q.name)
		if !ok {
			continue
		}
		keys, ok := (&piece{raw: inner, plus: true}).keys(nil)
		if !ok {
			return nil
		}
		root.grow(keys, pair.piece)
		if from = append(from, pair.piece); len(from) > mostReread {
			return nil
		}
	}
	if len(from) == 0 {
		return nil
	}
	var a assembly
	root.write(&a, op.contract.program, q.id)
	if found := op.fitting(q, a.json, "with brackets in its name", from); found != nil {
		return found
	}
	if len(from) == 1 && root.indexed() { // limit[]=5 for what is no list
		return op.fitting(q, op.typed(q.id, &from[0]), "with brackets in its name", from)
	}
	return nil
}

// rereadDelimited reads one value with delimiters as a list.
func (op *Operation) rereadDelimited(q *parameter, pieces []piece, _ *faultline.Request) *reread {
	if !one(pieces) || q.types&schema.ArrayType == 0 {
		return nil
	}
	for _, d := range [...]struct {
		byte  byte
		style string
	}{{',', "as a comma-separated list"}, {'|', "as a list with bars"}, {';', "as a list with semicolons"}, {' ', "as a list with spaces"}} {
		items := cut(pieces[0], d.byte, true, nil)
		if len(items) < 2 {
			continue
		}
		if found := op.fitting(q, op.listOf(q, items), d.style, pieces); found != nil {
			return found
		}
	}
	return nil
}

func (op *Operation) listOf(q *parameter, items []piece) []byte {
	a := assembly{json: []byte{'['}}
	for i := range items {
		a.item()
		a.value(op.contract.program, itemsOf(op.contract.program, q.id), &items[i])
	}
	return append(a.json, ']')
}

// rereadRepeated reads repeated keys as the list that should have been one
// value.
func (op *Operation) rereadRepeated(q *parameter, pieces []piece, _ *faultline.Request) *reread {
	if len(pieces) < 2 || q.types&schema.ArrayType == 0 || q.explode && q.style != deepObject {
		return nil
	}
	return op.fitting(q, op.listOf(q, pieces), "with its name repeated", pieces)
}
