package words

// classValidator is the validator of NestJS, where its errors are sent as they are: a tree, with the
// broken rules of each property and the errors of what is inside it.
// https://github.com/typestack/class-validator#validation-errors
var classValidator = dialect{
	name: "class-validator",
	speaks: func(n *Node) bool {
		all := n.Get("constraints")
		return all != nil && all.shape == object || n.has("property", "children")
	},
	read: func(r *reader, n *Node) { r.constraints(n, nil, 0) },
}

func (r *reader) constraints(n *Node, at []string, depth int) {
	if depth > maxDepth || n.shape != object {
		return
	}
	if name := n.Get("property").Text(); name != "" {
		at = append(at[:len(at):len(at)], name)
	}
	if all := n.Get("constraints"); all != nil {
		for i, key := range all.keys {
			r.constraint(n, at, key, all.kids[i].Text())
		}
	}
	if children := n.Get("children"); children != nil {
		for _, kid := range children.kids {
			r.constraints(kid, at, depth+1)
		}
	}
}

func (r *reader) constraint(n *Node, at []string, rule, message string) {
	if rule == "unknownValue" && len(at) == 0 {
		r.add(Complaint{Kind: Type, In: Body, Text: message, Code: rule}) // no object at all
		return
	}
	before := len(r.found)
	r.sentence(message, at, Body, rule)
	for i := before; i < len(r.found); i++ {
		c := &r.found[i]
		c.Field = at // the sentence names the last step alone
		if value := n.Get("value"); value == nil && (c.Kind == Type || c.Kind == Value) && n.has("children") {
			c.Kind = Missing
		} else if value != nil && value.shape == null && c.Kind != Unknown {
			c.Kind = Null
		}
	}
}
