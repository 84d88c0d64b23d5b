package words

// joi checks what hapi servers take, and many on Express. Its details have what was wanted in context.
// https://joi.dev/api/?v=17#validationerror
var joi = dialect{
	name:   "Joi",
	speaks: func(n *Node) bool { return n.has("message", "path", "type") && n.Get("context").has("label") },
	amend: func(n *Node, c *Complaint) {
		context := n.Get("context")
		switch n.Get("type").Text() {
		case "any.only":
			c.Expected = oneOf(context.Get("valids"))
		case "number.min", "string.min", "array.min":
			c.Expected = "at least " + context.Get("limit").Text()
		case "number.max", "string.max", "array.max":
			c.Expected = "at most " + context.Get("limit").Text()
		}
	},
}
