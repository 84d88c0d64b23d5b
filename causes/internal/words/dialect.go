package words

import (
	"slices"
	"strings"
)

// A dialect is how one system says more of a complaint than the sentence and the field that every
// reader finds: the path in pieces, what was wanted in members of its own, errors inside errors.
type dialect struct {
	name   string
	speaks func(n *Node) bool          // whether an error object is of this system
	amend  func(n *Node, c *Complaint) // takes what the object says beside its sentence
	read   func(r *reader, n *Node)    // reads the whole object instead, if it is unlike all others
	inside []string                    // the members that hold errors again; the others are details
}

// dialects are all that are known, the more particular first. What is in none of them is read as
// systems in general write.
var dialects = []*dialect{
	&ajv, &typeBox, &pydantic, &classValidator, &valibot, &joi, &goValidator, &fastestValidator, &expressValidator, &symfony, &spring, &graphqlJS, &hasura, &vine, &zod,
}

func dialectOf(n *Node) *dialect {
	if n.shape != object {
		return nil
	}
	for _, d := range dialects {
		if d.speaks(n) {
			return d
		}
	}
	return nil
}

// amend lets the dialect complete what was read of an object.
func (d *dialect) amended(n *Node, found []Complaint) {
	if d == nil || d.amend == nil {
		return
	}
	for i := range found {
		d.amend(n, &found[i])
	}
}

// details reports whether a member holds details of the complaint, not errors of their own.
func (d *dialect) details(key string) bool { return d != nil && !slices.Contains(d.inside, key) }

// has reports whether an object has all of the members.
func (n *Node) has(keys ...string) bool {
	for _, key := range keys {
		if n.Get(key) == nil {
			return false
		}
	}
	return true
}

// under extends the path of a complaint by a name, unless it ends with that name.
func (c *Complaint) under(name string) {
	if name != "" && name != lastName(c.Field) {
		c.Field = append(slices.Clip(c.Field), name)
	}
}

// oneOf writes the values of a list as what was wanted.
func oneOf(list *Node) string {
	if list == nil || list.shape != aList || len(list.kids) == 0 {
		return ""
	}
	return "one of " + strings.Join(list.strings(), ", ")
}
