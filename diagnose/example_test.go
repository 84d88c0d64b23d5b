package diagnose_test

import (
	"fmt"
	"testing/fstest"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
)

const ordersYAML = `openapi: 3.1.0
info: {title: Orders, version: 1.4.0}
servers: [{url: 'https://api.example.com/v1'}]
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/OrderCreate'}}}
      responses: {'201': {description: created}}
components:
  schemas:
    OrderCreate:
      type: object
      required: [customer_id]
      additionalProperties: false
      properties: {customer_id: {type: string}}
`

func ExampleEngine_Diagnose() {
	api, err := contract.Load(fstest.MapFS{"orders.yaml": {Data: []byte(ordersYAML)}}, "orders.yaml")
	if err != nil {
		fmt.Printf("%+v\n", err) // with the line of the contract and a caret
		return
	}
	engine := diagnose.New(diagnose.WithContract(api))

	d := engine.Diagnose(&faultline.Exchange{
		Request: faultline.Request{
			Method: "POST", Scheme: "https", Host: "api.example.com", Target: "/v1/orders",
			Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}},
			Body:   faultline.NewBody([]byte(`{"custmer_id": "cus_42"}`)),
		},
		Response: &faultline.Response{Status: 400, Body: faultline.NewBody([]byte(`{"error":"Bad Request"}`))},
	})
	if f, ok := d.Primary(); ok {
		fmt.Println(f.Cause.Slug, "by the", f.WhoActs(), "at", f.At)
		fmt.Println(f.Message)
		fmt.Println(f.Remedy.Text, "-", f.Remedy.Applicability)
		fmt.Printf("%s\n", d.Corrected.Body.Bytes())
	}
	// Output:
	// body.unknown-field by the client at request body 1:2  /custmer_id
	// `custmer_id` is not a field of OrderCreate
	// rename to `customer_id` - checked
	// {"customer_id": "cus_42"}
}
