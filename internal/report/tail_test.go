package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline"
)

var morning = time.Date(2026, 11, 20, 14, 31, 0, 0, time.UTC)

// tailed is one call of the tail's picture.
type tailed struct {
	at         time.Duration
	id         string
	method     string
	path       string
	operation  string
	status     int
	took       time.Duration
	slug       faultline.Slug
	party      faultline.Party
	brief      string
	more       int
	labels     map[string]string
	remedy     string
	remedyEdit bool
}

func (c tailed) exchange() (*faultline.Exchange, *faultline.Diagnosis) {
	ex := &faultline.Exchange{
		ID: c.id, Start: morning.Add(c.at), Request: faultline.Request{Method: c.method, Target: c.path, Host: "127.0.0.1:8080"},
		Timing: faultline.Timing{Total: c.took}, Labels: c.labels,
	}
	if c.status > 0 {
		ex.Response = &faultline.Response{Status: c.status}
	}
	d := &faultline.Diagnosis{Exchange: c.id, Operation: c.operation, More: c.more}
	if c.slug != "" {
		f := faultline.Finding{Cause: faultline.Cause{Slug: c.slug, Party: c.party}, Brief: c.brief, Remedy: faultline.Remedy{Text: c.remedy}}
		if c.remedyEdit {
			f.Remedy.Patch = []faultline.Edit{{Op: "move", From: "/custmer_id", Path: "/customer_id"}}
		}
		d.Failed, d.Findings = true, []faultline.Finding{f}
		d.Fingerprint = string(c.slug) + " " + c.operation
	}
	return ex, d
}

func renamed() tailed {
	return tailed{
		at: 2 * time.Second, id: "k7m2q", method: "POST", path: "/v1/orders", operation: "createOrder", status: 400, took: 41 * time.Millisecond,
		slug: "body.unknown-field", party: faultline.Client, brief: "`custmer_id` → `customer_id`", more: 1, remedy: "rename to `customer_id`", remedyEdit: true,
	}
}

func limited() tailed {
	return tailed{
		at: 4 * time.Second, id: "p8d4t", method: "GET", path: "/v1/search?q=a", operation: "searchOrders", status: 429, took: 6 * time.Millisecond,
		slug: "limit.rate", party: faultline.Client, brief: "wait 20 s", remedy: "honour Retry-After (20 s), or let the proxy do it: faultline proxy --to … --pace auto",
	}
}

func broken() tailed {
	return tailed{
		at: 8 * time.Second, id: "w1r8e", method: "GET", path: "/v1/orders/ord_7", operation: "getOrder", status: 200, took: 19 * time.Millisecond,
		slug: "server.response-invalid", party: faultline.Server, brief: `/total is "12.50"`, labels: map[string]string{faultline.LabelAction: faultline.ActionWarned},
	}
}

func refused() tailed {
	return tailed{
		at: 9 * time.Second, id: "g5h1w", method: "POST", path: "/v1/payments", operation: "createPayment", status: 502, took: 12 * time.Millisecond,
		slug: "gateway.upstream-refused", party: faultline.Gateway, labels: map[string]string{faultline.LabelRetried: "2"}, remedy: "start the API behind nginx",
	}
}

func fine(at time.Duration) tailed {
	return tailed{at: at, id: "f1n3", method: "GET", path: "/v1/orders/ord_7", operation: "getOrder", status: 200, took: 12 * time.Millisecond}
}

func pictured(o Options) TailOptions {
	templates := map[string]string{"getOrder": "GET /v1/orders/{id}"}
	return TailOptions{
		Options: o, IDWidth: 5, Zone: time.UTC, Rows: 40,
		Head:    []string{"proxy http://127.0.0.1:8080 → https://api.example.com", "warn", "orders.yaml, 42 operations", "page http://127.0.0.1:7070"},
		Keys:    "? keys  / filter  enter explain  space pause  q quit",
		Request: func(operation string) string { return templates[operation] },
		Counts:  func() Counts { return Counts{Seen: 1284, OK: 1197, Failed: 87, Blocked: 3} },
	}
}

// fill sends the calls of the picture: repeats and good calls among them.
func fill(t *testing.T, tail *Tail) {
	t.Helper()
	calls := []tailed{renamed(), fine(3 * time.Second), limited()}
	for range 37 {
		calls = append(calls, limited())
	}
	calls = append(calls, broken(), refused())
	for i := 1; i < 211; i++ {
		calls = append(calls, fine(3*time.Second+time.Duration(i)*59*time.Second/211))
	}
	calls = append(calls, fine(3*time.Second+59600*time.Millisecond))
	for _, c := range calls {
		if err := tail.Add(c.exchange()); err != nil {
			t.Fatal(err)
		}
	}
	if err := tail.Close(); err != nil {
		t.Fatal(err)
	}
}

