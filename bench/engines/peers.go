package engines

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// kin asks for the verdict alone, the cheapest that kin-openapi offers, and
// decodes as its own filter does.
func kin(c Contract) (func([]byte) bool, error) {
	doc, err := openapi3.NewLoader().LoadFromData(c.OpenAPI)
	if err != nil {
		return nil, err
	}
	ref := doc.Components.Schemas[c.Component]
	if ref == nil {
		return nil, fmt.Errorf("no schema %s", c.Component)
	}
	return func(body []byte) bool {
		d := json.NewDecoder(bytes.NewReader(body))
		d.UseNumber()
		var v any
		return d.Decode(&v) == nil && ref.Value.VisitJSON(v, openapi3.FailFast()) == nil
	}, nil
}

func santhosh(c Contract) (func([]byte) bool, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(c.Schema))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("https://bench.example/root.json", doc); err != nil {
		return nil, err
	}
	s, err := compiler.Compile("https://bench.example/root.json")
	if err != nil {
		return nil, err
	}
	return func(body []byte) bool {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
		return err == nil && s.Validate(v) == nil
	}, nil
}
