package schema

import (
	"testing"

	"github.com/faultline-http/faultline/internal/race"
)

// agree fails unless the three ways to judge a body come to the same.
func agree(t *testing.T, p *Program, id ID, body []byte) {
	t.Helper()
	fused := p.Valid(id, body)
	s := p.get()
	plain := p.validOnTape(s, id, body)
	p.put(s)
	explained := p.explain(id, body)
	if fused != plain || plain != (len(explained) == 0) {
		t.Errorf("%q: fused verdict %v, verdict on the tape %v, violations %d", body, fused, plain, len(explained))
		for _, v := range explained {
			t.Logf("%s: %s", v.Pointer, v.Message)
		}
	}
	for _, v := range explained {
		if v.Span.Start < 0 || v.Span.End > len(body) || v.Span.Start > v.Span.End {
			t.Errorf("%q: the span %v of %q is outside of the body", body, v.Span, v.Message)
		}
		if v.Message == "" || v.Kind != Syntax && v.Found == "" {
			t.Errorf("%q: a violation without words: %+v", body, v)
		}
	}
}

func TestProgramsAgree(t *testing.T) {
	t.Parallel()
	for _, sample := range samples {
		t.Run(sample.name, func(t *testing.T) {
			t.Parallel()
			p, id := compileText(t, sample.dialect, Request, sample.schema)
			for _, body := range sample.bodies {
				for _, variant := range variants(body) {
					agree(t, p, id, []byte(variant))
				}
			}
		})
	}
}

// variants are a body and what becomes of it when it is cut, or a part of it is
// something else.
func variants(body string) []string {
	out := []string{body, " " + body + "\n", body + "x"}
	for i := range body {
		out = append(out, body[:i])
		switch body[i] {
		case '1':
			out = append(out, body[:i]+"null"+body[i+1:], body[:i]+`"s"`+body[i+1:], body[:i]+"-0.50e1"+body[i+1:])
		case '"':
			out = append(out, body[:i+1]+`\u0061`+body[i+1:])
		case ',':
			out = append(out, body[:i]+body[i+1:], body[:i]+`,"dup":1,"dup":2`+body[i:])
		}
	}
	return out
}

func FuzzValidAgreesWithExplain(f *testing.F) {
	type compiled struct {
		p  *Program
		id ID
	}
	var programs []compiled
	for i, sample := range samples {
		p, id := compileText(f, sample.dialect, Request, sample.schema)
		programs = append(programs, compiled{p, id})
		for _, body := range sample.bodies {
			f.Add(byte(i), []byte(body))
		}
	}
	p, id := orders(f)
	programs = append(programs, compiled{p, id})
	f.Add(byte(len(samples)), body(f, "valid_1k.json"))
	f.Add(byte(len(samples)), body(f, "invalid_1k.json"))
	f.Fuzz(func(t *testing.T, which byte, body []byte) {
		c := programs[int(which)%len(programs)]
		agree(t, c.p, c.id, body)
	})
}

func TestOrders(t *testing.T) {
	t.Parallel()
	p, id := orders(t)
	for _, name := range []string{"valid_1k.json", "valid_10k.json"} {
		if got := p.Explain(id, body(t, name)); len(got) != 0 {
			t.Errorf("%s: %d violations, want none: %s", name, len(got), got[0].Message)
		}
	}
	for _, name := range []string{"invalid_1k.json", "invalid_10k.json"} {
		if got := p.Explain(id, body(t, name)); len(got) != 1 {
			t.Errorf("%s: %d violations, want 1", name, len(got))
		}
	}
}

func TestValidAllocatesNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	p, id := orders(t)
	for _, l := range loads(t) {
		if got := testing.AllocsPerRun(100, func() { p.Valid(id, l.text) }); got != 0 {
			t.Errorf("%s: %v allocations, want 0", l.name, got)
		}
	}
	for _, sample := range samples {
		p, id := compileText(t, sample.dialect, Request, sample.schema)
		raw := []byte(sample.bodies[0])
		if got := testing.AllocsPerRun(100, func() { p.Valid(id, raw) }); got != 0 {
			t.Errorf("%s: %v allocations, want 0", sample.name, got)
		}
	}
}
