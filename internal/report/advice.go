package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/curlcmd"
)

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
	t.ranking()
}

// ranking says why the findings stand in their order, for who asked.
func (t *text) ranking() {
	for i := range t.d.Ranking {
		s := &t.d.Ranking[i]
		words := string(s.Cause) + ", " + s.Strength.String() + rankedPlace(s.At)
		if s.Before != "" {
			words += ": before the next, since " + s.Before
		}
		t.labelled(fmt.Sprintf("why %d", i+1), plain, words)
	}
}

// rankedPlace is where a finding of the order is, if it has a place.
func rankedPlace(at faultline.Location) string {
	if words := at.String(); words != "" {
		return ", " + words
	}
	return ""
}

// labelled writes one of the last lines. A tab in the words sets a remark apart.
func (t *text) labelled(label string, color ink, words string) {
	pad := max(labelWidth, width(label)+2)
	if t.blocky {
		pad = max(blockIndent, width(label)+1)
	}
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
	t.notShown()
	if t.d.Findings[0].Strength == faultline.Possible && t.d.Contract == "" {
		t.labelled("note", plain, noContract)
	}
}

// notShown says what the reader of the input could not know.
func (t *text) notShown() {
	if unseen := t.ex.Unseen.Names(); len(unseen) > 0 {
		t.labelled("note", plain, "not shown by the input: "+strings.Join(unseen, ", "))
	}
	for line := range strings.Lines(t.ex.Labels[faultline.LabelNotice]) {
		t.labelled("note", plain, strings.TrimSuffix(line, "\n"))
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
	case t.d.Corrected == nil && hasLines(steps):
		t.blocks(steps)
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

// blockIndent is where lines stand that are put somewhere else, and what is
// said after them.
const blockIndent = 5

func hasLines(steps []faultline.Step) bool {
	return slices.ContainsFunc(steps, func(s faultline.Step) bool { return s.Lines != "" })
}

// blocks writes steps that hold lines: each under its words, those of several
// findings for the same place together.
func (t *text) blocks(steps []faultline.Step) {
	label := []piece{{text: "fix", ink: green}, say("  ")}
	for _, s := range together(steps) {
		t.p.wrapped(blockIndent, append(label, say(s.Text))...)
		label = []piece{say(strings.Repeat(" ", blockIndent))}
		for line := range strings.Lines(s.Lines) {
			t.p.wrapped(blockIndent+2, say(strings.Repeat(" ", blockIndent)+strings.TrimSuffix(line, "\n")))
		}
	}
	t.blocky = true
}

// together joins the lines of steps with the same words. Steps that say the
// same in another way come last.
func together(steps []faultline.Step) []faultline.Step {
	var out, others []faultline.Step
	for _, s := range steps {
		to := &out
		if strings.HasPrefix(s.Text, "or, ") {
			to = &others
		}
		i := slices.IndexFunc(*to, func(o faultline.Step) bool { return o.Text == s.Text && o.Lines != "" && s.Lines != "" })
		switch {
		case i < 0:
			*to = append(*to, s)
		case !strings.Contains((*to)[i].Lines, s.Lines):
			(*to)[i].Lines += "\n" + s.Lines
		}
	}
	return append(out, others...)
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
		if t.d.Contract == "" {
			return edits + ", checked: this request is well formed"
		}
		return edits + ", checked: this request passes the contract"
	case faultline.Template:
		if words == "" {
			words = "put values in place of what stands in <angle brackets>"
		}
		return edits + ", a template: " + words
	}
	if rest := t.byHand(); rest > 0 {
		return edits + ", and " + plural(rest, "mistake") + " to mend by hand before it is sent"
	}
	if words == "" {
		words = "compare it with what was meant before it is sent"
	}
	return edits + ", a guess: " + words
}

// byHand counts the mistakes in the request that the corrected call still has.
func (t *text) byHand() int {
	n := 0
	for i := range t.d.Findings {
		f := &t.d.Findings[i]
		if f.At.Side == faultline.RequestSide && len(f.Remedy.Patch) == 0 {
			n++
		}
	}
	return n
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
