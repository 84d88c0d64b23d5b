package proxy

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/listen"
	"github.com/faultline-http/faultline/internal/testcert"
)

// TestCurlSpeaksHTTP2 has the client that most people try first.
func TestCurlSpeaksHTTP2(t *testing.T) {
	t.Parallel()
	curl := need(t, "curl", "apt-get install -y curl")
	ca := testcert.New(t, "Front CA")
	cert, key := ca.Save("front", ca.Valid("127.0.0.1"))
	services := []Service{serving(t, "http", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = fmt.Fprintf(w, "%s %s", r.Method, body)
	}))}
	plain, _ := served(t, Options{Services: services}, listen.Spec{})
	secure, _ := served(t, Options{Services: services}, listen.Spec{TLS: &listen.TLS{Pairs: []listen.Pair{{Cert: cert, Key: key}}}})
	for _, tt := range []struct {
		name, want string
		args       []string
	}{
		{"by TLS", "POST hello 2", []string{"--http2", "--cacert", ca.File(), "https://" + secure + "/x"}},
		{"HTTP/1.1 by TLS", "POST hello 1.1", []string{"--http1.1", "--cacert", ca.File(), "https://" + secure + "/x"}},
		{"prior knowledge", "POST hello 2", []string{"--http2-prior-knowledge", "http://" + plain + "/x"}},
		{"offer of an upgrade", "POST hello 1.1", []string{"--http2", "http://" + plain + "/x"}},
	} {
		out, err := exec.Command(curl, append([]string{"-sS", "-w", " %{http_version}", "-d", "hello"}, tt.args...)...).CombinedOutput()
		if err != nil || string(out) != tt.want {
			t.Errorf("%s: %q, %v, want %q", tt.name, out, err, tt.want)
		}
	}
}

// TestNginxIsReachedByHTTP2: with TLS and without, by clients of both versions.
func TestNginxIsReachedByHTTP2(t *testing.T) {
	t.Parallel()
	nginx := need(t, "nginx", "RUNLEVEL=1 apt-get install -y nginx-light")
	ca := testcert.New(t, "Server CA")
	cert, key := ca.Save("server", ca.Valid("127.0.0.1"))
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	big := strings.Repeat(`{"name": "value"}`+"\n", 9000)
	if err := os.WriteFile(filepath.Join(dir, "big.json"), []byte(big), 0o644); err != nil {
		t.Fatal(err)
	}
	secure, plain := freeAddr(t), freeAddr(t)
	conf := fmt.Sprintf(`daemon off; master_process off; pid %[1]s/pid; error_log stderr crit;
events { worker_connections 64; }
http {
  access_log off; default_type application/json;
  client_body_temp_path %[1]s/b; proxy_temp_path %[1]s/p; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;
  server {
    listen %[2]s ssl http2; listen %[3]s http2; ssl_certificate %[4]s; ssl_certificate_key %[5]s; root %[1]s;
    location = /version { return 200 "$server_protocol $request_uri"; }
  }
}`, dir, secure, plain, cert, key)
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(conf), 0o600); err != nil {
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
		c, err := net.Dial("tcp", plain)
		if err == nil {
			_ = c.Close()
			break
		}
		if t.Context().Err() != nil {
			t.Fatal("nginx did not start")
		}
	}
	trust := &tls.Config{RootCAs: ca.Pool()}
	for _, s := range []Service{{To: parsed(t, "h2://"+secure), TLS: trust}, {To: parsed(t, "h2c://"+plain)}} {
		for _, f := range fronts(t, Options{Services: []Service{s}}) {
			for path, want := range map[string]string{"/version": "HTTP/2.0 /version", "/big.json": big} {
				res, err := f.client.Get(f.base + path)
				if err != nil {
					t.Fatalf("%s to %s: %v", f.name, s.To, err)
				}
				body, err := io.ReadAll(res.Body)
				_ = res.Body.Close()
				if err != nil || string(body) != want || res.StatusCode != 200 {
					t.Errorf("%s to %s%s: %s, %d bytes, %v", f.name, s.To, path, res.Status, len(body), err)
				}
			}
		}
	}
}

// freeAddr is an address that nobody listens on; it stays free for the moment
// until the program opens it.
func freeAddr(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	return ln.Addr().String()
}
