package contract_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

const newest = `openapi: 3.2.0
$self: https://example.com/api/openapi.yaml
info: {title: T, version: '1'}
tags: [{name: a, parent: b, kind: nav, summary: A}]
servers: [{url: /v1, name: main}]
paths:
  /a:
    query:
      operationId: queryA
      requestBody: {required: true, content: {application/json: {$ref: '#/components/mediaTypes/A'}}}
      responses: {'200': {summary: ok}}
    additionalOperations:
      COPY: {operationId: copyA, responses: {'200': {summary: ok}}}
  /b:
    get:
      operationId: getB
      security: [{'#/components/securitySchemes/device': [read]}]
      responses:
        '200':
          content: {application/json: {schema: {$ref: 'https://example.com/api/openapi.yaml#/components/schemas/A'}}}
components:
  mediaTypes: {A: {schema: {$ref: '#/components/schemas/A'}}}
  schemas: {A: {type: object, required: [a]}}
  securitySchemes:
    device:
      type: oauth2
      deprecated: true
      oauth2MetadataUrl: https://example.com/.well-known/oauth-authorization-server
      flows: {deviceAuthorization: {deviceAuthorizationUrl: https://example.com/d, tokenUrl: https://example.com/t, scopes: {read: r}}}
`

func TestOpenAPI32IsRead(t *testing.T) {
	t.Parallel()
	c := load(t, newest)
	if got := notices(c); got != "" {
		t.Errorf("got the notices %s, want none", got)
	}
	var got []string
	for op := range c.Operations() {
		got = append(got, op.Method+" "+op.ID+op.Unverified())
	}
	if diff := cmp.Diff([]string{"QUERY queryA", "COPY copyA", "GET getB"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for body, want := range map[string]bool{`{"a":1}`: true, `{}`: false} {
		if got, _ := judge(t, c, request("QUERY", "/v1/a", "Content-Type: application/json", body)); got != want {
			t.Errorf("QUERY with %s: got %v, want %v", body, got, want)
		}
	}
	if ok, _ := judge(t, c, request("GET", "/v1/b")); ok {
		t.Error("GET without a token: got true, want false: the requirement names its scheme by URI")
	}
	if ok, _ := judge(t, c, request("GET", "/v1/b", "Authorization: Bearer t")); !ok {
		t.Error("GET with a token: got false, want true")
	}
}

func TestMethodsOfOpenAPI32AreNoneBefore(t *testing.T) {
	t.Parallel()
	c := load(t, strings.Replace(newest, "openapi: 3.2.0", "openapi: 3.1.0", 1))
	for op := range c.Operations() {
		if op.Method != "GET" {
			t.Errorf("got %s %s in a document of 3.1", op.Method, op.Template)
		}
	}
}

func TestSelfIsWhereADocumentIsKnown(t *testing.T) {
	t.Parallel()
	const head = "openapi: 3.2.0\ninfo: {title: T, version: '1'}\n"
	main := head + "$self: https://example.com/api/main\npaths: {/a: {post: {operationId: addA, requestBody: {content: {application/json: {schema: {$ref: %q}}}}, responses: {'200': {description: ok}}}}}\n"
	const json = "Content-Type: application/json"
	for _, tt := range []struct {
		name, ref string
		resolve   func(string) ([]byte, error)
	}{
		{"beside the file", "parts.yaml#/A", nil},
		{"by its URI", "parts.yaml#/B", library("https://example.com/api/parts.yaml", "B: {required: [a]}")},
		{"absolute", "https://example.com/api/parts.yaml#/B", library("https://example.com/api/parts.yaml", "B: {required: [a]}")},
		{"itself", "main#/components/schemas/C", nil},
	} {
		text := fmt.Sprintf(main, tt.ref) + "components: {schemas: {C: {required: [a]}}}\n"
		c, err := contract.LoadWith(files("api/main.yaml", text, "api/parts.yaml", "A: {required: [a]}"), "api/main.yaml", contract.Options{Resolve: tt.resolve})
		if err != nil {
			t.Errorf("%s: %+v", tt.name, err)
			continue
		}
		if got, _ := judge(t, c, request("POST", "/a", json, `{}`)); got || notices(c) != "" {
			t.Errorf("%s: got %v%s, want a violation", tt.name, got, notices(c))
		}
	}
}

const calling = `openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /subscriptions/{id}:
    post:
      operationId: subscribe
      parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: q, in: query, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {type: object}}}}
      callbacks:
        onEvent:
          '{$request.body#/urls/0}?id={$request.path.id}&q={$request.query.q}':
            post: {operationId: event, requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}}, responses: {'204': {description: ok}}}
        onEnd: {$ref: '#/components/callbacks/End'}
      responses:
        '201':
          description: made
          headers: {Location: {schema: {type: string}}}
          links:
            byId: {operationId: getIt, parameters: {id: $response.body#/id, 'query.v': 1}}
            byRef: {operationRef: '#/paths/~1its~1{id}/get', parameters: {path.id: $request.path.id}}
            gone: {operationId: getIts, parameters: {id: x}}
            strange: {operationId: getIt, parameters: {nope: $response.cookie.a}}
  /its/{id}:
    get:
      operationId: getIt
      parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: v, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok}}
webhooks:
  newPet:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {type: boolean}}}}}
components:
  callbacks:
    End: {'{$response.header.Location}': {delete: {operationId: ended, responses: {'204': {description: ok}}}}}
  schemas:
    Event: {type: object, required: [id, at, secret], properties: {id: {type: integer}, at: {type: string, readOnly: true}, secret: {type: string, writeOnly: true}}}
`

func TestWebhooksAreJudgedInTheirDirection(t *testing.T) {
	t.Parallel()
	c := load(t, calling)
	n := 0
	for name, op := range c.Webhooks() {
		n++
		if name != "newPet" || op.ID != "POST newPet" || c.MatchWebhook("newPet", "POST") != op {
			t.Errorf("got the webhook %q %q", name, op.ID)
		}
	}
	op := c.MatchWebhook("newPet", "POST")
	if n != 1 || op == nil || c.MatchWebhook("newPet", "PUT") != nil || c.MatchWebhook("other", "POST") != nil {
		t.Fatalf("got %d webhooks and the match %v", n, op)
	}
	for body, want := range map[string]bool{`{"id":1,"secret":"s"}`: true, `{"id":"1","secret":"s"}`: false, `{"id":1}`: false} {
		if got := op.ValidRequest(request("POST", "/", "Content-Type: application/json", body), contract.Params{}); got != want {
			t.Errorf("%s: got %v, want %v", body, got, want)
		}
	}
	for body, want := range map[string]bool{"true": true, "1": false} {
		r := &faultline.Response{Status: 200, Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}}, Body: faultline.NewBody([]byte(body))}
		if got := op.ValidResponse(r); got != want {
			t.Errorf("answer %s: got %v, want %v", body, got, want)
		}
	}
}

