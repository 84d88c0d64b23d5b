package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/faultline-http/faultline/internal/config"
)

// running is a proxy that was started with a configuration.
type running struct {
	t              *testing.T
	config         string // the file
	url, admin     string
	stdout, stderr *screenText
	exit           chan int
	stop           context.CancelFunc
}

// startConfigured runs `faultline proxy --config` with the text, in which
// SERVICE and FOLDER are put in.
func startConfigured(t *testing.T, service, text string, args ...string) *running {
	t.Helper()
	r := &running{t: t, config: writeFile(t, "faultline.yaml", ""), stdout: newScreenText(), stderr: newScreenText(), exit: make(chan int, 1)}
	if err := os.WriteFile(filepath.Join(filepath.Dir(r.config), "things.yaml"), []byte(thingsContract), 0o600); err != nil {
		t.Fatal(err)
	}
	r.write(strings.ReplaceAll(text, "SERVICE", service))
	ctx, stop := context.WithCancel(t.Context())
	r.stop = stop
	go func() {
		r.exit <- run(ctx, testEnv(t, r.stdout, r.stderr), append([]string{"proxy", "--config", r.config}, args...)...)
	}()
	m := r.stdout.wait(t.Context(), `proxy (http://\S+) .* admin (http://\S+)`)
	if m == nil {
		t.Fatalf("no addresses on stdout: %s%s", r.stdout, r.stderr)
	}
	r.url, r.admin = m[1], m[2]
	return r
}

