package contract_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

const old = `swagger: '2.0'
info: {title: T, version: '1'}
host: api.example.com
basePath: /v1
schemes: [https, http]
consumes: [application/json]
produces: [application/json]
securityDefinitions:
  key: {type: apiKey, in: header, name: X-Key}
  basic: {type: basic}
  oauth: {type: oauth2, flow: accessCode, authorizationUrl: https://a, tokenUrl: https://b, scopes: {read: r}}
parameters:
  limit: {name: limit, in: query, type: integer, maximum: 100, exclusiveMaximum: true}
responses:
  NotFound: {description: none, schema: {$ref: '#/definitions/Error'}}
definitions:
  Error: {type: object, required: [code], properties: {code: {type: integer, format: int32}}}
  Pet:
    type: object
    required: [name, kind]
    discriminator: kind
    properties: {id: {type: integer, readOnly: true}, name: {type: string, x-nullable: true}, kind: {type: string}}
  Cat: {allOf: [{$ref: '#/definitions/Pet'}, {type: object, required: [lives], properties: {lives: {type: integer}}}]}
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, type: integer, format: int64}]
    get:
      operationId: getPet
      parameters: [{$ref: '#/parameters/limit'}]
      responses:
        '200': {description: ok, schema: {$ref: '#/definitions/Pet'}, headers: {X-Rate: {type: integer}}}
        '404': {$ref: '#/responses/NotFound'}
    put:
      operationId: putPet
      security: [{basic: []}]
      parameters: [{name: pet, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}]
      responses: {'204': {description: ok}}
  /lists/{p}:
    get:
      parameters:
        - {name: p, in: path, required: true, type: array, items: {type: integer}, collectionFormat: pipes}
        - {name: d, in: query, type: array, items: {type: integer}}
        - {name: c, in: query, type: array, items: {type: integer}, collectionFormat: csv}
        - {name: s, in: query, type: array, items: {type: integer}, collectionFormat: ssv}
        - {name: t, in: query, type: array, items: {type: integer}, collectionFormat: tsv, maxItems: 2}
        - {name: b, in: query, type: array, items: {type: integer}, collectionFormat: pipes}
        - {name: m, in: query, type: array, items: {type: integer}, collectionFormat: multi}
        - {name: X-L, in: header, type: array, items: {type: integer}, collectionFormat: ssv}
      responses: {'200': {description: ok}}
  /forms:
    post:
      operationId: addForm
      consumes: [application/x-www-form-urlencoded]
      parameters:
        - {name: n, in: formData, required: true, type: integer}
        - {name: l, in: formData, type: array, items: {type: integer}, collectionFormat: pipes}
      responses: {'200': {description: ok}}
  /unsaid:
    post:
      parameters: [{name: n, in: formData, required: true, type: integer}]
      responses: {'200': {description: ok}}
  /files:
    post:
      consumes: [multipart/form-data]
      parameters: [{name: f, in: formData, required: true, type: file}, {name: n, in: formData, type: integer}]
      responses: {'200': {description: ok, schema: {type: file}}}
`

