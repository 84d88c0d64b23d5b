package schema

import (
	"github.com/faultline-http/faultline/contract/internal/format"
	"github.com/faultline-http/faultline/contract/internal/snapshot"
	"github.com/faultline-http/faultline/internal/tape"
)

func codeConstant(c *snapshot.Coder, v *constant) {
	c.Text(&v.json)
	if c.Reading() && !c.Failed() {
		restored, err := constantOf(v.json)
		if err != nil {
			c.Fail()
		}
		*v = restored
	}
}

// constantOf makes a constant of its JSON text.
func constantOf(json string) (constant, error) {
	t := new(tape.Tape)
	if err := tape.Parse(t, []byte(json), tape.Limits{}); err != nil {
		return constant{}, err
	}
	v := constant{kind: t.Tokens[0].Kind, json: json}
	switch v.kind {
	case tape.Number:
		v.num = parseDecimal([]byte(json))
	case tape.String:
		v.text = t.Text(0)
	case tape.Array, tape.Object:
		v.tape = t
	}
	return v, nil
}

func codeNumRule(c *snapshot.Coder, r *numRule) {
	snapshot.List(c, &r.bounds, func(c *snapshot.Coder, b *bound) {
		c.Text(&b.keyword)
		c.Text(&b.text)
		codeDecimal(c, &b.value)
	})
	c.Uint64(&r.divisor.mantissa)
	snapshot.List(c, &r.divisor.wide, (*snapshot.Coder).Uint64)
	snapshot.Int(c, &r.divisor.zeros)
	snapshot.Int(c, &r.divisor.exp)
	c.Text(&r.step)
	c.Text(&r.format)
	snapshot.Pointer(c, &r.least, codeDecimal)
	snapshot.Pointer(c, &r.most, codeDecimal)
	c.Bool(&r.whole)
	c.Bool(&r.plain)
}

func codeDecimal(c *snapshot.Coder, d *decimal) {
	c.Bool(&d.neg)
	c.Raw(&d.head)
	c.Raw(&d.tail)
	snapshot.Int(c, &d.exp)
}

func codeStrRule(c *snapshot.Coder, r *strRule) {
	snapshot.Int(c, &r.min)
	snapshot.Int(c, &r.max)
	snapshot.Pointer(c, &r.pattern, codePattern)
	c.Text(&r.name)
	if there := r.format != nil; c.Reading() {
		c.Bool(&there)
		if there {
			r.format = format.Lookup(r.name)
		}
	} else {
		c.Bool(&there)
	}
	snapshot.Pointer(c, &r.content, codeContent)
}

func codeContent(c *snapshot.Coder, r *contentRule) {
	c.Text(&r.encoding)
	c.Bool(&r.json)
	snapshot.Int(c, &r.schema)
	if c.Reading() && r.encoding != "" && encodings[r.encoding] == nil {
		c.Fail()
	}
}

func codePattern(c *snapshot.Coder, p *pattern) {
	c.Text(&p.text)
	if c.Reading() && !c.Failed() {
		made, err := newPattern(p.text)
		if err != nil {
			c.Fail()
			return
		}
		*p = *made
	}
}

func codeArrRule(c *snapshot.Coder, r *arrRule) {
	snapshot.Ints(c, &r.prefix)
	snapshot.Int(c, &r.items)
	snapshot.Int(c, &r.contains)
	snapshot.Int(c, &r.minContains)
	snapshot.Int(c, &r.maxContains)
	c.Bool(&r.marks)
	snapshot.Int(c, &r.min)
	snapshot.Int(c, &r.max)
	c.Bool(&r.unique)
}

func codeObjRule(c *snapshot.Coder, r *objRule) {
	snapshot.List(c, &r.slots, codeSlot)
	if c.Reading() {
		r.settle()
	}
	snapshot.List(c, &r.patterns, func(c *snapshot.Coder, p *patternSlot) {
		snapshot.Pointer(c, &p.pattern, codePattern)
		snapshot.Int(c, &p.schema)
	})
	snapshot.Int(c, &r.rest)
	c.Bool(&r.open)
	snapshot.Int(c, &r.names)
	snapshot.Int(c, &r.min)
	snapshot.Int(c, &r.max)
	snapshot.Int(c, &r.required)
	c.Bool(&r.deps)
}

func codeSlot(c *snapshot.Coder, s *slot) {
	c.Text(&s.name)
	snapshot.Int(c, &s.schema)
	c.Bool(&s.required)
	snapshot.Ints(c, &s.needs)
	snapshot.Int(c, &s.then)
	c.Text(&s.source.File)
	snapshot.Int(c, &s.source.Line)
	snapshot.Int(c, &s.source.Column)
}
