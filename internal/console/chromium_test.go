package console_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/console"
	"github.com/faultline-http/faultline/internal/fetch"
	"github.com/faultline-http/faultline/internal/fetch/fetchtest"
)

// TestChromiumDoesTheSame makes the calls of the table in a real browser: what
// it asks, where it stops and what its console says are what we say.
func TestChromiumDoesTheSame(t *testing.T) {
	t.Parallel()
	browser := chromium(t)
	lab := &corsLab{asked: map[int]string{}, sent: map[int]bool{}, done: make(chan map[string]string, 1)}
	api, page := httptest.NewUnstartedServer(http.HandlerFunc(lab.answer)), httptest.NewUnstartedServer(http.HandlerFunc(lab.show))
	lab.api, lab.page = "http://"+api.Listener.Addr().String(), "http://"+page.Listener.Addr().String()
	api.Start()
	defer api.Close()
	page.Start()
	defer page.Close()

	results, said := lab.run(t, browser)
	tried := 0
	for i := range fetchtest.Rows {
		row := &fetchtest.Rows[i]
		if !triable(row) {
			continue
		}
		tried++
		lab.compare(t, i, results[strconv.Itoa(i)], said)
	}
	if tried < 80 {
		t.Errorf("%d rows tried, want at least 80", tried)
	}
}

func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	if os.Getenv("FAULTLINE_REQUIRE_SERVICES") == "1" {
		t.Fatal("no chromium is installed: apt-get install chromium")
	}
	t.Skip("no chromium is installed: apt-get install chromium")
	return ""
}

// triable are the rows that need no other page, name or network.
func triable(row *fetchtest.Row) bool {
	return row.Call.Origin == fetchtest.Page && row.Call.URL == fetchtest.API && !row.Call.Listened && !row.Call.Streamed && !row.Call.Private
}

// corsLab is a page and an API on two ports, which are two origins.
type corsLab struct {
	page, api string // their addresses
	mu        sync.Mutex
	asked     map[int]string // the preflight of each row
	sent      map[int]bool   // whether the call itself came
	done      chan map[string]string
}

// answer is the API: each row has a path.
func (l *corsLab) answer(w http.ResponseWriter, r *http.Request) {
	i, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/row/"))
	if err != nil || i >= len(fetchtest.Rows) {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin")) // where a redirect leads
		return
	}
	resp := fetchtest.Rows[i].Answer
	l.mu.Lock()
	if method := r.Header.Get("Access-Control-Request-Method"); r.Method == http.MethodOptions && method != "" {
		l.asked[i] = strings.TrimSpace(method + " " + r.Header.Get("Access-Control-Request-Headers"))
		resp = fetchtest.Rows[i].Preflight
	} else {
		l.sent[i] = true
	}
	l.mu.Unlock()
	if resp == nil {
		resp = &faultline.Response{Status: http.StatusNoContent}
	}
	for _, f := range resp.Header {
		value := strings.ReplaceAll(f.Value, strings.ToUpper(fetchtest.Page), strings.ToUpper(l.page))
		w.Header().Add(f.Name, strings.ReplaceAll(value, fetchtest.Page, l.page))
	}
	w.WriteHeader(resp.Status)
}

// show is the page: its script makes the calls one after the other.
func (l *corsLab) show(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/done" {
		var results map[string]string
		if json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&results) == nil {
			l.done <- results
		}
		return
	}
	type made struct {
		Row         int               `json:"row"`
		Method      string            `json:"method"`
		Headers     map[string]string `json:"headers"`
		Credentials string            `json:"credentials"`
	}
	var calls []made
	for i := range fetchtest.Rows {
		row := &fetchtest.Rows[i]
		if !triable(row) {
			continue
		}
		m := made{i, row.Call.Method, map[string]string{}, "omit"}
		for _, f := range row.Call.Header {
			m.Headers[f.Name] = f.Value
		}
		if row.Call.Credentials {
			m.Credentials = "include"
		}
		calls = append(calls, m)
	}
	text, _ := json.Marshal(calls) // strings and numbers
	w.Header().Set("Content-Type", "text/html")
	fmt.Fprintf(w, `<!doctype html><script>(async () => {
const results = {};
for (const c of %s) {
  try { await fetch(%q + '/row/' + c.row, c); results[c.row] = 'read'; } catch (e) { results[c.row] = 'blocked'; }
}
console.error(%q);
await fetch('/done', {method: 'POST', body: JSON.stringify(results)});
})();</script>`, text, l.api, lastLine)
}

