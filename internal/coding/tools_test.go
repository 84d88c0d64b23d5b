package coding

import (
	"bytes"
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatToolsCompressIsRead reads what Node.js and the zstd program write at
// their settings, the largest windows among them.
func TestWhatToolsCompressIsRead(t *testing.T) {
	t.Parallel()
	want := text(300_000)
	file := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(file, want, 0o600); err != nil {
		t.Fatal(err)
	}
	check := func(name, header string, raw []byte) {
		t.Helper()
		got, err := decoded(header, raw, 1<<20)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: got %d bytes, %v", name, len(got), err)
		}
	}
	node := need(t, "node", "apt-get install -y nodejs")
	out, err := exec.CommandContext(t.Context(), node, "-e", `
const z = require("zlib"), data = require("fs").readFileSync(process.argv[1]), c = z.constants
const all = {gzip: z.gzipSync(data), deflate: z.deflateSync(data, {level: 9}), raw: z.deflateRawSync(data), br: z.brotliCompressSync(data),
  "br-24": z.brotliCompressSync(data, {params: {[c.BROTLI_PARAM_LGWIN]: 24, [c.BROTLI_PARAM_QUALITY]: 5}})}
for (const name in all) console.log(name + " " + all[name].toString("base64"))`, file).Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		name, data, _ := strings.Cut(strings.TrimSpace(line), " ")
		raw, err := base64.StdEncoding.DecodeString(data)
		if err != nil {
			t.Fatal(err)
		}
		header, _, _ := strings.Cut(strings.Replace(name, "raw", "deflate", 1), "-")
		check("node "+name, header, raw)
	}
	program := need(t, "zstd", "apt-get install -y zstd")
	for _, level := range []string{"-1", "-19", "--fast"} {
		raw, err := exec.CommandContext(t.Context(), program, "-c", level, file).Output()
		if err != nil {
			t.Fatal(err)
		}
		check("zstd "+level, "zstd", raw)
	}
}

// need finds a program, or skips the test and says how to get it.
func need(t *testing.T, name, how string) string {
	t.Helper()
	program, err := exec.LookPath(name)
	if err == nil {
		return program
	}
	if os.Getenv("FAULTLINE_REQUIRE_SERVICES") != "" {
		t.Fatalf("no %s: %s", name, how)
	}
	t.Skipf("no %s: %s", name, how)
	return ""
}
