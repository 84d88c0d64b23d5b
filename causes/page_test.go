package causes_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/causes.md anew")

// withoutRule are pages whose cause no rule finds, each with its reason.
var withoutRule = map[faultline.Slug]string{}

func TestEveryPageHasARule(t *testing.T) {
	t.Parallel()
	for _, p := range causes.Pages() {
		_, found := causes.Lookup(p.Slug)
		reason, listed := withoutRule[p.Slug]
		switch {
		case !found && !listed:
			t.Errorf("%s.md has no rule, and no reason in withoutRule", p.Slug)
		case found && listed:
			t.Errorf("%s has a rule, but withoutRule says %q", p.Slug, reason)
		}
	}
}

func TestIndexIsGenerated(t *testing.T) {
	t.Parallel()
	name := filepath.Join("..", "docs", "causes.md")
	if *update {
		if err := os.WriteFile(name, []byte(causes.Index()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(text), causes.Index()); diff != "" {
		t.Errorf("docs/causes.md is not what the pages say; run make docs (-file +pages):\n%s", diff)
	}
}

// TestPages runs every page: what stands under Fails is diagnosed as its cause first, what stands
// under Works does not have it, and a remedy that says it is checked mends the failing call.
func TestPages(t *testing.T) {
	t.Parallel()
	for _, p := range causes.Pages() {
		t.Run(string(p.Slug), func(t *testing.T) {
			t.Parallel()
			form(t, p)
			engine := diagnose.New(contractOf(t, p)...)
			d := engine.Diagnose(example(t, p, "Fails"))
			first, ok := d.Primary()
			if !ok {
				t.Fatalf("nothing was found in the call that fails; looked at %q", d.Looked)
			}
			if first.Cause != p.Cause {
				t.Errorf("cause of the call that fails = %v, want %v; all: %s", first.Cause, p.Cause, slugs(d))
			}
			works := engine.Diagnose(example(t, p, "Works"))
			if _, still := find(works, p.Slug); still {
				t.Errorf("the call that works has %s too", p.Slug)
			}
			mended(t, p, engine, first)
		})
	}
}

func find(d *faultline.Diagnosis, slug faultline.Slug) (faultline.Finding, bool) {
	for _, f := range d.Findings {
		if f.Cause.Slug == slug {
			return f, true
		}
	}
	return faultline.Finding{}, false
}

func slugs(d *faultline.Diagnosis) string {
	var out []string
	for _, f := range d.Findings {
		out = append(out, string(f.Cause.Slug)+" ("+f.Strength.String()+")")
	}
	return strings.Join(out, ", ")
}

// mended asks of a checked remedy what its name says: the request with its edits has the finding no more.
func mended(t *testing.T, p *causes.Page, engine *diagnose.Engine, f faultline.Finding) {
	t.Helper()
	if f.Remedy.Applicability != faultline.Checked {
		return
	}
	ex := example(t, p, "Fails")
	d := engine.Diagnose(ex)
	if d.Corrected == nil {
		t.Fatalf("the remedy %q is checked, but there is no corrected request", f.Remedy.Text)
	}
	ex.Request, ex.Response = *d.Corrected, example(t, p, "Works").Response
	if after, still := find(engine.Diagnose(ex), p.Slug); still {
		t.Errorf("the corrected request has %s still: %s\n%s", p.Slug, after.Message, ex.Request.Body.Bytes())
	}
}

var (
	title     = regexp.MustCompile(`^[A-Z][^\n]*[^.\s]$`)
	seeAlso   = regexp.MustCompile("^- `([a-z]+\\.[a-z-]+)`, [a-z][^\n]*[^.]$")
	slugForm  = regexp.MustCompile(`^[a-z]+\.[a-z]+(-[a-z]+)*$`)
	versions  = regexp.MustCompile(`^\d+\.\d+$`)
	headings  = []string{"", "Fix", "Confirm", "Contract", "Fails", "Works", "See also"}
	mustHave  = []string{"Fix", "Fails", "Works", "See also"}
	parties   = "client server gateway network environment"
	fixStarts = regexp.MustCompile(`^(1\. )?[A-Z][a-z-]+ `)
)

// form holds headings, titles and links to one form.
func form(t *testing.T, p *causes.Page) {
	t.Helper()
	if !slugForm.MatchString(string(p.Slug)) {
		t.Errorf("slug %q is not family.what-is-wrong", p.Slug)
	}
	if !title.MatchString(p.Title) {
		t.Errorf("title %q is not a sentence without a full stop", p.Title)
	}
	if !strings.Contains(parties, string(p.Party)) {
		t.Errorf("party %q is none of %s", p.Party, parties)
	}
	if !versions.MatchString(p.Since) {
		t.Errorf("since %q is not a version like 0.1", p.Since)
	}
	at := 0
	for _, s := range p.Sections {
		for at < len(headings) && headings[at] != s.Heading {
			at++
		}
		if at == len(headings) {
			t.Errorf("heading %q is unknown or out of order; want %q", s.Heading, headings[1:])
			at = 0
		}
		if strings.TrimSpace(s.Text) == "" {
			t.Errorf("section %q is empty", s.Heading)
		}
	}
	for _, h := range mustHave {
		if _, ok := p.Section(h); !ok {
			t.Errorf("section %q is missing", h)
		}
	}
	if fix, _ := p.Section("Fix"); !fixStarts.MatchString(strings.TrimSpace(fix)) {
		t.Errorf("Fix does not start with a verb: %.40q", strings.TrimSpace(fix))
	}
	links(t, p)
	if !strings.Contains(p.Body, "example.com") {
		t.Errorf("the examples do not use example.com")
	}
}

func links(t *testing.T, p *causes.Page) {
	t.Helper()
	text, _ := p.Section("See also")
	for line := range strings.Lines(strings.TrimSpace(text)) {
		m := seeAlso.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			t.Errorf("see also: %q is not of the form - `family.cause`, words without a full stop", strings.TrimSpace(line))
			continue
		}
		if _, err := causes.PageOf(faultline.Slug(m[1])); err != nil {
			t.Errorf("see also: %v", err)
		}
		if m[1] == string(p.Slug) {
			t.Errorf("see also: the page links to itself")
		}
	}
}

func fences(p *causes.Page, heading string) []causes.Fence {
	text, _ := p.Section(heading)
	return causes.Section{Text: text}.Fences()
}

func contractOf(t *testing.T, p *causes.Page) []diagnose.Option {
	t.Helper()
	found := fences(p, "Contract")
	if len(found) == 0 {
		return nil
	}
	name := "api.yaml"
	c, err := contract.Load(fstest.MapFS{name: {Data: []byte(found[0].Text)}}, name)
	if err != nil {
		t.Fatalf("the page's contract: %v", err)
	}
	return []diagnose.Option{diagnose.WithContract(c)}
}

// example reads the exchange under a heading: an http block with the request, an empty line and the
// answer; a text block stands for what the client said, with or without an answer. An info string like
// "http 30s" says how long the call took.
func example(t *testing.T, p *causes.Page, heading string) *faultline.Exchange {
	t.Helper()
	ex := &faultline.Exchange{ID: heading, Start: time.Date(2026, 11, 20, 14, 31, 2, 0, time.UTC)}
	for _, f := range fences(p, heading) {
		kind, took, _ := strings.Cut(f.Info, " ")
		if took != "" {
			d, err := time.ParseDuration(took)
			if err != nil {
				t.Fatalf("%s: %v", heading, err)
			}
			ex.Timing.Total = d
		}
		switch kind {
		case "http":
			if ex.Response != nil && ex.Response.Status/100 == 3 { // the client followed it
				ex.Hops = append(ex.Hops, faultline.Hop{Request: ex.Request, Response: ex.Response})
				ex.Request, ex.Response = faultline.Request{}, nil
			}
			messages(t, ex, f.Text)
		case "text":
			words, phase, _ := strings.Cut(strings.TrimSpace(f.Text), "\nphase: ")
			ex.Failure = &faultline.Failure{Text: words, Phase: phaseNamed(phase)}
		default:
			t.Fatalf("%s: a block is %q, want http or text", heading, f.Info)
		}
	}
	if ex.Request.Method == "" {
		t.Fatalf("%s: no request", heading)
	}
	if ex.Response != nil {
		if at, err := time.Parse(time.RFC1123, ex.Response.Header.Value("Date")); err == nil {
			ex.Start = at
		}
	}
	return ex
}

func phaseNamed(name string) faultline.Phase {
	for p := faultline.PhaseUnknown; p <= faultline.PhaseReceive; p++ {
		if p.String() == name {
			return p
		}
	}
	return faultline.PhaseUnknown
}

var statusLine = regexp.MustCompile(`(?m)^HTTP/[0-9.]+ ([0-9]{3}) ?(.*)$`)

func messages(t *testing.T, ex *faultline.Exchange, text string) {
	t.Helper()
	request, answer := text, ""
	if at := statusLine.FindStringIndex(text); at != nil {
		request, answer = strings.TrimSuffix(text[:at[0]], "\n"), text[at[0]:]
	}
	first, header, body := message(t, request)
	parts := strings.Split(first, " ")
	if len(parts) < 3 {
		t.Fatalf("request line %q", first)
	}
	r := &ex.Request
	r.Method, r.Proto = parts[0], parts[len(parts)-1]
	r.Target = strings.Join(parts[1:len(parts)-1], " ")
	r.Scheme, r.Host, r.Header, r.Body = "https", header.Value("Host"), header, body
	if answer == "" {
		return
	}
	first, header, body = message(t, answer)
	m := statusLine.FindStringSubmatch(first)
	ex.Response = &faultline.Response{Proto: "HTTP/1.1", Reason: m[2], Header: header, Body: body}
	for _, digit := range m[1] {
		ex.Response.Status = ex.Response.Status*10 + int(digit-'0')
	}
}

func message(t *testing.T, text string) (string, faultline.Header, faultline.Body) {
	t.Helper()
	head, body, _ := strings.Cut(text, "\n\n")
	lines := strings.Split(strings.TrimRight(head, "\n"), "\n")
	var h faultline.Header
	for _, line := range lines[1:] {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			t.Fatalf("field line %q", line)
		}
		h = append(h, faultline.Field{Name: name, Value: strings.TrimSpace(value)})
	}
	body = strings.TrimSuffix(body, "\n")
	if strings.HasPrefix(h.Value("Content-Type"), "multipart/") {
		body = strings.ReplaceAll(body, "\n", "\r\n")
	}
	return lines[0], h, faultline.NewBody([]byte(body))
}
