package guard

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

const orders = `openapi: 3.1.0
info: {title: Orders, version: 1.4.0}
servers: [{url: /v1}]
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
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
              required: [customer_id]
              additionalProperties: false
              properties:
                customer_id: {type: string}
                quantity: {type: integer}
                password: {type: string, maxLength: 3}
      responses:
        '201': {description: made}
        '422': {description: wrong}
    get:
      operationId: listOrders
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
      responses:
        '200':
          description: fine
          content: {application/json: {schema: {type: array, items: {type: string}}}}
        '400': {description: wrong}
  /me:
    get:
      operationId: getMe
      security: [{bearer: []}]
      responses: {'200': {description: me}}
`

func load(t *testing.T) *contract.Contract {
	t.Helper()
	c, err := contract.Load(fstest.MapFS{"orders.yaml": {Data: []byte(orders)}}, "orders.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// heard is a sink for tests.
type heard struct {
	ex *faultline.Exchange
	d  *faultline.Diagnosis
}

func listen(t *testing.T, o Options) (*Guard, func() []heard) {
	t.Helper()
	var all []heard
	o.Sinks = append(o.Sinks, Everything(SinkFunc(func(_ context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
		all = append(all, heard{ex, d})
	})))
	g := New(o)
	return g, func() []heard {
		if err := g.Close(context.Background()); err != nil {
			t.Errorf("Close = %v, want nil", err)
		}
		return all
	}
}

func exchange(method, target, body string, fields ...faultline.Field) *faultline.Exchange {
	h := faultline.Header{{Name: "Host", Value: "127.0.0.1:8080"}}
	if body != "" {
		h = append(h, faultline.Field{Name: "Content-Type", Value: "application/json"})
	}
	return &faultline.Exchange{
		Vantage: faultline.AtProxy,
		Request: faultline.Request{
			Method: method, Scheme: "http", Host: "127.0.0.1:8080", Target: target, Proto: "HTTP/1.1",
			Header: append(h, fields...), Body: faultline.NewBody([]byte(body)),
		},
	}
}

// judge sends an exchange through the guard as a front would, up to the decision.
func decide(g *Guard, ex *faultline.Exchange) (*Call, *Refusal) {
	call := g.Begin(ex)
	if r := call.Head(); r != nil {
		return call, r
	}
	return call, call.Request()
}

func TestBlockRefusesWithTheRightStatus(t *testing.T) {
	t.Parallel()
	api := load(t)
	bearer := faultline.Field{Name: "Authorization", Value: "Bearer abc"}
	tests := []struct {
		name   string
		ex     *faultline.Exchange
		status int // 0: passes
		fields faultline.Header
		cause  faultline.Slug
	}{
		{"good", exchange("POST", "/v1/orders", `{"customer_id":"c"}`), 0, nil, ""},
		{"good list", exchange("GET", "/v1/orders?limit=3", ""), 0, nil, ""},
		{"good with a token", exchange("GET", "/v1/me", "", bearer), 0, nil, ""},
		{"unknown path", exchange("GET", "/v1/ordrs", ""), 404, nil, "route.unknown-path"},
		{"undocumented method", exchange("DELETE", "/v1/orders", ""), 405, faultline.Header{{Name: "Allow", Value: "POST, GET"}}, "route.method-not-allowed"},
		{"only 422 is documented", exchange("POST", "/v1/orders", `{"custmer_id":"c"}`), 422, nil, "body.unknown-field"},
		{"syntax", exchange("POST", "/v1/orders", `{"customer_id":`), 422, nil, "body.syntax"},
		{"parameter", exchange("GET", "/v1/orders?limit=x", ""), 400, nil, "param.type"},
		{"no token", exchange("GET", "/v1/me", ""), 401, faultline.Header{{Name: "WWW-Authenticate", Value: "Bearer"}}, "auth.missing"},
		{"media type", mediaType(exchange("POST", "/v1/orders", `a=b`), "text/csv"), 415, nil, "content.type-unsupported"},
		{"accept", exchange("GET", "/v1/orders?limit=3", "", faultline.Field{Name: "Accept", Value: "text/csv"}), 406, nil, "content.not-acceptable"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g, hear := listen(t, Options{Contracts: []*contract.Contract{api}, Mode: Block})
			call, r := decide(g, tt.ex)
			if tt.status == 0 {
				if r != nil {
					t.Fatalf("refused with %d: %+v, want it to pass", r.Status, r.Diagnosis.Findings)
				}
				return
			}
			if r == nil {
				t.Fatal("it passes, want a refusal")
			}
			if r.Status != tt.status {
				t.Errorf("status = %d, want %d", r.Status, tt.status)
			}
			if diff := cmp.Diff(tt.fields, r.Fields); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
			f, _ := r.Diagnosis.Primary()
			if f.Cause.Slug != tt.cause {
				t.Errorf("cause = %q, want %q", f.Cause.Slug, tt.cause)
			}
			a := call.Answer(r, Client{Loopback: true, Base: "http://h/.faultline/causes"})
			for name, want := range map[string]string{"Faultline-Id": tt.ex.ID, "Faultline-Action": "blocked", "Faultline-Cause": string(tt.cause), "Cache-Control": "no-store", "Vary": "Accept"} {
				if got := a.Header.Value(name); got != want {
					t.Errorf("%s = %q, want %q", name, got, want)
				}
			}
			var doc map[string]any
			if err := json.Unmarshal(a.Body, &doc); err != nil {
				t.Fatalf("%v in %s", err, a.Body)
			}
			if doc["status"] != float64(tt.status) || doc["id"] != tt.ex.ID {
				t.Errorf("document = %s", a.Body)
			}
			call.End()
			got := hear()
			if len(got) != 1 || got[0].ex.Response.Status != tt.status || got[0].ex.Labels[faultline.LabelAction] != faultline.ActionBlocked {
				t.Errorf("delivered %+v, want the blocked exchange", got)
			}
			if c := g.Counts(); c.Seen != 1 || c.Failed != 1 || c.Blocked != 1 || c.OK != 0 {
				t.Errorf("Counts = %+v", c)
			}
		})
	}
}

func mediaType(ex *faultline.Exchange, media string) *faultline.Exchange {
	for i, f := range ex.Request.Header {
		if f.Name == "Content-Type" {
			ex.Request.Header[i].Value = media
		}
	}
	return ex
}

func TestObserveAndWarnPass(t *testing.T) {
	t.Parallel()
	api := load(t)
	for _, mode := range []Mode{Observe, Warn} {
		t.Run(mode.String(), func(t *testing.T) {
			t.Parallel()
			g, hear := listen(t, Options{Contracts: []*contract.Contract{api}, Mode: mode})
			call, r := decide(g, exchange("POST", "/v1/orders", `{"custmer_id":"c"}`))
			if r != nil {
				t.Fatalf("refused with %d, want it to pass", r.Status)
			}
			mark := call.Mark()
			if mode == Warn && (mark.Value("Faultline-Action") != faultline.ActionWarned || mark.Value("Faultline-Cause") != "body.unknown-field") {
				t.Errorf("marks = %v, want the cause", mark)
			}
			if mode == Observe && mark != nil {
				t.Errorf("marks = %v, want none", mark)
			}
			call.Exchange.Response = &faultline.Response{Status: 422, Proto: "HTTP/1.1"}
			call.End()
			got := hear()
			if f, _ := got[0].d.Primary(); f.Cause.Slug != "body.unknown-field" {
				t.Errorf("cause = %q, want body.unknown-field", f.Cause.Slug)
			}
			if call, r := decide(g, exchange("GET", "/v1/nothing", "")); r != nil || call.Mark() != nil {
				t.Errorf("undocumented: %v, want it to pass unmarked", r)
			}
		})
	}
}

func TestUndocumented(t *testing.T) {
	t.Parallel()
	api := load(t)
	preflight := func() *faultline.Exchange {
		return exchange("OPTIONS", "/v1/orders", "", faultline.Field{Name: "Origin", Value: "https://a.example"},
			faultline.Field{Name: "Access-Control-Request-Method", Value: "POST"})
	}
	tests := []struct {
		name    string
		mode    Mode
		u       Undocumented
		ex      *faultline.Exchange
		refused bool
	}{
		{"block refuses", Block, ByMode, exchange("GET", "/x", ""), true},
		{"block passes on request", Block, PassUndocumented, exchange("GET", "/x", ""), false},
		{"warn refuses on request", Warn, BlockUndocumented, exchange("GET", "/x", ""), true},
		{"observe passes", Observe, ByMode, exchange("GET", "/x", ""), false},
		{"a preflight passes", Block, ByMode, preflight(), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g, _ := listen(t, Options{Contracts: []*contract.Contract{api}, Mode: tt.mode, Undocumented: tt.u})
			if _, r := decide(g, tt.ex); (r != nil) != tt.refused {
				t.Errorf("refusal = %v, want %v", r, tt.refused)
			}
		})
	}
}

