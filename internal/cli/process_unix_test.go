//go:build unix

package cli_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// lines hands out what a process prints.
func lines(r io.Reader) <-chan string {
	out := make(chan string, 100)
	go func() {
		defer close(out)
		for s := bufio.NewScanner(r); s.Scan(); {
			out <- s.Text()
		}
	}()
	return out
}

// await returns the first line that matches.
func await(t *testing.T, from <-chan string, pattern string) []string {
	t.Helper()
	re, late := regexp.MustCompile(pattern), time.After(30*time.Second)
	for {
		select {
		case line, ok := <-from:
			if !ok {
				t.Fatalf("the process ended before it printed %s", pattern)
			}
			if m := re.FindStringSubmatch(line); m != nil {
				return m
			}
		case <-late:
			t.Fatalf("the process did not print %s", pattern)
		}
	}
}

// TestHangupReloads runs the program as a service manager does: it is told when
// it is ready, reloads at SIGHUP and ends in order at SIGTERM.
func TestHangupReloads(t *testing.T) {
	t.Parallel()
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Header.Get("X-Team")) }))
	defer service.Close()
	dir := t.TempDir()
	manager, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(dir, "n"), Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer manager.Close()
	told := func(want string) {
		t.Helper()
		_ = manager.SetReadDeadline(time.Now().Add(30 * time.Second))
		var b [256]byte
		n, err := manager.Read(b[:])
		if got, _, _ := strings.Cut(string(b[:n]), "\n"); err != nil || got != want {
			t.Fatalf("the service manager was told %q (%v), want %q", got, err, want)
		}
	}
	file := filepath.Join(dir, "faultline.yaml")
	write := func(team string) {
		t.Helper()
		text := fmt.Sprintf("listen: 127.0.0.1:0\nservices:\n  - to: %s\n    request_headers: {set: {X-Team: %s}}\n", service.URL, team)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a")
	// The test binary is the program if it is called by its name.
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "faultline")
	if err := os.Symlink(self, program); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "proxy", "--config", file)
	cmd.Env = append(os.Environ(), "NOTIFY_SOCKET="+filepath.Join(dir, "n"), "XDG_CACHE_HOME="+dir, "XDG_STATE_HOME="+dir, "LC_ALL=C.UTF-8")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	notes := lines(stderr)
	url := await(t, lines(stdout), `proxy (http://\S+) `)[1]
	told("READY=1")
	team := func(want string) {
		t.Helper()
		res, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if got, _ := io.ReadAll(res.Body); string(got) != want {
			t.Errorf("the service saw the team %q, want %q", got, want)
		}
	}
	hangUp := func() {
		t.Helper()
		if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		told("RELOADING=1")
		told("READY=1")
	}
	team("a")
	write("b")
	hangUp()
	await(t, notes, "the new configuration holds")
	team("b")
	write("[]")
	hangUp()
	await(t, notes, "the configuration stays as it was")
	await(t, notes, `^error: .*a list`)
	await(t, notes, `\^`)
	team("b")
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	told("STOPPING=1")
	for range notes { // until the process has ended
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("the process ended with %v, want 0", err)
	}
}
