package tape

import (
	"bytes"
	"math"
)

// Kind is the JSON kind of a value.
type Kind uint8

// The kinds.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

var kindNames = [...]string{"null", "boolean", "number", "string", "array", "object"}

func (k Kind) String() string { return kindNames[k] }

// A Token is one value, or the key of a member. The tokens of an object are
// key, value, key, value and so on; each value is followed by all that it holds.
type Token struct {
	Start, End uint32 // bytes of the value, the quotes of a string included
	Next       uint32 // index of the token behind the value and all that it holds
	Count      uint32 // members of an object, items of an array
	Kind       Kind
	Escaped    bool // a string with escapes
}

// A Tape is JSON text as a flat list of tokens. The zero value is ready for
// Parse; a Tape that is used again allocates only to grow. It refers to the text
// and is not safe for concurrent writes.
type Tape struct {
	Src    []byte
	Tokens []Token
}

// Limits bound a parse. A zero field means the default.
type Limits struct {
	Depth int // containers inside each other
	Bytes int // length of the text
}

const (
	// DefaultDepth is deeper than any honest body; what walks a tape may recurse.
	DefaultDepth = 512
	// DefaultBytes keeps a tape, at worst twenty bytes for each two of the
	// text, within a few hundred megabytes.
	DefaultBytes = 32 << 20
)

func (l Limits) orDefault() Limits {
	if l.Depth <= 0 {
		l.Depth = DefaultDepth
	}
	if l.Bytes <= 0 {
		l.Bytes = DefaultBytes
	}
	l.Bytes = min(l.Bytes, math.MaxInt32) // offsets are 32 bits
	return l
}

// Parse fills dst with the tokens of one JSON text (RFC 8259). The error is a
// [*SyntaxError]; making its words costs another look at the text.
func Parse(dst *Tape, json []byte, limits Limits) error {
	limits = limits.orDefault()
	dst.reset(json)
	if len(json) > limits.Bytes {
		return explain(json, dst, failure{want: wantLess, limits: limits})
	}
	dst.expect(json)
	end, f := dst.value(SkipSpace(json, 0), limits.Depth)
	if f.want == wantNothing {
		if end = SkipSpace(json, end); end < len(json) {
			f = failure{want: wantEnd, at: end}
		}
	}
	if f.want != wantNothing {
		f.limits = limits
		return explain(json, dst, f)
	}
	return nil
}

// long is the length from which on the tokens of a text are counted before it is
// parsed: a tape that grows as it is filled is copied several times.
const long = 256

// expect makes room for the tokens of a text: most follow a comma or a colon.
// Those inside strings are counted too, so the count is held within what a text
// of that length often has.
func (t *Tape) expect(json []byte) {
	if len(json) < long || cap(t.Tokens)*4 >= len(json) {
		return
	}
	n := bytes.Count(json, []byte{','}) + bytes.Count(json, []byte{':'}) + 16
	if n = min(n, len(json)/4); n > cap(t.Tokens) {
		t.Tokens = make([]Token, 0, n)
	}
}

// Valid is Parse for callers who need no tokens and no reason.
func Valid(json []byte) bool {
	t := get()
	defer put(t)
	limits := Limits{}.orDefault()
	t.reset(json)
	if len(json) > limits.Bytes {
		return false
	}
	end, f := t.value(SkipSpace(json, 0), limits.Depth)
	return f.want == wantNothing && SkipSpace(json, end) == len(json)
}

// ParseAt fills dst with the tokens of the one value that begins at json[at],
// whose offsets are those in json, and returns its end. What follows is not
// looked at. A text that is no value gives ok false.
func ParseAt(dst *Tape, json []byte, at, depth int) (end int, ok bool) {
	dst.reset(json)
	end, f := dst.value(at, depth)
	return end, f.want == wantNothing
}

func (t *Tape) reset(json []byte) {
	t.Src = json
	t.Tokens = t.Tokens[:0]
}

// want is what should have stood where a text stops being JSON.
type want uint8

const (
	wantNothing   want = iota // all is well
	wantValue                 // a value; after a comma or at the beginning
	wantFirst                 // the first item or `]`
	wantKey                   // a member after a comma
	wantFirstKey              // the first member or `}`
	wantColon                 // `:`
	wantComma                 // `,` or the end of the container
	wantEnd                   // nothing more
	wantString                // the rest of a sound string
	wantDigit                 // a digit of a number
	wantShallower             // no further container
	wantLess                  // a shorter text
)

// failure is where and how a parse stopped.
type failure struct {
	want   want
	at     int   // offset
	in     int   // token of the innermost container that is open, or none
	start  int   // of the string or number at fault
	fault  Fault // of the string
	limits Limits
}

