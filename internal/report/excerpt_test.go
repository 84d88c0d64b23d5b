package report

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
)

// caretsIn draws a finding in a body and returns the line with the value, the
// line with the carets, and what stands above the carets.
func caretsIn(t *testing.T, body, value string, o Options) (shown, carets, above string) {
	t.Helper()
	ex := orderExchange()
	ex.Request.Body = faultline.NewBody([]byte(body))
	at := strings.Index(body, value)
	if at < 0 {
		t.Fatalf("no %q in the body", value)
	}
	line := 1 + strings.Count(body[:at], "\n")
	f := faultline.Finding{
		Cause: cause("body.type", faultline.Client, ""), Message: "m", Caret: "here",
		At: faultline.AtBody("/a", faultline.Span{Start: at, End: at + len(value), Line: line, Column: 1}),
	}
	out := string(drawn(t, ex, &faultline.Diagnosis{Failed: true, Findings: []faultline.Finding{f}}, o))
	lines := strings.Split(out, "\n")
	for i, l := range lines {
		if strings.Contains(l, "^") {
			return lines[i-1], l, aboveCarets(lines[i-1], l)
		}
	}
	t.Fatalf("no carets in\n%s", out)
	return "", "", ""
}

// aboveCarets is what a reader sees above the carets: it walks columns, not bytes.
func aboveCarets(shown, carets string) string {
	from := strings.IndexByte(carets, '^')
	from = width(carets[:from])
	to := from + strings.Count(carets, "^")
	var b strings.Builder
	column := 0
	for _, c := range (Options{}).cells(shown, 0, len(shown)*2) {
		if column >= from && column < to {
			b.WriteString(c.text)
		}
		column += c.width
	}
	return b.String()
}

func TestCaretsStandUnderTheBytes(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, body, value, above string }{
		{"plain", `{"a": "3"}`, `"3"`, `"3"`},
		{"wide characters before", `{"名前": "東京", "a": "3"}`, `"3"`, `"3"`},
		{"wide characters inside", `{"a": "東京"}`, `"東京"`, `"東京"`},
		{"combining marks before", "{\"e\u0301te\u0301\": 1, \"a\": \"3\"}", `"3"`, `"3"`},
		{"combining marks inside", "{\"a\": \"e\u0301e\u0301\"}", "\"e\u0301e\u0301\"", "\"e\u0301e\u0301\""},
		{"flags and families", "{\"🇩🇪\": \"👍🏽\", \"a\": \"3\"}", `"3"`, `"3"`},
		{"tabs", "{\t\t\"a\":\t\"3\"}", `"3"`, `"3"`},
		{"control characters", "{\"b\": \"\x01\x1b[2J\", \"a\": \"3\"}", `"3"`, `"3"`},
		{"bytes that are no text", "{\"b\": \"\xff\xfe\", \"a\": \"3\"}", `"3"`, `"3"`},
		{"a control character itself", "{\"a\": \"x\x02y\"}", "\x02", `\u{2}`},
		{"after a byte order mark", "\ufeff{\"a\": \"3\"}", `"3"`, `"3"`},
		{"on a line with a carriage return", "{\r\n\"a\": \"3\"\r\n}", `"3"`, `"3"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, o := range []Options{{}, {Width: 60}, {Width: 120}} {
				shown, carets, above := caretsIn(t, tt.body, tt.value, o)
				if above != tt.above {
					t.Errorf("above the carets stands %q, want %q:\n%s\n%s", above, tt.above, shown, carets)
				}
			}
		})
	}
}

func TestCaretsStandUnderTheBytesOfALongLine(t *testing.T) {
	t.Parallel()
	wide := strings.Repeat(`{"名":"東京","e`+"\u0301"+`":1},`, 20000)
	tests := []struct{ name, body, value string }{
		{"in the middle", "[" + strings.Repeat(`{"b":"ok"},`, 50000) + `{"a":"THREE"}` + strings.Repeat(`,{"b":"ok"}`, 50000) + "]", `"THREE"`},
		{"at the start", `{"a":"THREE"` + strings.Repeat(`,"b":"ok"`, 100000) + "}", `"THREE"`},
		{"at the end", "{" + strings.Repeat(`"b":"ok",`, 100000) + `"a":"THREE"}`, `"THREE"`},
		{"among wide characters", "[" + wide + `{"a":"THREE"},` + wide + "1]", `"THREE"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, o := range []Options{{}, {Width: 60}, {Width: 120}, {Width: 60, ASCII: true}} {
				shown, carets, above := caretsIn(t, tt.body, tt.value, o)
				if above != tt.value {
					t.Errorf("above the carets stands %q, want %q:\n%s\n%s", above, tt.value, shown, carets)
				}
				limit := o.Width
				if limit == 0 {
					limit = pipeWidth
				}
				if n := width(shown); n > limit || n < limit-30 {
					t.Errorf("line of %d columns, want nearly %d: %s", n, limit, shown)
				}
				dots := o.clean("…")
				atStart, atEnd := strings.HasPrefix(tt.body, `{"a"`), strings.HasSuffix(tt.body, `"THREE"}`)
				if got := strings.Contains(shown, "│ "+dots) || strings.Contains(shown, "| "+dots); got == atStart {
					t.Errorf("cut at the left: %t, want %t: %s", got, !atStart, shown)
				}
				if got := strings.HasSuffix(shown, dots); got == atEnd {
					t.Errorf("cut at the right: %t, want %t: %s", got, !atEnd, shown)
				}
			}
		})
	}
}

