package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/report"
)

func TestPanicIsOurBugAndHoldsNoSecret(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	a := newApp(testEnv(t, &stdout, &stderr), []string{"explain", "hunter2"})
	code := func() (code int) {
		defer func() {
			code = a.panicked(recover(), []byte("goroutine 1 [running]:\nmain.explain(0xdeadbeef)\n\t/src/explain.go:7 +0x1d\n"))
		}()
		panic(errors.New("token hunter2"))
	}()
	got := stderr.String()
	if code != exitCannot {
		t.Errorf("exit code %d, want 2", code)
	}
	for _, want := range []string{"bug of faultline", "`faultline explain`", "main.explain\n", "explain.go:7\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("stderr = %q, want %q in it", got, want)
		}
	}
	if strings.Contains(got, "hunter2") || strings.Contains(got, "0xdeadbeef") {
		t.Errorf("arguments are shown: %s", got)
	}
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]int{
		nil:                                    exitNothing,
		errFound:                               exitFound,
		errSaid:                                exitCannot,
		usagef("", "x"):                        exitCannot,
		fmt.Errorf("write: %w", syscall.EPIPE): exitNothing,
	} {
		a := newApp(testEnv(t, io.Discard, io.Discard), nil)
		if got := a.exitCode(err); got != want {
			t.Errorf("%v: exit code %d, want %d", err, got, want)
		}
	}
}

func TestEveryFlagAndCommandIsDescribed(t *testing.T) {
	t.Parallel()
	a := newApp(testEnv(t, io.Discard, io.Discard), nil)
	for _, cmd := range runnable(a.root) {
		checkDescribed(t, cmd)
	}
}

func checkDescribed(t *testing.T, cmd *cobra.Command) {
	t.Helper()
	if cmd.Short == "" || cmd.Example == "" {
		t.Errorf("%s has no description or no example", cmd.CommandPath())
	}
	for line := range strings.Lines(commandHelp(cmd)) {
		if n := len([]rune(strings.TrimRight(line, "\n"))); n > report.MaxWidth {
			t.Errorf("%s -h: a line of %d columns, want at most %d: %s", cmd.CommandPath(), n, report.MaxWidth, line)
		}
	}
}

func TestBareHelpIsTwelveLines(t *testing.T) {
	t.Parallel()
	if got := strings.Count(bareHelp, "\n"); got != 12 {
		t.Errorf("got %d lines, want 12", got)
	}
}

func TestForeignTextIsHarmless(t *testing.T) {
	t.Parallel()
	tests := []struct {
		s          screen
		text, want string
	}{
		{screen{}, "a\x1b[31mb\u202ec\td\n", "a\\u{1b}[31mb\\u{202e}c\td\n"},
		{screen{}, "a → b", "a → b"},
		{screen{report.Options{ASCII: true}}, "a → b … ü", "a -> b ... \\u{fc}"},
	}
	for _, tt := range tests {
		if got := tt.s.clean(tt.text); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	known := []string{"explain", "proxy", "check", "causes", "contract"}
	for name, want := range map[string]string{
		"explian": "explain", "exp": "explain", "cause": "causes", "chekc": "check", "prxoy": "proxy",
		"frobnicate": "", "x": "", "": "", strings.Repeat("z", 500): "",
	} {
		if got := nearest(name, known); got != want {
			t.Errorf("nearest(%.20q) = %q, want %q", name, got, want)
		}
	}
}

// A reader that waits for ever, as a terminal does.
type waiting struct{ entered chan struct{} }

func (w waiting) Read([]byte) (int, error) {
	close(w.entered)
	select {}
}

func TestReadingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	w := waiting{make(chan struct{})}
	go func() {
		<-w.entered
		cancel()
	}()
	r := &interruptible{ctx: ctx, r: w}
	if _, err := io.ReadAll(r); !errors.Is(err, errInterrupted) {
		t.Errorf("got %v, want %v", err, errInterrupted)
	}
}

func TestReadingLosesNothing(t *testing.T) {
	t.Parallel()
	want := strings.Repeat("0123456789", 50_000)
	got, err := io.ReadAll(&interruptible{ctx: t.Context(), r: strings.NewReader(want)})
	if err != nil || string(got) != want {
		t.Errorf("got %d bytes, %v, want %d", len(got), err, len(want))
	}
}

func TestJournalKeepsFailedCalls(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	j, err := newJournal(folder, demoJournal)
	if err != nil {
		t.Fatal(err)
	}
	keep := func(id string, failed bool) {
		j.Deliver(t.Context(), &faultline.Exchange{ID: id, Vantage: faultline.AtProxy, Request: faultline.Request{Method: "GET", Target: "/x", Host: "a.example"}},
			&faultline.Diagnosis{Exchange: id, Failed: failed, Findings: []faultline.Finding{{Cause: faultline.Cause{Slug: "server.error"}}}[:map[bool]int{true: 1}[failed]]})
	}
	keep("abcd2345", true)
	keep("abzz2345", true)
	keep("good2345", false)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"abcd2345": "abcd2345", "abz": "abzz2345", "good2345": "", "zz": ""} {
		call, ok, err := inJournal(folder, id)
		switch {
		case err != nil || ok != (want != ""):
			t.Errorf("%s: found %t, %v", id, ok, err)
		case ok && (call.exchange.ID != want || call.exchange.Vantage != faultline.AtProxy || call.diagnosis.Findings[0].Cause.Slug != "server.error"):
			t.Errorf("%s: got %+v", id, call)
		}
	}
	if _, _, err := inJournal(folder, "ab"); err == nil {
		t.Error("two calls begin with ab, and no error")
	}
	again, err := newJournal(folder, demoJournal)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if _, ok, _ := inJournal(folder, "abcd2345"); ok {
		t.Error("a new demo shows the calls of the last one")
	}
}
