package schema

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/tape"
)

const (
	// mostNodes is where sets of schemas stop being merged, and the tape takes
	// over: recursion through allOf can have very many.
	mostNodes = 1 << 17
	// mostPatterns is how many patternProperties are told apart by table.
	mostPatterns = 4
)

// A compiler makes the verdict program.
type compiler struct {
	p      *Program
	v      *verdict
	known  map[string]int32
	static map[staticKey]tri
}

type staticKey struct {
	id   ID
	kind tape.Kind
}

// tri is what is known of a value by its kind alone.
type tri uint8

const (
	unknown tri = iota
	yes
	no
)

func compile(p *Program, roots []ID) *verdict {
	c := &compiler{p: p, v: &verdict{roots: map[ID]int32{}}, known: map[string]int32{}, static: map[staticKey]tri{}}
	for _, id := range roots {
		c.v.roots[id] = c.node([]ID{id})
	}
	for next := 0; next < len(c.v.nodes); next++ {
		for kind := tape.Null; kind <= tape.Object; kind++ {
			code := c.rule(c.v.sets[next], kind, len(c.v.nodes) > mostNodes)
			c.v.nodes[next].kinds[kind] = code
		}
	}
	return c.v
}

// node gives the index of the node for a set of schemas; it is filled later.
func (c *compiler) node(set []ID) int32 {
	slices.Sort(set)
	set = slices.Compact(set)
	key := make([]byte, 0, 4*len(set))
	for _, id := range set {
		key = binary.LittleEndian.AppendUint32(key, uint32(id))
	}
	if n, ok := c.known[string(key)]; ok {
		return n
	}
	n := int32(len(c.v.nodes))
	c.known[string(key)] = n
	c.v.nodes = append(c.v.nodes, vnode{})
	c.v.sets = append(c.v.sets, set)
	return n
}

// A conjunction is all that is said of values of one kind by a set of schemas.
type conjunction struct {
	c     *compiler
	kind  tape.Kind
	atoms []*form
	seen  map[ID]bool
	whole bool   // numbers: integers only
	group *group // of branches that the kind does not tell apart
	tape  bool   // something else has to be seen twice
}

// A group is oneOf or anyOf.
type group struct {
	form *form
	list []ID
}

func (c *compiler) conjunction(set []ID, kind tape.Kind) (*conjunction, bool) {
	j := &conjunction{c: c, kind: kind, seen: map[ID]bool{}}
	for _, id := range set {
		if !j.expand(id) {
			return j, false
		}
	}
	return j, true
}

// rule makes what a node does with one kind of value.
func (c *compiler) rule(set []ID, kind tape.Kind, full bool) int32 {
	j, possible := c.conjunction(set, kind)
	switch {
	case !possible:
		return refuse
	case j.tape || full || j.group != nil && kind != tape.Object:
		return viaTape
	}
	switch kind {
	case tape.Null:
		return accept
	case tape.Bool:
		return j.boolean()
	case tape.Number:
		return j.number()
	case tape.String:
		return j.text()
	case tape.Array:
		return j.array()
	}
	return j.object()
}

func kindTypes(kind tape.Kind) Types {
	return [...]Types{NullType, BoolType, NumberType | IntegerType, StringType, ArrayType, ObjectType}[kind]
}

func (f *form) listsKind(kind tape.Kind) (said, has bool) {
	if f.enum != nil {
		if !slices.ContainsFunc(f.enum, func(c constant) bool { return c.kind == kind }) {
			return true, false
		}
		said = true
	}
	if f.constant != nil {
		if f.constant.kind != kind {
			return true, false
		}
		said = true
	}
	return said, true
}

