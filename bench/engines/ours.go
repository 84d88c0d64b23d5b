package engines

import (
	"errors"
	"testing/fstest"

	fl "github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"

	"github.com/faultline-http/faultline/bench/orders"
)

// faultline judges a whole request: its content type as well as its body.
func faultline(c Contract) (func([]byte) bool, error) {
	api, err := contract.Load(fstest.MapFS{"api.json": {Data: c.OpenAPI}}, "api.json")
	if err != nil {
		return nil, err
	}
	m := api.Match("POST", orders.Path)
	if m.Operation == nil {
		return nil, errors.New("no operation takes the bodies")
	}
	r := &fl.Request{Method: "POST", Target: orders.Path}
	r.Header = fl.Header{{Name: "Content-Type", Value: "application/json"}}
	return func(body []byte) bool {
		r.Body = fl.NewBody(body)
		return m.Operation.ValidRequest(r, m.Params)
	}, nil
}
