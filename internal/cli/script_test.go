package cli_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/faultline-http/faultline/internal/cli"
)

var update = flag.Bool("update", false, "write the golden files and the generated docs anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"faultline": func() { os.Exit(cli.Main(cli.System(), os.Args[1:]...)) },
	})
}

// TestScripts runs the scripts, one a command, with the real binary: arguments,
// files, pipes and exit codes as people have them.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition: func(condition string) (bool, error) {
			if condition != "own-mounts" {
				return false, fmt.Errorf("there is no condition %q", condition)
			}
			// Where the system's store can be hidden behind another folder, it can be changed without harm.
			return exec.Command("unshare", "-m", "mount", "-t", "tmpfs", "none", "/usr/local/share/ca-certificates").Run() == nil, nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, ".state"))
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache"))
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, ".data"))
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("LC_ALL", "C.UTF-8")
			// What a text archive cannot hold.
			return os.WriteFile(filepath.Join(env.WorkDir, "binary"), []byte("\x7fELF\x02\x01\x00\x00\xff\xfe\x00"), 0o600)
		},
	})
}
