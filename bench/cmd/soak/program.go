package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// program is the proxy as it is run by users, with its own address for
// questions.
type program struct {
	addr, admin string
	cmd         *exec.Cmd
	ended       chan error
	said        said
	dir         string
	idle        sample // before there was any load
	samples     []sample
	reloads     int
	race        bool
}

// said is what the program has printed.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.text.Len() > 1<<20 {
		s.text.Reset() // failed calls are shown line by line: the last of them will do
	}
	return s.text.Write(b)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

const contract = `openapi: 3.1.0
info: {title: Soak, version: "1"}
paths:
  /soak/orders:
    post:
      operationId: createOrder
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [client, turn, quantity]
              properties: {client: {type: integer}, turn: {type: integer}, quantity: {type: integer, minimum: 1}, note: {type: string}}
      responses:
        '201':
          description: made
          content:
            application/json:
              schema: {type: object, required: [client, turn], properties: {client: {type: integer}, turn: {type: integer}}}
`

const configuration = `listen: %s
admin: %s
services:
  - to: http://%s
    contracts: contract.yaml
    mode: block
    undocumented: pass
`

func startProgram(s settings, server string) (*program, error) {
	dir, err := os.MkdirTemp("", "soak")
	if err != nil {
		return nil, err
	}
	p := &program{dir: dir, ended: make(chan error, 1), race: s.race}
	if s.binary == "" {
		s.binary = filepath.Join(dir, "faultline")
		args := []string{"build", "-o", s.binary}
		if s.race {
			args = append(args, "-race")
		}
		build := exec.Command("go", append(args, "./cmd/faultline")...)
		build.Dir = ".." // the command runs in bench/
		if out, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("building the program: %w\n%s", err, out)
		}
	}
	if p.addr, err = freeAddr(); err != nil {
		return nil, err
	}
	if p.admin, err = freeAddr(); err != nil {
		return nil, err
	}
	files := map[string]string{"contract.yaml": contract, "faultline.yaml": fmt.Sprintf(configuration, p.addr, p.admin, server)}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	p.cmd = exec.Command(s.binary, "proxy", "--config", filepath.Join(dir, "faultline.yaml"))
	p.cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+dir, "XDG_STATE_HOME="+dir, "GORACE=halt_on_error=1")
	p.cmd.Stdout, p.cmd.Stderr = &p.said, &p.said
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { p.ended <- p.cmd.Wait() }()
	return p, p.ready()
}

func freeAddr() (string, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer ln.Close()
	return ln.Addr().String(), nil
}

// ready waits until both addresses take connections.
func (p *program) ready() error {
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		select {
		case err := <-p.ended:
			p.ended <- err
			return fmt.Errorf("the program ended: %w\n%s", err, p.said.String())
		default:
		}
		if reachable(p.addr) && reachable(p.admin) {
			var err error
			p.idle, err = p.sample()
			return err
		}
	}
	return fmt.Errorf("the program does not listen: %s", p.said.String())
}

func reachable(addr string) bool {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return false
	}
	return c.Close() == nil
}

func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	_ = os.RemoveAll(p.dir)
}

// watch takes samples and has the configuration read anew until the time is over.
func (p *program) watch(ctx context.Context, l *load, every time.Duration) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	begun, last := time.Now(), time.Now()
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return
		case err := <-p.ended:
			p.ended <- err
			l.mistake(errors.New("the program ended in the middle"))
			return
		case <-tick.C:
		}
		s, err := p.sample()
		if err != nil {
			l.mistake(err)
			continue
		}
		p.samples = append(p.samples, s)
		if n%15 == 0 {
			fmt.Printf("%4.0f s: %d calls, %s\n", time.Since(begun).Seconds(), l.certain(), s)
		}
		if every > 0 && time.Since(last) >= every {
			last = time.Now()
			p.reloads++
			if err := p.cmd.Process.Signal(syscall.SIGHUP); err != nil {
				l.mistake(err)
			}
		}
	}
}
