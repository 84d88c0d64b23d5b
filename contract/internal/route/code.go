package route

import "github.com/faultline-http/faultline/contract/internal/snapshot"

// Code writes the routes, or reads them into an empty Router: the tree grows
// anew from them.
func (r *Router) Code(c *snapshot.Coder) {
	if c.Reading() {
		r.restore(c)
		return
	}
	snapshot.List(c, &r.leaves, func(c *snapshot.Coder, leaf **Leaf) { (*leaf).code(c) })
}

func (r *Router) restore(c *snapshot.Coder) {
	var leaves []Leaf
	snapshot.List(c, &leaves, func(c *snapshot.Coder, leaf *Leaf) { leaf.code(c) })
	var b Builder
	for i := range leaves {
		for _, target := range leaves[i].Targets {
			if b.Add(leaves[i].Base, leaves[i].Template, target.Method, target.Op) != nil {
				c.Fail()
				return
			}
		}
	}
	*r = *b.Router()
}

func (l *Leaf) code(c *snapshot.Coder) {
	c.Text(&l.Base)
	c.Text(&l.Template)
	snapshot.List(c, &l.Targets, func(c *snapshot.Coder, t *Target) {
		c.Text(&t.Method)
		snapshot.Int(c, &t.Op)
	})
}
