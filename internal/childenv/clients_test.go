package childenv_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline/internal/childenv"
)

// client is a program that calls an address. The hosts do not exist: only who
// goes through the proxy gets an answer.
type client struct {
	name    string
	command []string // the address is appended
	https   string   // what the mirror says to https://api.example.com/x
	http    string   // and to http://api.example.com/x
	install string   // how to get it
	probe   []string // ends with 0 if it is there
}

const (
	tunnelled = "tunnel https://api.example.com:443/x"
	absolute  = "absolute http://api.example.com/x"
	plain     = "tunnel http://api.example.com:80/x"
)

func clients(t *testing.T) []client {
	goProgram := filepath.Join(t.TempDir(), "goclient")
	return []client{
		{"curl", []string{"curl", "-sS"}, tunnelled, absolute, "apt-get install curl", []string{"curl", "--version"}},
		{"node http", []string{"node", "testdata/client.mjs", "module"}, tunnelled, plain, "apt-get install nodejs", []string{"node", "--version"}},
		{"node http, own agent", []string{"node", "testdata/client.mjs", "agent"}, tunnelled, plain, "apt-get install nodejs", []string{"node", "--version"}},
		{"node http, no agent", []string{"node", "testdata/client.mjs", "noagent"}, tunnelled, plain, "apt-get install nodejs", []string{"node", "--version"}},
		{"node fetch", []string{"node", "testdata/client.mjs", "fetch"}, tunnelled, plain, "apt-get install nodejs", []string{"node", "--version"}},
		{"python urllib", []string{"python3", "testdata/client.py", "urllib"}, tunnelled, absolute, "apt-get install python3", []string{"python3", "--version"}},
		{"python requests", []string{"python3", "testdata/client.py", "requests"}, tunnelled, absolute, "apt-get install python3-requests", []string{"python3", "-c", "import requests"}},
		{"java URL", []string{"java", "testdata/Client.java", "old"}, tunnelled, absolute, "apt-get install default-jdk-headless", []string{"java", "-version"}},
		{"java HttpClient", []string{"java", "testdata/Client.java", "new"}, tunnelled, absolute, "apt-get install default-jdk-headless", []string{"java", "-version"}},
		{"ruby", []string{"ruby", "testdata/client.rb", "get"}, tunnelled, absolute, "apt-get install ruby", []string{"ruby", "--version"}},
		{"go", []string{goProgram}, tunnelled, absolute, "install Go", []string{"go", "build", "-o", goProgram, "./testdata/goclient"}},
	}
}

func TestClientsGoThroughTheProxyAndTrustIt(t *testing.T) {
	t.Parallel()
	for _, c := range clients(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if err := exec.Command(c.probe[0], c.probe[1:]...).Run(); err != nil {
				if os.Getenv("FAULTLINE_REQUIRE_SERVICES") != "" {
					t.Fatalf("`%s`: %v: %s", strings.Join(c.probe, " "), err, c.install)
				}
				t.Skipf("it is not installed: %s", c.install)
			}
			m := startMirror(t)
			environ := environOf(t, m)
			for url, want := range map[string]string{"https://api.example.com/x": c.https, "http://api.example.com/x": c.http} {
				out, err := output(environ, append(c.command, url)...)
				if err != nil || !strings.Contains(out, want) {
					t.Errorf("%s\ngot  %v\n%s\nwant %q\nthe proxy saw %q", url, err, out, want, m.seen())
				}
			}
		})
	}
}

// environOf is the environment of a command behind the mirror.
func environOf(t *testing.T, m *mirror) []string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "a folder") // with a space, as users have
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	made, err := childenv.Make(childenv.Options{Proxy: m.address, Authority: m.authority.PEM(), Folder: folder, Base: os.Environ()})
	if err != nil {
		t.Fatal(err)
	}
	return made.Environ
}

func output(environ []string, command ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = environ
	out, err := cmd.CombinedOutput()
	return string(out), err
}
