package contract_test

import (
	"errors"
	"fmt"
	"os"
	"testing/fstest"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

func ExampleLoad() {
	c, err := contract.Load(os.DirFS("testdata"), "petstore.yaml")
	if err != nil {
		fmt.Printf("%+v\n", err) // with the line of the file and a caret
		return
	}
	r := &faultline.Request{Method: "GET", Target: "/v1/pets?limit=1000"}
	m := c.Match(r.Method, r.URL())
	if m.Operation.ValidRequest(r, m.Params) {
		return
	}
	for _, v := range m.Operation.ExplainRequest(r, m.Params) {
		fmt.Printf("%s: %s\n  expected %s, found %s (%s:%d)\n", v.At, v.Message, v.Want, v.Found, v.Source.File, v.Source.Line)
	}
	// Output:
	// query parameter limit: `limit` must be at most 100
	//   expected integer, at least 1, at most 100, found "1000" (petstore.yaml:9)
}

func ExampleError() {
	broken := `openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths:
  /pets: {$ref: '#/components/pathItems/Pet'}
components:
  pathItems:
    Pets: {get: {responses: {'200': {description: pets}}}}
`
	_, err := contract.Load(fstest.MapFS{"pets.yaml": {Data: []byte(broken)}}, "pets.yaml")
	var at *contract.Error
	if errors.As(err, &at) {
		fmt.Printf("%s:%d: %s; %s\n", at.File, at.Line, at.Msg, at.Remedy)
	}
	// Output:
	// pets.yaml:4: `#/components/pathItems/Pet` does not exist; write `#/components/pathItems/Pets`, which exists
}
