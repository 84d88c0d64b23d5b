package wire

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A malformedCase is a case of testdata/malformed.
type malformedCase struct {
	name, bytes string
	want        string // the line after "= "
	line        int    // of "= " in the file
}

// fault is the name of the fault that is expected.
func (c *malformedCase) fault() string {
	name, _, _ := strings.Cut(c.want, " ")
	return name
}

// readCorpus reads one of the files; lines is the file itself, for -update.
func readCorpus(tb testing.TB, file string) (cases []malformedCase, lines []string) {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "malformed", file))
	if err != nil {
		tb.Fatal(err)
	}
	lines = strings.Split(string(text), "\n")
	var c *malformedCase
	for i, l := range lines {
		switch {
		case strings.HasPrefix(l, "# "):
			cases = append(cases, malformedCase{name: l[2:]})
			c = &cases[len(cases)-1]
		case c == nil:
		case strings.HasPrefix(l, "= "):
			c.want, c.line = l[2:], i
			c = nil
		default:
			c.bytes += unescape(tb, l)
		}
	}
	return cases, lines
}

// unescape reads the escapes of Go, and {{x*N}} as x, N times.
func unescape(tb testing.TB, s string) string {
	tb.Helper()
	if open := strings.Index(s, "{{"); open >= 0 {
		shut := strings.LastIndex(s, "}}")
		star := strings.LastIndexByte(s[:shut], '*')
		n, err := strconv.Atoi(s[star+1 : shut])
		if err != nil {
			tb.Fatalf("%q: %v", s, err)
		}
		return unescape(tb, s[:open]) + strings.Repeat(unescape(tb, s[open+2:star]), n) + unescape(tb, s[shut+2:])
	}
	out, err := strconv.Unquote(`"` + strings.ReplaceAll(s, `"`, `\"`) + `"`)
	if err != nil {
		tb.Fatalf("%q: %v", s, err)
	}
	return out
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
			err := explain(c.bytes)
			if err == nil {
				t.Errorf("%s: %s: nothing is wrong, want %s", file, c.name, c.want)
				continue
			}
			got := fmt.Sprintf("%s %d-%d line %d %d %s", err.Fault.Name, err.Offset, err.End, err.Line, err.Status, err.Fault.Cause)
			if err.Fault.Name == c.fault() {
				lines[c.line] = "= " + got
				if *update {
					continue
				}
			}
			if got != c.want {
				t.Errorf("%s: %s:\n got %s\nwant %s\nsays %v", file, c.name, got, c.want, err)
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
	shown, cases := map[string]bool{"head-cut": true, "body-cut": true, "trailer-line-too-long": true}, 0
	for file := range corpora {
		all, _ := readCorpus(t, file)
		for _, c := range all {
			shown[c.fault()] = true
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
			err := explain(c.bytes)
			switch {
			case err == nil:
				t.Errorf("%s: %s: nothing is wrong", file, c.name)
			case err.End < err.Offset || err.Offset < err.TextAt || err.Offset > err.TextAt+int64(len(err.Text)) || len(err.Text) > maxText:
				t.Errorf("%s: %s: bytes %d-%d outside of %q at %d", file, c.name, err.Offset, err.End, err.Text, err.TextAt)
			case !strings.HasPrefix(c.bytes[err.TextAt:], err.Text):
				t.Errorf("%s: %s: %q does not stand at %d", file, c.name, err.Text, err.TextAt)
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
	if got := ExplainCutBody(Framing{Kind: Length, Length: 5}, 3).Error(); got != "body, byte 3: the connection ended after 3 of 5 bytes of the body" {
		t.Errorf("error = %s", got)
	}
}
