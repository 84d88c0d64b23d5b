package schema

import (
	"github.com/faultline-http/faultline/internal/yaml"
)

// Want reads a schema and all that it refers to, like Add, for somebody who
// wants to look at schemas and not to judge by them: a broken one is no error,
// and Problems lists it.
func (b *Builder) Want(node *yaml.Node, d Dialect, dir Direction) ID {
	res := b.lib.home(node, modeOf(d))
	at := where{res: res, mode: res.mode, dir: dir}
	if !res.declared {
		at.mode = modeOf(d)
	}
	at.scope = b.extend(0, res)
	id := b.want(node, at, "")
	b.drain()
	return id
}

// An Inspection is a program together with the text of its schemas.
type Inspection struct {
	*Program
	nodes map[*form]*yaml.Node
}

// Inspect finishes what Want has read. The Builder must not be used after it.
func (b *Builder) Inspect() *Inspection {
	b.checkChains()
	in := &Inspection{Program: b.Finish(), nodes: make(map[*form]*yaml.Node, len(b.known))}
	for key, id := range b.known {
		in.nodes[&in.forms[id]] = key.node
	}
	return in
}

// Problems are the errors of all schemas, each an [*Error] or an
// [*Unsupported], once for each place.
func (in *Inspection) Problems() []error {
	var out []error
	seen := map[string]bool{}
	for i := range in.forms {
		if err := in.forms[i].err; err != nil && !seen[err.Error()] {
			seen[err.Error()] = true
			out = append(out, err)
		}
	}
	return out
}

// Sound tells for every schema whether it, and all that it leads to, could be
// read: only such a one can judge.
func (in *Inspection) Sound() []bool {
	users := make([][]ID, len(in.forms))
	sound := make([]bool, len(in.forms))
	var queue []ID
	for id := range in.forms {
		f := &in.forms[id]
		visit := func(next ID) bool {
			users[next] = append(users[next], ID(id))
			return true
		}
		f.inPlace(visit)
		f.below(visit)
		if sound[id] = f.err == nil; !sound[id] {
			queue = append(queue, ID(id))
		}
	}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		for _, user := range users[id] {
			if sound[user] {
				sound[user] = false
				queue = append(queue, user)
			}
		}
	}
	return sound
}

// NodeJSON writes a node as JSON text.
func NodeJSON(n *yaml.Node) []byte { return AppendNode(nil, n) }
