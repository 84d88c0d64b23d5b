package words

import "strings"

// typeBox names the place by a JSON Pointer called path, which elsewhere is the path of the request: the
// value beside it tells the two apart.
// https://github.com/sinclairzx81/typebox#errors
var typeBox = dialect{
	name: "TypeBox",
	speaks: func(n *Node) bool {
		path := n.Get("path")
		return path != nil && path.shape == text && (path.text == "" || path.text[0] == '/') && n.has("message") && (n.has("value") || strings.HasPrefix(n.Get("message").Text(), "Expected"))
	},
	amend: func(n *Node, c *Complaint) {
		c.Field, c.Names = pointer(n.Get("path").Text()), nil
		switch message := n.Get("message").Text(); {
		case message == "Expected required property":
			c.Kind = Missing
		case message == "Unexpected property":
			c.Kind = Unknown
		case message == "Expected union value":
			c.Kind = Value
		}
	},
}
