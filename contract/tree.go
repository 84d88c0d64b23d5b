package contract

import (
	"strings"

	"github.com/faultline-http/faultline/contract/internal/schema"
)

// A branch is a node of a value that is written with brackets in its names:
// address[city]=Bonn, items[0][sku]=A-1, tags[]=a.
type branch struct {
	key      string
	children []*branch
	index    map[string]*branch // of the children, once they are many
	values   []piece
	start    int // of the name, on the wire
	end      int
	nursery  *nursery
}

// A nursery gives branches that were used before, with their room.
type nursery struct {
	list []*branch
	used int
}

// root returns a branch to grow a value on; those of the value before are given
// again.
func (n *nursery) root() *branch {
	n.used = 0
	return n.branch("", 0, 0)
}

func (n *nursery) branch(key string, start, end int) *branch {
	if n == nil {
		return &branch{key: key, start: start, end: end}
	}
	if n.used == len(n.list) {
		n.list = append(n.list, &branch{})
	}
	b := n.list[n.used]
	n.used++
	clear(b.index)
	*b = branch{key: key, children: b.children[:0], index: b.index, values: b.values[:0], start: start, end: end, nursery: n}
	return b
}

// maxBranches bounds the names of one value.
const maxBranches = 10000

// grow adds a value below the keys.
func (b *branch) grow(keys []string, v piece) {
	if len(keys) == 0 {
		b.values = append(b.values, v)
		return
	}
	next := b.child(keys[0])
	if next == nil {
		if len(b.children) >= maxBranches {
			return
		}
		next = b.nursery.branch(keys[0], v.keyAt, v.keyAt+len(v.key))
		b.add(next)
	}
	next.grow(keys[1:], v)
}

// fewChildren is where looking at each is cheaper than a map.
const fewChildren = 16

func (b *branch) add(next *branch) {
	b.children = append(b.children, next)
	switch n := len(b.children); {
	case n <= fewChildren:
		return
	case n > fewChildren+1:
		b.index[next.key] = next
		return
	case b.index == nil:
		b.index = make(map[string]*branch, 2*n)
	}
	for _, c := range b.children {
		b.index[c.key] = c
	}
}

func (b *branch) child(key string) *branch {
	if len(b.children) > fewChildren {
		return b.index[key]
	}
	for _, c := range b.children {
		if c.key == key {
			return c
		}
	}
	return nil
}

// write appends the branch as JSON under a schema.
func (b *branch) write(a *assembly, prog *schema.Program, id schema.ID) {
	types := typesOf(prog, id)
	isList := types&schema.ArrayType != 0
	switch {
	case len(b.children) > 0 && (isList && b.indexed() || b.indexedOnlyEmpty()):
		b.writeList(a, prog, itemsOf(prog, id))
	case len(b.children) > 0:
		b.writeObject(a, prog, id)
	case isList && (len(b.values) > 1 || types&scalarTypes == 0):
		a.json = append(a.json, '[')
		for i := range b.values {
			a.item()
			a.value(prog, itemsOf(prog, id), &b.values[i])
		}
		a.json = append(a.json, ']')
	case len(b.values) > 1: // more than one value where the schema has room for one: it says so
		a.json = append(a.json, '[')
		a.mark(len(a.json)-1, b.values[1].keyAt, b.values[1].end(), false)
		for i := range b.values {
			a.item()
			a.value(prog, schema.None, &b.values[i])
		}
		a.json = append(a.json, ']')
	case len(b.values) == 1:
		a.value(prog, id, &b.values[0])
	default:
		a.json = append(a.json, "null"...)
	}
}

func (b *branch) writeObject(a *assembly, prog *schema.Program, id schema.ID) {
	a.json = append(a.json, '{')
	for _, c := range b.children {
		a.key(c.key, c.start, c.end)
		c.write(a, prog, memberOf(prog, id, c.key))
	}
	a.json = append(a.json, '}')
}

// writeList writes items in the order in which they came; servers sort by
// index, which is the same for what clients send.
func (b *branch) writeList(a *assembly, prog *schema.Program, id schema.ID) {
	a.json = append(a.json, '[')
	for _, c := range b.children {
		if c.key == "" && len(c.children) == 0 {
			for i := range c.values {
				a.item()
				a.value(prog, id, &c.values[i])
			}
			continue
		}
		a.item()
		c.write(a, prog, id)
	}
	a.json = append(a.json, ']')
}

// indexed reports whether the keys are those of a list: empty or numbers.
func (b *branch) indexed() bool {
	for _, c := range b.children {
		if strings.Trim(c.key, "0123456789") != "" {
			return false
		}
	}
	return true
}

func (b *branch) indexedOnlyEmpty() bool {
	for _, c := range b.children {
		if c.key != "" {
			return false
		}
	}
	return true
}

const scalarTypes = schema.NullType | schema.BoolType | schema.IntegerType | schema.NumberType | schema.StringType

func typesOf(prog *schema.Program, id schema.ID) schema.Types {
	if id == schema.None {
		return schema.AnyType
	}
	if types := prog.Types(id); types != 0 {
		return types
	}
	return schema.AnyType // a schema that nothing keeps says so itself
}

func itemsOf(prog *schema.Program, id schema.ID) schema.ID {
	if id == schema.None {
		return schema.None
	}
	return prog.Items(id)
}

func memberOf(prog *schema.Program, id schema.ID, name string) schema.ID {
	if id == schema.None {
		return schema.None
	}
	member, _ := prog.Property(id, name)
	return member
}
