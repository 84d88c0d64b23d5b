package contract_test

import (
	"bytes"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

// keyKinds are mistakes about the members of an object.
var keyKinds = []kind{
	name("a misspelt name", func(p *planter, s string) string { return p.typo(s) }),
	name("a name in another case", func(_ *planter, s string) string { return otherCase(s) }),
	name("a name in capitals", func(_ *planter, s string) string { return strings.ToUpper(s) }),
	name("a name in the plural", func(_ *planter, s string) string {
		if one, ok := strings.CutSuffix(s, "s"); ok {
			return one
		}
		return s + "s"
	}),
	{"a field left out", dropMember},
	{"a field left out", dropMember},
	{"a field left out", dropMember},
	{"a field left out", dropMember},
	{"an unknown field", addMember},
	{"an unknown field", addMember},
	{"a name twice", twinMember},
}

// textKinds are mistakes about the text as JSON.
var textKinds = []kind{
	{"a missing comma", func(p *planter) (mutation, bool) {
		token, ok := p.pick(func(i int) bool { return p.comma(i) > 0 })
		if !ok {
			return mutation{}, false
		}
		at := p.comma(token)
		body := slices.Concat(p.t.Src[:at], []byte(" "), p.t.Src[at+1:])
		next := int(p.t.Tokens[p.t.Tokens[token].Next].End)
		return mutation{body: body, from: int(p.t.Tokens[token].Start), to: next, back: true}, true
	}},
	{"a trailing comma", func(p *planter) (mutation, bool) {
		token, ok := p.pick(func(i int) bool { return p.t.Tokens[i].Count > 0 })
		if !ok {
			return mutation{}, false
		}
		at := len(bytes.TrimRight(p.t.Src[:p.t.Tokens[token].End-1], " \t\r\n"))
		return mutation{body: slices.Concat(p.t.Src[:at], []byte(","), p.t.Src[at:]), from: at, to: int(p.t.Tokens[token].End) + 1, back: true}, true
	}},
	{"the end cut off", func(p *planter) (mutation, bool) {
		if p.t.Tokens[0].Count == 0 {
			return mutation{}, false
		}
		body := p.t.Src[:len(p.t.Src)-1]
		return mutation{body: body, to: len(body) + 1}, true
	}},
	{"single quotes", func(p *planter) (mutation, bool) {
		token, ok := p.pick(func(i int) bool {
			b := p.t.Bytes(i)
			return b[0] == '"' && !bytes.ContainsAny(b, `'\`)
		})
		if !ok {
			return mutation{}, false
		}
		tok := p.t.Tokens[token]
		body := bytes.Clone(p.t.Src)
		body[tok.Start], body[tok.End-1] = '\'', '\''
		return mutation{body: body, from: int(tok.Start), to: int(tok.End), back: true}, true
	}},
	{"a literal of another language", func(p *planter) (mutation, bool) {
		token, ok := p.pick(func(i int) bool { return p.t.Tokens[i].Kind <= tape.Bool })
		if !ok {
			return mutation{}, false
		}
		tok := p.t.Tokens[token]
		word := map[string]string{"true": "True", "false": "False", "null": "None"}[string(p.t.Bytes(token))]
		body := slices.Concat(p.t.Src[:tok.Start], []byte(word), p.t.Src[tok.End:])
		return mutation{body: body, from: int(tok.Start), to: int(tok.Start) + len(word), back: true}, true
	}},
	{"a name without quotes", func(p *planter) (mutation, bool) {
		token, ok := p.pick(func(i int) bool { return p.isKey(i) && isWord(p.t.Text(i)) })
		if !ok {
			return mutation{}, false
		}
		tok := p.t.Tokens[token]
		body := slices.Concat(p.t.Src[:tok.Start], []byte(p.t.Text(token)), p.t.Src[tok.End:])
		return mutation{body: body, from: int(tok.Start), to: int(tok.End) - 2, back: true}, true
	}},
}

func isWord(s string) bool {
	return s != "" && strings.IndexFunc(s, func(c rune) bool { return c != '_' && (c < 'a' || c > 'z') }) < 0
}

// pick takes one of the tokens that a condition holds for.
func (p *planter) pick(fits func(token int) bool) (int, bool) {
	var list []int
	for i := range p.t.Tokens {
		if fits(i) {
			list = append(list, i)
		}
	}
	if len(list) == 0 {
		return 0, false
	}
	return list[p.r.IntN(len(list))], true
}

// comma is the offset of the comma behind the value at a token, or 0.
func (p *planter) comma(token int) int {
	end := int(p.t.Tokens[token].End)
	at := end + len(p.t.Src[end:]) - len(bytes.TrimLeft(p.t.Src[end:], " \t\r\n"))
	if p.isKey(token) || at >= len(p.t.Src) || p.t.Src[at] != ',' {
		return 0
	}
	return at
}

// name is a kind that gives a member another name that its object does not have.
func name(what string, change func(p *planter, s string) string) kind {
	return kind{what, func(p *planter) (mutation, bool) {
		token, ok := p.pick(p.isKey)
		if !ok {
			return mutation{}, false
		}
		was := p.t.Text(token)
		now := change(p, was)
		pointer := p.t.Pointer(token)
		beside := pointer[:len(pointer)-len(faultline.EscapePointer(was))] + faultline.EscapePointer(now)
		if _, taken := p.t.Find(beside); now == was || taken || was == "" {
			return mutation{}, false
		}
		tok := p.t.Tokens[token]
		quoted := tape.Quote(now)
		body := slices.Concat(p.t.Src[:tok.Start], []byte(quoted), p.t.Src[tok.End:])
		return mutation{body: body, pointer: beside, also: pointer, from: int(tok.Start), to: int(tok.Start) + len(quoted), back: true}, true
	}}
}

// object is the token of the object that has the member with a key.
func (p *planter) object(key int) int {
	pointer := p.t.Pointer(key)
	at, _ := p.t.Find(pointer[:strings.LastIndexByte(pointer, '/')])
	return at
}

func dropMember(p *planter) (mutation, bool) {
	key, ok := p.pick(p.isKey)
	if !ok {
		return mutation{}, false
	}
	pointer := p.t.Pointer(key)
	body, err := tape.Apply(p.t.Src, []faultline.Edit{{Op: "remove", Path: pointer}})
	if err != nil {
		return mutation{}, false
	}
	object := p.object(key)
	start, emptied := int(p.t.Tokens[object].Start), p.t.Tokens[object].Count == 1
	either := func(f *faultline.Finding) bool {
		return emptied && f.Cause.Slug == "body.missing-field" && f.At.Span.Start == start || // {} says nothing of which field of which branch is meant
			strings.Contains(f.Message, "must have at least 1 item") && strings.HasPrefix(pointer, f.At.Pointer+"/") // any of the items may be the one
	}
	return mutation{body: body, pointer: pointer, from: start, to: start + 1, either: either}, true
}

func addMember(p *planter) (mutation, bool) {
	token, ok := p.pick(func(i int) bool { return p.t.Tokens[i].Kind == tape.Object })
	if !ok {
		return mutation{}, false
	}
	const member = `"zebra": 1`
	tok := p.t.Tokens[token]
	at := int(tok.Start) + 1
	insert := member
	if tok.Count > 0 {
		insert += ", "
	}
	body := slices.Concat(p.t.Src[:at], []byte(insert), p.t.Src[at:])
	return mutation{body: body, pointer: p.t.Pointer(token) + "/zebra", from: at, to: at + len(member)}, true
}

func twinMember(p *planter) (mutation, bool) {
	key, ok := p.pick(p.isKey)
	if !ok {
		return mutation{}, false
	}
	k := p.t.Tokens[key]
	end := len(bytes.TrimRight(p.t.Src[:p.t.Tokens[p.object(key)].End-1], " \t\r\n"))
	member := p.t.Src[k.Start:p.t.Tokens[key+1].End]
	body := slices.Concat(p.t.Src[:end], []byte(", "), member, p.t.Src[end:])
	return mutation{body: body, pointer: p.t.Pointer(key), from: end + 2, to: end + 2 + int(k.End-k.Start), back: true}, true
}