// screenOf plays the bytes on a terminal that knows what a tail uses: lines,
// cursor up and down, carriage return, clear line.
func screenOf(t *testing.T, out []byte) string {
	t.Helper()
	lines, y := []string{""}, 0
	for rest := string(out); rest != ""; {
		switch {
		case rest[0] == '\n':
			y++
			if y == len(lines) {
				lines = append(lines, "")
			}
			rest = rest[1:]
		case rest[0] == '\r':
			rest = rest[1:]
		case strings.HasPrefix(rest, "\x1b[2K"):
			lines[y], rest = "", rest[4:]
		case colorCodes.FindStringIndex(rest) != nil && colorCodes.FindStringIndex(rest)[0] == 0:
			rest = rest[colorCodes.FindStringIndex(rest)[1]:]
		case strings.HasPrefix(rest, "\x1b["):
			var n int
			var move byte
			if _, err := fmt.Sscanf(rest, "\x1b[%d%c", &n, &move); err != nil {
				t.Fatalf("escape sequence %q", rest[:min(len(rest), 10)])
			}
			if move == 'A' {
				n = -n
			}
			y += n
			if y < 0 || y >= len(lines) {
				t.Fatalf("the cursor leaves the screen: line %d of %d", y, len(lines))
			}
			rest = rest[strings.IndexByte(rest, move)+1:]
		default:
			end := strings.IndexAny(rest, "\n\r\x1b")
			if end < 0 {
				end = len(rest)
			}
			lines[y] += rest[:end]
			rest = rest[end:]
		}
	}
	return strings.Join(lines, "\n")
}

func TestTailOnATerminalIsTheMockup(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(filepath.Join("testdata", "ux", "f-tail.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	fill(t, NewTail(&b, pictured(Options{Width: 120, TTY: true, Color: true})))
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(screenOf(t, b.Bytes()), "\n")); diff != "" {
		t.Errorf("screen (-want +got):\n%s", diff)
	}
}

func TestTailLooks(t *testing.T) {
	t.Parallel()
	looks := map[string]Options{
		"pipe":       {},
		"pipe-ascii": {ASCII: true},
		"accessible": {TTY: true, Accessible: true, Width: 120},
		"120":        {TTY: true, Width: 120},
		"90":         {TTY: true, Width: 90},
		"60":         {TTY: true, Width: 60},
		"ascii-60":   {TTY: true, Width: 60, ASCII: true},
	}
	for look, o := range looks {
		t.Run(look, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			fill(t, NewTail(&b, pictured(o)))
			got := screenOf(t, b.Bytes())
			golden(t, "f-tail."+look+".txt", []byte(got))
			checkLook(t, o, []byte(got))
		})
	}
}

func TestTailColors(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	fill(t, NewTail(&b, pictured(Options{Color: true})))
	golden(t, "f-tail.color.txt", b.Bytes())
}

func TestTailOnAPipeHasALineForEachFailure(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	o := pictured(Options{})
	o.Counts = nil
	fill(t, NewTail(&b, o))
	if got, want := strings.Count(b.String(), "limit.rate"), 38; got != want {
		t.Errorf("lines of limit.rate = %d, want %d", got, want)
	}
	if !strings.Contains(b.String(), "×212 ok in 60 s") {
		t.Errorf("good calls are not counted in one line:\n%s", b.String())
	}
}

func TestTailBeginsANewLineWhenTheOldOneHasScrolledAway(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	o := pictured(Options{TTY: true, Width: 120})
	o.Rows, o.Counts = 4, nil
	tail := NewTail(&b, o)
	for i := range 6 {
		c := renamed()
		c.slug = faultline.Slug(fmt.Sprintf("body.kind-%d", i%5))
		if err := tail.Add(c.exchange()); err != nil {
			t.Fatal(err)
		}
	}
	if err := tail.Close(); err != nil {
		t.Fatal(err)
	}
	got := screenOf(t, b.Bytes())
	if want := 2; strings.Count(got, "body.kind-0") != want {
		t.Errorf("lines of the group = %d, want %d:\n%s", strings.Count(got, "body.kind-0"), want, got)
	}
	if !strings.Contains(got, "×2") {
		t.Errorf("the new line does not go on counting:\n%s", got)
	}
}

func TestTailDrawsNoMoreThanPeopleSee(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	now := morning
	o := pictured(Options{TTY: true, Width: 120})
	o.Now = func() time.Time { return now }
	tail := NewTail(&b, o)
	for range 100 {
		if err := tail.Add(limited().exchange()); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := strings.Count(b.String(), "seen"), 1; got != want {
		t.Errorf("status lines drawn = %d, want %d", got, want)
	}
	now = now.Add(time.Second)
	if err := tail.Tick(now); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(screenOf(t, b.Bytes()), "×100") {
		t.Errorf("the count is missing after a tick:\n%s", screenOf(t, b.Bytes()))
	}
}

func TestTailShowsNothingHarmful(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	c := renamed()
	c.path = "/v1/\x1b[2J\u202e" + strings.Repeat("x", 3000)
	c.brief = "`\x07\r\n`"
	tail := NewTail(&b, pictured(Options{}))
	if err := tail.Add(c.exchange()); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"\x1b", "\u202e", "\x07", "\r"} {
		if strings.Contains(b.String(), bad) {
			t.Errorf("output has %q", bad)
		}
	}
}

