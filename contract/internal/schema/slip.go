package schema

import (
	"slices"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/internal/tape"
)

// A slip is a mistake that is known for what it is: what was probably meant, as
// JSON, and the words for it.
type slip struct {
	json  string
	words string
	keeps bool // the value means what it meant
}

const (
	// longestSlip bounds the values that are tried in other spellings.
	longestSlip = 64 << 10
	// mostSlips bounds how many violations are looked at so closely: nobody
	// reads on for longer.
	mostSlips = 100
)

// recognise adds what was probably meant to a violation of the value at a
// token. Nothing is offered that does not keep all that is said of the value.
func (x *explainer) recognise(v *Violation, token int) {
	if x.root.token != token || len(x.out) >= mostSlips {
		return
	}
	fits := func(s slip) bool { return x.p.Valid(x.root.id, []byte(s.json)) }
	tok := &x.t.Tokens[token]
	// Another type is tried only where that of the value is refused.
	retype := v.Kind == Type || v.Keyword == "enum" || v.Keyword == "const"
	switch {
	case !retype:
	case tok.Kind == tape.Object:
		if inner := x.onlyMember(token); inner >= 0 && x.worth(inner) && x.branch(x.root.id, inner) {
			v.Meant, v.Caret = string(x.t.Bytes(inner)), "one object too many: send what is inside"
			return
		}
	case tok.Kind == tape.Array && tok.Count == 1:
		if inner := token + 1; x.t.Tokens[inner].Kind != tape.Null && x.branch(x.root.id, inner) {
			v.Meant, v.Caret, v.Keeps = string(x.t.Bytes(inner)), "a list of one value: send the value by itself", true
			return
		}
	}
	if tok.End-tok.Start > longestSlip {
		return
	}
	try := func(s slip) bool {
		if !fits(s) {
			return true
		}
		v.Meant, v.Caret, v.Keeps = s.json, s.words, s.keeps
		return false
	}
	slips := slipsOf(tok.Kind)
	if slips(x, token, slipReason{retype: retype, format: v.Keyword == "format"}, try) && retype && tok.Kind != tape.Array && tok.Kind != tape.Null {
		// An object with one member may be a wrap as well.
		try(slip{"[" + string(x.t.Bytes(token)) + "]", "one value: put it in a list", tok.Kind != tape.Object || tok.Count != 1})
	}
}

// spare reports whether the member that is being explained may be left out.
func (x *explainer) spare(name string) bool {
	if name == "" || len(x.path) < 2 && x.root.token == 0 {
		return false
	}
	required := false
	x.p.walk(x.parent.id, func(f *form) bool {
		if f.obj != nil {
			if i, ok := f.obj.slotOf([]byte(name)); ok && f.obj.slots[i].required {
				required = true
			}
		}
		return !required
	})
	return !required
}

// slipsOf yields the spellings that a value of a kind may have been meant as,
// those first that keep its meaning, until yield is false.
func slipsOf(kind tape.Kind) func(x *explainer, token int, why slipReason, yield func(slip) bool) bool {
	switch kind {
	case tape.String:
		return (*explainer).slipsOfText
	case tape.Number:
		return (*explainer).slipsOfNumber
	case tape.Bool:
		return func(x *explainer, token int, why slipReason, yield func(slip) bool) bool {
			text := string(x.t.Bytes(token))
			return !why.retype || yield(slip{tape.Quote(text), "a boolean: put it in quotes", true})
		}
	case tape.Array, tape.Object:
		return (*explainer).slipsOfEmpty
	}
	return func(*explainer, int, slipReason, func(slip) bool) bool { return true }
}

// A slipReason is what is wrong with the value.
type slipReason struct {
	retype bool // its type, or it is none of a list
	format bool // its format
}

// slipsOfEmpty are those of languages in which lists and maps are one thing
// (PHP, Lua): an empty one is written as either, and a list with gaps as a map.
func (x *explainer) slipsOfEmpty(token int, why slipReason, yield func(slip) bool) bool {
	switch tok := &x.t.Tokens[token]; {
	case !why.retype:
		return true
	case tok.Kind == tape.Object && tok.Count > 0:
		list, ok := x.numbered(token)
		return !ok || yield(slip{list, "an object with numbers for names: send a list", true})
	case tok.Count > 0:
		return true
	case tok.Kind == tape.Array:
		return yield(slip{"{}", "an empty list for an empty object", true})
	}
	return yield(slip{"[]", "an empty object for an empty list", true})
}

