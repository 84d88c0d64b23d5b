package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/curlcmd"
)

// Markdown writes diagnoses for issues and chats: headings, fenced blocks.
// Text from the wire cannot leave its block or its line.
type Markdown struct {
	w     io.Writer
	o     Options
	begun bool
}

// NewMarkdown returns a writer of Markdown. Of the options it heeds All, Seen,
// Page and Reflow.
func NewMarkdown(w io.Writer, o Options) *Markdown {
	return &Markdown{w: w, o: Options{All: o.All, Seen: o.Seen, Page: o.Page, Reflow: o.Reflow}}
}

// Add writes one exchange.
func (m *Markdown) Add(ex *faultline.Exchange, d *faultline.Diagnosis) error {
	p, err := m.begin()
	if err != nil {
		return err
	}
	t := &text{p: p, ex: ex, d: d}
	md := &markdownPage{t: t, w: p.w}
	switch {
	case len(d.Findings) == 0 && !d.Failed:
		md.heading("ok")
		md.line("Nothing wrong was found.")
	case len(d.Findings) == 0:
		md.heading(statusWords(ex))
		md.unexplained()
	default:
		md.heading(statusWords(ex))
		md.failed()
	}
	return p.flush()
}

// Unreadable writes an error in the place of an exchange.
func (m *Markdown) Unreadable(e Unreadable) error {
	p, err := m.begin()
	if err != nil {
		return err
	}
	head := "### not readable"
	if e.ID != "" {
		head += ": " + code(e.ID)
	}
	if e.Line > 0 {
		head += fmt.Sprintf(", line %d", e.Line)
	}
	fmt.Fprintf(p.w, "%s\n\n%s\n", head, prose(e.Message))
	return p.flush()
}

// Close has nothing to end.
func (m *Markdown) Close() error { return nil }

func (m *Markdown) begin() (*printer, error) {
	p := newPrinter(m.w, m.o)
	if m.begun {
		p.blank()
	}
	m.begun = true
	return p, nil
}

func statusWords(ex *faultline.Exchange) string {
	switch code := statusCode(ex); code {
	case "ERR":
		return "no answer"
	case "-":
		return "request"
	default:
		return code
	}
}

// markdownPage writes one exchange. The pictures are those of the text.
type markdownPage struct {
	t *text
	w *bufio.Writer
}

func (m *markdownPage) line(s string) { m.w.WriteString(s + "\n") }

func (m *markdownPage) heading(status string) {
	r := &m.t.ex.Request
	head := "### " + status + " " + code(r.Method+" "+shorten(r.Path(), maxPath))
	if m.t.d.Operation != "" {
		head += " (" + code(m.t.d.Operation) + ")"
	}
	m.line(head + "\n")
}

func (m *markdownPage) failed() {
	f := &m.t.d.Findings[0]
	var who strings.Builder
	who.WriteString(fmt.Sprintf("**Who acts:** the %s (%s)", f.WhoActs(), f.Strength))
	for _, more := range []string{m.t.mistakes(), m.t.p.o.Seen, m.t.contractNamed()} {
		if more != "" {
			who.WriteString(" · " + prose(more))
		}
	}
	m.line(who.String())
	for i := range m.t.findingsShown() {
		m.finding(&m.t.d.Findings[i])
	}
	if rest := len(m.t.d.Findings) - len(m.t.findingsShown()) + m.t.d.More; rest > 0 {
		m.line("\nand " + plural(rest, "finding") + " more")
	}
	m.advice()
}

func (m *markdownPage) finding(f *faultline.Finding) {
	m.line("\n#### " + code(string(f.Cause.Slug)) + " " + prose(f.Message) + "\n")
	m.block("text", m.picture(f))
	for _, said := range []struct{ label, words string }{{"expected", f.Expected}, {"found", f.Found}} {
		if said.words != "" {
			line := "- " + said.label + ": " + prose(said.words)
			if said.label == "expected" && f.Source.File != "" {
				line += " (" + code(f.Source.String()) + ")"
			}
			m.line(line)
		}
	}
	if f.Remedy.Text != "" {
		line := "- fix: " + prose(f.Remedy.Text)
		if f.Remedy.Applicability != "" {
			line += " (" + string(f.Remedy.Applicability) + ")"
		}
		m.line(line)
	}
}

