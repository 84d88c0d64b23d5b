package contract

import (
	"strconv"

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
		next = &branch{key: keys[0], start: v.keyAt, end: v.keyAt + len(v.key)}
		b.add(next)
	}
	next.grow(keys[1:], v)
}

// fewChildren is where looking at each is cheaper than a map.
const fewChildren = 16

func (b *branch) add(next *branch) {
	b.children = append(b.children, next)
	if b.index != nil {
		b.index[next.key] = next
		return
	}
	if len(b.children) <= fewChildren {
		return
	}
	b.index = make(map[string]*branch, 2*len(b.children))
	for _, c := range b.children {
		b.index[c.key] = c
	}
}

func (b *branch) child(key string) *branch {
	if b.index != nil {
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
	case len(b.values) > 1 && types == schema.AnyType:
		a.json = append(a.json, '[')
		for i := range b.values {
			a.item()
			a.value(prog, schema.None, &b.values[i])
		}
		a.json = append(a.json, ']')
	case len(b.values) > 0:
		a.value(prog, id, &b.values[len(b.values)-1])
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
		if _, err := strconv.ParseUint(c.key, 10, 31); c.key != "" && err != nil {
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
