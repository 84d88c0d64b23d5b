//go:build !unix

package cli

import (
	"context"
	"os"
	"os/signal"
)

// passSignals keeps Ctrl-C from ending us before the command, which gets it
// from the console itself.
func passSignals(_ context.Context, _ *os.Process) (release func()) {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt)
	return func() { signal.Stop(signals) }
}

func exitCodeOf(s *os.ProcessState) int { return s.ExitCode() }
