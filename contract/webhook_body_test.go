package contract_test

import (
	"testing"

	"github.com/faultline-http/faultline/contract"
)

// TestBodiesOfWebhooksAreReadAsThoseOfPaths sends XML to a webhook: what is worked
// out for bodies is worked out for all of them.
func TestBodiesOfWebhooksAreReadAsThoseOfPaths(t *testing.T) {
	t.Parallel()
	c := load(t, `openapi: 3.1.0
info: {title: T, version: '1'}
webhooks:
  changed:
    post:
      requestBody: {content: {application/xml: {schema: {type: object, xml: {name: a}, properties: {n: {type: integer}}}}}}
      responses: {'200': {description: ok}}
`)
	op := c.MatchWebhook("changed", "POST")
	for body, want := range map[string]bool{"<a><n>1</n></a>": true, "<a><n>x</n></a>": false, "<b/>": false} {
		r := withBody("/", "application/xml", body)
		if got := op.ValidRequest(r, contract.Params{}); got != want {
			t.Errorf("%s: got %v, want %v: %+v", body, got, want, op.ExplainRequest(r, contract.Params{}))
		}
	}
}
