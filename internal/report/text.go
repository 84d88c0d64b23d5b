package report

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/curlcmd"
)

const (
	// mostFindings are shown unless all are wanted: who fixes eight things
	// sends the request again before reading on.
	mostFindings = 8

	// asideColumn is where remarks at the end of a line stand, so that they
	// are found below each other; a longer line pushes its own on by a step.
	asideColumn = 55
	asideStep   = 10

	// labelWidth is the room for the labels of the last lines: fix, retry, more.
	labelWidth = 7
)

// text draws one diagnosis.
type text struct {
	p  *printer
	ex *faultline.Exchange
	d  *faultline.Diagnosis
}

// Text writes a diagnosis for people: what happened, who has to act, each
// finding with its place, what to do.
func Text(w io.Writer, ex *faultline.Exchange, d *faultline.Diagnosis, o Options) error {
	t := &text{newPrinter(w, o), ex, d}
	if len(d.Findings) == 0 && !d.Failed {
		t.healthy()
		return t.p.flush()
	}
	t.headline()
	if len(d.Findings) == 0 {
		t.unexplained()
		return t.p.flush()
	}
	t.who()
	for i := range t.findingsShown() {
		t.p.blank()
		t.finding(&d.Findings[i])
	}
	t.hidden()
	if len(d.Findings) > 1 {
		t.p.blank()
	}
	t.advice()
	return t.p.flush()
}

func (t *text) findingsShown() []faultline.Finding {
	if t.p.o.All {
		return t.d.Findings
	}
	return t.d.Findings[:min(len(t.d.Findings), mostFindings)]
}

// hidden counts the findings that are not shown.
func (t *text) hidden() {
	rest := len(t.d.Findings) - len(t.findingsShown())
	switch {
	case rest+t.d.More == 0:
	case rest > 0:
		t.p.blank()
		t.p.wrapped(0, say("and "+plural(rest+t.d.More, "finding")+" more: --all shows them"))
	default:
		t.p.blank()
		t.p.wrapped(0, say("and "+plural(t.d.More, "finding")+" more, counted only"))
	}
}

// call is what was called, as headlines and tables name it.
func (t *text) call() []piece {
	method, path := t.ex.Request.Method, t.ex.Request.Path()
	if method == "" {
		method = "-"
	}
	if path == "" {
		path = "-"
	}
	out := []piece{say(method + " " + shorten(path, maxPath))}
	if t.d.Operation != "" && t.d.Operation != method+" "+path {
		out = append(out, say("  "+t.d.Operation))
	}
	if id := t.id(); id != "" {
		link := ""
		if t.p.o.Page != "" {
			link = t.pageLink()
		}
		out = append(out, say("  "), piece{text: id, ink: cyan, link: link})
	}
	return out
}

// maxPath bounds a path in a headline. A whole one is in the excerpt of the
// findings that are about it.
const maxPath = 300

func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}

func (t *text) id() string {
	if t.d.Exchange != "" {
		return t.d.Exchange
	}
	return t.ex.ID
}

func (t *text) pageLink() string { return strings.TrimSuffix(t.p.o.Page, "/") + "/x/" + t.id() }

func (t *text) headline() {
	code := fmt.Sprintf("%-5s", t.code())
	t.p.wrapped(2, append([]piece{{text: "✗", ink: redBold}, say(" " + code)}, t.call()...)...)
}

// code is what came back: a status, or what stood in its place.
func (t *text) code() string {
	if f, ok := t.d.Primary(); ok && f.Cause.Slug.Family() == "cors" {
		return "CORS"
	}
	return statusCode(t.ex)
}

func statusCode(ex *faultline.Exchange) string {
	if ex.Response == nil || ex.Response.Status == 0 {
		return "ERR"
	}
	return strconv.Itoa(ex.Response.Status)
}

func (t *text) who() {
	f := &t.d.Findings[0]
	party := f.WhoActs()
	line := []piece{say("  who  the "), {text: string(party), ink: inkOf(party)}, say(" (" + f.Strength.String() + ")")}
	for _, more := range []string{t.mistakes(), t.p.o.Seen, t.contractNamed()} {
		if more != "" {
			line = append(line, say(" · "+more))
		}
	}
	t.p.wrapped(7, line...)
}