func TestResponsesAreHeldToTheContract(t *testing.T) {
	t.Parallel()
	json := faultline.Header{{Name: "Content-Type", Value: "application/json"}}
	tests := []struct {
		name   string
		answer faultline.Response
		cause  faultline.Slug
	}{
		{"good", faultline.Response{Status: 200, Header: json, Body: faultline.NewBody([]byte(`["a"]`))}, ""},
		{"bad", faultline.Response{Status: 200, Header: json, Body: faultline.NewBody([]byte(`["a", 1]`))}, "server.response-invalid"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g, hear := listen(t, Options{Contracts: []*contract.Contract{load(t)}})
			call, _ := decide(g, exchange("GET", "/v1/orders", ""))
			call.Exchange.Response = &tt.answer
			call.End()
			d := hear()[0].d
			if f, _ := d.Primary(); f.Cause.Slug != tt.cause || d.Operation != "listOrders" || d.Failed != (tt.cause != "") {
				t.Errorf("cause = %q, operation %q, failed %v, want %q", f.Cause.Slug, d.Operation, d.Failed, tt.cause)
			}
			if c := g.Counts(); c.OK+c.Failed != 1 || (c.OK == 1) != (tt.cause == "") {
				t.Errorf("Counts = %+v", c)
			}
		})
	}
}

