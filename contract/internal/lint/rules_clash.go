package lint

import "github.com/faultline-http/faultline/contract/internal/schema"

var schemaTypes = clash(schema.ClashTypes, Rule{
	Slug: "schema.types", Severity: Error,
	Title:   "schemas that have to hold together name different types",
	Why:     "No value can have both types, so every call that has to send one is refused.",
	Fix:     "Let the schemas name the same type, or write `anyOf`.",
	Section: validation + "6.1.1; JSON Schema Core 2020-12, section 10.2.1.1",
})

var schemaEnum = clash(schema.ClashEnum, Rule{
	Slug: "schema.enum", Severity: Error,
	Title:   "no value of `enum` or `const` keeps the rest of the schema",
	Why:     "Every call that has to send the value is refused.",
	Fix:     "Let `enum` and the keywords beside it allow the same values.",
	Section: validation + "6.1.2 and 6.1.3",
})

var schemaEnumValue = clash(schema.ClashValue, Rule{
	Slug: "schema.enum-value", Severity: Warning,
	Title:   "a value of `enum` is refused by the rest of the schema",
	Why:     "The description offers a value that every validator refuses. Often it is null without `nullable`, or a number among strings.",
	Fix:     "Take the value out, or let the type allow it.",
	Section: validation + "6.1.2; OpenAPI 3.0.4, section 4.7.24 (nullable)",
})

var schemaBounds = clash(schema.ClashBounds, Rule{
	Slug: "schema.bounds", Severity: Error,
	Title:   "two bounds leave nothing between them",
	Why:     "A minimum above its maximum refuses every value of that type.",
	Fix:     "Let the lower bound be the smaller one.",
	Section: validation + "6.2 to 6.5",
})

var schemaStep = clash(schema.ClashStep, Rule{
	Slug: "schema.step", Severity: Error,
	Title:   "no multiple, or no integer, lies between the bounds",
	Why:     "Every number is refused.",
	Fix:     "Let the bounds leave room for one step.",
	Section: validation + "6.2.1",
})

var schemaPattern = clash(schema.ClashPattern, Rule{
	Slug: "schema.pattern", Severity: Error,
	Title:   "no string matches a pattern, or none of the length that is allowed",
	Why:     "Every string is refused.",
	Fix:     "Correct the pattern, or the bounds of the length.",
	Section: validation + "6.3; ECMA-262, section 22.2",
})

var schemaItems = clash(schema.ClashItems, Rule{
	Slug: "schema.items", Severity: Error,
	Title:   "an array must have more items than it may have",
	Why:     "`minItems` asks for more than `items: false`, `uniqueItems` with few values, or `maxItems` leave: every array is refused.",
	Fix:     "Lower `minItems`, or allow more items.",
	Section: validation + "6.4",
})

var schemaRequired = clash(schema.ClashRequired, Rule{
	Slug: "schema.required", Severity: Error,
	Title:   "a property is required and can never be there",
	Why:     "Every object is refused: without the property by `required`, with it by `additionalProperties: false` or by its own schema.",
	Fix:     "Declare the property where `additionalProperties` is false, or do not require it.",
	Section: validation + "6.5.3; JSON Schema Core 2020-12, section 10.3.2.3",
})

var schemaProperty = clash(schema.ClashProperty, Rule{
	Slug: "schema.property", Severity: Warning,
	Title:   "a property can never be sent",
	Why:     "Schemas that have to hold together say different things of it, so that each of its values is refused.",
	Fix:     "Let the schemas of the property agree.",
	Section: "JSON Schema Core 2020-12, section 10.2.1.1",
})

var schemaOneOf = clash(schema.ClashTwins, Rule{
	Slug: "schema.one-of", Severity: Warning,
	Title:   "two branches of `oneOf` take the same values",
	Why:     "`oneOf` wants exactly one branch to fit. Where a value of one branch always fits another one too, it is refused.",
	Fix:     "Write `anyOf`, or let the branches exclude each other.",
	Section: "JSON Schema Core 2020-12, section 10.2.1.3",
})

var schemaNever = clash(schema.ClashNever, Rule{
	Slug: "schema.never", Severity: Error,
	Title:   "a schema refuses every value where one is needed",
	Why:     "`not` refuses all that the rest of the schema allows, or the schema of a body or parameter is false: every call is refused.",
	Fix:     "Let `not` name what is refused, or leave the schema out.",
	Section: "JSON Schema Core 2020-12, sections 4.3.2 and 10.2.1.4",
}, func(c *check) {
	for _, w := range c.wanted {
		if !isComponent(w.site) && c.program.Never(w.id) {
			c.say(w.site, w.site.node.Pos, "the schema refuses every value", "allow a value, or leave out what needs one")
		}
	}
})
