package words

// vine is VineJS, the validator of AdonisJS: the rule that failed, the field as a path with dots, the
// parameters of the rule.
// https://vinejs.dev/docs/error_reporter
var vine = dialect{
	name:   "VineJS",
	speaks: func(n *Node) bool { return n.has("message", "rule", "field") },
	amend: func(n *Node, c *Complaint) {
		meta := n.Get("meta")
		switch rule := n.Get("rule").Text(); rule {
		case "required":
			if n.Get("field").Text() == "" {
				c.Kind, c.Names = BodyMissing, nil
			}
		case "min", "minLength":
			c.Expected = "at least " + meta.Get("min").Text()
		case "max", "maxLength":
			c.Expected = "at most " + meta.Get("max").Text()
		case "enum":
			c.Expected = oneOf(meta.Get("choices"))
		}
	},
}