const none = -1

// value reads the value at json[at] and all that it holds. While a container
// is open its Next is the token of the container around it: that is the stack.
func (t *Tape) value(at, depth int) (int, failure) {
	src := t.Src
	in := none
	i := at
	expect := wantValue
	for {
		if i >= len(src) {
			return i, failure{want: expect, at: i, in: in}
		}
		switch c := src[i]; c {
		case '"':
			end, escaped, fault := ScanString(src, i)
			if fault != NoFault {
				return i, failure{want: wantString, at: end, in: in, start: i, fault: fault}
			}
			t.leaf(String, i, end, escaped)
			i = end
		case '{', '[':
			if depth == 0 {
				return i, failure{want: wantShallower, at: i, in: in}
			}
			depth--
			kind, closing := Object, byte('}')
			if c == '[' {
				kind, closing = Array, ']'
			}
			t.Tokens = append(t.Tokens, Token{Start: uint32(i), Next: uint32(in + 1), Kind: kind})
			in = len(t.Tokens) - 1
			i = SkipSpace(src, i+1)
			if i < len(src) && src[i] == closing {
				break // closed below, like any other container
			}
			if kind == Array {
				t.Tokens[in].Count++
				expect = wantFirst
				continue
			}
			end, f := t.key(i, in, wantFirstKey)
			if f.want != wantNothing {
				return i, f
			}
			i, expect = end, wantValue
			continue
		case 't', 'f', 'n':
			end, ok := ScanLiteral(src, i)
			if !ok {
				return i, failure{want: expect, at: i, in: in}
			}
			kind := Bool
			if c == 'n' {
				kind = Null
			}
			t.leaf(kind, i, end, false)
			i = end
		default:
			if c != '-' && c-'0' > 9 {
				return i, failure{want: expect, at: i, in: in}
			}
			end, ok := ScanNumber(src, i)
			if !ok {
				return i, failure{want: wantDigit, at: end, in: in, start: i}
			}
			t.leaf(Number, i, end, false)
			i = end
		}
		// A value has ended, or an empty container is about to.
		for {
			if in == none {
				return i, failure{}
			}
			i = SkipSpace(src, i)
			box := &t.Tokens[in]
			if i >= len(src) {
				return i, failure{want: wantComma, at: i, in: in}
			}
			c := src[i]
			if c == '}' && box.Kind == Object || c == ']' && box.Kind == Array {
				i++
				box.End = uint32(i)
				in, box.Next = int(box.Next)-1, uint32(len(t.Tokens))
				depth++
				continue
			}
			if c != ',' {
				return i, failure{want: wantComma, at: i, in: in}
			}
			i = SkipSpace(src, i+1)
			expect = wantValue
			if box.Kind == Array {
				box.Count++
				break
			}
			end, f := t.key(i, in, wantKey)
			if f.want != wantNothing {
				return i, f
			}
			i = end
			break
		}
	}
}

// key reads a key and its colon; the offset that it returns is that of the value.
func (t *Tape) key(i, in int, expect want) (int, failure) {
	src := t.Src
	if i >= len(src) || src[i] != '"' {
		return i, failure{want: expect, at: i, in: in}
	}
	end, escaped, fault := ScanString(src, i)
	if fault != NoFault {
		return i, failure{want: wantString, at: end, in: in, start: i, fault: fault}
	}
	t.leaf(String, i, end, escaped)
	t.Tokens[in].Count++
	i = SkipSpace(src, end)
	if i >= len(src) || src[i] != ':' {
		return i, failure{want: wantColon, at: i, in: in, start: int(t.Tokens[len(t.Tokens)-1].Start)}
	}
	return SkipSpace(src, i+1), failure{}
}

func (t *Tape) leaf(kind Kind, start, end int, escaped bool) {
	next := uint32(len(t.Tokens) + 1)
	t.Tokens = append(t.Tokens, Token{Start: uint32(start), End: uint32(end), Next: next, Kind: kind, Escaped: escaped})
}

// IsKey reports whether a token is the key of a member: a string with a colon
// behind it.
func (t *Tape) IsKey(i int) bool {
	if t.Tokens[i].Kind != String {
		return false
	}
	at := SkipSpace(t.Src, int(t.Tokens[i].End))
	return at < len(t.Src) && t.Src[at] == ':'
}

// Bytes is the text of the value at token i.
func (t *Tape) Bytes(i int) []byte {
	return t.Src[t.Tokens[i].Start:t.Tokens[i].End]
}