func TestSpanLongerThanTheWindowIsCut(t *testing.T) {
	t.Parallel()
	value := `"` + strings.Repeat("y", 1<<20) + `"`
	shown, carets, _ := caretsIn(t, `{"b":1,"a":`+value+`}`, value, Options{Width: 80})
	if n := width(shown); n > 80 {
		t.Errorf("line of %d columns, want at most 80", n)
	}
	if n := strings.Count(carets, "^"); n < 60 || n > 78 {
		t.Errorf("carets = %d, want nearly a line of them:\n%s\n%s", n, shown, carets)
	}
}

func TestLinesAroundAPlaceWithoutAName(t *testing.T) {
	t.Parallel()
	body := "[\n  1,\n  \"x\",\n  3\n]"
	ex := orderExchange()
	ex.Request.Body = faultline.NewBody([]byte(body))
	f := faultline.Finding{Cause: cause("body.type", faultline.Client, ""), Message: "m", At: faultline.AtBody("/1", faultline.Span{Start: 9, End: 12, Line: 3, Column: 3})}
	got := string(drawn(t, ex, &faultline.Diagnosis{Failed: true, Findings: []faultline.Finding{f}}, Options{}))
	if want := " 2 │   1,\n 3 │   \"x\",\n   │   ^^^\n 4 │   3\n"; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant in it\n%s", got, want)
	}
}

func TestValueOfManyLinesIsShownByItsEnds(t *testing.T) {
	t.Parallel()
	body := "{\n  \"a\": {\n" + strings.Repeat("    \"b\": 1,\n", 18) + "    \"c\": 2\n  }\n}"
	start := strings.Index(body, "{\n    ")
	end := strings.LastIndex(body, "\n}")
	ex := orderExchange()
	ex.Request.Body = faultline.NewBody([]byte(body))
	f := faultline.Finding{Cause: cause("body.type", faultline.Client, ""), Message: "m", At: faultline.AtBody("/a", faultline.Span{Start: start, End: end, Line: 2, Column: 8})}
	got := string(drawn(t, ex, &faultline.Diagnosis{Failed: true, Findings: []faultline.Finding{f}}, Options{}))
	if want := "  2 │   \"a\": {\n    │        ^\n  … │ 19 lines\n 22 │   }\n"; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant in it\n%s", got, want)
	}
}