func TestCallbacksAreFoundByTheirAddress(t *testing.T) {
	t.Parallel()
	c := load(t, calling)
	m := c.Match("POST", "/subscriptions/a%2Fb?q=1")
	ex := &faultline.Exchange{
		Request:  *request("POST", "/subscriptions/a%2Fb?q=1", `{"urls":["https://me.example/hook"]}`),
		Response: &faultline.Response{Status: 201, Header: faultline.Header{{Name: "Location", Value: "https://Me.example/end"}}},
	}
	var got []string
	for _, cb := range m.Operation.Callbacks() {
		url, ok := cb.URL(ex, m.Params)
		got = append(got, fmt.Sprint(cb.Name, " ", cb.Operation.ID, " ", url, " ", ok))
	}
	want := []string{"onEvent event https://me.example/hook?id=a/b&q=1 true", "onEnd ended https://Me.example/end true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, tt := range []struct{ method, url, want string }{
		{"POST", "https://me.example/hook?id=a/b&q=1", "event"},
		{"DELETE", "https://me.example/end", "ended"},
		{"POST", "https://me.example/end", ""},
		{"POST", "https://me.example/other", ""},
	} {
		got := ""
		if op := m.Operation.MatchCallback(ex, m.Params, tt.method, tt.url); op != nil {
			got = op.ID
		}
		if got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.method, tt.url, got, tt.want)
		}
	}
	ex.Request.Body = faultline.NewBody(nil)
	if op := m.Operation.MatchCallback(ex, m.Params, "POST", "https://me.example/hook?id=a/b&q=1"); op != nil {
		t.Errorf("got %s, want nothing: the request names no address", op.ID)
	}
}

func TestLinksAreRead(t *testing.T) {
	t.Parallel()
	c := load(t, calling)
	var got []string
	for _, l := range c.Match("POST", "/subscriptions/1").Operation.Links(201) {
		line := []string{l.Name, "->", l.Operation}
		for _, p := range l.Parameters {
			line = append(line, fmt.Sprintf("%s.%s=%s%s", p.In, p.Name, p.Expression, p.Value))
		}
		got = append(got, strings.Join(line, " "))
	}
	want := []string{
		"byId -> getIt .id=$response.body#/id query.v=1",
		"byRef -> getIt path.id=$request.path.id",
		"gone ->  .id=x",
		"strange -> getIt .nope=$response.cookie.a",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	got = nil
	for _, n := range c.Notices() {
		got = append(got, fmt.Sprintf("%d [%s] %s; %s", n.Source.Line, n.Rule, n.Text, n.Remedy))
	}
	want = []string{
		"22 [link] the link `strange` is broken: `cookie.a` is no part of a message; write a runtime expression such as $response.body#/id",
		"21 [link] the link `gone` is broken: there is no operation `getIts`; write `getIt`, which exists",
		"22 [link] the link `strange` is broken: `getIt` has no parameter `nope`; name a parameter that the operation declares",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("notices (-want +got)\n%s", diff)
	}
}

func TestACallbackThatLeadsToItselfIsReadOnce(t *testing.T) {
	t.Parallel()
	c := load(t, `openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a: {post: {operationId: a, callbacks: {x: {$ref: '#/components/callbacks/X'}}, responses: {'200': {description: ok}}}}
components:
  callbacks: {X: {'{$request.body#/u}': {post: {operationId: b, callbacks: {x: {$ref: '#/components/callbacks/X'}}, responses: {'200': {description: ok}}}}}}
`)
	op := c.Match("POST", "/a").Operation
	if list := op.Callbacks(); len(list) != 1 || len(list[0].Operation.Callbacks()) != 0 {
		t.Errorf("got %+v, want one callback", list)
	}
	if !strings.Contains(notices(c), "[callback-circle]") {
		t.Errorf("got %s, want a notice of the circle", notices(c))
	}
}
