package guard

import (
	"testing"
	"testing/fstest"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

// TestFailuresInsideOfAnswersThatKeepTheContract: a status of success whose
// content says otherwise is found, whether or not the contract knows the member.
func TestFailuresInsideOfAnswersThatKeepTheContract(t *testing.T) {
	t.Parallel()
	const described = `openapi: 3.1.0
info: {title: A, version: "1"}
paths:
  /x:
    get:
      responses:
        '200':
          description: fine
          content:
            application/json:
              schema:
                type: object
                properties:
                  ok: {type: boolean}
                  detail: {anyOf: [{type: "null"}, {type: object}]}
`
	c, err := contract.Load(fstest.MapFS{"a.yaml": {Data: []byte(described)}}, "a.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for body, fails := range map[string]bool{
		`{"ok":true,"error":null}`:                      false,
		`{"ok":false,"error":"quota exceeded"}`:         true,
		`{"error":"missing required field: text"}`:      true,
		`{"detail":{"errors":[]},"status":"delivered"}`: false,
	} {
		g, all := listen(t, Options{Contracts: []*contract.Contract{c}})
		ex := &faultline.Exchange{
			Request: faultline.Request{Method: "GET", Scheme: "http", Host: "a", Target: "/x", Proto: "HTTP/1.1"},
			Response: &faultline.Response{
				Status: 200, Proto: "HTTP/1.1", Body: faultline.NewBody([]byte(body)),
				Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}},
			},
		}
		call := g.Begin(ex)
		call.End()
		heard := all()
		if len(heard) != 1 || heard[0].d.Failed != fails {
			t.Errorf("%s: %+v, want a failure: %v", body, heard, fails)
		}
	}
}
