package demo

import (
	"time"

	"github.com/faultline-http/faultline"
)

// programs are the four callers of the API, by the name that they send as
// their User-Agent.
var programs = []string{"shop-web/2.3", "courier-app/1.9", "report-job/0.7", "billing-sync/4.1"}

const (
	shop = iota
	courier
	report
	billing
)

// A mistake is a call that fails, and the cause that has to be found for it.
// Nobody but the tests looks at the cause.
type mistake struct {
	cause   faultline.Slug
	party   faultline.Party
	program int
	call
	repeat int                 // how often at most, until the call fails; 0: once
	at     func(places) string // where to, if not to the API
}

// A call is one request as a program makes it.
type call struct {
	method, target string
	contentType    string
	body           string
	token          func(d *Demo, now time.Time) string // the Authorization field
	header         func(now time.Time) map[string]string
}

// goodToken is what all calls should carry: issued a minute ago, good for an hour.
func goodToken(d *Demo, now time.Time) string {
	return "Bearer " + d.tokens.token(now.Add(-time.Minute), now.Add(time.Hour))
}

// mistakes are made once in each round. The first one is always the first: it
// shows most of what faultline can do.
var mistakes = []mistake{
	{
		cause: "body.unknown-field", party: faultline.Client, program: shop,
		call: call{method: "POST", target: "/v1/orders", contentType: "application/json", body: `{
  "custmer_id": "cus_42",
  "currency": "eur",
  "items": [{"sku": "A-1", "quantity": "3"}]
}`},
	},
	{
		cause: "auth.token-expired", party: faultline.Client, program: courier,
		call: call{method: "GET", target: "/v1/me", token: func(d *Demo, now time.Time) string {
			return "Bearer " + d.tokens.token(now.Add(-time.Hour), now.Add(-52*time.Second))
		}},
	},
	{
		cause: "cors.header", party: faultline.Server, program: shop,
		call: call{method: "OPTIONS", target: "/v1/orders", header: fromPage},
	},
	{
		cause: "server.response-invalid", party: faultline.Server, program: report,
		call: call{method: "GET", target: "/v1/orders/" + importedOrder, token: goodToken},
	},
	{
		cause: "gateway.upstream-refused", party: faultline.Gateway, program: billing,
		call: call{
			method: "POST", target: "/v1/payments", contentType: "application/json", token: goodToken,
			body: `{"order_id": "ord_1001", "amount": 4200}`, header: idempotent,
		},
	},
	{
		cause: "tls.certificate", party: faultline.Environment, program: courier,
		call: call{method: "GET", target: "/v1/me", token: goodToken},
		at:   func(p places) string { return "https://" + p.unsafe },
	},
	{
		cause: "network.refused", party: faultline.Network, program: billing,
		call: call{method: "GET", target: "/v1/orders?status=paid", token: goodToken},
		at:   func(p places) string { return "http://" + p.closed },
	},
	{
		cause: "limit.rate", party: faultline.Client, program: report,
		call:   call{method: "GET", target: "/v1/search?q=late"},
		repeat: searchQuota + 1,
	},
	{
		cause: "gateway.upstream-timeout", party: faultline.Gateway, program: report,
		call: call{method: "POST", target: "/v1/exports", contentType: "application/json", body: `{"format": "csv"}`, token: goodToken},
	},
	{
		cause: "body.missing-field", party: faultline.Client, program: shop,
		call: call{method: "POST", target: "/v1/orders", contentType: "application/json", body: `{"customer_id": "cus_42", "currency": "usd"}`},
	},
	{
		cause: "content.type-unsupported", party: faultline.Client, program: shop,
		call: call{
			method: "POST", target: "/v1/orders", contentType: "text/plain",
			body: `{"customer_id": "cus_42", "items": [{"sku": "A-1", "quantity": 3}]}`,
		},
	},
	{
		cause: "body.syntax", party: faultline.Client, program: shop,
		call: call{
			method: "POST", target: "/v1/orders", contentType: "application/json",
			body: `{"customer_id": "cus_42", "items": [{"sku": "A-1", "quantity": 3},]}`,
		},
	},
	{
		cause: "route.unknown-path", party: faultline.Client, program: shop,
		call: call{
			method: "POST", target: "/v1/order", contentType: "application/json",
			body: `{"customer_id": "cus_42", "items": [{"sku": "A-1", "quantity": 3}]}`,
		},
	},
	{
		cause: "auth.missing", party: faultline.Client, program: courier,
		call: call{method: "GET", target: "/v1/orders/" + firstOrder},
	},
	{
		cause: "auth.scheme", party: faultline.Client, program: courier,
		call: call{method: "GET", target: "/v1/me", token: func(d *Demo, now time.Time) string {
			return "Token " + d.tokens.token(now.Add(-time.Minute), now.Add(time.Hour))
		}},
	},
	{
		cause: "auth.clock-skew", party: faultline.Environment, program: courier,
		call: call{method: "GET", target: "/v1/me", token: goodToken, header: func(now time.Time) map[string]string {
			// The program signs its calls with its own time, and its clock is slow.
			return map[string]string{"X-Date": httpDate(now.Add(-12 * time.Minute))}
		}},
	},
	{
		cause: "param.value", party: faultline.Client, program: report,
		call: call{method: "GET", target: "/v1/orders?limit=500", token: goodToken},
	},
	{
		cause: "header.missing", party: faultline.Client, program: billing,
		call: call{
			method: "PATCH", target: "/v1/orders/" + firstOrder, contentType: "application/json",
			body: `{"status": "paid"}`, token: goodToken,
		},
	},
	{
		cause: "server.error", party: faultline.Server, program: billing,
		call: call{method: "DELETE", target: "/v1/orders/" + brokenOrder, token: goodToken},
	},
	{
		cause: "network.timeout", party: faultline.Network, program: billing,
		call: call{method: "GET", target: "/v1/orders?status=open", token: goodToken},
		at:   func(p places) string { return "http://" + p.silent },
	},
}

// goodCalls are what the programs do most of the time.
var goodCalls = []mistake{
	{program: shop, call: call{
		method: "POST", target: "/v1/orders", contentType: "application/json",
		body: `{"customer_id": "cus_42", "currency": "eur", "items": [{"sku": "A-1", "quantity": 3}]}`,
	}},
	{program: courier, call: call{method: "GET", target: "/v1/me", token: goodToken}},
	{program: report, call: call{method: "GET", target: "/v1/orders?limit=20", token: goodToken}},
	{program: billing, call: call{method: "GET", target: "/v1/orders/" + firstOrder, token: goodToken}},
}

func idempotent(time.Time) map[string]string {
	return map[string]string{"Idempotency-Key": "0193a1f2-6c1e-7d3a-9a51-3f0c2f6f2b10"}
}
