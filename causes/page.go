package causes

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/faultline-http/faultline"
)

//go:embed *.md
var pageFiles embed.FS

// A Page is the manual page of a cause: a Markdown file called SLUG.md whose
// front matter holds title, party, usual statuses and the version that knew
// the cause first.
type Page struct {
	faultline.Cause
	Statuses []int // usual statuses; none for a call that got no answer
	Since    string
	Body     string    // Markdown below the front matter
	Sections []Section // the same in pieces; the first has no heading
}

// A Section is a heading of the second level and what stands below it.
type Section struct {
	Heading string // without "## "; empty for what precedes the first
	Text    string // Markdown
}

// Section returns the text below a heading, and whether the page has it.
func (p *Page) Section(heading string) (string, bool) {
	for _, s := range p.Sections {
		if s.Heading == heading {
			return s.Text, true
		}
	}
	return "", false
}

// A Fence is one fenced block of a page: its info string and its lines.
type Fence struct{ Info, Text string }

// Fences returns the fenced blocks of a section in order.
func (s Section) Fences() []Fence {
	var out []Fence
	var open *Fence
	for line := range strings.Lines(s.Text) {
		info, fence := strings.CutPrefix(strings.TrimRight(line, "\n"), "```")
		switch {
		case !fence && open != nil:
			open.Text += line
		case fence && open == nil:
			open = &Fence{Info: strings.TrimSpace(info)}
		case fence:
			out = append(out, *open)
			open = nil
		}
	}
	return out
}

// catalogue reads every page once. The error is a mistake of ours that a test
// finds: pages are part of the program.
var catalogue = sync.OnceValues(func() (map[faultline.Slug]*Page, error) {
	names, err := fs.Glob(pageFiles, "*.md")
	if err != nil {
		return nil, err
	}
	out := make(map[faultline.Slug]*Page, len(names))
	for _, name := range names {
		text, err := pageFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		slug := faultline.Slug(strings.TrimSuffix(name, ".md"))
		page, err := parsePage(slug, string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out[slug] = page
	}
	return out, nil
})

// Pages returns all pages, sorted by slug.
func Pages() []*Page {
	all, err := catalogue()
	if err != nil {
		panic(err) // embedded and tested
	}
	out := make([]*Page, 0, len(all))
	for _, p := range all {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *Page) int { return strings.Compare(string(a.Slug), string(b.Slug)) })
	return out
}

// PageOf returns the page of a cause.
func PageOf(slug faultline.Slug) (*Page, error) {
	all, err := catalogue()
	if err != nil {
		return nil, err
	}
	p, ok := all[slug]
	if !ok {
		return nil, fmt.Errorf("no page %s.md", slug)
	}
	return p, nil
}

func parsePage(slug faultline.Slug, text string) (*Page, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return nil, fmt.Errorf("line 1: want the front matter to begin with ---")
	}
	front, body, ok := strings.Cut(rest, "\n---\n")
	if !ok {
		return nil, fmt.Errorf("the front matter does not end with ---")
	}
	p := &Page{Cause: faultline.Cause{Slug: slug}, Body: strings.TrimSpace(body) + "\n"}
	for i, line := range strings.Split(front, "\n") {
		if err := p.setFront(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
	}
	if p.Title == "" || p.Party == "" || p.Since == "" {
		return nil, fmt.Errorf("the front matter needs title, party and since")
	}
	p.Sections = sections(p.Body)
	return p, nil
}

func (p *Page) setFront(line string) error {
	key, value, ok := strings.Cut(line, ": ")
	if !ok {
		return fmt.Errorf("want `key: value`, found %q", line)
	}
	switch key {
	case "title":
		p.Title = value
	case "party":
		p.Party = faultline.Party(value)
	case "since":
		p.Since = value
	case "status":
		return p.setStatuses(value)
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return nil
}

func (p *Page) setStatuses(value string) error {
	if value == "none" {
		return nil
	}
	for s := range strings.SplitSeq(value, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 100 || n > 599 {
			return fmt.Errorf("status: want numbers from 100 to 599 or none, found %q", value)
		}
		p.Statuses = append(p.Statuses, n)
	}
	return nil
}

// sections splits at headings of the second level; a heading inside a fenced
// block is an example, not a heading.
func sections(body string) []Section {
	out := []Section{{}}
	fenced := false
	for line := range strings.Lines(body) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if heading, ok := strings.CutPrefix(line, "## "); ok && !fenced {
			out = append(out, Section{Heading: strings.TrimSpace(heading)})
			continue
		}
		out[len(out)-1].Text += line
	}
	return out
}

// Index is the table of all causes as Markdown: docs/causes.md.
func Index() string {
	var b strings.Builder
	b.WriteString("# Causes\n\n")
	b.WriteString("Each is a page in `causes/` and prints with `faultline explain SLUG`. Made from the pages; `make docs` writes it anew.\n")
	family := ""
	for _, p := range Pages() {
		if f := p.Slug.Family(); f != family {
			family = f
			fmt.Fprintf(&b, "\n## %s\n\n| cause | who acts | usual status | what |\n| --- | --- | --- | --- |\n", f)
		}
		fmt.Fprintf(&b, "| [`%s`](../causes/%s.md) | %s | %s | %s |\n", p.Slug, p.Slug, p.Party, p.statusText(), p.Title)
	}
	return b.String()
}

func (p *Page) statusText() string {
	if len(p.Statuses) == 0 {
		return "no answer"
	}
	words := make([]string, len(p.Statuses))
	for i, s := range p.Statuses {
		words[i] = strconv.Itoa(s)
	}
	return strings.Join(words, ", ")
}