// expand adds a schema, and all that it brings with it for values of the kind.
// It is false if no such value can keep it.
func (j *conjunction) expand(id ID) bool {
	if j.seen[id] {
		return true
	}
	j.seen[id] = true
	f := &j.c.p.forms[id]
	if f.never {
		return false
	}
	if f.nullable && j.kind == tape.Null {
		return true
	}
	if f.types&kindTypes(j.kind) == 0 {
		return false
	}
	if j.kind == tape.Number && f.types&NumberType == 0 {
		j.whole = true
	}
	said, has := f.listsKind(j.kind)
	if !has {
		return false
	}
	if said && j.kind >= tape.Array || f.slow(j.kind) {
		j.tape = true
	}
	j.atoms = append(j.atoms, f)
	if f.ref != None && !j.expand(f.ref) {
		return false
	}
	for _, next := range f.allOf {
		if !j.expand(next) {
			return false
		}
	}
	return j.conditions(f)
}

// slow reports whether a form has keywords that need a value twice.
func (f *form) slow(kind tape.Kind) bool {
	switch kind {
	case tape.Array:
		return f.unevaluatedArr != None || f.arr != nil && (f.arr.unique || f.arr.contains != None)
	case tape.Object:
		return f.unevaluated != None || f.obj != nil && f.obj.deps
	}
	return false
}

// conditions adds what depends on something, as far as the kind decides it.
func (j *conjunction) conditions(f *form) bool {
	if f.not != None {
		switch j.c.staticOf(f.not, j.kind) {
		case yes:
			return false
		case unknown:
			j.tape = true
		}
	}
	if f.when != None && (f.yes != None || f.no != None) {
		switch j.c.staticOf(f.when, j.kind) {
		case yes:
			if f.yes != None && !j.expand(f.yes) {
				return false
			}
		case no:
			if f.no != None && !j.expand(f.no) {
				return false
			}
		default:
			j.tape = true
		}
	}
	if f.disc != nil && j.kind == tape.Object {
		list := f.oneOf
		if list == nil {
			list = f.anyOf
		}
		j.tape = j.tape || f.oneOf != nil && f.anyOf != nil
		j.setGroup(f, list)
		return true
	}
	return j.any(f) && j.one(f)
}

func (j *conjunction) setGroup(f *form, list []ID) {
	if j.group != nil {
		j.tape = true
		return
	}
	j.group = &group{form: f, list: list}
}

func (j *conjunction) any(f *form) bool {
	if f.anyOf == nil {
		return true
	}
	var open []ID
	for _, id := range f.anyOf {
		switch j.c.staticOf(id, j.kind) {
		case yes:
			return true
		case unknown:
			open = append(open, id)
		}
	}
	return j.settle(f, open)
}

// settle takes what is left of the branches.
func (j *conjunction) settle(f *form, open []ID) bool {
	switch len(open) {
	case 0:
		return false
	case 1:
		return j.expand(open[0])
	}
	j.setGroup(f, open)
	return true
}

func (j *conjunction) one(f *form) bool {
	if f.oneOf == nil {
		return true
	}
	var open []ID
	sure := 0
	for _, id := range f.oneOf {
		switch j.c.staticOf(id, j.kind) {
		case yes:
			sure++
		case unknown:
			open = append(open, id)
		}
	}
	switch {
	case sure > 1:
		return false
	case sure == 1 && len(open) == 0:
		return true
	case sure == 1:
		j.tape = true
		return true
	}
	return j.settle(f, open)
}

// staticOf is what the kind of a value alone says about a schema.
func (c *compiler) staticOf(id ID, kind tape.Kind) tri {
	key := staticKey{id, kind}
	if t, known := c.static[key]; known {
		return t
	}
	t := c.decide(&c.p.forms[id], kind)
	c.static[key] = t
	return t
}

