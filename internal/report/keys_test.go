package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
)

// keyboardTail is a tail on a terminal with a few failed calls on it.
func keyboardTail(t *testing.T, width int) (*Tail, *bytes.Buffer) {
	t.Helper()
	b := &bytes.Buffer{}
	o := pictured(Options{TTY: true, Width: width})
	o.Counts = nil
	tail := NewTail(b, o)
	add(t, tail, renamed(), fine(3*time.Second), limited(), broken())
	return tail, b
}

func add(t *testing.T, tail *Tail, calls ...tailed) {
	t.Helper()
	for _, c := range calls {
		if err := tail.Add(c.exchange()); err != nil {
			t.Fatal(err)
		}
	}
}

func press(t *testing.T, tail *Tail, keys string) {
	t.Helper()
	quit, err := tail.Press([]byte(keys))
	if quit || err != nil {
		t.Fatalf("keys %q: quit %v, error %v", keys, quit, err)
	}
}

func TestKeysQuit(t *testing.T) {
	t.Parallel()
	for _, keys := range []string{"q", "\x03", "\x04", " q", "/a\x03"} {
		tail, _ := keyboardTail(t, 120)
		if quit, err := tail.Press([]byte(keys)); !quit || err != nil {
			t.Errorf("keys %q: quit %v, error %v, want true, nil", keys, quit, err)
		}
	}
}

func TestKeysPauseLosesNothing(t *testing.T) {
	t.Parallel()
	tail, b := keyboardTail(t, 120)
	press(t, tail, " ")
	add(t, tail, refused(), limited(), fine(10*time.Second))
	got := screenOf(t, b.Bytes())
	if !strings.Contains(got, "paused, 3 new while paused") || strings.Contains(got, "gateway.upstream-refused") {
		t.Errorf("paused:\n%s", got)
	}
	press(t, tail, " ")
	got = screenOf(t, b.Bytes())
	for _, want := range []string{"gateway.upstream-refused", "×2", "7 seen"} {
		if !strings.Contains(got, want) {
			t.Errorf("after the pause there is no %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "paused") {
		t.Errorf("still paused:\n%s", got)
	}
}

func TestKeysCloseShowsWhatAPauseHeldBack(t *testing.T) {
	t.Parallel()
	tail, b := keyboardTail(t, 120)
	press(t, tail, " ")
	add(t, tail, refused())
	if err := tail.Close(); err != nil {
		t.Fatal(err)
	}
	if got := screenOf(t, b.Bytes()); !strings.Contains(got, "gateway.upstream-refused") {
		t.Errorf("a call of the pause is lost:\n%s", got)
	}
}

func TestKeysExplain(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, keys, want string }{
		{"the newest", "\r", "error[server.response-invalid]"},
		{"the one above the newest", "kk\r", "error[limit.rate]"},
		{"the first, by arrows", "\x1b[A\x1b[A\x1bOA\x1b[A\r", "error[body.unknown-field]"},
		{"down again", "kkkj\r", "error[limit.rate]"},
		{"the newest that the filter lets pass", "/limit\r\r", "error[limit.rate]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tail, b := keyboardTail(t, 120)
			press(t, tail, tt.keys)
			add(t, tail, refused())
			got := screenOf(t, b.Bytes())
			if strings.Count(got, "error[") != 1 || !strings.Contains(got, tt.want) || strings.Contains(got, "upstream-refused") {
				t.Errorf("want %s alone:\n%s", tt.want, got)
			}
			if !strings.Contains(got, "any key goes on · 1 new meanwhile") {
				t.Errorf("the last line does not say how to go on:\n%s", got)
			}
			press(t, tail, "q") // any key, also this one
			if got := screenOf(t, b.Bytes()); !strings.Contains(tt.keys, "/") && !strings.Contains(got, "upstream-refused") {
				t.Errorf("the call that waited is not shown:\n%s", got)
			}
		})
	}
}

func TestKeysMarkTheChosenRow(t *testing.T) {
	t.Parallel()
	tail, b := keyboardTail(t, 120)
	press(t, tail, "k")
	if got := screenOf(t, b.Bytes()); strings.Count(got, "w1r8e< ") != 1 || !strings.Contains(got, "enter explains w1r8e") {
		t.Errorf("not marked:\n%s", got)
	}
	press(t, tail, "k")
	if got := screenOf(t, b.Bytes()); strings.Count(got, "w1r8e< ") != 0 || strings.Count(got, "p8d4t< ") != 1 {
		t.Errorf("the mark has not moved:\n%s", got)
	}
	press(t, tail, "\x1b")
	if got := screenOf(t, b.Bytes()); strings.Contains(got, "< ") {
		t.Errorf("the mark is still there:\n%s", got)
	}
}

