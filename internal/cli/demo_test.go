package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline/internal/demo"
)

// quickDemo is the demo without the pauses that are for people.
func quickDemo(t *testing.T, env Env) {
	t.Helper()
	a := newApp(env, []string{"demo"})
	if err := a.root.ParseFlags(nil); err != nil {
		t.Fatal(err)
	}
	if err := a.demo(t.Context(), demo.Options{Once: true, Seed: 1, Every: time.Millisecond, Patience: 150 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
}

func TestDemoShowsTwelveCausesAndFiveParties(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	quickDemo(t, testEnv(t, &stdout, &stderr))
	got := stdout.String()
	for _, want := range []string{"demo API   http://127.0.0.1:", "9 operations", "4 programs", "nothing leaves this machine"} {
		if !strings.Contains(got, want) {
			t.Errorf("stdout has no %q", want)
		}
	}
	rows := regexp.MustCompile(`(?m)^\d\d:\d\d:\d\d +\S+ +(client|server|gateway|network|environ(?:ment)?) .*? ([a-z]+\.[a-z-]+)`).FindAllStringSubmatch(got, -1)
	parties, causes := map[string]bool{}, map[string]bool{}
	for _, row := range rows {
		parties[row[1]], causes[row[2]] = true, true
	}
	if len(causes) < 12 || len(parties) != 5 {
		t.Errorf("got %d causes and %d parties, want at least 12 and 5:\n%s", len(causes), len(parties), got)
	}
	if !strings.Contains(stderr.String(), "your own code, next:") {
		t.Errorf("no bridge on stderr: %s", &stderr)
	}
}

// What the demo says to try has to work, in another process and later.
func TestDemoCallsCanBeExplained(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	env := testEnv(t, &stdout, &stderr)
	quickDemo(t, env)
	hint := regexp.MustCompile(`faultline explain (\S+)`).FindStringSubmatch(stderr.String())
	if hint == nil {
		t.Fatalf("no hint on stderr: %s", &stderr)
	}
	stdout.Reset()
	if code := run(t.Context(), env, "explain", hint[1]); code != exitFound {
		t.Errorf("explain %s: exit code %d, want 1: %s", hint[1], code, &stderr)
	}
	for _, want := range []string{"error[body.unknown-field]", "did you mean `customer_id`?", "curl ", `"customer_id": "cus_42"`, "orders.yaml:"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("explain has no %q:\n%s", want, &stdout)
		}
	}
}

func TestDemoKeepsNoSecrets(t *testing.T) {
	t.Parallel()
	env := testEnv(t, io.Discard, io.Discard)
	quickDemo(t, env)
	path := filepath.Join(env.Getenv("XDG_STATE_HOME"), "faultline", demoJournal)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if token := regexp.MustCompile(`eyJ[\w-]+\.[\w-]+\.[\w-]+`).Find(data); token != nil {
		t.Errorf("a token is kept: %s", token)
	}
	for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, %v, want %v", name, info.Mode().Perm(), err, want)
		}
	}
}