func TestOpenAPI20IsJudged(t *testing.T) {
	t.Parallel()
	c := load(t, old)
	const form, json, basic = "Content-Type: application/x-www-form-urlencoded", "Content-Type: application/json", "Authorization: Basic YTpi"
	upload := func(part string) *faultline.Request {
		r := request("POST", "/v1/files", "Content-Type: multipart/form-data; boundary=b")
		r.Body = faultline.NewBody([]byte(strings.ReplaceAll("--b\n"+part+"\n--b--\n", "\n", "\r\n")))
		return r
	}
	file := "Content-Disposition: form-data; name=\"f\"; filename=\"a\"\n\nx"
	for _, tt := range []struct {
		section string // of OpenAPI 2.0
		r       *faultline.Request
		want    bool
	}{
		{"Parameter Object, type", request("GET", "/v1/pets/1"), true},
		{"Parameter Object, type", request("GET", "/v1/pets/x"), false},
		{"Parameter Object, exclusiveMaximum", request("GET", "/v1/pets/1?limit=99"), true},
		{"Parameter Object, exclusiveMaximum", request("GET", "/v1/pets/1?limit=100"), false},
		{"body", request("PUT", "/v1/pets/1", json, basic, `{"name":"a","kind":"Pet"}`), true},
		{"body", request("PUT", "/v1/pets/1", json, basic, `{"name":1,"kind":"Pet"}`), false},
		{"x-nullable", request("PUT", "/v1/pets/1", json, basic, `{"name":null,"kind":"Pet"}`), true},
		{"discriminator, allOf", request("PUT", "/v1/pets/1", json, basic, `{"name":"a","kind":"Cat","lives":9}`), true},
		{"discriminator, allOf", request("PUT", "/v1/pets/1", json, basic, `{"name":"a","kind":"Cat"}`), false},
		{"body required", request("PUT", "/v1/pets/1", json, basic), false},
		{"consumes", request("PUT", "/v1/pets/1", "Content-Type: text/csv", basic, `a`), false},
		{"security basic", request("PUT", "/v1/pets/1", json, `{"name":"a","kind":"Pet"}`), false},
		{"collectionFormat in path", request("GET", "/v1/lists/1%7C2"), true},
		{"collectionFormat in path", request("GET", "/v1/lists/1,2"), false},
		{"collectionFormat default csv", request("GET", "/v1/lists/1?d=1,2"), true},
		{"collectionFormat default csv", request("GET", "/v1/lists/1?d=1&d=2"), false},
		{"csv", request("GET", "/v1/lists/1?c=1,x"), false},
		{"ssv", request("GET", "/v1/lists/1?s=1%202"), true},
		{"ssv", request("GET", "/v1/lists/1?s=1,2"), false},
		{"tsv", request("GET", "/v1/lists/1?t=1%092"), true},
		{"tsv", request("GET", "/v1/lists/1?t=1%202"), false},
		{"tsv, maxItems", request("GET", "/v1/lists/1?t=1%092%093"), false},
		{"pipes", request("GET", "/v1/lists/1?b=1|2"), true},
		{"pipes", request("GET", "/v1/lists/1?b=1,2"), false},
		{"multi", request("GET", "/v1/lists/1?m=1&m=2"), true},
		{"multi", request("GET", "/v1/lists/1?m=1,2"), false},
		{"collectionFormat in header", request("GET", "/v1/lists/1", "X-L: 1 2"), true},
		{"collectionFormat in header", request("GET", "/v1/lists/1", "X-L: 1,2"), false},
		{"formData", request("POST", "/v1/forms", form, "n=1&l=1|2"), true},
		{"formData", request("POST", "/v1/forms", form, "n=1&l=1,2"), false},
		{"formData type", request("POST", "/v1/forms", form, "n=x"), false},
		{"formData required", request("POST", "/v1/forms", form, "l=1"), false},
		{"formData, consumes", request("POST", "/v1/forms", json, `{"n":1}`), false},
		{"formData without consumes of its own", request("POST", "/v1/unsaid", form, "n=1"), true},
		{"formData without consumes of its own", request("POST", "/v1/unsaid", form, "n=x"), false},
		{"type file", upload(file), true},
		{"type file, required", upload("Content-Disposition: form-data; name=\"n\"\n\n1"), false},
	} {
		if got, violations := judge(t, c, tt.r); got != tt.want {
			t.Errorf("%s: %s %s: got %v, want %v: %v", tt.section, tt.r.Method, tt.r.Target, got, tt.want, violations)
		}
	}
}

func TestAnswersOfOpenAPI20AreJudged(t *testing.T) {
	t.Parallel()
	c := load(t, old)
	op := c.Match("GET", "/v1/pets/1").Operation
	for _, tt := range []struct {
		section string
		status  int
		fields  faultline.Header
		body    string
		want    bool
	}{
		{"schema", 200, nil, `{"name": "a", "kind": "Pet"}`, true},
		{"schema", 200, nil, `{"name": "a"}`, false},
		{"produces", 200, faultline.Header{{Name: "Content-Type", Value: "text/csv"}}, `a`, false},
		{"responses by reference", 404, nil, `{"code": 1}`, true},
		{"responses by reference", 404, nil, `{"code": "1"}`, false},
		{"headers", 200, faultline.Header{{Name: "X-Rate", Value: "x"}}, `{"name": "a", "kind": "Pet"}`, false},
	} {
		r := &faultline.Response{Status: tt.status, Header: tt.fields, Body: faultline.NewBody([]byte(tt.body))}
		if _, has := r.Header.Get("Content-Type"); !has {
			r.Header = append(r.Header, faultline.Field{Name: "Content-Type", Value: "application/json"})
		}
		if got := op.ValidResponse(r); got != tt.want {
			t.Errorf("%s: %d %s: got %v, want %v", tt.section, tt.status, tt.body, got, tt.want)
		}
	}
}