func (r *running) write(text string) {
	r.t.Helper()
	if err := os.WriteFile(r.config, []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// ended stops the proxy and returns its exit code.
func (r *running) ended() int {
	r.stop()
	return <-r.exit
}

// ask sends a request and returns status and body.
func ask(t *testing.T, method, url, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
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

const twoServices = `
listen: 127.0.0.1:0
admin: 127.0.0.1:0
services:
  - name: things
    paths: [/things]
    to: SERVICE
    contracts: [things.yaml]
    mode: block
  - name: rest
    to: SERVICE
    rewrite: {strip_prefix: /api}
    request_headers: {set: {X-Team: a}}
    access: {deny: [10.0.0.0/8]}
`

// echo answers 201 with what it got.
func echo(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusCreated)
		_, _ = fmt.Fprintf(w, "%s %s", r.URL.Path, r.Header.Get("X-Team"))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// counted is what /counts says of one service.
type counted struct {
	Seen, OK, Failed, Blocked int64
	Requests, Answers         struct {
		Valid, Invalid int64
		NotValidated   map[string]int64 `json:"not_validated"`
	}
}

func (c *counted) addUp() bool {
	sum := func(valid, invalid int64, not map[string]int64) int64 {
		for _, n := range not {
			valid += n
		}
		return valid + invalid
	}
	return c.Seen == c.OK+c.Failed && c.Seen == sum(c.Requests.Valid, c.Requests.Invalid, c.Requests.NotValidated) &&
		c.Seen == sum(c.Answers.Valid, c.Answers.Invalid, c.Answers.NotValidated)
}

func counts(t *testing.T, admin string) map[string]*counted {
	t.Helper()
	_, body := ask(t, "GET", admin+"/counts", "")
	var out struct{ Services map[string]*counted }
	if err := json.Unmarshal([]byte(body), &out); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return out.Services
}

// settled waits until the calls that clients have their answers to are counted.
func settled(t *testing.T, admin string, calls int64) map[string]*counted {
	t.Helper()
	for {
		out := counts(t, admin)
		sum := int64(0)
		for _, c := range out {
			sum += c.OK + c.Failed
		}
		if sum >= calls || t.Context().Err() != nil {
			return out
		}
	}
}

func TestConfiguredProxy(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	r := startConfigured(t, echo(t), twoServices, "--data", folder)
	if status, _ := ask(t, "GET", r.admin+"/readyz", ""); status != 200 {
		t.Errorf("/readyz = %d, want 200", status)
	}
	for _, tt := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"POST", "/things", `{"name":"x"}`, 201, "/things "},
		{"POST", "/things", `{"name":1}`, 400, "body.type"},
		{"GET", "/api/x", "", 201, "/x a"},
		{"GET", "/other", "", 201, "/other a"},
	} {
		if status, body := ask(t, tt.method, r.url+tt.path, tt.body); status != tt.status || !strings.Contains(body, tt.want) {
			t.Errorf("%s %s = %d %s, want %d %s", tt.method, tt.path, status, body, tt.status, tt.want)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	c := settled(t, r.admin, 4)
	if things := c["things"]; things.Seen != 2 || things.OK != 1 || things.Blocked != 1 || !things.addUp() {
		t.Errorf("things: %+v, want two calls that add up", things)
	}
	if rest := c["rest"]; rest.Seen != 2 || rest.OK != 2 || !rest.addUp() {
		t.Errorf("rest: %+v, want two calls that add up", rest)
	}
	if _, body := ask(t, "GET", r.admin+"/metrics", ""); !strings.Contains(body, `faultline_calls_total{outcome="ok",service="rest"} 2`) {
		t.Errorf("the metrics do not tell of the calls:\n%s", body)
	}
	if _, body := ask(t, "GET", r.admin+"/config", ""); !strings.Contains(body, "strip_prefix: /api") {
		t.Errorf("/config = %s", body)
	}
	if code := r.ended(); code != exitNothing {
		t.Errorf("exit code %d, want 0: %s", code, r.stderr)
	}
	files, err := filepath.Glob(filepath.Join(folder, "failed-*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files in the data folder: %v %v, want one", files, err)
	}
	if kept, err := os.ReadFile(files[0]); err != nil || strings.Count(string(kept), "\n") != 1 || !strings.Contains(string(kept), "body.type") {
		t.Errorf("kept %s %v, want the refused call", kept, err)
	}
}

func TestReloadUnderLoad(t *testing.T) {
	t.Parallel()
	service := echo(t)
	r := startConfigured(t, service, twoServices)
	variants := []string{
		twoServices,
		strings.Replace(twoServices, "mode: block", "mode: warn", 1),
		strings.Replace(twoServices, "X-Team: a", "X-Team: b", 1),
		"x-none: 1\n" + strings.Replace(twoServices, "    contracts: [things.yaml]\n    mode: block\n", "", 1),
	}
	var calls, wrong atomic.Int64
	done := make(chan struct{})
	var clients sync.WaitGroup
	for range 4 {
		clients.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				for _, path := range []string{"/things", "/api/x"} {
					res, err := http.Post(r.url+path, "application/json", strings.NewReader(`{"name":"x"}`))
					calls.Add(1)
					if err != nil {
						wrong.Add(1)
						t.Errorf("a call was dropped: %v", err)
						return
					}
					_, _ = io.Copy(io.Discard, res.Body)
					_ = res.Body.Close()
					if res.StatusCode != 201 {
						wrong.Add(1)
					}
				}
			}
		})
	}
	for i := range 60 {
		text := strings.ReplaceAll(variants[i%len(variants)], "SERVICE", service)
		if i%5 == 4 {
			text = "services: [{to: nowhere://}]\n"
		}
		r.write(text)
		status, body := ask(t, "POST", r.admin+"/reload", "")
		if want := map[bool]int{true: 422, false: 200}[i%5 == 4]; status != want {
			t.Fatalf("reload %d = %d %s, want %d", i, status, body, want)
		}
	}
	close(done)
	clients.Wait()
	http.DefaultClient.CloseIdleConnections()
	if wrong.Load() != 0 || calls.Load() == 0 {
		t.Errorf("%d of %d calls failed", wrong.Load(), calls.Load())
	}
	sum := int64(0)
	for name, c := range settled(t, r.admin, calls.Load()) {
		if sum += c.Seen; !c.addUp() || c.Failed != 0 {
			t.Errorf("%s does not add up: %+v", name, c)
		}
	}
	if sum != calls.Load() {
		t.Errorf("%d calls counted, want the %d that were made", sum, calls.Load())
	}
	if _, body := ask(t, "GET", r.admin+"/metrics", ""); !strings.Contains(body, `faultline_config_reloads_total{result="failed"} 12`) ||
		!strings.Contains(body, `faultline_config_reloads_total{result="ok"} 48`) {
		t.Errorf("the metrics do not tell of the reloads:\n%s", body)
	}
	if code := r.ended(); code != exitNothing {
		t.Errorf("exit code %d, want 0", code)
	}
}

