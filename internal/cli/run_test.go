package cli

import (
	"bytes"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// runServer is one of https whose certificate the environment trusts.
func runServer(t *testing.T) (url, roots string) {
	t.Helper()
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/ok" {
			_, _ = io.WriteString(w, `{"fine":true}`)
			return
		}
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"error":"customer_id is required"}`)
	}))
	t.Cleanup(s.Close)
	roots = filepath.Join(t.TempDir(), "roots.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(roots, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return s.URL, roots
}

// ran runs `faultline run` in this process; the command gets what the test has.
func ran(t *testing.T, env Env, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs sharedBuffer
	env.Stdout, env.Stderr = &out, &errs
	code = run(t.Context(), env, append([]string{"run"}, args...)...)
	return code, out.String(), errs.String()
}

// sharedBuffer is written to by the command and by us, as a terminal is.
type sharedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *sharedBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *sharedBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// runClients are programs that call an address over TLS.
var runClients = map[string][]string{
	"curl":    {"curl", "-sS", "--max-time", "30", "URL"},
	"node":    {"node", "-e", "fetch('URL').then(async r => process.stdout.write(await r.text()))"},
	"python3": {"python3", "-c", "import urllib.request, urllib.error\ntry:\n  print(urllib.request.urlopen('URL').read().decode())\nexcept urllib.error.HTTPError as e:\n  print(e.read().decode())"},
}

func commandOf(name, url string) []string {
	var out []string
	for _, arg := range runClients[name] {
		out = append(out, strings.ReplaceAll(arg, "URL", url))
	}
	return out
}

func needClient(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err == nil {
		return
	}
	if os.Getenv("FAULTLINE_REQUIRE_SERVICES") == "1" {
		t.Fatalf("%s is not installed", name)
	}
	t.Skipf("%s is not installed", name)
}

func TestRunExplainsCallsOverTLS(t *testing.T) {
	url, roots := runServer(t)
	t.Setenv("SSL_CERT_FILE", roots) // of the command and of those who reach the server for it
	for name := range runClients {
		t.Run(name, func(t *testing.T) {
			needClient(t, name)
			env := testEnv(t, nil, nil)
			code, stdout, stderr := ran(t, env, append([]string{"--"}, commandOf(name, url+"/v1/orders")...)...)
			if code != 0 || !strings.Contains(stdout, `{"error":"customer_id is required"}`) {
				t.Errorf("exit code %d, stdout %q; want what the command had from the server", code, stdout)
			}
			for _, want := range []string{"✗ 400  GET /v1/orders  ", "customer_id", "1 request in ", "faultline explain ID"} {
				if !strings.Contains(stderr, want) {
					t.Errorf("stderr has no %q:\n%s", want, stderr)
				}
			}
			if strings.Contains(stdout, "✗") {
				t.Errorf("stdout is the command's alone: %s", stdout)
			}
			id := regexp.MustCompile(`✗ 400  GET /v1/orders  (\w+)`).FindStringSubmatch(stderr)
			if id == nil {
				t.Fatal("no id is shown")
			}
			var explained bytes.Buffer
			env.Stdout, env.Stderr = &explained, io.Discard
			if code := run(t.Context(), env, "explain", id[1]); code != exitFound || !strings.Contains(explained.String(), "customer_id") {
				t.Errorf("explain %s: exit code %d\n%s", id[1], code, &explained)
			}
		})
	}
}

func TestRunEndsWithOneIfWanted(t *testing.T) {
	needClient(t, "curl")
	url, roots := runServer(t)
	t.Setenv("SSL_CERT_FILE", roots)
	for failOn, want := range map[string]int{"any": 1, "client": 1, "server": 0, "none": 0} {
		code, _, stderr := ran(t, testEnv(t, nil, nil), append([]string{"--fail-on", failOn, "--"}, commandOf("curl", url+"/v1")...)...)
		if code != want {
			t.Errorf("--fail-on %s: exit code %d, want %d\n%s", failOn, code, want, stderr)
		}
	}
}

func TestRunSaysWhatItDidNotSee(t *testing.T) {
	needClient(t, "curl")
	url, roots := runServer(t)
	t.Setenv("SSL_CERT_FILE", roots)
	own := []string{"--cacert", roots} // a client that knows the server's authority alone
	tests := []struct {
		name  string
		flags []string
		own   bool
		code  int
		want  []string
	}{
		{"all is well", nil, false, 0, []string{"faultline: 1 call, none failed"}},
		{"the client refuses", nil, true, 60, []string{"warning: 127.0.0.1: the client refused faultline's certificate: it does not know the authority", "faultline run --exclude 127.0.0.1 -- curl", "faultline ca print"}},
		{"the host is excluded", []string{"--exclude", "127.0.0.1"}, true, 0, []string{"faultline: 127.0.0.1 was tunnelled, not looked into (it is excluded): 1 connection, "}},
		{"another host is meant", []string{"--only-host", "api.example.com"}, true, 0, []string{"(it is not among --only-host): 1 connection"}},
		{"nothing is intercepted", []string{"--no-intercept"}, true, 0, []string{"(nothing is intercepted): 1 connection"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			args := append(append(tt.flags, "--"), commandOf("curl", url+"/ok")...)
			if tt.own {
				args = append(args, own...)
			}
			code, _, stderr := ran(t, testEnv(t, nil, nil), args...)
			if code != tt.code {
				t.Errorf("exit code %d, want %d", code, tt.code)
			}
			for _, want := range tt.want {
				if !strings.Contains(stderr, want) {
					t.Errorf("stderr has no %q:\n%s", want, stderr)
				}
			}
		})
	}
}

func TestRunTakesARepeatInALine(t *testing.T) {
	needClient(t, "curl")
	url, roots := runServer(t)
	t.Setenv("SSL_CERT_FILE", roots)
	_, _, stderr := ran(t, testEnv(t, nil, nil), "--", "curl", "-sS", url+"/v1", url+"/v1", url+"/v1")
	if n := strings.Count(stderr, "error["); n != 1 {
		t.Errorf("%d explanations in full, want one:\n%s", n, stderr)
	}
	if !strings.Contains(stderr, ", the 2nd of its kind\n") || !strings.Contains(stderr, ", the 3rd of its kind\n") {
		t.Errorf("the repeats are not told:\n%s", stderr)
	}
}

func TestOrdinals(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 112: "112th"} {
		if got := ordinal(n); got != want {
			t.Errorf("ordinal(%d) = %s, want %s", n, got, want)
		}
	}
}