func TestWhatIsNotValidatedIsCounted(t *testing.T) {
	t.Parallel()
	large := exchange("POST", "/v1/orders", `{"customer_id`)
	large.Request.Body.Size, large.Request.Body.Truncated = 5000, true
	cut := exchange("POST", "/v1/orders", `{"customer_id`)
	cut.Request.Body.Truncated = true
	coded := exchange("POST", "/v1/orders", "\x1f\x9d\x90", faultline.Field{Name: "Content-Encoding", Value: "compress"})
	coded.Request.Body.Decoded = nil
	for reason, ex := range map[string]*faultline.Exchange{
		TooLarge: large, CutOff: cut, NotDecoded: coded, Undescribed: exchange("GET", "/x", ""),
	} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			g, hear := listen(t, Options{Contracts: []*contract.Contract{load(t)}, Mode: Block, Undocumented: PassUndocumented, BodyLimit: 1000})
			call, r := decide(g, ex)
			if r != nil {
				t.Fatalf("refused with %d, want it to pass", r.Status)
			}
			call.Exchange.Response = &faultline.Response{Status: 201}
			call.End()
			if got := g.Counts().Requests.NotValidated; got[reason] != 1 {
				t.Errorf("NotValidated = %v, want one %q", got, reason)
			}
			if got := hear()[0].ex.Labels[faultline.LabelNotValidated]; got != reason {
				t.Errorf("label = %q, want %q", got, reason)
			}
		})
	}
}

func TestSecretsDoNotReachSinksOrAnswers(t *testing.T) {
	t.Parallel()
	g, hear := listen(t, Options{Contracts: []*contract.Contract{load(t)}, Mode: Block})
	ex := exchange("POST", "/v1/orders?api_key=verysecretkey", `{"customer_id":"c","password":"hunter2hunter2"}`,
		faultline.Field{Name: "Authorization", Value: "Bearer sk_live_123456"}, faultline.Field{Name: "Cookie", Value: "sid=abcdef99"},
		faultline.Field{Name: "Accept", Value: "application/json"})
	call, r := decide(g, ex)
	if r == nil {
		t.Fatal("it passes, want a refusal")
	}
	a := call.Answer(r, Client{Loopback: true})
	call.End()
	got := hear()[0]
	all, err := json.Marshal([]any{got.ex, got.d})
	if err != nil {
		t.Fatal(err)
	}
	text := string(all) + string(a.Body) + string(got.ex.Request.Body.Raw)
	for _, secret := range []string{"verysecretkey", "hunter2", "sk_live", "abcdef99"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is still there: %s\n%s", secret, text, a.Body)
		}
	}
	if got.ex.Labels[faultline.LabelMasked] == "" {
		t.Errorf("Labels = %v, want the number of masked values", got.ex.Labels)
	}
}

