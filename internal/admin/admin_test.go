package admin

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	dto "github.com/prometheus/client_model/go"

	"github.com/faultline-http/faultline/guard"
)

// program is a source for tests.
type program struct {
	unready  []string
	reload   error
	reloaded atomic.Int64
	drained  atomic.Bool
}

func (p *program) Unready() []string            { return p.unready }
func (p *program) Configuration() string        { return "listen: [127.0.0.1:8080]\n" }
func (p *program) Reload(context.Context) error { p.reloaded.Add(1); return p.reload }
func (p *program) Drain()                       { p.drained.Store(true) }

func (p *program) Snapshot() Snapshot {
	return Snapshot{
		Version: "1.2.3", Started: time.Unix(1700000000, 0).UTC(),
		Services: []Service{{
			Name: "orders",
			Counts: guard.Counts{
				Seen: 10, OK: 6, Failed: 4, Blocked: 2, Denied: 1, Answered: 1, Unexplained: 1, Retried: 3, Truncated: 1, Dropped: 2,
				Requests:  guard.Validation{Valid: 5, Invalid: 2, NotValidated: map[string]int64{"too large": 3}},
				Answers:   guard.Validation{Valid: 7, Invalid: 1, NotValidated: map[string]int64{"no contract": 2}},
				Classes:   [6]int64{1, 0, 6, 0, 2, 1},
				Malformed: map[string]int64{"obs-fold": 1},
				Operations: []guard.OperationCounts{
					{Contract: "orders.yaml", Operation: "createOrder", OK: 6, Failed: 3, Statuses: map[int]int64{201: 6, 400: 3}}, {OK: 0, Failed: 1},
				},
			},
			Contracts: []Contract{{File: "orders.yaml", Version: "1.4.0", Operations: 9, Unverified: 2}},
		}},
		Connections: Connections{Open: 3, Accepted: 8, Shed: 1, Pauses: 2},
		Reloads:     Reloads{OK: 4, Failed: 1, LastOK: false, LastError: "no"},
		Kept:        Kept{Calls: 4, Bytes: 900, Dropped: 1},
		Notices:     map[string]int64{"accept.paused": 2},
		Cost: Histogram{
			Bounds: []time.Duration{time.Microsecond, time.Millisecond, time.Second},
			Counts: []uint64{0, 6, 10}, Count: 10, Sum: 2 * time.Second,
		},
	}
}

// ending is a program that ends the moment it is asked to.
type ending struct {
	program
	end func()
}

func (e *ending) Drain() { e.end() }

func TestTheOrderToEndIsAnswered(t *testing.T) {
	t.Parallel()
	for range 50 {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- New(Options{Source: &ending{end: cancel}}).Serve(ctx, ln) }()
		if status, _ := ask(t, "POST", "http://"+ln.Addr().String()+"/drain"); status != 202 {
			t.Fatalf("/drain = %d, want 202", status)
		}
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
}

// serve starts a server and returns its address.
func serve(t *testing.T, o Options) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- New(o).Serve(ctx, ln) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Serve = %v, want nil", err)
		}
	})
	return "http://" + ln.Addr().String()
}