func TestReflowKeepsTheCarets(t *testing.T) {
	t.Parallel()
	body := `{"b": {},"c":[],"d":[1,"a,b"], "a":"THREE"}`
	ex := orderExchange()
	ex.Request.Body = faultline.NewBody([]byte(body))
	at := strings.Index(body, `"THREE"`)
	f := faultline.Finding{Cause: cause("body.type", faultline.Client, ""), Message: "m", At: faultline.AtBody("/a", faultline.Span{Start: at, End: at + 7, Line: 1, Column: at + 1})}
	got := string(drawn(t, ex, &faultline.Diagnosis{Failed: true, Findings: []faultline.Finding{f}}, Options{Reflow: true}))
	if want := " 8 │   \"a\": \"THREE\"\n   │        ^^^^^^^\n"; !strings.Contains(got, want) || !strings.Contains(got, "(re-indented)") {
		t.Errorf("got\n%s\nwant in it\n%s", got, want)
	}
}

func TestBytesThatAreNoTextAreShownAsNumbers(t *testing.T) {
	t.Parallel()
	ex := orderExchange()
	ex.Request.Body = faultline.NewBody([]byte("{\"name\": \"J\xf6rg\"}"))
	f := faultline.Finding{Cause: cause("content.encoding", faultline.Client, ""), Message: "m", Caret: "no UTF-8", At: faultline.AtBody("/name", faultline.Span{Start: 11, End: 12, Line: 1, Column: 12})}
	got := string(drawn(t, ex, &faultline.Diagnosis{Failed: true, Findings: []faultline.Finding{f}}, Options{}))
	want := "   │ 00000000  7b 22 6e 61 6d 65 22 3a 20 22 4a f6 72 67 22 7d  {\"name\":.\"J.rg\"}\n" +
		"   │                                            ^^ no UTF-8\n"
	if !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant in it\n%s", got, want)
	}
}

func TestCredentialsAreNotShown(t *testing.T) {
	t.Parallel()
	ex := orderExchange()
	ex.Request.Target = "/v1/orders?expand=no&api_key=hunter2&q=1"
	ex.Request.Header = append(ex.Request.Header, faultline.Field{Name: "Cookie", Value: "sid=hunter2; a=b"}, faultline.Field{Name: "X-Api-Key", Value: "hunter2"})
	tests := []struct {
		at   faultline.Location
		want string
	}{
		{faultline.AtHeader("Authorization"), "│ authorization: Bearer [token, 12 characters]\n   │                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ here"},
		{faultline.Location{In: faultline.InHeader, Name: "authorization", Span: faultline.Span{Start: 0, End: 6}}, "│ authorization: Bearer [token, 12 characters]\n   │                ^^^^^^ here"},
		{faultline.AtHeader("x-api-key"), "│ X-Api-Key: [7 characters]\n   │            ^^^^^^^^^^^^^^ here"},
		{faultline.AtHeader("cookie"), "│ Cookie: [16 characters]"},
		{faultline.Location{In: faultline.InCookie, Name: "sid"}, "│ Cookie: sid=[7 characters]\n   │         ^^^^^^^^^^^^^^^^^^ here"},
		{faultline.AtQuery("expand"), "│ POST /v1/orders?expand=no&api_key=•••&q=1\n   │                        ^^ here"},
		{faultline.AtQuery("api_key"), "│ POST /v1/orders?expand=no&api_key=•••&q=1\n   │                                   ^^^ here"},
		{faultline.AtQuery("q"), "│ POST /v1/orders?expand=no&api_key=•••&q=1\n   │                                         ^ here"},
		{faultline.AtMethod(), "│ POST /v1/orders?expand=no&api_key=•••&q=1\n   │ ^^^^ here"},
	}
	for _, tt := range tests {
		f := faultline.Finding{Cause: cause("x.y", faultline.Client, ""), Message: "m", Caret: "here", At: tt.at}
		got := string(drawn(t, ex, &faultline.Diagnosis{Failed: true, Findings: []faultline.Finding{f}}, Options{}))
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s: got\n%s\nwant in it\n%s", tt.at, got, tt.want)
		}
		if strings.Contains(got, "hunter2") || strings.Contains(got, "s3cr3t") {
			t.Errorf("%s: a credential is shown:\n%s", tt.at, got)
		}
	}
}