func TestNegotiation(t *testing.T) {
	t.Parallel()
	tests := map[string]format{
		"": asJSON, "*/*": asJSON, "application/json": asJSON, "application/problem+json": asJSON, "image/png": asJSON,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": asHTML,
		"application/xml":                        asXML,
		"application/xml;q=0.5,application/json": asJSON,
		"text/plain":                             asText,
		"text/plain;q=0.1, application/json;q=0": asText,
		"application/json, text/plain, */*":      asJSON,
		"text/html;q=0.5, */*":                   asJSON,
		"text/html, */*;q=0.1":                   asHTML,
		";;q=x,,":                                asJSON,
	}
	for accept, want := range tests {
		var values []string
		if accept != "" {
			values = []string{accept}
		}
		if got, media := negotiate(values); got != want {
			t.Errorf("negotiate(%q) = %s, want format %d", accept, media, want)
		}
	}
}

func TestAnswerForms(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ media, say string }{
		"application/json": {"application/problem+json", `"code": "body.unknown-field"`},
		"application/xml":  {"application/problem+xml", `<problem xmlns="urn:ietf:rfc:7807"><type>`},
		"text/html":        {"text/html; charset=utf-8", "<h2>body.unknown-field"},
		"text/plain":       {"text/plain; charset=utf-8", "body.unknown-field: "},
	}
	for accept, want := range tests {
		t.Run(want.media, func(t *testing.T) {
			t.Parallel()
			g, _ := listen(t, Options{Contracts: []*contract.Contract{load(t)}, Mode: Block})
			call, r := decide(g, exchange("POST", "/v1/orders", `{"<script>alert(1)</script>":"c","customer_id":"c"}`, faultline.Field{Name: "Accept", Value: accept}))
			if r == nil {
				t.Fatal("it passes, want a refusal")
			}
			a := call.Answer(r, Client{Loopback: true, Base: "http://h/c"})
			if got := a.Header.Value("Content-Type"); got != want.media {
				t.Errorf("Content-Type = %q, want %q", got, want.media)
			}
			if !strings.Contains(string(a.Body), want.say) {
				t.Errorf("body has no %q: %s", want.say, a.Body)
			}
			if accept != "text/plain" && strings.Contains(string(a.Body), "<script>") {
				t.Errorf("a field name is not escaped: %s", a.Body)
			}
			if got, want := a.Header.Value("Link"), `<http://h/c/invalid-request>; rel="help"`; got != want {
				t.Errorf("Link = %q, want %q", got, want)
			}
		})
	}
}

func TestOthersLearnLess(t *testing.T) {
	t.Parallel()
	g, _ := listen(t, Options{Contracts: []*contract.Contract{load(t)}, Mode: Block})
	call, r := decide(g, exchange("POST", "/v1/orders", `{"customer_id":"c","quantity":"three"}`))
	a := call.Answer(r, Client{})
	if text := string(a.Body); strings.Contains(text, "three") || strings.Contains(text, "orders.yaml") || strings.Contains(text, "\n  ") {
		t.Errorf("a caller from elsewhere reads the value, a file or an indented document: %s", text)
	}
	if got := a.Header.Value("Faultline-Cause"); got == "" {
		t.Error("no Faultline-Cause, want one except at minimal")
	}
	g, _ = listen(t, Options{Contracts: []*contract.Contract{load(t)}, Mode: Block, Problem: Problem{Detail: faultline.MinimalDetail}})
	call, r = decide(g, exchange("POST", "/v1/orders", `{}`))
	if got := call.Answer(r, Client{}).Header; got.Has("Faultline-Cause") || !got.Has("Faultline-Id") {
		t.Errorf("header = %v, want the id and no cause", got)
	}
}

func TestCORS(t *testing.T) {
	t.Parallel()
	tests := []struct {
		origin     string
		configured []string
		loopback   bool
		want       bool
	}{
		{"http://localhost:5173", nil, true, true},
		{"http://127.0.0.1:5173", nil, true, true},
		{"http://localhost:5173", nil, false, false},
		{"https://evil.example", nil, true, false},
		{"https://localhost.evil.example", nil, true, false},
		{"https://app.example", []string{"https://app.example"}, false, true},
		{"https://app.example", []string{"*"}, false, true},
		{"null", nil, true, false},
		{"", []string{"*"}, true, false},
	}
	for _, tt := range tests {
		if got := cors(tt.origin, tt.configured, tt.loopback); (got != nil) != tt.want {
			t.Errorf("cors(%q, %v, %v) = %v, want %v", tt.origin, tt.configured, tt.loopback, got, tt.want)
		}
	}
}

