package trust

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"time"
)

// A Step is one change: a file that is copied or deleted, or a program that is
// called. Exactly one of Copy, Delete and Run is set.
type Step struct {
	Does   string // in words, what follows "it"
	From   string // of Copy
	Copy   string // the new file
	Delete string
	Run    []string
	Root   bool // the system's: takes root
}

// ErrNeedsRoot says that a step is not ours to take and that there is no sudo.
var ErrNeedsRoot = errors.New("this takes root, and there is no sudo")

// Command is the step as a shell's line, for people who do it themselves.
func (m *Machine) Command(s Step) string {
	args := m.command(s)
	for i, arg := range args {
		if arg == "" || strings.ContainsAny(arg, " \t\"'$\\*?;&|<>()") {
			args[i] = "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
		}
	}
	return strings.Join(args, " ")
}

// command is the step as a program with its arguments.
func (m *Machine) command(s Step) []string {
	var args []string
	switch {
	case s.Copy != "":
		args = []string{"install", "-m", "0644", s.From, s.Copy}
	case s.Delete != "":
		args = []string{"rm", "-f", s.Delete}
	default:
		args = append(args, s.Run...)
	}
	if s.Root && !m.Admin {
		args = append([]string{"sudo"}, args...)
	}
	return args
}

// stepTime is more than any store needs, and lets somebody type a password.
const stepTime = 3 * time.Minute

// Do takes a step. What belongs to the system is changed through sudo, which
// asks on the terminal by itself.
func (m *Machine) Do(ctx context.Context, s Step) error {
	if s.Root && !m.Admin {
		if !m.has("sudo") {
			return ErrNeedsRoot
		}
		return m.run(ctx, m.command(s))
	}
	switch {
	case s.Copy != "":
		data, err := os.ReadFile(s.From)
		if err != nil {
			return err
		}
		return os.WriteFile(s.Copy, data, 0o644) //nolint:gosec // all programs read the system's authorities
	case s.Delete != "":
		if err := os.Remove(s.Delete); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	return m.run(ctx, s.Run)
}

// run calls a program and tells what it said if it failed.
func (m *Machine) run(ctx context.Context, args []string) error {
	path, err := m.LookPath(args[0])
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, stepTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args[1:]...)
	cmd.Stdin = os.Stdin
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("`%s`: %w%s", args[0], err, lastLines(out))
	}
	return nil
}

// lastLines is the end of what a program said, which is where the reason stands.
func lastLines(out []byte) string {
	const most = 4
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) > most {
		lines = lines[len(lines)-most:]
	}
	if len(lines) == 1 && lines[0] == "" {
		return ""
	}
	return ": " + strings.Join(lines, "; ")
}