// run opens the page and waits until its script is done. It returns what the
// script got, and the console.
func (l *corsLab) run(t *testing.T, browser string) (results map[string]string, said string) {
	t.Helper()
	profile, err := os.MkdirTemp("", "faultline-chromium")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(profile) // what is left of it, the system clears away
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	log := &consoleLog{whole: make(chan struct{})}
	cmd := exec.CommandContext(ctx, browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-extensions", "--no-proxy-server", "--user-data-dir="+profile, "--enable-logging=stderr", "--v=0", l.page+"/")
	cmd.Stderr = log
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case results = <-l.done:
	case <-ctx.Done():
	}
	select {
	case <-log.whole:
	case <-ctx.Done():
	}
	cancel()
	_ = cmd.Wait() // it was told to end
	if results == nil {
		t.Fatalf("the page was not done within a minute:\n%s", log.String())
	}
	return results, log.String()
}

// lastLine is what the page writes to the console behind all that the browser has to say.
const lastLine = "all calls were made"

// consoleLog keeps what the browser writes, and tells when the last line is there.
type consoleLog struct {
	text  bytes.Buffer
	once  sync.Once
	whole chan struct{}
}

func (c *consoleLog) String() string { return c.text.String() }

func (c *consoleLog) Write(p []byte) (int, error) {
	n, err := c.text.Write(p)
	if bytes.Contains(c.text.Bytes(), []byte(lastLine)) {
		c.once.Do(func() { close(c.whole) })
	}
	return n, err
}

// compare holds one row to what the browser did.
func (l *corsLab) compare(t *testing.T, i int, got, said string) {
	t.Helper()
	row := &fetchtest.Rows[i]
	l.mu.Lock()
	asked, sent := l.asked[i], l.sent[i]
	l.mu.Unlock()
	if asked != row.Asked {
		t.Errorf("%s: the browser asks %q, we say %q", row.Name, asked, row.Asked)
	}
	if want := row.Step != fetch.AtPreflight; sent != want {
		t.Errorf("%s: the call was sent: %v, we say %v", row.Name, sent, want)
	}
	want := "read"
	if row.Step != fetch.Done {
		want = "blocked"
	}
	if got != want {
		t.Errorf("%s: the script's call is %s, we say %s", row.Name, got, want)
	}
	if want == "blocked" {
		l.compareWords(t, i, said)
	}
}

// compareWords reads the line of the console about one row.
func (l *corsLab) compareWords(t *testing.T, i int, said string) {
	t.Helper()
	row := &fetchtest.Rows[i]
	address := fmt.Sprintf("%s/row/%d'", l.api, i)
	for line := range strings.Lines(said) {
		if !strings.Contains(line, address) || !strings.Contains(line, "CORS policy") {
			continue
		}
		m, ok := console.Read(line)
		_, wrong := row.Call.Judge(row.Preflight, row.Answer)
		fits := slices.ContainsFunc(wrong, func(w fetch.Verdict) bool { return w.Reason == m.Reason })
		oneOrigin := m.Reason == fetch.OtherOrigin && row.Reason == fetch.SeveralOrigins
		if !ok || !fits && !oneOrigin || m.Origin != l.page {
			t.Errorf("%s: the console says reason %d (%q), we say %v", row.Name, m.Reason, m.Sentence, wrong)
		}
		return
	}
	t.Errorf("%s: the console says nothing", row.Name)
}
