package words

// symfony is the list of violations that Symfony and API Platform send; what was wanted stands among
// the parameters of the message.
// https://symfony.com/doc/current/validation.html
var symfony = dialect{
	name: "Symfony",
	speaks: func(n *Node) bool {
		return n.has("propertyPath") && (n.has("title") || n.has("message"))
	},
	amend: func(n *Node, c *Complaint) {
		parameters := n.Get("parameters")
		if low, high := parameters.Get("{{ min }}").Text(), parameters.Get("{{ max }}").Text(); low != "" && high != "" {
			c.Expected = "between " + low + " and " + high
			return
		}
		for _, p := range []struct{ key, words string }{
			{"{{ type }}", ""}, {"{{ choices }}", "one of "}, {"{{ limit }}", ""}, {"{{ min }}", "at least "}, {"{{ max }}", "at most "}, {"{{ compared_value }}", ""},
		} {
			v := unquoted(parameters.Get(p.key).Text())
			if v == "" {
				continue
			}
			if p.words == "" && p.key != "{{ type }}" {
				return // the sentence says how it is compared
			}
			c.Expected = p.words + v
			return
		}
	},
}
