package contract_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/contract"
)

// files makes a file system of alternating names and texts.
func files(pairs ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return out
}

// load reads a contract of one file.
func load(t testing.TB, text string) *contract.Contract {
	t.Helper()
	c, err := contract.Load(files("api.yaml", text), "api.yaml")
	if err != nil {
		t.Fatalf("%+v", err)
	}
	return c
}

// head is the beginning of every contract of the tests.
const head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n"

func TestBrokenContractsAreRefusedWithLineAndRemedy(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		want       string // of Error
		remedy     string
	}{
		{"not YAML", "openapi: 3.0.3\npaths: [\n", "contract api.yaml: line 3: while parsing a flow node that begins in line 3: did not find expected node content", ""},
		{"a list", "[]", "contract api.yaml: line 1: the document is not an OpenAPI description: it is no object", "give a file that begins with `openapi: 3.0.3` or `openapi: 3.1.0`"},
		{"something else", "name: x\n", "contract api.yaml: line 1: the document is not an OpenAPI description: it has no `openapi`", "give a file that begins with `openapi: 3.0.3` or `openapi: 3.1.0`"},
		{"1.2", "swagger: '1.2'\n", "contract api.yaml: line 1: OpenAPI (Swagger) 1.2 is not supported: OpenAPI 2.0, 3.0, 3.1 and 3.2 are supported", "convert the description to OpenAPI 3.0"},
		{"4.0", "openapi: 4.0.0\n", "contract api.yaml: line 1: OpenAPI 4.0.0 is not supported: OpenAPI 2.0, 3.0, 3.1 and 3.2 are supported", ""},
		{"missing file", head + "paths:\n  /a:\n    $ref: 'path/a.yaml'\n", "contract api.yaml: line 5: there is no file `path/a.yaml`", "name `path/b.yaml`, which exists"},
		{"outside", head + "paths:\n  /a:\n    $ref: '../a.yaml'\n", "contract api.yaml: line 5: `../a.yaml` lies outside of the folder that the contract was loaded from", "load the contract from a folder above all of its files"},
		{"duplicate key", head + "paths: {}\npaths: {}\n", "contract api.yaml: line 4: the key `paths` stands here for the second time, first in line 3, column 1", "keep one of the two"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := contract.Load(files("api.yaml", tt.text, "path/b.yaml", "{}"), "api.yaml")
			var refused *contract.Error
			if !errors.As(err, &refused) {
				t.Fatalf("got %v, want an *Error", err)
			}
			if got := refused.Error(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if refused.Remedy != tt.remedy {
				t.Errorf("got the remedy %q, want %q", refused.Remedy, tt.remedy)
			}
		})
	}
}