func TestFindingsBeyondEightAreCounted(t *testing.T) {
	t.Parallel()
	d := &faultline.Diagnosis{Failed: true, More: 2}
	for i := range 11 {
		d.Findings = append(d.Findings, faultline.Finding{Cause: cause("param.value", faultline.Client, ""), Message: fmt.Sprintf("mistake %d", i), At: faultline.AtQuery("a")})
	}
	got := string(drawn(t, orderExchange(), d, Options{}))
	if n := strings.Count(got, "error[param.value]"); n != 8 || !strings.Contains(got, "and 5 findings more: --all shows them") {
		t.Errorf("findings shown = %d, want 8 and the rest counted:\n%s", n, got)
	}
	got = string(drawn(t, orderExchange(), d, Options{All: true}))
	if n := strings.Count(got, "error[param.value]"); n != 11 || !strings.Contains(got, "and 2 findings more, counted only") {
		t.Errorf("findings shown = %d, want 11:\n%s", n, got)
	}
}

// TestHostileShapesDoNotBreakTheText draws spans that lie about the body.
func TestHostileShapesDoNotBreakTheText(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "\n", "a", "\xff\xff", "\r\n\r\n", strings.Repeat("\u0301", 5000), strings.Repeat("\n", 5000), "a\x00b"} {
		for _, span := range []faultline.Span{{Start: 0, End: 0, Line: 1}, {Start: 1, End: 9, Line: 4}, {Start: -5, End: -1}, {Start: 9, End: 3}, {Start: 1 << 40, End: 1 << 41}, {Start: 0, End: 1 << 40}} {
			for _, o := range []Options{{}, {Width: 60}, {Width: 60, ASCII: true, Reflow: true}} {
				ex := orderExchange()
				ex.Request.Body = faultline.NewBody([]byte(body))
				f := faultline.Finding{Cause: cause("body.syntax", faultline.Client, ""), At: faultline.AtBody("", span), Caret: "c"}
				drawn(t, ex, &faultline.Diagnosis{Failed: true, Findings: []faultline.Finding{f}}, o)
			}
		}
	}
}

func BenchmarkTextOfAMegabyteInOneLine(b *testing.B) {
	body := "[" + strings.Repeat(`{"b":"ok"},`, 100000) + `{"a":"THREE"}]`
	at := strings.Index(body, `"THREE"`)
	ex := orderExchange()
	ex.Request.Body = faultline.NewBody([]byte(body))
	f := faultline.Finding{At: faultline.AtBody("/100000/a", faultline.Span{Start: at, End: at + 7, Line: 1, Column: at + 1})}
	d := &faultline.Diagnosis{Failed: true, Findings: []faultline.Finding{f}}
	for b.Loop() {
		if err := Text(io.Discard, ex, d, Options{Width: 120}); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzWindowOf(f *testing.F) {
	f.Add(`{"a": "3"}`, 6, 9, 60, false)
	f.Add("\xff\u0301東\x1b", 1, 2, 10, true)
	f.Fuzz(func(t *testing.T, line string, start, end, columns int, ascii bool) {
		columns = 20 + max(columns, -columns)%200
		if columns < 20 {
			t.Skip()
		}
		o := Options{ASCII: ascii}
		w := o.windowOf(line, start, end, columns)
		if strings.ContainsAny(w.text, "\x1b\n\r\t") {
			t.Errorf("window has a control character: %q", w.text)
		}
		if w.caret < 0 || w.wide < 1 || w.caret > columns+maxEscape {
			t.Errorf("carets at %d, %d wide, in %d columns", w.caret, w.wide, columns)
		}
	})
}
