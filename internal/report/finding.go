package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
)

func (t *text) finding(f *faultline.Finding) {
	t.p.wrapped(2, piece{text: "error", ink: redBold}, say("["+string(f.Cause.Slug)+"]: "+f.Message))
	if f.At.In == faultline.InBody && !hasBlock(f, f.At.String()) || !hasPicture(f) {
		t.place(f)
		t.expectedFound(f)
		t.evidence(t.notDrawn(f))
	} else {
		t.evidence(f.Evidence)
	}
	t.ownFix(f)
}

// notDrawn is the evidence without the client's words where the place shows them already.
func (t *text) notDrawn(f *faultline.Finding) []faultline.Evidence {
	if f.At.In != faultline.InConnection || t.ex.Failure == nil {
		return f.Evidence
	}
	return slices.DeleteFunc(slices.Clone(f.Evidence), func(e faultline.Evidence) bool {
		return e.Kind == faultline.Fact && e.Title == "client said"
	})
}

// ownFix says how to mend one of several findings, where the corrected call at
// the end does not do it. A single finding has its fix there.
func (t *text) ownFix(f *faultline.Finding) {
	if len(t.d.Findings) < 2 || len(f.Remedy.Patch) > 0 || f.Remedy.Text == "" {
		return
	}
	t.p.wrapped(15, say(factIndent+"fix       "+f.Remedy.Text))
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
	column := t.compared(all)
	for i := range all {
		switch e := &all[i]; e.Kind {
		case faultline.Excerpt:
			t.excerpt(e, column)
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

// compared is the column for the notes of blocks that are held against each
// other, which is where more than one has carets: no longer line with a note
// of its own stands beside them. 0: each block has its own column.
func (t *text) compared(all []faultline.Evidence) int {
	column, marked := 0, 0
	for i := range all {
		carets := false
		for _, l := range all[i].Lines {
			if all[i].Kind == faultline.Excerpt && !l.Span.IsZero() {
				carets = true
				column = max(column, width(t.p.o.clean(l.Text)))
			}
		}
		if carets {
			marked++
		}
	}
	if marked < 2 || column > mostCompared {
		return 0
	}
	return column
}

// mostCompared bounds the column of notes: behind a long line nobody finds them.
const mostCompared = 80

// excerpt draws a titled block of lines. Notes without carets stand below each
// other, in no column before the given one.
func (t *text) excerpt(e *faultline.Evidence, column int) {
	t.p.wrapped(6, say(single.title()+e.Title))
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
