package route

import (
	"errors"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/percent"
)

// A part of a segment pattern is a literal or an expression.
type part struct {
	literal string // percent-decoded; empty for an expression
	name    string // of an expression; may be empty, then nobody asks for its value
	expr    bool
}

// A pattern is one segment of a path template. Literals and expressions
// alternate freely: `{name}.{ext}`, `v{major}`, `{id}:cancel`.
type pattern struct {
	text  string // as the template writes it
	parts []part
}

// MaxExpressions bounds the expressions of one template, so that captures have
// fixed storage.
const MaxExpressions = 16

var errBraces = errors.New("the braces of a template expression do not match")

func parsePattern(text string) (pattern, error) {
	p := pattern{text: text}
	rest := text
	for rest != "" {
		open := strings.IndexByte(rest, '{')
		literal := rest
		if open >= 0 {
			literal = rest[:open]
		}
		if strings.IndexByte(literal, '}') >= 0 {
			return pattern{}, errBraces
		}
		if literal != "" {
			p.parts = append(p.parts, part{literal: percent.Decode(literal)})
		}
		if open < 0 {
			break
		}
		end := strings.IndexByte(rest, '}')
		if end < open || strings.IndexByte(rest[open+1:end], '{') >= 0 {
			return pattern{}, errBraces
		}
		p.parts = append(p.parts, part{name: rest[open+1 : end], expr: true})
		rest = rest[end+1:]
	}
	return p, nil
}

// static reports whether the segment has no expression.
func (p *pattern) static() bool {
	return len(p.parts) == 0 || len(p.parts) == 1 && !p.parts[0].expr
}

// shape is equal for patterns that match the same segments.
func (p *pattern) shape() string {
	var b strings.Builder
	for _, part := range p.parts {
		if part.expr {
			b.WriteString("{}")
			continue
		}
		b.WriteString(strings.NewReplacer("{", "{{", "}", "}}").Replace(part.literal))
	}
	return b.String()
}

// weight orders patterns, the most specific first: more literal text, then
// fewer expressions.
func (p *pattern) weight() int {
	w := 0
	for _, part := range p.parts {
		if part.expr {
			w--
			continue
		}
		w += 100 * len(part.literal)
	}
	return w
}

// match reports whether segment, which begins at offset, fits the pattern, and
// records what the expressions take. Each takes at least one byte. The first
// place where the next literal fits is right for all literals but the last,
// which is bound to the end: nothing has to be tried twice.
func (p *pattern) match(segment string, offset int, hit *Hit) bool {
	at := 0
	open := -1 // where the expression before at begins
	for i := range p.parts {
		part := &p.parts[i]
		if part.expr {
			if open >= 0 { // two expressions side by side: the first takes one character
				end := open + unit(segment[open:])
				if end > len(segment) || end == open {
					return false
				}
				hit.capture(offset+open, offset+end)
				at = end
			}
			open = at
			continue
		}
		end := 0
		switch {
		case open < 0:
			end = literalAt(segment, at, part.literal)
		case i == len(p.parts)-1:
			start, stop := literalAtEnd(segment, open, part.literal)
			if start <= open || stop != len(segment) {
				return false
			}
			hit.capture(offset+open, offset+start)
			open, end = -1, stop
		default:
			start, stop := literalAfter(segment, open, part.literal)
			if start <= open {
				return false
			}
			hit.capture(offset+open, offset+start)
			open, end = -1, stop
		}
		if end < 0 {
			return false
		}
		at = end
	}
	if open >= 0 {
		if open >= len(segment) {
			return false
		}
		hit.capture(offset+open, offset+len(segment))
		return true
	}
	return at == len(segment)
}

// literalAt returns the offset after literal, which has to stand at from, or -1.
func literalAt(segment string, from int, literal string) int {
	for i := 0; i < len(literal); i++ {
		if from >= len(segment) {
			return -1
		}
		c, n := percent.Octet(segment[from:], false)
		if c != literal[i] {
			return -1
		}
		from += n
	}
	return from
}

// literalAfter looks for literal with at least one character between it and
// from, and returns where it begins and ends; (-1, -1) if nowhere.
func literalAfter(segment string, from int, literal string) (start, end int) {
	for at := from; at < len(segment); {
		at += unit(segment[at:])
		if end := literalAt(segment, at, literal); end >= 0 {
			return at, end
		}
	}
	return -1, -1
}

// literalAtEnd is literalAfter for a literal that has to end the segment.
func literalAtEnd(segment string, from int, literal string) (start, end int) {
	for at := from; at < len(segment); {
		at += unit(segment[at:])
		if end := literalAt(segment, at, literal); end == len(segment) {
			return at, end
		}
	}
	return -1, -1
}

// unit is how many bytes of s its first octet takes.
func unit(s string) int {
	if s == "" {
		return 0
	}
	_, n := percent.Octet(s, false)
	return n
}
