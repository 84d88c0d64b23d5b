package contract_test

import (
	"fmt"

	"github.com/faultline-http/faultline/contract"
)

func ExampleCompileSchema() {
	s, err := contract.CompileSchema([]byte(`{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "required": ["sku"],
  "properties": {
    "sku": {"type": "string"},
    "quantity": {"type": "integer", "minimum": 1}
  }
}`), contract.SchemaOptions{AssertFormat: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	order := []byte("{\n  \"sku\": \"A-1\",\n  \"quantity\": \"3\"\n}")
	if !s.Valid(order) {
		for _, v := range s.Explain(order) {
			fmt.Printf("%d:%d %s: %s (%s)\n", v.At.Span.Line, v.At.Span.Column, v.At.Pointer, v.Message, v.SchemaPointer)
		}
	}
	// Output:
	// 3:15 /quantity: `quantity` must be an integer (/properties/quantity/type)
}

func ExampleCompileSchema_broken() {
	_, err := contract.CompileSchema([]byte("type: object\nproperties:\n  age: {minimum: high}\n"), contract.SchemaOptions{})
	fmt.Printf("%+v\n", err)
	// Output:
	// error: `minimum` must be a number, this is the string `high`
	//   --> schema.yaml:3:18
	//   |
	// 3 |   age: {minimum: high}
	//   |                  ^
	// fix: write a number
}

func ExampleSchemaOptions_resolve() {
	files := map[string]string{
		"https://example.com/item.json": `{"type": "string", "maxLength": 3}`,
	}
	s, err := contract.CompileSchema([]byte(`{"items": {"$ref": "item.json"}}`), contract.SchemaOptions{
		BaseURI: "https://example.com/list.json",
		Resolve: func(uri string) ([]byte, error) { return []byte(files[uri]), nil },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Valid([]byte(`["abc"]`)), s.Valid([]byte(`["abcd"]`)))
	// Output:
	// true false
}
