package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/yuin/goldmark"

	"github.com/faultline-http/faultline"
)

func TestFormatsOfTheMockups(t *testing.T) {
	t.Parallel()
	for name, make := range mockups {
		for _, format := range Formats()[1:] {
			t.Run(name+"/"+format, func(t *testing.T) {
				t.Parallel()
				ex, d, o := make()
				golden(t, name+"."+format, written(t, format, o, ex, d))
			})
		}
	}
}

func written(t *testing.T, format string, o Options, ex *faultline.Exchange, d *faultline.Diagnosis) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := New(format, &b, o)
	if err != nil {
		t.Fatal(err)
	}
	if g, ok := w.(*GitHub); ok {
		g.token = func() string { return "token" }
		g.o.JobSummary = &b
	}
	if err := w.Add(ex, d); err != nil {
		t.Fatal(err)
	}
	if err := w.Unreadable(Unreadable{ID: "x2", Kind: "input", Message: "line 7: unexpected `}`", Line: 7}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestNewRefusesUnknownFormats(t *testing.T) {
	t.Parallel()
	if _, err := New("yaml", &bytes.Buffer{}, Options{}); !errors.Is(err, ErrFormat) {
		t.Errorf("error = %v, want ErrFormat", err)
	}
	for _, format := range Formats() {
		if _, err := New(format, &bytes.Buffer{}, Options{}); err != nil {
			t.Errorf("New(%q): %v", format, err)
		}
	}
}

func TestNDJSONHasOneWholeLineAnExchange(t *testing.T) {
	t.Parallel()
	ex, d, o := twoViolations()
	lines := strings.Split(strings.TrimSuffix(string(written(t, FormatNDJSON, o, ex, d)), "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("lines = %d, want 2", len(lines))
	}
	var got struct {
		Schema   string           `json:"schema"`
		Findings []map[string]any `json:"findings"`
	}
	if err := json.Unmarshal([]byte(lines[0]), &got); err != nil {
		t.Fatal(err)
	}
	if got.Schema != "diagnosis/1" || len(got.Findings) != 2 {
		t.Errorf("schema %q with %d findings, want diagnosis/1 with 2", got.Schema, len(got.Findings))
	}
	if want := `{"id":"x2","error":{"kind":"input","message":"line 7: unexpected ` + "`}`" + `","line":7}}`; lines[1] != want {
		t.Errorf("unreadable = %s, want %s", lines[1], want)
	}
}

func TestHealthyExchangeHasAnEmptyListOfFindings(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	ex, _ := fine(0).exchange()
	if err := NewNDJSON(&b).Add(ex, &faultline.Diagnosis{Exchange: "x"}); err != nil {
		t.Fatal(err)
	}
	if want := `"findings":[]`; !strings.Contains(b.String(), want) {
		t.Errorf("line = %s, want %s in it", b.String(), want)
	}
}

func TestPointerOfTheWholeBodyIsKept(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		f    faultline.Finding
		want string
	}{
		{"whole body", faultline.Finding{At: faultline.AtBody("", faultline.Span{})}, `"at":{"side":"request","in":"body","pointer":""}`},
		{"header", faultline.Finding{At: faultline.AtHeader("X-Key")}, `"at":{"side":"request","in":"header","name":"X-Key"}`},
		{
			"missing field at its parent",
			faultline.Finding{Cause: cause("body.missing-field", faultline.Client, ""), At: faultline.AtBody("/a", faultline.Span{}), Detail: faultline.Detail{Field: "b/c"}},
			`"pointer":"/a/b~1c"`,
		},
		{
			"missing field at itself",
			faultline.Finding{Cause: cause("body.missing-field", faultline.Client, ""), At: faultline.AtBody("/a/b", faultline.Span{}), Detail: faultline.Detail{Field: "b"}},
			`"pointer":"/a/b"}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			ex, _ := fine(0).exchange()
			if err := NewNDJSON(&b).Add(ex, &faultline.Diagnosis{Findings: []faultline.Finding{tt.f}}); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(b.String(), tt.want) {
				t.Errorf("line = %s, want %s in it", b.String(), tt.want)
			}
			if !strings.Contains(b.String(), `"patch":[]`) {
				t.Errorf("line = %s, want a patch that is a list", b.String())
			}
		})
	}
}

func TestJSONIsWholeAfterAnInterruption(t *testing.T) {
	t.Parallel()
	for added := range 3 {
		var b bytes.Buffer
		w := NewJSON(&b)
		for range added {
			ex, d, _ := rateLimited()
			if err := w.Add(ex, d); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Schema    string `json:"schema"`
			Exchanges []any  `json:"exchanges"`
		}
		if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
			t.Fatalf("after %d: %v", added, err)
		}
		if len(doc.Exchanges) != added || doc.Exchanges == nil {
			t.Errorf("exchanges = %v, want %d", doc.Exchanges, added)
		}
	}
}

// hostile is text that would like to leave its place.
const hostile = "\x1b[31m\u202e`x` ```\n~~~\n<script>alert(1)</script> [a](https://evil.example) @team ![i](//e) | # * _ \x00\u200b\xff"

func hostileDiagnosis() (*faultline.Exchange, *faultline.Diagnosis) {
	ex := orderExchange()
	ex.ID = hostile
	ex.Request.Method, ex.Request.Target = hostile, "/"+hostile+"?access_token=hunter2"
	ex.Request.Body = faultline.NewBody([]byte("{\"" + hostile + "\": 1}"))
	ex.Response.Reason = hostile
	ex.Response.Body = faultline.NewBody([]byte(hostile))
	f := faultline.Finding{
		Cause: cause("body.type", faultline.Client, hostile), At: faultline.AtBody("/"+hostile, faultline.Span{Start: 1, End: 20, Line: 1, Column: 2}),
		Message: hostile, Brief: hostile, Expected: hostile, Found: hostile, Caret: hostile, Retry: hostile,
		Source:   faultline.Source{File: hostile, Line: 1},
		Evidence: []faultline.Evidence{{Title: hostile, Lines: []faultline.Line{{Text: hostile, Note: hostile}, {Text: hostile, Span: faultline.Span{Start: 3, End: 9}, Note: hostile}}}, {Kind: faultline.Fact, Title: hostile, Lines: []faultline.Line{{Text: hostile}}}, {Kind: faultline.Hops, Lines: []faultline.Line{{Text: hostile}}}},
		RuledOut: []faultline.Rival{{Slug: hostile, Why: hostile}}, Notes: []faultline.Note{{Label: "wait", Text: hostile}, {Label: "note", Text: hostile}},
		Remedy: faultline.Remedy{Text: hostile, Steps: []faultline.Step{{Text: hostile, Command: hostile}}, Patch: []faultline.Edit{{Op: "replace", Path: "/" + hostile, Value: hostile}}},
	}
	query := f
	query.At, query.Evidence = faultline.AtQuery("access_token"), nil
	header := query
	header.At = faultline.AtHeader("Authorization")
	corrected := ex.Request
	return ex, &faultline.Diagnosis{
		Exchange: hostile, Operation: hostile, Failed: true, Contract: hostile, Unverified: hostile, Looked: []string{hostile},
		Findings: []faultline.Finding{f, query, header}, Corrected: &corrected, RuledOut: []faultline.Rival{{Slug: "x", Why: hostile}},
	}
}

func TestNothingHarmfulInAnyFormat(t *testing.T) {
	t.Parallel()
	for _, format := range Formats() {
		for _, o := range []Options{{}, {ASCII: true, Width: 60}, {Width: 120, All: true, Reflow: true}} {
			ex, d := hostileDiagnosis()
			out := written(t, format, o, ex, d)
			for _, bad := range []string{"\x1b", "\u202e", "\x00", "\u200b", "hunter2", "s3cr3t-t0k3n"} {
				if bytes.Contains(out, []byte(bad)) {
					t.Errorf("%s with %+v has %q:\n%s", format, o, bad, out)
				}
			}
			if format == FormatMarkdown {
				checkMarkdown(t, out)
			}
		}
	}
}

// checkMarkdown renders the page, and looks for what the text brought about.
func checkMarkdown(t *testing.T, out []byte) {
	t.Helper()
	var html bytes.Buffer
	if err := goldmark.Convert(out, &html); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script", "<a ", "<img", "<em>", "<!--"} {
		if strings.Contains(html.String(), bad) {
			t.Errorf("the page has %s:\n%s\nfrom\n%s", bad, html.String(), out)
		}
	}
}

func TestUnexplained(t *testing.T) {
	t.Parallel()
	ex, _ := refused().exchange()
	d := &faultline.Diagnosis{Exchange: "q1", Failed: true, Looked: []string{"status 502, no header of the API", "the request, without a contract"}}
	golden(t, "unexplained.txt", drawn(t, ex, d, Options{}))
	d.Contract = "orders.yaml 1.4.0"
	if got := string(drawn(t, ex, d, Options{})); strings.Contains(got, "--contract") {
		t.Errorf("a contract was at hand, and one is asked for:\n%s", got)
	}
}

func TestHealthyIsOneLine(t *testing.T) {
	t.Parallel()
	ex, _ := fine(0).exchange()
	for want, d := range map[string]*faultline.Diagnosis{
		"ok 200  GET /v1/orders/ord_7  getOrder  f1n3  keeps the contract orders.yaml 1.4.0\n":         {Exchange: "f1n3", Operation: "getOrder", Contract: "orders.yaml 1.4.0"},
		"ok 200  GET /v1/orders/ord_7  f1n3  nothing wrong found\n":                                    {Exchange: "f1n3"},
		"ok 200  GET /v1/orders/ord_7  f1n3  not held to the contract: `dependentSchemas` in line 4\n": {Exchange: "f1n3", Unverified: "`dependentSchemas` in line 4"},
	} {
		if got := string(drawn(t, ex, d, Options{})); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
