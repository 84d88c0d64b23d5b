package wire

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/wiretest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// readCorpus reads one of the files; lines is the file itself, for -update.
func readCorpus(tb testing.TB, file string) (cases []wiretest.Malformed, lines []string) {
	tb.Helper()
	cases, lines, err := wiretest.ReadMalformed(filepath.Join("testdata", "malformed", file))
	if err != nil {
		tb.Fatal(err)
	}
	return cases, lines
}

// corpora are the files and how their bytes are read.
var corpora = map[string]func(raw string) *Error{
	"requests.txt": explainRequest,
	"foreign.txt":  explainRequest,
	"answers.txt":  func(raw string) *Error { return ExplainResponse([]byte(raw), "GET", Limits{}) },
	"chunked.txt":  func(raw string) *Error { return ExplainChunked([]byte(raw), Limits{}, true) },
}

func explainRequest(raw string) *Error { return ExplainRequest([]byte(raw), Limits{}) }

// TestMalformedCorpus holds every case to its fault and its bytes.
func TestMalformedCorpus(t *testing.T) {
	for file, explain := range corpora {
		cases, lines := readCorpus(t, file)
		for i := range cases {
			c := &cases[i]
			err := explain(c.Bytes)
			if err == nil {
				t.Errorf("%s: %s: nothing is wrong, want %s", file, c.Name, c.Want)
				continue
			}
			got := fmt.Sprintf("%s %d-%d line %d %d %s", err.Fault.Name, err.Offset, err.End, err.Line, err.Status, err.Fault.Cause)
			if err.Fault.Name == c.Fault() {
				lines[c.Line] = "= " + got
				if *update {
					continue
				}
			}
			if got != c.Want {
				t.Errorf("%s: %s:\n got %s\nwant %s\nsays %v", file, c.Name, got, c.Want, err)
			}
		}
		if *update {
			if err := os.WriteFile(filepath.Join("testdata", "malformed", file), []byte(strings.Join(lines, "\n")), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestFaultsAreShown: every fault of the table has a case. Their numbers only rise.
func TestFaultsAreShown(t *testing.T) {
	t.Parallel()
	shown, cases := map[string]bool{"head-cut": true, "trailer-line-too-long": true}, 0
	for file := range corpora {
		all, _ := readCorpus(t, file)
		for _, c := range all {
			shown[c.Fault()] = true
			cases++
		}
	}
	for _, f := range Faults() {
		if !shown[f.Name] {
			t.Errorf("the fault %s has no case in testdata/malformed", f.Name)
		}
	}
	if faults := len(Faults()); faults < 100 || cases < 200 {
		t.Errorf("%d faults in %d cases, want at least 100 in 200", faults, cases)
	}
}

// TestCaretsAreInside: the bytes at fault are among those that are quoted.
func TestCaretsAreInside(t *testing.T) {
	t.Parallel()
	for file, explain := range corpora {
		all, _ := readCorpus(t, file)
		for _, c := range all {
			err := explain(c.Bytes)
			switch {
			case err == nil:
				t.Errorf("%s: %s: nothing is wrong", file, c.Name)
			case err.End < err.Offset || err.Offset < err.TextAt || err.Offset > err.TextAt+int64(len(err.Text)) || len(err.Text) > maxText:
				t.Errorf("%s: %s: bytes %d-%d outside of %q at %d", file, c.Name, err.Offset, err.End, err.Text, err.TextAt)
			case !strings.HasPrefix(c.Bytes[err.TextAt:], err.Text):
				t.Errorf("%s: %s: %q does not stand at %d", file, c.Name, err.Text, err.TextAt)
			}
		}
	}
}

// TestCutMessages: an end of the connection is a fault where a message has begun.
func TestCutMessages(t *testing.T) {
	t.Parallel()
	head := ExplainCut([]byte("GET / HTTP/1.1\r\nHost: a"), true, Limits{})
	if got := head.Error(); got != "line 2, byte 23: the connection ended inside the head" || head.Text != "Host: a" {
		t.Errorf("error = %s in %q", got, head.Text)
	}
	if got := ExplainCut([]byte("HTTP/1.1 200 OK\r\n"), false, Limits{}); got.Status != 502 || got.Line != 2 {
		t.Errorf("error = %+v, want line 2 and 502", got)
	}
	if got := ExplainCut([]byte("GET / HTTP/1.1\nHost"), true, Limits{}).Fault.Name; got != "bare-lf" {
		t.Errorf("fault = %s, want what was wrong before the end", got)
	}
}
