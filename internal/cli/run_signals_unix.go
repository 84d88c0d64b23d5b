//go:build unix

package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// passSignals sends the signals that we get on to the command, until release
// is called. Those that a terminal sends go to all processes in its foreground;
// a second one would make many programs end in a hurry.
func passSignals(ctx context.Context, child *os.Process) (release func()) {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGUSR2)
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		over := ctx.Done()
		for {
			select {
			case s := <-signals:
				if byTerminal(s) {
					continue
				}
				_ = child.Signal(s)
			case <-over:
				over = nil // the signal behind it is on its way as well
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
		<-ended
	}
}

// byTerminal reports whether the command has got the signal already.
func byTerminal(s os.Signal) bool {
	if s != syscall.SIGINT && s != syscall.SIGQUIT && s != syscall.SIGHUP {
		return false
	}
	tty, err := os.Open("/dev/tty")
	if err != nil {
		return false
	}
	defer func() { _ = tty.Close() }()
	return inForeground(int(tty.Fd()))
}

// exitCodeOf is the code as shells have it.
func exitCodeOf(s *os.ProcessState) int {
	const bySignal = 128
	if status, ok := s.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return bySignal + int(status.Signal())
	}
	return s.ExitCode()
}
