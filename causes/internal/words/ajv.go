package words

// ajv is the validator of JSON Schema behind Fastify and many Express servers. Its error objects name
// the place of the value; for what is missing or too much, the name stands in params.
// https://ajv.js.org/api.html#error-objects
var ajv = dialect{
	name: "Ajv",
	speaks: func(n *Node) bool {
		return n.has("keyword", "params") && (n.has("instancePath") || n.has("dataPath") || n.has("schemaPath"))
	},
	amend: func(n *Node, c *Complaint) {
		params := n.Get("params")
		c.under(params.Get("missingProperty").Text())
		c.under(params.Get("additionalProperty").Text())
		c.under(params.Get("unevaluatedProperty").Text())
		switch n.Get("keyword").Text() {
		case "type":
			c.Expected = params.Get("type").Text()
		case "enum":
			c.Expected = oneOf(params.Get("allowedValues"))
		case "const":
			c.Expected = params.Get("allowedValue").Text()
		case "format":
			c.Expected = "format " + params.Get("format").Text()
		case "pattern":
			c.Expected = "pattern " + params.Get("pattern").Text()
		}
	},
}
