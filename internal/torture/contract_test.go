package torture

import (
	"testing"
	"testing/fstest"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
)

const bodies = `openapi: 3.1.0
info: {title: Bodies, version: "1"}
paths:
  /:
    post:
      requestBody: {content: {"*/*": {schema: {type: string, maxLength: 100000}}}}
      responses: {default: {description: any}}
`

// blocking is a guard that holds bodies for / back until it has judged them,
// and lets pass what it does not know.
func blocking(t testing.TB) guard.Options {
	t.Helper()
	c, err := contract.Load(fstest.MapFS{"bodies.yaml": {Data: []byte(bodies)}}, "bodies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return guard.Options{Contracts: []*contract.Contract{c}, Mode: guard.Block, Undocumented: guard.PassUndocumented}
}