func (c *compiler) decide(f *form, kind tape.Kind) tri {
	if f.never {
		return no
	}
	if f.nullable && kind == tape.Null {
		return yes
	}
	if f.types&kindTypes(kind) == 0 {
		return no
	}
	said, has := f.listsKind(kind)
	if !has {
		return no
	}
	out := yes
	if said && kind != tape.Null || kind == tape.Number && f.types&NumberType == 0 || f.rules(kind) || f.slow(kind) ||
		f.disc != nil && kind == tape.Object {
		out = unknown
	}
	and := func(t tri) {
		if t == no || out == no {
			out = no
		} else if t == unknown {
			out = unknown
		}
	}
	if f.ref != None {
		and(c.staticOf(f.ref, kind))
	}
	for _, id := range f.allOf {
		and(c.staticOf(id, kind))
	}
	if f.disc == nil || kind != tape.Object {
		and(c.decideAny(f.anyOf, kind))
		and(c.decideOne(f.oneOf, kind))
	}
	if f.not != None {
		and([...]tri{unknown: unknown, yes: no, no: yes}[c.staticOf(f.not, kind)])
	}
	if f.when != None && (f.yes != None || f.no != None) {
		next := None
		switch c.staticOf(f.when, kind) {
		case yes:
			next = f.yes
		case no:
			next = f.no
		default:
			and(unknown)
		}
		if next != None {
			and(c.staticOf(next, kind))
		}
	}
	return out
}

// rules reports whether a form has keywords for a kind.
func (f *form) rules(kind tape.Kind) bool {
	switch kind {
	case tape.Number:
		return f.num != nil
	case tape.String:
		return f.str != nil
	case tape.Array:
		return f.arr != nil
	case tape.Object:
		return f.obj != nil
	}
	return false
}

func (c *compiler) decideAny(list []ID, kind tape.Kind) tri {
	if list == nil {
		return yes
	}
	out := no
	for _, id := range list {
		switch c.staticOf(id, kind) {
		case yes:
			return yes
		case unknown:
			out = unknown
		}
	}
	return out
}

func (c *compiler) decideOne(list []ID, kind tape.Kind) tri {
	if list == nil {
		return yes
	}
	sure, open := 0, 0
	for _, id := range list {
		switch c.staticOf(id, kind) {
		case yes:
			sure++
		case unknown:
			open++
		}
	}
	switch {
	case sure > 1 || sure+open == 0:
		return no
	case open == 0:
		return yes
	}
	return unknown
}

func (j *conjunction) boolean() int32 {
	canTrue, canFalse := true, true
	narrow := func(list []constant) {
		has := func(json string) bool {
			return slices.ContainsFunc(list, func(c constant) bool { return c.json == json })
		}
		canTrue, canFalse = canTrue && has("true"), canFalse && has("false")
	}
	for _, f := range j.atoms {
		if f.enum != nil {
			narrow(f.enum)
		}
		if f.constant != nil {
			narrow([]constant{*f.constant})
		}
	}
	switch {
	case canTrue && canFalse:
		return accept
	case canTrue:
		return onlyTrue
	case canFalse:
		return onlyFalse
	}
	return refuse
}

// lists are the enums and constants of the atoms.
func (j *conjunction) lists() [][]constant {
	var out [][]constant
	for _, f := range j.atoms {
		if f.enum != nil {
			out = append(out, f.enum)
		}
		if f.constant != nil {
			out = append(out, []constant{*f.constant})
		}
	}
	return out
}

func (j *conjunction) number() int32 {
	v := vnumber{whole: j.whole, lists: j.lists()}
	for _, f := range j.atoms {
		if f.num != nil {
			v.rules = append(v.rules, f.num)
		}
	}
	if !v.whole && len(v.rules)+len(v.lists) == 0 {
		return accept
	}
	j.c.v.numbers = append(j.c.v.numbers, v)
	return int32(len(j.c.v.numbers) - 1)
}

func (j *conjunction) text() int32 {
	v := vstring{max: -1, lists: j.lists()}
	said := len(v.lists) > 0
	for _, f := range j.atoms {
		r := f.str
		if r == nil {
			continue
		}
		said = true
		v.min, v.max = max(v.min, r.min), least(v.max, r.max)
		if r.pattern != nil {
			v.patterns = append(v.patterns, r.pattern)
		}
		if r.format != nil {
			v.formats = append(v.formats, r.format)
		}
	}
	if !said {
		return accept
	}
	j.c.v.strings = append(j.c.v.strings, v)
	return int32(len(j.c.v.strings) - 1)
}

