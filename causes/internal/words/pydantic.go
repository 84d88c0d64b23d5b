package words

import "strings"

// pydantic is what FastAPI, Litestar and others in Python check with. What was wanted stands in ctx.
// https://docs.pydantic.dev/latest/errors/validation_errors/
var pydantic = dialect{
	name:   "pydantic",
	speaks: func(n *Node) bool { return n.has("loc", "msg") },
	amend: func(n *Node, c *Complaint) {
		ctx := n.Get("ctx")
		for _, limit := range pydanticLimits {
			if v := ctx.Get(limit.key).Text(); v != "" {
				c.Expected = limit.words + v + limit.unit
				if limit.key == "expected" && strings.Contains(v, "'") {
					c.Expected = "one of " + unquoted(v)
				}
				return
			}
		}
		if list := oneOf(ctx.Get("permitted")); list != "" {
			c.Expected = list // pydantic 1
		}
	},
}

var pydanticLimits = []struct{ key, words, unit string }{
	{"expected", "", ""},
	{"ge", "at least ", ""},
	{"gt", "more than ", ""},
	{"le", "at most ", ""},
	{"lt", "less than ", ""},
	{"multiple_of", "a multiple of ", ""},
	{"min_length", "at least ", " long"},
	{"max_length", "at most ", " long"},
	{"pattern", "pattern ", ""},
}