func TestServersOfOpenAPI20(t *testing.T) {
	t.Parallel()
	const rest = "info: {title: T, version: '1'}\npaths: {}\n"
	for head, want := range map[string]string{
		"host: a.example\nbasePath: /v1/\nschemes: [https, http]\n": "https://a.example/v1 http://a.example/v1",
		"host: a.example\n":                      "//a.example",
		"basePath: v1\n":                         "/v1",
		"":                                       "/",
		"host: https://a.b/\nschemes: [https]\n": "https://a.b",
	} {
		c := load(t, "swagger: '2.0'\n"+head+rest)
		var got []string
		for _, s := range c.Servers() {
			got = append(got, s.URL)
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%q: got %s, want %s", head, text, want)
		}
	}
}

func TestWhatOpenAPI20LeavesOpenIsUnverified(t *testing.T) {
	t.Parallel()
	for name, parameters := range map[string]string{
		"two bodies":         "[{name: a, in: body, schema: {}}, {name: b, in: body, schema: {}}]",
		"body and form":      "[{name: a, in: body, schema: {}}, {name: b, in: formData, type: string}]",
		"arrays in arrays":   "[{name: a, in: query, type: array, items: {type: array, items: {type: string}}}]",
		"unknown format":     "[{name: a, in: query, type: array, items: {type: string}, collectionFormat: spaces}]",
		"multi in a header":  "[{name: a, in: header, type: array, items: {type: string}, collectionFormat: multi}]",
		"place that is none": "[{name: a, in: cookie, type: string}]",
	} {
		c := load(t, "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: {/a: {post: {parameters: "+parameters+", responses: {'200': {description: ok}}}}}\n")
		op := c.Match("POST", "/a").Operation
		if unverified := op.Unverified() != ""; unverified != (name != "place that is none") {
			t.Errorf("%s: unverified is %q", name, op.Unverified())
		}
	}
}

func TestOpenAPI20OfManyFiles(t *testing.T) {
	t.Parallel()
	c, err := contract.Load(files(
		"api.yaml", "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: 'paths.yaml#/a'}}\n",
		"paths.yaml", "a:\n  post:\n    parameters: [{$ref: 'params.json#/body'}, {$ref: 'params.json#/q'}]\n    responses: {'200': {$ref: 'answers.yaml#/ok'}}\n",
		"params.json", `{"body": {"name": "b", "in": "body", "schema": {"$ref": "models.yaml#/A"}}, "q": {"name": "q", "in": "query", "type": "integer"}}`,
		"answers.yaml", "ok: {description: ok, schema: {$ref: 'models.yaml#/A'}}\n",
		"models.yaml", "A: {type: object, required: [a]}\n",
	), "api.yaml")
	if err != nil {
		t.Fatalf("%+v", err)
	}
	const json = "Content-Type: application/json"
	for body, want := range map[string]bool{`{"a":1}`: true, `{}`: false} {
		if got, violations := judge(t, c, request("POST", "/a?q=1", json, body)); got != want {
			t.Errorf("%s: got %v, want %v: %v", body, got, want, violations)
		}
	}
	if got, _ := judge(t, c, request("POST", "/a?q=x", json, `{"a":1}`)); got {
		t.Error("q=x: got true, want false")
	}
	if got := strings.Join(c.Match("POST", "/a").Operation.ResponseMediaTypes(200), " "); got != "*/*" {
		t.Errorf("got the media types %q, want */*: nothing is said", got)
	}
}