// least is the smaller of two maxima; -1 is none.
func least(a, b int) int {
	if a < 0 || b >= 0 && b < a {
		return b
	}
	return a
}

func (j *conjunction) array() int32 {
	v := varray{max: -1}
	said := false
	longest := 0
	for _, f := range j.atoms {
		if r := f.arr; r != nil {
			said = true
			v.min, v.max = max(v.min, r.min), least(v.max, r.max)
			longest = max(longest, len(r.prefix))
		}
	}
	if !said {
		return accept
	}
	for i := range longest {
		v.prefix = append(v.prefix, j.c.node(j.items(i)))
	}
	v.items = j.c.node(j.items(longest))
	j.c.v.arrays = append(j.c.v.arrays, v)
	return int32(len(j.c.v.arrays) - 1)
}

// items are the schemas of the item with an index.
func (j *conjunction) items(i int) []ID {
	var set []ID
	for _, f := range j.atoms {
		switch {
		case f.arr == nil:
		case i < len(f.arr.prefix):
			set = append(set, f.arr.prefix[i])
		case f.arr.items != None:
			set = append(set, f.arr.items)
		}
	}
	return set
}

// object makes the rule for objects, with a table of branches in front if there
// are any.
func (j *conjunction) object() int32 {
	if j.group == nil {
		return j.members()
	}
	pick, ok := j.pick()
	if !ok {
		return viaTape
	}
	j.c.v.objects = append(j.c.v.objects, vobject{pick: pick})
	return int32(len(j.c.v.objects) - 1)
}

// pick makes a table that tells the branches apart by a member.
func (j *conjunction) pick() (*vpick, bool) {
	f := j.group.form
	p := j.c.p
	pick := &vpick{table: map[string]int32{}, other: viaTape}
	if d := f.disc; d != nil {
		pick.property = d.property
		for _, text := range d.order {
			pick.table[text] = j.with(d.branches[text])
		}
		if d.base {
			pick.other = j.with(None)
			return pick, true
		}
	}
	tags, property := p.tags(j.group.list, pick.property)
	if tags == nil {
		return pick, f.disc != nil
	}
	pick.property, pick.other = property, refuse
	for text, id := range tags {
		if _, taken := pick.table[text]; !taken {
			pick.table[text] = j.with(id)
		}
	}
	return pick, true
}

// tags finds a property, or takes the one given, that each branch requires and
// fixes to texts of its own.
func (p *Program) tags(list []ID, property string) (tags map[string]ID, name string) {
	for _, candidate := range p.Properties(list[0]) {
		if property != "" && candidate.Name != property {
			continue
		}
		if tags := p.tagsOf(list, candidate.Name); tags != nil {
			return tags, candidate.Name
		}
	}
	return nil, ""
}

func (p *Program) tagsOf(list []ID, property string) map[string]ID {
	tags := map[string]ID{}
	for _, id := range list {
		if !p.requires(id, property) {
			return nil
		}
		texts := p.sureTexts(id, property)
		if texts == nil {
			return nil
		}
		for _, text := range texts {
			if _, taken := tags[text]; taken {
				return nil
			}
			tags[text] = id
		}
	}
	return tags
}

func (p *Program) requires(id ID, property string) bool {
	found := false
	p.surely(id, func(f *form) bool {
		if f.obj != nil {
			if i, ok := f.obj.index[property]; ok && f.obj.slots[i].required {
				found = true
			}
		}
		return !found
	})
	return found
}

// sureTexts is fixedTexts of what holds without a condition.
func (p *Program) sureTexts(id ID, property string) []string {
	var out []string
	p.surely(id, func(f *form) bool {
		if f.obj == nil {
			return true
		}
		i, ok := f.obj.index[property]
		if !ok || f.obj.slots[i].schema == None {
			return true
		}
		member := f.obj.slots[i].schema
		if p.Types(member) != StringType {
			return true
		}
		for _, c := range p.constants(member) {
			if c.kind == tape.String {
				out = append(out, c.text)
			}
		}
		return out == nil
	})
	return out
}