// numbered is the list that an object with the names 0, 1, 2 and so on stands
// for.
func (x *explainer) numbered(token int) (list string, ok bool) {
	var b strings.Builder
	n := 0
	for key := token + 1; key < int(x.t.Tokens[token].Next); key = int(x.t.Tokens[key+1].Next) {
		if string(x.text(key)) != strconv.Itoa(n) {
			return "", false
		}
		b.WriteString("," + string(x.t.Bytes(key+1)))
		n++
	}
	return "[" + b.String()[1:] + "]", true
}

// onlyMember is the value of the only member of an object, or -1.
func (x *explainer) onlyMember(token int) int {
	if tok := &x.t.Tokens[token]; tok.Kind != tape.Object || tok.Count != 1 {
		return -1
	}
	return token + 2
}

// worth reports whether a value says something: empty ones fit nearly anywhere.
func (x *explainer) worth(token int) bool {
	tok := &x.t.Tokens[token]
	return tok.Count > 0 || tok.Kind != tape.Array && tok.Kind != tape.Object && tok.Kind != tape.Null
}

// wrapped explains an object whose only member holds what should stand in its
// place: {"data": {...}}. It is one mistake, whatever is missing around. An open
// schema takes nearly every object, so the names in it must be of those that are
// declared.
func (x *explainer) wrapped(id ID, token int) bool {
	inner := x.onlyMember(token)
	if inner < 0 || x.evidence(id, inner) == 0 || !x.branch(id, inner) || x.branch(id, token) {
		return false
	}
	key := token + 1
	member, declared := x.property(id, x.text(key))
	if declared && x.branch(member, inner) {
		return false // the member is as it should be: something else is wrong
	}
	if x.unread() {
		return true
	}
	x.path = append(x.path, step{key: key})
	defer func(before string) { x.schema = before }(x.schema)
	if name := x.componentName(id); name != "" {
		x.schema = name
	}
	v := x.unknownMember(key, "additionalProperties")
	if declared {
		v.Message = v.shown() + " holds what should stand in place of the object around it"
		v.Want = x.p.Describe(id)
	}
	v.Meant, v.Caret, v.Wrapped = string(x.t.Bytes(inner)), "one object too many: send what is inside", true
	x.keep(&x.forms[id], v, inner)
	x.path = x.path[:len(x.path)-1]
	return true
}

// slipsOfNumber are what a number may have been meant as.
func (x *explainer) slipsOfNumber(token int, why slipReason, yield func(slip) bool) bool {
	text := string(x.t.Bytes(token))
	if !why.retype {
		return x.otherUnits(text, yield)
	}
	if !yield(slip{tape.Quote(text), "a number: put it in quotes", true}) {
		return false
	}
	if text == "0" || text == "1" {
		if !yield(slip{[...]string{"false", "true"}[text[0]-'0'], "a boolean is `true` or `false`", false}) {
			return false
		}
	}
	for _, instant := range instants(text) {
		if instant.json = tape.Quote(instant.json); !yield(instant) {
			return false
		}
	}
	return true
}

// ofTime are parts of names whose numbers are times or lengths of time, which
// programs count in seconds or in milliseconds.
var ofTime = [...]string{"time", "second", "sec", "ttl", "duration", "delay", "interval", "expir", "age", "_at", "date", "since", "until", "wait", "period", "created", "updated"}

func (x *explainer) countsTime() bool {
	n := len(x.path)
	if n == 0 || x.path[n-1].key < 0 {
		return false
	}
	name := x.t.Text(x.path[n-1].key)
	if strings.HasSuffix(name, "At") {
		return true
	}
	name = strings.ToLower(name)
	return slices.ContainsFunc(ofTime[:], func(part string) bool { return strings.Contains(name, part) })
}

// millisOfEpoch is how many digits the milliseconds since 1970 have from 2001 to
// 2286.
const millisOfEpoch = 13

// otherUnits tries a number of milliseconds as seconds, and the other way round,
// where the name or the digits speak for it.
func (x *explainer) otherUnits(text string, yield func(slip) bool) bool {
	digits := strings.TrimPrefix(text, "-")
	if strings.Trim(digits, "0123456789") != "" || len(digits) > 30 || !x.countsTime() && len(digits) != millisOfEpoch {
		return true
	}
	if whole, ok := strings.CutSuffix(text, "000"); (ok || len(digits) == millisOfEpoch) && len(digits) > 3 {
		if !ok {
			whole = text[:len(text)-3]
		}
		if !yield(slip{whole, "1000 times too large: milliseconds where seconds are wanted?", false}) {
			return false
		}
	}
	return digits == "0" || yield(slip{text + "000", "1000 times too small: seconds where milliseconds are wanted?", false})
}
