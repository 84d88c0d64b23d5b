package schema

import (
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
)

// Describe puts the schema into words: "integer, at least 1".
func (p *Program) Describe(id ID) string {
	var d describer
	if id != None {
		d.schema(p, id)
	}
	return d.String()
}

// describeMember is Describe with an article: "a string, at most 3 characters".
func (p *Program) describeMember(id ID) string {
	words := p.Describe(id)
	if words == "" {
		return "a value"
	}
	if strings.HasPrefix(words, "one of ") || strings.HasPrefix(words, "any") || strings.HasPrefix(words, "`") {
		return words
	}
	return Article(words)
}

// describeItem is describeMember for what an array must hold: an object is told
// by the members that it must have.
func (p *Program) describeItem(id ID) string {
	words := p.describeMember(id)
	var names []string
	p.surely(id, func(f *form) bool {
		for i := 0; f.obj != nil && i < len(f.obj.slots); i++ {
			if f.obj.slots[i].required {
				names = append(names, f.obj.slots[i].name)
			}
		}
		return true
	})
	if len(names) == 0 {
		return words
	}
	if words == "any value" {
		words = "an object"
	}
	return words + " with " + ticked(names)
}

// detail is what a schema says, for machines.
func (p *Program) detail(id ID) faultline.Detail {
	d := faultline.Detail{Enum: p.Enum(id)}
	if types := p.Types(id); types != AnyType {
		d.Types = types.Names()
	}
	p.surely(id, func(f *form) bool {
		if f.str != nil && f.str.name != "" {
			d.Format = f.str.name
		}
		if f.num != nil && f.num.format != "" {
			d.Format = f.num.format
		}
		return d.Format == ""
	})
	return d
}

// surely is walk without the schemas that hold only sometimes.
func (p *Program) surely(id ID, visit func(*form) bool) {
	var seen visited
	var room [16]ID
	queue := append(room[:0], id)
	for next := 0; next < len(queue); next++ {
		id := queue[next]
		if id < 0 || !seen.first(id) {
			continue
		}
		f := &p.forms[id]
		if !visit(f) {
			return
		}
		queue = append(append(queue, f.ref), f.allOf...)
	}
}

// A describer puts schemas into words, one part after the other.
type describer struct {
	types  Types
	noun   string
	limits []string
}

func (d *describer) schema(p *Program, id ID) {
	d.types = p.Types(id)
	if list := p.constants(id); list != nil {
		d.noun = oneOfWords(list, mostListed)
		return
	}
	p.surely(id, func(f *form) bool {
		d.rules(p, f)
		return true
	})
	d.setNoun()
}

// form describes what one form says by itself.
func (d *describer) form(p *Program, f *form) {
	d.types = f.types
	if f.nullable {
		d.types |= NullType
	}
	d.rules(p, f)
	if f.enum != nil {
		d.add(oneOfWords(f.enum, mostListed))
	}
	d.setNoun()
}

func (d *describer) setNoun() {
	if d.noun != "" {
		return
	}
	switch {
	case d.types == AnyType:
		d.noun = "any value"
	default:
		d.noun = orList(d.types.spoken())
	}
}

func (d *describer) add(words string) {
	if d.limits == nil {
		d.limits = make([]string, 0, 4)
	}
	d.limits = append(d.limits, words)
}

func (d *describer) rules(p *Program, f *form) {
	if r := f.num; r != nil && d.types&(NumberType|IntegerType) != 0 {
		for i := range r.bounds {
			d.add(r.bounds[i].words())
		}
		if r.step != "" {
			d.add("a multiple of " + r.step)
		}
		if r.format != "" {
			d.add("within " + r.format)
		}
	}
	if r := f.str; r != nil && d.types&StringType != 0 {
		d.text(r)
	}
	if r := f.arr; r != nil && d.types&ArrayType != 0 {
		d.array(p, r)
	}
	if r := f.obj; r != nil && d.types&ObjectType != 0 {
		d.between(r.min, r.max, "member")
	}
}

func (d *describer) text(r *strRule) {
	if r.format != nil && d.types == StringType && d.noun == "" {
		d.noun = "string in the form of " + r.format.Words() + " (" + r.format.Example() + ")"
	}
	d.between(r.min, r.max, "character")
	if r.pattern != nil {
		d.add("matching `" + r.pattern.show() + "`")
	}
}

func (d *describer) array(p *Program, r *arrRule) {
	if r.items != None && d.types == ArrayType && d.noun == "" {
		if types := p.Types(r.items); types != AnyType && types != 0 {
			d.noun = "array of " + types.plural()
		}
	}
	most := r.max
	if n := len(r.prefix); r.items != None && p.forms[r.items].never && (most < 0 || n < most) {
		most = n // no item is allowed behind the prefix
	}
	d.between(r.min, most, "item")
	if r.unique {
		d.add("no item twice")
	}
}

func (d *describer) between(least, most int, what string) {
	switch {
	case least > 0 && least == most:
		d.add("exactly " + plural(least, what))
	case least > 0 && most >= 0:
		d.add(strconv.Itoa(least) + " to " + plural(most, what))
	case least > 0:
		d.add("at least " + plural(least, what))
	case most >= 0:
		d.add("at most " + plural(most, what))
	}
}

// plural is the types as the items of an array: "strings or integers".
func (t Types) plural() string {
	names := t.spoken()
	for i, name := range names {
		if name != "null" {
			names[i] = name + "s"
		}
	}
	return orList(names)
}

func (d *describer) String() string {
	if len(d.limits) == 0 {
		return d.noun
	}
	return d.noun + ", " + strings.Join(d.limits, ", ")
}

// conditionWords puts an `if` into words that asks for the values of members:
// "whose `kind` is `company`"; others have none that are short.
func (p *Program) conditionWords(id ID) string {
	var words []string
	p.surely(id, func(f *form) bool {
		for i := 0; f.obj != nil && i < len(f.obj.slots); i++ {
			s := &f.obj.slots[i]
			if s.schema == None {
				continue
			}
			if list := p.constants(s.schema); list != nil {
				words = append(words, "whose `"+s.name+"` is "+oneOfWords(list, mostListed))
			}
		}
		return true
	})
	return strings.Join(words, " and ")
}