// with is the rule for objects that keep this conjunction and a branch.
func (j *conjunction) with(id ID) int32 {
	next := &conjunction{c: j.c, kind: j.kind, atoms: slices.Clone(j.atoms), seen: map[ID]bool{}}
	for seen := range j.seen {
		next.seen[seen] = true
	}
	if id != None && !next.expand(id) {
		return refuse
	}
	if next.tape || next.group != nil {
		return viaTape
	}
	return next.members()
}

// members makes the rule for members that are judged one after the other.
func (j *conjunction) members() int32 {
	v := vobject{max: -1, names: refuse}
	var names []string
	var nameSet []ID
	required := map[string]bool{}
	said := false
	for _, f := range j.atoms {
		r := f.obj
		if r == nil {
			continue
		}
		said = true
		v.min, v.max = max(v.min, r.min), least(v.max, r.max)
		for i := range r.slots {
			s := &r.slots[i]
			if !slices.Contains(names, s.name) {
				names = append(names, s.name)
			}
			if s.required {
				required[s.name] = true
			}
		}
		for i := range r.patterns {
			v.patterns = append(v.patterns, r.patterns[i].pattern)
		}
		if r.names != None {
			nameSet = append(nameSet, r.names)
		}
	}
	if !said {
		return accept
	}
	if len(v.patterns) > mostPatterns {
		return viaTape
	}
	if len(nameSet) > 0 {
		v.names = j.c.node(nameSet)
	}
	v.index = make(map[string]int32, len(names))
	for _, name := range names {
		i := int32(len(v.slots))
		v.index[name] = i
		v.slots = append(v.slots, vslot{name: name, node: j.c.node(j.schemasOf(name)), plain: isPlain(name)})
		if required[name] {
			if v.required = append(v.required, i); i < 64 {
				v.needed |= 1 << i
			}
		}
	}
	j.dependencies(&v)
	for mask := range 1 << len(v.patterns) {
		v.rest = append(v.rest, j.c.node(j.undeclared(mask)))
	}
	v.guess = j.c.v.guesses
	j.c.v.guesses += int32(len(v.slots)) + 1
	j.c.v.objects = append(j.c.v.objects, v)
	return int32(len(j.c.v.objects) - 1)
}

func (j *conjunction) dependencies(v *vobject) {
	for _, f := range j.atoms {
		if f.obj == nil {
			continue
		}
		for i := range f.obj.slots {
			s := &f.obj.slots[i]
			if len(s.needs) == 0 {
				continue
			}
			dep := vdep{slot: v.index[s.name]}
			for _, need := range s.needs {
				dep.needs = append(dep.needs, v.index[f.obj.slots[need].name])
			}
			v.deps = append(v.deps, dep)
		}
	}
}

func isPlain(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == 0xfffd })
}

// schemasOf are the schemas of a member whose name is declared somewhere.
func (j *conjunction) schemasOf(name string) []ID {
	var set []ID
	for _, f := range j.atoms {
		r := f.obj
		if r == nil {
			continue
		}
		declared := false
		if i, ok := r.index[name]; ok && r.slots[i].schema != None {
			declared = true
			set = append(set, r.slots[i].schema)
		}
		for i := range r.patterns {
			if ok, _ := r.patterns[i].pattern.match([]byte(name)); ok {
				declared = true
				set = append(set, r.patterns[i].schema)
			}
		}
		if !declared && r.rest != None {
			set = append(set, r.rest)
		}
	}
	return set
}

// undeclared are the schemas of a member that only the patterns of the mask
// speak of.
func (j *conjunction) undeclared(mask int) []ID {
	var set []ID
	n := 0
	for _, f := range j.atoms {
		r := f.obj
		if r == nil {
			continue
		}
		own := mask >> n & (1<<len(r.patterns) - 1)
		n += len(r.patterns)
		if own == 0 {
			if r.rest != None {
				set = append(set, r.rest)
			}
			continue
		}
		for ; own != 0; own &= own - 1 {
			set = append(set, r.patterns[bits.TrailingZeros(uint(own))].schema)
		}
	}
	return set
}
