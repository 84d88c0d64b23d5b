package guard

import (
	"maps"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/wire"
)

// adds checks that nothing is lost between what was seen and what is told of it.
func adds(t *testing.T, c Counts) {
	t.Helper()
	if c.OK+c.Failed != c.Seen {
		t.Errorf("OK %d and Failed %d are not Seen %d", c.OK, c.Failed, c.Seen)
	}
	for name, v := range map[string]Validation{"requests": c.Requests, "answers": c.Answers} {
		sum := v.Valid + v.Invalid
		for n := range maps.Values(v.NotValidated) {
			sum += n
		}
		if sum != c.Seen {
			t.Errorf("%s: %+v are %d together, want the %d seen", name, v, sum, c.Seen)
		}
	}
	classes, operations := int64(0), int64(0)
	for _, n := range c.Classes {
		classes += n
	}
	for _, op := range c.Operations {
		operations += op.OK + op.Failed
		for _, n := range op.Statuses {
			operations += n
		}
	}
	if classes != c.Seen || operations != 2*c.Seen {
		t.Errorf("classes %v and operations %+v do not add up to %d", c.Classes, c.Operations, c.Seen)
	}
}

func TestEverythingIsCounted(t *testing.T) {
	t.Parallel()
	g := New(Options{Contracts: []*contract.Contract{load(t)}, Mode: Block, Undocumented: PassUndocumented})
	answer := func(status int) *faultline.Response {
		return &faultline.Response{Status: status, Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}}, Body: faultline.NewBody([]byte(`["a"]`))}
	}
	end := func(ex *faultline.Exchange, status int) {
		call, r := decide(g, ex)
		if r != nil {
			call.Answer(r, Client{})
		} else if status > 0 {
			ex.Response = answer(status)
		}
		call.End()
	}
	end(exchange("GET", "/v1/orders", ""), 200)
	end(exchange("GET", "/v1/orders", ""), 200)
	end(exchange("GET", "/v1/orders", ""), 400)
	end(exchange("GET", "/v1/orders", ""), 418) // not documented
	end(exchange("HEAD", "/v1/orders", ""), 200)
	end(exchange("GET", "/v1/orders?limit=x", ""), 0) // refused
	end(exchange("GET", "/v1/elsewhere", ""), 200)
	cut := exchange("GET", "/v1/orders", "")
	cut.Failure = &faultline.Failure{Phase: faultline.PhaseReceive, Text: "EOF"}
	end(cut, 200)
	silent := exchange("GET", "/v1/orders", "")
	silent.Failure = &faultline.Failure{Phase: faultline.PhaseConnect, Text: "connection refused"}
	again := g.Begin(silent)
	again.Retried()
	again.Answer(again.Gateway(502), Client{})
	again.End()
	again.End() // counts once
	denied := g.Begin(exchange("GET", "/v1/orders", ""))
	denied.Answer(denied.Denied(), Client{})
	denied.End()
	garbage, r := g.BeginMalformed(&faultline.Exchange{Request: faultline.Request{Method: "GET"}}, wire.ExplainRequest([]byte("GET / HTTP/1.1\r\nHost : a\r\n\r\n"), wire.Limits{}))
	garbage.Answer(r, Client{})
	garbage.End()

	got := g.Counts()
	adds(t, got)
	want := Counts{
		Seen: 11, OK: 4, Failed: 7, Blocked: 3, Denied: 1, Answered: 1, Unexplained: got.Unexplained, Retried: 1, Truncated: 1,
		Requests:  Validation{Valid: 7, Invalid: 1, NotValidated: map[string]int64{Undescribed: 1, Unread: 1, NotHTTP: 1}},
		Answers:   Validation{Valid: 4, Invalid: 1, NotValidated: map[string]int64{NoContent: 1, OwnAnswer: 4, Undescribed: 1}},
		Classes:   [6]int64{2: 5, 4: 5, 5: 1},
		Malformed: map[string]int64{"space-before-colon": 1},
		Operations: []OperationCounts{
			{Method: "GET", OK: 1, Failed: 1, Statuses: map[int]int64{200: 1, 400: 1}, Healthy: map[int]int64{200: 1}},
			{Contract: "orders.yaml", Operation: "listOrders", OK: 3, Failed: 6, Statuses: map[int]int64{200: 4, 400: 2, 403: 1, 418: 1, 502: 1}, Healthy: map[int]int64{200: 3}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Counts (-want +got):\n%s", diff)
	}
}

// TestCountsSurviveMadeUpStatuses: a server that answers with a new status each
// time takes no memory for it.
func TestCountsSurviveMadeUpStatuses(t *testing.T) {
	t.Parallel()
	g := New(Options{})
	for status := 100; status < 600; status++ {
		call := g.Begin(exchange("GET", "/", ""))
		call.Exchange.Response = &faultline.Response{Status: status}
		call.End()
	}
	got := g.Counts()
	adds(t, got)
	if n := len(got.Operations[0].Statuses); n != mostStatuses+1 {
		t.Errorf("%d statuses are told apart, want %d and the rest", n, mostStatuses)
	}
}

// TestReloadUnderLoadLosesNothing swaps contract and mode while calls go on.
func TestReloadUnderLoadLosesNothing(t *testing.T) {
	t.Parallel()
	observe := Options{Contracts: []*contract.Contract{load(t)}}
	block := Options{Contracts: []*contract.Contract{load(t), nil}, Mode: Block}
	g := New(observe)
	const callers, calls = 4, 200
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			var call Call
			for i := range calls {
				ex := exchange("POST", "/v1/orders", [...]string{`{"customer_id":"c"}`, `{"custmer_id":"c"}`}[i%2])
				g.Start(&call, ex)
				r := call.Head()
				if r == nil {
					r = call.Request()
				}
				if r != nil {
					call.Answer(r, Client{})
				} else {
					ex.Response = &faultline.Response{Status: 201}
				}
				call.End()
				if i%10 == 0 {
					g.Reload([...]Options{observe, block}[i/10%2])
				}
			}
		})
	}
	wg.Wait()
	got := g.Counts()
	adds(t, got)
	if got.Seen != callers*calls || got.Requests.Invalid != got.Seen/2 || len(got.Operations) != 1 {
		t.Errorf("Counts = %+v, want %d calls of one operation, half of them invalid", got, callers*calls)
	}
}