func TestWhatIsBrokenInAnOperationLeavesItUnverified(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		want       string // line and text of the notice
		remedy     string
	}{
		{
			"missing ref", head + "paths:\n  /a:\n    get:\n      parameters:\n        - $ref: '#/components/parameters/Limt'\ncomponents:\n  parameters:\n    Limit: {name: limit, in: query}\n",
			"7: `#/components/parameters/Limt` does not exist", "write `#/components/parameters/Limit`, which exists",
		},
		{
			"circle", head + "paths:\n  /a:\n    get:\n      requestBody: {$ref: '#/components/requestBodies/A'}\ncomponents:\n  requestBodies:\n    A: {$ref: '#/components/requestBodies/B'}\n    B: {$ref: '#/components/requestBodies/A'}\n",
			"9: the references lead in a circle", "let one of them lead to a definition",
		},
		{"braces", head + "paths:\n  /a/{b: {get: {}}\n", "4: path `/a/{b`: the braces of a template expression do not match", "write an expression as `{name}`"},
		{"parameter without name", head + "paths:\n  /a:\n    get:\n      parameters: [{in: query}]\n", "6: a parameter without `name`", "add its name"},
		{"parameter without in", head + "paths:\n  /a:\n    get:\n      parameters: [{name: x}]\n", "6: the parameter `x` does not say where it stands", "add `in` with one of path, query, header and cookie"},
		{"body parameter", head + "paths:\n  /a:\n    get:\n      parameters: [{name: x, in: body}]\n", "6: a parameter cannot stand in `body`", "write one of path, query, header and cookie"},
		{
			"missing schema", head + "paths:\n  /a:\n    post:\n      requestBody:\n        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/Ordr'}\ncomponents:\n  schemas:\n    Order: {type: object}\n",
			"9: `#/components/schemas/Ordr` does not exist", "write `#/components/schemas/Order`, which exists",
		},
		{
			"unknown scheme", head + "security: [{ky: []}]\npaths: {/a: {get: {}}}\ncomponents:\n  securitySchemes:\n    key: {type: apiKey, in: header, name: X-Key}\n",
			"3: the security scheme `ky` is not declared", "write `key`, which is declared",
		},
		{
			"scheme of no type", head + "security: [{key: []}]\npaths: {/a: {get: {}}}\ncomponents:\n  securitySchemes:\n    key: {type: apikey}\n",
			"7: the security scheme `key` has the type `apikey`, which OpenAPI does not know", "write one of apiKey, http, oauth2, openIdConnect and mutualTLS",
		},
		{"operation that is a text", head + "paths:\n  /a:\n    get: nothing\n", "5: an operation must be an object", "write an object with `responses`"},
		{"parameters that are no list", head + "paths:\n  /a:\n    get:\n      parameters: {name: x, in: query}\n", "6: `parameters` must be a list", ""},
		{"responses that are a list", head + "paths:\n  /a:\n    get:\n      responses: []\n", "6: `responses` must be an object keyed by status", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := load(t, tt.text)
			n := c.Notices()
			if len(n) == 0 || n[0].Rule != "unverified" || n[0].Operation == "" {
				t.Fatalf("got the notices %+v, want the first to be about an unverified operation", n)
			}
			if got := fmt.Sprintf("%d: %s", n[0].Source.Line, n[0].Text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if n[0].Remedy != tt.remedy {
				t.Errorf("got the remedy %q, want %q", n[0].Remedy, tt.remedy)
			}
			for op := range c.Operations() {
				if op.Unverified() == "" {
					t.Errorf("%s is verified", op.ID)
				}
			}
		})
	}
}

func TestAnErrorPrintsTheLineWithACaret(t *testing.T) {
	t.Parallel()
	_, err := contract.Load(files("api.yaml", head+"paths:\n\n  /a:\n    $ref: '#/components/pathItems/A'\n"), "api.yaml")
	want := "error: `#/components/pathItems/A` does not exist\n" +
		"  --> api.yaml:6:11\n" +
		"  |\n" +
		"6 |     $ref: '#/components/pathItems/A'\n" +
		"  |           ^\n" +
		"fix: add the definition, or name one that exists"
	if diff := cmp.Diff(want, fmt.Sprintf("%+v", err)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	_, err = contract.Load(files("api.json", `{"openapi": "3.0.0", "x": "`+strings.Repeat("long ", 100)+`", "paths": {"/a": 1}}`), "api.json")
	detail := fmt.Sprintf("%+v", err)
	lines := strings.Split(detail, "\n")
	if len(lines) < 5 || !strings.HasSuffix(lines[4], "^") || lines[3][len(lines[4])-1] != '1' {
		t.Errorf("the caret does not stand under the value:\n%s", detail)
	}
}

func TestAMissingContractIsAFileError(t *testing.T) {
	t.Parallel()
	_, err := contract.Load(files("orders.yaml", "{}"), "order.yaml")
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist", err)
	}
	if want := "contract order.yaml: there is no file `order.yaml`"; err.Error() != want {
		t.Errorf("got %q, want %q", err, want)
	}
}

