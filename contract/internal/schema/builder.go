package schema

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

const (
	// defaultDepth is how deep bodies may nest: deeper than honest ones, and
	// shallow enough to recurse.
	defaultDepth = 256
	// defaultBytes bounds what a tape of a body can cost.
	defaultBytes = 32 << 20
	// mostForms bounds what a description can make us build.
	mostForms = 1 << 20
)

// A Builder collects schemas and makes one Program of them.
type Builder struct {
	opts    Options
	lib     *library
	forms   []form
	origins []origin // of the forms
	known   map[formKey]ID
	queue   []pending
	roots   map[ID]bool
	// scopes are the bindings of dynamic anchors, each known by its place; the
	// first one is empty.
	scopes   []map[string]target
	scopeIDs map[string]int
	notices  []Notice
	noticed  map[noticeKey]bool
	checked  int // forms whose chains were looked at
	children map[*yaml.Node]map[*yaml.Node][]child
	outer    []ID // the schemas that speak of a value first; for CloseObjects
}

// NewBuilder returns a Builder that follows references through r.
func NewBuilder(r Resolver, o Options) *Builder {
	if o.MaxDepth <= 0 {
		o.MaxDepth = defaultDepth
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = defaultBytes
	}
	return &Builder{
		opts:     o,
		lib:      newLibrary(r),
		known:    map[formKey]ID{},
		roots:    map[ID]bool{},
		scopes:   []map[string]target{nil},
		scopeIDs: map[string]int{"": 0},
		children: map[*yaml.Node]map[*yaml.Node][]child{},
	}
}

// formKey is all that a form depends on.
type formKey struct {
	node *yaml.Node
	where
}

// where is the surroundings in which a schema is read.
type where struct {
	res    *resource
	mode   mode
	dir    Direction
	scope  int
	plain  bool       // its discriminator picks nothing: it is a part of what was picked
	exempt string     // names, each with a zero byte behind, that are not required here
	around *yaml.Node // the schema around it with $recursiveAnchor
	inner  bool       // another schema speaks of the same value around it; known only if objects are closed
}

type pending struct {
	id   ID
	node *yaml.Node
	at   where
}

// Add reads a schema and all that it refers to. The same node with the same
// direction gives the same ID. The error is an [*Error] if the schema is
// broken, or an [*Unsupported] if a part of it cannot be checked.
func (b *Builder) Add(node *yaml.Node, d Dialect, dir Direction) (ID, error) {
	id := b.Want(node, d, dir)
	b.checkChains()
	if err := b.firstError(id); err != nil {
		return None, err
	}
	b.roots[id] = true
	return id, nil
}

// want gives the ID of a schema and sees to it that it is built.
func (b *Builder) want(node *yaml.Node, at where, name string) ID {
	key := formKey{node: node, where: at}
	id, ok := b.known[key]
	if !ok {
		id = ID(len(b.forms))
		b.known[key] = id
		b.forms = append(b.forms, form{places: places{pos: node.Pos}, dir: at.dir})
		b.origins = append(b.origins, origin{node: node, mode: at.mode})
		b.queue = append(b.queue, pending{id: id, node: node, at: at})
		if b.opts.CloseObjects && !at.inner {
			b.outer = append(b.outer, id)
		}
	}
	if f := &b.forms[id]; f.name == "" {
		f.name = name
	}
	return id
}

func (b *Builder) drain() {
	for len(b.queue) > 0 {
		next := b.queue[0]
		b.queue = b.queue[1:]
		name := b.forms[next.id].name
		f := form{
			places: placesOf(next.node), name: name, dir: next.at.dir, types: AnyType,
			ref: None, not: None, when: None, yes: None, no: None, unevaluated: None, unevaluatedArr: None,
		}
		if len(b.forms) > mostForms {
			f.err = &Unsupported{Pos: next.node.Pos, What: "a description of so many schemas"}
		} else {
			r := reader{b: b, f: &f, node: next.node, at: next.at}
			f.err = r.read()
			if f.obj != nil {
				f.obj.settle()
			}
			b.origins[next.id].mode = r.at.mode
		}
		f.name = b.forms[next.id].name
		b.forms[next.id] = f
	}
	b.queue = nil
}

// extend adds the dynamic anchors of a resource that is entered. The outermost
// binding of a name stays (JSON Schema 2020-12, section 8.2.3.2).
func (b *Builder) extend(scope int, res *resource) int {
	have := b.scopes[scope]
	var next map[string]target
	for name, node := range res.dynamic {
		if _, bound := have[name]; bound {
			continue
		}
		if next == nil {
			if next = maps.Clone(have); next == nil {
				next = map[string]target{}
			}
		}
		next[name] = target{node: node, res: res, dynamic: name}
	}
	if next == nil {
		return scope
	}
	var key strings.Builder
	for _, name := range slices.Sorted(maps.Keys(next)) {
		fmt.Fprintf(&key, "%s\x00%p\x00", name, next[name].node)
	}
	id, ok := b.scopeIDs[key.String()]
	if !ok {
		id = len(b.scopes)
		b.scopes = append(b.scopes, next)
		b.scopeIDs[key.String()] = id
	}
	return id
}

// firstError is the first error of all that can be reached from id, in the
// order of the document.
func (b *Builder) firstError(id ID) error {
	var first error
	b.reach([]ID{id}, func(f *form) bool {
		first = f.err
		return first == nil
	})
	return first
}

// reach visits the forms that can be reached from some, nearest first, until a
// visit is false.
func (b *Builder) reach(queue []ID, each func(*form) bool) {
	seen := make(map[ID]bool, len(queue))
	for _, id := range queue {
		seen[id] = true
	}
	for len(queue) > 0 {
		f := &b.forms[queue[0]]
		queue = queue[1:]
		if !each(f) {
			return
		}
		visit := func(id ID) bool {
			if !seen[id] {
				seen[id] = true
				queue = append(queue, id)
			}
			return true
		}
		f.inPlace(visit)
		f.below(visit)
	}
}
