package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/format"
	"github.com/faultline-http/faultline/contract/internal/schema"
)

// formatTypes are the formats that are known, and the types that they speak of:
// those of JSON Schema 2020-12 and of the OpenAPI format registry.
var formatTypes = func() map[string][]string {
	out := map[string][]string{}
	for name := range strings.FieldsSeq(`date-time date time duration email idn-email hostname idn-hostname ipv4 ipv6 uri uri-reference
		iri iri-reference uri-template uuid json-pointer relative-json-pointer regex byte binary password base64url char commonmark
		date-time-local time-local html http-date media-range ipv4-cidr ipv6-cidr language sf-binary sf-string sf-token`) {
		out[name] = []string{"string"}
	}
	for name := range strings.FieldsSeq("int8 int16 int32 uint8 uint16 uint32 float double double-int sf-decimal sf-integer") {
		out[name] = []string{"number", "integer"}
	}
	for name := range strings.FieldsSeq("int64 uint64 decimal decimal128 unixtime") {
		out[name] = []string{"number", "integer", "string"}
	}
	out["sf-boolean"] = []string{"boolean"}
	return out
}()

var schemaFormat = &Rule{
	Slug: "schema.misplaced-format", Severity: Warning,
	Title:   "a `format` says nothing of the type beside it",
	Why:     "`format: date` beside `type: integer`, or `int32` beside `string`, is never looked at: what its author wanted to refuse passes.",
	Fix:     "Correct the type or the format.",
	Section: validation + "7.1; OpenAPI Format Registry",
	look: func(c *check) {
		for _, s := range c.typed() {
			m := member(s.node, "format")
			if m == nil {
				continue
			}
			types, of := typesOf(s.node), formatTypes[text(m.Value)]
			if types == nil || of == nil || slices.ContainsFunc(of, func(t string) bool { return slices.Contains(types, t) }) {
				continue
			}
			c.say(s, m.Pos, fmt.Sprintf("`format: %s` says nothing of %s: it is never looked at", text(m.Value), schema.Article(strings.Join(types, " or "))),
				fmt.Sprintf("write `type: %s`, or another format", of[0]), "format")
		}
	},
}

var schemaUnknownFormat = &Rule{
	Slug: "schema.unknown-format", Severity: Info,
	Title:   "a `format` is not known",
	Why:     "It is a note to people: no value is refused for it.",
	Fix:     "Add a `pattern` if values must have a form, or correct the name.",
	Section: validation + "7.2.3; OpenAPI Format Registry",
	look: func(c *check) {
		for _, s := range c.typed() {
			m := member(s.node, "format")
			if m == nil || text(m.Value) == "" || formatTypes[text(m.Value)] != nil || format.Lookup(text(m.Value)) != nil {
				continue
			}
			remedy := "add a `pattern` if values must have a form"
			if near := nearest(text(m.Value), formatNames()); near != "" {
				remedy = "write `" + near + "` if that is meant"
			}
			c.say(s, m.Pos, fmt.Sprintf("the format `%s` is not known: it refuses nothing", text(m.Value)), remedy, "format")
		}
	},
}

func formatNames() []string {
	var out []string
	for name := range formatTypes {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// typed are the schemas, and the parameters of OpenAPI 2.0 that are like one.
func (c *check) typed() []*site {
	out := c.schemas()
	if c.v == V20 {
		for _, r := range [...]role{parameter, header} {
			for _, s := range c.sites[r] {
				if s.node.Get("type") != nil {
					out = append(out[:len(out):len(out)], s)
				}
			}
		}
	}
	return out
}
