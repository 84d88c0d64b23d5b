package torture

import (
	"bytes"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"testing"
	"time"
)

// program is `faultline proxy` as users run it.
type program struct {
	addr string
	said *said
	cmd  *exec.Cmd
}

// runProgram builds the program and starts it by the shell command, in which
// $FAULTLINE stands for it.
func runProgram(t *testing.T, shell string) *program {
	t.Helper()
	dir := t.TempDir()
	binary := filepath.Join(dir, "faultline")
	if out, err := exec.Command("go", "build", "-o", binary, "../../cmd/faultline").CombinedOutput(); err != nil {
		t.Fatalf("building the program: %v\n%s", err, out)
	}
	p := &program{cmd: exec.Command("sh", "-c", shell), said: &said{more: make(chan struct{}, 1)}}
	p.cmd.Env = append(p.cmd.Environ(), "FAULTLINE="+binary, "XDG_CACHE_HOME="+dir, "XDG_STATE_HOME="+dir, "NO_COLOR=1")
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.said
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	})
	p.addr = p.said.wait(t, `http://(127\.0\.0\.1:\d+) `)
	return p
}

// said is what the program has printed so far.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

var _ io.Writer = (*said)(nil)

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.more <- struct{}{}:
	default:
	}
	return s.text.Write(b)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// wait waits until the program says something that matches, and returns the
// first group.
func (s *said) wait(t *testing.T, pattern string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	for {
		if m := re.FindStringSubmatch(s.String()); m != nil {
			return m[len(m)-1]
		}
		select {
		case <-s.more:
		case <-time.After(20 * time.Second):
			t.Fatalf("nothing like %q was said: %s", pattern, s)
		}
	}
}