func TestSlowSinksMakeNobodyWait(t *testing.T) {
	t.Parallel()
	entered, release := make(chan struct{}), make(chan struct{})
	first := true
	g := New(Options{QueueCalls: 2, Sinks: []Sink{Everything(SinkFunc(func(context.Context, *faultline.Exchange, *faultline.Diagnosis) {
		if first {
			first = false
			close(entered)
			<-release
		}
	}))}})
	end := func() {
		call := g.Begin(exchange("GET", "/", ""))
		call.Exchange.Response = &faultline.Response{Status: 200}
		call.End()
	}
	end()
	<-entered
	for range 5 {
		end() // returns although the sink does not
	}
	if got := g.Counts().Dropped; got != 3 {
		t.Errorf("Dropped = %d, want 3: two fit into the queue", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := g.Close(ctx); err == nil {
		t.Error("Close = nil while a sink is stuck, want the context's error")
	}
	close(release)
	if err := g.Close(context.Background()); err != nil {
		t.Errorf("second Close = %v, want nil", err)
	}
	end()
	if got := g.Counts().Dropped; got != 4 {
		t.Errorf("Dropped after Close = %d, want 4", got)
	}
}

func TestReload(t *testing.T) {
	t.Parallel()
	g, _ := listen(t, Options{Mode: Block})
	before := g.Begin(exchange("GET", "/v1/nothing", ""))
	g.Reload(Options{Mode: Block, Contracts: []*contract.Contract{load(t)}})
	if r := before.Head(); r != nil {
		t.Error("a call that began without a contract is refused by a later one")
	}
	if _, r := decide(g, exchange("GET", "/v1/nothing", "")); r == nil {
		t.Error("the new contract is not asked")
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	g := newIDs()
	seen := map[string]bool{}
	prefixes := map[string]bool{}
	for range 100_000 {
		id := g.make()
		if len(id) != 8 || seen[id] {
			t.Fatalf("id %q is no new one of eight signs", id)
		}
		seen[id] = true
		prefixes[id[:2]] = true
	}
	if len(prefixes) != 1024 {
		t.Errorf("%d different beginnings of two signs, want all 1024", len(prefixes))
	}
}

func TestModes(t *testing.T) {
	t.Parallel()
	for _, m := range []Mode{Observe, Warn, Block} {
		if got, err := ParseMode(m.String()); got != m || err != nil {
			t.Errorf("ParseMode(%q) = %v, %v", m.String(), got, err)
		}
	}
	for _, u := range []Undocumented{ByMode, PassUndocumented, BlockUndocumented} {
		if got, err := ParseUndocumented(u.String()); got != u || err != nil {
			t.Errorf("ParseUndocumented(%q) = %v, %v", u.String(), got, err)
		}
	}
	if _, err := ParseMode("blok"); err == nil {
		t.Error("ParseMode takes anything")
	}
	if _, err := ParseUndocumented("x"); err == nil {
		t.Error("ParseUndocumented takes anything")
	}
}

func TestFailureBehindASuccessIsSeen(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		answer faultline.Response
		want   faultline.Slug
	}{
		{"envelope", faultline.Response{
			Status: 200, Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}},
			Body: faultline.NewBody([]byte(`{"ok":false,"error":"missing required field: text"}`)),
		}, "body.missing-field"},
		{"redirect", faultline.Response{Status: 301, Header: faultline.Header{{Name: "Location", Value: "/v1/messages/"}}}, "route.trailing-slash"},
		{"healthy", faultline.Response{Status: 200, Body: faultline.NewBody([]byte(`{"ok":true}`))}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g, hear := listen(t, Options{})
			call, _ := decide(g, exchange("POST", "/v1/messages", `{"channel":"c"}`))
			call.Exchange.Response = &tt.answer
			call.End()
			got := hear()[0]
			if f, _ := got.d.Primary(); f.Cause.Slug != tt.want {
				t.Errorf("cause = %q, want %q", f.Cause.Slug, tt.want)
			}
			if failed := g.Counts().Failed == 1; failed != (tt.want != "") {
				t.Errorf("counted as failed: %v", failed)
			}
		})
	}
}

func TestCodeSpansAreEscaped(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain":                "plain",
		"use `a` or `b`":       "use <code>a</code> or <code>b</code>",
		"`<script>` is no tag": "<code>&lt;script&gt;</code> is no tag",
		"<b>`":                 "&lt;b&gt;`",
		"a ` b":                "a ` b",
	} {
		if got := string(codeSpans(text)); got != want {
			t.Errorf("codeSpans(%q) = %q, want %q", text, got, want)
		}
	}
}
