package cli

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// screenText is what a command has printed so far. Line waits for it to print
// something that matches.
type screenText struct {
	mu      sync.Mutex
	text    bytes.Buffer
	printed chan struct{}
}

func newScreenText() *screenText { return &screenText{printed: make(chan struct{}, 1)} }

func (s *screenText) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.printed <- struct{}{}:
	default:
	}
	return s.text.Write(p)
}

func (s *screenText) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func (s *screenText) wait(ctx context.Context, pattern string) []string {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	re := regexp.MustCompile(pattern)
	for {
		if m := re.FindStringSubmatch(s.String()); m != nil {
			return m
		}
		select {
		case <-s.printed:
		case <-ctx.Done():
			return nil
		}
	}
}

// testEnv is an environment that keeps its state in a folder of the test.
func testEnv(t *testing.T, stdout, stderr io.Writer) Env {
	t.Helper()
	vars := map[string]string{"XDG_STATE_HOME": t.TempDir(), "XDG_CACHE_HOME": t.TempDir(), "XDG_DATA_HOME": t.TempDir(), "LC_ALL": "C.UTF-8"}
	return Env{
		Stdin: strings.NewReader(""), Stdout: stdout, Stderr: stderr, Now: time.Now,
		Getenv: func(name string) string { return vars[name] },
	}
}

const thingsContract = `openapi: 3.1.0
info: {title: Things, version: 1.2.0}
paths:
  /things:
    post:
      operationId: createThing
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object, required: [name], properties: {name: {type: string}}}
      responses: {"201": {description: made}}
`

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestProxyBlocksShowsAndSumsUp(t *testing.T) {
	t.Parallel()
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusCreated) }))
	defer service.Close()
	ctx, cancel := context.WithCancel(t.Context())
	stdout, stderr := newScreenText(), newScreenText()
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, testEnv(t, stdout, stderr), "proxy", "--to", service.URL, "--listen", "127.0.0.1:0", "--mode", "block",
			"-c", writeFile(t, "things.yaml", thingsContract))
	}()
	address := stdout.wait(t.Context(), `proxy (http://\S+) → `+service.URL+`   block   things.yaml`)
	if address == nil {
		t.Fatalf("no address on stdout: %s%s", stdout, stderr)
	}
	for body, want := range map[string]int{`{"name":"x"}`: 201, `{"name":1}`: 400} {
		resp, err := http.Post(address[1]+"/things", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: got %d, want %d", body, resp.StatusCode, want)
		}
	}
	if stdout.wait(t.Context(), `client .*body\.type`) == nil {
		t.Errorf("the refused call is not shown: %s", stdout)
	}
	cancel()
	if code := <-exit; code != exitNothing {
		t.Errorf("exit code %d, want 0: %s", code, stderr)
	}
	if !strings.Contains(stderr.String(), "2 requests") {
		t.Errorf("no summary on stderr: %s", stderr)
	}
}

func TestProxyRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	busy := taken.Addr().String()
	broken := writeFile(t, "broken.yaml", "openapi: 3.1.0\ninfo: {title: x, version: \"1\"}\npaths: [\n")
	tests := []struct {
		name string
		args []string
		want []string
	}{
		{"no address", nil, []string{"needs the address of the service", "--to http://localhost:3000"}},
		{"bad address", []string{"--to", "http://"}, []string{"is not the address of a service"}},
		{"other scheme", []string{"--to", "ftp://x"}, []string{"only http and https"}},
		{"credentials", []string{"--to", "http://u:hunter2@x"}, []string{"holds credentials"}},
		{"busy port", []string{"--to", "http://localhost:1", "--listen", busy}, []string{"--listen " + busy, "another program has the port"}},
		{"no port", []string{"--to", "http://localhost:1", "--listen", "localhost"}, []string{"is not a host and a port"}},
		{"block without contract", []string{"--to", "http://localhost:1", "--mode", "block"}, []string{"nothing to block by", "--contract"}},
		{"mode", []string{"--to", "http://localhost:1", "--mode", "blok"}, []string{"`--mode block`"}},
		{"undocumented", []string{"--to", "http://localhost:1", "--undocumented", "bloc"}, []string{"`--undocumented block`"}},
		{"detail", []string{"--to", "http://localhost:1", "--problem-detail", "all"}, []string{"full, safe, minimal"}},
		{"size", []string{"--to", "http://localhost:1", "--body-limit", "lots"}, []string{"`--body-limit lots` is not a size"}},
		{"no time", []string{"--to", "http://localhost:1", "--grace", "0s"}, []string{"`--grace 0s`"}},
		{"bad time", []string{"--to", "http://localhost:1", "--grace", "soon"}, []string{"is not a duration"}},
		{"pages", []string{"--to", "http://localhost:1", "--pages", "x"}, []string{"is not a path"}},
		{"broken contract", []string{"--to", "http://localhost:1", "-c", broken}, []string{"broken.yaml"}},
		{"no contract", []string{"--to", "http://localhost:1", "-c", "nowhere.yaml"}, []string{"nowhere.yaml: no such file"}},
		{"argument", []string{"http://localhost:1"}, []string{"takes no argument"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			// One that is taken after all would serve until its context ends.
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			code := run(ctx, testEnv(t, &stdout, &stderr), append([]string{"proxy"}, tt.args...)...)
			if code != exitCannot || stdout.Len() > 0 {
				t.Errorf("exit code %d, stdout %q, want 2 and nothing", code, &stdout)
			}
			for _, want := range tt.want {
				if !strings.Contains(stderr.String(), want) {
					t.Errorf("stderr = %q, want %q in it", &stderr, want)
				}
			}
			if strings.Contains(stderr.String(), "hunter2") {
				t.Errorf("a password is shown: %s", &stderr)
			}
		})
	}
}

func TestProxyDoesNotServeItself(t *testing.T) {
	t.Parallel()
	tests := []struct {
		to, listen string
		want       bool
	}{
		{"http://localhost:8080", "127.0.0.1:8080", true},
		{"http://127.0.0.1:8080", "0.0.0.0:8080", true},
		{"http://localhost:3000", "127.0.0.1:8080", false},
		{"http://10.1.2.3:8080", "127.0.0.1:8080", false},
		{"https://localhost:8080", "127.0.0.1:8080", false},
	}
	for _, tt := range tests {
		to, err := serviceAddress(tt.to)
		if err != nil {
			t.Fatal(err)
		}
		addr, err := net.ResolveTCPAddr("tcp", tt.listen)
		if err != nil {
			t.Fatal(err)
		}
		if got := pointsAt(to, addr); got != tt.want {
			t.Errorf("--to %s --listen %s: got %t, want %t", tt.to, tt.listen, got, tt.want)
		}
	}
}

func TestServiceAddressMayBeShort(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"localhost:3000": "http://localhost:3000", ":3000": "http://localhost:3000",
		"https://api.example.com/v1": "https://api.example.com/v1", "api.example.com": "http://api.example.com",
	} {
		u, err := serviceAddress(text)
		if err != nil || u.String() != want {
			t.Errorf("%s: got %v, %v, want %s", text, u, err, want)
		}
	}
}

func TestByteSize(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{"4096": 4096, "64KiB": 64 << 10, "1MiB": 1 << 20, "2 MB": 2e6, "1g": 1 << 30, "10b": 10} {
		if got, err := byteSize("--body-limit", text); err != nil || got != want {
			t.Errorf("%s: got %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-1", "0", "MiB", "1.5MiB", "99999999999GiB", "1TiBx"} {
		if got, err := byteSize("--body-limit", text); err == nil {
			t.Errorf("%q: got %d, want an error", text, got)
		}
	}
}
