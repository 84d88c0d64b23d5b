package contract_test

import (
	"fmt"
	"os"

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
