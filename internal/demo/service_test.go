package demo

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// The service is terse on purpose: what it leaves unsaid is what faultline has
// to find out.
func TestServiceAnswersTersely(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 14, 31, 2, 0, time.UTC)
	tokens := issuer{key: []byte("k")}
	good := "Bearer " + tokens.token(now.Add(-time.Minute), now.Add(time.Hour))
	order := `{"customer_id": "cus_42", "items": [{"sku": "A-1", "quantity": 3}]}`
	tests := []struct {
		name, method, target, body string
		header                     map[string]string
		want                       int
		answer, field              string
	}{
		{"order", "POST", "/v1/orders", order, map[string]string{"Content-Type": "application/json"}, 201, `"total":42`, ""},
		{"unknown field", "POST", "/v1/orders", `{"x":1}`, map[string]string{"Content-Type": "application/json"}, 400, `{"error":"Bad Request"}`, ""},
		{"wrong quantity", "POST", "/v1/orders", strings.Replace(order, "3", "0", 1), map[string]string{"Content-Type": "application/json"}, 400, `{"error":"Bad Request"}`, ""},
		{"other media type", "POST", "/v1/orders", order, map[string]string{"Content-Type": "text/plain"}, 415, "Unsupported", ""},
		{"no route", "GET", "/v1/order", "", nil, 404, "Not Found", ""},
		{"no method", "PUT", "/v1/orders/ord_1001", "", nil, 405, "Method Not Allowed", "Allow: GET, PATCH, DELETE"},
		{"no token", "GET", "/v1/me", "", nil, 401, "Unauthorized", `WWW-Authenticate: Bearer realm="orders"`},
		{"token", "GET", "/v1/me", "", map[string]string{"Authorization": good}, 200, "user-17", ""},
		{
			"old token", "GET", "/v1/me", "",
			map[string]string{"Authorization": "Bearer " + tokens.token(now.Add(-time.Hour), now.Add(-time.Second))},
			401, "Unauthorized", `WWW-Authenticate: Bearer realm="orders", error="invalid_token", error_description="the token expired"`,
		},
		{"changed token", "GET", "/v1/me", "", map[string]string{"Authorization": good + "x"}, 401, "Unauthorized", `WWW-Authenticate: Bearer realm="orders", error="invalid_token"`},
		{
			"slow clock", "GET", "/v1/me", "",
			map[string]string{"Authorization": good, "X-Date": httpDate(now.Add(-12 * time.Minute))},
			403, "outside the tolerance", "",
		},
		{"order of the old shop", "GET", "/v1/orders/" + importedOrder, "", map[string]string{"Authorization": good}, 200, `"total":"12.50"`, ""},
		{"no such order", "GET", "/v1/orders/ord_9999", "", map[string]string{"Authorization": good}, 404, "Not Found", ""},
		{"no version", "PATCH", "/v1/orders/ord_1001", `{"status":"paid"}`, map[string]string{"Authorization": good}, 400, "Bad Request", ""},
		{"order without items", "DELETE", "/v1/orders/" + brokenOrder, "", map[string]string{"Authorization": good}, 500, `{"error":"Internal Server Error"}`, ""},
		{"high limit", "GET", "/v1/orders?limit=500", "", map[string]string{"Authorization": good}, 400, "Bad Request", ""},
		{"search", "GET", "/v1/search?q=x", "", nil, 200, "orders", `RateLimit: "burst";r=3;t=5`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newService(tokens, func() time.Time { return now }, &limiter{quota: searchQuota, window: searchWindow})
			r := httptest.NewRequest(tt.method, tt.target, strings.NewReader(tt.body))
			for name, value := range tt.header {
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code != tt.want || !strings.Contains(w.Body.String(), tt.answer) {
				t.Errorf("got %d %s, want %d with %s", w.Code, w.Body, tt.want, tt.answer)
			}
			if name, value, ok := strings.Cut(tt.field, ": "); ok && w.Header().Get(name) != value {
				t.Errorf("%s = %q, want %q", name, w.Header().Get(name), value)
			}
		})
	}
}

func TestLimiterSaysHowLongToWait(t *testing.T) {
	t.Parallel()
	l := &limiter{quota: 2, window: 5 * time.Second}
	begin := time.Date(2026, 11, 20, 14, 31, 2, 0, time.UTC)
	steps := []struct {
		after time.Duration
		want  int
		left  string
	}{
		{0, 0, `"burst";r=1;t=5`},
		{100 * time.Millisecond, 0, `"burst";r=0;t=5`},
		{1100 * time.Millisecond, 4, `"burst";r=0;t=4`},
		{5 * time.Second, 0, `"burst";r=1;t=5`},
	}
	for _, step := range steps {
		h := http.Header{}
		if got := l.take(h, begin.Add(step.after)); got != step.want || h.Get("RateLimit") != step.left {
			t.Errorf("after %s: got %d and %s, want %d and %s", step.after, got, h.Get("RateLimit"), step.want, step.left)
		}
	}
}

func TestGatewayAnswersForServicesItCannotReach(t *testing.T) {
	t.Parallel()
	slow, stop := make(chan struct{}), make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { close(slow); <-stop }))
	defer silent.Close()
	defer close(stop)
	closed, err := nobodyListens()
	if err != nil {
		t.Fatal(err)
	}
	to, _ := url.Parse(silent.URL)
	routes := map[string]*url.URL{"/v1/payments": {Scheme: "http", Host: closed}, "/v1/exports": to}
	g := newGateway(routes, &url.URL{Scheme: "http", Host: "orders.example"}, 50*time.Millisecond)
	for target, want := range map[string]int{"/v1/payments": 502, "/v1/exports": 504} {
		w := httptest.NewRecorder()
		g.ServeHTTP(w, httptest.NewRequest("POST", target, nil))
		if w.Code != want || !strings.Contains(w.Body.String(), "<center>nginx</center>") {
			t.Errorf("%s: got %d %s, want %d", target, w.Code, w.Body, want)
		}
	}
	<-slow
}