func TestKeysFilter(t *testing.T) {
	t.Parallel()
	tail, b := keyboardTail(t, 120)
	press(t, tail, "/party:clientt\x7f")
	if got := screenOf(t, b.Bytes()); !strings.Contains(got, "/party:client_") {
		t.Errorf("what is typed is not shown:\n%s", got)
	}
	press(t, tail, "\r")
	b.Reset()
	add(t, tail, refused(), renamed())
	got := b.String()
	if strings.Contains(got, "upstream-refused") || !strings.Contains(got, "only party:client") || !strings.Contains(got, "6 seen") {
		t.Errorf("filtered:\n%q", got)
	}
	press(t, tail, "\x1b")
	if got := b.String(); !strings.Contains(got, "upstream-refused") {
		t.Errorf("without the filter the call comes back:\n%q", got)
	}
	press(t, tail, "/colour:red\r")
	if got := b.String(); !strings.Contains(got, "`colour:` is no term") {
		t.Errorf("a wrong term is not told:\n%q", got)
	}
}

func TestKeysHelpNamesEachKey(t *testing.T) {
	t.Parallel()
	tail, b := keyboardTail(t, 60)
	press(t, tail, "?")
	got := screenOf(t, b.Bytes())
	for _, want := range []string{"space ", "enter ", "esc ", "party: cause: op: status:", "Ctrl-C"} {
		if !strings.Contains(got, want) {
			t.Errorf("help has no %q:\n%s", want, got)
		}
	}
	for line := range strings.SplitSeq(got, "\n") {
		if width(line) > 60 && !strings.HasPrefix(line, "proxy") {
			t.Errorf("line wider than 60: %q", line)
		}
	}
}

// The status line must never break: a line of the terminal too many and the
// rows are drawn in the wrong places.
func TestKeysStatusLineFits(t *testing.T) {
	t.Parallel()
	for _, keys := range []string{"", " ", "/" + strings.Repeat("x", 300), "/" + strings.Repeat("名", 50) + "\r", "/a:b\r", "k", "\r"} {
		tail, _ := keyboardTail(t, 60)
		press(t, tail, keys)
		used := 0
		for _, s := range tail.statusText() {
			used += width(s.text)
		}
		if used > 60 {
			t.Errorf("keys %.20q: status line of %d columns", keys, used)
		}
	}
}

func TestKeysAreIgnoredWithoutATerminal(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{}, {TTY: true, Accessible: true, Width: 80}} {
		var b bytes.Buffer
		tail := NewTail(&b, pictured(o))
		add(t, tail, renamed())
		before := b.Len()
		if quit, err := tail.Press([]byte("?q \r")); quit || err != nil || b.Len() != before {
			t.Errorf("%+v: quit %v, error %v, %d bytes written", o, quit, err, b.Len()-before)
		}
	}
}

func TestKeptCallsAreBounded(t *testing.T) {
	t.Parallel()
	var k kept
	for i := range 3 * maxKept {
		ex, d := renamed().exchange()
		ex.ID = fmt.Sprint(i)
		k.add(ex, d, "")
	}
	if len(k.calls) != maxKept || k.calls[0].ex.ID != fmt.Sprint(2*maxKept) {
		t.Errorf("kept %d calls from %s on, want the last %d", len(k.calls), k.calls[0].ex.ID, maxKept)
	}
	ex, d := renamed().exchange()
	ex.Request.Body.Raw = make([]byte, maxKeptBytes+1)
	k.add(ex, d, "")
	if len(k.calls) != 1 || k.bytes != maxKeptBytes+1 {
		t.Errorf("kept %d calls of %d bytes, want 1 of %d", len(k.calls), k.bytes, maxKeptBytes)
	}
}

func TestFilter(t *testing.T) {
	t.Parallel()
	ex, d := renamed().exchange()
	ex.Request.Host = "api.example.com:8080"
	for text, want := range map[string]bool{
		"":                       true,
		"party:client":           true,
		"party:server":           false,
		"-party:server":          true,
		"cause:body.*":           true,
		"cause:param.*":          false,
		"status:4xx":             true,
		"status:5xx":             false,
		"status:400":             true,
		"op:CREATEorder":         true,
		"host:api.example.*":     true,
		"id:k7":                  true,
		"has:action":             false,
		"orders":                 true,
		`"POST /v1/orders"`:      true,
		`-"post /v1/orders"`:     false,
		"party:client status:5*": false,
		"custmer":                true,
		"http://nowhere":         false,
	} {
		f, err := ParseFilter(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := f.Match(ex, d); got != want {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"colour:red", "has:legs", "cause:[", "since:1h"} {
		if _, err := ParseFilter(text); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
	unexplained := faultline.Diagnosis{Failed: true}
	if f, err := ParseFilter("cause:unexplained"); err != nil || !f.Match(ex, &unexplained) {
		t.Errorf("a call without a cause is not found: %v", err)
	}
}

func FuzzKeys(f *testing.F) {
	f.Add([]byte("?/party:client\r\x1b[A\x1bOB\x7f\x15 \rk"))
	f.Add([]byte("/a:\"-\x1b[1;5Dé\xff\r"))
	f.Fuzz(func(t *testing.T, in []byte) {
		if n := len(keysOf(in)); n > len(in) {
			t.Fatalf("%d keys from %d bytes", n, len(in))
		}
		var b bytes.Buffer
		tail := NewTail(&b, pictured(Options{TTY: true, Width: 60}))
		for chunk := range slices.Chunk(in, 3) {
			if _, err := tail.Press(chunk); err != nil {
				t.Fatal(err)
			}
			add(t, tail, renamed(), refused())
		}
		if err := tail.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
