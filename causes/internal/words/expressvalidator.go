package words

// expressValidator says "Invalid value" of everything unless it is told otherwise. A value that is
// not there has no value in its error object.
// https://express-validator.github.io/docs/api/validation-result
var expressValidator = dialect{
	name: "express-validator",
	speaks: func(n *Node) bool {
		return n.has("msg", "location") && (n.has("path") || n.has("param")) && (n.Get("type").Text() == "field" || n.has("param"))
	},
	amend: func(n *Node, c *Complaint) {
		if n.Get("value") == nil && (c.Kind == Value || c.Kind == Type || c.Kind == Unclear) {
			c.Kind = Missing
		}
	},
}
