package contract

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// gather collects what the request sends for a parameter, in the order of the
// wire. Offsets are bytes of the request target for path and query, of the
// field's value for a header and for a cookie.
func (op *Operation) gather(q *parameter, r *faultline.Request, p *Params, out []piece) []piece {
	switch q.in {
	case faultline.InPath:
		if v, ok := p.Get(q.name); ok {
			out = append(out, piece{raw: v.Raw, at: pathOffset(r) + v.Start})
		}
	case faultline.InQuery:
		if q.whole {
			return gatherWhole(q, r, out)
		}
		return op.gatherQuery(q, r, out)
	case faultline.InHeader:
		return gatherHeader(q.name, r.Header, out)
	case faultline.InCookie:
		for i := range r.Header {
			if r.Header[i].Is("Cookie") {
				out = op.gatherCookie(q, r.Header[i].Value, out)
			}
		}
	}
	return out
}

// gatherHeader collects the fields of a header.
func gatherHeader(name string, h faultline.Header, out []piece) []piece {
	for i := range h {
		if h[i].Is(name) {
			out = append(out, piece{raw: h[i].Value, plain: true})
		}
	}
	return out
}

// gatherWhole takes the query as one value; without a question mark there is
// none.
func gatherWhole(q *parameter, r *faultline.Request, out []piece) []piece {
	query, at := queryAt(r)
	if query == "" {
		return out
	}
	// A form is read in pairs, each of which is decoded by itself. In anything
	// else a plus is a plus (RFC 3986).
	return append(out, piece{raw: query, at: at, plain: q.how == asForm})
}

// gatherCookie collects cookies. Exploded, the style form has ampersands
// between its pairs, which the syntax of cookies takes for a part of the value
// (OpenAPI 3.1.1, appendix D): both ways of writing are read.
func (op *Operation) gatherCookie(q *parameter, value string, out []piece) []piece {
	spread := q.spreads()
	list := spread || q.explode && q.types&schema.ArrayType != 0
	for pair := cookiesIn(value); pair.next(); {
		pair.plain = q.style == cookie
		if !op.isFor(q, pair.key, spread) {
			continue
		}
		for list {
			tail, ok := op.cutPair(q, &pair.piece, spread)
			if !ok {
				break
			}
			out = append(out, pair.piece)
			pair.piece = tail
		}
		out = append(out, pair.piece)
	}
	return out
}

// isFor reports whether a pair belongs to a parameter of the style form.
func (op *Operation) isFor(q *parameter, rawName string, spread bool) bool {
	if spread {
		return op.isMember(q, rawName)
	}
	return rawName == q.name
}

// cutPair takes a second pair behind an ampersand off the value of a cookie.
func (op *Operation) cutPair(q *parameter, pair *piece, spread bool) (tail piece, ok bool) {
	for i, end := 0, 0; i < len(pair.raw); i = end {
		if end = strings.IndexByte(pair.raw[i+1:], '&'); end < 0 {
			end = len(pair.raw)
		} else {
			end += i + 1
		}
		if pair.raw[i] != '&' {
			continue
		}
		name, _, found := strings.Cut(pair.raw[i+1:end], "=")
		if !found || !op.isFor(q, name, spread) {
			continue
		}
		tail = pair.from(i + 1 + len(name) + 1)
		tail.key, tail.keyAt = name, pair.at+i+1
		pair.raw = pair.raw[:i]
		return tail, true
	}
	return tail, false
}

// queryAt is where the query begins in the target, which ends where it does.
func queryAt(r *faultline.Request) (query string, at int) {
	query = r.Query()
	if query == "" {
		return "", len(r.Target)
	}
	return query, strings.IndexByte(r.Target, '?') + 1
}

func (op *Operation) gatherQuery(q *parameter, r *faultline.Request, out []piece) []piece {
	spread := q.spreads()
	for pair := queryPairs(r); pair.next(); {
		switch {
		case q.style == deepObject:
			if _, ok := bracketed(pair.key, q.name); ok || sameName(pair.key, q.name) {
				out = append(out, pair.piece)
			}
		case spread:
			if op.isMember(q, pair.key) {
				out = append(out, pair.piece)
			}
		case sameName(pair.key, q.name):
			out = append(out, pair.piece)
		}
		if len(out) == cap(out) && len(out) >= manyPieces {
			out = slices.Grow(out, strings.Count(pair.rest, "&")+1) // once, not doubled again and again
		}
	}
	return out
}

// manyPieces is more than an honest query has of one parameter.
const manyPieces = 256

// spreads reports whether each member of an object is a parameter of its own on
// the wire: then the name of the parameter does not appear.
func (q *parameter) spreads() bool {
	return (q.style == form || q.style == cookie) && q.explode && q.types&schema.ObjectType != 0 &&
		q.types&(scalarTypes&^schema.NullType|schema.ArrayType) == 0
}

// isMember reports whether a query parameter is a member of an object that is
// spread over the query. Names that the object does not declare are its own
// only if it says what undeclared members are and no other parameter has them.
func (op *Operation) isMember(q *parameter, rawName string) bool {
	var room [64]byte
	name := (&piece{raw: rawName, plus: true}).append(room[:0])
	id, declared := op.contract.program.Property(q.id, string(name))
	if declared {
		return true
	}
	return id != schema.None && !op.declares(q.in, rawName)
}

// declares reports whether a parameter of the part has an encoded name, or a
// security scheme reads it.
func (op *Operation) declares(in faultline.Part, rawName string) bool {
	for i := range op.params {
		if p := &op.params[i]; p.in == in && sameName(rawName, p.name) {
			return true
		}
	}
	for _, set := range op.security.sets {
		for i := range set {
			if set[i].In == in && sameName(rawName, set[i].Field) {
				return true
			}
		}
	}
	return false
}

func (op *Operation) declaresQuery(name string) bool {
	for i := range op.params {
		if op.params[i].in == faultline.InQuery && op.params[i].name == name {
			return true
		}
	}
	return false
}
