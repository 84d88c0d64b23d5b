package contract

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

const (
	beginsWith = "give a file that begins with `openapi: 3.0.3` or `openapi: 3.1.0`"
	supported  = "OpenAPI 2.0, 3.0, 3.1 and 3.2 are supported"
)

// readVersion reads which version of OpenAPI the document is written in. The
// last number of a version is for people: 3.0.0 and 3.0.4 are one language
// (OpenAPI 3.1.0, section 4.1).
func (l *loader) readVersion() error {
	n := l.root.Get("openapi")
	if old := l.root.Get("swagger"); old != nil && n == nil {
		return l.readOldVersion(old)
	}
	if n == nil {
		if l.root.Get("asyncapi") != nil {
			return l.docs.fail(l.root.Pos, "the document is an AsyncAPI description, not an OpenAPI one", beginsWith)
		}
		return l.docs.fail(l.root.Pos, "the document is not an OpenAPI description: it has no `openapi`", beginsWith)
	}
	l.unquoted(n, "openapi")
	switch version := n.Text; {
	case isVersion(version, "3.0"):
		l.dialect = schema.OpenAPI30
		return nil
	case isVersion(version, "3.1"):
		l.v31, l.dialect = true, schema.JSONSchema202012
	case isVersion(version, "3.2"):
		l.v31, l.v32, l.dialect = true, true, schema.JSONSchema202012
	default:
		return l.docs.fail(n.Pos, fmt.Sprintf("OpenAPI %s is not supported: %s", version, supported), "")
	}
	return l.readDialect()
}

func isVersion(version, minor string) bool {
	rest, ok := strings.CutPrefix(version, minor)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '-')
}

func (l *loader) readOldVersion(n *yaml.Node) error {
	l.unquoted(n, "swagger")
	if n.Text != "2.0" && n.Text != "2" && !strings.HasPrefix(n.Text, "2.0.") {
		return l.docs.fail(n.Pos, fmt.Sprintf("OpenAPI (Swagger) %s is not supported: %s", n.Text, supported), "convert the description to OpenAPI 3.0")
	}
	l.dialect = schema.OpenAPI20
	l.old = newSwagger(l)
	return nil
}

// unquoted notes a version that YAML takes for a number.
func (l *loader) unquoted(n *yaml.Node, key string) {
	if n.Kind == yaml.Number {
		l.tolerate(n.Pos, "string-quoted", fmt.Sprintf("`%s` should be a string: put `%s` in quotes", key, n.Text), fmt.Sprintf("write '%s'", n.Text))
	}
}

// readDialect reads the dialect of the schemas (OpenAPI 3.1.0, section 4.8.24.5).
func (l *loader) readDialect() error {
	n := l.root.Get("jsonSchemaDialect")
	if n == nil {
		return nil
	}
	dialect, known := schema.DialectOf(n.Text)
	if !known {
		l.tolerate(n.Pos, "schema-dialect", fmt.Sprintf("the schema dialect `%s` is not known: schemas are read as JSON Schema 2020-12", n.Text),
			"name a dialect of JSON Schema, or leave `jsonSchemaDialect` out")
		return nil
	}
	l.dialect = dialect
	return nil
}
