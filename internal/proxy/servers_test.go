package proxy

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
	"strings"
	"testing"
)

// need skips a test whose program is not installed, or fails it where all of
// them are required.
func need(t *testing.T, program, install string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err == nil {
		return path
	}
	if os.Getenv("FAULTLINE_REQUIRE_SERVICES") == "1" {
		t.Fatalf("%s is not installed: %s", program, install)
	}
	t.Skipf("%s is not installed: %s", program, install)
	return ""
}

// goServer is the Go counterpart of testdata/server.mjs.
func goServer(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		switch r.URL.Path {
		case "/json":
			h.Set("Content-Type", "application/json")
			h["X-CaSe"] = []string{"Kept"}
			h["x-twice"] = []string{"1", "2"}
			_, _ = io.WriteString(w, "{\"a\": 1,\n \"b\": \"é\"}")
		case "/empty":
			w.WriteHeader(http.StatusNoContent)
		case "/etag":
			h.Set("ETag", `"v1"`)
			w.WriteHeader(http.StatusNotModified)
		case "/trailers":
			h.Set("Trailer", "X-Sum")
			_, _ = io.WriteString(w, "one")
			_ = http.NewResponseController(w).Flush()
			_, _ = io.WriteString(w, "two")
			h.Set("X-Sum", "42")
		default:
			body, _ := io.ReadAll(r.Body)
			h.Set("Content-Type", r.Header.Get("Content-Type"))
			w.WriteHeader(http.StatusCreated)
			_, _ = w.Write(body)
		}
	}))
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

func nodeServer(t *testing.T) string {
	t.Helper()
	node := need(t, "node", "install Node.js 20 or newer")
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, node, filepath.Join("testdata", "server.mjs"))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		cancel()
		_ = cmd.Wait()
	})
	port, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the Node server said no port: %v", err)
	}
	return "127.0.0.1:" + strings.TrimSpace(port)
}

// nginxServer serves files, with gzip, from a temporary folder.
func nginxServer(t *testing.T) string {
	t.Helper()
	nginx := need(t, "nginx", "RUNLEVEL=1 apt-get install -y nginx-light")
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	big := strings.Repeat(`{"name": "value", "list": [1, 2, 3]},`+"\n", 2000)
	if err := os.WriteFile(filepath.Join(dir, "json"), []byte(big), 0o644); err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := ln.Addr().String()
	_ = ln.Close() // nginx opens its own; the port stays free for the moment that takes
	conf := fmt.Sprintf(`daemon off; master_process off; pid %[1]s/pid; error_log stderr crit;
events { worker_connections 64; }
http {
  access_log off; default_type application/json; gzip on; gzip_types application/json; gzip_min_length 100;
  client_body_temp_path %[1]s/b; proxy_temp_path %[1]s/p; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;
  server { listen %[2]s; root %[1]s; location = /empty { return 204; } location = /old { return 301 /json; } }
}`, dir, addr)
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(nginx, "-c", file, "-p", dir)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for {
		// nginx does not say when it listens; a refused connection returns at once.
		c, err := net.Dial("tcp", addr)
		if err == nil {
			_ = c.Close()
			return addr
		}
		if t.Context().Err() != nil || cmd.ProcessState != nil {
			t.Fatal("nginx did not start")
		}
	}
}