func TestWhatIsClearInMeaningIsToleratedAndNoticed(t *testing.T) {
	t.Parallel()
	c := load(t, `openapi: 3.0
info: {title: T, version: 1.10}
paths:
  /a/{id}:
    get:
      operationId: getA
      responses: {200: {}}
  /b/{id}:
    parameters: [{name: id, in: path, schema: {type: string}}]
    get:
      operationId: getA
`)
	if got := c.Version(); got != "1.10" {
		t.Errorf("got the version %q, want 1.10 as it is written", got)
	}
	var got []string
	for _, n := range c.Notices() {
		got = append(got, fmt.Sprintf("%d: %s", n.Source.Line, n.Text))
	}
	want := []string{
		"1: `openapi` should be a string: put `3.0` in quotes",
		"2: `info.version` should be a string: put `1.10` in quotes",
		"5: GET /a/{id} does not declare its path parameter `id`: any text is taken",
		"7: the response `200` of getA has no `description`",
		"11: the operationId `getA` is used twice, first by GET /a/{id}: this operation is called `GET /b/{id}`",
		"9: the path parameter `id` should say `required: true`: a path has all of its segments",
		"10: GET /b/{id} documents no responses: any answer is taken",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("notices (-want +got)\n%s", diff)
	}
}

func TestAReferenceToNothingThatNoOperationNeedsIsNoticed(t *testing.T) {
	t.Parallel()
	c := load(t, head+"paths: {}\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/Gone'}\n    B: {type: object, example: {$ref: '#/x'}}\n")
	notices := c.Notices()
	if len(notices) != 1 || notices[0].Source.Line != 6 || !strings.Contains(notices[0].Text, "Gone") {
		t.Errorf("got %+v, want one notice about line 6", notices)
	}
}

func TestReferencesLeadThroughFiles(t *testing.T) {
	t.Parallel()
	c, err := contract.Load(files(
		"api/main.yaml", head+"paths:\n  /orders/{id}: {$ref: 'paths/orders.yaml#/~1orders~1{id}'}\n  /b:\n    $ref: ../common/b%20c.json\n",
		"api/paths/orders.yaml", "/orders/{id}:\n  parameters: [{$ref: '../../common/params.yaml#/0'}]\n  get: {operationId: getOrder, responses: {'200': {$ref: '../main.yaml#/paths/~1b/get/responses/200'}}}\n",
		"common/params.yaml", "- {name: id, in: path, required: true, schema: {$ref: 'schemas.yaml#/a~0b'}}\n",
		"common/schemas.yaml", "a~b: {type: integer}\n",
		"common/b c.json", `{"get": {"operationId": "getB", "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "object"}}}}}}}`,
	), "api/main.yaml")
	if err != nil {
		t.Fatalf("%+v", err)
	}
	var got []string
	for op := range c.Operations() {
		got = append(got, fmt.Sprintf("%s %s %s %s:%d %v", op.ID, op.Method, op.Template, op.Source.File, op.Source.Line, op.ResponseMediaTypes(200)))
	}
	want := []string{
		"getOrder GET /orders/{id} api/paths/orders.yaml:3 [application/json]",
		"getB GET /b common/b c.json:1 [application/json]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWhatIsNotSupportedMakesOneOperationUnverified(t *testing.T) {
	t.Parallel()
	c := load(t, head+`paths:
  /a:
    get:
      operationId: getA
      parameters: [{name: x, in: query, content: {application/xml: {}}}]
      responses: {'200': {description: ok}}
    post:
      operationId: addA
      requestBody: {content: {application/json: {schema: {$ref: 'https://example.com/a.json'}}}}
      responses: {'200': {description: ok}}
    put:
      operationId: putA
      responses: {'200': {description: ok}}
`)
	got := map[string]string{}
	for op := range c.Operations() {
		got[op.ID] = op.Unverified()
	}
	if got["getA"] == "" || !strings.Contains(got["getA"], "api.yaml:7") {
		t.Errorf("getA: got %q, want a reason with its place", got["getA"])
	}
	if got["addA"] == "" {
		t.Errorf("addA: got verified, want a reason")
	}
	if got["putA"] != "" {
		t.Errorf("putA: got %q, want verified", got["putA"])
	}
	notices := c.Notices()
	if len(notices) != 2 || notices[0].Operation != "getA" || notices[1].Operation != "addA" {
		t.Errorf("got %v, want a notice for each", notices)
	}
}