func TestSummaryIsTheMockup(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(filepath.Join("testdata", "ux", "g-summary.txt"))
	if err != nil {
		t.Fatal(err)
	}
	s := summed()
	for _, width := range []int{0, 120} {
		var b bytes.Buffer
		if err := s.Write(&b, Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
			t.Errorf("width %d (-want +got):\n%s", width, diff)
		}
	}
}

func TestSummaryLooks(t *testing.T) {
	t.Parallel()
	for look, o := range looks {
		t.Run(look, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := summed().Write(&b, o); err != nil {
				t.Fatal(err)
			}
			golden(t, "g-summary."+look+".txt", b.Bytes())
			checkLook(t, o, b.Bytes())
		})
	}
}

func summed() *Summary {
	s := NewSummary()
	add := func(n int, c tailed, last time.Duration) {
		for i := range n {
			c.at = last - time.Duration(n-1-i)*time.Second
			s.Add(c.exchange())
		}
	}
	add(41, renamed(), 11*time.Minute+55*time.Second)
	add(38, limited(), 8*time.Minute+10*time.Second)
	add(6, refused(), 44*time.Second)
	add(1197, fine(0), 12*time.Minute)
	s.Elapsed, s.Zone = 12*time.Minute+4*time.Second, time.UTC
	s.Totals = &Counts{Seen: 1284, OK: 1197, Failed: 87, Blocked: 3, Unexplained: 2}
	s.Cost, s.Kept = "p50 0.11 ms · p99 0.9 ms", "87 exchanges, 1.2 MB, secrets masked"
	s.Next = []string{"faultline explain k7m2q", "faultline list cause:unexplained", "faultline export --har out.har"}
	return s
}

func TestSummaryCountsWhatWasAdded(t *testing.T) {
	t.Parallel()
	s := NewSummary()
	blocked := renamed()
	blocked.labels = map[string]string{faultline.LabelAction: faultline.ActionBlocked}
	s.Add(blocked.exchange())
	s.Add(fine(time.Second).exchange())
	ex, _ := refused().exchange()
	s.Add(ex, &faultline.Diagnosis{Failed: true})
	if got, want := s.Counts(), (Counts{Seen: 3, OK: 1, Failed: 2, Blocked: 1, Unexplained: 1}); got != want {
		t.Errorf("counts = %+v, want %+v", got, want)
	}
}

func TestSummaryFixIsNotCutInsideCode(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"send `Content-Type: application/json`, or another type that the operation takes", "send `Content-Type: application/json`"},
		{"honour Retry-After (20 s; no less), and wait longer after each refusal", "honour Retry-After (20 s; no less)"},
		{"start the API: nothing listens", "start the API"},
		{"an open `code: span", "an open `code: span"},
	} {
		if got := shortFix(&faultline.Finding{Remedy: faultline.Remedy{Text: tt.text}}); got != tt.want {
			t.Errorf("fix = %q, want %q", got, tt.want)
		}
	}
	o := Options{}
	if got, want := o.cutWords("look it up by its id, `x-request-id: req-000024`", 40), "look it up by its id…"; got != want {
		t.Errorf("cut = %q, want %q", got, want)
	}
}

func TestTailOnAPipeIsInTheOrderOfTimeIfAsked(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	o := pictured(Options{})
	o.InOrder, o.FullParty = true, true
	tail := NewTail(&b, o)
	slow := refused()
	slow.party = faultline.Environment
	for _, c := range []tailed{renamed(), fine(3 * time.Second), limited(), fine(5 * time.Second), slow} {
		if err := tail.Add(c.exchange()); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, line := range strings.Split(strings.TrimSpace(b.String()), "\n")[2:] {
		got = append(got, line[:8])
	}
	want := []string{"14:31:02", "14:31:03", "14:31:04", "14:31:05", "14:31:09"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("times (-want +got):\n%s", diff)
	}
	if !strings.Contains(b.String(), " environment ") {
		t.Errorf("the party is shortened where there is room:\n%s", &b)
	}
}

func TestCountedCallsAreOneLineByOperationAndStatus(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	o := pictured(Options{})
	o.Counts, o.Request = nil, func(operation string) string { return map[string]string{"getOrder": "GET /v1/orders/{id}"}[operation] }
	tail := NewTail(&b, o)
	start := time.Date(2026, 11, 20, 14, 31, 3, 0, time.UTC)
	for second := range 60 {
		at := start.Add(time.Duration(second) * time.Second)
		if err := tail.AddCounted(at, at.Add(time.Second), []Counted{
			{Operation: "getOrder", Status: 200, Count: 3, Took: 36 * time.Millisecond},
			{Method: "POST", Status: 201, Count: 1, Took: 4 * time.Millisecond},
			{Count: 1},
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := tail.Close(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"200   12  GET /v1/orders/{id}", "×180 ok in 60 s", "POST …", "×60 ok in 60 s", "other methods"} {
		if got := b.String(); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
