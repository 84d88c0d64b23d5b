package schema

import "strings"

// A Dialect says which keywords a schema may have and what they mean. Later
// ones compare greater.
type Dialect uint8

// The dialects.
const (
	OpenAPI20        Dialect = iota // the Schema Object of OpenAPI 2.0 (Swagger)
	OpenAPI30                       // the Schema Object of OpenAPI 3.0
	JSONSchemaDraft4                // JSON Schema draft 4
	JSONSchemaDraft6                // JSON Schema draft 6
	JSONSchemaDraft7                // JSON Schema draft 7
	JSONSchema201909                // JSON Schema 2019-09
	JSONSchema202012                // JSON Schema 2020-12, which OpenAPI 3.1 and 3.2 build on
)

// dialects are the names of the dialects, by $schema without an empty fragment
// and without the scheme: http and https are both in use.
var dialects = map[string]Dialect{
	"//json-schema.org/draft-04/schema":              JSONSchemaDraft4,
	"//json-schema.org/draft-06/schema":              JSONSchemaDraft6,
	"//json-schema.org/draft-07/schema":              JSONSchemaDraft7,
	"//json-schema.org/draft/2019-09/schema":         JSONSchema201909,
	"//json-schema.org/draft/2020-12/schema":         JSONSchema202012,
	"//json-schema.org/schema":                       JSONSchema202012, // "the current one"
	"//spec.openapis.org/oas/2.0/dialect/base":       OpenAPI20,
	"//spec.openapis.org/oas/3.0/dialect/base":       OpenAPI30,
	"//spec.openapis.org/oas/3.0/dialect/2021-09-28": OpenAPI30,
	"//spec.openapis.org/oas/3.0/dialect/2024-10-18": OpenAPI30,
	"//spec.openapis.org/oas/3.1/dialect/base":       JSONSchema202012,
	"//spec.openapis.org/oas/3.1/dialect/2022-10-07": JSONSchema202012,
	"//spec.openapis.org/oas/3.1/dialect/2024-10-25": JSONSchema202012,
	"//spec.openapis.org/oas/3.1/dialect/2024-11-10": JSONSchema202012,
	"//spec.openapis.org/oas/3.2/dialect/base":       JSONSchema202012,
	"//spec.openapis.org/oas/3.2/dialect/2025-09-17": JSONSchema202012,
}

// DialectOf returns the dialect that a $schema or jsonSchemaDialect names, and
// whether it is one that we know.
func DialectOf(uri string) (Dialect, bool) {
	uri = strings.TrimSuffix(uri, "#")
	for _, scheme := range [...]string{"https:", "http:"} {
		if rest, ok := strings.CutPrefix(uri, scheme); ok {
			d, known := dialects[rest]
			return d, known
		}
	}
	return 0, false
}

// openAPI reports whether the dialect is a Schema Object of OpenAPI before 3.1,
// which is JSON Schema of old with words of its own.
func (d Dialect) openAPI() bool { return d <= OpenAPI30 }

// String names the dialect for people.
func (d Dialect) String() string {
	return [...]string{
		"OpenAPI 2.0", "OpenAPI 3.0", "JSON Schema draft 4", "JSON Schema draft 6", "JSON Schema draft 7",
		"JSON Schema 2019-09", "JSON Schema 2020-12",
	}[d]
}
