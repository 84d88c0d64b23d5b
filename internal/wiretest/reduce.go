package wiretest

import (
	"slices"
	"strings"
	"time"
)

// reduceFor bounds the search for a smaller script.
const reduceFor = 30 * time.Second

// Reduce looks for a smaller script that still fails. It leaves the one that
// it was given as it is.
func Reduce(s *Script, fails func(*Script) bool) *Script {
	until := time.Now().Add(reduceFor)
	for {
		smaller := func() *Script {
			for _, c := range smaller(s) {
				if time.Now().After(until) {
					return nil
				}
				if fails(c) {
					return c
				}
			}
			return nil
		}()
		if smaller == nil {
			return s
		}
		s = smaller
	}
}

// smaller are scripts with a part less, the largest parts first.
func smaller(s *Script) (out []*Script) {
	change := func(f func(*Script) bool) {
		c := s.clone()
		if f(c) {
			out = append(out, c)
		}
	}
	change(func(c *Script) bool { was := c.Pipelined; c.Pipelined = false; return was })
	for i, ex := range s.Exchanges {
		if len(s.Exchanges) > 1 {
			change(func(c *Script) bool { c.Exchanges = slices.Delete(c.Exchanges, i, i+1); return true })
		}
		change(func(c *Script) bool { c.Exchanges[i].Interim = nil; return len(ex.Interim) > 0 && !ex.Expect })
		for _, of := range []func(*Exchange) *Message{func(ex *Exchange) *Message { return &ex.Request }, func(ex *Exchange) *Message { return &ex.Answer }} {
			for _, f := range simpler {
				change(func(c *Script) bool { return f(of(c.Exchanges[i])) })
			}
			for j, field := range of(ex).Fields {
				if field.role == plain || field.role == hop && !strings.EqualFold(field.Line[:min(2, len(field.Line))], "co") {
					change(func(c *Script) bool {
						m := of(c.Exchanges[i])
						m.Fields = slices.Delete(m.Fields, j, j+1)
						return true
					})
				}
			}
		}
	}
	return out
}

// simpler are changes to one message that take something away, and say whether
// there was anything.
var simpler = []func(*Message) bool{
	func(m *Message) bool {
		before := len(m.Fields)
		m.Fields = slices.DeleteFunc(m.Fields, func(f Field) bool { return f.role == plain })
		return len(m.Fields) < before
	},
	func(m *Message) bool { some := len(m.Cuts) > 0; m.Cuts = nil; return some },
	func(m *Message) bool { some := len(m.Body.Trailer) > 0; m.Body.Trailer = nil; return some },
	func(m *Message) bool {
		some := m.Body.Kind != None && m.Step == 0 && len(m.Body.Content) > 1
		m.Body = Body{Kind: m.Body.Kind, Content: []byte("x"), Chunks: []Chunk{{"1", 1}, {"0", 0}}}
		return some
	},
	func(m *Message) bool {
		some := len(m.Body.Chunks) > 2 && m.Step == 0
		m.Body.Chunks = m.Body.Chunks[max(0, len(m.Body.Chunks)-2):]
		if some {
			m.Body.Content = m.Body.Content[len(m.Body.Content)-m.Body.Chunks[0].Size:]
		}
		return some
	},
	func(m *Message) bool {
		some := m.Step == 0 && len(m.Body.Content) > 1 && m.Body.Kind != Chunked
		m.Body.Content = m.Body.Content[:(len(m.Body.Content)+1)/2]
		return some
	},
}

// clone copies what the changes change.
func (s *Script) clone() *Script {
	c := *s
	c.Exchanges = nil
	for _, ex := range s.Exchanges {
		copied := *ex
		copied.Interim = slices.Clone(ex.Interim)
		for _, m := range []*Message{&copied.Request, &copied.Answer} {
			m.Fields, m.Cuts = slices.Clone(m.Fields), slices.Clone(m.Cuts)
			m.Body.Chunks = slices.Clone(m.Body.Chunks)
		}
		c.Exchanges = append(c.Exchanges, &copied)
	}
	return &c
}

// String tells the script to a person.
func (s *Script) String() string {
	var b strings.Builder
	for _, ex := range s.Exchanges {
		b.WriteString("> " + ex.Request.String())
		for i := range ex.Interim {
			b.WriteString("< " + ex.Interim[i].Start + "\n")
		}
		b.WriteString("< " + ex.Answer.String())
		if ex.Tunnel != nil {
			b.WriteString("  (tunnel)\n")
		}
		switch {
		case ex.Early:
			b.WriteString("  (answered early)\n")
		case ex.Refuses:
			b.WriteString("  (the body is not asked for)\n")
		case ex.Expect:
			b.WriteString("  (waits for 100)\n")
		}
	}
	if s.Pipelined {
		b.WriteString("  (pipelined)\n")
	}
	return b.String()
}
