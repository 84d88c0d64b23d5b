package contract

import (
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
		return op.gatherQuery(q, r, out)
	case faultline.InHeader:
		for i := range r.Header {
			if strings.EqualFold(r.Header[i].Name, q.name) {
				out = append(out, piece{raw: r.Header[i].Value, plain: true})
			}
		}
	case faultline.InCookie:
		for i := range r.Header {
			if strings.EqualFold(r.Header[i].Name, "Cookie") {
				out = gatherCookie(q.name, r.Header[i].Value, out)
			}
		}
	}
	return out
}

func gatherCookie(name, value string, out []piece) []piece {
	for at := 0; value != ""; {
		var pair piece
		pair, value, at = nextCookie(value, at)
		if pair.key == name {
			out = append(out, pair)
		}
	}
	return out
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
	for rest, at := queryAt(r); rest != ""; {
		var pair piece
		pair, rest, at = nextPair(rest, at)
		switch {
		case q.style == deepObject:
			if _, ok := bracketed(pair.key, q.name); ok || sameName(pair.key, q.name) {
				out = append(out, pair)
			}
		case spread:
			if op.isMember(q, pair.key) {
				out = append(out, pair)
			}
		case sameName(pair.key, q.name):
			out = append(out, pair)
		}
	}
	return out
}

// spreads reports whether each member of an object is a parameter of its own on
// the wire: then the name of the parameter does not appear.
func (q *parameter) spreads() bool {
	return q.style == form && q.explode && q.types&schema.ObjectType != 0 && q.types&(scalarTypes&^schema.NullType|schema.ArrayType) == 0
}

// isMember reports whether a query parameter is a member of an object that is
// spread over the query. Names that the object does not declare are its own
// only if it says what undeclared members are and no other parameter has them.
func (op *Operation) isMember(q *parameter, rawName string) bool {
	name := (&piece{raw: rawName, plus: true}).text()
	id, declared := op.contract.program.Property(q.id, name)
	if declared {
		return true
	}
	return id != schema.None && !op.declaresQuery(name)
}

func (op *Operation) declaresQuery(name string) bool {
	for i := range op.params {
		if op.params[i].in == faultline.InQuery && op.params[i].name == name {
			return true
		}
	}
	return false
}
