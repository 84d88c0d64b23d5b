package cli

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// TestExamplesRun checks every example, and runs those that need no certificates.
func TestExamplesRun(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "examples", "*.yaml"))
	if err != nil || len(files) < 5 {
		t.Fatalf("examples: %v %v, want at least 5", files, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".openapi.yaml") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			stderr := newScreenText()
			if code := run(t.Context(), testEnv(t, io.Discard, stderr), "config", "check", file); code != exitNothing {
				t.Fatalf("config check = %d: %s", code, stderr)
			}
			if filepath.Base(file) == "tls.yaml" {
				return
			}
			ctx, stop := context.WithCancel(t.Context())
			stdout, exit := newScreenText(), make(chan int, 1)
			go func() {
				exit <- run(ctx, testEnv(t, stdout, stderr), "proxy", "--config", file, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--data", t.TempDir())
			}()
			m := stdout.wait(t.Context(), `admin (http://\S+)`)
			if m == nil {
				t.Fatalf("no address: %s%s", stdout, stderr)
			}
			if status, body := ask(t, "GET", m[1]+"/readyz", ""); status != 200 {
				t.Errorf("/readyz = %d %s, want 200", status, body)
			}
			stop()
			if code := <-exit; code != exitNothing {
				t.Errorf("exit code %d, want 0: %s", code, stderr)
			}
		})
	}
}
