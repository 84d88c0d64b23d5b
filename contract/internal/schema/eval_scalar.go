package schema

import (
	"bytes"
	"unicode/utf8"
)

// text is the value of the string at a token. It is good until the next call.
func (e *eval) text(token int) []byte {
	tok := &e.t.Tokens[token]
	if !tok.Escaped {
		return e.t.Src[tok.Start+1 : tok.End-1]
	}
	e.scratch = e.t.AppendText(e.scratch[:0], token)
	return e.scratch
}

func (e *eval) validNumber(r *numRule, token int) bool {
	text := e.t.Bytes(token)
	if r.plain && !isPlainInteger(text) {
		return false
	}
	d := parseDecimal(text)
	return r.valid(&d)
}

func isPlainInteger(text []byte) bool { return !bytes.ContainsAny(text, ".eE") }

func (r *numRule) valid(d *decimal) bool {
	for i := range r.bounds {
		if !r.bounds[i].holds(d) {
			return false
		}
	}
	if r.divisor.given() && !r.divisor.divides(d) {
		return false
	}
	return r.format == "" || r.inRange(d)
}

func (b *bound) holds(d *decimal) bool {
	c := d.compare(&b.value)
	switch b.keyword {
	case "minimum":
		return c >= 0
	case "maximum":
		return c <= 0
	case "exclusiveMinimum":
		return c > 0
	}
	return c < 0
}

func (r *numRule) inRange(d *decimal) bool {
	return (!r.whole || d.integer()) && d.compare(r.least) >= 0 && d.compare(r.most) <= 0
}

func (e *eval) validString(r *strRule, token int) bool {
	content := e.text(token)
	if r.min > 0 || r.max >= 0 {
		if n := utf8.RuneCount(content); n < r.min || r.max >= 0 && n > r.max {
			return false
		}
	}
	if r.pattern != nil {
		if ok, _ := e.match(r.pattern, content); !ok {
			return false
		}
	}
	if r.content != nil && e.brokenContent(r.content, content) != "" {
		return false
	}
	return r.format == nil || r.format.Valid(content)
}

// match asks a pattern. One that took too long once is not asked again for this
// body, nor is any other that may: a sender could make us wait for each.
func (e *eval) match(p *pattern, text []byte) (bool, error) {
	if e.costly && p.re.Costly() {
		return false, errCostly
	}
	ok, err := p.within(text, &e.slow)
	if err != nil {
		e.costly = true
	}
	return ok, err
}