// ask sends a request with the fields, given as name and value in turn.
func ask(t *testing.T, method, url string, fields ...string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(fields); i += 2 {
		if r.Header.Set(fields[i], fields[i+1]); fields[i] == "Host" {
			r.Host = fields[i+1]
		}
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(raw)
}

func TestHealth(t *testing.T) {
	t.Parallel()
	url := serve(t, Options{Source: &program{}})
	if status, body := ask(t, "GET", url+"/livez"); status != 200 || body != "alive\n" {
		t.Errorf("/livez = %d %q", status, body)
	}
	if status, body := ask(t, "GET", url+"/readyz"); status != 200 || body != "ready\n" {
		t.Errorf("/readyz = %d %q", status, body)
	}
	url = serve(t, Options{Source: &program{unready: []string{"draining", "no listener"}}, Token: "x"})
	if status, body := ask(t, "GET", url+"/readyz"); status != 503 || body != "not ready: draining; no listener\n" {
		t.Errorf("/readyz = %d %q, want 503 with the reasons", status, body)
	}
	if status, _ := ask(t, "GET", url+"/livez"); status != 200 {
		t.Errorf("/livez = %d, want 200 also for one who is not ready", status)
	}
}

func TestOrders(t *testing.T) {
	t.Parallel()
	p := &program{}
	url := serve(t, Options{Source: p})
	if status, body := ask(t, "POST", url+"/reload"); status != 200 || p.reloaded.Load() != 1 {
		t.Errorf("/reload = %d %q, and %d reloads", status, body, p.reloaded.Load())
	}
	if status, _ := ask(t, "GET", url+"/reload"); status != 405 || p.reloaded.Load() != 1 {
		t.Errorf("GET /reload = %d, and %d reloads, want 405 and no further one", status, p.reloaded.Load())
	}
	if status, _ := ask(t, "POST", url+"/drain"); status != 202 || !p.drained.Load() {
		t.Errorf("/drain = %d, drained %v", status, p.drained.Load())
	}
	broken := serve(t, Options{Source: &program{reload: errors.New("error: wrong\n  --> f.yaml:1:1")}})
	if status, body := ask(t, "POST", broken+"/reload"); status != 422 || body != "the configuration stays as it was:\nerror: wrong\n  --> f.yaml:1:1\n" {
		t.Errorf("/reload of a wrong configuration = %d %q", status, body)
	}
	if status, body := ask(t, "GET", url+"/config"); status != 200 || body != "listen: [127.0.0.1:8080]\n" {
		t.Errorf("/config = %d %q", status, body)
	}
}

func TestWhoIsAnswered(t *testing.T) {
	t.Parallel()
	open := serve(t, Options{Source: &program{}})
	closed := serve(t, Options{Source: &program{}, Token: "correct horse"})
	for _, tt := range []struct {
		name, url string
		fields    []string
		want      int
	}{
		{"a program of this machine", open, nil, 200},
		{"by name", open, []string{"Host", "localhost:9901"}, 200},
		{"a name that was made to lead here", open, []string{"Host", "attacker.example"}, 403},
		{"a page of another origin", open, []string{"Origin", "https://attacker.example"}, 403},
		{"a page, by what the browser says", open, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"the address bar", open, []string{"Sec-Fetch-Site", "none"}, 200},
		{"no token", closed, nil, 401},
		{"another token", closed, []string{"Authorization", "Bearer wrong"}, 401},
		{"the token", closed, []string{"Authorization", "bearer correct horse"}, 200},
		{"the token by any name", closed, []string{"Authorization", "Bearer correct horse", "Host", "faultline.example"}, 200},
	} {
		for _, path := range []string{"/metrics", "/counts", "/config"} {
			if status, _ := ask(t, "GET", tt.url+path, tt.fields...); status != tt.want {
				t.Errorf("%s: %s = %d, want %d", tt.name, path, status, tt.want)
			}
		}
		if status, _ := ask(t, "POST", tt.url+"/reload", tt.fields...); status != tt.want {
			t.Errorf("%s: POST /reload = %d, want %d", tt.name, status, tt.want)
		}
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	status, body := ask(t, "GET", serve(t, Options{Source: &program{}})+"/counts")
	var got struct {
		Schema   string
		Services map[string]struct {
			Seen, OK, Failed int64
			Requests         struct {
				Valid, Invalid int64
				NotValidated   map[string]int64 `json:"not_validated"`
			}
			Statuses   map[string]int64
			Operations map[string]map[string]struct{ OK, Failed int64 }
		}
		Cost struct {
			P50 float64 `json:"p50_ms"`
			P99 float64 `json:"p99_ms"`
		}
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil || status != 200 {
		t.Fatalf("/counts = %d, %v: %s", status, err, body)
	}
	s := got.Services["orders"]
	if got.Schema != "counts/1" || s.Seen != s.OK+s.Failed || s.Seen != 10 {
		t.Errorf("counts %+v, want 10 calls seen, each ok or failed", got)
	}
	if s.Requests.Valid+s.Requests.Invalid+s.Requests.NotValidated["too large"] != s.Seen {
		t.Errorf("requests %+v do not add up to %d", s.Requests, s.Seen)
	}
	if s.Operations["orders.yaml"]["createOrder"].OK != 6 || s.Statuses["2xx"] != 6 {
		t.Errorf("operations %+v, statuses %+v", s.Operations, s.Statuses)
	}
	if got.Cost.P50 != 1 || got.Cost.P99 != 1000 {
		t.Errorf("cost %+v, want 1 ms and 1000 ms", got.Cost)
	}
}

// scrape reads the metrics as Prometheus does.
func scrape(t *testing.T, url string) map[string]*dto.MetricFamily {
	t.Helper()
	status, body := ask(t, "GET", url+"/metrics")
	if status != 200 {
		t.Fatalf("/metrics = %d: %s", status, body)
	}
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(body))
	if err != nil {
		t.Fatalf("the metrics cannot be read: %v\n%s", err, body)
	}
	return families
}

// value adds up the series of a family that have the labels, given as name and
// value in turn.
func value(families map[string]*dto.MetricFamily, name string, labels ...string) (sum float64) {
	for _, m := range families[name].GetMetric() {
		has := map[string]string{}
		for _, l := range m.GetLabel() {
			has[l.GetName()] = l.GetValue()
		}
		fits := true
		for i := 0; i+1 < len(labels); i += 2 {
			fits = fits && has[labels[i]] == labels[i+1]
		}
		if fits {
			sum += m.GetCounter().GetValue() + m.GetGauge().GetValue()
		}
	}
	return sum
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	families := scrape(t, serve(t, Options{Source: &program{}}))
	for _, tt := range []struct {
		name   string
		labels []string
		want   float64
	}{
		{"faultline_calls_total", nil, 10},
		{"faultline_calls_total", []string{"outcome", "failed", "service", "orders"}, 4},
		{"faultline_calls_blocked_total", nil, 2},
		{"faultline_calls_denied_total", nil, 1},
		{"faultline_calls_answered_total", nil, 1},
		{"faultline_calls_unexplained_total", nil, 1},
		{"faultline_calls_retried_total", nil, 3},
		{"faultline_answers_truncated_total", nil, 1},
		{"faultline_answers_total", nil, 10},
		{"faultline_answers_total", []string{"class", "2xx"}, 6},
		{"faultline_validation_total", []string{"message", "request"}, 10},
		{"faultline_validation_total", []string{"message", "answer"}, 10},
		{"faultline_validation_total", []string{"message", "request", "verdict", "not_validated", "reason", "too large"}, 3},
		{"faultline_malformed_total", []string{"fault", "obs-fold"}, 1},
		{"faultline_operation_calls_total", nil, 10},
		{"faultline_operation_calls_total", []string{"operation", "createOrder", "contract", "orders.yaml", "outcome", "ok"}, 6},
		{"faultline_deliveries_dropped_total", nil, 2},
		{"faultline_contract_info", []string{"file", "orders.yaml", "version", "1.4.0"}, 1},
		{"faultline_contract_operations", []string{"state", "unverified"}, 2},
		{"faultline_connections_open", nil, 3},
		{"faultline_connections_accepted_total", nil, 8},
		{"faultline_connections_shed_total", nil, 1},
		{"faultline_accept_pauses_total", nil, 2},
		{"faultline_notices_total", []string{"topic", "accept.paused"}, 2},
		{"faultline_config_reloads_total", []string{"result", "ok"}, 4},
		{"faultline_config_reloads_total", []string{"result", "failed"}, 1},
		{"faultline_config_last_reload_successful", nil, 0},
		{"faultline_kept_calls_total", nil, 4},
		{"faultline_kept_bytes", nil, 900},
		{"faultline_kept_dropped_total", nil, 1},
		{"faultline_build_info", []string{"version", "1.2.3"}, 1},
		{"faultline_start_time_seconds", nil, 1700000000},
	} {
		if families[tt.name] == nil {
			t.Errorf("%s is missing", tt.name)
		} else if got := value(families, tt.name, tt.labels...); got != tt.want {
			t.Errorf("%s%v = %v, want %v", tt.name, tt.labels, got, tt.want)
		}
	}
	cost := families["faultline_overhead_seconds"].GetMetric()[0].GetHistogram()
	if cost.GetSampleCount() != 10 || cost.GetSampleSum() != 2 || cost.GetBucket()[1].GetCumulativeCount() != 6 {
		t.Errorf("overhead %v", cost)
	}
	for _, name := range []string{"go_goroutines", "process_start_time_seconds"} {
		if families[name] == nil {
			t.Errorf("%s is missing: the process itself is not told of", name)
		}
	}
}
