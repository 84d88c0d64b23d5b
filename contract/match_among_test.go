package contract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

const shop = `openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /orders: {get: {operationId: listOrders, responses: {}}}
  /orders/{id}: {get: {operationId: getOrder, responses: {}}}
`

const stock = `openapi: 3.1.0
info: {title: Stock, version: '2'}
paths:
  /orders: {post: {operationId: reorder, responses: {}}, get: {operationId: shadowed, responses: {}}}
  /items/{id}: {get: {operationId: getItem, responses: {}}}
`

func TestAmongSeveralContractsTheFirstThatFitsIsTaken(t *testing.T) {
	t.Parallel()
	all := []*contract.Contract{load(t, shop), load(t, stock)}
	for _, tt := range []struct {
		method, target, operation string
		nearest                   int // index; of a request without an operation
		allowed                   []string
		near                      string
	}{
		{"GET", "/orders", "listOrders", 0, nil, ""},
		{"POST", "/orders", "reorder", 0, nil, ""},
		{"GET", "/items/7?x=1", "getItem", 0, nil, ""},
		{"GET", "http://any.example/items/7", "getItem", 0, nil, ""},
		{"PUT", "/orders", "", 0, []string{"GET", "POST"}, ""},
		{"DELETE", "/items/7", "", 1, []string{"GET"}, ""},
		{"GET", "/item/7", "", 1, nil, "/items/{id}"},
		{"GET", "/ordrs", "", 0, nil, "/orders"},
	} {
		r := &faultline.Request{Method: tt.method, Scheme: "http", Host: "h", Target: tt.target}
		var m contract.Match
		c := contract.FindAmong(all, r, &m)
		if tt.operation != "" {
			if c == nil || m.Operation.ID != tt.operation {
				t.Errorf("%s %s: %+v, want %s", tt.method, tt.target, m.Operation, tt.operation)
			}
			continue
		}
		if c != nil {
			t.Errorf("%s %s: %s, want none", tt.method, tt.target, m.Operation.ID)
		}
		if got := contract.MissAmong(all, r, &m); got != all[tt.nearest] {
			t.Errorf("%s %s: nearest is %s, want %s", tt.method, tt.target, got.Title(), all[tt.nearest].Title())
		}
		if diff := cmp.Diff(tt.allowed, m.Allowed); diff != "" {
			t.Errorf("%s %s: allowed (-want +got):\n%s", tt.method, tt.target, diff)
		}
		if tt.near != "" && (len(m.Near) == 0 || m.Near[0].Template != tt.near) {
			t.Errorf("%s %s: near = %+v, want %s first", tt.method, tt.target, m.Near, tt.near)
		}
	}
	if c := contract.MissAmong(nil, &faultline.Request{Target: "/"}, new(contract.Match)); c != nil {
		t.Errorf("nearest of none = %v, want nil", c)
	}
}

// TestRequestsMatchAsTheirAddressesDo holds the two ways of asking together.
func TestRequestsMatchAsTheirAddressesDo(t *testing.T) {
	t.Parallel()
	c := load(t, served)
	for _, r := range []faultline.Request{
		{Method: "GET", Scheme: "https", Host: "eu.example.com", Target: "/v1/api/pets?x=1"},
		{Method: "GET", Scheme: "https", Host: "user:pw@eu.example.com", Target: "/v1/api/pets"},
		{Method: "GET", Scheme: "http", Host: "elsewhere", Target: "/local/pets/7"},
		{Method: "GET", Host: "elsewhere", Target: "https://eu.example.com/v1/api/pets#f"},
		{Method: "GET", Target: "/local/jobs?kind=a"},
		{Method: "PATCH", Scheme: "https", Host: "eu.example.com", Target: "/v1/api/pets"},
		{Method: "GET", Scheme: "https", Host: "eu.example.com", Target: ""},
	} {
		if diff := cmp.Diff(c.Match(r.Method, r.URL()), c.MatchRequest(&r), cmp.AllowUnexported(contract.Params{}), cmp.Comparer(func(a, b *contract.Operation) bool { return a == b })); diff != "" {
			t.Errorf("%s: (-address +request):\n%s", r.URL(), diff)
		}
	}
}

func TestFindingAllocatesNothing(t *testing.T) {
	all := []*contract.Contract{load(t, shop), load(t, stock)}
	found := &faultline.Request{Method: "GET", Scheme: "http", Host: "h", Target: "/items/7?x=1"}
	missed := &faultline.Request{Method: "GET", Scheme: "http", Host: "h", Target: "/nothing/like/it"}
	m := new(contract.Match)
	if n := testing.AllocsPerRun(100, func() { contract.FindAmong(all, found, m); contract.FindAmong(all, missed, m) }); n > 0 {
		t.Errorf("%v allocations, want none", n)
	}
}
