package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func noVariables(string) string { return "" }

func TestLayers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	write("repo/.git", "gitdir: elsewhere\n")
	project := write("repo/faultline.yaml", "limits: {grace: 1s, idle_timeout: 1s}\nlisten: [':1', ':2']\n")
	user := write("user.yaml", "limits: {grace: 2s, head_timeout: 2s}\nlisten: ':3'\nservices: [{to: ':3000'}]\n")
	system := write("system.yaml", "limits: {grace: 3s, head_timeout: 3s, body_timeout: 3s}\n")
	l, err := Load(Source{
		Dir: filepath.Join(dir, "repo", "deep", "er"), Further: []string{user, filepath.Join(dir, "absent.yaml"), system}, Getenv: noVariables,
		Environ: []string{"FAULTLINE_LIMITS_IDLE_TIMEOUT=4s", "FAULTLINE_LIMITS_MAX_CLIENTS=7", "FAULTLINE_FORWARD_EXCLUDE=a.example, b.example", "FAULTLINE_LIMIT_GRACE=9s", "HOME=/x"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range l.Settings() {
		switch s.Key {
		case "limits.grace", "limits.idle_timeout", "limits.head_timeout", "limits.body_timeout", "limits.connect_timeout", "limits.max_clients", "forward.exclude", "listen[1].address", "services[0].to":
			got = append(got, s.Key+" = "+s.Value+" from "+strings.TrimPrefix(s.Origin, dir))
		}
	}
	want := []string{
		"listen[1].address = \":2\" from " + strings.TrimPrefix(project, dir) + ":2",
		"services[0].to = http://localhost:3000 from /user.yaml:3",
		"limits.head_timeout = 2s from /user.yaml:1",
		"limits.idle_timeout = 4s from FAULTLINE_LIMITS_IDLE_TIMEOUT",
		"limits.connect_timeout = 10s from default",
		"limits.body_timeout = 3s from /system.yaml:1",
		"limits.grace = 1s from " + strings.TrimPrefix(project, dir) + ":1",
		"limits.max_clients = 7 from FAULTLINE_LIMITS_MAX_CLIENTS",
		"forward.exclude = [a.example, b.example] from FAULTLINE_FORWARD_EXCLUDE",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what holds (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{project, user, system}, l.Files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"the variable `FAULTLINE_LIMIT_GRACE` sets nothing: did you mean `FAULTLINE_LIMITS_GRACE`?"}, l.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}
