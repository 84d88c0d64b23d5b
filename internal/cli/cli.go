// Package cli is the command line: it reads arguments, opens files, sockets
// and terminals, and hands the work to the packages below. One file holds one
// command; cli.go holds what all of them share.
package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// Env is what a command gets from the process around it.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Now            func() time.Time
}

// System is the environment of this process.
func System() Env {
	return Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Now: time.Now}
}

// app is one run of the program: its environment, and the flags that all
// commands share.
type app struct {
	Env
	args  []string
	flags sharedFlags
	root  *cobra.Command
}

// The exit codes. They are an interface: scripts rely on them.
const (
	exitNothing = 0 // nothing found
	exitFound   = 1 // something found
	exitCannot  = 2 // we could not do it
)

// Main runs the command line and returns the exit code.
func Main(env Env, args ...string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first signal ends the work in order; with the handler gone, the second ends the process.
	context.AfterFunc(ctx, stop)
	return run(ctx, env, args...)
}

// run is Main without the signals: the context says when to end.
func run(ctx context.Context, env Env, args ...string) (code int) {
	a := newApp(env, args)
	defer func() {
		if p := recover(); p != nil {
			code = a.panicked(p, debug.Stack())
		}
	}()
	return a.exitCode(a.root.ExecuteContext(ctx))
}

func newApp(env Env, args []string) *app {
	a := &app{Env: env, args: args}
	a.root = a.rootCommand()
	a.root.SetArgs(args)
	a.root.SetIn(env.Stdin)
	a.root.SetOut(env.Stdout)
	a.root.SetErr(env.Stderr)
	return a
}

// rootCommand lists the commands. Order is the order of the help.
func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:               "faultline",
		Short:             "why an HTTP API call failed, whose fault it was, and how to fix it",
		Args:              a.noSuchCommand,
		RunE:              a.bare,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	a.flags.add(root)
	commands := []*cobra.Command{
		a.demoCommand(),
		a.explainCommand(),
		a.runCommand(),
		a.proxyCommand(),
		a.checkCommand(),
		a.contractCommand(),
		a.causesCommand(),
		a.configCommand(),
		a.caCommand(),
		a.completionCommand(),
		a.versionCommand(),
	}
	for i, c := range commands {
		if c.Annotations == nil {
			c.Annotations = map[string]string{}
		}
		c.Annotations[annotationOrder] = string(rune('a' + i))
		c.Flags().SortFlags = false
		root.AddCommand(c)
	}
	a.setHelp(root)
	return root
}

// exitCode says err, if it is worth saying, and turns it into an exit code.
func (a *app) exitCode(err error) int {
	var child childError
	switch {
	case err == nil:
		return exitNothing
	case errors.Is(err, errFound):
		return exitFound
	case errors.Is(err, errSaid):
		return exitCannot
	case errors.As(err, &child):
		return int(child)
	case errors.Is(err, syscall.EPIPE):
		// The reader went away: `faultline causes | head`. It has what it wanted.
		return exitNothing
	}
	a.printError(err)
	return exitCannot
}
