package official

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/pb33f/libopenapi"
	"github.com/pb33f/libopenapi-validator/config"
	"github.com/pb33f/libopenapi-validator/schema_validation"
)

// description is an OpenAPI description with the schema as its one component.
func description(version string, schema []byte) []byte {
	return []byte(`{"openapi":"` + version + `","info":{"title":"t","version":"1"},"paths":{},"components":{"schemas":{"Root":` + string(schema) + `}}}`)
}

// kin30 is asked for what the Schema Object of 3.0 shares with draft 4.
func kin30(schema []byte, o Options) (func([]byte) bool, error) {
	if !shared30(schema) {
		return nil, ErrDialect
	}
	return kin(description("3.0.4", schema), o)
}

func kin31(schema []byte, o Options) (func([]byte) bool, error) {
	if refers(schema) {
		return nil, ErrDialect
	}
	return kin(description("3.1.1", schema), o, openapi3.EnableJSONSchema2020())
}

func kin(doc []byte, o Options, options ...openapi3.SchemaValidationOption) (func([]byte) bool, error) {
	read, err := openapi3.NewLoader().LoadFromData(doc)
	if err != nil {
		return nil, err
	}
	ref := read.Components.Schemas["Root"]
	if ref == nil || ref.Value == nil {
		return nil, errors.New("no schema")
	}
	if o.Format {
		options = append(options, openapi3.EnableFormatValidation())
	}
	return func(value []byte) bool {
		d := json.NewDecoder(bytes.NewReader(value))
		d.UseNumber()
		var v any
		return d.Decode(&v) == nil && ref.Value.VisitJSON(v, options...) == nil
	}, nil
}

func libopenapiValidator(schema []byte, o Options) (func([]byte) bool, error) {
	if refers(schema) {
		return nil, ErrDialect
	}
	doc, err := libopenapi.NewDocument(description("3.1.1", schema))
	if err != nil {
		return nil, err
	}
	model, err := doc.BuildV3Model()
	if err != nil {
		return nil, err
	}
	proxy, ok := model.Model.Components.Schemas.Get("Root")
	if !ok || proxy.Schema() == nil {
		return nil, errors.New("no schema")
	}
	options := []config.Option{config.WithLogger(slog.New(slog.DiscardHandler))}
	if o.Format {
		options = append(options, config.WithFormatAssertions())
	}
	v, s := schema_validation.NewSchemaValidator(options...), proxy.Schema()
	return func(value []byte) bool {
		ok, _ := v.ValidateSchemaBytes(s, value)
		return ok
	}, nil
}

// refers reports whether a schema has references or names to refer to: inside
// of a description they would mean something else.
func refers(schema []byte) bool {
	names := []string{"$ref", "$dynamicRef", "$recursiveRef", "$id", "$anchor", "$dynamicAnchor"}
	return !every(schema, func(name string, _ any) bool { return !slices.Contains(names, name) })
}

// shared30 reports whether a schema of draft 4 is a Schema Object of 3.0 too.
func shared30(schema []byte) bool {
	foreign := []string{
		"$ref", "id", "$id", "$schema", "definitions", "patternProperties", "dependencies", "additionalItems",
	}
	var root map[string]any
	if json.Unmarshal(schema, &root) != nil {
		return false
	}
	return every(schema, func(name string, value any) bool {
		switch name {
		case "items":
			_, ok := value.(map[string]any)
			return ok
		case "type":
			_, list := value.([]any)
			return !list && value != "null"
		}
		return !slices.Contains(foreign, name)
	})
}

// every asks about all members of a schema, at any depth, that are not data.
func every(schema []byte, ask func(name string, value any) bool) bool {
	var v any
	return json.Unmarshal(schema, &v) == nil && everyIn(v, ask)
}

func everyIn(v any, ask func(name string, value any) bool) bool {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			if !ask(name, value) || name != "enum" && name != "const" && name != "default" && !everyIn(value, ask) {
				return false
			}
		}
	case []any:
		return !slices.ContainsFunc(v, func(item any) bool { return !everyIn(item, ask) })
	}
	return true
}
