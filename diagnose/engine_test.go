package diagnose_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/faultline-http/faultline/internal/race"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/google/go-cmp/cmp"
)

const orders = `openapi: 3.0.3
info: {title: Orders, version: 1.4.0}
servers: [{url: 'https://api.example.com/v1'}]
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              additionalProperties: false
              required: [customer_id, items]
              properties:
                customer_id: {type: string}
                currency: {type: string, enum: [eur, usd]}
                items: {type: array, items: {type: object, properties: {sku: {type: string}, quantity: {type: integer, minimum: 1}}}}
      responses: {'201': {description: made}}
  /orders/{id}:
    get:
      operationId: getOrder
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {'200': {description: order}, '404': {description: none}}
    head:
      operationId: hasOrder
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {'200': {description: there}, '404': {description: not there}}
`

func load(t testing.TB) *contract.Contract {
	t.Helper()
	c, err := contract.Load(fstest.MapFS{"orders.yaml": {Data: []byte(orders)}}, "orders.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func call(method, target, body string, status int, answer string) *faultline.Exchange {
	ex := &faultline.Exchange{
		ID:      "x",
		Start:   time.Date(2026, 11, 20, 14, 31, 2, 0, time.UTC),
		Request: faultline.Request{Method: method, Scheme: "https", Host: "api.example.com", Target: target},
	}
	if body != "" {
		ex.Request.Header = faultline.Header{{Name: "Content-Type", Value: "application/json"}}
		ex.Request.Body = faultline.NewBody([]byte(body))
	}
	if status > 0 {
		ex.Response = &faultline.Response{
			Status: status, Body: faultline.NewBody([]byte(answer)),
			Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}},
		}
	}
	return ex
}

const misspelt = `{
  "custmer_id": "cus_42",
  "currency": "eur",
  "items": [{"sku": "A-1", "quantity": "3"}]
}`

func TestDiagnoseListsEveryMistakeAndMendsThem(t *testing.T) {
	t.Parallel()
	engine := diagnose.New(diagnose.WithContract(load(t)))
	d := engine.Diagnose(call("POST", "/v1/orders", misspelt, 400, `{"error":"Bad Request"}`))
	var got []faultline.Slug
	for _, f := range d.Findings {
		got = append(got, f.Cause.Slug)
	}
	if diff := cmp.Diff([]faultline.Slug{"body.unknown-field", "body.type"}, got); diff != "" {
		t.Fatalf("causes (-want +got):\n%s", diff)
	}
	if d.Operation != "createOrder" || d.Contract != "orders.yaml 1.4.0" || !d.Failed {
		t.Errorf("operation %q, contract %q, failed %v", d.Operation, d.Contract, d.Failed)
	}
	if d.Corrected == nil || d.Checked != faultline.Checked {
		t.Fatalf("corrected request is %v, %q; want a checked one", d.Corrected, d.Checked)
	}
	want := strings.Replace(strings.Replace(misspelt, "custmer_id", "customer_id", 1), `"3"`, "3", 1)
	if diff := cmp.Diff(want, string(d.Corrected.Body.Bytes())); diff != "" {
		t.Errorf("corrected body (-want +got):\n%s", diff)
	}
}

func TestDiagnoseHealthyCalls(t *testing.T) {
	t.Parallel()
	engine := diagnose.New(diagnose.WithContract(load(t)))
	for _, ex := range []*faultline.Exchange{
		call("GET", "/v1/orders/7", "", 200, `{"id":7}`),
		call("HEAD", "/v1/orders/7", "", 404, ""),
		call("GET", "/v1/orders/7", "", 304, ""),
		call("POST", "/v1/orders", `{"customer_id":"c","items":[]}`, 201, `{"error":null}`),
		call("POST", "/v1/orders", `{"customer_id":"c","items":[]}`, 0, ""),
	} {
		if d := engine.Diagnose(ex); d.Failed || len(d.Findings) > 0 {
			t.Errorf("%s %s: failed %v, findings %v", ex.Request.Method, ex.Request.Target, d.Failed, d.Findings)
		}
	}
}

func TestDiagnoseAllocatesNothingButItsResultForAHealthyCall(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	engine := diagnose.New(diagnose.WithContract(load(t)))
	ex := call("POST", "/v1/orders", `{"customer_id":"c","items":[{"sku":"A-1","quantity":3}]}`, 201, `{"id":7}`)
	if got := testing.AllocsPerRun(200, func() { engine.Diagnose(ex) }); got > 1 {
		t.Errorf("%v allocations, want at most 1", got)
	}
}

