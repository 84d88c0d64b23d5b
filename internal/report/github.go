package report

import (
	"crypto/rand"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
)

// GitHub writes for the log of a GitHub Actions job: an annotation for each of
// the first findings, the full text of each call in a group, and a table in the
// job's summary.
//
// The log is also a channel of commands. The text is written while commands are
// stopped, so that no body can give one.
type GitHub struct {
	w     io.Writer
	o     Options
	token func() string
	found int
	table []string // rows of the summary
	rest  int      // calls that have no row
}

const (
	// mostAnnotations is what GitHub shows of a step: 10 errors; the last one
	// counts the rest.
	mostAnnotations = 9
	mostRows        = 200
)

// NewGitHub returns a writer for a job's log.
func NewGitHub(w io.Writer, o Options) *GitHub { return &GitHub{w: w, o: o, token: rand.Text} }

// Add writes annotations and text of one exchange.
func (g *GitHub) Add(ex *faultline.Exchange, d *faultline.Diagnosis) error {
	if len(d.Findings) == 0 && !d.Failed {
		return nil
	}
	var b strings.Builder
	for i := range d.Findings {
		f := &d.Findings[i]
		if g.found++; g.found <= mostAnnotations {
			g.annotation(&b, ex, string(f.Cause.Slug)+" · the "+string(f.WhoActs())+" acts", sarifMessage(f))
		}
	}
	g.found += d.More
	path, _ := maskTarget(ex.Request.Path())
	call := Options{}.clean(ex.Request.Method + " " + path)
	token := g.token()
	fmt.Fprintf(&b, "::group::%s\n::stop-commands::%s\n", commandText(call), token)
	text := g.o
	text.Color, text.Width, text.TTY, text.Hyperlinks = false, 0, false, false
	if err := Text(&b, ex, d, text); err != nil {
		return err
	}
	fmt.Fprintf(&b, "::%s::\n::endgroup::\n", token)
	g.row(ex, d, call)
	_, err := io.WriteString(g.w, b.String())
	return err
}

func (g *GitHub) annotation(b *strings.Builder, ex *faultline.Exchange, title, message string) {
	b.WriteString("::error ")
	if file := ex.Labels[faultline.LabelFile]; file != "" && file != "-" {
		b.WriteString("file=" + commandProperty(file) + ",")
		if line := ex.Labels[faultline.LabelLine]; line != "" {
			b.WriteString("line=" + commandProperty(line) + ",")
		}
	}
	fmt.Fprintf(b, "title=%s::%s\n", commandProperty(title), commandText(message))
}

func (g *GitHub) row(ex *faultline.Exchange, d *faultline.Diagnosis, call string) {
	if len(g.table) >= mostRows {
		g.rest++
		return
	}
	cause, party, message := "unexplained", "", ""
	if f, ok := d.Primary(); ok {
		cause, party, message = string(f.Cause.Slug), string(f.WhoActs()), f.Message
	}
	if more := len(d.Findings) - 1 + d.More; more > 0 {
		message += " (+" + strconv.Itoa(more) + " more)"
	}
	cells := []string{code(ex.ID), code(call), code(cause), party, prose(message)}
	for i := range cells {
		cells[i] = strings.ReplaceAll(strings.ReplaceAll(cells[i], `\|`, "|"), "|", `\|`)
	}
	g.table = append(g.table, "| "+strings.Join(cells, " | ")+" |\n")
}

// Unreadable annotates an input that could not be read.
func (g *GitHub) Unreadable(e Unreadable) error {
	message := Options{}.clean(e.Message)
	if e.Line > 0 {
		message = fmt.Sprintf("line %d: %s", e.Line, message)
	}
	_, err := fmt.Fprintf(g.w, "::error title=%s::%s\n", commandProperty("not readable"), commandText(message))
	return err
}

// Close counts what has no annotation, and writes the summary.
func (g *GitHub) Close() error {
	if more := g.found - mostAnnotations; more > 0 {
		if _, err := fmt.Fprintf(g.w, "::error title=faultline::and %s more: the log has all of them\n", plural(more, "finding")); err != nil {
			return err
		}
	}
	if g.o.JobSummary == nil || len(g.table) == 0 {
		return nil
	}
	out := "### faultline\n\n| id | call | cause | who acts | why |\n| --- | --- | --- | --- | --- |\n" + strings.Join(g.table, "")
	if g.rest > 0 {
		out += "\nand " + plural(g.rest, "call") + " more\n"
	}
	_, err := io.WriteString(g.o.JobSummary, out)
	return err
}

// commandText escapes the text of a workflow command, commandProperty also what
// ends a property.
func commandText(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func commandProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
