package contract

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// An Undeclared is a query parameter that the operation does not declare.
// OpenAPI allows it, so it is no violation, but next to a missing one it tells
// a misspelling.
type Undeclared struct {
	Name  string
	Value string         // decoded
	Key   faultline.Span // of the name, in the request target
	Span  faultline.Span // of name and value
	Near  string         // the declared name that it is most like; empty if none is

	// Want is the declared parameter Near written in its own style, where this
	// one says the same in another: "tags=dog&tags=cat" for tags[]=dog&tags[]=cat.
	Want string
}

// UndeclaredQuery returns the query parameters that the operation does not
// declare and that no security scheme of it reads.
func (op *Operation) UndeclaredQuery(r *faultline.Request) []Undeclared {
	var out []Undeclared
	var target []byte
	var others []reread
	for pair := queryPairs(r); pair.next(); {
		if len(out) >= maxUndeclared {
			break
		}
		if pair.key == "" || op.knowsQuery(pair.key) {
			continue
		}
		if out == nil {
			target, others = []byte(r.Target), op.inOtherStyles(r)
		}
		name := (&piece{raw: pair.key, plus: true}).text()
		keyEnd := pair.keyAt + len(pair.key)
		u := Undeclared{
			Name:  name,
			Value: pair.text(),
			Key:   spanOf(target, pair.keyAt, keyEnd),
			Span:  spanOf(target, pair.keyAt, pair.end()),
		}
		u.Near, u.Want = op.meant(name, pair.keyAt, others)
		out = append(out, u)
	}
	return out
}

// inOtherStyles reads the declared parameters in the styles that spread them
// over names of their own.
func (op *Operation) inOtherStyles(r *faultline.Request) []reread {
	var out []reread
	for i := range op.params {
		q := &op.params[i]
		if q.in != faultline.InQuery || q.id == schema.None {
			continue
		}
		for _, attempt := range [...]func(*parameter, []piece, *faultline.Request) *reread{op.rereadBrackets, op.rereadDotted} {
			if found := attempt(q, nil, r); found != nil {
				found.name = q.name
				out = append(out, *found)
			}
		}
	}
	return out
}

// meant finds the declared parameter that an undeclared one stands for: the
// same in another style, else the one of the nearest name.
func (op *Operation) meant(name string, keyAt int, others []reread) (near, want string) {
	for i := range others {
		if o := &others[i]; o.start <= keyAt && keyAt < o.end {
			return o.name, o.want
		}
	}
	names := op.ParameterNames(faultline.InQuery)
	if open := strings.IndexByte(name, '['); open > 0 && strings.HasSuffix(name, "]") { // filter[status]=x for status=x
		for _, part := range [...]string{name[open+1 : len(name)-1], name[:open]} {
			if slices.Contains(names, part) {
				return part, ""
			}
		}
	}
	return nearest(name, names), ""
}

// maxUndeclared bounds what a hostile query costs.
const maxUndeclared = 100

func (op *Operation) knowsQuery(rawName string) bool {
	if op.readsWholeQuery() {
		return true
	}
	for i := range op.params {
		q := &op.params[i]
		if q.in != faultline.InQuery {
			continue
		}
		if _, deep := bracketed(rawName, q.name); deep && q.style == deepObject || sameName(rawName, q.name) {
			return true
		}
		if q.spreads() && op.isMember(q, rawName) {
			return true
		}
	}
	for _, set := range op.security.sets {
		for i := range set {
			if set[i].In == faultline.InQuery && sameName(rawName, set[i].Field) {
				return true
			}
		}
	}
	return false
}