func TestFingerprintNamesTheWayACallFails(t *testing.T) {
	t.Parallel()
	engine := diagnose.New(diagnose.WithContract(load(t)))
	bare := diagnose.New()
	mark := func(e *diagnose.Engine, ex *faultline.Exchange) string { return e.Diagnose(ex).Fingerprint }
	body := func(index, quantity string) string {
		return `{"customer_id":"c","items":[` + strings.Repeat(`{"quantity":1},`, len(index)) + `{"quantity":` + quantity + `}]}`
	}
	for _, tt := range []struct {
		name, a, b string
		same       bool
	}{
		{"another value at another index", mark(engine, call("POST", "/v1/orders", body("", `"3"`), 400, "")), mark(engine, call("POST", "/v1/orders", body("xx", `"7"`), 422, "")), true},
		{"another field", mark(engine, call("POST", "/v1/orders", body("", `"3"`), 400, "")), mark(engine, call("POST", "/v1/orders", `{"customer_id":7,"items":[]}`, 400, "")), false},
		{"another id in the path", mark(bare, call("GET", "/v1/users/7", "", 401, "")), mark(bare, call("GET", "/v1/users/cus_42", "", 401, "")), true},
		{"another path", mark(bare, call("GET", "/v1/users", "", 401, "")), mark(bare, call("GET", "/v1/orders", "", 401, "")), false},
		{"another version", mark(bare, call("GET", "/v1/users", "", 401, "")), mark(bare, call("GET", "/v2/users", "", 401, "")), false},
	} {
		if len(tt.a) != 12 {
			t.Errorf("%s: fingerprint %q, want 12 characters", tt.name, tt.a)
		}
		if (tt.a == tt.b) != tt.same {
			t.Errorf("%s: %s and %s, same should be %v", tt.name, tt.a, tt.b, tt.same)
		}
	}
	// Kept in records and compared for years: a change here is a change of every stored group.
	if got, want := mark(bare, call("GET", "/v1/users/7", "", 401, "")), "d978a5cc39f5"; got != want {
		t.Errorf("fingerprint = %s, want %s", got, want)
	}
}

func rule(slug faultline.Slug, findings ...faultline.Finding) causes.Rule {
	return causes.Rule{Cause: faultline.Cause{Slug: slug, Party: faultline.Client}, Detect: func(*causes.Case) []faultline.Finding { return findings }}
}

func TestRankPutsTheDeepestCauseFirst(t *testing.T) {
	t.Parallel()
	proven := faultline.Finding{Strength: faultline.Proven}
	likely := faultline.Finding{Strength: faultline.Likely}
	symptom := faultline.Finding{Strength: faultline.Proven, Rank: -100}
	possible := faultline.Finding{}
	for _, tt := range []struct {
		name   string
		status int
		rules  []causes.Rule
		want   faultline.Slug
	}{
		{"a symptom yields", 500, []causes.Rule{rule("server.error", symptom), rule("content.type-missing", possible)}, "content.type-missing"},
		{"the status is a witness", 401, []causes.Rule{rule("body.type", proven), rule("auth.token-expired", likely)}, "auth.token-expired"},
		{"strength", 400, []causes.Rule{rule("route.unknown-path", possible), rule("body.type", proven)}, "body.type"},
		{"rank", 400, []causes.Rule{rule("body.type", proven), rule("body.syntax", faultline.Finding{Strength: faultline.Proven, Rank: 30})}, "body.syntax"},
		{"family", 400, []causes.Rule{rule("body.type", proven), rule("header.missing", proven)}, "header.missing"},
	} {
		d := diagnose.New(diagnose.WithRules(tt.rules...)).Diagnose(call("POST", "/", "{}", tt.status, "{}"))
		if first, _ := d.Primary(); first.Cause.Slug != tt.want {
			t.Errorf("%s: first is %s, want %s", tt.name, first.Cause.Slug, tt.want)
		}
	}
}

func TestDiagnoseSaysTheSameThingOnceAndCounts(t *testing.T) {
	t.Parallel()
	many := make([]faultline.Finding, 0, 30)
	for i := range 25 {
		many = append(many, faultline.Finding{At: faultline.AtBody("/items/"+string(rune('a'+i)), faultline.Span{})})
	}
	many = append(many, many[0], many[1])
	d := diagnose.New(diagnose.WithRules(rule("body.type", many...))).Diagnose(call("POST", "/", "{}", 400, "{}"))
	if len(d.Findings) != 20 || d.More != 5 {
		t.Errorf("%d findings and %d more, want 20 and 5", len(d.Findings), d.More)
	}
}

func TestNothingIsCheckedWithoutAContract(t *testing.T) {
	t.Parallel()
	f := faultline.Finding{
		Strength: faultline.Proven, At: faultline.AtBody("/a", faultline.Span{}),
		Remedy: faultline.Remedy{Applicability: faultline.Checked, Patch: []faultline.Edit{{Op: "replace", Path: "/a", Value: "1"}}},
	}
	d := diagnose.New(diagnose.WithRules(rule("body.type", f))).Diagnose(call("POST", "/", `{"a":"1"}`, 400, "{}"))
	if got := d.Findings[0].Remedy.Applicability; got != faultline.Guess {
		t.Errorf("applicability = %q, want guess", got)
	}
	if d.Corrected == nil || string(d.Corrected.Body.Bytes()) != `{"a":1}` || d.Checked != faultline.Guess {
		t.Errorf("corrected %v, %q", d.Corrected, d.Checked)
	}
}

