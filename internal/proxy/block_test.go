package proxy

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/faultline-http/faultline"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
)

const orders = `openapi: 3.1.0
info: {title: Orders, version: 1.4.0}
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
              properties: {customer_id: {type: string}, note: {type: string}}
      responses: {'201': {description: made}, '400': {description: wrong}}
`

func guarded(t *testing.T, mode guard.Mode) (addr string, seen caught, reached *atomic.Int64) {
	t.Helper()
	c, err := contract.Load(fstest.MapFS{"orders.yaml": {Data: []byte(orders)}}, "orders.yaml")
	if err != nil {
		t.Fatal(err)
	}
	reached = new(atomic.Int64)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached.Add(1)
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(http.StatusCreated)
		_, _ = fmt.Fprintf(w, "%d bytes", len(body))
	}))
	t.Cleanup(server.Close)
	addr, _, seen = watched(t, server.URL, func(o *Options) {
		o.Services[0].Guard.Contracts, o.Services[0].Guard.Mode, o.Services[0].Guard.BodyLimit = []*contract.Contract{c}, mode, 1000
	})
	return addr, seen, reached
}

func post(body string) string {
	return fmt.Sprintf("POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

func chunked(body string) string {
	var b strings.Builder
	b.WriteString("POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
	for _, c := range body {
		_, _ = fmt.Fprintf(&b, "1\r\n%c\r\n", c)
	}
	return b.String() + "0\r\n\r\n"
}

func TestBlockKeepsBadRequestsFromTheServer(t *testing.T) {
	t.Parallel()
	const good, bad = `{"customer_id":"c"}`, `{"custmer_id":"c"}`
	tests := []struct {
		name, send string
		status     int
		reached    int64
		say        string
	}{
		{"good", post(good), 201, 1, "19 bytes"},
		{"bad", post(bad), 400, 0, `"code": "body.unknown-field"`},
		{"good in chunks", chunked(good), 201, 1, "19 bytes"},
		{"bad in chunks", chunked(bad), 400, 0, `"code": "body.unknown-field"`},
		{"too large to judge", post(`{"custmer_id":"` + strings.Repeat("x", 2000) + `"}`), 201, 1, "2017 bytes"},
		{"too large in chunks", chunked(`{"custmer_id":"` + strings.Repeat("x", 2000) + `"}`), 201, 1, "2017 bytes"},
		{"no such path", "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", 404, 0, `"code": "route.unknown-path"`},
		{"no such method", "PUT /orders HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody", 405, 0, `"code": "route.method-not-allowed"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			addr, seen, reached := guarded(t, guard.Block)
			c := dial(t, addr)
			c.send("%s", tt.send)
			resp, body := c.read("POST")
			if resp.StatusCode != tt.status || !strings.Contains(body, tt.say) {
				t.Errorf("answer = %d %s, want %d that says %s", resp.StatusCode, body, tt.status, tt.say)
			}
			if got := reached.Load(); got != tt.reached {
				t.Errorf("the server was called %d times, want %d", got, tt.reached)
			}
			it := <-seen
			if blocked := it.ex.Labels[faultline.LabelAction] == faultline.ActionBlocked; blocked != (tt.reached == 0) {
				t.Errorf("labels = %v", it.ex.Labels)
			}
			if strings.HasPrefix(tt.name, "too large") && it.ex.Labels[faultline.LabelNotValidated] != guard.TooLarge {
				t.Errorf("labels = %v, want it counted as too large", it.ex.Labels)
			}
		})
	}
}

// TestBlockedConnectionGoesOn holds that a refusal costs the client no connection.
func TestBlockedConnectionGoesOn(t *testing.T) {
	t.Parallel()
	addr, _, _ := guarded(t, guard.Block)
	c := dial(t, addr)
	for range 3 {
		c.send("%s", post(`{"custmer_id":"c"}`))
		if resp, _ := c.read("POST"); resp.StatusCode != 400 || resp.Close {
			t.Errorf("answer = %d, Close %v, want 400 and the connection kept", resp.StatusCode, resp.Close)
		}
		c.send("%s", post(`{"customer_id":"c"}`))
		if resp, _ := c.read("POST"); resp.StatusCode != 201 {
			t.Errorf("answer = %d, want 201", resp.StatusCode)
		}
	}
}

// TestBlockAsksForTheBody holds that a client which waits for 100 is told to go
// on once, since the decision needs its body.
func TestBlockAsksForTheBody(t *testing.T) {
	t.Parallel()
	addr, _, reached := guarded(t, guard.Block)
	for body, status := range map[string]int{`{"customer_id":"c"}`: 201, `{"custmer_id":"cc"}`: 400} {
		c := dial(t, addr)
		c.send("POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n", len(body))
		if got, want := readHeadText(t, c.r), "HTTP/1.1 100 Continue\r\n\r\n"; got != want {
			t.Fatalf("interim answer = %q, want %q", got, want)
		}
		c.send("%s", body)
		if resp, _ := c.read("POST"); resp.StatusCode != status {
			t.Errorf("answer to %s = %d, want %d", body, resp.StatusCode, status)
		}
	}
	if got := reached.Load(); got != 1 {
		t.Errorf("the server was called %d times, want once", got)
	}
}

func TestWarnMarksTheAnswer(t *testing.T) {
	t.Parallel()
	addr, seen, _ := guarded(t, guard.Warn)
	c := dial(t, addr)
	c.send("%s", post(`{"custmer_id":"c"}`))
	resp, _ := c.read("POST")
	it := <-seen
	for name, want := range map[string]string{"Faultline-Id": it.ex.ID, "Faultline-Action": "warned", "Faultline-Cause": "body.unknown-field"} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if resp.StatusCode != 201 {
		t.Errorf("status = %d, want the server's 201", resp.StatusCode)
	}
	c.send("%s", post(`{"customer_id":"c"}`))
	if resp, _ := c.read("POST"); resp.Header.Get("Faultline-Id") != "" {
		t.Errorf("a good answer is marked: %v", resp.Header)
	}
}

func TestObserveChangesNothing(t *testing.T) {
	t.Parallel()
	addr, seen, _ := guarded(t, guard.Observe)
	c := dial(t, addr)
	c.send("%s", post(`{"custmer_id":"c"}`))
	if resp, _ := c.read("POST"); resp.StatusCode != 201 || resp.Header.Get("Faultline-Id") != "" {
		t.Errorf("answer = %d %v, want the server's own", resp.StatusCode, resp.Header)
	}
	if f, _ := (<-seen).d.Primary(); f.Cause.Slug != "body.unknown-field" {
		t.Errorf("cause = %q, want body.unknown-field", f.Cause.Slug)
	}
}

// TestBasePathIsPartOfTheContract holds that calls fit a contract whose
// servers have the path that stands in the server's address.
func TestBasePathIsPartOfTheContract(t *testing.T) {
	t.Parallel()
	server := mirror(t)
	api := strings.Replace(orders, "paths:", "servers: [{url: 'http://"+server+"/v1'}]\npaths:", 1)
	c, err := contract.Load(fstest.MapFS{"orders.yaml": {Data: []byte(api)}}, "orders.yaml")
	if err != nil {
		t.Fatal(err)
	}
	addr, _ := start(t, "http://"+server+"/v1", func(o *Options) {
		o.Services[0].Guard.Contracts, o.Services[0].Guard.Mode = []*contract.Contract{c}, guard.Block
	})
	cl := dial(t, addr)
	cl.send("%s", post(`{"customer_id":"c"}`))
	if resp, body := cl.read("POST"); resp.StatusCode != 200 || !strings.HasPrefix(body, "POST /v1/orders ") {
		t.Errorf("answer = %d %s, want the server's", resp.StatusCode, body)
	}
}
