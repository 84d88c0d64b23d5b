package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

func build(dir string) (string, error) {
	binary := filepath.Join(dir, "faultline")
	cmd := exec.Command("go", "build", "-trimpath", "-o", binary, "./cmd/faultline")
	cmd.Dir = ".." // the command runs in bench/
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return binary, nil
}

// program is the proxy as it is run by users.
type program struct {
	addr  string
	cmd   *exec.Cmd
	dir   string
	start time.Time
}

// proxyTo starts the program in front of the server, with further flags.
func proxyTo(s settings, server, dir string, flags ...string) (*program, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &program{addr: ln.Addr().String(), dir: dir}
	_ = ln.Close()
	p.cmd = exec.Command(s.binary, append([]string{"proxy", "--to", "http://" + server, "--listen", p.addr, "--quiet"}, flags...)...)
	p.cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+dir, "XDG_STATE_HOME="+dir)
	p.cmd.Stderr = os.Stderr
	p.start = time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for time.Since(p.start) < 30*time.Second {
		if c, err := net.Dial("tcp", p.addr); err == nil {
			return p, c.Close()
		}
		time.Sleep(time.Millisecond)
	}
	return nil, fmt.Errorf("the program does not listen at %s", p.addr)
}

func (p *program) stop() {
	p.cmd.Stderr = nil
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait() // how it ends is not what is measured
}

// memory reads lines such as "VmRSS: 1234 kB" and returns mebibytes.
func (p *program) memory(line string) float64 {
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid), "status"))
	if err != nil {
		return 0
	}
	m := regexp.MustCompile(`(?m)^` + line + `:\s+(\d+)`).FindSubmatch(status)
	if m == nil {
		return 0
	}
	kb, _ := strconv.ParseFloat(string(m[1]), 64) // digits
	return kb / 1024
}

// cpu is the time that the program has spent so far.
func (p *program) cpu() time.Duration {
	var user, system int64
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid), "stat"))
	if err != nil {
		return 0
	}
	if m := regexp.MustCompile(`\) \S(?: \S+){10} (\d+) (\d+)`).FindSubmatch(stat); m != nil {
		user, _ = strconv.ParseInt(string(m[1]), 10, 64)
		system, _ = strconv.ParseInt(string(m[2]), 10, 64)
	}
	const tick = 10 * time.Millisecond // USER_HZ is 100 on every Linux in use
	return time.Duration(user+system) * tick
}

// small answers every request with a few bytes, after its body.
func small() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		drain(r.Body)
		_, _ = w.Write([]byte(`{"ok": true}`))
	}))
}