func TestCorrectEditsEveryPart(t *testing.T) {
	t.Parallel()
	edits := []faultline.Edit{
		{Op: "replace", In: faultline.InQuery, Name: "limit", Value: "10"},
		{Op: "move", In: faultline.InQuery, From: "ofset", Name: "offset"},
		{Op: "replace", In: faultline.InPath, Value: "/v1/orders"},
		{Op: "add", In: faultline.InHeader, Name: "X-Trace", Value: "1"},
		{Op: "remove", In: faultline.InHeader, Name: "X-Old"},
		{Op: "add", In: faultline.InCookie, Name: "lang", Value: "en"},
		{Op: "replace", In: faultline.InTarget, Name: "method", Value: "PUT"},
		{Op: "move", From: "/nmae", Path: "/name"},
		{Op: "replace", Path: "/city", Value: `"Köln 1"`},
	}
	ex := call("POST", "/v1/order?limit=x&ofset=2#top", "", 400, "{}")
	ex.Request.Header = faultline.Header{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}, {Name: "x-old", Value: "1"}, {Name: "Cookie", Value: "a=b"}, {Name: "Content-Length", Value: "15"}}
	ex.Request.Body = faultline.NewBody([]byte("nmae=Ada&city=x"))
	d := diagnose.New(diagnose.WithRules(rule("param.value", faultline.Finding{Remedy: faultline.Remedy{Applicability: faultline.Guess, Patch: edits}}))).Diagnose(ex)
	r := d.Corrected
	if r == nil {
		t.Fatal("no corrected request")
	}
	if r.Method != "PUT" || r.Target != "/v1/orders?limit=10&offset=2#top" {
		t.Errorf("%s %s", r.Method, r.Target)
	}
	if got, want := string(r.Body.Bytes()), "name=Ada&city=K%C3%B6ln+1"; got != want {
		t.Errorf("body = %s, want %s", got, want)
	}
	want := faultline.Header{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}, {Name: "Cookie", Value: "a=b; lang=en"}, {Name: "Content-Length", Value: "25"}, {Name: "X-Trace", Value: "1"}}
	if diff := cmp.Diff(want, r.Header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

// FuzzDiagnose: no exchange makes the engine panic, and the same exchange is diagnosed the same way.
func FuzzDiagnose(f *testing.F) {
	f.Add("POST", "/v1/orders?a=1", "Authorization: Bearer eyJ.e.x\nContent-Type: application/json", misspelt, 400, "WWW-Authenticate: Bearer error=x", `{"error":"x"}`, "")
	f.Add("GET", "/v1/orders/7", "X-Amz-Date: 20261118T093000Z", "", 429, "RateLimit: \"a\";r=0;t=3\nRetry-After: 3", "", "")
	f.Add("GET", "http://h/%zz", "", "", 502, "Server: nginx", "<html>", "")
	f.Add("GET", "", "", "", 0, "", "", "EOF")
	engine := diagnose.New(diagnose.WithContract(load(f)))
	f.Fuzz(func(t *testing.T, method, target, header, body string, status int, answerHeader, answer, failure string) {
		ex := call(method, target, body, 0, "")
		ex.Request.Header = append(ex.Request.Header, fields(header)...)
		if status > 99 && status < 600 {
			ex.Response = &faultline.Response{Status: status, Header: fields(answerHeader), Body: faultline.NewBody([]byte(answer))}
		}
		if failure != "" {
			ex.Failure = &faultline.Failure{Text: failure}
		}
		first, second := engine.Diagnose(ex), engine.Diagnose(ex)
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("two diagnoses of one exchange differ:\n%s", diff)
		}
	})
}

func fields(text string) faultline.Header {
	var out faultline.Header
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimRight(line, "\n"), ": ")
		out = append(out, faultline.Field{Name: name, Value: value})
	}
	return out
}

// TestHostileBodiesAreBounded: what a body may hold a million times is said twenty times.
func TestHostileBodiesAreBounded(t *testing.T) {
	t.Parallel()
	engine := diagnose.New(diagnose.WithContract(load(t)))
	for name, body := range map[string]string{
		"brackets":    strings.Repeat("[", 1<<16),
		"members":     strings.Repeat(`{"a":`, 1<<14),
		"quotes":      strings.Repeat(`"`, 1<<16),
		"markup":      strings.Repeat("<a>", 1<<14),
		"twins":       "{" + strings.Repeat(`"a":1,`, 1<<13) + `"b":2}`,
		"wrong types": `{"customer_id":"x","items":[` + strings.Repeat(`{"quantity":"3"},`, 1<<11) + `{}]}`,
	} {
		for _, ex := range []*faultline.Exchange{call("POST", "/v1/orders", body, 400, "{}"), call("POST", "/v1/orders", "{}", 400, body)} {
			if d := engine.Diagnose(ex); len(d.Findings) > 20 {
				t.Errorf("%s: %d findings, want at most 20", name, len(d.Findings))
			}
		}
	}
}