// picture draws the place and the evidence as the text does.
func (m *markdownPage) picture(f *faultline.Finding) string {
	var b strings.Builder
	t := &text{p: newPrinter(&b, m.t.p.o), ex: m.t.ex, d: m.t.d}
	if f.At.In == faultline.InBody && !hasBlock(f, f.At.String()) || !hasPicture(f) {
		t.place(f)
	}
	t.evidence(f.Evidence)
	_ = t.p.flush() // a builder takes everything
	return b.String()
}

func (m *markdownPage) advice() {
	d := m.t.d
	if d.Corrected != nil {
		m.line("\n**Fix:** " + prose(m.t.edits()) + "\n")
		m.block("sh", curlcmd.Command(d.Corrected, curlcmd.Style{})+"\n")
	}
	if m.t.hasSteps() {
		m.line("\n**Steps:**\n")
		for i, s := range m.t.steps() {
			line := fmt.Sprintf("%d. %s", i+1, prose(s.Text))
			if s.Command != "" {
				line += ": " + code(s.Command)
			}
			m.line(line)
			if s.Lines != "" {
				m.block("", s.Lines+"\n")
			}
		}
	}
	var lines []string
	if words := m.t.rivals(); words != "" {
		lines = append(lines, "- ruled out: "+prose(words))
	}
	m.t.eachNote(func(n faultline.Note) {
		lines = append(lines, "- "+prose(n.Label)+": "+prose(strings.ReplaceAll(n.Text, "\t", " ")))
	})
	if retry := d.Findings[0].Retry; retry != "" {
		lines = append(lines, "- retry: "+prose(retry))
	}
	if d.Unverified != "" {
		lines = append(lines, "- not held to the contract: "+prose(d.Unverified))
	}
	for i := range d.Ranking {
		if s := &d.Ranking[i]; s.Before != "" {
			lines = append(lines, fmt.Sprintf("- why %d: %s stands before the next, since %s", i+1, prose(string(s.Cause)), prose(s.Before)))
		}
	}
	if len(lines) > 0 {
		m.line("\n" + strings.Join(lines, "\n"))
	}
}

func (m *markdownPage) unexplained() {
	m.line("The call failed, and no cause of the catalogue fits what was seen.")
	for i, looked := range m.t.d.Looked {
		if i == 0 {
			m.line("")
		}
		m.line("- looked at " + prose(looked))
	}
	if m.t.d.Contract == "" {
		m.line("\n" + prose(noContract))
	}
}

// block writes a fenced block. The fence is longer than any run of backticks
// in the text (CommonMark, section 4.5), so that the text cannot end it.
func (m *markdownPage) block(kind, text string) {
	if text == "" {
		return
	}
	fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	m.line(fence + kind + "\n" + strings.TrimRight(text, "\n") + "\n" + fence)
}

// code writes a code span. Its fence too is longer than what is inside
// (CommonMark, section 6.1).
func code(s string) string {
	s = Options{}.clean(s)
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || strings.TrimSpace(s) == "" {
		s = " " + s + " "
	}
	return fence + s + fence
}

// prose writes words with code in backticks. What stands between a pair of
// backticks becomes a code span, and all else is escaped: a name from the wire
// makes no link, no mention and no markup.
func prose(s string) string {
	s = Options{}.clean(s)
	var b strings.Builder
	for s != "" {
		open := strings.IndexByte(s, '`')
		end := -1
		if open >= 0 {
			end = strings.IndexByte(s[open+1:], '`')
		}
		if end < 0 {
			b.WriteString(escapeMarkup(s))
			break
		}
		b.WriteString(escapeMarkup(s[:open]))
		if inside := s[open+1 : open+1+end]; inside == "" {
			b.WriteString("\\`\\`")
		} else {
			b.WriteString(code(inside))
		}
		s = s[open+end+2:]
	}
	return b.String()
}

// escapeMarkup puts a backslash before what CommonMark, GitHub and chats give
// a meaning, and breaks mentions and bare addresses.
func escapeMarkup(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune("\\`*_[]<>#|~!&$", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '@':
			b.WriteString("&#64;")
		case r == ':' && strings.HasPrefix(s[i:], "://"):
			b.WriteString("&#58;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func longestRun(s string, of rune) int {
	longest, run := 0, 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if r != of {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
