package words

import "strings"

// valibot has the path of an issue as a list of objects, each with its key; a key that is missing or
// not known is an issue of the strict object around it.
// https://valibot.dev/guides/issues/
var valibot = dialect{
	name: "Valibot",
	speaks: func(n *Node) bool {
		switch n.Get("kind").Text() {
		case "schema", "validation", "transformation":
			return n.has("type", "message", "received")
		}
		return false
	},
	amend: func(n *Node, c *Complaint) {
		c.Field, c.Names = nil, nil
		if path := n.Get("path"); path != nil {
			for _, step := range path.kids {
				c.Field = append(c.Field, step.Get("key").Text())
			}
		}
		expected, received := n.Get("expected").Text(), n.Get("received").Text()
		if c.Expected = expected; strings.Contains(expected, `" | "`) {
			c.Expected = "one of " + unquoted(expected)
		}
		switch kind := n.Get("kind").Text(); {
		case expected == "never":
			c.Kind, c.Expected = Unknown, ""
		case received == "undefined":
			c.Kind, c.Expected = Missing, ""
		case received == "null":
			c.Kind = Null
		case kind == "validation" || valibotSets[n.Get("type").Text()]:
			c.Kind = Value
		case kind == "schema":
			c.Kind = Type
		}
	},
	inside: []string{"issues"},
}

// valibotSets are schemas of values, not of types.
var valibotSets = map[string]bool{"picklist": true, "enum": true, "literal": true, "variant": true}