func TestTheContractThatFitsJudges(t *testing.T) {
	t.Parallel()
	other, err := contract.Load(fstest.MapFS{"stock.yaml": {Data: []byte("openapi: 3.1.0\ninfo: {title: Stock, version: '2'}\npaths:\n  /items/{id}: {get: {operationId: getItem, parameters: [{name: id, in: path, required: true, schema: {type: integer}}], responses: {'200': {description: fine}}}}\n")}}, "stock.yaml")
	if err != nil {
		t.Fatal(err)
	}
	g, hear := listen(t, Options{Contracts: []*contract.Contract{load(t), other}, Mode: Block})
	for target, status := range map[string]int{"/items/7": 0, "/items/x": 400, "/itemz/7": 404, "/v1/orders?limit=x": 400} {
		call, r := decide(g, exchange("GET", target, ""))
		switch {
		case r == nil && status != 0, r != nil && r.Status != status:
			t.Errorf("%s: refusal %+v, want %d", target, r, status)
		case r != nil:
			call.Answer(r, Client{})
		default:
			call.Exchange.Response = &faultline.Response{Status: 200}
		}
		call.End()
	}
	for _, it := range hear() {
		want := "stock.yaml 2"
		if it.ex.Request.Path() == "/v1/orders" {
			want = "orders.yaml 1.4.0"
		}
		if it.d.Contract != want {
			t.Errorf("%s is judged by %q, want %q", it.ex.Request.Target, it.d.Contract, want)
		}
	}
}

// TestWhatNoSchemaIsHeldAgainstIsNotCalledValid: the contract takes a body of a
// kind that it does not judge, and that is no validation.
func TestWhatNoSchemaIsHeldAgainstIsNotCalledValid(t *testing.T) {
	t.Parallel()
	api, err := contract.Load(fstest.MapFS{"n.yaml": {Data: []byte(`openapi: 3.1.0
info: {title: N, version: '1'}
paths:
  /n:
    post:
      requestBody: {content: {application/cbor: {schema: {type: object, required: [a]}}}}
      responses: {'200': {description: fine, content: {application/cbor: {schema: {type: object}}}}}
`)}}, "n.yaml")
	if err != nil {
		t.Fatal(err)
	}
	g := New(Options{Contracts: []*contract.Contract{api}})
	ex := mediaType(exchange("POST", "/n", "\xa1\x61a\x01"), "application/cbor")
	call, _ := decide(g, ex)
	ex.Response = &faultline.Response{Status: 200, Header: faultline.Header{{Name: "Content-Type", Value: "application/cbor"}}, Body: faultline.NewBody([]byte("\xa0"))}
	call.End()
	got := g.Counts()
	adds(t, got)
	want := map[string]int64{NotRead: 1}
	if diff := cmp.Diff([]map[string]int64{want, want}, []map[string]int64{got.Requests.NotValidated, got.Answers.NotValidated}); diff != "" {
		t.Errorf("not validated (-want +got):\n%s", diff)
	}
}