// mistakes counts the findings, if there are several.
func (t *text) mistakes() string {
	n := len(t.d.Findings) + t.d.More
	if n < 2 {
		return ""
	}
	first := t.d.Findings[0].At
	where := map[faultline.Part]string{
		faultline.InBody: "body", faultline.InHeader: "headers", faultline.InQuery: "query", faultline.InPath: "path", faultline.InCookie: "cookies",
	}[first.In]
	if first.Side == faultline.ResponseSide {
		where = "answer"
	}
	for _, f := range t.d.Findings[1:] {
		switch {
		case f.At.Side != first.Side:
			where = "call"
		case f.At.In != first.In && first.Side == faultline.RequestSide && where != "call":
			where = "request"
		}
	}
	if where == "" {
		return plural(n, "finding")
	}
	return fmt.Sprintf("%d mistakes in the %s", n, where)
}

// contractNamed names the contract if a finding rests on it.
func (t *text) contractNamed() string {
	if t.d.Contract == "" {
		return ""
	}
	for i := range t.d.Findings {
		if t.d.Findings[i].Source.File != "" {
			return "contract " + t.d.Contract
		}
	}
	return ""
}

func (t *text) finding(f *faultline.Finding) {
	t.p.wrapped(2, piece{text: "error", ink: redBold}, say("["+string(f.Cause.Slug)+"]: "+f.Message))
	if f.At.In == faultline.InBody && !hasBlock(f, f.At.String()) || !hasPicture(f) {
		t.place(f)
		t.expectedFound(f)
	}
	t.evidence(f.Evidence)
}

// hasPicture reports whether the evidence shows the place itself, so that the
// finding need not be drawn and told once more.
func hasPicture(f *faultline.Finding) bool {
	for _, e := range f.Evidence {
		if e.Kind == faultline.Excerpt || e.Kind == faultline.Hops {
			return true
		}
	}
	return false
}

func hasBlock(f *faultline.Finding, title string) bool {
	for _, e := range f.Evidence {
		if e.Kind == faultline.Excerpt && e.Title == title {
			return true
		}
	}
	return false
}

const factIndent = "   = "

func (t *text) expectedFound(f *faultline.Finding) {
	if f.Expected != "" {
		line := factIndent + "expected  " + f.Expected
		source := ""
		if f.Source.File != "" {
			source = f.Source.String()
		}
		t.p.wrapped(15, t.aside(line, source)...)
	}
	if f.Found != "" {
		t.p.wrapped(15, say(factIndent+"found     "+f.Found))
	}
}

// aside puts a remark at the end of a line, in its own column if there is room.
func (t *text) aside(line, remark string) []piece {
	if remark == "" {
		return []piece{say(line)}
	}
	line, remark = t.p.o.clean(line), t.p.o.clean(remark)
	const gap = 2
	column := asideColumn
	for column < width(line)+gap {
		column += asideStep
	}
	if column+width(remark) > cmp.Or(t.p.o.Width, MaxWidth) {
		column = width(line) + gap
	}
	return []piece{say(line + strings.Repeat(" ", column-width(line)) + remark)}
}

func (t *text) evidence(all []faultline.Evidence) {
	label := factLabel(all)
	for i := range all {
		switch e := &all[i]; e.Kind {
		case faultline.Excerpt:
			t.excerpt(e)
		case faultline.Hops:
			for _, l := range e.Lines {
				t.p.wrapped(6, say("   "+l.Text))
			}
		case faultline.Fact:
			for _, l := range e.Lines {
				prefix := factIndent + padded(e.Title, label) + "  "
				t.p.wrapped(width(prefix), say(prefix+withNote(l)))
			}
		}
	}
}

// factLabel is the width of the labels of facts: one more than `expected` has,
// which they stand below, or the longest.
func factLabel(all []faultline.Evidence) int {
	n := len("expected") + 1
	for _, e := range all {
		if e.Kind == faultline.Fact {
			n = max(n, width(e.Title))
		}
	}
	return n
}

func padded(s string, columns int) string {
	return s + strings.Repeat(" ", max(0, columns-width(s)))
}

func withNote(l faultline.Line) string {
	if l.Note == "" {
		return l.Text
	}
	return l.Text + "  " + l.Note
}

