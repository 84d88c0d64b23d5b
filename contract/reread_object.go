package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// rereadDotted reads address.city=Bonn.
func (op *Operation) rereadDotted(q *parameter, _ []piece, r *faultline.Request) *reread {
	if q.types&schema.ObjectType == 0 {
		return nil
	}
	root := branch{}
	var from []piece
	for pair := queryPairs(r); pair.next(); {
		name := (&piece{raw: pair.key, plus: true}).text()
		tail, ok := strings.CutPrefix(name, q.name+".")
		if keys := strings.Split(tail, "."); ok && len(keys) <= maxBrackets {
			root.grow(keys, pair.piece)
			from = append(from, pair.piece)
		}
	}
	if len(from) == 0 {
		return nil
	}
	var a assembly
	root.writeObject(&a, op.contract.program, q.id)
	return op.fitting(q, a.json, "with dots in its name", from)
}

// rereadSpread reads the members of an object from parameters of their own
// name, or from one value with commas.
func (op *Operation) rereadSpread(q *parameter, pieces []piece, r *faultline.Request) *reread {
	if q.types&schema.ObjectType == 0 || q.style == content {
		return nil
	}
	program := op.contract.program
	if one(pieces) || q.style == deepObject {
		if found := op.rereadMembers(q, r); found != nil {
			return found
		}
	}
	if q.spreads() {
		return nil
	}
	root := branch{}
	var from []piece
	for pair := queryPairs(r); pair.next(); {
		name := (&piece{raw: pair.key, plus: true}).text()
		if _, declared := program.Property(q.id, name); declared && !op.declaresQuery(name) {
			root.grow([]string{name}, pair.piece)
			from = append(from, pair.piece)
		}
	}
	if len(from) == 0 {
		return nil
	}
	var a assembly
	root.writeObject(&a, program, q.id)
	return op.fitting(q, a.json, "as parameters of their own", from)
}

// rereadMembers reads address=city,Bonn and address=city:Bonn.
func (op *Operation) rereadMembers(q *parameter, r *faultline.Request) *reread {
	for pair := queryPairs(r); pair.next(); {
		if !sameName(pair.key, q.name) || pair.raw == "" {
			continue
		}
		list := cut(pair.piece, ',', true, nil)
		if found := op.membersOf(q, pair.piece, twoByTwo(list)); found != nil {
			return found
		}
		for _, equals := range [...]string{":", "="} {
			if found := op.membersOf(q, pair.piece, pairAt(list, equals)); found != nil {
				return found
			}
		}
		if text := strings.TrimSpace(pair.text()); strings.HasPrefix(text, "{") {
			return op.fitting(q, []byte(text), "as JSON", []piece{pair.piece})
		}
	}
	return nil
}

func twoByTwo(list []piece) [][2]string {
	if len(list)%2 != 0 {
		return nil
	}
	var out [][2]string
	for i := 0; i < len(list); i += 2 {
		out = append(out, [2]string{list[i].text(), list[i+1].text()})
	}
	return out
}

func pairAt(list []piece, equals string) [][2]string {
	var out [][2]string
	for i := range list {
		key, value, ok := strings.Cut(list[i].text(), equals)
		if !ok {
			return nil
		}
		out = append(out, [2]string{key, value})
	}
	return out
}

func (op *Operation) membersOf(q *parameter, whole piece, members [][2]string) *reread {
	if len(members) == 0 {
		return nil
	}
	a := assembly{json: []byte{'{'}}
	for _, m := range members {
		a.key(m[0], 0, 0)
		a.value(op.contract.program, memberOf(op.contract.program, q.id, m[0]), &piece{raw: m[1], plain: true})
	}
	return op.fitting(q, append(a.json, '}'), "as a comma-separated list", []piece{whole})
}
