package cli

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

// pageJSON is the page of a cause for programs.
type pageJSON struct {
	Cause    faultline.Slug  `json:"cause"`
	Party    faultline.Party `json:"party"`
	Title    string          `json:"title"`
	Statuses []int           `json:"statuses"`
	Since    string          `json:"since,omitempty"`
	Page     string          `json:"page"` // Markdown
}

// writePage prints the manual page of a cause.
func (a *app) writePage(w *output, p *causes.Page) error {
	switch a.flags.format {
	case formatJSON, formatNDJSON:
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		if a.flags.format == formatJSON {
			enc.SetIndent("", "  ")
		}
		return enc.Encode(pageJSON{p.Slug, p.Party, p.Title, append([]int{}, p.Statuses...), p.Since, p.Body})
	case formatMarkdown:
		_, err := fmt.Fprintf(w, "# %s: %s\n\n%s\n", p.Slug, p.Title, strings.TrimSpace(p.Body))
		return err
	}
	_, err := w.WriteString(pageText(p, w.screen))
	return err
}

// pageText sets a page for a terminal: headings at the left edge, prose wrapped
// and indented, examples as they stand.
func pageText(p *causes.Page, s screen) string {
	width := readingWidth
	if s.Width > 0 {
		width = min(s.Width, readingWidth)
	}
	t := typesetter{screen: s, width: width}
	t.line(s.bold(string(p.Slug)) + "  " + s.clean(p.Title))
	t.line("who  " + who(p.Party) + statuses(p.Statuses))
	t.line("")
	t.markdown(p.Body)
	return strings.TrimRight(t.b.String(), "\n") + "\n"
}

// readingWidth is where lines of prose get hard to follow.
const readingWidth = 90

func who(p faultline.Party) string { return "the " + string(p) }

func statuses(list []int) string {
	if len(list) == 0 {
		return ""
	}
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.Itoa(n)
	}
	return "     status  " + strings.Join(words, ", ")
}

// typesetter turns the Markdown that our pages use into lines: headings,
// paragraphs, lists, tables and fenced examples.
type typesetter struct {
	screen
	width int
	b     strings.Builder
	para  []string
	mark  string // of a list item: "- " or "1. "
}

func (t *typesetter) line(text string) {
	t.b.WriteString(strings.TrimRight(text, " ") + "\n")
}

var (
	listItem  = regexp.MustCompile(`^([-*]|\d+\.) +`)
	mdLink    = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)
	mdHeading = regexp.MustCompile(`^#+ +`)
)

func (t *typesetter) markdown(text string) {
	fenced := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		switch mark := listItem.FindString(line); {
		case strings.HasPrefix(line, "```"):
			t.endParagraph()
			fenced = !fenced
		case fenced:
			t.line("    " + t.clean(line))
		case mdHeading.MatchString(line):
			t.endParagraph()
			t.line(t.bold(t.clean(mdHeading.ReplaceAllString(line, ""))))
		case strings.TrimSpace(line) == "":
			t.endParagraph()
			t.gap()
		case strings.HasPrefix(line, "|"):
			t.endParagraph()
			t.line("  " + t.clean(line))
		case mark != "":
			t.endParagraph()
			t.mark = mark
			t.para = append(t.para, line[len(mark):])
		default:
			t.para = append(t.para, strings.TrimSpace(line))
		}
	}
	t.endParagraph()
}

// gap separates blocks by one empty line, never two.
func (t *typesetter) gap() {
	if !strings.HasSuffix(t.b.String(), "\n\n") {
		t.line("")
	}
}

func (t *typesetter) endParagraph() {
	if len(t.para) == 0 {
		return
	}
	const indent = "  "
	text := mdLink.ReplaceAllStringFunc(strings.Join(t.para, " "), linkText)
	first, rest := indent+t.mark, indent+strings.Repeat(" ", len(t.mark))
	t.para, t.mark = nil, ""
	line := first
	for word := range strings.FieldsSeq(t.clean(text)) {
		if line != first && line != rest {
			if uniseg.StringWidth(line)+1+uniseg.StringWidth(word) > t.width {
				t.line(line)
				line = rest
			} else {
				line += " "
			}
		}
		line += word
	}
	t.line(line)
}

// linkText keeps the words of a link, and the address if it leads out of the
// catalogue.
func linkText(link string) string {
	m := mdLink.FindStringSubmatch(link)
	if strings.Contains(m[2], "://") && m[1] != m[2] {
		return m[1] + " (" + m[2] + ")"
	}
	return m[1]
}