// excerpt draws a titled block of lines. Notes without carets stand below each
// other.
func (t *text) excerpt(e *faultline.Evidence) {
	t.p.wrapped(6, say(single.title()+e.Title))
	column := 0
	for _, l := range e.Lines {
		if l.Span.IsZero() && l.Note != "" {
			column = max(column, width(t.p.o.clean(l.Text))+2)
		}
	}
	for _, l := range e.Lines {
		switch {
		case !l.Span.IsZero():
			t.p.excerptLine(single, single.rule(), l.Text, l.Span, l.Note)
		case l.Note != "":
			t.p.wrappedUnder(single.rule()+"  ", say(single.rule()+padded(t.p.o.clean(l.Text), column)+l.Note))
		default:
			t.p.wrappedUnder(single.rule()+"  ", say(single.rule()+l.Text))
		}
	}
}

// advice is what stands under the findings: what they have in common.
func (t *text) advice() {
	t.serverSaid()
	t.ruledOut()
	t.notes("wait", "pace")
	t.fix()
	t.notes("settle it")
	t.otherNotes()
	// A wait says already when the request may be sent again.
	if f := t.d.Findings[0]; f.Retry != "" && !hasNote(&f, "wait") {
		t.labelled("retry", plain, f.Retry)
	}
	t.more()
}

// labelled writes one of the last lines. A tab in the words sets a remark apart.
func (t *text) labelled(label string, color ink, words string) {
	pad := max(labelWidth, width(label)+2)
	words, remark, _ := strings.Cut(words, "\t")
	line := t.aside(padded(label, pad)+words, remark)[0].text
	head := piece{text: line[:len(label)], ink: color}
	t.p.wrapped(pad, head, say(line[len(label):]))
}

func (t *text) notes(labels ...string) {
	for _, label := range labels {
		t.eachNote(func(n faultline.Note) {
			if n.Label == label {
				t.labelled(n.Label, plain, n.Text)
			}
		})
	}
}

func hasNote(f *faultline.Finding, label string) bool {
	for _, n := range f.Notes {
		if n.Label == label {
			return true
		}
	}
	return false
}

func (t *text) otherNotes() {
	t.eachNote(func(n faultline.Note) {
		switch n.Label {
		case "wait", "pace", "settle it":
		default:
			t.labelled(n.Label, plain, n.Text)
		}
	})
	if t.d.Unverified != "" {
		t.labelled("note", plain, "not held to the contract: "+t.d.Unverified)
	}
	if t.d.Findings[0].Strength == faultline.Possible && t.d.Contract == "" {
		t.labelled("note", plain, noContract)
	}
}

// noContract names the one flag that would make the answer sharper.
const noContract = "no contract at hand: --contract FILE tells whether the request keeps it"

func (t *text) eachNote(do func(faultline.Note)) {
	seen := map[faultline.Note]bool{}
	for _, f := range t.findingsShown() {
		for _, n := range f.Notes {
			if !seen[n] {
				seen[n] = true
				do(n)
			}
		}
	}
}

func (t *text) ruledOut() {
	if words := t.rivals(); words != "" {
		t.labelled("ruled out", plain, words)
	}
}

// rivals are the causes that were contradicted, each once.
func (t *text) rivals() string {
	seen := map[faultline.Slug]bool{}
	var parts []string
	add := func(rivals []faultline.Rival) {
		for _, r := range rivals {
			if !seen[r.Slug] {
				seen[r.Slug] = true
				parts = append(parts, fmt.Sprintf("%s (%s)", r.Slug, r.Why))
			}
		}
	}
	for _, f := range t.findingsShown() {
		add(f.RuledOut)
	}
	add(t.d.RuledOut)
	return strings.Join(parts, " · ")
}

// fix says what to do: the steps, or the corrected request, or the words.
func (t *text) fix() {
	switch steps := t.steps(); {
	case len(steps) == 1 && steps[0].Command == "" && t.d.Corrected == nil:
		t.labelled("fix", green, steps[0].Text)
	case len(steps) > 0 && t.d.Corrected == nil || t.hasSteps():
		t.numbered(steps)
	}
	if t.d.Corrected == nil {
		return
	}
	t.p.wrapped(5, piece{text: "fix", ink: green}, say("  "+t.edits()))
	// At column 0 and never broken, so that a copy of it runs as it is.
	t.p.line(piece{text: curlcmd.Command(t.d.Corrected, curlcmd.Style{}), verbatim: true})
}

