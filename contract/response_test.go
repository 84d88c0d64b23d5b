package contract_test

import (
	"fmt"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

const answers = head + `paths:
  /a:
    get:
      operationId: getA
      responses:
        '200':
          description: ok
          headers:
            X-Rate: {required: true, schema: {type: integer}}
            X-List: {schema: {type: array, items: {type: integer}}}
          content:
            application/json:
              schema:
                type: object
                required: [id, secret]
                properties:
                  id: {type: integer, readOnly: true}
                  secret: {type: string, writeOnly: true}
        '204': {description: none}
        4XX: {description: bad, content: {application/problem+json: {schema: {type: object}}}}
  /b:
    get:
      operationId: getB
      responses:
        '422': {description: bad}
        default: {description: any}
  /c:
    get: {operationId: getC}
`

func response(status int, body string, lines ...string) *faultline.Response {
	r := request("GET", "/", lines...)
	return &faultline.Response{Status: status, Header: r.Header, Body: faultline.NewBody([]byte(body))}
}

func TestAnswersAreJudged(t *testing.T) {
	t.Parallel()
	c := load(t, answers)
	for _, tt := range []struct {
		name, path string
		r          *faultline.Response
		want       []contract.Kind
	}{
		{"good", "/a", response(200, `{"id": 1}`, "Content-Type: application/json", "X-Rate: 5"), nil},
		{"type", "/a", response(200, `{"id": "1"}`, "Content-Type: application/json", "X-Rate: 5"), []contract.Kind{contract.Type}},
		{"header", "/a", response(200, `{"id": 1}`, "Content-Type: application/json"), []contract.Kind{contract.Missing}},
		{"header type", "/a", response(200, `{"id": 1}`, "Content-Type: application/json", "X-Rate: five", "X-List: 1, x"), []contract.Kind{contract.Type, contract.Type}},
		{"media type", "/a", response(200, `{"id": 1}`, "Content-Type: text/html", "X-Rate: 5"), []contract.Kind{contract.MediaType}},
		{"no media type", "/a", response(200, `{"id": 1}`, "X-Rate: 5"), nil},
		{"no media type, wrong", "/a", response(200, `{"id": "1"}`, "X-Rate: 5"), []contract.Kind{contract.Type}},
		{"no media type, not JSON", "/a", response(200, `)]}'`, "X-Rate: 5"), nil},
		{"not JSON", "/a", response(200, `<html>`, "Content-Type: application/json", "X-Rate: 5"), []contract.Kind{contract.Syntax}},
		{"no body seen", "/a", response(200, ``, "Content-Type: application/json", "X-Rate: 5"), nil},
		{"no body", "/a", response(200, ``, "Content-Length: 0", "X-Rate: 5"), []contract.Kind{contract.BodyMissing}},
		{"no body, error", "/a", response(404, ``, "Content-Length: 0"), nil},
		{"204", "/a", response(204, ``), nil},
		{"range", "/a", response(404, `{}`, "Content-Type: application/problem+json"), nil},
		{"range, wrong", "/a", response(404, `[]`, "Content-Type: application/problem+json"), []contract.Kind{contract.Type}},
		{"undocumented", "/a", response(500, `oops`), []contract.Kind{contract.Status}},
		{"default", "/b", response(500, `oops`), nil},
		{"no responses", "/c", response(500, `oops`), nil},
	} {
		op := c.Match("GET", tt.path).Operation
		violations := op.ExplainResponse(tt.r)
		if valid := op.ValidResponse(tt.r); valid != (len(violations) == 0) {
			t.Errorf("%s: valid is %v and %d violations are explained", tt.name, valid, len(violations))
		}
		var got []contract.Kind
		for _, v := range violations {
			got = append(got, v.Kind)
			complete(t, tt.name, v)
			if v.At.Side != faultline.ResponseSide {
				t.Errorf("%s: got the side %v, want the response", tt.name, v.At.Side)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s: got kinds %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestDocumentsTellsExactFromDefault(t *testing.T) {
	t.Parallel()
	c := load(t, answers)
	for _, tt := range []struct {
		path             string
		status           int
		exact, byDefault bool
	}{
		{"/a", 200, true, false},
		{"/a", 422, true, false},
		{"/a", 500, false, false},
		{"/b", 422, true, false},
		{"/b", 400, false, true},
	} {
		exact, byDefault := c.Match("GET", tt.path).Operation.Documents(tt.status)
		if exact != tt.exact || byDefault != tt.byDefault {
			t.Errorf("%s %d: got %v, %v, want %v, %v", tt.path, tt.status, exact, byDefault, tt.exact, tt.byDefault)
		}
	}
}

// TestContentOfARangeIsContent: a range of statuses has content as a status has.
func TestContentOfARangeIsContent(t *testing.T) {
	t.Parallel()
	c := load(t, head+`paths:
  /starred: {get: {responses: {'204': {description: yes}, '404': {description: no}}}}
  /order: {get: {responses: {2XX: {description: one, content: {application/json: {}}}, '404': {description: none}}}}
`)
	for path, want := range map[string]bool{"/starred": true, "/order": false} {
		if got := c.Match("GET", path).Operation.AnswersByStatus("GET", 404); got != want {
			t.Errorf("%s answers by its status: got %v, want %v", path, got, want)
		}
	}
}
