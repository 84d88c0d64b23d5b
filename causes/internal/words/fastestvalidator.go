package words

import "strings"

// fastestValidator is the validator of Moleculer. Keys that are not known come as one text.
// https://github.com/icebob/fastest-validator#error-objects
var fastestValidator = dialect{
	name: "fastest-validator",
	speaks: func(n *Node) bool {
		return n.has("type", "message") && (n.has("actual") || n.has("expected")) && fastestTypes[n.Get("type").Text()]
	},
	amend: func(n *Node, c *Complaint) {
		c.Expected = n.Get("expected").Text()
		switch kind := n.Get("type").Text(); {
		case kind == "enumValue":
			c.Expected = "one of " + c.Expected
		case strings.HasSuffix(kind, "Min"):
			c.Expected = "at least " + c.Expected
		case strings.HasSuffix(kind, "Max"):
			c.Expected = "at most " + c.Expected
		}
		if n.Get("type").Text() != "objectStrict" {
			return
		}
		first, _, _ := strings.Cut(n.Get("actual").Text(), ", ")
		c.Kind, c.Expected = Unknown, ""
		c.Field, _ = split(n.Get("field").Text())
		c.under(first)
	},
}

var fastestTypes = map[string]bool{
	"objectStrict": true, "enumValue": true, "stringMin": true, "stringMax": true, "stringLength": true, "stringPattern": true, "stringEnum": true, "numberMin": true,
	"numberMax": true, "numberInteger": true, "arrayMin": true, "arrayMax": true, "arrayLength": true, "arrayEnum": true, "arrayUnique": true, "equalValue": true,
}
