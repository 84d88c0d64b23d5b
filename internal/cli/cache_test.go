package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestContractIsCompiledOnce(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "api.yaml")
	text := "openapi: 3.1.0\ninfo: {title: Orders, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: ok}}}}}\n# " +
		strings.Repeat("-", 128<<10) + "\n"
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	const told = "compiled earlier"
	var stdout, stderr bytes.Buffer
	env := testEnv(t, &stdout, &stderr)
	for i, warm := range []bool{false, true} {
		stderr.Reset()
		if code := run(t.Context(), env, "contract", "routes", "-v", name); code != exitNothing {
			t.Fatalf("run %d: exit code %d: %s", i, code, stderr.String())
		}
		if got := strings.Contains(stderr.String(), told); got != warm {
			t.Errorf("run %d: out of the cache: %v\n%s", i, got, stderr.String())
		}
	}
	off := env
	off.Getenv = func(name string) string {
		if name == "FAULTLINE_CACHE" {
			return "off"
		}
		return env.Getenv(name)
	}
	stderr.Reset()
	if run(t.Context(), off, "contract", "routes", "-v", name); strings.Contains(stderr.String(), told) {
		t.Error("FAULTLINE_CACHE=off does not turn the cache off")
	}
}
