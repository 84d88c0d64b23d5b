package schema

import (
	"github.com/faultline-http/faultline/internal/tape"
)

// neighbours are the members of an object that its schemas do not declare, and
// the names that they do. All violations of the object share them.
type neighbours struct {
	undeclared []Member
	declared   []string
}

func (x *explainer) neighbours() (undeclared []Member, declared []string) {
	n, known := x.around[x.root]
	if !known && x.t.Tokens[x.root.token].Kind == tape.Object {
		n.undeclared, n.declared = x.lookAround()
		x.around[x.root] = n
	}
	return n.undeclared, n.declared
}

// mostNeighbours is how many undeclared members a violation tells of.
const mostNeighbours = 256

// fewNames is what most objects declare at most.
const fewNames = 16

func (x *explainer) lookAround() (undeclared []Member, declared []string) {
	object := x.root.token
	names := make(map[string]bool, fewNames)
	x.declares(x.root.id, object, func(name string) {
		if !names[name] {
			if names[name] = true; declared == nil {
				declared = make([]string, 0, fewNames)
			}
			declared = append(declared, name)
		}
	}, &visited{})
	for key := object + 1; key < int(x.t.Tokens[object].Next) && len(undeclared) < mostNeighbours; key = int(x.t.Tokens[key+1].Next) {
		if names[string(x.text(key))] {
			continue
		}
		value := x.t.Tokens[key+1]
		undeclared = append(undeclared, Member{
			Name:  x.t.Text(key),
			Key:   x.inside(key),
			Value: x.span(int(value.Start), int(value.End)),
			Type:  x.typeName(key + 1),
		})
	}
	return undeclared, declared
}

// declares goes over the names that the schemas of an object declare. Of
// branches it takes those that fit, else the one that was chosen, else all.
func (x *explainer) declares(id ID, token int, visit func(string), seen *visited) {
	if id == None || !seen.first(id) {
		return
	}
	f := &x.forms[id]
	if f.obj != nil {
		for i := range f.obj.slots {
			if f.obj.slots[i].schema != None && !x.forms[f.obj.slots[i].schema].never {
				visit(f.obj.slots[i].name)
			}
		}
	}
	x.declares(f.ref, token, visit, seen)
	for _, next := range f.allOf {
		x.declares(next, token, visit, seen)
	}
	if f.disc != nil {
		if next, picked := x.pick(f.disc, token); picked {
			x.declares(next, token, visit, seen)
			return
		}
	}
	for _, list := range [...][]ID{f.anyOf, f.oneOf} {
		for _, next := range x.relevant(list, token) {
			x.declares(next, token, visit, seen)
		}
	}
	x.declares(f.yes, token, visit, seen)
	x.declares(f.no, token, visit, seen)
	if f.obj != nil {
		for i := range f.obj.slots {
			x.declares(f.obj.slots[i].then, token, visit, seen)
		}
	}
}

func (x *explainer) relevant(list []ID, token int) []ID {
	if len(list) == 0 {
		return nil
	}
	if c, ok := x.chosen[memoKey{list[0], int32(token)}]; ok && c.branch != None {
		return []ID{c.branch}
	}
	var fit []ID
	for _, id := range list {
		if x.branch(id, token) {
			fit = append(fit, id)
		}
	}
	if fit != nil {
		return fit
	}
	return list
}