func (t *text) hasSteps() bool {
	for _, f := range t.findingsShown() {
		if len(f.Remedy.Steps) > 0 {
			return true
		}
	}
	return false
}

// steps are those of all remedies, each once. A remedy without steps is one.
func (t *text) steps() []faultline.Step {
	seen := map[faultline.Step]bool{}
	var out []faultline.Step
	for _, f := range t.findingsShown() {
		steps := f.Remedy.Steps
		if len(steps) == 0 && f.Remedy.Text != "" {
			steps = []faultline.Step{{Text: f.Remedy.Text}}
		}
		for _, s := range steps {
			if !seen[s] {
				seen[s] = true
				out = append(out, s)
			}
		}
	}
	return out
}

func (t *text) numbered(steps []faultline.Step) {
	label := []piece{{text: "fix", ink: green}, say("  ")}
	column := 0
	for _, s := range steps {
		if s.Command != "" {
			column = max(column, width(t.p.o.clean(s.Text))+4)
		}
	}
	for i, s := range steps {
		number := strconv.Itoa(i+1) + ". "
		line := s.Text
		if s.Command != "" {
			line = padded(t.p.o.clean(s.Text), column) + s.Command
		}
		t.p.wrapped(5+len(number), append(label, say(number+line))...)
		label = []piece{say("     ")}
	}
}

// edits says how many edits made the corrected request, and how far it may be
// trusted. What no contract has confirmed is told in words too.
func (t *text) edits() string {
	n := 0
	for i := range t.d.Findings {
		n += len(t.d.Findings[i].Remedy.Patch)
	}
	edits, words := plural(max(n, 1), "edit"), ""
	if len(t.d.Findings) == 1 {
		words = t.d.Findings[0].Remedy.Text
	}
	switch t.d.Checked {
	case faultline.Checked:
		return edits + ", checked: this request passes the contract"
	case faultline.Template:
		if words == "" {
			words = "put values in place of what stands in <angle brackets>"
		}
		return edits + ", a template: " + words
	}
	if words == "" {
		words = "compare it with what was meant before it is sent"
	}
	return edits + ", a guess: " + words
}

// more says where to read on, if the evidence does not tell the whole story.
func (t *text) more() {
	last := t.findingsShown()[len(t.findingsShown())-1]
	if hasPicture(&last) && t.p.o.Page == "" {
		return
	}
	line := []piece{say("more   faultline explain " + string(last.Cause.Slug))}
	if t.p.o.Page != "" {
		line = append(line, say(" · "), piece{text: t.pageLink(), ink: cyan, link: t.pageLink()})
	}
	t.p.wrapped(labelWidth, line...)
}

func (t *text) healthy() {
	line := append([]piece{{text: "ok", ink: green}, say(" " + fmt.Sprintf("%-5s", statusCode(t.ex)))}, t.call()...)
	switch {
	case t.d.Unverified != "":
		line = append(line, say("  not held to the contract: "+t.d.Unverified))
	case t.d.Contract != "":
		line = append(line, say("  keeps the contract "+t.d.Contract))
	default:
		line = append(line, say("  nothing wrong found"))
	}
	t.p.wrapped(2, line...)
}

// unexplained is an honest answer: what was looked at, and what would help.
func (t *text) unexplained() {
	line := []piece{say("  who  not known")}
	if t.d.Contract != "" {
		line = append(line, say(" · contract "+t.d.Contract))
	}
	t.p.wrapped(7, line...)
	t.p.blank()
	t.p.wrapped(2, piece{text: "error", ink: redBold}, say("[unexplained]: the call failed, and no cause of the catalogue fits what was seen"))
	for _, looked := range t.d.Looked {
		t.p.wrapped(16, say(factIndent+"looked at  "+looked))
	}
	t.serverSaid()
	if t.d.Unverified != "" {
		t.labelled("note", plain, "not held to the contract: "+t.d.Unverified)
	}
	if t.d.Contract == "" {
		t.labelled("note", plain, noContract)
	}
}