func TestWrongConfigurationLeavesTheOld(t *testing.T) {
	t.Parallel()
	service := echo(t)
	r := startConfigured(t, service, twoServices)
	r.write("services:\n  - to: " + service + "\n    mdoe: block\n")
	status, body := ask(t, "POST", r.admin+"/reload", "")
	want := "the configuration stays as it was:\nerror: `mdoe` is not a key of `services[0]`\n"
	if status != 422 || !strings.HasPrefix(body, want) || !strings.Contains(body, "3 |     mdoe: block\n  |     ^^^^\nfix: did you mean `mode`?") {
		t.Errorf("/reload = %d\n%s", status, body)
	}
	if status, _ := ask(t, "POST", r.url+"/things", `{"name":1}`); status != 400 {
		t.Errorf("a call that breaks the contract = %d, want 400 as before", status)
	}
	r.write(strings.ReplaceAll(strings.Replace(twoServices, "mode: block", "mode: observe", 1), "SERVICE", service))
	if status, body := ask(t, "POST", r.admin+"/reload", ""); status != 200 {
		t.Errorf("/reload of the mended one = %d %s", status, body)
	}
	if status, _ := ask(t, "POST", r.url+"/things", `{"name":1}`); status != 201 {
		t.Errorf("a call that breaks the contract = %d, want 201: it is only observed now", status)
	}
	if status, _ := ask(t, "POST", r.admin+"/drain", ""); status != 202 {
		t.Errorf("/drain = %d, want 202", status)
	}
	if code := <-r.exit; code != exitNothing {
		t.Errorf("exit code %d, want 0", code)
	}
}

func TestConfiguredForwardProxy(t *testing.T) {
	t.Parallel()
	service := echo(t)
	r := startConfigured(t, service, "listen: 127.0.0.1:0\nadmin: 127.0.0.1:0\nforward: {enabled: true}\n")
	through, err := url.Parse(r.url)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(through)}}
	defer client.CloseIdleConnections()
	res, err := client.Get(service + "/x")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, _ := io.ReadAll(res.Body); res.StatusCode != 201 || string(body) != "/x " {
		t.Errorf("answered %d %s, want 201 from the service", res.StatusCode, body)
	}
	if c := settled(t, r.admin, 1)["forward"]; c == nil || c.OK != 1 {
		t.Errorf("counts %+v, want the call of the forward proxy", c)
	}
	if code := r.ended(); code != exitNothing {
		t.Errorf("exit code %d, want 0: %s", code, r.stderr)
	}
}

func TestHostsThatStayClosed(t *testing.T) {
	t.Parallel()
	closed := closedBy(&config.Forward{Exclude: []string{"*.bank.example"}, Only: []string{"*.example", "localhost"}}, func(host string) bool { return host != "odd.example" })
	for host, want := range map[string]bool{
		"api.example": false, "LOCALHOST": false, "www.bank.example": true, "bank.example": false, "api.example.org": true, "example": true, "odd.example": true,
	} {
		if why := closed(host); (why != "") != want {
			t.Errorf("%s: %q, want closed: %v", host, why, want)
		}
	}
}

func TestChangedFileReloads(t *testing.T) {
	t.Parallel()
	service := echo(t)
	text := strings.ReplaceAll(twoServices+"reload: {watch: true}\n", "SERVICE", service)
	r := startConfigured(t, service, text)
	r.write(strings.Replace(text, "X-Team: a", "X-Team: b", 1))
	if r.stderr.wait(t.Context(), "the new configuration holds") == nil {
		t.Fatalf("the change was not seen: %s", r.stderr)
	}
	if _, body := ask(t, "GET", r.url+"/api/x", ""); body != "/x b" {
		t.Errorf("the service got %q, want the new field", body)
	}
	if code := r.ended(); code != exitNothing {
		t.Errorf("exit code %d, want 0", code)
	}
}
