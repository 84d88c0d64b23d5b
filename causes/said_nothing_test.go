package causes_test

import (
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// fine are calls that went well although their answers use the words of failures.
var fine = []struct {
	name, request, body string
	status              int
	answer              string
}{
	{"jobs", "GET /jobs", ``, 200, `{"jobs":[{"id":1,"status":"failed","error":"quantity is required"},{"id":2,"status":"done"}]}`},
	{"log lines", "GET /logs", ``, 200, `[{"level":"error","message":"invalid value for limit"},{"level":"info","message":"ok"}]`},
	{"validation result", "POST /validate", `json {"email":"x"}`, 200, `{"valid":false,"reason":"email is invalid"}`},
	{"lint", "POST /lint", `json {"code":"x"}`, 200, `{"results":[{"message":"unknown property 'colour'","line":3}]}`},
	{"null error", "GET /orders", ``, 200, `{"data":[],"error":null,"errors":[]}`},
	{"empty errors", "POST /graphql", `json {"query":"{a}"}`, 200, `{"data":{"a":1},"errors":[]}`},
	{"rpc result", "POST /rpc", `json {"jsonrpc":"2.0","id":1,"method":"add","params":[1,2]}`, 200, `{"jsonrpc":"2.0","id":1,"result":{"error":"none"}}`},
	{"error count", "GET /stats", ``, 200, `{"errors":0,"failed":0,"invalid":0}`},
	{"article", "GET /articles/7", ``, 200, `{"title":"Error handling","body":"Missing required parameter: q is what servers say"}`},
	{"json in string", "GET /events", ``, 200, `{"payload":"[{\"code\":\"invalid_type\",\"path\":[\"a\"],\"message\":\"Required\"}]"}`},
	{"schema", "GET /schema", ``, 200, `{"required":["name"],"properties":{"name":{"type":"string","minLength":1}}}`},
	{"chinese text", "GET /posts", ``, 200, `{"code":0,"message":"成功","data":{"title":"参数错误怎么办"}}`},
	{"created", "POST /users", `json {"name":"Ada"}`, 201, `{"id":7,"message":"created","warnings":["email is missing"]}`},
	{"plain", "GET /help", ``, 200, `Invalid parameters are refused with 400.`},
	{"no content", "DELETE /users/7", ``, 204, ``},
	{"query with JSON", "GET /notes?input=%7B%22id%22%3A7%7D", ``, 200, `{"result":{"data":{"id":7}}}`},
	{"not modified", "GET /users", ``, 304, ``},
}

func TestHealthyAnswersWithWordsOfFailures(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range fine {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := engine.Diagnose(spokenIn(tt.request, tt.body, tt.status, tt.answer))
			if len(d.Findings) > 0 {
				t.Errorf("findings = %s, want none", slugs(d))
			}
		})
	}
}

// elsewhere are refusals for other reasons than a field: no rule may be sure of one.
var elsewhere = []struct {
	name, request, body string
	status              int
	answer              string
}{
	{"bare", "POST /orders", `json {"quantity":2}`, 400, `{"error":"Bad Request"}`},
	{"vague", "POST /orders", `json {"quantity":2}`, 422, `{"message":"The request could not be processed"}`},
	{"invalid request", "GET /orders?page=2", ``, 400, `{"error":"invalid_request"}`},
	{"state", "POST /orders/7/cancel", `json {"reason":"late"}`, 400, `{"error":"order has been shipped already"}`},
	{"balance", "POST /payments", `json {"amount":5}`, 400, `{"error":"insufficient funds"}`},
	{"conflict", "PUT /orders/7", `json {"quantity":2}`, 409, `{"error":"version is invalid"}`},
	{"generic trpc", "POST /noteAdd", `json {"title":"Milk"}`, 400, `{"error":{"message":"Something failed","code":-32600,"data":{"code":"BAD_REQUEST","httpStatus":400,"path":"noteAdd"}}}`},
	{"generic chinese", "POST /orders", `json {"quantity":2}`, 400, `{"code":400,"msg":"系统繁忙"}`},
	{"rpc own code", "POST /rpc", `json {"jsonrpc":"2.0","id":1,"method":"add","params":[1]}`, 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"execution reverted"}}`},
	{"rpc whole", "POST /rpc", `json {"jsonrpc":"2.0","id":1,"method":"add","params":[1]}`, 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"Invalid Request"}}`},
	{"login page", "GET /orders", ``, 400, `<html><body><form><label>E-mail</label><input name="email" required></form></body></html>`},
	{"empty cart", "POST /checkout", `json {"coupon":"A1"}`, 400, `{"message":"Cart is empty"}`},
	{"label of a thing", "POST /orders/7/pay", `json {"amount":5}`, 422, `{"message":"Order has been cancelled"}`},
	{"thing not found", "POST /send", `json {"chat":7}`, 400, `{"description":"Bad Request: chat not found"}`},
	{"number first", "POST /orders", `json {"quantity":2}`, 400, `{"message":"3 is the number of open orders"}`},
	{"preposition", "POST /orders", `json {"quantity":2}`, 400, `{"message":"In parameter lists nothing helped"}`},
	{"table", "POST /todos", `json {"done":true}`, 500, `{"message":"relation \"todos\" does not exist"}`},
	{"empty json text", "POST /orders", `json {"quantity":2}`, 400, `"{}"`},
}

func TestVagueRefusalsNameNoField(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range elsewhere {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := engine.Diagnose(spokenIn(tt.request, tt.body, tt.status, tt.answer))
			for _, f := range d.Findings {
				family := f.Cause.Slug.Family()
				if f.Strength >= faultline.Likely && (family == "body" || family == "param" || family == "header" || family == "content") {
					t.Errorf("%s (%s) at %q, want nothing sure about a field", f.Cause.Slug, f.Strength, where(f.At))
				}
			}
		})
	}
}
