package words

import "strings"

// zod checks what TypeScript servers take: Hono, tRPC, Next.js and many on Express. An issue has its
// path as a list; versions 3 and 4 differ in the names of codes and members.
// https://zod.dev/error-formatting
var zod = dialect{
	name: "Zod",
	speaks: func(n *Node) bool {
		path := n.Get("path")
		return path != nil && path.shape == aList && n.has("code", "message") && zodCodes[n.Get("code").Text()]
	},
	amend: func(n *Node, c *Complaint) {
		code := n.Get("code").Text()
		if keys := n.Get("keys"); code == "unrecognized_keys" && keys != nil && len(keys.kids) > 0 {
			c.under(keys.kids[0].Text())
			return
		}
		switch {
		case code == "invalid_type":
			c.Expected = n.Get("expected").Text()
			switch received := n.Get("received").Text(); {
			case received == "undefined", strings.HasSuffix(c.Text, "received undefined"):
				c.Kind = Missing
				if len(c.Field) == 0 {
					c.Kind = BodyMissing // nothing was read
				}
			case received == "null", strings.HasSuffix(c.Text, "received null"):
				c.Kind = Null
			}
		case n.has("options"):
			c.Expected = oneOf(n.Get("options"))
		case n.has("values"):
			c.Expected = oneOf(n.Get("values"))
		case n.has("minimum"):
			c.Expected = "at least " + n.Get("minimum").Text()
		case n.has("maximum"):
			c.Expected = "at most " + n.Get("maximum").Text()
		case n.has("pattern"):
			c.Expected = "pattern " + n.Get("pattern").Text()
		case n.has("format"):
			c.Expected = "format " + n.Get("format").Text()
		}
	},
	inside: []string{"errors", "unionerrors", "issues"},
}

var zodCodes = map[string]bool{
	"invalid_type": true, "unrecognized_keys": true, "invalid_union": true, "invalid_enum_value": true, "invalid_value": true, "invalid_literal": true,
	"invalid_string": true, "invalid_format": true, "too_small": true, "too_big": true, "not_multiple_of": true, "invalid_date": true,
	"invalid_union_discriminator": true, "not_finite": true, "invalid_key": true, "invalid_element": true, "custom": true,
}
