package torture

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// An upstream is a parser of HTTP/1.1 that is not ours, and what it understood.
type upstream struct {
	name string
	addr string
	seen *recorder
}

// upstreams are those that are installed; where all are required, a missing
// one fails the test.
func upstreams(t *testing.T) []upstream {
	t.Helper()
	seen, addr := newRecorder(t)
	out := []upstream{{"go", addr, seen}}
	for _, u := range []struct {
		name, program, install string
		start                  func(t *testing.T, program string) (string, *recorder)
	}{
		{"nginx", "nginx", "RUNLEVEL=1 apt-get install -y nginx-light", nginxServer},
		{"apache", "apache2", "RUNLEVEL=1 apt-get install -y apache2", apacheServer},
		{"haproxy", "haproxy", "RUNLEVEL=1 apt-get install -y haproxy", haproxyServer},
		{"node", "node", "install Node.js 20 or newer", nodeServer},
	} {
		path, err := exec.LookPath(u.program)
		if err != nil {
			path, err = exec.LookPath("/usr/sbin/" + u.program)
		}
		if err == nil {
			addr, seen := u.start(t, path)
			out = append(out, upstream{u.name, addr, seen})
			continue
		}
		if os.Getenv("FAULTLINE_REQUIRE_SERVICES") == "1" {
			t.Fatalf("%s is not installed: %s", u.program, u.install)
		}
		t.Logf("without %s, which is not installed: %s", u.program, u.install)
	}
	return out
}

const nginxConf = `
worker_processes 1;
daemon off;
master_process off;
pid %[1]s/nginx.pid;
error_log %[1]s/error.log;
events { worker_connections 256; }
http {
  access_log off;
  merge_slashes off;
  client_body_temp_path %[1]s/body; proxy_temp_path %[1]s/proxy; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;
  upstream recorder { server %[3]s; keepalive 8; }
  server {
    listen %[2]s;
    location / { proxy_pass http://recorder; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`

func nginxServer(t *testing.T, program string) (string, *recorder) {
	dir, addr := t.TempDir(), freeAddr(t)
	seen, behind := newRecorder(t)
	conf := filepath.Join(dir, "nginx.conf")
	write(t, conf, fmt.Sprintf(nginxConf, dir, addr, behind))
	run(t, addr, exec.Command(program, "-p", dir, "-c", conf, "-e", filepath.Join(dir, "error.log")))
	return addr, seen
}

const apacheConf = `
ServerRoot %[1]s
ServerName front.example
PidFile %[1]s/apache.pid
Mutex pthread
ErrorLog %[1]s/error.log
Listen %[2]s
%[4]s
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
StartServers 1
KeepAlive On
MaxKeepAliveRequests 0
KeepAliveTimeout 60
MergeSlashes Off
AllowEncodedSlashes NoDecode
ProxyPass / http://%[3]s/ nocanon
`

func apacheServer(t *testing.T, program string) (string, *recorder) {
	dir, addr := t.TempDir(), freeAddr(t)
	seen, behind := newRecorder(t)
	user := ""
	if os.Getuid() == 0 {
		user = "User www-data\nGroup www-data" // refuses to serve as root
	}
	conf := filepath.Join(dir, "apache.conf")
	write(t, conf, fmt.Sprintf(apacheConf, dir, addr, behind, user))
	run(t, addr, exec.Command(program, "-X", "-f", conf))
	return addr, seen
}

const haproxyConf = `
global
  maxconn 256
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend in
  bind %[1]s
  default_backend recorder
backend recorder
  server one %[2]s
`

func haproxyServer(t *testing.T, program string) (string, *recorder) {
	dir, addr := t.TempDir(), freeAddr(t)
	seen, behind := newRecorder(t)
	conf := filepath.Join(dir, "haproxy.cfg")
	write(t, conf, fmt.Sprintf(haproxyConf, addr, behind))
	run(t, addr, exec.Command(program, "-db", "-f", conf))
	return addr, seen
}

// nodeServer starts testdata/recorder.mjs, which says each request on a line
// before it answers.
func nodeServer(t *testing.T, program string) (string, *recorder) {
	seen := &recorder{}
	cmd := exec.Command(program, filepath.Join("testdata", "recorder.mjs"))
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
	lines := bufio.NewReader(out)
	addr, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("the Node server says no address: %v", err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			seen.add(strings.TrimSuffix(line, "\n"))
			// Only now may it answer: whoever has the answer finds the request recorded.
			_, _ = io.WriteString(in, "\n")
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-done
		_ = cmd.Wait()
	})
	return strings.TrimSpace(addr), seen
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// freeAddr is an address that nobody listens at.
func freeAddr(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	return ln.Addr().String()
}

// run starts the program and waits until it takes connections.
func run(t *testing.T, addr string, cmd *exec.Cmd) {
	t.Helper()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
	})
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); {
		if c, err := net.Dial("tcp", addr); err == nil {
			_ = c.Close()
			return
		}
		select {
		case <-ended:
			t.Fatalf("%s ended: %s", cmd.Path, said.String())
		case <-time.After(5 * time.Millisecond):
		}
	}
	t.Fatalf("%s does not listen at %s", cmd.Path, addr)
}
